"""What a long job is busy with, said on a terminal once it takes longer than a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, TextIO

from attrs import define, field

from klantkompas.wording.sentence import Sentence
from klantkompas.wording.writer import Writer

__all__ = ["Progress", "Spinner", "Timer"]

PATIENCE = 1.0
"""For how many seconds nothing is said (decided)."""


class Timer(Protocol):
    """Does something after some seconds, unless it is cancelled, as `threading.Timer`."""

    def start(self) -> object:
        """Begin to wait."""

    def cancel(self) -> object:
        """Stop waiting."""


class Spinner(Protocol):
    """Shows a text while something is going on."""

    def start(self) -> object:
        """Begin to show it."""

    def update(self, text: str, /) -> object:
        """Show another text."""

    def stop(self) -> object:
        """Stop showing it."""


def _timer(seconds: float, act: Callable[[], None]) -> Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    return timer


@define
class Progress:
    """Shows on a terminal which stage a job is in, once it takes longer than a second.

    Args:
        stream: the stream to write to; nothing is written unless it is a terminal.
        writer: writes the names of the stages in the reader's language.
        silent: whether nothing is written at all.
        spinner: a function that takes a text, and returns an object with `start`, `update` and
            `stop` that shows it while it is true; without it, each stage is a line.
        timer: a function like `threading.Timer`: it takes seconds and a function, and returns an
            object with `start` and `cancel`.

    >>> import sys
    >>> with Progress(sys.stdout) as progress:
    ...     progress.stage(Sentence("Reading"))
    """

    stream: TextIO
    writer: Writer = field(factory=Writer)
    silent: bool = False
    spinner: Callable[[str], Spinner] | None = None
    timer: Callable[[float, Callable[[], None]], Timer] = _timer
    _stage: Sentence | None = field(default=None, init=False)
    _spinning: Spinner | None = field(default=None, init=False)
    _waited: bool = field(default=False, init=False)
    _waiting: Timer | None = field(default=None, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __enter__(self) -> Progress:
        """Begin to wait."""
        if self.stream.isatty() and not self.silent:
            self._waiting = self.timer(PATIENCE, self._speak_up)
            self._waiting.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop waiting."""
        if self._waiting is not None:
            self._waiting.cancel()
        with self._lock:
            self._stage, self._waited = None, False
            if self._spinning is not None:
                self._spinning.stop()
                self._spinning = None

    def stage(self, name: Sentence) -> None:
        """Go to the next stage, and show its name if the first second has passed.

        Args:
            name: what the job does in this stage.
        """
        with self._lock:
            self._stage = name
            if self._waited:
                self._say(name)

    def _speak_up(self) -> None:
        with self._lock:
            self._waited = True
            if self._stage is not None:
                self._say(self._stage)

    def _say(self, stage: Sentence) -> None:
        text = f"{self.writer.say(stage)} ..."
        if self.spinner is None:
            self.stream.write(f"{text}\n")
            self.stream.flush()
        elif self._spinning is None:
            self._spinning = self.spinner(text)
            self._spinning.start()
        else:
            self._spinning.update(text)
