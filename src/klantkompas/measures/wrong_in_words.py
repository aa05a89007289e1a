"""What went wrong for each customer, how often and when, for lenses and cards to say.

The measures of what went wrong are counted lately, and before the latest answer; both are added up
and said in one way.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, freeze
from klantkompas.portfolio import Measures
from klantkompas.portfolio.quantities import dated
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["times_went_wrong", "went_wrong_of"]

WENT_WRONG = {
    "complaints": mark("complaints: {count}"),
    "bad_contacts": mark("contacts rated 3 or lower: {count}"),
    "unclear_orders": mark("orders that were not clear: {count}"),
}
"""The measures of what went wrong, without when, with how they are said."""
ON = mark("{what} (on {days})")


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
    """Return what went wrong for one customer, each with how often and on which days.

    Args:
        measures: what is known of each customer.
        when: ``"lately"``, or ``"before_answer"``.
        position: the position of the customer in id order.
    """
    found = list[Sentence]()
    for name, message in WENT_WRONG.items():
        counts = f"{name}_{when}"
        count = float(measures[counts][position])
        if count > 0:
            what, days = sentence(message, count=Quantity(count)), dated(measures, counts, position)
            found.append(what if days is None else sentence(ON, what=what, days=days))
    return tuple(found)
