"""Which column of the data is which field: what the caller says, checked against the headings.

Capitals and blanks do not matter, and of a heading that stands twice ``"Naam#2"`` is the second:

>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> found = resolve_headings(
...     "orders",
...     columns_of(Order),
...     ["KLANT", "on", "Aantal", "Prijs"],
...     {"customer": "Klant", "amount": ("Aantal", "Prijs")},
... )
>>> [heading.name for heading in (*found["customer"], *found["amount"])]
['KLANT', 'Aantal', 'Prijs']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import Told, either, joined, told
from klantkompas.domain.export_shape import Currency, ExportShape, shape_of
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.domain.fields import Column
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.headings.index import HeadingIndex
from klantkompas.io.headings.naming import (
    in_its_table,
    in_python,
    on_command_line,
    quoted,
    with_shape,
)
from klantkompas.io.headings.synonyms import likely_heading

__all__ = [
    "ColumnMapping",
    "HeadingLike",
    "resolve_headings",
    "resolve_shape",
]

HeadingLike = str | Heading | Sequence[str | Heading] | Mapping[str, object] | FieldSource
"""A heading, or several whose product is meant, such as quantity and price; or a table of keys."""
ColumnMapping = Mapping[str, object] | ExportShape
"""For one table: field name to heading, and the keys of an export shape."""


@frozen
class _Missing:
    """A heading that is not there, and what to do about it."""

    field: str
    heading: str | None
    problem: str
    remedy: str
    command: str | None = None
    settings: str | None = None


_LIKE_A_VALUE = re.compile(r"[-+€$£]? ?[0-9][0-9.,:/ -]{4,}[A-Za-z]{0,3}|.*@.*\..*")
_WITHOUT = told('The first column has no heading: it is named "#1".')
_NO_HEADINGS = told("This file seems to have no row of headings: write one above the first row")


def _there(name: str, headings: Sequence[str]) -> str:
    """Return which headings there are; nothing of them where they are the values of a row."""
    filled = [each for each in headings if each.strip()]
    values = sum(bool(_LIKE_A_VALUE.fullmatch(each.strip())) for each in filled)
    if 3 * values > len(filled):
        return _NO_HEADINGS
    there = nearest(name, filled)
    is_first = bool(headings) and not headings[0].strip()
    return joined(" ", (there, _WITHOUT)) if is_first and filled else there


@frozen(eq=False)
class _Resolver:
    table: str
    index: HeadingIndex
    shape: str = ""
    missing: list[_Missing] = field(factory=list)

    def key(self, name: str, what: str) -> str:
        """Return the column that a name means; remember it where it is not there."""
        found = self.index.positions(name)
        if not found:
            self.missing.append(
                _Missing(
                    what,
                    name,
                    told("is named for {field} but is not in the data", field=repr(what)),
                    _there(name, self.index.headings),
                )
            )
            return name
        if len(found) > 1:
            several = {self.index.headings[at] for at in found}
            names = [f"{name}#{number + 1}" for number in range(len(found))]
            if "*" in name and len(several) == len(found):
                names = [self.index.headings[at] for at in found]
            error = DataError(
                told("is the heading of more than one column"),
                table=self.table,
                column=name,
                remedy=told(
                    "Rename all but one, or say which: {those}", those=either(map(quoted, names))
                ),
            )
            raise with_shape(error, self.shape)
        return self.index.keys[found[0]]

    def heading(self, given: Heading, what: str) -> Heading:
        return evolve(given, name=self.key(given.name, what))

    def source(self, given: FieldSource, what: str) -> FieldSource:
        def every(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
            return tuple(self.heading(each, what) for each in headings)

        return evolve(
            given,
            headings=every(given.headings),
            less=every(given.less),
            time=None if given.time is None else self.heading(given.time, what),
            gross=None if given.gross is None else self.heading(given.gross, what),
            sign=None if given.sign is None else (self.key(given.sign[0], what), given.sign[1]),
        )

    def unnamed(self, column: Column) -> FieldSource | None:
        """Look for a field that nobody named under its own name."""
        names = (column.name, *column.headings)
        present = [each for each in names if each in self.index.headings]
        if not present and column.required:
            present = [each for each in names if self.index.positions(each)][:1]
        if len(set(present)) > 1:
            first, second, *_ = map(repr, present)
            wanted = self.table, column.name, FieldSource(headings=(Heading(present[0]),))
            raise DataError(
                told(
                    "may be {first} and {second}: both are in the data", first=first, second=second
                ),
                table=self.table,
                column=column.name,
                remedy=told("Say which: {in_python}", in_python=in_python(*wanted)),
                command=told(
                    "Say which: {on_command_line}", on_command_line=on_command_line(*wanted)
                ),
                settings=told("Say which, {in_its_table}", in_its_table=in_its_table(*wanted)),
            )
        if present:
            return FieldSource(headings=(Heading(self.key(present[0], column.name)),))
        if column.required:
            named = either(map(repr, names))
            likely = likely_heading(self.table, column.name, self.index.headings)
            wanted = self.table, column.name, FieldSource(headings=(Heading(likely or "HEADING"),))
            one = told("Name the one that holds it")
            perhaps = told("Name the one that holds it, perhaps") if likely else one
            there = joined(". ", (self._by_term(column.name), _there("", self.index.headings)))
            self.missing.append(
                _Missing(
                    column.name,
                    None,
                    told(
                        "is required ({content}) and no column is named {names}",
                        content=Told(column.content.value, {}),
                        names=named,
                    ),
                    joined(". ", (joined(": ", (perhaps, in_python(*wanted))), there)),
                    joined(". ", (joined(": ", (perhaps, on_command_line(*wanted))), there)),
                    joined(". ", (joined(", ", (perhaps, in_its_table(*wanted))), there)),
                )
            )
        return None

    def _by_term(self, field: str) -> str:
        """Return how else a field comes about: when to pay, from the day of issue."""
        if (self.table, field) != ("invoices", "due"):
            return ""
        return told(
            "Where it is not in the data, count it from the days to pay: {line}",
            line="due = { term = 30 }",
        )

    def sources(
        self, given: Mapping[str, FieldSource], columns: Sequence[Column]
    ) -> dict[str, FieldSource]:
        """Return where each field that is present comes from; one not given by its own name."""
        fields = [column.name for column in columns]
        for name in given:
            if name not in fields:
                raise ArgumentError(
                    told(
                        "columns: {table} has no field {name}", table=self.table, name=shown(name)
                    ),
                    remedy=nearest(name, fields),
                )
        found: dict[str, FieldSource] = {}
        for column in columns:
            named = given.get(column.name)
            if named is not None:
                found[column.name] = self.source(named, column.name)
                if named.is_plain and len(named.headings) > 1 and not column.is_number:
                    raise ArgumentError(
                        told(
                            "{table}.{name} is {content}, so it takes one heading, not "
                            "{headings}: only numbers are multiplied",
                            table=self.table,
                            name=column.name,
                            content=Told(column.content.value, {}),
                            headings=len(named.headings),
                        ),
                        place="columns",
                        about=(self.table, column.name),
                    )
            elif source := self.unnamed(column):
                found[column.name] = source
        return found

    def refuse_missing(self) -> None:
        """Report everything that is missing at once, with the line to add for each."""
        if not self.missing:
            return
        first = self.missing[0]
        if len(self.missing) == 1:
            raise DataError(
                first.problem,
                table=self.table,
                column=first.heading or first.field,
                remedy=first.remedy,
                command=first.command,
                settings=first.settings,
            )
        said = [
            f"{each.field} ({shown(each.heading)})" if each.heading else each.field
            for each in self.missing
        ]
        fields = dict.fromkeys(each.field for each in self.missing)
        wanted = {
            each: likely_heading(self.table, each, self.index.headings) or "HEADING"
            for each in fields
        }
        python = ", ".join(f'"{each}": {quoted(wanted[each])}' for each in fields)
        command = " ".join(
            on_command_line(self.table, each, FieldSource(headings=(Heading(wanted[each]),)))
            for each in fields
        )
        settings = "; ".join(f"{each} = {quoted(wanted[each])}" for each in fields)
        there = _there("", self.index.headings)
        close = [
            hint.split(" There are")[0]
            for each in self.missing
            if each.heading and (hint := each.remedy).startswith("Did you mean")
        ]
        there = f"{' '.join(close)} {there}".strip()
        raise DataError(
            told("no column is found for {names}", names=", ".join(said)),
            table=self.table,
            column=first.heading or first.field,
            remedy=told(
                'Name them, such as columns={{"{table}": {{{python}}}}}. {there}',
                table=self.table,
                python=python,
                there=there,
            ),
            command=told("Name them, such as {command}. {there}", command=command, there=there),
            settings=told(
                "Name them, under [{table}]: {settings}. {there}",
                table=self.table,
                settings=settings,
                there=there,
            ),
        )


def resolve_shape(
    shape: ExportShape, columns: Iterable[Column], index: HeadingIndex
) -> ExportShape:
    """Return a shape (the layout of an export) with its headings found among those of the data.

    Args:
        shape: where the caller says that the fields come from; one that it leaves out is looked for
            under its own name and the headings that its kind declares.
        columns: the columns that the table may have.
        index: the headings that the data have.

    Returns:
        The shape with the columns' own names (`HeadingIndex.keys`) for headings, and a source for
        every field that is present.

    Raises:
        ArgumentError: the shape names a field that the table does not have, or makes one value of
            several columns where that means nothing.
        DataError: a heading is not there, a required column is missing, two columns bear a heading
            that is needed, or two headings of one field are there.
    """
    resolver = _Resolver(shape.table, index, shape.name)
    found = resolver.sources(shape.fields, tuple(columns))
    currency = shape.currency
    resolved = evolve(
        shape,
        fields=found,
        where={resolver.key(name, "where"): values for name, values in shape.where.items()},
        once=tuple(resolver.key(name, "once") for name in shape.once),
        currency=None
        if currency is None
        else Currency(resolver.key(currency.heading, "currency"), currency.keep),
    )
    resolver.refuse_missing()
    return resolved


def resolve_headings(
    table: str,
    columns: Iterable[Column],
    headings: Sequence[str],
    given: ColumnMapping | None = None,
) -> dict[str, tuple[Heading, ...]]:
    """Return for each field the headings of the data that it is read from.

    Args:
        table: the table's name, for the messages.
        columns: the columns that the table may have.
        headings: the headings that the data have.
        given: the caller's mapping of fields to headings; a field that it leaves out is looked for
            under its own name and the headings that its kind declares.

    Returns:
        For every field that is present, the headings whose product it is (mostly one).

    Raises:
        ArgumentError: the mapping names a field that the table does not have, or says more of a
            field than its headings.
        DataError: as `resolve_shape` raises it.
    """
    columns = tuple(columns)
    fields: Mapping[str, FieldSource] = {}
    if given is not None:
        shape = shape_of(table, given, [column.name for column in columns])
        _refuse_more(shape)
        fields = shape.fields
    resolver = _Resolver(table, HeadingIndex(headings))
    found = resolver.sources(fields, columns)
    resolver.refuse_missing()
    return {name: source.headings for name, source in found.items()}


def _refuse_more(shape: ExportShape) -> None:
    if not shape.is_plain:
        more = [name for name, source in shape.fields.items() if not source.is_plain]
        what = f"{shape.table}.{more[0]}" if more else shape.table
        raise ArgumentError(
            f"columns: {what} says more than which column it is, which is read from files "
            "(Portfolio.from_files) and data frames (Portfolio.from_tables) only",
            remedy="Give headings, or a list of them to multiply",
        )
