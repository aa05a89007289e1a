"""Everything said to people: sentences, quantities with units, notes, and translation."""

from __future__ import annotations
