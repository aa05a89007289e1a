"""What people typed about others, searched for an erased customer's id and name.

A reason, the name of who decided, a title, a group or a preference of another customer may mention
the erased one. They are found as whole words in any case, and replaced where that is asked.

>>> search = Search(["0213", "De Vries"], redact=True)
>>> search("a reason", "as de vries (0213) asked, not 02134")
'as [erased] ([erased]) asked, not 02134'
>>> search.places
('a reason: 2',)
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import starmap

from klantkompas.wording.plain import Json

__all__ = ["Search", "search_decisions", "search_head"]

ERASED = "[erased]"
TYPED = (
    ("overrides", "person"),
    ("overrides", "because"),
    ("buying_reasons", "because"),
    ("buying_reasons", "person"),
    ("steps", "done"),
    ("steps", "person"),
    ("let_go", "person"),
    ("let_go", "finding"),
)
"""The tables and columns of decisions that hold what people typed."""


class Search:
    """Searches texts for other texts, and counts where they are found.

    Args:
        texts: the texts to look for, as whole words in any case.
        redact: whether to replace what is found by ``[erased]``.
    """

    def __init__(self, texts: Iterable[str], redact: bool) -> None:
        longest_first = sorted({each.strip() for each in texts} - {""}, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
        self._redact = redact
        self._found = Counter[str]()

    def __call__(self, place: str, text: str, holders: Callable[[], int] = lambda: 1) -> str:
        """Return a text, with what was found replaced where that is asked.

        Args:
            place: where the text is, in words, for `places`.
            text: the text to search.
            holders: a function that returns how many customers have the text.
        """
        replaced, times = self._pattern.subn(ERASED, text)
        if times and (held := times * holders()):
            self._found[place] += held
        return replaced if self._redact else text

    @property
    def count(self) -> int:
        """How often any of the texts was found."""
        return self._found.total()

    @property
    def places(self) -> tuple[str, ...]:
        """Where any of the texts was found, with how often."""
        return tuple(starmap("{}: {}".format, self._found.items()))


def search_head(as_of: date, head: Json, search: Search) -> None:
    """Search what people typed in the head of a reading; what is replaced changes the head.

    Args:
        as_of: the reference date of the reading.
        head: the head, as plain data.
        search: what to look for.
    """
    where = f"reading as of {as_of}"
    for each in head["overrides"]:
        of = f"{where}, override of {each['customer']!r}"
        each["by"] = search(f"{of}, by", each["by"])
        each["because"] = search(f"{of}, because", each["because"])
    for each in head["factors"]:
        place = f"{where}, title of the factor {each['name']}"
        each["title"] = search(place, each["title"])


def search_decisions(connection: sqlite3.Connection, search: Search) -> None:
    """Search what people typed with overrides and approvals, inside a transaction."""
    for table, column in TYPED:
        select = f"SELECT sequence, customer, {column} FROM {table} ORDER BY sequence"  # noqa: S608
        for sequence, customer, text in connection.execute(select).fetchall():
            changed = search(f"{table} of {customer!r}, {column}", text)
            if changed != text:
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE sequence = ?",  # noqa: S608
                    (changed, sequence),
                )
