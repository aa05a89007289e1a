r"""Settings as they were written: their values, and the place of each for errors.

>>> data, written = parse('version = 1\nmonths = "six"\n', "klantkompas.toml")
>>> At(written)["months"].error("months is 'six'", "Write months = 6").line
2
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import evolve, field, frozen

from klantkompas._told import Told, joined, told
from klantkompas.errors import KlantkompasError, SettingsError
from klantkompas.settings.places import Keys, Place, places_of

__all__ = ["VERSION", "At", "Said", "Written", "either", "line", "parse"]

VERSION = 1
"""The version of what a file of settings may say."""

Said = dict[str, Any]
"""What a file or the options of a command say, by key; each value is checked where it is used."""


@frozen
class Written:
    """Where settings come from.

    Args:
        file: the file; empty where they were made in Python.
        places: where each key stands in the file; None where there is no text.
        options: by key, the option of the command that said it in place of the file.
    """

    file: str = ""
    places: Mapping[Keys, Place] | None = field(default=None, repr=False)
    options: Mapping[Keys, str] = field(factory=dict)

    def states(self, setting: str) -> bool:
        """Return whether a setting is said, in the file or by an option."""
        return (setting,) in self.options or (setting,) in (self.places or {})

    def option(self, path: Keys) -> str:
        """Return the option of the command that said a key; empty without one."""
        every = (self.options.get(path[:end], "") for end in range(len(path), 0, -1))
        return next(filter(None, every), "")

    def place(self, path: Keys) -> Place | None:
        """Return where a key stands, or else the nearest one around it."""
        if self.places is None:
            return None
        every = (self.places.get(path[:end]) for end in range(len(path), 0, -1))
        return next(filter(None, every), Place(1, 1))


@frozen
class At:
    """A key of settings, to say what is wrong with it.

    Args:
        written: where the settings come from.
        path: the keys that lead there.
    """

    written: Written
    path: Keys = ()

    def __getitem__(self, key: str | int) -> At:
        """Return a key inside this one."""
        return evolve(self, path=(*self.path, key))

    @property
    def name(self) -> str:
        """The key as errors name it."""
        return ".".join(str(each) for each in self.path if isinstance(each, str))

    def error(self, problem: str, remedy: str) -> SettingsError:
        """Return the error to raise.

        Args:
            problem: what was found and what was expected.
            remedy: what to write instead.
        """
        option = self.written.option(self.path)
        place = None if option else self.written.place(self.path)
        return SettingsError(
            problem,
            file=self.written.file,
            line=place.line if place else None,
            column=place.column if place else None,
            option=option,
            remedy=remedy,
        )

    @contextmanager
    def whatever_is_wrong(self, remedy: str = "") -> Iterator[None]:
        """Raise errors of this library as errors of this key; use as a context manager.

        Args:
            remedy: what to write, where the error's own advice speaks of Python.
        """
        try:
            yield
        except SettingsError:
            raise
        except KlantkompasError as error:
            refused = self.refusal(error, remedy or error.remedy)
            if not remedy:
                refused.command_remedy = error.command_remedy
            raise refused from error

    def refusal(self, error: KlantkompasError, remedy: str) -> SettingsError:
        """Return an error of this library as one of this key.

        Args:
            error: the error.
            remedy: what to write instead.
        """
        is_here = error.place in ("", "columns")
        problem = error.problem if is_here else joined(": ", (error.place, error.found))
        return self.error(problem, remedy)


def line(text: str) -> Told:
    """Return the advice to write a line."""
    return told("Write {line}", line=text)


def either(first: str, second: str) -> Told:
    """Return the advice to write one of two lines."""
    return told("Write {line} or {other}", line=first, other=second)


def parse(text: str, file: str = "") -> tuple[Said, Written]:
    """Return what a TOML text says, and where.

    Args:
        text: the text.
        file: the file that it stands in, for errors.

    Raises:
        SettingsError: the text is not TOML.
    """
    # Both ways to end a line count as one, as they do for tomllib.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        return tomllib.loads(text), Written(file, places_of(text))
    except tomllib.TOMLDecodeError as cause:
        place, why = _decoded(str(cause), text)
        if why.startswith(TWICE):
            problem = told("this is written a second time")
            raise _refused(problem, file, place, ONCE) from cause
        problem = told("this is not written as TOML should be: {why}", why=why)
        raise _refused(problem, file, place) from cause
    except (ValueError, RecursionError) as cause:
        problem = told("there are too many digits or brackets for a file of settings")
        raise _refused(problem, file, Place(1, 1)) from cause


TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate")
"""What `tomllib` says of a key or table that an earlier line has."""
ONCE = told("Leave out this line or the earlier one: a table has each key once, a file each table")
EXPECTED = told(
    "Write it so: {examples}; and tables so: {table}",
    examples='key = "text", key = 6, key = 2026-06-30, key = ["a", "b"]',
    table="[orders]",
)


def _refused(problem: str, file: str, place: Place, remedy: str = EXPECTED) -> SettingsError:
    return SettingsError(problem, file=file, line=place.line, column=place.column, remedy=remedy)


def _decoded(message: str, text: str) -> tuple[Place, str]:
    """Return where tomllib stopped, and why."""
    problem, _, at = message.rpartition(" (at ")
    numbers = [int(each) for each in "".join(c if c.isdecimal() else " " for c in at).split()]
    if len(numbers) == 2:
        return Place(*numbers), problem
    lines = text.rstrip("\n").split("\n")
    return Place(len(lines), len(lines[-1]) + 1), problem
