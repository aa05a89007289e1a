"""Which rows of an export count: first by what they are, and by what they hold once converted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas._told import Told, joined, told
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.io.headings.naming import in_settings, quoted
from klantkompas.io.parsing.products import product
from klantkompas.io.shaping.field_values import emptied, is_any
from klantkompas.io.shaping.row_selection import rows_that_count
from klantkompas.io.shaping.taken_once import Taken, Things
from klantkompas.io.shaping.totals import sums_of_lines, totals_by_id
from klantkompas.io.sources.decoding import UNREADABLE
from klantkompas.io.sources.left_out import TOTALS, find_left_out, is_empty, left_out_note
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["RowChoice"]

TITLES = mark("{count} with the title or total of a group, left out, such as row {detail}")
INCOMPLETE = mark("{count} without a value in {column}, left out, such as row {detail}")
NOBODY = mark("{count} with an id in {column} that stands for nobody")
_FIRST_PLACES = 5
_MOST_HEADING_ROWS = 3
_CHOICE = re.compile(r"\s*([0-9]{1,2})(?:\.0)?\s*(?:[-\u2013:=(]|$)")
_SIDE_BY_SIDE = 3


@frozen(eq=False, kw_only=True)
class RowChoice:
    """Chooses the rows of an export that are rows of its table.

    A choice is a mask of the rows that count, None where all do.

    Args:
        raw: the cells as they are in the file.
        shape: where the fields come from, by the columns' own names.
        columns: the fields' columns.
    """

    raw: RawTable
    shape: ExportShape
    columns: tuple[Column, ...]

    def before_reading(
        self,
    ) -> tuple[polars.DataFrame, polars.Series | None, Taken | None, tuple[DataNote, ...]]:
        """Leave out rows by their text: titles, totals, footers, what the shape does not keep.

        Returns:
            The cells, the needed ones emptied in the rows that do not count; the mask; which lines
            are of one thing, where the shape says so; and notes.

        Raises:
            DataError: nothing counts, money is in more than one currency, or a byte is no
                character.
        """
        import polars

        shape, row = self.shape, self.raw.spreadsheet_row
        frame, groups = self._filled_down()
        table = shape.table
        needed = [each.name for source in shape.fields.values() for each in source.all_headings]
        needed = list(dict.fromkeys(needed))
        kept = None if groups is None else ~groups
        if shape.heading_rows > 1:
            positions = polars.Series(range(frame.height), dtype=polars.Int64)
            kept = _both(kept, positions >= shape.heading_rows - 1)
        left, notes = find_left_out(
            frame,
            table=table,
            ids=[each.name for each in self._owner().headings],
            moments=self._moments(),
            needed=needed,
            row=row,
            among=kept,
        )
        self._refuse_choices(frame, kept if left is None else _both(kept, ~left))
        if groups is not None:
            notes += left_out_note(TITLES, table, groups, row)
        if left is not None:
            kept = _both(kept, ~left)
        taken = None
        if shape.once:
            taken = Things(shape=shape, columns=self.columns).taken_once(frame, kept)
            frame, kept = taken.frame, taken.stands
        if shape.where or shape.currency:
            kept, told = rows_that_count(
                frame, shape.where, shape.currency, table=table, row=row, among=kept
            )
            notes += told
        if kept is not None:
            # The lines of what counts are read too in the columns that are put together.
            read = {} if taken is None else taken.read(kept)
            frame = frame.with_columns(
                emptied(frame[name], read.get(name, kept)) for name in needed
            )
        self._refuse_unreadable(frame, {*needed, *shape.where, *shape.once})
        return frame, kept, taken, notes

    def _refuse_choices(self, frame: polars.DataFrame, kept: polars.Series | None) -> None:
        """Refuse a score of which each answer stands in a column of its own, as below the headings.

        There 0, 1, 2 and further stand side by side in a row that is none of the table.
        """
        scores = [each.name for each in self.columns if each.content is Content.SCORE]
        for heading in (each for name in scores for each in self.shape.fields[name].headings):
            at = frame.columns.index(heading.name)
            for row in range(min(_MOST_HEADING_ROWS, frame.height) if kept is not None else 0):
                labels = [str(each) for each in frame.row(row)[at : at + _SIDE_BY_SIDE]]
                found = [int(each[1]) for text in labels if (each := _CHOICE.match(text))]
                side_by_side = [*range(found[0], found[0] + _SIDE_BY_SIDE)] if found else []
                if kept is not None and not kept[row] and found and found == side_by_side:
                    raise DataError(
                        told(
                            "is the column of one answer, {answer}: each answer has a column of "
                            "its own, and a score is read from one column",
                            answer=repr(labels[0]),
                        ),
                        table=self.shape.table,
                        column=heading.name,
                        remedy=told(
                            "Export the answers with one column for each question; SurveyMonkey "
                            "calls that condensed"
                        ),
                    )

    def _refuse_unreadable(self, frame: polars.DataFrame, named: Iterable[str]) -> None:
        """Refuse bytes that are not characters; in columns that nobody named, they may stay."""
        if self.raw.unreadable is None:
            return
        for name in sorted(named):
            found = frame[name].cast(str, strict=False).str.contains(UNREADABLE, literal=True)
            if found.any():
                raise DataError(
                    told(
                        "holds the byte {unreadable}, which is not a character in UTF-8 "
                        "nor in Windows-1252",
                        unreadable=f"{self.raw.unreadable:#04x}",
                    ),
                    table=self.shape.table,
                    column=name,
                    row=(found.arg_max() or 0) + 1,
                    remedy=told("Save the file as UTF-8"),
                )

    def _filled_down(self) -> tuple[polars.DataFrame, polars.Series | None]:
        """Put what stands above its rows in each; return which rows are titles, if any."""
        frame, moments = self.raw.frame, self._moments()
        groups: polars.Series | None = None
        for source in self.shape.fields.values():
            if not source.above:
                continue
            (heading,) = source.headings
            own = frame[heading.name]
            is_own = ~is_empty(own)
            frame = frame.with_columns(emptied(own, is_own).forward_fill().alias(heading.name))
            for name in moments:
                titles = is_own & is_empty(frame[name])
                groups = titles if groups is None else groups | titles
        return frame, groups if groups is not None and groups.any() else None

    def _owner(self) -> FieldSource:
        """Return the source of the ids of each row's customer."""
        ids = (column.name for column in self.columns if column.content is Content.IDENTITY)
        first = next((name for name in ids if name in ("customer", "id")), None)
        return FieldSource() if first is None else self.shape.fields[first]

    def _moments(self) -> list[str]:
        """Name the columns of the dates that every row needs; of a term, that of the issue."""
        names = list[str]()
        for column in self.columns:
            if column.content is Content.MOMENT and column.required:
                source = self.shape.fields[column.name]
                names += [each.name for each in source.headings]
                if source.term is not None and (issued := self.shape.fields.get("issued")):
                    names += [each.name for each in issued.headings]
        return names

    def without_nobody(
        self, frame: polars.DataFrame, mapping: Mapping[str, tuple[Heading, ...]]
    ) -> tuple[polars.DataFrame, tuple[DataNote, ...]]:
        """Empty the ids that stand for nobody, so that their rows count for no customer.

        Args:
            frame: the cells, converted.
            mapping: by field, the columns that it is the product of.
        """
        if not self.shape.nobody or "customer" not in mapping:
            return frame, ()
        (heading,) = mapping["customer"]
        which = is_any(frame[heading.name], self.shape.nobody)
        if not which.any():
            return frame, ()
        note = DataNote(NOBODY, self.shape.table, int(which.sum()), column=heading.name)
        return frame.with_columns(emptied(frame[heading.name], ~which)), (note,)

    def after_reading(
        self,
        frame: polars.DataFrame,
        mapping: Mapping[str, tuple[Heading, ...]],
        kept: polars.Series | None,
    ) -> tuple[polars.Series | None, tuple[DataNote, ...]]:
        """Leave out rows by the values read from them: those that sum up others, or lack a cell.

        Args:
            frame: the cells, converted.
            mapping: by field, the columns that it is the product of.
            kept: the mask so far.

        Returns:
            The mask, and notes on the rows that it leaves out.

        Raises:
            DataError: a row lacks a needed cell, and the shape does not leave such rows out.
        """
        from polars import String

        notes: tuple[DataNote, ...] = ()
        owner = mapping.get("customer", ())
        ids = [frame[each.name] for each in owner if len(owner) == 1]
        texts = [each for each in ids if each.dtype == String]
        amounts = [mapping[c.name] for c in self.columns if c.value and c.is_number]
        for headings in amounts[:1] if texts or self.shape.once else ():
            amount, among = partial(product, frame, headings), _mask(kept, frame)
            found = [sums_of_lines(frame, self.shape.once, amount, among)]
            found += [totals_by_id(each, amount, among) for each in texts]
            for totals in filter(len, found):
                which = (~_every(frame)).scatter(totals, True)
                notes += left_out_note(TOTALS, self.shape.table, which, self.raw.spreadsheet_row)
                kept = _both(kept, ~which)
        kept, incomplete = self._complete(frame, mapping, kept)
        return kept, (*notes, *incomplete)

    def _complete(
        self,
        frame: polars.DataFrame,
        mapping: Mapping[str, tuple[Heading, ...]],
        kept: polars.Series | None,
    ) -> tuple[polars.Series | None, tuple[DataNote, ...]]:
        """Refuse rows without a needed cell, or leave them out where the shape says so."""
        notes = list[DataNote]()
        for column in self.columns:
            if not column.required or (
                column.content is Content.IDENTITY
                and (column.name != "id" or self.shape.incomplete == "error")
            ):
                continue
            for heading in mapping[column.name]:
                values = frame[heading.name]
                if not values.null_count():
                    continue
                missing = _both(kept, values.is_null())
                if not missing.any():
                    continue
                if self.shape.incomplete == "error":
                    raise self._incomplete(frame, column, heading.name, missing)
                row = self.raw.spreadsheet_row(missing.arg_max() or 0)
                count = int(missing.sum())
                notes.append(DataNote(INCOMPLETE, self.shape.table, count, heading.name, row))
                kept = _both(kept, ~missing)
        return kept, tuple(notes)

    def _incomplete(
        self, frame: polars.DataFrame, column: Column, name: str, missing: polars.Series
    ) -> DataError:
        """Report which rows lack a needed cell, and what can be done about it."""
        table, rows = self.shape.table, missing.arg_true()
        count = len(rows)
        places = ", ".join(str(at + 1) for at in rows.head(_FIRST_PLACES))
        places += ", ..." if count > _FIRST_PLACES else ""
        perhaps = self._perhaps(frame, missing)
        key = f'"incomplete": "leave out" in columns["{table}"]'
        content = Told(column.content.value, {})
        return DataError(
            told("is empty; {content} is needed in every row", content=content)
            if count == 1
            else told(
                "is empty; {content} is needed in every row ({count} such rows: {places})",
                content=content,
                count=count,
                places=places,
            ),
            table=table,
            column=name,
            row=rows[0] + 1,
            remedy=joined(
                " ", (perhaps, told("Fill it in, or leave such rows out: {key}", key=key))
            ),
            command=joined(
                " ",
                (
                    perhaps,
                    told(
                        "Fill it in, or leave such rows out: in klantkompas.toml, under [{table}]: "
                        'incomplete = "leave out"',
                        table=table,
                    ),
                ),
            ),
        )

    def _perhaps(self, frame: polars.DataFrame, missing: polars.Series) -> str:
        """Return what rows without a needed cell probably are: lines, or the titles of groups."""
        reference = self.shape.fields.get("reference", FieldSource()).headings
        if reference and not self.shape.once:
            values = frame[reference[0].name]
            others = values.filter(~missing).drop_nulls().unique().implode()
            if values.filter(missing).is_in(others).fill_null(value=False).all():
                return told(
                    "These rows repeat a value of {column} of another: where one of {table} takes "
                    "several lines, take it once: {line}.",
                    column=repr(reference[0].name),
                    table=self.shape.table,
                    line=f"once = {quoted(reference[0].name)}",
                )
        owner = self._owner()
        if len(owner.headings) == 1 and not owner.above:
            ids = frame[owner.headings[0].name]
            if not ids.filter(missing).null_count() and ids.filter(~missing).is_null().all():
                field = "id" if self.shape.table == "customers" else "customer"
                return told(
                    "Only these rows have an id: where it stands above the rows that it holds "
                    "for, say so: {field} = {line}.",
                    field=field,
                    line=in_settings(owner, above=True),
                )
        return ""


def _every(frame: polars.DataFrame) -> polars.Series:
    import polars

    return polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)


def _mask(kept: polars.Series | None, frame: polars.DataFrame) -> polars.Series:
    return _every(frame) if kept is None else kept


def _both(kept: polars.Series | None, mask: polars.Series) -> polars.Series:
    return mask if kept is None else kept & mask
