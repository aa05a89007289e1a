"""A plugin on the bench: what it declares, and what that answers to the exports it is tried on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, field, frozen

from klantkompas.compass import Compass, Reading
from klantkompas.compass.measuring import measure_portfolio
from klantkompas.errors import PluginError
from klantkompas.hooks import Catalogue, Lens, Measure, Tally
from klantkompas.hooks.checks import HasName
from klantkompas.plugins.collect import Declarations
from klantkompas.plugins.found import BUILT_IN, name_of
from klantkompas.portfolio import Measures, Period
from klantkompas.testing.cases import cases_of
from klantkompas.testing.exports import Exports
from klantkompas.wording.catalogue import merge

__all__ = ["Subject"]

FoundT = TypeVar("FoundT")


@frozen(eq=False, kw_only=True)
class Subject:
    """A plugin under test: its declarations, and their results on exports.

    Args:
        name: its name.
        declared: its own declarations.
        compass: a compass with the plugin, the built-in declarations and the plugins it needs.
        max_examples: the number of exports to try it on.
        catalogues: translations of its texts, by language.
    """

    name: str
    declared: Sequence[HasName]
    compass: Compass
    max_examples: int
    catalogues: Mapping[str, NullTranslations]
    _recalled: dict[tuple[object, ...], Any] = field(factory=dict, init=False)

    @classmethod
    def of(
        cls,
        plugin: object,
        *,
        beside: Sequence[object],
        leave_out: frozenset[str],
        max_examples: int,
        catalogues: Mapping[str, NullTranslations],
    ) -> Subject:
        """Return a plugin under test, with the built-in declarations and the plugins that it needs.

        Args:
            plugin: a module or object with `hookimpl` functions.
            beside: other plugins that it needs.
            leave_out: built-in declarations that it replaces.
            max_examples: the number of exports to try it on.
            catalogues: translations of its texts, by language.

        Raises:
            PluginError: it cannot be collected.
        """
        built_in = name_of(plugin) in BUILT_IN
        given = [*beside] if built_in else [*beside, plugin]
        compass = Compass(given, installed=False, leave_out=leave_out)
        plugins = compass.declarations.provenance.plugins
        name = name_of(plugin) if built_in else plugins[-1].name
        return cls(
            name=name,
            declared=compass.declarations.of_plugin(name),
            compass=compass,
            max_examples=max_examples,
            catalogues=catalogues or _brought(compass, name),
        )

    @property
    def declarations(self) -> Declarations:
        """All declarations of the compass, the built-in ones included."""
        return self.compass.declarations

    @property
    def cases(self) -> Mapping[int, Exports]:
        """The exports to try the plugin on, each of two customers or more, by seed."""
        return cases_of(self.compass.kinds, self.max_examples)

    @property
    def _basic(self) -> list[Measure]:
        """What derived measures are derived from."""
        every = self.declarations.measures
        return [each for each in every if isinstance(each, Measure) and each.of is not None]

    def recalled(self, key: tuple[object, ...], make: Callable[[], FoundT]) -> FoundT:
        """Return something that is made once for all declarations, and kept by a key.

        Args:
            key: what identifies it.
            make: a function without arguments that makes it.
        """
        if key not in self._recalled:
            self._recalled[key] = make()
        found: FoundT = self._recalled[key]
        return found

    def period(self, case: Exports) -> Period:
        """Return a new period of some exports, so that changes to it affect no other check."""
        day = np.datetime64(case.as_of, "D")
        portfolio = case.portfolio.until(day)
        own = evolve(portfolio, tables=dict(portfolio.tables), listed=dict(portfolio.listed))
        return Period(own, day, self.compass.months)

    def measured(self, declared: Measure | Tally, case: Exports) -> Measures:
        """Return the measures with one measure or tally, computed anew.

        Raises:
            PluginError: it fails, or does not give a float for each customer.
        """
        others = () if declared.of is not None else self._basic
        every = (*others, declared)
        return measure_portfolio(case.portfolio, every, case.as_of, self.compass.months)

    def once(self, declared: Measure | Tally, case: Exports) -> Measures:
        """Return the measures with one measure or tally, computed once for each of the exports.

        Raises:
            PluginError: it fails, or does not give a float for each customer.
        """
        return self.recalled((declared, case), lambda: self.measured(declared, case))

    def measures(self, case: Exports) -> Measures | None:
        """Return all measures of some exports, read-only; None where a measure fails."""

        def measure() -> Measures | None:
            try:
                found = self.compass.measure(case.portfolio, case.as_of)
            except PluginError:
                return None
            return evolve(
                found,
                columns=MappingProxyType(found.columns),
                record=MappingProxyType(found.record),
                tallies=MappingProxyType(found.tallies),
            )

        return self.recalled(("measures", case), measure)

    def reading(self, case: Exports) -> Reading | None:
        """Return the reading of some exports; None where a measure, rule or lens fails."""

        def read() -> Reading | None:
            measures = self.measures(case)
            try:
                return None if measures is None else self.compass.read(measures)
            except PluginError:
                return None

        return self.recalled(("reading", case), read)

    def needed(self, name: str, measures: Measures) -> object:
        """Return an argument of a lens: a part of every reading, or the result of another lens.

        Args:
            name: the argument's name.
            measures: the measures that are read.
        """
        declared = self.declarations
        everywhere: dict[str, object] = {
            "cues": declared.cues,
            "traits": declared.traits,
            "factors": declared.factors,
            "rules": declared.rules,
            "benchmarks": declared.benchmarks,
            "shortlist": None,
            "overrides": (),
            "reasons": {},
        }
        if name in everywhere:
            return everywhere[name]
        (lens,) = (each for each in declared.lenses if each.name == name)
        _, result = self.recalled(
            ("result", name, id(measures)), lambda: (measures, self.looked(lens, measures))
        )
        return result

    def looked(self, lens: Lens, measures: Measures) -> object:
        """Return the result of one lens on some measures, computed anew."""
        return lens.answer(measures, lambda name: self.needed(name, measures))


def _brought(compass: Compass, plugin: str) -> Mapping[str, NullTranslations]:
    """Return the catalogues that a plugin brings by its hook, by language."""
    return merge(
        (each.language, each.translations)
        for each in compass.declarations.of_plugin(plugin)
        if isinstance(each, Catalogue)
    )
