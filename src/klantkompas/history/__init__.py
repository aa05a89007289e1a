"""Reviews with a memory: readings, overrides and the ledger in one SQLite file."""

from __future__ import annotations

from klantkompas.history.decisions import Erasure
from klantkompas.history.history import History
from klantkompas.history.readings import ReadingSummary

__all__ = ["Erasure", "History", "ReadingSummary"]
