"""Measures and tallies: what a plugin makes known of each customer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

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
    """A measure: one number known of each customer, `of` a period or derived `from_measures`.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives a float for each customer, NaN where unknown; or a
            pair of those and their basis: for each customer, how many orders, invoices and the like
            the value rests on.
        from_measures: instead of that, a function of `Measures` that gives the same. Derived
            measures are computed after all others and can read those, but not one another.
        unit: money, minutes, days, share, orders, ...
        describes: what the measure is, in a few words.
        basis_unit: what the basis counts, such as orders or invoices; ``"money"`` for a sum of
            money.
        is_proportion: whether the value is the share of hits among what the basis counts.
        counted_by: for a share of money, the name of the measure that counts on how many orders the
            share rests.
        out_of: the name of the measure that counts on how many orders the value could rest, if no
            cell of the tables were empty. A customer for whom even that is too few has to order
            more first; for another the missing cells can be filled.
        looks_back: over how many months up to the reference date a success factor judges a customer
            whose basis in the period is too small; 0 for the period only.
        unknown_without: the name of a tally: where that counts nothing for all customers together,
            the measure is NaN for everyone.
        steers: whether a business can steer by it, so that *fit* lists it; bookkeeping is not.
        reads: the tables, or columns as ``"orders.clear"``, that it needs: what to add when it is
            unknown for everyone.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, there is not one function, or a text about it is
            not a string.

    >>> order_sum = Measure(
    ...     name="order_sum",
    ...     of=lambda period: period.during("orders").sum("amount"),
    ...     unit="money",
    ...     describes="sum of the amounts",
    ... )
    >>> order_sum.unit
    'money'
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

    @cached_property
    def longer(self) -> Measure | None:
        """The same measure over its longer look (`looks_back` months); None where it has none."""
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
    """A tally: interactions counted by key, so that the counts of groups of customers add up.

    Args:
        name: an identifier.
        of: a function of a `Period` that returns a dictionary of counts, by key: a tuple of texts.
        keys: what each item of a key stands for.
        describes: what it counts, in a few words.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, `of` no function, or a text about it is not a
            string.

    >>> Tally(name="nothing", of=lambda period: {}, keys=("month",), describes="nothing").keys
    ('month',)
    """

    of: Callable[[Period], TallyCounts] = field(validator=is_callable)
    keys: tuple[str, ...] = field(converter=as_tuple, validator=strings)
    describes: str = field(validator=is_string)
