"""What a success factor judges by: the period, or the longer look where that shows too little.

A share of orders or invoices rests on the period; for whom its count there is below what the factor
asks, it rests on the months of the longer look that its measure declares (decided: 24), as hardly
anybody who orders rarely could ever be known otherwise. What rests on fewer even so is *too little*
where filling every empty cell would not change that; otherwise it is *missing*, and can be found
out.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

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


def _look(
    measures: Measures, name: str, customers: Codes, least: float, months: int = 0
) -> Evidence:
    """Return what one of the two looks shows: that of the period, or of more months."""

    def counted(of: str) -> tuple[FloatArray | None, str]:
        found = measures.columns.get(longer_look(of, months) if months else of)
        return (None, "") if found is None else (found.values.take(customers), found.unit)

    column = measures.column(longer_look(name, months) if months else name)
    basis = None if column.basis is None else column.basis.take(customers)
    count, unit = counted(column.counted_by)
    if count is None and basis is not None and column.basis_unit != "money":
        count, unit = basis.copy(), column.basis_unit
    return Evidence(
        values=column.values.take(customers),
        basis=basis,
        count=count,
        count_unit=unit,
        could=counted(column.out_of)[0],
        least=least,
        longer=np.zeros(len(customers), dtype=np.bool_),
        months=0,
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
    found = _look(measures, name, customers, least)
    months = measures.column(name).looks_back
    is_there = months > measures.months and longer_look(name, months) in measures.columns
    # What rests on no count, such as a number of orders, is never too little to judge by.
    if found.count is None or not is_there:
        return found
    longer = ~at_least(found.count, least)
    at = np.flatnonzero(longer)
    further = _look(measures, name, customers[at], least, months)

    for near, far in (
        (found.values, further.values),
        (found.basis, further.basis),
        (found.count, further.count),
        (found.could, further.could),
    ):
        if near is not None and far is not None:
            near[at] = far
    return evolve(found, longer=longer, months=months)
