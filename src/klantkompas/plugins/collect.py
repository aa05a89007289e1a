"""Collecting what plugins declare, the built-in ones among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from klantkompas.domain.benchmarks import Benchmark
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.errors import PluginError, nearest
from klantkompas.hooks import (
    Advice,
    ClassificationRule,
    Cue,
    Declaration,
    Lens,
    Measure,
    Plugin,
    ReportSection,
    SuccessFactor,
    Tally,
    Trait,
    describe,
)
from klantkompas.hooks.declaration import kind_of
from klantkompas.plugins.cue_counts import measures_of_cues
from klantkompas.plugins.discover import GROUP, Examined, examine
from klantkompas.plugins.provenance import Provenance
from klantkompas.plugins.tag_counts import measures_of_traits
from klantkompas.plugins.validate import TYPES

__all__ = ["GROUP", "Declarations", "collect"]

FAMILIES = {
    "klantkompas_interaction_kinds": "kinds",
    "klantkompas_measures": "measures",
    "klantkompas_success_factors": "factors",
    "klantkompas_classification_rules": "rules",
    "klantkompas_cues": "cues",
    "klantkompas_traits": "traits",
    "klantkompas_lenses": "lenses",
    "klantkompas_benchmarks": "benchmarks",
    "klantkompas_report_sections": "report_sections",
    "klantkompas_advice": "advice",
}
"""The hooks, and what `Declarations` calls what they declare."""
NOT_REMOVABLE = (InteractionKind, Measure, Tally, Lens)
"""What cannot be left out by name, as others build on it."""


@frozen(kw_only=True)
class Declarations:
    """Everything that plugins declared, each name once.

    Args:
        kinds: the kinds of interaction.
        measures: the measures and tallies.
        factors: the success factors.
        rules: the classification rules.
        cues: the cues; the measures count their firings.
        traits: the traits; the measures count their tags.
        lenses: the lenses.
        benchmarks: Net Promoter Scores of others.
        report_sections: the sections of the report.
        advice: the advice.
        provenance: which plugin declared what.
    """

    kinds: tuple[InteractionKind, ...]
    measures: tuple[Measure | Tally, ...]
    factors: tuple[SuccessFactor, ...]
    rules: tuple[ClassificationRule, ...]
    cues: tuple[Cue, ...]
    traits: tuple[Trait, ...]
    lenses: tuple[Lens, ...]
    benchmarks: tuple[Benchmark, ...]
    report_sections: tuple[ReportSection, ...]
    advice: tuple[Advice, ...]
    provenance: Provenance

    def of_plugin(self, name: str) -> tuple[Any, ...]:
        """Give everything that a plugin declares, with the measures that this brings along."""
        every = [each for family in FAMILIES.values() for each in getattr(self, family)]
        whose = self.provenance.declared
        return tuple(e for e in every if whose[kind_of(type(e)), e.name].name == name)


class _Collected:
    """Declarations by hook, each name once."""

    def __init__(self) -> None:
        self.declared: dict[str, list[Any]] = {hook: [] for hook in TYPES}
        self.whose: dict[tuple[str, str], Plugin] = {}
        self._first: dict[tuple[str, str], Plugin] = {}
        self._signed: dict[int, tuple[Measure, Any]] = {}

    def add(self, hook: str, declared: Any, plugin: Plugin) -> Any:
        """Add a declaration, signed by its plugin; a measure that is there stays as it is."""
        if id(declared) in self._signed:
            return self._signed[id(declared)][1]
        kind, name = kind_of(type(declared)), declared.name
        if (hook, name) in self._first:
            raise PluginError(
                f"the {kind} {name!r} is declared by the plugin {self._first[hook, name]} and by "
                f"the plugin {plugin}; rename one of them, or leave one out"
            )
        signed: Any = declared
        if isinstance(declared, SuccessFactor) and isinstance(declared.measure, Measure):
            measure = self.add("klantkompas_measures", declared.measure, plugin)
            signed = evolve(declared, plugin=plugin, measure=measure)
        elif isinstance(declared, Declaration):
            signed = evolve(declared, plugin=plugin)
        if isinstance(declared, Measure):
            self._signed[id(declared)] = declared, signed
        self._first[hook, name] = self.whose[kind, name] = plugin
        self.declared[hook].append(signed)
        return signed

    def count(self, hook: str, measures_of: Callable[[Sequence[Any]], Sequence[Measure]]) -> None:
        """Add the measures that count the firings of cues, or the tags of traits."""
        every = self.declared[hook]
        for each, measure in zip(every, measures_of(every), strict=True):
            self.add("klantkompas_measures", measure, each.plugin)

    def in_order(self, hook: str) -> tuple[Any, ...]:
        """Give what is declared, by priority and name."""
        every = self.declared[hook]
        return tuple(sorted(every, key=lambda each: (getattr(each, "priority", 0), each.name)))


def collect(
    plugins: Sequence[Any] = (),
    *,
    installed: bool = True,
    block: frozenset[str] = frozenset(),
    leave_out: frozenset[str] = frozenset(),
    on_broken: str = "raise",
) -> Declarations:
    """Collect the declarations of the built-in, the installed and the given plugins.

    Args:
        plugins: modules or objects with `hookimpl` functions, or bare declarations.
        installed: whether to look for installed plugins.
        block: names of installed (or built-in) plugins that are left out; installed ones are not
            even imported.
        leave_out: names of declarations of built-in and installed plugins that are left out.
        on_broken: ``"raise"``, or ``"skip"`` for installed plugins that cannot be used: nothing of
            such a plugin is taken. A given plugin that cannot be used is an error all the same, and
            so is a name that two plugins declare.

    Returns:
        What they declare, in an order that depends on priorities and names only.

    Raises:
        PluginError: a plugin cannot be imported, declares something unknown or of the wrong type,
            or a name that another one declares too.
    """
    examined = examine(plugins, installed=installed, block=block, on_broken=on_broken)
    collected = _Collected()
    leavable: set[str] = set()
    for each in examined:
        for hook, declared in _kept(each, leave_out, leavable):
            collected.add(hook, declared, each.plugin)
    for name in sorted(leave_out - leavable):
        whose = " and ".join(
            f"the {kind} of the plugin {plugin}"
            for (kind, known), plugin in collected.whose.items()
            if known == name
        )
        why = (
            f", {whose}: what is given stays, and so do kinds, measures and lenses" if whose else ""
        )
        raise PluginError(f"leave_out names {name!r}{why}. {nearest(name, leavable)}")
    collected.count("klantkompas_cues", measures_of_cues)
    collected.count("klantkompas_traits", measures_of_traits)
    families = {family: collected.in_order(hook) for hook, family in FAMILIES.items()}
    families["kinds"] = _kinds_in_order(families["kinds"])
    provenance = Provenance(tuple(each.plugin for each in examined), collected.whose)
    found = Declarations(**families, provenance=provenance)
    _check_measures(found)
    return found


def _kept(
    examined: Examined, leave_out: frozenset[str], leavable: set[str]
) -> Iterable[tuple[str, Any]]:
    for hook, every in examined.declared.items():
        for declared in every:
            if examined.plugin.origin != "given" and not isinstance(declared, NOT_REMOVABLE):
                leavable.add(declared.name)
                if declared.name in leave_out:
                    continue
            yield hook, declared


def _check_measures(found: Declarations) -> None:
    known = {each.name for each in found.measures if isinstance(each, Measure)}
    for factor in found.factors:
        if factor.measure_name not in known:
            raise PluginError(
                f"{describe(factor)} needs the measure {factor.measure_name!r}, which is not "
                f"there. {nearest(factor.measure_name, known)}"
            )


def _kinds_in_order(kinds: Sequence[InteractionKind]) -> tuple[InteractionKind, ...]:
    built_in = [kind for kind in BUILT_IN_KINDS if kind in kinds]
    return (*built_in, *(kind for kind in kinds if kind not in BUILT_IN_KINDS))
