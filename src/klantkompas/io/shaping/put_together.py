"""What the lines of one thing say together, once they are converted: the pieces of an order.

What differs on the lines of a file is of the lines, and is added over them. An export made later
says what has become of a thing: it is not added, and the most was given back, the least is open.

>>> import polars
>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> frame = polars.DataFrame({"Aantal": [1.0, 2.0, 5.0]})
>>> things = polars.Series([0, 0, 1])
>>> (quantity,) = [each for each in columns_of(Order) if each.name == "quantity"]
>>> put_together(quantity, frame["Aantal"], things, polars.Series([0, 0, 0])).to_list()
[3.0, 5.0]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content, Role
from klantkompas.io.headings.naming import in_toml, quoted
from klantkompas.io.parsing.products import product
from klantkompas.io.shaping.composing import put
from klantkompas.io.shaping.taken_once import Taken
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["LinesOfThings", "put_together", "several_days"]

DIFFERING = mark(
    "values of {column} whose lines differ in {detail}, and all count, such as row {row}: {count}. "
    "If each of these is one of its own, write in its settings: {line}"
)
OF_LINES = mark(
    "values of {column} whose lines differ in {detail}, and all count, such as row {row}: {count}. "
    "If that is of each line, write in its settings: {line}"
)
SEVERAL_DAYS = mark(
    "values of {column} whose lines differ in {detail}, counted once, such as row {row}: {count}. "
    "If each day is one of its own, write in its settings: {line}"
)
PARTLY = mark(
    "values of {column} of which some lines count because of {detail} and some do not, counted "
    "once, such as row {row}: {count}"
)
EARLIER = mark(
    "values of {column} that only an earlier file counts because of {detail}, left out, such as "
    "row {row}: {count}"
)


@frozen(eq=False, kw_only=True)
class LinesOfThings:
    """The lines of an export, converted, some of which are about one thing.

    Args:
        raw: the cells as they are in the file.
        shape: where the fields come from.
        columns: the fields' columns.
        taken: which lines are about one thing.
        frame: the cells, converted.
        mapping: by field, the columns that it is the product of.
    """

    raw: RawTable
    shape: ExportShape
    columns: Sequence[Column]
    taken: Taken
    frame: polars.DataFrame
    mapping: Mapping[str, tuple[Heading, ...]]

    def that_differ(
        self, before: polars.Series, kept: polars.Series | None
    ) -> tuple[DataNote, ...]:
        """Note things whose lines cannot be one, and what to write where they are not.

        Args:
            before: which lines counted before totals were left out; of a thing that has one, the
                lines are rightly several.
            kept: which lines count.
        """
        from polars import col

        apart = self.taken.apart
        if apart is None or kept is None:
            return ()
        totals = apart.filter((before & ~kept).gather(apart["row"]))["thing"]
        apart = apart.filter(~apart["thing"].is_in(totals.implode()), kept.gather(apart["row"]))
        apart = apart.filter(col("row").len().over("thing") > 1)
        sources = {each: self.shape.fields[each.name].all_headings for each in self.columns}
        of_amount = {
            each.name for column, every in sources.items() if column.value for each in every
        }
        names = [each for each in apart.columns[2:] if apart[each].any()]
        if not names:
            return ()
        once, named = self._called(self.shape.once), self._called(names)
        count = apart["thing"].n_unique()
        line, message = f"once = {in_toml([*once, *named])}", DIFFERING
        parts = apart.select("thing", self.raw.parts.gather(apart["row"])).n_unique()
        if 2 * count >= self.taken.repeats and names[0] in of_amount and parts == count:
            line, message = "once = []", OF_LINES
            has_reference = any(each.groups_by for each in self.columns)
            if len(once) == 1 and not has_reference and self.shape.table in ("orders", "invoices"):
                line += f"\nreference = {quoted(once[0])}"
        note = DataNote(
            message,
            table=self.shape.table,
            count=count,
            column=", ".join(once),
            detail=", ".join(named),
            unit="",
            row=self.raw.spreadsheet_row(apart["row"][0]),
            line=line,
        )
        return (note,)

    def as_the_last_says(self, kept: polars.Series) -> tuple[polars.Series, tuple[DataNote, ...]]:
        """Leave out what the last of several files no longer counts, such as a cancelled order.

        The last is the file with the latest day. Where no file is the last, one line that counts
        is enough, with a note.

        Args:
            kept: which lines count.

        Returns:
            Which lines count; and notes.
        """
        from polars import col

        partly, firsts = self.taken.partly, self.taken.firsts
        if partly is None or not partly.height:
            return kept, ()
        files = partly.with_columns(self.raw.parts.gather(partly["row"]).alias("part"))
        files = files.join(self._last_days(kept), on="part", how="left")
        of_files = files.group_by("thing", "part").agg(col("day").first(), col("counts").any())
        is_last = col("day") == col("day").max()
        has_last = (col("part").len() > 1) & (is_last.sum() == 1)
        counts = col("counts").filter(is_last).first()
        said = of_files.group_by("thing").agg(has_last.alias("has last"), counts).sort("thing")
        said = said.with_columns(firsts.gather(said["thing"]).alias("row"))
        said = said.filter(kept.gather(said["row"]))
        left = said.filter(col("has last") & ~col("counts"))["row"]
        undecided = said.filter(~col("has last"))["row"]
        notes = self._note(EARLIER, left) + self._note(PARTLY, undecided)
        return kept.clone().scatter(left, values=False), notes

    def _last_days(self, kept: polars.Series) -> polars.DataFrame:
        """Return the latest day of each file on which something happened, in rows that count."""
        import polars

        columns = [each for each in self.columns if each.content is Content.MOMENT]
        happened = [each for each in columns if each.role is not Role.TERM] or columns
        moments = [self.frame[self.mapping[each.name][0].name] for each in happened]
        days = [each.dt.date() for each in moments if each.dtype.is_temporal()]
        every = {f"day {at}": each for at, each in enumerate(days)}
        rows = polars.DataFrame({"part": self.raw.parts, **every}).filter(kept)
        last = polars.max_horizontal(None, *every).max().cast(polars.Date).alias("day")
        return rows.group_by("part").agg(last)

    def _note(self, message: str, rows: polars.Series) -> tuple[DataNote, ...]:
        """Note things of which some lines count and some do not, if any."""
        if not len(rows):
            return ()
        shape, table = self.shape, self.shape.table
        column, detail = (", ".join(self._called(names)) for names in (shape.once, shape.where))
        row = self.raw.spreadsheet_row(rows[0])
        return (DataNote(message, table, len(rows), column, detail, unit="", row=row),)

    def _called(self, names: Iterable[str]) -> list[str]:
        return [self.raw.index.numbered.get(name, name) for name in names]

    def together(
        self,
    ) -> tuple[polars.DataFrame, dict[str, tuple[Heading, ...]], tuple[DataNote, ...]]:
        """Put what differs on the lines of each thing together, on the line that stands for it.

        Returns:
            The cells; by field, its columns; and notes on things with lines on several days.
        """
        frame, found, notes = self.frame, dict(self.mapping), tuple[DataNote, ...]()
        things = self.taken.things
        if things is None:
            return frame, found, notes
        for column in self.columns:
            if column.name not in self.taken.fields:
                continue
            headings = found[column.name]
            values = frame[headings[0].name]
            if column.is_number:
                values = product(frame, headings)
            elif column.content is Content.MOMENT and not values.dtype.is_temporal():
                continue
            elif column.content is Content.MOMENT and column.role is not Role.STEP:
                notes += self._of_days(column.name, several_days(values, things))
            said = put_together(column, values, things, self.raw.parts)
            made = values.clone().scatter(self.taken.firsts, said)
            frame, found[column.name] = put(frame, made, f"{column.name} of all lines")
        return frame, found, notes

    def _of_days(self, name: str, found: polars.Series) -> tuple[DataNote, ...]:
        """Note things with lines on several days, which count once, on the first of them."""
        if not len(found):
            return ()
        shape = self.shape
        once = self._called(shape.once)
        dates = self._called(each.name for each in shape.fields[name].headings)
        note = DataNote(
            SEVERAL_DAYS,
            table=shape.table,
            count=len(found),
            column=", ".join(once),
            detail=", ".join(dates),
            unit="",
            row=self.raw.spreadsheet_row(self.taken.firsts[found[0]]),
            line=f"once = {in_toml([*once, *dates])}",
        )
        return (note,)


def put_together(
    column: Column, values: polars.Series, things: polars.Series, parts: polars.Series
) -> polars.Series:
    """Return for each thing what its lines say in a field together.

    Args:
        column: the field: a number, a moment, or yes or no.
        values: what each line says, converted.
        things: for each line, which thing it is of, counted from 0; null for none.
        parts: for each line, in which of several files it stands.

    Returns:
        Of a number the sum over the lines of one file where they differ there, and of several files
        the most; of what is open the least. Of a step the last moment, of others the first. No,
        where any line says no.
    """
    import polars
    from polars import col

    lines = polars.DataFrame({"thing": things, "part": parts, "value": values}).drop_nulls("thing")
    value = col("value")
    if column.outstanding:
        said = value.sort_by(value.abs(), nulls_last=True).first()
    elif column.is_number:
        of_parts = lines.group_by("thing", "part").agg(
            (value.drop_nulls().n_unique() > 1).alias("differ"),
            polars.when(value.count() > 0).then(value.sum()).alias("sum"),
            value.max().alias("most"),
        )
        lines = of_parts.select(
            "thing", value=of_parts["sum" if of_parts["differ"].any() else "most"]
        )
        said = value.max()
    else:
        is_step = column.content is Content.MOMENT and column.role is Role.STEP
        said = value.max() if is_step else value.min()
    return lines.group_by("thing").agg(said).sort("thing")["value"]


def several_days(moments: polars.Series, things: polars.Series) -> polars.Series:
    """Return the things whose lines have moments on several days, counted from 0.

    Args:
        moments: the moments of the lines.
        things: for each line, which thing it is of; null for none.

    >>> import polars
    >>> from datetime import date
    >>> days = polars.Series([date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 3)])
    >>> several_days(days, polars.Series([0, 0, 1])).to_list()
    [0]
    """
    import polars
    from polars import col

    days = polars.DataFrame({"thing": things, "day": moments.dt.date()}).drop_nulls()
    counts = days.group_by("thing").agg(col("day").n_unique())
    return counts.filter(col("day") > 1)["thing"].sort()
