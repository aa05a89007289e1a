"""The product of columns that are numbers, as an amount is that of pieces and a price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantkompas.domain.field_source import Heading

if TYPE_CHECKING:
    import polars

__all__ = ["product"]


def product(frame: polars.DataFrame, headings: Sequence[Heading]) -> polars.Series:
    """Return the product of columns, such as of a number of pieces and a price.

    Args:
        frame: the cells, converted.
        headings: the columns, one or more.

    >>> import polars
    >>> frame = polars.DataFrame({"Aantal": [2, 3], "Prijs": [1.5, None]})
    >>> product(frame, [Heading("Aantal"), Heading("Prijs")]).to_list()
    [3.0, None]
    """
    from polars import Float64

    result = frame[headings[0].name].cast(Float64)
    for each in headings[1:]:
        result = result * frame[each.name]
    return result
