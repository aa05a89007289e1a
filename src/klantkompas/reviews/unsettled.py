"""What is unknown behind classes: missing and to be found out, too little yet, or not measured.

A factor that is missing for every active customer is *not measured*: it makes no class provisional.
Of others what is missing for a customer can be found out; too few orders or invoices take time.
"""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import BoolArray, ObjectArray, freeze
from klantkompas.classification.classify import Classification
from klantkompas.classification.evidence import State, States
from klantkompas.classification.ranges import best_decisions

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
    """Return the names of factors that a text of `Unsettled.missing` holds; none for None.

    >>> missing_names("clear_orders,pays_on_time")
    ('clear_orders', 'pays_on_time')
    """
    return tuple(missing.split(BETWEEN)) if missing else ()


def unsettled_of(classes: Classification) -> Unsettled:
    """Return what is unknown behind the classes of customers.

    Args:
        classes: the classes, with the score card that they are computed from.
    """
    card, customers = classes.scorecard, len(classes.computed)
    labels = np.array([*(rule.label for rule in classes.rules), None], dtype=np.object_)

    def provisional(states: States) -> BoolArray:
        best = np.full(customers, None, dtype=np.object_)
        known = evolve(card, states=freeze(states))
        best[card.places] = labels[best_decisions(known, classes.rules)]
        return np.not_equal(classes.computed, best).astype(np.bool_)

    all_unknown = np.where(card.unknown, np.int8(State.MISSING), card.states)
    missing = card.states == State.MISSING
    to_find_out = np.full(customers, None, dtype=np.object_)
    for row in np.flatnonzero(missing.any(axis=1)):
        names = (card.factors[at] for at in np.flatnonzero(missing[row]))
        to_find_out[card.places[row]] = BETWEEN.join(names)
    by_what_is_measured = provisional(card.states)
    return Unsettled(
        missing=freeze(to_find_out),
        provisional=freeze(by_what_is_measured),
        hanging=freeze(provisional(all_unknown) & ~by_what_is_measured),
        not_measured=tuple(card.factors[at] for at in np.flatnonzero(~card.measured)),
    )
