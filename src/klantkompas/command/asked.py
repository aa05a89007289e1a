"""What was asked of a command, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import click
from attrs import evolve, field, frozen

from klantkompas.command.terminal import Terminal
from klantkompas.compass import Compass, Reading
from klantkompas.errors import checked_instance
from klantkompas.report.progress import Progress
from klantkompas.wording.writer import Writer

__all__ = ["Answer", "Asked"]


@frozen
class Answer:
    """What a command answers.

    Args:
        text: what it prints; empty for nothing.
        status: the exit code.
    """

    text: str
    status: int = 0


@frozen(slots=False)
class Asked:
    """What was asked of a command, as far as it shares that with others.

    Args:
        name: of the command.
        terminal: where it speaks.
        given: the values of its options by name.
        progress: shows on a terminal what takes long.
        writer: writes in the reader's language; a reading's own writer knows plugins' texts too.
    """

    name: str
    terminal: Terminal
    given: Mapping[str, Any]
    progress: Progress
    _compass: Compass | None = field(default=None, repr=False)

    @classmethod
    def of(cls, context: click.Context, compass: Compass | None) -> Asked:
        """Return what a context of click holds."""
        terminal: Terminal = context.obj
        progress = Progress(
            terminal.err, Writer(terminal.language), silent=bool(context.params.get("quiet"))
        )
        return cls(str(context.info_name), terminal, context.params, progress, compass)

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.terminal.language

    @property
    def quiet(self) -> bool:
        """Whether nothing is said but what was asked for."""
        return bool(self.given.get("quiet"))

    @cached_property
    def compass(self) -> Compass:
        """The compass, with the plugins and months that were asked for."""
        compass = checked_instance(self._compass, Compass, "a command has a compass")
        months = self.given.get("months", compass.months)
        return compass if months == compass.months else evolve(compass, months=months)

    @cached_property
    def reading(self) -> Reading:
        """The reading of the exports."""
        from klantkompas.command.reading import read

        return read(self)
