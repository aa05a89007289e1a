"""Progress is said on a terminal, after a second, and never elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest

from klantkompas.report.progress import PATIENCE, Progress
from klantkompas.wording.sentence import Sentence


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A timer whose time passes when it is told to."""

    def __init__(self) -> None:
        self.running = False

    def __call__(self, seconds: float, act: Callable[[], None]) -> Clock:
        self.seconds, self.act = seconds, act
        return self

    def start(self) -> None:
        self.running = True

    def cancel(self) -> None:
        self.running = False

    def strike(self) -> None:
        assert self.running
        self.act()


def test_nothing_is_said_within_the_first_second() -> None:
    terminal, clock = Terminal(), Clock()
    with Progress(terminal, timer=clock) as progress:
        progress.stage(Sentence("Reading"))
        progress.stage(Sentence("Measuring"))
        assert clock.running
    assert clock.seconds == PATIENCE == 1
    assert not clock.running
    assert terminal.getvalue() == ""


def test_the_stage_of_that_moment_is_said_and_each_that_follows() -> None:
    terminal, clock = Terminal(), Clock()
    with Progress(terminal, timer=clock) as progress:
        progress.stage(Sentence("Reading"))
        progress.stage(Sentence("Measuring"))
        clock.strike()
        progress.stage(Sentence("Writing"))
    assert terminal.getvalue() == "Measuring ...\nWriting ...\n"


def test_before_any_stage_there_is_nothing_to_say() -> None:
    terminal, clock = Terminal(), Clock()
    with Progress(terminal, timer=clock) as progress:
        clock.strike()
        assert terminal.getvalue() == ""
        progress.stage(Sentence("Reading"))
    assert terminal.getvalue() == "Reading ...\n"


def test_where_nobody_looks_on_no_timer_is_set() -> None:
    stream, clock = StringIO(), Clock()
    with Progress(stream, timer=clock) as progress:
        progress.stage(Sentence("Reading"))
        assert not clock.running
    assert stream.getvalue() == ""


def test_an_error_stops_the_timer() -> None:
    terminal, clock = Terminal(), Clock()
    progress = Progress(terminal, timer=clock)
    with pytest.raises(ZeroDivisionError), progress:
        progress.stage(Sentence(f"Reading {1 / 0}"))
    assert not clock.running
    assert terminal.getvalue() == ""
