"""Why do customers leave: the lens, how far the two sides differ, and what is said of one."""

from __future__ import annotations

from klantkompas.lenses.departures.difference import ReasonDifference
from klantkompas.lenses.departures.lens import LENS, ReasonGap, departure_reasons, reason_gap

__all__ = ["LENS", "ReasonDifference", "ReasonGap", "departure_reasons", "reason_gap"]
