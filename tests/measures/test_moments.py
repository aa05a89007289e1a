"""What rated moments leave behind, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

Value = Callable[..., float | None]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)


def rated(*moments: tuple[date, float | None]) -> Any:
    return ("on rating", list(moments))


def scored(*moments: tuple[date, int | None]) -> Any:
    return ("on score", list(moments))


@pytest.mark.parametrize(("on", "end"), [(BEFORE, None), (FIRST, 8), (LAST, 8), (AFTER, None)])
def test_moments_of_the_period(on: date, end: float | None, value: Value) -> None:
    assert value("end", contacts=rated((on, 8.0))) == end
    assert value("end", responses=scored((on, 8))) == end


@pytest.mark.parametrize(
    ("ratings", "peak"),
    [
        ([6, 9, 7], 9),
        ([6, 2, 9], 9),
        ([9, 2], 2),
        ([10, 1], 1),
        ([1, 10], 10),
        ([10, 1, 5.5], 1),
        ([7.7, 3.3], 3.3),
        ([3.3, 7.7], 7.7),
        ([3.4, 7.6], 7.6),
        ([7.6, 3.4], 3.4),
        ([5.5], 5.5),
        ([5, 6], 6),
    ],
)
def test_the_peak_is_furthest_from_neutral_and_of_equals_the_later(
    ratings: list[float], peak: float, value: Value
) -> None:
    moments = [(date(2026, 6, 1 + at), rating) for at, rating in enumerate(ratings)]
    assert value("peak", contacts=rated(*moments)) == peak


def test_contacts_and_answers_stand_in_one_order(value: Value) -> None:
    contacts = rated((date(2026, 6, 1), 9.0), (date(2026, 6, 3), 4.0))
    answers = scored((date(2026, 6, 2), 2), (date(2026, 6, 4), 7))
    tables = {"contacts": contacts, "responses": answers}
    assert value("end", **tables) == 7
    assert value("peak", **tables) == 2
    assert value("remembered", **tables) == 4.5
    assert value("experienced", **tables) == 5.5


def test_of_one_moment_contacts_come_first_and_the_lowest_last(value: Value) -> None:
    assert value("end", contacts=rated((LAST, 3.0)), responses=scored((LAST, 8))) == 8
    assert value("end", contacts=rated((LAST, 3.0), (LAST, 8.0))) == 3
    late = rated((datetime(2026, 6, 30, 9), 3.0))
    assert value("end", contacts=late, responses=scored((LAST, 8))) == 3


def test_what_is_not_rated_does_not_count(value: Value) -> None:
    assert value("end", contacts=rated((FIRST, 8.0), (LAST, None))) == 8
    assert value("end", responses=scored((LAST, None))) is None
    for name in ("peak", "end", "remembered", "experienced"):
        assert value(name) is None
        assert value(name, contacts=("on", [(LAST,)])) is None
        assert value(name, contacts=rated()) is None


def test_how_many_moments_lie_behind(basis: Callable[..., float]) -> None:
    contacts = rated((FIRST, 8.0), (LAST, None))
    assert basis("remembered", contacts=contacts, responses=scored((LAST, 3))) == 2


def test_scores_on_another_scale_are_used_as_they_are(value: Value) -> None:
    assert value("remembered", responses=scored((LAST, 1))) == 1
