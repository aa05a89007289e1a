"""A column that leaves a choice, decided by the columns beside it (decided: issue 14).

Software writes all dates of one file alike, and all numbers: where one column shows the day in
front, so it stands in the others of that file.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Content
from klantkompas.errors import DataError
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.dates import date_styles
from klantkompas.io.parsing.numbers import number_styles
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["decided_by_neighbours"]

BY_NEIGHBOUR = mark("column {column} was read as {detail}")


def decided_by_neighbours(
    column: WrittenColumn, others: Sequence[WrittenColumn], error: DataError
) -> tuple[Heading, DataNote]:
    """Return the style of an ambiguous column, where the columns beside it show one.

    Args:
        column: the column that could not be read.
        others: the other columns of the file that are read, and this one with its rows that do not
            count.
        error: why it could not be read.

    Returns:
        Its heading with that style, and a note that says so.

    Raises:
        DataError: `error` itself, where it is not about an ambiguous column, or the other columns
            show no style or more than one.
    """
    of_dates = column.column.content is Content.MOMENT
    styles_of = date_styles if of_dates else number_styles
    if not (of_dates or column.column.is_number) or len(open_to := styles_of(column)) < 2:
        raise error
    shown = dict[str, str]()
    for other in others:
        if other.column.content is Content.MOMENT if of_dates else other.column.is_number:
            found = styles_of(other)
            if len(found) == 1 and found[0] in open_to:
                shown.setdefault(found[0], other.heading.name)
    if len(shown) != 1:
        raise error
    ((style, neighbour),) = shown.items()
    whose = "rows of it that do not count are"
    detail = f"{style}, as {whose if neighbour == column.heading.name else f'{neighbour} is'}"
    return evolve(column.heading, style=style), column.note(BY_NEIGHBOUR, detail=detail)
