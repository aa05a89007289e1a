"""What is open from before, beside a success factor that judges the period and does not count it.

Who paid on time in the period may still owe what fell due before; who complained of nothing in it
may have a complaint that was never resolved. The factor stays as it is, and says so beside it.
"""

from __future__ import annotations

from klantkompas.hooks import SuccessFactor
from klantkompas.portfolio import Measures
from klantkompas.portfolio.quantities import measured, places_in
from klantkompas.wording.sentence import Sentence

__all__ = ["still_open_of"]


def still_open_of(factor: SuccessFactor, measures: Measures, position: int) -> Sentence | None:
    """Return what a customer who meets a factor has still open.

    Args:
        factor: the factor.
        measures: what is known of each customer.
        position: the position of the customer in id order.

    Returns:
        The factor's own text; None where it has none, nothing is open, or that is unknown.
    """
    names = places_in(factor.still_open)
    if not names or not {*names} <= measures.columns.keys():
        return None
    if not all(measures[name][position] > 0 for name in names):
        return None
    return measured(factor.still_open, measures, position)
