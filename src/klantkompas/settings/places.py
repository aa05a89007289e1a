r"""Where each key and value stands in a TOML file, for errors and for what is in force.

`tomllib` reads values and forgets their places; this looks for the places only, in text that
`tomllib` has accepted.

>>> places = places_of('months = 6\n[factors.pays_on_time]\nat_least = 0.9\n')
>>> places["factors", "pays_on_time", "at_least"]
Place(line=3, column=1)
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

from attrs import field, frozen

__all__ = ["Keys", "Place", "places_of"]

Keys = tuple[str | int, ...]
"""The keys that lead to a value, from the outermost table on; in a list, its number from 0."""


@frozen
class Place:
    """A place in a file.

    Args:
        line: the line, from 1.
        column: the column, from 1, in characters.
    """

    line: int
    column: int


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = (
    r'"""(?:\\.|(?!""")[^\\])*"""(?:"{1,2}(?!"))?',
    r"'''(?:(?!''').)*'''(?:'{1,2}(?!'))?",
    r'"(?:\\.|[^"\\])*"',
    r"'[^']*'",
)
_VALUE = re.compile("|".join((*_STRING, r"[^,\]}#\n]+")), re.DOTALL)
_PART = re.compile("|".join((*_STRING[2:], "[A-Za-z0-9_-]+")))
_DOT = re.compile(r"[ \t]*\.[ \t]*")


@frozen
class _Scanner:
    """Goes through a text once, and notes where each key and value stands."""

    text: str
    lines: list[int]
    found: dict[Keys, Place] = field(factory=dict)
    lists: dict[Keys, int] = field(factory=dict)

    def note(self, path: Keys, at: int) -> None:
        line = bisect_right(self.lines, at)
        self.found.setdefault(path, Place(line, at - self.lines[line - 1] + 1))

    def blank(self, at: int) -> int:
        return self._end(_BLANK, at)

    def _end(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at)
        return at if match is None else match.end()

    def key(self, inside: Keys, at: int) -> tuple[Keys, int]:
        """Note the parts of a key, and return the path that it names and where it ends."""
        path = inside
        while True:
            end = self._end(_PART, at)
            (name,) = tomllib.loads(f"{self.text[at:end]} = 0")
            path = (*path, name)
            self.note(path, at)
            at = self._end(_DOT, end)
            if at == end:
                return path, end
            # What follows is in the last table of a list of them.
            path = self._last(path)

    def _last(self, path: Keys) -> Keys:
        return (*path, self.lists[path]) if path in self.lists else path

    def pair(self, inside: Keys, at: int) -> int:
        """Go through a key, the equals sign and the value; return where these end."""
        path, end = self.key(inside, at)
        return self.value(path, self.blank(self.text.index("=", end) + 1))

    def value(self, path: Keys, at: int) -> int:
        opening = self.text[at]
        if opening not in "[{":
            return self._end(_VALUE, at)
        at, number = self.blank(at + 1), 0
        while self.text[at] not in "]}":
            if opening == "{":
                at = self.pair(path, at)
            else:
                self.note((*path, number), at)
                at, number = self.value((*path, number), at), number + 1
            at = self.blank(at)
            at = self.blank(at + 1) if self.text[at] == "," else at
        return at + 1

    def header(self, at: int) -> tuple[Keys, int]:
        """Go through ``[a.b]`` or ``[[a.b]]``; return the table that follows, and the end."""
        double = self.text.startswith("[[", at)
        opening = self._end(_SPACES, at + 1 + double)
        path, end = self.key((), opening)
        if double:
            self.lists[path] = self.lists.get(path, -1) + 1
            path = self._last(path)
            self.note(path, opening)
        return self._last(path) if not double else path, self.text.index("]", end) + 1 + double

    def whole(self) -> dict[Keys, Place]:
        inside: Keys = ()
        at = self.blank(0)
        while at < len(self.text):
            if self.text[at] == "[":
                inside, at = self.header(at)
            else:
                at = self.pair(inside, at)
            at = self.blank(at)
        return self.found


_SPACES = re.compile(r"[ \t]*")


def places_of(text: str) -> Mapping[Keys, Place]:
    """Return where each key, and each value of a list, stands in a TOML text.

    Args:
        text: text that `tomllib.loads` accepts.

    Returns:
        By the keys that lead there, the place where it first stands.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return _Scanner(text, starts).whole()
