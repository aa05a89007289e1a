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
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from klantkompas.compass.measuring import measure_portfolio
from klantkompas.compass.reading import Reading
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError, KlantkompasError, PluginError, nearest
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Lens, describe, plugin_failure
from klantkompas.plugins.collect import Declarations, collect
from klantkompas.portfolio import Measures, Portfolio

__all__ = ["Compass"]

CONTEXT = ("cues", "traits", "factors", "rules", "benchmarks", "shortlist", "overrides")
"""What every reading has, so that a lens may need it."""
CALLER_CONTEXT = frozenset(("shortlist", "overrides"))
"""What the caller gave: a lens that is handed it may find that it means nothing."""


def _whole_months(compass: Any, attribute: Any, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ArgumentError(f"months is a whole number from 1, not {value!r}")


def _several(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        raise ArgumentError(f"{value!r} is one text; give a set of names, such as {{{value!r}}}")
    return frozenset(value)


def _listed(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ArgumentError(f"plugins is a list, such as plugins=[my_rules], not {value!r}")
    return tuple(value)


def _raise_or_skip(compass: Any, attribute: Any, value: Any) -> None:
    if value not in ("raise", "skip"):
        raise ArgumentError(f'on_broken is "raise" or "skip", not {value!r}')


def _in_order_of_need(lenses: Sequence[Lens]) -> tuple[Lens, ...]:
    known = {lens.name for lens in lenses}
    for lens in lenses:
        if lens.name in CONTEXT:
            raise PluginError(f"{describe(lens)} needs another name: every reading has that")
        for need in (*lens.needs, *lens.uses):
            if need not in known and need not in CONTEXT:
                raise PluginError(
                    f"{describe(lens)} needs {need!r}. {nearest(need, [*known, *CONTEXT])}"
                )
    ordered: list[Lens] = []
    ready = set(CONTEXT)
    waiting = list(lenses)
    while waiting:
        now = [lens for lens in waiting if ready.issuperset((*lens.needs, *lens.uses))]
        if not now:
            raise PluginError(
                f"these need one another in a circle: {', '.join(map(describe, waiting))}"
            )
        ordered += now
        ready |= {lens.name for lens in now}
        waiting = [lens for lens in waiting if lens not in now]
    return tuple(ordered)


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

    Raises:
        ArgumentError: the months are not a whole number from 1, or something else means nothing.

    >>> [kind.name for kind in Compass(installed=False).kinds][:2]
    ['orders', 'invoices']
    """

    plugins: tuple[Any, ...] = field(default=(), converter=_listed)
    installed: bool = field(default=True, kw_only=True)
    block: frozenset[str] = field(default=frozenset(), kw_only=True, converter=_several)
    leave_out: frozenset[str] = field(default=frozenset(), kw_only=True, converter=_several)
    on_broken: str = field(default="raise", kw_only=True, validator=_raise_or_skip)
    months: int = field(default=6, kw_only=True, validator=_whole_months)

    @cached_property
    def declarations(self) -> Declarations:
        """What the plugins declare.

        Raises:
            PluginError: a plugin cannot be used, or nothing is called as what is left out.
        """
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

    def measure(self, portfolio: Portfolio, as_of: date | None = None) -> Measures:
        """Measure every customer of a portfolio.

        Args:
            portfolio: the portfolio.
            as_of: the reference date; without one, the last date on which something happened.

        Returns:
            What is known of each customer on that date.

        Raises:
            ArgumentError: `as_of` is needed, or is no date.
            PluginError: a measure cannot be used.
        """
        known = {kind.name for kind in portfolio.kinds}
        # A table of a plugin's kind that the portfolio was made without is absent, as any other.
        absent = [kind for kind in self.kinds if kind.name not in known]
        complete = evolve(portfolio, kinds=(*portfolio.kinds, *absent)) if absent else portfolio
        return measure_portfolio(complete, self.declarations.measures, as_of, self.months)

    def read(
        self,
        portfolio: Portfolio | Measures,
        as_of: date | None = None,
        shortlist: Sequence[str] | None = None,
        overrides: Sequence[Override] = (),
    ) -> Reading:
        """Read a portfolio, or measures made earlier, through every lens.

        Args:
            portfolio: the portfolio, or its measures.
            as_of: the reference date; without one, the last date on which something happened.
            shortlist: the ids of the customers that people find to fit best.
            overrides: classes that people gave to customers.

        Returns:
            A result for each lens; `Unanswered` where a lens cannot tell.

        Raises:
            ArgumentError: `as_of` is needed, or the shortlist or an override names what is not
                known.
            PluginError: a plugin cannot be used.
        """
        if isinstance(portfolio, Measures):
            if as_of is not None and as_of != portfolio.as_of:
                raise ArgumentError(
                    f"these measures are of {portfolio.as_of}; leave as_of out, or measure again"
                )
            measures = portfolio
        else:
            measures = self.measure(portfolio, as_of)
        declared = self.declarations
        results: dict[str, Any] = {
            "cues": declared.cues,
            "traits": declared.traits,
            "factors": declared.factors,
            "rules": declared.rules,
            "benchmarks": declared.benchmarks,
            "shortlist": shortlist,
            "overrides": tuple(overrides),
        }
        for lens in _in_order_of_need(declared.lenses):
            results[lens.name] = self._looked(lens, measures, results)
        return Reading(
            measures=measures,
            results={name: each for name, each in results.items() if name not in CONTEXT},
            questions={lens.name: lens.question for lens in declared.lenses},
            report_sections=declared.report_sections,
            advice=declared.advice,
            provenance=declared.provenance,
        )

    def _looked(self, lens: Lens, measures: Measures, results: Mapping[str, Any]) -> Any:
        try:
            found = lens.answer(measures, results.__getitem__)
        except PluginError:
            raise
        except KlantkompasError as cause:
            if not (
                isinstance(cause, ArgumentError)
                and CALLER_CONTEXT.isdisjoint((*lens.needs, *lens.uses))
            ):
                raise
            raise plugin_failure(describe(lens), cause) from cause
        except PLUGIN_EXCEPTIONS as cause:
            raise plugin_failure(describe(lens), cause) from cause
        if found is None:
            raise PluginError(
                f"{describe(lens)} gives None: return the result, or Unanswered(...) where it "
                "cannot tell"
            )
        return found
