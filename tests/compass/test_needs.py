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


def lens(name: str, look: Any, **given: Any) -> Lens:
    return Lens(name=name, question="What?", look=look, **given)


def read(*declared: Lens) -> Any:
    compass = Compass([Lenses(*declared)], installed=False)
    return compass.read(Portfolio.from_records([]), date(2026, 6, 30))


def test_what_is_needed_and_cannot_be_told_leaves_nothing_to_tell() -> None:
    reading = read(
        lens("silent", lambda measures: NOTHING),
        lens("after", lambda measures, silent: "told", needs=("silent",)),
    )
    assert reading["after"] is NOTHING


def test_what_is_used_is_given_as_it_is_after_what_is_needed() -> None:
    reading = read(
        lens("zebra", lambda measures: NOTHING),
        lens("ant", lambda measures: 3),
        lens("both", lambda measures, ant, zebra: (ant, zebra), needs=("ant",), uses=("zebra",)),
    )
    assert reading["both"] == (3, NOTHING)


def test_what_is_used_must_be_there_and_in_no_circle() -> None:
    with pytest.raises(PluginError, match="the lens 'one' of the plugin 'Lenses' needs 'zebra'"):
        read(lens("one", lambda measures, zebra: 1, uses=("zebra",)))
    with pytest.raises(PluginError, match="in a circle"):
        read(
            lens("one", lambda measures, other: 1, uses=("other",)),
            lens("other", lambda measures, one: 1, needs=("one",)),
        )
