"""Whom do colleagues name as fitting best: the lens, and the reasons that they give."""

from __future__ import annotations

from klantkompas.lenses.team.lens import InCommon, Named, Team, nominations_in, team, team_of
from klantkompas.lenses.team.reasons import ReasonGiven, factors_by_reason

__all__ = [
    "InCommon",
    "Named",
    "ReasonGiven",
    "Team",
    "factors_by_reason",
    "nominations_in",
    "team",
    "team_of",
]
