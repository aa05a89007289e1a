"""What measures give is kept as it was given, read-only."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from klantkompas import Compass, Measure, Order, Portfolio

ORDERED = [Order(customer=each, on=date(2026, 6, 1), amount=9.0) for each in "abc"]
OWN = np.array([1.0, 2.0, 3.0, 4.0])


@pytest.mark.parametrize(
    "given",
    [
        np.array([1.0, 2.0, 3.0]),
        np.array([1, 2, 3]),
        OWN[:3],
        np.array([1.0, 0.0, 2.0, 0.0, 3.0, 0.0])[::2],
        np.array([1.0, 2.0, 3.0], dtype=np.float32),
    ],
    ids=["fresh", "whole numbers", "a part of another", "every second of another", "short floats"],
)
def test_what_a_measure_gave_cannot_be_changed_afterwards(given: np.ndarray) -> None:
    measure = Measure(name="given", of=lambda period: (given, given), unit="", describes="given")
    measures = Compass([measure], installed=False).measure(Portfolio.from_records(ORDERED))
    if given.flags.writeable:
        given[:] = 7
    else:
        with pytest.raises(ValueError, match="read-only"):
            given[:] = 7
    column = measures.column("given")
    for each in (column.values, column.basis):
        assert each.dtype == np.float64
        assert each.tolist() == [1.0, 2.0, 3.0]
        assert not each.flags.writeable
        assert each.flags.c_contiguous
