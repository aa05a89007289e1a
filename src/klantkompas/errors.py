"""What klantkompas says when something cannot be done: what was found, where, and what to do.

>>> error = DataError(
...     "is not a whole number from 0 to 10", table="responses", column="score", row=3, value=11
... )
>>> print(error)
responses, column 'score', row 3: 11 is not a whole number from 0 to 10
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "ArgumentError",
    "DataError",
    "HistoryError",
    "KlantkompasError",
    "MissingExtraError",
    "PluginError",
    "nearest",
]


class KlantkompasError(Exception):
    """Anything that klantkompas refuses to do, with the reason and the remedy."""


class ArgumentError(KlantkompasError, ValueError):
    """An argument that means nothing here; the message says what to write instead."""


class PluginError(KlantkompasError):
    """A plugin that cannot be used; the message names the plugin and the remedy."""


class MissingExtraError(KlantkompasError, ImportError):
    """A part of klantkompas that needs an extra which is not installed.

    Args:
        extra: the extra to install, such as ``"files"``.
        purpose: what it is needed for, as the beginning of a sentence.

    >>> print(MissingExtraError("files", "reading files"))
    reading files needs more than the core: pip install "klantkompas[files]"
    """

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f'{purpose} needs more than the core: pip install "klantkompas[{extra}]"')
        self.extra = extra


class DataError(KlantkompasError, ValueError):
    """Data that cannot be used, with the place where it stands.

    Args:
        message: what is wrong and what was expected, worded to follow the value.
        table: the kind of interaction, such as ``"orders"``.
        column: the column as it is called in the data.
        row: the row, counted from 1 without the heading.
        value: the value found there; leave it out where it is personal text.
    """

    def __init__(
        self,
        message: str,
        *,
        table: str | None = None,
        column: str | None = None,
        row: int | None = None,
        value: object = None,
    ) -> None:
        places = (
            table,
            None if column is None else f"column {column!r}",
            None if row is None else f"row {row}",
        )
        where = ", ".join(place for place in places if place is not None)
        what = message if value is None else f"{value!r} {message}"
        super().__init__(f"{where}: {what}" if where else what)
        self.table = table
        self.column = column
        self.row = row
        self.value = value


class HistoryError(KlantkompasError):
    """A history file that cannot be used, or not now; what it held before is as it was."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known names come near a mistaken one, and which there are.

    Args:
        name: the name that was not found.
        known: the names that exist.

    Returns:
        A sentence to end an error with.

    >>> nearest("revenu", ["revenue", "margin"])
    "Did you mean 'revenue'? There are: margin, revenue."
    """
    names = sorted(set(known))
    close = get_close_matches(name, names, n=1)
    hint = f"Did you mean {close[0]!r}? " if close else ""
    return f"{hint}There are: {', '.join(names)}." if names else f"{hint}There are none."
