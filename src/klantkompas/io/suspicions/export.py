"""What is known of an export when its columns are looked at, and the lines of settings to advise.

>>> shape = ExportShape(table="orders", fields={"amount": "Bedrag"}, where={"Soort": "web"})
>>> export = Export(shape, money="amount")
>>> export.where_line("Status", ["paid"])
'where = {"Soort" = ["web"], "Status" = ["paid"]}'
>>> export.amount_line(sign={"heading": "Soort", "minus": ["credit"]})
'amount = { heading = "Bedrag", sign = { heading = "Soort", minus = ["credit"] } }'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, Heading
from klantkompas.io.headings.naming import in_settings, quoted

if TYPE_CHECKING:
    import polars

__all__ = ["LINES", "Export", "FieldHeadings"]

LINES = 10_000
"""So many rows are looked at where what is asked is what most rows are like."""
FieldHeadings = Mapping[str, Sequence[Heading]]
"""Which columns of the frame each field is."""


@frozen(eq=False)
class Export:
    """What is known of an export when its unnamed columns are looked at.

    Args:
        shape: what was said of it.
        amount: the money of each row, where the table has any.
        money: the field that is; empty where the table has none.
        called: for a column of which the heading stands more than once, how it is named.
        given_back: which rows have money in a column of what was given back, named or not.
    """

    shape: ExportShape
    amount: polars.Series | None = None
    money: str = ""
    called: Mapping[str, str] = field(factory=dict)
    given_back: polars.Series | None = None

    def name(self, heading: str) -> str:
        """Return how a column is named in the settings."""
        return self.called.get(heading, heading)

    def tells_back(self, which: polars.Series) -> bool:
        """Return whether a column says of any of some rows how much was given back."""
        return self.given_back is not None and bool((self.given_back & which).any())

    @property
    def each_line(self) -> str:
        """The lines of the settings by which each line counts, and an order is added up."""
        once = self.shape.once
        if not once:
            return ""
        has_reference = "reference" in self.shape.fields or len(once) > 1
        reference = "" if has_reference else f"\nreference = {self.quoted(once[0])}"
        return f"\nonce = []{reference}"

    def quoted(self, heading: str) -> str:
        """Return that name in quotes."""
        return quoted(self.name(heading))

    def amount_from(
        self, headings: Sequence[Heading], less: Sequence[Heading] = (), *, added: bool = False
    ) -> str:
        """Return the line of the settings by which the amount comes from other columns.

        Args:
            headings: the columns: several are multiplied.
            less: columns to subtract.
            added: whether the columns are added.
        """
        source = evolve(
            self.shape.fields[self.money],
            headings=self._named(headings),
            less=self._named(less),
            combine=Combine.SUM if added else Combine.PRODUCT,
        )
        return f"{self.money} = {in_settings(source)}"

    def amount_line(self, **more: object) -> str:
        """Return the line of the settings that says where the amount comes from, and more."""
        source = self.shape.fields[self.money]
        headings, less = self._named(source.headings), self._named(source.less)
        return f"{self.money} = {in_settings(evolve(source, headings=headings, less=less), **more)}"

    def where_line(self, heading: str, values: Sequence[str]) -> str:
        """Return the line of the settings by which only rows of some values count, as before too.

        Args:
            heading: the column.
            values: what it says of rows that count.
        """
        said = (
            f"{self.quoted(column)} = [{', '.join(map(quoted, kept))}]"
            for column, kept in {**self.shape.where, heading: values}.items()
        )
        return f"where = {{{', '.join(said)}}}"

    def _named(self, headings: Sequence[Heading]) -> tuple[Heading, ...]:
        """Return columns by the names that the settings give them."""
        return tuple(evolve(each, name=self.name(each.name)) for each in headings)
