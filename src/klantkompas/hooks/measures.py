"""Measures and tallies: what a plugin makes known of each customer."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from klantkompas._arrays import FloatArray
from klantkompas.hooks.checks import a_function, a_name
from klantkompas.portfolio import Period, TallyCounts

__all__ = ["Measure", "MeasuredValues", "Tally"]


MeasuredValues = FloatArray | tuple[FloatArray, FloatArray]
"""A float for each customer, NaN where unknown; or those and how much lies behind each."""


@frozen(kw_only=True)
class Measure:
    """Something known of each customer as one number.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives a float for each customer, NaN where unknown; or
            those and their basis.
        unit: money, minutes, days, share, orders, ...
        describes: what it is, in a few words.
        basis: what the basis counts, such as orders or invoices; ``"money"`` for a sum of money.
        counts: whether the value is the share of hits among what the basis counts.
        reads: the tables, or columns as ``"orders.clear"``, that it needs: what to add when it is
            unknown for everyone.

    Raises:
        PluginError: the name is no identifier, or `of` no function.
    """

    name: str = field(validator=a_name)
    of: Callable[[Period], MeasuredValues] = field(validator=a_function)
    unit: str
    describes: str
    basis: str = ""
    counts: bool = False
    reads: tuple[str, ...] = ()


@frozen(kw_only=True)
class Tally:
    """Something counted by keys, so that the counts of disjoint groups of customers add up.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives the counts by key.
        keys: what the places of a key stand for.
        describes: what it counts, in a few words.

    Raises:
        PluginError: the name is no identifier, or `of` no function.
    """

    name: str = field(validator=a_name)
    of: Callable[[Period], TallyCounts] = field(validator=a_function)
    keys: tuple[str, ...]
    describes: str
