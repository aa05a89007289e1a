"""What a lens needs it gets, or it cannot tell; what it only uses it gets as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klantkompas import Compass, Lens, Portfolio, Unanswered, hookimpl
from klantkompas.errors import PluginError

NOTHING = Unanswered("nobody knows")


class Lenses:
    def __init__(self, *declared: Lens) -> None:
        self.declared = declared

    @hookimpl
    def klantkompas_lenses(self) -> tuple[Lens, ...]:
        return self.declared


def lens(name: str, look: Any) -> Lens:
    return Lens(name=name, question="What?", look=look)


def read(*declared: Lens) -> Any:
    compass = Compass([Lenses(*declared)], installed=False)
    return compass.read(Portfolio.from_records([]), date(2026, 6, 30))


def test_what_is_needed_and_cannot_be_told_leaves_nothing_to_tell() -> None:
    reading = read(
        lens("silent", lambda measures: NOTHING),
        lens("after", lambda measures, silent: "told"),
    )
    assert reading["after"] is NOTHING


def test_what_may_be_absent_is_none_where_it_cannot_be_told() -> None:
    def both(measures: Any, zebra: int | None, ant: int) -> Any:
        return zebra, ant

    reading = read(
        lens("zebra", lambda measures: NOTHING),
        lens("ant", lambda measures: 3),
        lens("both", both),
    )
    assert reading["both"] == (None, 3)


def test_what_is_used_must_be_there_and_in_no_circle() -> None:
    def one(measures: Any, zebra: int | None) -> int:
        return 1

    with pytest.raises(PluginError, match="the lens 'one' of the plugin 'Lenses' needs 'zebra'"):
        read(lens("one", one))
    with pytest.raises(PluginError, match="in a circle"):
        read(
            lens("one", lambda measures, other: 1),
            lens("other", lambda measures, one: 1),
        )
