"""Columns as a database gives them, in little memory: arrays, and each different text once.

>>> import polars
>>> column = CodedText(np.array([0, -1, 0], dtype=np.int32), polars.Series(["paid"]))
>>> len(column), column.decoded().to_list()
(3, ['paid', None, 'paid'])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, Codes, freeze
from klantkompas._ids import IdColumn
from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.columns.series import floats_of
from klantkompas.io.columns.values import READERS, Place

if TYPE_CHECKING:
    import polars

__all__ = ["CodedText", "Fetched", "array_or_series", "series_of"]


@frozen(eq=False)
class CodedText:
    """A column of text.

    Args:
        codes: for each row, the position of its text in `distinct`; negative where there is none.
        distinct: the texts, each once, as a polars Series of strings.
    """

    codes: Codes
    distinct: polars.Series

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.codes)

    def given(self, distinct: polars.Series) -> polars.Series | AnyArray:
        """Return the column with something else for each distinct text.

        Args:
            distinct: what stands for each, in the order of `distinct`.
        """
        values = array_or_series(distinct.extend_constant(None, 1))
        if isinstance(values, np.ndarray):
            return freeze(values.take(self.codes, mode="wrap"))  # -1 is the last, which is empty
        nothing = len(distinct)
        return values.gather(np.where(self.codes < 0, nothing, self.codes))

    def decoded(self) -> polars.Series:
        """Return the text of every row."""
        return series_of(self.given(self.distinct))

    def ids(self) -> IdColumn:
        """Return the column as ids; text of no characters is no id."""
        return IdColumn.from_numbers(self.codes, self.distinct)

    def read(self, column: Column, place: Place) -> AnyArray | None:
        """Return what the texts stand for, of which each is read once.

        Args:
            column: the field that the column is for.
            place: the table and heading, for errors.

        Returns:
            The values; None where a text cannot be read, and who reads all rows finds which.
        """
        try:
            values = READERS[column.content]([*self.distinct.to_list(), None], column, place)
        except DataError:
            return None
        return values.take(self.codes)


Fetched: TypeAlias = Union["polars.Series", AnyArray, CodedText]
"""A column: text, an array of numbers or days, or whatever else polars holds."""


def array_or_series(values: polars.Series) -> polars.Series | AnyArray:
    """Return floats, whole numbers and days as an array, where that says the same.

    Args:
        values: a column.

    Returns:
        An array with NaN or NaT where there is nothing; the series itself where it holds something
        else, such as whole numbers with gaps.
    """
    import polars

    if values.dtype == polars.Float64:
        return floats_of(values)
    if values.dtype == polars.Date or (values.dtype == polars.Int64 and not values.null_count()):
        return values.to_numpy()
    return values


def series_of(column: Fetched) -> polars.Series:
    """Return a column as a series of polars, in which nothing is null.

    Args:
        column: the column.
    """
    import polars

    if isinstance(column, np.ndarray):
        return polars.Series(column, nan_to_null=True)
    return column.decoded() if isinstance(column, CodedText) else column
