"""What was asked of a command, and what it answers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from klantkompas._told import told
from klantkompas.command.display import DisplayWriter, is_rich, spinner
from klantkompas.command.terminal import Terminal, width_of
from klantkompas.compass import Compass, Reading
from klantkompas.errors import HistoryError
from klantkompas.portfolio import Portfolio
from klantkompas.report.progress import Progress
from klantkompas.settings import Settings
from klantkompas.wording.plain import Plain
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    from klantkompas.history import History

__all__ = ["Answer", "Asked"]


@frozen
class Answer:
    """What a command answers.

    Args:
        text: what it prints; empty for nothing.
        result: the same, for a program.
        status: the exit code.
        folds: whether its lines may be folded; not so of what a program has to read.
    """

    text: str
    result: Plain | None = None
    status: int = 0
    folds: bool = True

    def json(self, writer: Writer) -> str:
        """Return the result as JSON, in ASCII, which no terminal and no encoding can spoil.

        Args:
            writer: writes the sentences in it.
        """
        made = None if self.result is None else self.result.to_dict(writer)
        return json.dumps(made, allow_nan=False, indent=2)


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
        silent = bool(given.get("quiet"))
        progress = Progress(
            terminal.err,
            Writer(terminal.language),
            silent=silent,
            spinner=partial(spinner, terminal.err) if is_rich(terminal.err) else None,
        )
        asked = cls(str(context.info_name), terminal, given, arguments, settings, progress)
        asked.speak_as(settings)
        return asked

    def speak_as(self, settings: Settings) -> None:
        """Speak the language that settings name, unless the command line asks for another."""
        if settings.written.states("language"):
            self.terminal.settle(settings.language)
            self.progress.writer = Writer(self.language)

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

    @property
    def writer(self) -> Writer:
        """The writer of answers; it knows plugins' texts once there is a reading."""
        reading: Reading | None = vars(self).get("reading")
        catalogues = None if reading is None else reading.translations
        currency = None if reading is None else reading.currency
        out = self.terminal.out
        if is_rich(out):
            return DisplayWriter(self.language, catalogues, currency, width=width_of(out) or 80)
        return Writer(self.language, catalogues, currency)

    def show(self, answer: Answer) -> None:
        """Print an answer: as JSON where that is asked for, else as the terminal can show it."""
        if self.given.get("json"):
            self.terminal.say(answer.json(self.writer))
        elif answer.text:
            self.terminal.say(answer.text, folds=answer.folds)

    @property
    def history_path(self) -> Path | None:
        """Where the history is; None where none is kept."""
        given = self.given.get("history")
        return self.settings.history_path if given is None else Path(given)

    def history(self, *, new: bool = False) -> History:
        """Open the history that ``--history`` names, or else the settings.

        Args:
            new: whether its file is made where there is none yet.

        Raises:
            HistoryError: no history is named, or its file is not there.
        """
        path = self.history_path
        if path is None:
            raise HistoryError(
                told("no history is named"),
                remedy=told(
                    'Give --history shop.klantkompas, or write history = "shop.klantkompas" in '
                    "klantkompas.toml"
                ),
            )
        if not (new or path.exists()):
            raise HistoryError(
                told("there is no such history"),
                place=os.fspath(path),
                remedy=told("Name one that is there; klantkompas review makes it"),
            )
        from klantkompas.history import History

        return History(path)

    @cached_property
    def portfolio(self) -> Portfolio:
        """The portfolio of the exports."""
        from klantkompas.command.reading import portfolio_of

        return portfolio_of(self)

    @cached_property
    def reading(self) -> Reading:
        """The reading of the exports."""
        from klantkompas.command.reading import read

        return read(self)
