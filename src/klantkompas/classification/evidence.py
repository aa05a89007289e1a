"""What a success factor judges by: the period, or the longer look where that shows too little.

A share of orders or invoices rests on the period; for whom its count there is below what the factor
asks, it rests on the months of the longer look that its measure declares (decided: 24), as hardly
anybody who orders rarely could ever be known otherwise. What rests on fewer even so is *too little*
where filling every empty cell would not change that; otherwise it is *missing*, and can be found
out.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray
from klantkompas._thresholds import at_least
from klantkompas.portfolio import Measures, longer_look

__all__ = ["Evidence", "State", "States", "evidence_of"]

States = npt.NDArray[np.int8]


class State(IntEnum):
    """The state of one customer on one success factor."""

    NOT_MET = 0
    MET = 1
    MISSING = 2
    TOO_LITTLE = 3
    NOT_MEASURED = 4

    @property
    def words(self) -> str:
        """The name of the state in words, marked for translation."""
        return WORDS[self]


WORDS = {
    State.NOT_MET: "not met",
    State.MET: "met",
    State.MISSING: "missing",
    State.TOO_LITTLE: "too little",
    State.NOT_MEASURED: "not measured",
}


@frozen(eq=False, kw_only=True)
class Evidence:
    """The values of one measure that a factor judges customers by, and what they rest on.

    Args:
        values: the value of the measure for each customer; NaN where unknown.
        basis: how much is behind each value; None for a measure without a basis.
        count: on how many orders or invoices each rests; None where that counts nothing.
        count_unit: what `count` counts, such as orders.
        could: on how many it could rest, were every empty cell filled; None where nobody counts it.
        least: on how many a value must rest to count.
        longer: True for each customer who is judged by the longer look.
        months: how many months that has; 0 for none.
    """

    values: FloatArray
    basis: FloatArray | None
    count: FloatArray | None
    count_unit: str
    could: FloatArray | None
    least: float
    longer: BoolArray
    months: int

    @property
    def unknown(self) -> States:
        """For each customer whether the value is unknown, and how: `MISSING`, `TOO_LITTLE` or 0."""
        missing, too_little = np.int8(State.MISSING), np.int8(State.TOO_LITTLE)
        nothing = np.isnan(self.values)
        if self.count is None:
            return nothing * missing
        few = ~at_least(self.count, self.least)
        could_be_enough = nothing
        if self.could is not None:
            could_be_enough = at_least(self.could, self.least)
        # Sums and products of small numbers, which take a fraction of the time of choosing.
        sort: States = too_little - could_be_enough * (too_little - missing)
        return (nothing | few) * sort


class _Look(NamedTuple):
    """What one of the two looks shows of some customers."""

    values: FloatArray
    basis: FloatArray | None
    rests_on: FloatArray | None
    unit: str
    could: FloatArray | None


def _look(measures: Measures, name: str, customers: Codes, months: int = 0) -> _Look:
    """Return what one of the two looks shows: that of the period, or of more months."""

    def counted(of: str) -> tuple[FloatArray | None, str]:
        found = measures.columns.get(longer_look(of, months) if months else of)
        return (None, "") if found is None else (found.values.take(customers), found.unit)

    column = measures.column(longer_look(name, months) if months else name)
    basis = None if column.basis is None else column.basis.take(customers)
    count, unit = counted(column.counted_by)
    if count is None and basis is not None and column.basis_unit != "money":
        count, unit = basis.copy(), column.basis_unit
    return _Look(
        values=column.values.take(customers),
        basis=basis,
        rests_on=count,
        unit=unit,
        could=counted(column.out_of)[0],
    )


def evidence_of(measures: Measures, name: str, least: float, customers: Codes) -> Evidence:
    """Return the values that a factor judges customers by, and what they rest on.

    Args:
        measures: what is known of each customer.
        name: the factor's measure.
        least: on how many orders or invoices a value must rest to count.
        customers: the positions of the customers.

    Raises:
        ArgumentError: there is no such measure.
    """
    found = _look(measures, name, customers)
    months = measures.column(name).looks_back
    # What rests on no count, such as a number of orders, is never too little to judge by.
    if (
        found.rests_on is None
        or months <= measures.months
        or longer_look(name, months) not in measures.columns
    ):
        longer, months = np.zeros(len(customers), dtype=np.bool_), 0
    else:
        longer = ~at_least(found.rests_on, least)
    if len(at := longer.nonzero()[0]):
        further = _look(measures, name, customers[at], months)
        for near, far in zip(found, further, strict=True):
            if isinstance(near, np.ndarray) and far is not None:
                near[at] = far
    return Evidence(
        values=found.values,
        basis=found.basis,
        count=found.rests_on,
        count_unit=found.unit,
        could=found.could,
        least=least,
        longer=longer,
        months=months,
    )
