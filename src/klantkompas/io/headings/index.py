"""The headings of an export, found by name: capitals and blanks do not matter."""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from klantkompas.domain.fields import Column

__all__ = ["HeadingIndex", "as_names", "goes_by_own_names", "own_names", "plain", "unique_headings"]

_NUMBERED = re.compile(r"(.*)#([1-9][0-9]*)")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+|[\u2191\u2193\u25b2\u25bc]\s*$")
"""Blanks, what is not seen, and the arrow of the column by which a report is sorted."""


def plain(heading: str) -> str:
    """Return a heading as it is compared: in lower case, without blanks and unseen characters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def own_names(column: Column) -> set[str]:
    """Return the names by which a field is read without being named, as they are compared.

    Args:
        column: the field.

    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.domain.fields import columns_of
    >>> [sorted(own_names(each)) for each in columns_of(Order)[:2]]
    [['customer'], ['on']]
    """
    return {plain(each) for each in (column.name, *column.headings)}


def goes_by_own_names(headings: Iterable[str], columns: Sequence[Column]) -> bool:
    """Return whether all headings are those of a table's fields, and none that it needs is absent.

    Args:
        headings: the headings of an export.
        columns: the columns that the table may have, each read by its name and by the headings that
            it declares.

    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.domain.fields import columns_of
    >>> goes_by_own_names(["Customer", "On", "Amount"], columns_of(Order))
    True
    """
    there = {plain(each) for each in headings}
    known = set[str]().union(*map(own_names, columns))
    return there <= known and all(there & own_names(each) for each in columns if each.required)


def _positions(names: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        found.setdefault(name, []).append(position)
    return found


def unique_headings(headings: Sequence[str]) -> list[str]:
    """Return headings with a number appended to each that an earlier column has as well.

    >>> unique_headings(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    taken, unique = set(headings), list[str]()
    used: dict[str, int] = {}
    for heading in headings:
        number = used.get(heading, 0) + 1
        name = heading if number == 1 else f"{heading} ({number})"
        while number > 1 and name in taken:
            number += 1
            name = f"{heading} ({number})"
        used[heading] = number
        taken.add(name)
        unique.append(name)
    return unique


def as_names(headings: Iterable[str]) -> tuple[str, ...]:
    """Return headings as a tuple, as they are and in their order."""
    return tuple(headings)


@frozen(eq=False)
class HeadingIndex:
    """The headings of an export, found by name.

    Args:
        headings: the headings as they stand there.

    >>> index = HeadingIndex(["Klant nr", "Naam", "Naam"])
    >>> index.positions("klantnr"), index.positions("naam"), index.positions("Naam#2")
    ((0,), (1, 2), (2,))
    """

    headings: tuple[str, ...] = field(converter=as_names)
    _exact: dict[str, list[int]] = field(init=False)
    _plain: dict[str, list[int]] = field(init=False)
    keys: tuple[str, ...] = field(init=False)

    @_exact.default
    def _by_name(self) -> dict[str, list[int]]:
        return _positions(self.headings)

    @_plain.default
    def _by_plain_name(self) -> dict[str, list[int]]:
        return _positions(map(plain, self.headings))

    @keys.default
    def _unique(self) -> tuple[str, ...]:
        return tuple(unique_headings(self.headings))

    def positions(self, name: str) -> tuple[int, ...]:
        """Return the positions of the columns with a name: equal to it, or but for case and blanks.

        An asterisk stands for any text where no heading has one there. Of the columns without a
        heading, ``"#1"`` is the first.
        """
        found = self._exact.get(name) or self._plain.get(plain(name))
        if not found and "*" in name:
            pattern = re.compile(fnmatch.translate(plain(name)))
            found = [
                at for known, at_all in self._plain.items() if pattern.match(known) for at in at_all
            ]
        if found or not (numbered := _NUMBERED.fullmatch(name)):
            return tuple(found or ())
        every = self.positions(numbered[1])
        number = int(numbered[2])
        return every[number - 1 : number]

    @property
    def numbered(self) -> dict[str, str]:
        """How each column is named of which the heading stands more than once, or is empty."""
        return {
            self.keys[at]: f"{name}#{number}"
            for name, positions in self._exact.items()
            if len(positions) > 1 or not name.strip()
            for number, at in enumerate(positions, 1)
        }

    def has(self, names: Iterable[str]) -> bool:
        """Return whether there is a column for each of some names."""
        return all(self.positions(name) for name in names)
