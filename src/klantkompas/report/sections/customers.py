"""Who are the customers: class, what they bring and rank, in one table?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from klantkompas._arrays import Codes
from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    ClassLabel,
    CustomerName,
    Paragraph,
    Quantity,
    Sentence,
    Table,
    report_section,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import sentence

__all__ = ["customers", "ranked"]

MOST = 2000
"""How many rows the page has (decided): the others are in the data frame of the reading."""
HEADINGS = tuple(
    map(
        Sentence,
        (
            *(mark("Customer"), mark("Class"), mark("Can be"), mark("Rank"), mark("Revenue")),
            *(mark("Factors met"), mark("Days since the last order"), mark("Latest score")),
        ),
    )
)
RANGE = mark("{worst} to {best}")
REST = mark(
    "The {shown} with the highest revenue of {customers}; all of them are in the data frame of the "
    "reading: reading.to_frame()."
)
OBJECT = mark("Who objects to profiling has no row, and does count in the ranks: {number}.")


def ranked(reading: Reading) -> Codes:
    """Return the positions of the customers who are shown: active first, most revenue first.

    Args:
        reading: the reading.
    """
    measures = reading.measures
    shown = np.flatnonzero(~measures.opted_out)
    active, revenue = measures["active"][shown], measures["revenue"][shown]
    return shown[np.lexsort((shown, -np.nan_to_num(revenue, nan=-np.inf), active != 1))]


def _range(between: str) -> Sentence:
    """Return a range of classes as a sentence, such as "B to A"."""
    worst, _, best = between.partition(" to ")
    return sentence(RANGE, worst=worst, best=best)


@report_section(title=mark("All customers"), priority=1400)
def customers(reading: Reading) -> Iterable[Block]:
    """Show a row for each customer, as many as the page can hold."""
    measures, classes, card = reading.measures, reading.classes, reading.scorecard
    order = ranked(reading)
    met = np.full(len(measures), np.nan)
    met[card.places] = card.count
    shown = order[:MOST]
    columns = zip(
        measures.ids[shown].tolist(),
        classes.labels[shown].tolist(),
        classes.provisional[shown].tolist(),
        classes.ranges[shown].tolist(),
        *(values[shown].tolist() for values in (reading.ranks, measures["revenue"], met)),
        measures["recency_days"][shown].tolist(),
        measures["last_score"][shown].tolist(),
        strict=True,
    )
    rows = [
        (
            CustomerName(customer),
            "" if label is None else ClassLabel(label, provisional),
            _range(between) if provisional else "",
            Quantity(place),
            Quantity(revenue, "money"),
            Quantity(factors),
            Quantity(days),
            Quantity(score),
        )
        for customer, label, provisional, between, place, revenue, factors, days, score in columns
    ]
    if len(order) > MOST:
        yield Paragraph(sentence(REST, shown=MOST, customers=Quantity(len(order), "customers")))
    if rows:
        if objecting := len(measures) - len(order):
            yield Paragraph(sentence(OBJECT, number=Quantity(objecting, "customers")))
        yield Table(HEADINGS, rows, searched=True)
