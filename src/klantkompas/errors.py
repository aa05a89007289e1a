"""What klantkompas says when something cannot be done: what was found, where, and what to do.

An error keeps its parts: the `place`, the `problem`, and the `remedy`, in Python and, where that is
written otherwise, as the `command_remedy` on the command line. Its text is made of them.

>>> error = DataError(
...     "is not a whole number from 0 to 10", table="responses", column="score", row=3, value=11
... )
>>> print(error)
responses, column 'score', row 3: 11 is not a whole number from 0 to 10
>>> error = ArgumentError("days is below 1", remedy="Wait", command="Leave out --days")
>>> str(error), error.text(error.command_remedy)
('days is below 1. Wait', 'days is below 1. Leave out --days')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import ClassVar, Self

from klantkompas._pickling import picklable
from klantkompas._printable import clipped, printable, shown
from klantkompas._told import Told, in_language, joined, told

__all__ = [
    "ArgumentError",
    "DataError",
    "HistoryError",
    "KlantkompasError",
    "MissingExtraError",
    "PluginError",
    "SettingsError",
]


class KlantkompasError(Exception):
    """The base of all errors that klantkompas raises on purpose: the problem and the remedy.

    Args:
        problem: what was found, and what was expected; a sentence without a full stop.
        place: where it is, such as a file.
        remedy: what to do about it in Python, as one or more sentences.
        command: what to do about it on the command line, where that is written otherwise.
        settings: what to do about it in a file of settings, where that is written otherwise still.
        about: the table of the data and the field that it is about, where these were named.

    Attributes:
        problem: what was found, and what was expected.
        place: where it is; empty where the problem says so.
        remedy: what to do about it in Python.
        command_remedy: what to do about it on the command line.
        settings_remedy: what to do about it in a file of settings.
        about: the table of the data and the field that it is about, where these were named.

    >>> from klantkompas import Portfolio
    >>> Portfolio.from_files(orders="no-such-folder/orders.csv")
    Traceback (most recent call last):
        ...
    klantkompas.errors.KlantkompasError: no-such-folder/orders.csv: cannot be read: No such file \
or directory. Give the path of a file that exists, is whole and may be read
    """

    _longest: ClassVar[int | None] = 500
    """How many characters of a problem, and of a remedy, are shown."""

    def __init__(
        self,
        problem: str = "",
        *,
        place: str = "",
        remedy: str = "",
        command: str | None = None,
        settings: str | None = None,
        about: tuple[str, ...] = (),
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.remedy = remedy
        self.command_remedy: str = remedy if command is None else command
        self.settings_remedy: str = self.command_remedy if settings is None else settings
        self.about = about

    @property
    def found(self) -> str:
        """What was found, such as a value, with the problem."""
        return self.problem

    def text(self, remedy: str, translate: Callable[[str], str] | None = None) -> str:
        """Return the error as a string.

        Args:
            remedy: the remedy to end with: `remedy` or `command_remedy`.
            translate: translates messages; without it, the error is in English.

        Returns:
            The place, what was found, and the remedy; some hundred characters, without control
            characters.
        """
        found = self._bounded(str(in_language(self.found, translate)))
        remedy = self._bounded(str(in_language(remedy, translate)))
        place = clipped(str(in_language(self.place, translate)), 300)
        return printable(_sentences(joined(": ", (place, found)), remedy))

    def _bounded(self, text: str) -> str:
        return text if self._longest is None else clipped(text, self._longest)

    def __str__(self) -> str:
        """Return the error with its remedy in Python."""
        return self.text(self.remedy)

    def advised(self, remedy: str, *, command: str) -> Self:
        """Return the same error with one more remedy at the end.

        Args:
            remedy: what else to do about it in Python.
            command: what else to do about it on the command line.
        """
        more = copy(self)
        more.remedy = _sentences(self.remedy, remedy)
        more.command_remedy = _sentences(self.command_remedy, command)
        more.settings_remedy = _sentences(self.settings_remedy, command)
        return more

    def remedied(self, remedy: str) -> Self:
        """Return the same error with another remedy, in Python, on the command line and settings.

        Args:
            remedy: what to do about it.

        >>> print(ArgumentError("days is 0", remedy="Give days=1").remedied("Give months"))
        days is 0. Give months
        """
        same = copy(self)
        same.remedy = same.command_remedy = same.settings_remedy = remedy
        return same

    def in_settings(self, place: str = "") -> Self:
        """Return the same error with the remedy of who keeps a file of settings.

        Args:
            place: where the settings say what it is about, if anywhere.

        >>> error = ArgumentError("days is 0", remedy="Give days=1", settings="Write days = 1")
        >>> print(error.in_settings("klantkompas.toml, line 3, column 1"))
        klantkompas.toml, line 3, column 1: days is 0. Write days = 1
        """
        same = copy(self)
        same.remedy = same.command_remedy = self.settings_remedy
        same.place = joined(": ", (place, self.place))
        return same

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it again, so that it survives pickling and copying."""
        return _made_again, (type(self), self.args, picklable(vars(self)))


def _sentences(first: str, second: str) -> str:
    if not (first and second):
        return first or second
    return joined(" " if first.endswith((".", "?", "!")) else ". ", (first, second))


def _made_again(
    kind: type[KlantkompasError], args: tuple[object, ...], state: Mapping[str, object]
) -> KlantkompasError:
    error = kind.__new__(kind, *args)
    vars(error).update(state)
    return error


