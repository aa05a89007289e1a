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

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from klantkompas.domain.fields import Column
from klantkompas.errors import ArgumentError, DataError, nearest

__all__ = ["ColumnMapping", "Heading", "HeadingLike", "resolve_headings"]


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


HeadingLike = str | Heading | Sequence[str | Heading]
"""A heading, or several whose product is meant, such as quantity and price."""
ColumnMapping = Mapping[str, HeadingLike]
"""For one table: field name to heading."""


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
                f"is named for {column.name!r} but is not in the data. "
                f"{nearest(heading.name, headings)}",
                table=table,
                column=heading.name,
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
        raise DataError(
            f"may be {both}: both are in the data. Say which: "
            f'columns={{"{table}": {{"{column.name}": "{present[0]}"}}}}',
            table=table,
            column=column.name,
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
            so = "".join(["so", *(f", nor {each!r}" for each in column.headings)])
            raise DataError(
                f"is required ({column.content.value}) and no column is called {so}. Name the one "
                f'that holds it: columns={{"{table}": {{"{column.name}": ...}}}}. '
                f"{nearest(column.name, headings)}",
                table=table,
                column=column.name,
            )
    for heading in (heading for wanted in found.values() for heading in wanted):
        if list(headings).count(heading.name) > 1:
            raise DataError(
                "is the heading of more than one column; rename all but one",
                table=table,
                column=heading.name,
            )
    return found
