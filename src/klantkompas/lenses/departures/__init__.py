"""Why do customers leave: the lens, how far the two sides differ, and what is said of one."""

from __future__ import annotations

from klantkompas.lenses.departures.difference import ReasonDifference
from klantkompas.lenses.departures.lens import ReasonGap, departures, reason_gap

__all__ = ["ReasonDifference", "ReasonGap", "departures", "reason_gap"]
