"""Measures and tallies: what a plugin makes known of each customer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cached_property

from attrs import evolve, field, frozen
from attrs.validators import optional

from klantkompas._arrays import FloatArray
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import as_tuple, finite_number, is_callable, is_string, strings
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import first_line, of_function, one_parameter
from klantkompas.portfolio import Measures, Period, TallyCounts, longer_look

__all__ = ["Measure", "MeasuredValues", "Tally", "measure", "takes_what_is_measured", "tally"]

MeasuredValues = FloatArray | tuple[FloatArray, FloatArray]
"""A float for each customer, NaN where unknown; or those and their basis."""
DERIVES = {"period": "of", "measures": "from_measures"}
"""What the parameter of a measure's function is called, and which field of the measure it is."""


@frozen(kw_only=True)
class Measure(Declaration):
    """A measure: one number known of each customer, `of` a period or derived `from_measures`.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives a float for each customer, NaN where unknown; or a
            pair of those and their basis: for each customer, how many orders, invoices and the like
            the value rests on. An array of floats that it gives is kept, and becomes read-only.
        from_measures: instead of that, a function of `Measures` that gives the same. Derived
            measures are computed after all others and can read those, but not one another.
        unit: money, minutes, days, share, orders, ...; what you count yourself is a
            `klantkompas.hooks.Unit`, which knows what one of it is called.
        describes: what the measure is, in a few words.
        basis_unit: what the basis counts, such as orders or invoices, or a `klantkompas.hooks.Unit`
            of your own; ``"money"`` for a sum of money.
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


def takes_what_is_measured(function: Callable[..., MeasuredValues], what: str) -> None:
    """Refuse a function that takes anything but a period, or measures.

    Args:
        function: the function.
        what: what is made of it, for the error.

    Raises:
        PluginError: its one parameter is not called ``period`` or ``measures``.
    """
    expected = "called period (the interactions) or measures (what is measured already)"
    one_parameter(function, what, expected, *DERIVES)


def measure(
    *,
    unit: str,
    name: str | None = None,
    describes: str | None = None,
    basis_unit: str = "",
    is_proportion: bool = False,
    counted_by: str = "",
    out_of: str = "",
    looks_back: int = 0,
    steers: bool = True,
    unknown_without: str = "",
    reads: Iterable[str] = (),
) -> Callable[[Callable[..., MeasuredValues]], Measure]:
    """Make a measure of a function: one number for each customer.

    The function has one parameter: `period`, a `Period`, where it measures interactions; or
    `measures`, `Measures`, where it derives from what is measured already. It returns a float for
    each customer, NaN where unknown; or a pair of those and their basis: for each customer, how
    many orders, invoices and the like the value rests on.

    Args:
        unit: money, minutes, days, share, orders, ...; what you count yourself is a
            `klantkompas.hooks.Unit`, which knows what one of it is called.
        name: an identifier; the function's name unless given.
        describes: what the measure is, in a few words; the first line of the docstring unless
            given.
        basis_unit: what the basis counts, such as orders or a `klantkompas.hooks.Unit` of your own;
            ``"money"`` for a sum of money.
        is_proportion: whether the value is the share of hits among what the basis counts.
        counted_by: for a share of money, the name of the measure that counts on how many orders the
            share rests.
        out_of: the name of the measure that counts on how many orders the value could rest, if no
            cell of the tables were empty.
        looks_back: over how many months up to the reference date a success factor judges a customer
            whose basis in the period is too small; 0 for the period only.
        steers: whether a business can steer by it; bookkeeping is not listed by what fits.
        unknown_without: the name of a tally: where that counts nothing, the measure is NaN for
            everyone.
        reads: the tables, or columns as ``"orders.clear"``, that it needs.

    Returns:
        A decorator that makes a `Measure` of the function.

    Raises:
        PluginError: the function has other parameters.

    >>> @measure(unit="pieces")
    ... def pieces(period):
    ...     '''Pieces ordered, those that came back not counted.'''
    ...     return period.during("orders").sum("quantity")
    >>> pieces.name, pieces.describes
    ('pieces', 'pieces ordered, those that came back not counted')
    """

    def declare(function: Callable[..., MeasuredValues]) -> Measure:
        held_by = DERIVES.get(next(iter(inspect.signature(function).parameters), ""), "of")
        of, called = of_function(function, "measure", held_by)
        called = name or called
        takes_what_is_measured(of, f"the measure {called!r}")
        return Measure(
            name=called,
            of=of if held_by == "of" else None,
            from_measures=of if held_by == "from_measures" else None,
            unit=unit,
            describes=describes or first_line(of, called),
            basis_unit=basis_unit,
            is_proportion=is_proportion,
            counted_by=counted_by,
            out_of=out_of,
            looks_back=looks_back,
            steers=steers,
            unknown_without=unknown_without,
            reads=reads,
        )

    return declare


def tally(
    *, keys: Iterable[str], name: str | None = None, describes: str | None = None
) -> Callable[[Callable[..., TallyCounts]], Tally]:
    """Make a tally of a function of a `Period`: counts by key, which add up over customers.

    Args:
        keys: what each item of a key (a tuple of texts) stands for.
        name: an identifier; the function's name unless given.
        describes: what it counts; the first line of the docstring unless given.

    Returns:
        A decorator that makes a `Tally` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> @tally(keys=["product"])
    ... def products(period):
    ...     '''Order lines by product.'''
    ...     return {}
    >>> products.keys, products.describes
    (('product',), 'order lines by product')
    """

    def declare(function: Callable[..., TallyCounts]) -> Tally:
        of, called = of_function(function, "tally", "of")
        called = name or called
        return Tally(name=called, of=of, keys=keys, describes=describes or first_line(of, called))

    return declare