class ArgumentError(KlantkompasError, ValueError):
    """An argument that has no meaning here; the message says what to write instead.

    >>> from klantkompas import Compass
    >>> Compass(months=0)
    Traceback (most recent call last):
        ...
    klantkompas.errors.ArgumentError: months is a whole number from 1 to 1200, not 0
    """


class PluginError(KlantkompasError):
    """A plugin that cannot be used; the message names the plugin and the remedy.

    >>> from klantkompas import rule
    >>> rule(lambda card: card.count > 5)
    Traceback (most recent call last):
        ...
    klantkompas.errors.PluginError: @rule needs the class that it gives, such as @rule("A")
    """

    _longest = None  # it may hold code that shows what fails


class MissingExtraError(KlantkompasError, ImportError):
    """A part of klantkompas that needs an extra which is not installed.

    Args:
        extra: the extra to install, such as ``"files"``.
        purpose: what it is needed for, as the beginning of a sentence.

    >>> raise MissingExtraError("files", "reading files")
    Traceback (most recent call last):
        ...
    klantkompas.errors.MissingExtraError: reading files needs more than the core. Install it: pip \
install "klantkompas[files]"
    """

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(
            told("{purpose} needs more than the core", purpose=purpose),
            remedy=told('Install it: pip install "klantkompas[{extra}]"', extra=extra),
        )
        self.extra = extra


class DataError(KlantkompasError, ValueError):
    """Data that cannot be used, with the table, column and row.

    Args:
        problem: what is wrong and what was expected, worded to follow the value.
        table: the kind of interaction, such as ``"orders"``.
        file: the file, where the table is made of several.
        column: the column by its heading in the data.
        row: the row, counted from 1 without the heading.
        value: the value found there; leave it out where it is personal text.
        remedy: what to do about it in Python, as one or more sentences.
        command: what to do about it on the command line, where that is written otherwise.
        settings: what to do about it in a file of settings, where that is written otherwise still.

    >>> from klantkompas import Portfolio
    >>> calls = {"customer": ["17", "23"], "on": ["2025-02-03", "2025-02-04"], "minutes": [12, -5]}
    >>> Portfolio.from_tables(contacts=calls, parse=True)
    Traceback (most recent call last):
        ...
    klantkompas.errors.DataError: contacts, column 'minutes', row 2: -5.0 is below 0, the \
lowest allowed
    """

    def __init__(
        self,
        problem: str = "",
        *,
        table: str | None = None,
        file: str | None = None,
        column: str | None = None,
        row: int | None = None,
        value: object = None,
        remedy: str = "",
        command: str | None = None,
        settings: str | None = None,
    ) -> None:
        places = (
            table or "",
            file or "",
            "" if column is None else told("column {column}", column=shown(column)),
            "" if row is None else told("row {row}", row=row),
        )
        super().__init__(
            problem,
            place=joined(", ", places),
            remedy=remedy,
            command=command,
            settings=settings,
        )
        self.table = table
        self.file = file
        self.column = column
        self.row = row
        self.value = value

    @property
    def found(self) -> str:
        """The value, as far as it may be shown, with the problem."""
        return joined(" ", ("" if self.value is None else shown(self.value), self.problem))

    def located(self, row: int | None, said: str = "", *, file: str | None = None) -> DataError:
        """Return the same error about another row: that of the whole, where this is a part of it.

        Args:
            row: the row in the whole, from 1; None where rows have no number.
            said: what to add about the place, in brackets, if anything.
            file: the file in which the row is.
        """
        return DataError(
            Told("{problem} ({said})", {"problem": self.problem, "said": said})
            if said
            else self.problem,
            table=self.table,
            file=file or self.file,
            column=self.column,
            row=row,
            value=self.value,
            remedy=self.remedy,
            command=self.command_remedy,
            settings=self.settings_remedy,
        )


class SettingsError(ArgumentError):
    """A setting that has no meaning; the message says where it stands and what to write instead.

    Args:
        problem: what was found, and what was expected.
        file: the file of settings; empty where they were made in Python.
        line: the line in the file, from 1; None where they come from elsewhere.
        column: the column in that line, from 1, in characters.
        option: the option of the command that said it, such as ``"--months"``.
        remedy: what to do about it.

    >>> from klantkompas import Settings
    >>> text = '''version = 1
    ... months = "six"'''
    >>> Settings.from_toml(text, file="klantkompas.toml")
    Traceback (most recent call last):
        ...
    klantkompas.errors.SettingsError: klantkompas.toml, line 2, column 1: months is "six", not a \
whole number from 1 to 1200. Write months = 6
    """

    def __init__(
        self,
        problem: str = "",
        *,
        file: str = "",
        line: int | None = None,
        column: int | None = None,
        option: str = "",
        remedy: str = "",
    ) -> None:
        at = "" if line is None else told("line {line}, column {column}", line=line, column=column)
        place = option or joined(", ", (file, at))
        super().__init__(problem, place=place, remedy=remedy)
        self.file = file
        self.line = line
        self.column = column
        self.option = option


class HistoryError(KlantkompasError):
    """A history file that cannot be used, or not now; the file is left as it was.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from klantkompas import History
    >>> notes = Path(mkdtemp(), "notes.txt")
    >>> _ = notes.write_text("Call 0213 on Monday. " * 100)
    >>> History(notes).readings()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    klantkompas.errors.HistoryError: ...notes.txt: it is not a database. Give the path of a \
history, or of a new file
    """
