"""Measures and tallies: what a plugin makes known of each customer."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, field, frozen
from attrs.validators import optional

from klantkompas._arrays import FloatArray
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import as_tuple, finite_number, is_callable, is_string, strings
from klantkompas.hooks.declaration import Declaration
from klantkompas.portfolio import Measures, Period, TallyCounts, longer_look

__all__ = ["Measure", "MeasuredValues", "Tally"]


MeasuredValues = FloatArray | tuple[FloatArray, FloatArray]
"""A float for each customer, NaN where unknown; or those and their basis."""


@frozen(kw_only=True)
class Measure(Declaration):
    """Something known of each customer as one number: `of` a period, or derived `from_measures`.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives a float for each customer, NaN where unknown; or
            those and their basis.
        from_measures: instead of that, a function of `Measures` that gives the same. Derived
            measures are made after all others and see only those, so that none waits for another.
        unit: money, minutes, days, share, orders, ...
        describes: what it is, in a few words.
        basis_unit: what the basis counts, such as orders or invoices; ``"money"`` for a sum of
            money.
        is_proportion: whether the value is the share of hits among what the basis counts.
        counted_by: for a share of money, the measure that counts on how much it rests.
        out_of: the measure that counts on how much it could rest, were every empty cell filled: who
            has too little of that is to wait for, of others it can be found out.
        looks_back: the months of its longer look: where the count of the period is below what a
            success factor asks, that judges by so many months up to the reference date.
        unknown_without: the tally without whose counts it is known of nobody: of all customers
            together, as a part may have none.
        steers: whether a business can steer by it, so that *fit* lists it; bookkeeping is not.
        reads: the tables, or columns as ``"orders.clear"``, that it needs: what to add when it is
            unknown for everyone.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, there is not one function, or what is said of
            it no text.
    """

    of: Callable[[Period], MeasuredValues] | None = field(
        default=None, validator=optional(is_callable)
    )
    from_measures: Callable[[Measures], MeasuredValues] | None = field(
        default=None, validator=optional(is_callable)
    )
    unit: str = field(validator=is_string)
    describes: str = field(validator=is_string)
    basis_unit: str = field(default="", validator=is_string)
    is_proportion: bool = False
    counted_by: str = field(default="", validator=is_string)
    out_of: str = field(default="", validator=is_string)
    looks_back: int = field(default=0, validator=finite_number)
    steers: bool = True
    unknown_without: str = field(default="", validator=is_string)
    reads: tuple[str, ...] = field(default=(), converter=as_tuple, validator=strings)

    def __attrs_post_init__(self) -> None:
        """Refuse none and both."""
        if (self.of is None) == (self.from_measures is None):
            raise PluginError(
                f"Measure {self.name!r}: give a function of a period (of=), or one of measures "
                "(from_measures=)"
            )
        if self.looks_back and self.of is None:
            raise PluginError(
                f"Measure {self.name!r}: only a function of a period (of=) looks back"
            )

    @property
    def longer(self) -> Measure | None:
        """The same over its longer look, a measure of its own; None without one."""
        if self.of is None or not self.looks_back:
            return None
        return evolve(
            self,
            name=longer_look(self.name, self.looks_back),
            of=_LongerLook(self.of, self.looks_back),
            looks_back=0,
            steers=False,
        )


@frozen
class _LongerLook:
    """A function of a period, asked of more months."""

    of: Callable[[Period], MeasuredValues]
    months: int

    def __call__(self, period: Period) -> MeasuredValues:
        return self.of(period.over(self.months))


@frozen(kw_only=True)
class Tally(Declaration):
    """Something counted by keys, so that the counts of disjoint groups of customers add up.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives the counts by key.
        keys: what the places of a key stand for.
        describes: what it counts, in a few words.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, `of` no function, or what is said of it no text.
    """

    of: Callable[[Period], TallyCounts] = field(validator=is_callable)
    keys: tuple[str, ...] = field(converter=as_tuple, validator=strings)
    describes: str = field(validator=is_string)
