"""What was asked of a command, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import click
from attrs import frozen

from klantkompas.command.terminal import Terminal
from klantkompas.compass import Compass, Reading
from klantkompas.report.progress import Progress
from klantkompas.settings import Settings
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
        arguments: the command line.
        found: the settings, as far as they are known before the command line is taken apart.
        progress: shows on a terminal what takes long.
    """

    name: str
    terminal: Terminal
    given: Mapping[str, Any]
    arguments: tuple[str, ...]
    found: Settings
    progress: Progress

    @classmethod
    def of(cls, context: click.Context, settings: Settings, arguments: tuple[str, ...]) -> Asked:
        """Return what a context of click holds."""
        terminal: Terminal = context.obj
        given = context.params
        if settings.written.states("language"):
            terminal.settle(settings.language)
        silent = bool(given.get("quiet"))
        progress = Progress(terminal.err, Writer(terminal.language), silent=silent)
        return cls(str(context.info_name), terminal, given, arguments, settings, progress)

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.terminal.language

    @property
    def quiet(self) -> bool:
        """Whether nothing is said but what was asked for."""
        return bool(self.given.get("quiet"))

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        from klantkompas.command.reading import settled

        return settled(self)

    @property
    def compass(self) -> Compass:
        """The compass that the settings describe."""
        return self.settings.compass()

    @cached_property
    def reading(self) -> Reading:
        """The reading of the exports."""
        from klantkompas.command.reading import read

        return read(self)
