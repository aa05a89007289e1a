"""What is unknown behind classes: missing and to be found out, too little yet, or not measured.

A factor that is missing for every active customer is *not measured*: it makes no class provisional.
Of others what is missing for a customer can be found out; too few orders or invoices take time.
"""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import BoolArray, ObjectArray, freeze
from klantkompas.classification.classify import Classification
from klantkompas.classification.ranges import best_decisions
from klantkompas.classification.scorecard import Scorecard

__all__ = ["Unsettled", "missing_names", "unsettled_of"]

BETWEEN = ","
"""What stands between the names of factors, which are identifiers."""


@frozen(eq=False, kw_only=True)
class Unsettled:
    """What is unknown behind the classes of a reading; arrays with a value for each customer.

    Args:
        missing: the names of the factors that are missing and could be found out, as a string;
            None for who has none.
        provisional: whether what is measured leaves more than one class.
        hanging: whether the class is sure, and would be provisional if all that is not measured
            were.
        not_measured: the names of the factors that are missing for every active customer.
    """

    missing: ObjectArray
    provisional: BoolArray
    hanging: BoolArray
    not_measured: tuple[str, ...]


def missing_names(missing: str | None) -> tuple[str, ...]:
    """Return the names that a text of `Unsettled.missing` is made of.

    >>> missing_names("clear_orders,pays_on_time")
    ('clear_orders', 'pays_on_time')
    """
    return tuple(missing.split(BETWEEN)) if missing else ()


def _missing(card: Scorecard) -> BoolArray:
    """Return whether nothing is seen of a factor (column) for a customer (row)."""
    values = [card[factor.measure_name] for factor in card.declared]
    nothing = np.zeros((len(card), len(values)), dtype=np.bool_)
    for column, each in enumerate(values):
        nothing[:, column] = np.isnan(each)
    return nothing & card.unknown


def unsettled_of(classes: Classification) -> Unsettled:
    """Return what is unknown behind classes.

    Args:
        classes: the classes, with the score card that they are by.
    """
    card, customers = classes.scorecard, len(classes.computed)
    missing = _missing(card)
    measured = np.array([not column.all() or not len(card) for column in missing.T], dtype=np.bool_)
    labels = np.array([*(rule.label for rule in classes.rules), None], dtype=np.object_)

    def provisional(unknown: BoolArray) -> BoolArray:
        best = np.full(customers, None, dtype=np.object_)
        known = evolve(card, unknown=freeze(unknown))
        best[card.places] = labels[best_decisions(known, classes.rules)]
        return np.not_equal(classes.computed, best).astype(np.bool_)

    by_what_is_measured = provisional(card.unknown & measured)
    to_find_out = np.full(customers, None, dtype=np.object_)
    for row in np.flatnonzero((missing & measured).any(axis=1)):
        names = (card.factors[at] for at in np.flatnonzero(missing[row] & measured))
        to_find_out[card.places[row]] = BETWEEN.join(names)
    return Unsettled(
        missing=freeze(to_find_out),
        provisional=freeze(by_what_is_measured),
        hanging=freeze(provisional(card.unknown) & ~by_what_is_measured),
        not_measured=tuple(card.factors[at] for at in np.flatnonzero(~measured)),
    )
