"""Ids of one column, checked: text, or whole numbers however a data frame wrote them."""

from __future__ import annotations

from numbers import Integral

import numpy as np

from klantkompas._ids import IdColumn, series_of
from klantkompas._told import told
from klantkompas.io.columns.values import (
    Place,
    Values,
    all_of,
    convert,
    first_of,
    is_missing,
    read_number,
)

__all__ = ["identities_from"]


def _read_identity(value: object) -> str:
    if isinstance(value, str):
        return value
    if type(value) is not bool and isinstance(value, Integral):
        return str(int(value))
    return str(_whole(read_number(value)))


def _whole(number: float) -> int:
    if number != int(number):
        raise ValueError
    return int(number)


def identities_from(values: Values, place: Place) -> tuple[IdColumn, int]:
    """Return a column of ids, checked and converted.

    Args:
        values: text or whole numbers; whole numbers may be written as floats, as data frames do
            with a column that has gaps.
        place: the table and heading, for errors.

    Returns:
        The ids, and how many were written as floats.

    Raises:
        DataError: a float is not whole, or a value is neither text nor number.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "u":
        small = not len(values) or values.max() <= np.iinfo(np.int64).max
        values = values.astype(np.int64) if small else values.tolist()
    if isinstance(values, np.ndarray) and values.dtype.kind == "i":
        numbers = values.astype(np.int64, copy=False)
        return IdColumn.from_whole_numbers(numbers, np.ones(len(numbers), dtype=np.bool_)), 0
    if isinstance(values, np.ndarray) and values.dtype.kind == "f":
        known = ~np.isnan(values)
        wrong = known & ~(np.abs(values) < 2.0**53) | (known & (values != np.rint(values)))
        if wrong.any():
            raise place.error(
                told("is an id that is not a whole number, or too large to be exact"),
                first_of(wrong),
            )
        numbers = np.where(known, values, 0).astype(np.int64)
        return IdColumn.from_whole_numbers(numbers, known), int(known.sum())
    if isinstance(values, np.ndarray) and values.dtype.kind == "U":
        return IdColumn.from_characters(values), 0
    listed: list[object] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    if (series := series_of(listed)) is not None:
        return IdColumn.from_series(series), 0
    if all_of(listed, str):
        return IdColumn.from_text(listed), 0
    floats = sum(isinstance(value, float) and not is_missing(value) for value in listed)
    ids = convert(listed, place, _read_identity, told("an id: text or a whole number"))
    return IdColumn.from_list(ids), floats
