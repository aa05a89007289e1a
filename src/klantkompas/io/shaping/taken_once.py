"""Which lines of an export are about one thing, such as an order whose total stands on each.

Of one thing are the lines that ``once`` says so of, where its customer and its amount agree; what
else differs, as the pieces of a line do, or a status in a later export, is put together (see
`put_together`). Where customer, amount or currency differ, each line counts.

>>> import polars
>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> said = {"customer": "Klant", "on": "Datum", "amount": "Totaal", "quantity": "Aantal"}
>>> shape = ExportShape(table="orders", fields=said, once="Nr")
>>> frame = polars.DataFrame(
...     {
...         "Klant": ["7", "7", "8"],
...         "Datum": ["2026-03-02"] * 3,
...         "Nr": ["A", "A", "B"],
...         "Totaal": ["30", None, "5"],
...         "Aantal": ["1", "2", "1"],
...     }
... )
>>> columns = [column for column in columns_of(Order) if column.name in said]
>>> things = Things(shape=shape, columns=columns)
>>> taken = things.taken_once(frame)
>>> taken.stands.to_list(), taken.fields
([True, False, True], ('quantity',))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.fields import Column, Content
from klantkompas.io.shaping.field_values import is_any
from klantkompas.io.shaping.row_selection import plain

if TYPE_CHECKING:
    import polars

__all__ = ["Taken", "Things"]


@frozen(eq=False, kw_only=True)
class Taken:
    """The cells of an export, each thing taken once.

    Args:
        frame: the cells, those that a line lacks filled in from the others.
        stands: which lines stand for a thing, or are none's.
        firsts: for each thing, the line that stands for it.
        things: for each line, which thing it is of, counted from 0, null for none; None where
            nothing is to be put together.
        partly: the lines of things of which some count and some do not, with whether each does.
        apart: the lines of things that differ in what they should have in common, with in what;
            None where no thing does.
        repeats: how many things have several lines.
        fields: the fields in which lines of one thing differ, and that are put together.
        names: the columns that these are read from.
    """

    frame: polars.DataFrame
    stands: polars.Series
    firsts: polars.Series
    things: polars.Series | None = None
    partly: polars.DataFrame | None = None
    apart: polars.DataFrame | None = None
    repeats: int = 0
    fields: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()

    def read(self, kept: polars.Series) -> dict[str, polars.Series]:
        """Return by column which lines are read: those of all things that count.

        Args:
            kept: which lines count, of each thing at most the one that stands for it.
        """
        if self.things is None:
            return {}
        counting = self.firsts.is_in(kept.arg_true().implode()).arg_true()
        lines = kept | self.things.is_in(counting.implode()).fill_null(value=False)
        return dict.fromkeys(self.names, lines)


@frozen(eq=False, kw_only=True)
class Things:
    """Takes what several lines are about once.

    Args:
        shape: where the fields come from, with what says which thing a line is of.
        columns: the fields' columns.
    """

    shape: ExportShape
    columns: Sequence[Column]

    def taken_once(self, frame: polars.DataFrame, among: polars.Series | None = None) -> Taken:
        """Return the cells with the lines of each thing merged into one of them.

        Args:
            frame: the cells.
            among: which rows are looked at; all where not given.
        """
        import polars
        from polars import col

        if among is None:
            among = polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)
        once, alike = self.shape.once, self._alike()
        every = dict.fromkeys((*alike, *self._others()))
        values = {name: f"value {at}" for at, name in enumerate(every) if name not in once}
        keys = {name: f"key {at}" for at, name in enumerate(once)}
        lines = polars.DataFrame(
            {key: plain(frame[name]) for name, key in keys.items()}
            | {value: _null_where_blank(frame[name]) for name, value in values.items()}
        ).with_row_index("row")
        is_of_one = polars.any_horizontal(col(key) != "" for key in keys.values())
        keyed = lines.filter(among).filter(is_of_one)
        differ = {name: f"{value} differs" for name, value in values.items()}
        things = keyed.group_by(list(keys.values()), maintain_order=True).agg(
            col("row").first(),
            polars.len().alias("lines"),
            *(self._differs(name, lines[of]).alias(differ[name]) for name, of in values.items()),
            *(col(value).drop_nulls().first() for value in values.values()),
        )
        own = [name for name in alike if name in values]
        apart = things.select(polars.any_horizontal(False, *(differ[name] for name in own)))
        one, several = things.filter(~apart.to_series()), things.filter(apart.to_series())
        others = keyed.join(several.select(keys.values()), on=list(keys.values()), how="semi")
        repeated = others.unique(
            [*keys.values(), *values.values()], keep="first", maintain_order=True
        )
        stands = among.clone().scatter(keyed["row"], values=False)
        stands = stands.scatter(repeated["row"], values=True)
        flags = several.select(*keys.values(), *(differ[name] for name in own))
        apart = others.select("row", *keys.values()).join(
            flags.rename({differ[name]: name for name in own}).with_row_index("thing"),
            on=list(keys.values()),
            maintain_order="left",
        )
        merged = [name for name in values if one[differ[name]].any()]
        if merged:
            members = keyed.join(
                one.select(keys.values()).with_row_index("thing"),
                on=list(keys.values()),
                how="inner",
                maintain_order="left",
            )
            taken = self._put_together(frame, members, one, values, merged)
        else:
            filled = (
                frame[name].clone().scatter(one["row"], one[value])
                for name, value in values.items()
            )
            taken = Taken(frame=frame.with_columns(filled), stands=stands, firsts=one["row"])
        stands = stands.scatter(taken.firsts, values=True)
        apart = apart.select("row", "thing", *(name for name in own))
        repeats = things.filter(col("lines") > 1).height
        return evolve(taken, stands=stands, repeats=repeats, apart=apart)

    def _put_together(
        self,
        frame: polars.DataFrame,
        members: polars.DataFrame,
        one: polars.DataFrame,
        values: Mapping[str, str],
        merged: Sequence[str],
    ) -> Taken:
        """Return the things of which lines differ in what is put together, each line filled in."""
        import polars
        from polars import col

        added = {
            heading.name
            for column in self.columns
            if column.is_number and not self._is_alike(column)
            for heading in self.shape.fields[column.name].all_headings
        }
        filled = members.with_columns(
            col(value).fill_null(one[value].gather(members["thing"]))
            for name, value in values.items()
            if not (name in added and name in merged)
        )
        firsts, partly = one["row"], None
        where = {name: words for name, words in self.shape.where.items() if name in merged}
        if where:
            counts = polars.repeat(True, filled.height, dtype=polars.Boolean, eager=True)
            for name, words in where.items():
                counts &= is_any(plain(filled[values[name]]), words)
            rows = filled.select("thing", "row", counts.alias("counts"))
            counting = col("row").filter("counts").first()
            firsts = (
                rows.group_by("thing").agg(counting.fill_null(col("row").first())).sort("thing")
            )["row"]
            some, all_ = (each.over("thing") for each in (col("counts").any(), col("counts").all()))
            partly = rows.filter(some & ~all_)
        frame = frame.with_columns(
            frame[name].clone().scatter(filled["row"], filled[value])
            for name, value in values.items()
        )
        things = polars.repeat(None, frame.height, dtype=polars.UInt32, eager=True)
        sources = {
            column.name: self.shape.fields[column.name]
            for column in self.columns
            if column.is_number or column.content in (Content.MOMENT, Content.FLAG)
        }
        sources = {
            name: source
            for name, source in sources.items()
            if any(each.name in merged for each in source.all_headings)
        }
        names = {each.name for source in sources.values() for each in source.all_headings}
        if any(source.gross is not None for source in sources.values()):
            names |= {each.name for each in self.shape.fields["amount"].all_headings}
        return Taken(
            frame=frame,
            stands=things.is_not_null(),
            partly=partly,
            things=things.scatter(filled["row"], filled["thing"]),
            firsts=firsts,
            fields=tuple(sources),
            names=frozenset(names),
        )

    def _is_alike(self, column: Column) -> bool:
        """Return whether lines must agree in a field to be of one thing."""
        is_owner = column.content is Content.IDENTITY and column.name in ("customer", "id")
        return is_owner or column.value or not self._has_money()

    def _has_money(self) -> bool:
        """Return whether what the table counts is money, which stands on every line."""
        return any(each.value and each.content is Content.MONEY for each in self.columns)

    def _alike(self) -> list[str]:
        """Return the columns in which the lines of one thing are alike, the amount's first."""
        own = sorted(filter(self._is_alike, self.columns), key=lambda each: not each.value)
        currency = () if self.shape.currency is None else (self.shape.currency.heading,)
        return [*(each for column in own for each in self._names(column)), *currency]

    def _others(self) -> list[str]:
        names = [each for column in self.columns for each in self._names(column)]
        return [*names, *self.shape.where]

    def _names(self, column: Column) -> list[str]:
        return [each.name for each in self.shape.fields[column.name].all_headings]

    def _differs(self, name: str, values: polars.Series) -> polars.Expr:
        """Return whether a column has several values; addresses may differ in capitals."""
        from polars import String, col

        sources = [each for each in self.shape.fields.values() if each.compared_as == "e-mail"]
        compared = col(values.name)
        is_address = any(each.name == name for source in sources for each in source.headings)
        if is_address and values.dtype == String:
            compared = compared.str.to_lowercase()
        return compared.drop_nulls().n_unique() > 1


def _null_where_blank(values: polars.Series) -> polars.Series:
    import polars

    if values.dtype != polars.String:
        return values
    stripped = values.str.strip_chars()
    return (
        stripped.to_frame("text")
        .select(polars.when(polars.col("text") != "").then(polars.col("text")))
        .to_series()
    )
