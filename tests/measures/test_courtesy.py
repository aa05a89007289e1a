"""Contacts that only asked how they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

Value = Callable[..., float | None]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)


@pytest.mark.parametrize(("on", "count"), [(BEFORE, 0), (FIRST, 1), (LAST, 1), (AFTER, 0)])
def test_courtesy_of_the_period(on: date, count: float, value: Value) -> None:
    assert value("courtesy_contacts", contacts=("on purpose", [(on, "courtesy")])) == count


@pytest.mark.parametrize(
    ("purposes", "count"),
    [
        ([], 0),
        (["sales", "service"], 0),
        (["courtesy", "courtesy", None], 2),
        (["sales", None], 0),
        ([None, None], None),
        (["aandacht"], 1),
    ],
)
def test_purposes_that_are_known_are_counted(
    purposes: list[str | None], count: float | None, value: Value
) -> None:
    contacts = ("on purpose", [(LAST, each) for each in purposes])
    assert value("courtesy_contacts", contacts=contacts) == count


def test_courtesy_is_unknown_where_no_purpose_is_kept(value: Value) -> None:
    assert value("courtesy_contacts") is None
    assert value("courtesy_contacts", contacts=("on", [(LAST,)])) is None
