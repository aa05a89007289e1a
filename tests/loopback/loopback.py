"""A plugin that declares everything that is built in once more, under other names or the same.

Nothing here knows a member of a family by name: wherever a declaration names another, that name is
changed along with it. As a plugin of pytest (``-p loopback``) it runs any tests through itself:
every compass then has no built-in plugins, and this one instead.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

import pytest
from attrs import evolve, frozen

from klantkompas import Compass, Measures, hookimpl
from klantkompas.compass import compass as root
from klantkompas.hooks import Measure
from klantkompas.plugins.collect import Declarations, collect
from klantkompas.plugins.found import BUILT_IN
from klantkompas.portfolio.quantities import measure_at

PREFIX = "again_"
NAMES = ("counted_by", "out_of", "unknown_without")
"""By these a measure names a measure or tally."""


def again(name: str) -> str:
    """Return the other name."""
    return PREFIX + name


def before(name: str) -> str:
    """Return the name that it had."""
    return name.replace(PREFIX, "")


def as_before(measures: Measures) -> Measures:
    """Return measures by the names that built-in functions ask for as well."""

    def both(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {before(name): each for name, each in columns.items()} | dict(columns)

    return evolve(
        measures,
        columns=both(measures.columns),
        tallies=both(measures.tallies),
    )


def _seeing(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda measures, *rest: function(as_before(measures), *rest)


@frozen(eq=False)
class Loopback:
    """Declares what is built in.

    Args:
        built_in: what that is.
        rename: gives the other name of each declaration.
    """

    built_in: Declarations
    rename: Callable[[str], str] = again

    def _renamed(self, declared: Any, **changes: Any) -> Any:
        return evolve(declared, name=self.rename(declared.name), **changes)

    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[Any]:
        """The kinds of interaction, as they are: their names are the keywords of every reader."""
        return list(self.built_in.kinds)

    @hookimpl
    def klantkompas_benchmarks(self) -> list[Any]:
        """The benchmarks."""
        return [self._renamed(each) for each in self.built_in.benchmarks]

    @hookimpl
    def klantkompas_measures(self) -> list[Any]:
        """The measures, but for longer looks and counts, which come of themselves."""
        measures = self.built_in.measures
        derived = {e.measure_name for e in (*self.built_in.cues, *self.built_in.traits)}
        derived |= {f"days_of_{e.measure_name}" for e in self.built_in.cues}
        derived |= {e.longer.name for e in measures if isinstance(e, Measure) and e.longer}
        return [
            self._renamed(e, **self._changed(e)) if isinstance(e, Measure) else self._renamed(e)
            for e in measures
            if e.name not in derived
        ]

    def _changed(self, measure: Measure) -> dict[str, Any]:
        """What a measure names besides, by its other name, and what reads measures, seeing both."""
        named = {each: getattr(measure, each) for each in NAMES}
        changed: dict[str, Any] = {each: self.rename(name) for each, name in named.items() if name}
        if measure.from_measures is not None:
            changed["from_measures"] = _seeing(measure.from_measures)
        return changed

    @hookimpl
    def klantkompas_success_factors(self) -> list[Any]:
        """The factors."""
        return [
            self._renamed(
                each,
                measure=self.rename(each.measure_name),
                still_open=self._said(each.still_open),
            )
            for each in self.built_in.factors
        ]

    @hookimpl
    def klantkompas_classification_rules(self) -> list[Any]:
        """The rules."""
        return [self._renamed(each) for each in self.built_in.rules]

    @hookimpl
    def klantkompas_cues(self) -> list[Any]:
        """The cues."""
        return [self._renamed(each) for each in self.built_in.cues]

    @hookimpl
    def klantkompas_traits(self) -> list[Any]:
        """The traits; the tag that was the name stays a tag."""
        return [
            self._renamed(
                trait,
                tags=(trait.name, *trait.tags),
                signals=tuple(
                    self._renamed(each, fires=_seeing(each.fires), says=self._said(each.says))
                    for each in trait.signals
                ),
            )
            for trait in self.built_in.traits
        ]

    def _said(self, says: str) -> str:
        """What a signal says, with the other names of measures in its places.

        A measure whose cue is left out has no place: the signal never fires.
        """
        there = {each.name for each in self.built_in.measures}
        counted = {each.name for each in (*self.built_in.cues, *self.built_in.traits)}
        places = [place for _, place, _, _ in Formatter().parse(says) if place]
        for place in places:
            inside = [name for name in counted if place.endswith(f"_{name}")]
            whole = place.removeprefix("day_of_").removeprefix("days_of_")
            name = max(inside, key=len) if inside else whole
            other = place.replace(name, self.rename(name))
            new = f"{{{other}}}" if measure_at(place) in there else place
            says = says.replace(f"{{{place}}}", new)
        return says

    @hookimpl
    def klantkompas_lenses(self) -> list[Any]:
        """The lenses."""
        own = {lens.name for lens in self.built_in.lenses}

        def renamed(look: Callable[..., Any]) -> Callable[..., Any]:
            seeing, signature = _seeing(look), inspect.signature(look)
            parameters = signature.parameters.values()
            vars(seeing)["__signature__"] = signature.replace(
                parameters=[
                    each.replace(name=self.rename(each.name)) if each.name in own else each
                    for each in parameters
                ]
            )
            return seeing

        return [self._renamed(each, look=renamed(each.look)) for each in self.built_in.lenses]

    @hookimpl
    def klantkompas_advice(self) -> list[Any]:
        """The advice; that on a trait is on the trait's other name."""
        return [
            self._renamed(each, of=self.rename(each.of) if each.about == "trait" else each.of)
            for each in self.built_in.advice
        ]


def loopback_compass() -> Compass:
    """Make a compass of nothing that is built in, and the loopback plugin instead."""
    built_in = Compass(installed=False).declarations
    return Compass([Loopback(built_in)], installed=False, block=BUILT_IN)


def _through(
    plugins: tuple[Any, ...] = (),
    *,
    block: frozenset[str] = frozenset(),
    leave_out: frozenset[str] = frozenset(),
    **options: Any,
) -> Declarations:
    """Collect as the compass does, but what is built in through the loopback plugin."""
    everything = collect(installed=False, block=block & {*BUILT_IN})
    leavable = {
        each.name
        for family in ("factors", "rules", "cues", "traits", "benchmarks", "advice")
        for each in getattr(everything, family)
    }
    left = collect(installed=False, block=block & {*BUILT_IN}, leave_out=leave_out & leavable)
    return collect(
        (Loopback(left, rename=str), *plugins),
        block=block | {*BUILT_IN},
        leave_out=leave_out - leavable,
        **options,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have every compass collect through the loopback plugin."""
    root.collect = _through  # type: ignore[assignment]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print so at the end."""
    terminalreporter.write_line("All of it through the loopback plugin")
