"""Rows that are one interaction made one: order lines that bear the same reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    freeze,
    is_known,
    sorted_by,
    sum_by,
)
from klantkompas.domain.fields import Column, Content, Role
from klantkompas.portfolio.table import Table

__all__ = ["looks_like_a_reference", "merge_rows"]

DOCUMENT = r"order|invoice|receipt|transaction|basket|bestel|factu|bon|kassabon|rechnung|beleg"
NUMBER = r"no|nr|num|number|nummer|numero|id|code|ref|reference|referentie"
REFERENCE = re.compile(
    rf"(?:{DOCUMENT})\w*?[\s_.-]*(?:{NUMBER})\W*|(?:{DOCUMENT})(?:ling)?|ref(?:erence|erentie)?",
    re.IGNORECASE,
)
"""Headings of a column with the number of an order, such as InvoiceNo or Bestelnummer."""


def looks_like_a_reference(headings: Iterable[str]) -> str:
    """Return the first heading that looks like that of an order number; '' where none does.

    Args:
        headings: the headings of the columns that are not read.

    >>> looks_like_a_reference(["Artikel", "Ordernummer"]), looks_like_a_reference(["Orderdatum"])
    ('Ordernummer', '')
    """
    return next((each for each in headings if REFERENCE.fullmatch(each.strip())), "")


def merge_rows(table: Table) -> tuple[Table, Table]:
    """Merge the rows of one customer that have the same reference into one interaction.

    Of the rows that become one, numbers are summed, moments are the earliest, a flag is yes when
    every known one is, and of any other column the first value is kept. A step, such as a payment,
    was taken on the last of the rows' days; it has not been taken (NaT) while a row of more than 0
    is without it.

    Args:
        table: the rows as they are in the data.

    Returns:
        Two tables, the interactions; and the rows of the data, each with the time of the
        interaction that it is part of. Twice the given table, where no two rows have the same
        reference.
    """
    groups_by = table.kind.groups_by
    if groups_by is None or groups_by not in table.columns or not len(table):
        return table, table
    references, rows = table.columns[groups_by], np.arange(len(table))
    alone = references < 0
    owner = np.where(alone, table.customers + 1, table.codes)
    own = np.where(alone, rows, references)
    together = sorted_by(owner, own)
    owner, own = owner[together], own[together]
    begins = np.ones(len(table), dtype=np.bool_)
    begins[1:] = (owner[1:] != owner[:-1]) | (own[1:] != own[:-1])
    starts = np.flatnonzero(begins)
    if len(starts) == len(table):
        return table, table
    entry = np.empty(len(table), dtype=np.intp)
    entry[together] = np.cumsum(begins) - 1
    order = table.order
    by_entry = order[sorted_by(entry[order])]
    groups = _Groups(table=table, entry=entry, by_entry=by_entry, starts=starts)
    declared = {column.name: column for column in table.kind.columns}
    entries = evolve(
        table,
        codes=freeze(groups.first(table.codes)),
        columns={n: freeze(groups.merged(declared[n], v)) for n, v in table.columns.items()},
        times={n: freeze(groups.moment(declared[n], v)) for n, v in table.times.items()},
    )
    days = freeze(entries.days[entry])
    moments = freeze(entries.moments[entry]) if table.times else days
    return entries, evolve(table, happened=(days, moments))


@frozen(eq=False, kw_only=True)
class _Groups:
    """Which rows are one interaction.

    Args:
        table: the rows.
        entry: for each row, which interaction it is part of.
        by_entry: the positions of the rows, one interaction after another, each in customer order.
        starts: where each interaction begins among these.
    """

    table: Table
    entry: Codes
    by_entry: Codes
    starts: Codes

    def first(self, values: AnyArray) -> AnyArray:
        return values[self.by_entry[self.starts]]

    def merged(self, column: Column, values: AnyArray) -> AnyArray:
        if column.outstanding:
            return self._outstanding(values)
        if column.is_number:
            return self._sum(values)
        if column.content is Content.MOMENT:
            return self.moment(column, values)
        if column.content is Content.FLAG:
            known = np.where(is_known(values), values, 2)
            worst: AnyArray = np.minimum.reduceat(known[self.by_entry], self.starts)
            return np.where(worst == 2, MISSING, worst).astype(values.dtype)
        return self.first(values)

    def moment(self, column: Column, values: AnyArray) -> AnyArray:
        ordered = values[self.by_entry]
        if column.role is not Role.STEP:
            earliest: AnyArray = np.fmin.reduceat(ordered, self.starts)
            return earliest
        latest: AnyArray = np.fmax.reduceat(ordered, self.starts)
        latest[self.entry[self._untaken(values)]] = np.datetime64("NaT", "D")
        return latest

    def _untaken(self, step: AnyArray) -> BoolArray:
        """Return the rows of more than 0 that have not taken a step."""
        value = self.table.columns.get(self.table.kind.value or "")
        untaken: BoolArray = np.isnat(step)
        return untaken if value is None else untaken & (value > 0)

    def _outstanding(self, values: AnyArray) -> AnyArray:
        """Sum what is left to do: unknown where that is so of a row that has not taken its step."""
        unknown = ~is_known(values)
        for column in self.table.kind.moments:
            if column.role is Role.STEP and column.name in self.table.columns:
                unknown &= self._untaken(self.table.columns[column.name])
        sums = self._sum(values)
        sums[self.entry[unknown]] = np.nan
        return sums

    def _sum(self, values: AnyArray) -> AnyArray:
        known = is_known(values)
        of = self.entry.compress(known)
        sums = sum_by(of, values.compress(known), len(self.starts), lambda: self._in_order(known))
        return np.where(np.bincount(of, minlength=len(self.starts)) > 0, sums, np.nan)

    def _in_order(self, known: BoolArray) -> Codes:
        """Return the positions among the known rows that put these in customer order."""
        place = np.cumsum(known) - 1
        order = self.table.order
        return place[order[known[order]]]
