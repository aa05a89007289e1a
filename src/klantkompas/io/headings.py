"""Which column of the data is which field: the caller's mapping, checked against the headings.

>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> found = resolve_headings(
...     "orders",
...     columns_of(Order),
...     ["Klant", "on", "Aantal", "Prijs"],
...     {"customer": "Klant", "amount": ("Aantal", "Prijs")},
... )
>>> [heading.name for heading in found["amount"]]
['Aantal', 'Prijs']
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from klantkompas.domain.fields import Column
from klantkompas.errors import ArgumentError, DataError, nearest

__all__ = [
    "ColumnMapping",
    "Heading",
    "HeadingLike",
    "in_python",
    "on_command_line",
    "resolve_headings",
]


@frozen
class Heading:
    """A column of the data by its heading, and how its values are written where that is not plain.

    Args:
        name: the heading, as it stands in the data.
        style: for a file's text, how numbers (``"1.234,56"`` or ``"1,234.56"``) or dates
            (``"y-m-d"``, ``"d-m-y"`` or ``"m-d-y"``) are written in this column.

    >>> Heading("DueDate", style="m-d-y").style
    'm-d-y'
    """

    name: str
    style: str | None = None


_READ_BY_SHELLS = re.compile(r'["$`\\!]')

HeadingLike = str | Heading | Sequence[str | Heading]
"""A heading, or several whose product is meant, such as quantity and price."""
ColumnMapping = Mapping[str, HeadingLike]
"""For one table: field name to heading."""


def _quoted(text: str) -> str:
    """Return a text as both Python and TOML write it."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _one_or_all(parts: Sequence[str], brackets: str) -> str:
    return parts[0] if len(parts) == 1 else f"{brackets[0]}{', '.join(parts)}{brackets[1]}"


def in_python(table: str, field: str, wanted: Sequence[Heading]) -> str:
    """Return how the headings of a field are named in Python.

    Args:
        table: the table.
        field: the field.
        wanted: the headings whose product it is (mostly one).

    >>> print(in_python("orders", "amount", [Heading("Aantal"), Heading("Prijs", "1.234,56")]))
    columns={"orders": {"amount": ("Aantal", Heading("Prijs", style="1.234,56"))}}
    """
    parts = [
        _quoted(each.name)
        if each.style is None
        else f"Heading({_quoted(each.name)}, style={_quoted(each.style)})"
        for each in wanted
    ]
    return f'columns={{"{table}": {{"{field}": {_one_or_all(parts, "()")}}}}}'


def on_command_line(table: str, field: str, wanted: Sequence[Heading]) -> str:
    """Return how the headings of a field are named on the command line.

    Args:
        table: the table.
        field: the field.
        wanted: the headings whose product it is (mostly one).

    >>> print(on_command_line("orders", "customer", [Heading("Klant")]))
    --column orders.customer=Klant
    >>> print(on_command_line("orders", "amount", [Heading("Aantal"), Heading("Prijs")]))
    --column "orders.amount=Aantal*Prijs"
    >>> print(on_command_line("orders", "on", [Heading("Datum", "d-m-y")]))
    in the file of --columns, under [orders]: on = {heading = "Datum", style = "d-m-y"}
    """
    if all(each.style is None for each in wanted):
        product = "*".join(each.name.replace("*", r"\*") for each in wanted)
        return f"--column {_for_a_shell(f'{table}.{field}={product}')}"
    parts = [
        _quoted(each.name)
        if each.style is None
        else f"{{heading = {_quoted(each.name)}, style = {_quoted(each.style)}}}"
        for each in wanted
    ]
    return f"in the file of --columns, under [{table}]: {field} = {_one_or_all(parts, '[]')}"


def _for_a_shell(text: str) -> str:
    """Quote a text where need be: as all shells take it, or as those of Unix do."""
    as_unix = shlex.quote(text)
    return as_unix if as_unix == text or _READ_BY_SHELLS.search(text) else f'"{text}"'


def _as_headings(given: Any) -> tuple[Heading, ...]:
    several = [given] if isinstance(given, str | Heading) else given
    if isinstance(several, Sequence) and all(isinstance(each, str | Heading) for each in several):
        return tuple(each if isinstance(each, Heading) else Heading(each) for each in several)
    raise ArgumentError(
        f"columns: a field is given a heading, a Heading, or several to multiply, not {given!r}"
    )


def _named(
    table: str, column: Column, headings: Sequence[str], given: HeadingLike
) -> tuple[Heading, ...]:
    wanted = _as_headings(given)
    for heading in wanted:
        if heading.name not in headings:
            raise DataError(
                f"is named for {column.name!r} but is not in the data",
                table=table,
                column=heading.name,
                remedy=nearest(heading.name, headings),
            )
    if len(wanted) != 1 and not column.is_number:
        raise ArgumentError(
            f"columns: {table}.{column.name} is {column.content.value}, so it takes one heading, "
            f"not {len(wanted)}: only numbers are multiplied"
        )
    return wanted


def _the_only(table: str, column: Column, present: Sequence[str]) -> Heading:
    if len(set(present)) > 1:
        both = " and ".join(map(repr, present))
        wanted = table, column.name, [Heading(present[0])]
        raise DataError(
            f"may be {both}: both are in the data",
            table=table,
            column=column.name,
            remedy=f"Say which: {in_python(*wanted)}",
            command=f"Say which: {on_command_line(*wanted)}",
        )
    return Heading(present[0])


def resolve_headings(
    table: str,
    columns: Iterable[Column],
    headings: Sequence[str],
    given: ColumnMapping | None = None,
) -> dict[str, tuple[Heading, ...]]:
    """Find the columns of a table among the headings of the data.

    Args:
        table: the table's name, for the messages.
        columns: the columns that the table may have.
        headings: the headings that the data have.
        given: the caller's mapping of fields to headings; a field that it leaves out is looked for
            under its own name and the headings that its kind declares.

    Returns:
        For every field that is present, the headings whose product it is (mostly one).

    Raises:
        ArgumentError: the mapping names a field that the table does not have.
        DataError: the mapping names a heading that is not there, a required column is missing, two
            columns bear a heading that is needed, or two headings of one field are there.
    """
    columns = tuple(columns)
    given = {} if given is None else given
    if not isinstance(given, Mapping):
        raise ArgumentError(f"columns: {table} is given fields with headings, not {given!r}")
    fields = {column.name for column in columns}
    for name in given:
        if name not in fields:
            raise ArgumentError(
                f"columns: {table} has no field {name!r}. {nearest(str(name), fields)}"
            )
    found: dict[str, tuple[Heading, ...]] = {}
    for column in columns:
        if column.name in given:
            found[column.name] = _named(table, column, headings, given[column.name])
        elif present := [each for each in (column.name, *column.headings) if each in headings]:
            found[column.name] = (_the_only(table, column, present),)
        elif column.required:
            names = " or ".join(map(repr, (column.name, *column.headings)))
            there = nearest(column.name, headings)
            wanted = table, column.name, [Heading("HEADING")]
            raise DataError(
                f"is required ({column.content.value}) and no column is named {names}",
                table=table,
                column=column.name,
                remedy=f"Name the one that holds it: {in_python(*wanted)}. {there}",
                command=f"Name the one that holds it: {on_command_line(*wanted)}. {there}",
            )
    for heading in (heading for wanted in found.values() for heading in wanted):
        if list(headings).count(heading.name) > 1:
            raise DataError(
                "is the heading of more than one column",
                table=table,
                column=heading.name,
                remedy="Rename all but one",
            )
    return found
