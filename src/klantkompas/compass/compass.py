"""One call reads a portfolio through every lens.

>>> from datetime import date
>>> from klantkompas.domain.interactions import Order
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> reading.classes.label("a")
'A'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import Attribute, evolve, field, frozen

from klantkompas._told import told
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Measures, Portfolio, as_day
from klantkompas.wording.writer import is_currency_code

if TYPE_CHECKING:
    from klantkompas.compass.reading import Reading
    from klantkompas.domain.export_shape import ExportShape
    from klantkompas.domain.interactions import InteractionKind
    from klantkompas.domain.overrides import Override
    from klantkompas.hooks.checks import ValueT
    from klantkompas.plugins.collect import Declarations

__all__ = ["Compass"]

MOST_MONTHS = 1200
"""A hundred years: dates reach no further than some thousands."""


def _whole_months(compass: object, attribute: Attribute[ValueT], value: ValueT) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole and value in range(1, MOST_MONTHS + 1)):
        raise ArgumentError(
            told(
                "months is a whole number from 1 to {most}, not {value}",
                most=MOST_MONTHS,
                value=repr(value),
            )
        )


def _names(value: object) -> frozenset[str]:
    if isinstance(value, str):
        raise ArgumentError(
            f"{value!r} is one string", remedy=f"Give a set of names, such as {{{value!r}}}"
        )
    every = tuple(value) if isinstance(value, Iterable) else (value,)
    for each in every:
        if not isinstance(each, str):
            raise ArgumentError(f"{each!r} is not a name", remedy="Give a set of names, as strings")
    return frozenset(every)


def _listed(value: object) -> tuple[object, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ArgumentError(f"plugins is a list, such as plugins=[my_rules], not {value!r}")
    return tuple(value)


def _raise_or_skip(compass: object, attribute: object, value: object) -> None:
    if value not in ("raise", "skip"):
        raise ArgumentError(f'on_broken is "raise" or "skip", not {value!r}')


def _a_currency(compass: object, attribute: object, value: str | None) -> None:
    if value is not None and not is_currency_code(value):
        raise ArgumentError(
            told("currency is {value}, which is not the code of one", value=repr(value)),
            remedy=told('Give its three capitals, such as currency="EUR"'),
        )


@frozen
class Compass:
    """Reads portfolios through the built-in lenses and those of plugins.

    Args:
        plugins: modules or objects with `hookimpl` functions; or declarations as they are.
        installed: whether to use installed plugins too.
        block: names of installed plugins to leave out; they are not even imported. Built-in ones
            can be left out too.
        leave_out: names of success factors that do not matter to your business, and of rules,
            cues, traits, benchmarks, report sections and advice that you replace; built-in ones
            too. A plugin that you give may declare them anew.
        on_broken: ``"raise"``, or ``"skip"`` to go on without the installed plugins that cannot be
            used: none of what such a plugin declares is taken, and every reading notes it.
        months: how many calendar months the period has (S1 step 1: six).
        currency: the code of the currency that money is in, such as ``"EUR"``, of which sums that
            people read have the sign; without it, the one that the exports say, if they say one.

    Attributes:
        declarations: what the plugins declare; each name that one of them refers to is there.

    Raises:
        ArgumentError: the months are not a whole number from 1 to 1200, the currency is not a code
            of three letters, or another argument has no meaning.
        PluginError: a plugin cannot be used, or a name that is left out or blocked does not exist.

    >>> [kind.name for kind in Compass(installed=False).kinds][:2]
    ['orders', 'invoices']
    """

    plugins: tuple[object, ...] = field(default=(), converter=_listed)
    installed: bool = field(default=True, kw_only=True)
    block: frozenset[str] = field(default=frozenset(), kw_only=True, converter=_names)
    leave_out: frozenset[str] = field(default=frozenset(), kw_only=True, converter=_names)
    on_broken: str = field(default="raise", kw_only=True, validator=_raise_or_skip)
    months: int = field(default=6, kw_only=True, validator=_whole_months)
    currency: str | None = field(default=None, kw_only=True, validator=_a_currency)

    declarations: Declarations = field(init=False, eq=False, repr=False)

    @declarations.default
    def _collected(self) -> Declarations:
        from klantkompas.plugins.collect import collect

        return collect(
            self.plugins,
            installed=self.installed,
            block=self.block,
            leave_out=self.leave_out,
            on_broken=self.on_broken,
        )

    @property
    def kinds(self) -> tuple[InteractionKind, ...]:
        """The kinds of interaction, to make portfolios with: ``kinds=compass.kinds``."""
        return self.declarations.kinds

    @property
    def export_shapes(self) -> tuple[ExportShape, ...]:
        """The layouts (shapes) of exports, to read files with: ``shapes=compass.export_shapes``."""
        return self.declarations.export_shapes

    def measure(self, portfolio: Portfolio, as_of: date | str | None = None) -> Measures:
        """Return the measures of every customer of a portfolio on a date.

        Args:
            portfolio: the portfolio.
            as_of: the reference date, or its text, such as ``"2026-06-30"``; without one, the last
                date on which something happened.

        Returns:
            What is known of each customer on that date, over the period up to it.

        Raises:
            ArgumentError: `as_of` is needed, or is not a date.
            PluginError: a measure cannot be used.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> Compass(installed=False).measure(Portfolio.from_records(orders))["order_days"].tolist()
        [3.0]
        """
        from klantkompas.compass.measuring import measure_portfolio

        if not isinstance(portfolio, Portfolio):
            raise ArgumentError(
                f"a compass measures a Portfolio, not {type(portfolio).__name__}",
                remedy="Make one, such as Portfolio.from_files(orders=...)",
            )
        known = {kind.name for kind in portfolio.kinds}
        # A table of a plugin's kind that the portfolio was made without is absent, as any other.
        absent = [kind for kind in self.kinds if kind.name not in known]
        complete = evolve(portfolio, kinds=(*portfolio.kinds, *absent)) if absent else portfolio
        return measure_portfolio(complete, self.declarations.measures, as_of, self.months)

    def read(
        self,
        portfolio: Portfolio | Measures,
        as_of: date | str | None = None,
        shortlist: Sequence[str] | None = None,
        overrides: Sequence[Override] = (),
        reasons: Mapping[str, str] | None = None,
    ) -> Reading:
        """Return what every lens says of a portfolio, or of measures made earlier.

        Args:
            portfolio: the portfolio, or its measures.
            as_of: the reference date, or its text, such as ``"2026-06-30"``; without one, the last
                date on which something happened.
            shortlist: the ids of the customers that people find to fit best.
            overrides: classes that people gave to customers.
            reasons: by a reason that colleagues give in their nominations, the name of the success
                factor that covers it. A reason that is a factor's own title or name needs none.

        Returns:
            A reading with the result of each lens; `Unanswered` where the tables cannot answer a
            lens's question.

        Raises:
            ArgumentError: `as_of` is needed, or the shortlist, the overrides or the reasons are of
                the wrong type, or name a customer, class or factor that does not exist.
            PluginError: a plugin cannot be used.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.label("a")
        'A'
        """
        from klantkompas.compass.looking import look_through

        return look_through(
            self.declarations,
            self._measured(portfolio, as_of),
            shortlist=shortlist,
            overrides=overrides,
            reasons=reasons,
            currency=self.currency,
        )

    def _measured(self, given: object, as_of: date | str | None) -> Measures:
        if isinstance(given, Portfolio):
            return self.measure(given, as_of)
        if not isinstance(given, Measures):
            raise ArgumentError(
                f"a compass reads a Portfolio or Measures, not {type(given).__name__}",
                remedy="Make one, such as Portfolio.from_files(orders=...)",
            )
        if as_of is not None and as_day(as_of) != given.as_of:
            raise ArgumentError(
                f"these measures are of {given.as_of}",
                remedy="Leave as_of out, or measure again",
            )
        return given
