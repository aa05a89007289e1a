"""Customers judged by one success factor: the number to pass, and how each of them stands.

>>> from datetime import date
>>> from klantkompas import AtLeast, Compass, Order, Portfolio
>>> orders = [Order(customer=each, on=date(2026, 1, 5), amount=10.0) for each in "aab"]
>>> measures = Compass(installed=False).measure(Portfolio.from_records(orders))
>>> often = SuccessFactor(name="o", measure="order_count", criterion=AtLeast(2), title="orders")
>>> cutoff, states = judge(often, measures, measures.active_places)
>>> cutoff.value, [State(each).words for each in states]
(2, ['met', 'not met'])
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import Codes, FloatArray
from klantkompas.classification.evidence import State, States, evidence_of
from klantkompas.domain.criteria import Cutoff
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, SuccessFactor, describe, plugin_failure
from klantkompas.portfolio import Measures

__all__ = ["judge"]


def _cutoff_of(factor: SuccessFactor, values: FloatArray, basis: FloatArray | None) -> Cutoff:
    try:
        found: object = factor.criterion.cutoff(values, basis)
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(f"{describe(factor)}: its criterion", cause) from cause
    if not isinstance(found, Cutoff):
        raise PluginError(
            f"{describe(factor)}: its criterion must give a Cutoff, such as Cutoff(0.95), not "
            f"{type(found).__name__}"
        )
    return found


def judge(
    factor: SuccessFactor, measures: Measures, places: Codes, cutoff: Cutoff | None = None
) -> tuple[Cutoff, States]:
    """Judge customers by one success factor.

    Whether it is measured at all can only be said of everybody together: see `count_factors`.

    Args:
        factor: the factor.
        measures: what is known of each customer.
        places: the customers, as positions in the measures.
        cutoff: the number to pass; without one, that of the criterion for these customers.

    Returns:
        The number, and how each customer stands.
    """
    seen = evidence_of(measures, factor.measure_name, factor.least_basis, places)
    states = seen.unknown
    known = states == 0
    if cutoff is None:
        at = np.flatnonzero(known)
        of_known = None if seen.basis is None else seen.basis.take(at)
        cutoff = _cutoff_of(factor, seen.values.take(at), of_known)
    # Who is not known has a state already, and who is known none: so the two add up.
    states += (known & cutoff.met(seen.values)) * np.int8(State.MET)
    return cutoff, states
