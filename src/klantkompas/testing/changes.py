"""Changes to exports that must not change what is measured, or only in a known way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

import numpy as np
from attrs import evolve

from klantkompas.domain.fields import Column, Content, Role
from klantkompas.testing.exports import Exports, Row

__all__ = [
    "MULTIPLE",
    "backwards",
    "centuries_later",
    "every_other",
    "known_by_then",
    "of_nobody",
    "of_one",
    "priced_higher",
    "renamed",
    "the_rest",
    "twin_of",
    "with_twins",
    "without_what_it_reads",
]

MULTIPLE = 8.0
"""A power of two, so that no sum is rounded otherwise."""
CENTURIES = 400
"""After so many years the calendar begins anew, days of the week and leap days included."""


def backwards(exports: Exports) -> Exports:
    """Return the exports with the rows of every table in the opposite order."""
    return evolve(exports, tables={name: rows[::-1] for name, rows in exports.tables.items()})


def _with_owner(row: Row, own: str) -> Row:
    return {**row, **{name: own for name in ("id", "customer") if row.get(name) is not None}}


def _owner(row: Row) -> str | None:
    owner: str | None = row.get("id", row.get("customer"))
    return owner


def renamed(exports: Exports) -> tuple[Exports, dict[str, str]]:
    """Return the exports with new ids, in the opposite order, and the new id for each old one."""
    ids = exports.portfolio.ids.tolist()
    new = {each: f"n{len(ids) - at:04d}" for at, each in enumerate(ids)}
    turned = exports.with_rows(
        lambda _, row: [row if _owner(row) is None else _with_owner(row, new[str(_owner(row))])]
    )
    return turned, new


def twin_of(customer: str) -> str:
    """Return the id of a customer's twin."""
    return f"{customer}-twin"


def with_twins(exports: Exports) -> Exports:
    """Return the exports with a twin of every customer: another id with the same data."""
    return exports.with_rows(
        lambda _, row: (
            [row] if _owner(row) is None else [row, _with_owner(row, twin_of(str(_owner(row))))]
        )
    )


def of_nobody(exports: Exports) -> Exports:
    """Return the exports with their tables and columns, but without rows."""
    return exports.with_rows(lambda table, row: [])


def of_one(exports: Exports) -> Exports:
    """Return the exports of the first customer only."""
    first = exports.portfolio.ids[:1].tolist()
    return exports.of(lambda customer: customer in first)


def every_other(exports: Exports) -> Exports:
    """Return the exports of every second customer, with the rows without a customer."""
    rest = exports.portfolio.ids[1::2].tolist()
    return exports.of(lambda customer: customer not in rest)


def the_rest(exports: Exports) -> Exports:
    """Return the exports of the customers that `every_other` leaves out."""
    rest = exports.portfolio.ids[1::2].tolist()
    return exports.of(lambda customer: customer in rest)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _settled(row: Row, columns: Iterable[Column]) -> bool:
    """Return whether nothing is left to do, though no step says when that was done."""
    steps = [row[c.name] for c in columns if c.role is Role.STEP]
    left = [row[c.name] for c in columns if c.outstanding]
    return steps.count(None) == len(steps) and all(x is not None and x <= 0 for x in left)


def known_by_then(exports: Exports) -> Exports:
    """Return the exports without what is dated after the reference date."""
    event_columns = {kind.name: kind.event_columns for kind in exports.kinds}
    last = np.datetime64(exports.as_of, "D")
    goes_on = {name for name, day in exports.portfolio.last_exported.items() if day > last}

    def cut(table: str, row: Row) -> Iterable[Row]:
        if table == "customers":
            return [row]
        columns = exports.known(table)
        moments = [row[name] for name in event_columns[table] if name in exports.columns[table]]
        happened = next(moment for moment in moments if moment is not None)
        if _day(happened) > exports.as_of:
            return []
        later = {
            column.name: None
            for column in columns
            if column.role in (Role.EVENT, Role.STEP) and not column.required
            if row[column.name] is not None and _day(row[column.name]) > exports.as_of
        }
        if table in goes_on:
            later |= {c.name: None for c in columns if c.outstanding and not _settled(row, columns)}
        return [{**row, **later}]

    return exports.with_rows(cut)


ValueT = TypeVar("ValueT")


def _later(value: ValueT) -> ValueT:
    return value.replace(year=value.year + CENTURIES) if isinstance(value, date) else value


def centuries_later(exports: Exports) -> Exports:
    """Return the exports with all dates 400 years later, on the same days of the week."""
    moved = exports.with_rows(lambda _, row: [{name: _later(row[name]) for name in row}])
    return evolve(moved, as_of=_later(exports.as_of))


def priced_higher(exports: Exports) -> Exports:
    """Return the exports with all money multiplied by one number, as in another currency."""

    def price(table: str, row: Row) -> Iterable[Row]:
        money = {c.name for c in exports.known(table) if c.content is Content.MONEY}
        return [{n: v * MULTIPLE if n in money and v is not None else v for n, v in row.items()}]

    return exports.with_rows(price)


def without_what_it_reads(exports: Exports, reads: tuple[str, ...]) -> Exports:
    """Return the exports without some tables or columns, but with all customers listed.

    Args:
        exports: the tables.
        reads: the tables, or columns such as ``"orders.clear"``, to leave out; empty: all tables.

    Returns:
        The exports that remain.
    """
    ids = exports.portfolio.ids.tolist()
    listed = tuple({"id": each} for each in ids)
    cut = evolve(
        exports,
        tables={**exports.tables, "customers": listed},
        columns={**exports.columns, "customers": ("id",)},
    )
    for each in reads or [name for name in exports.tables if name != "customers"]:
        table, _, column = each.partition(".")
        if table in cut.tables:
            required = {known.name for known in cut.known(table) if known.required}
            optional = column and column not in required
            cut = cut.without(table, column) if optional else cut.without(table)
    return cut
