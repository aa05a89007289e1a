"""On the two days of its settings the example shop has somebody on every list that there is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from klantkompas import (
    LettingGoPlan,
    Settings,
    almost_list,
    guard_list,
    overdue_list,
    plan_letting_go,
    watch_list,
)
from klantkompas.lenses.team import Team
from klantkompas.reviews.compare import Review

SHOP = Path(__file__).parents[2] / "examples" / "shop"


@cache
def review() -> Review:
    return Settings.read(SHOP / "klantkompas.toml").review()


@cache
def plan() -> LettingGoPlan:
    return plan_letting_go(review())


@pytest.mark.parametrize(
    "found",
    [
        lambda: guard_list(review().current, review().previous),
        lambda: watch_list(review().current, review().previous),
        lambda: almost_list(review().current),
        lambda: overdue_list(review().current),
        lambda: plan().one_time,
    ],
    ids=["guard", "watch", "almost", "overdue", "one-time buyers"],
)
def test_nobody_finds_an_empty_list(found: object) -> None:
    assert len(found()) > 0  # type: ignore[operator]


@pytest.mark.parametrize("standing", ["sure", "first find out", "wait", "not let go"])
def test_nobody_finds_an_empty_place_in_the_plan(standing: str) -> None:
    assert [each.customer for each in plan().verdicts if each.standing == standing]


def test_the_team_named_somebody_for_a_reason() -> None:
    team = Settings.read(SHOP / "klantkompas.toml").reading().team
    assert isinstance(team, Team)
    assert len(team.members) == 3
    assert {each.factor for each in team.reasons} >= {"pays_on_time", None}
