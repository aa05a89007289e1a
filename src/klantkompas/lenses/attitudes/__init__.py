"""How do customers stand towards you: the lens, its rules, and the steps of recovery."""

from __future__ import annotations

from klantkompas.lenses.attitudes.lens import (
    ATTITUDE,
    Attention,
    Attitudes,
    attitudes,
    read_attitudes,
)
from klantkompas.lenses.attitudes.reasons import ReasonCount, reasons_counted
from klantkompas.lenses.attitudes.recovery import Recovery, RecoveryStep
from klantkompas.lenses.attitudes.rules import attitudes_of

__all__ = [
    "ATTITUDE",
    "Attention",
    "Attitudes",
    "ReasonCount",
    "Recovery",
    "RecoveryStep",
    "attitudes",
    "attitudes_of",
    "read_attitudes",
    "reasons_counted",
]
