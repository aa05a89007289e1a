"""Why a measure is unknown: of everybody, or of one customer.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> reading.writer().say(reading.profile("a").unknown["clear_share"])
'known of nobody; it comes from orders (column: whether the order was clear)'
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from klantkompas.hooks import Unanswered
from klantkompas.portfolio import MeasureColumn, Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import in_words
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["WITHHELD", "unknown_measures", "unknown_of", "unknown_of_some"]

OF_NOBODY = mark("known of nobody")
OF_NOBODY_FROM = mark("known of nobody; it comes from {tables}")
OF_THEM = mark("unknown of them")
OF_THEM_FROM = mark("unknown of them; it comes from {tables}")
NOT_RANKED = mark("they are not among the active customers who are ranked")
WITHHELD = ("name", "rank", "share", "last_score")
"""What is withheld of customers who object to profiling, besides their measures."""


def _because(column: MeasureColumn, alone: str, message: str) -> Sentence:
    if not column.reads:
        return Sentence(alone)
    return sentence(message, tables=in_words(column.reads))


def unknown_measures(measures: Measures) -> dict[str, Sentence]:
    """Return the measures that are known of nobody, by name, with where they would come from.

    Args:
        measures: what is known of each customer.
    """
    return {
        name: _because(column, OF_NOBODY, OF_NOBODY_FROM)
        for name, column in measures.numbers.items()
        if len(measures) and np.isnan(column.values).all()
    }


def unknown_of_some(measures: Measures) -> dict[str, Sentence]:
    """Return by measure what is said of a customer of whom it is unknown, though not of others.

    Args:
        measures: what is known of each customer.
    """
    return {
        name: _because(column, OF_THEM, OF_THEM_FROM) for name, column in measures.numbers.items()
    }


def unknown_of(
    values: Mapping[str, float],
    ranking: object,
    rank: int | None,
    of_nobody: Mapping[str, Sentence],
    of_them: Mapping[str, Sentence],
) -> dict[str, Sentence]:
    """Return what is unknown of one customer, by name, with why: measures, rank and share.

    Args:
        values: the customer's measures, by name; NaN where unknown.
        ranking: the ranking of the active customers, or `Unanswered`.
        rank: the customer's rank in it; None where they have none.
        of_nobody: what `unknown_measures` returns of all customers.
        of_them: what `unknown_of_some` returns.
    """
    found = {
        **of_nobody,
        **{
            name: because
            for name, because in of_them.items()
            if name not in of_nobody and math.isnan(values[name])
        },
    }
    if rank is not None:
        return found
    why = Sentence(ranking.because) if isinstance(ranking, Unanswered) else Sentence(NOT_RANKED)
    return {**found, "rank": why, "share": why}
