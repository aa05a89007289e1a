"""How often something went wrong for each customer, and what, for lenses to say.

The measures of what went wrong are counted lately, and before the latest answer; both are added up
and said in one way.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, freeze
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["times_went_wrong", "went_wrong_of"]

WENT_WRONG = {
    "complaints": mark("complaints: {count}"),
    "bad_contacts": mark("contacts rated 3 or lower: {count}"),
    "unclear_orders": mark("orders that were not clear: {count}"),
}
"""The measures of what went wrong, without when, with how they are said."""


def times_went_wrong(measures: Measures, when: str) -> FloatArray:
    """Return how often something went wrong for each customer.

    Args:
        measures: what is known of each customer.
        when: ``"lately"``, or ``"before_answer"``.

    Returns:
        A float for each customer; NaN where none of it is known.
    """
    found = np.array([measures[f"{name}_{when}"] for name in WENT_WRONG])
    unknown = np.isnan(found).all(axis=0)
    return freeze(np.where(unknown, np.nan, np.nansum(found, axis=0)))


def went_wrong_of(measures: Measures, when: str, position: int) -> tuple[Sentence, ...]:
    """Return what went wrong for one customer, each with how often.

    Args:
        measures: what is known of each customer.
        when: ``"lately"``, or ``"before_answer"``.
        position: the position of the customer in id order.
    """
    counts = {name: float(measures[f"{name}_{when}"][position]) for name in WENT_WRONG}
    return tuple(
        sentence(message, count=Quantity(counts[name]))
        for name, message in WENT_WRONG.items()
        if counts[name] > 0
    )
