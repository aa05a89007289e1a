"""A recorded reading without one customer: everything else in it stays as it was (section 15)."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from klantkompas._ids import id_order
from klantkompas.classification.edge import Edge
from klantkompas.history.parts import with_rows
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["mentions", "without"]


def mentions(reading: RecordedReading, customer: str) -> bool:
    """Tell whether a reading names a customer anywhere."""
    return (
        customer in reading.ids.tolist()
        or any(each.customer == customer for each in reading.overrides)
        or (reading.edge is not None and reading.edge.id == customer)
    )


def _nameless(reading: RecordedReading, edge: Edge) -> Edge:
    """Name the edge after the last before it of equal revenue, if any is on the list.

    So whoever stood at or above the edge still does, and whoever stood below it does not.
    """
    equal = reading.shortlisted & (reading.measures["revenue"] == edge.revenue)
    earlier = [each for each in reading.ids[equal] if (len(each), each) < (len(edge.id), edge.id)]
    return evolve(edge, id=id_order(earlier)[-1] if earlier else "")


def without(reading: RecordedReading, customer: str) -> RecordedReading:
    """Take a customer out of a reading.

    Counts (tallies, notes) and cut-offs stay, and so does the edge of the shortlist, as numbers.

    Args:
        reading: the reading.
        customer: its id.

    Returns:
        The reading without its place in any column, its overrides and its name at the edge.
    """
    edge = reading.edge
    if edge is not None and edge.id == customer:
        edge = _nameless(reading, edge)
    kept = np.fromiter((each != customer for each in reading.ids), np.bool_, len(reading.ids))
    overrides = tuple(each for each in reading.overrides if each.customer != customer)
    return evolve(with_rows(reading, kept), edge=edge, overrides=overrides)
