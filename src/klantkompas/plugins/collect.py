"""Collecting what plugins declare, the built-in ones among them: each name once, and looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from attrs import Attribute, evolve, field, fields, frozen

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.classification.order import class_order
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Advice,
    Catalogue,
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
)
from klantkompas.hooks.benchmarks import Benchmark
from klantkompas.hooks.checks import HasName
from klantkompas.hooks.declaration import kind_of
from klantkompas.plugins.cue_counts import measures_of_cue
from klantkompas.plugins.discover import Examined, examine
from klantkompas.plugins.found import HOOKS
from klantkompas.plugins.needs import in_order_of_need
from klantkompas.plugins.provenance import Provenance
from klantkompas.plugins.references import look_up
from klantkompas.plugins.tag_counts import measure_of_trait

__all__ = ["Declarations", "collect"]

NOT_REMOVABLE = (InteractionKind, Measure, Tally, Lens)
"""What cannot be left out by name, as others build on it."""


def _from_hook(name: str) -> Any:
    return field(metadata={"hook": f"klantkompas_{name}"})


@frozen(kw_only=True)
class Declarations:
    """Everything that the plugins declare; each name of a kind occurs once.

    Args:
        kinds: the kinds of interaction.
        export_shapes: the shapes of exports.
        measures: the measures and tallies.
        factors: the success factors.
        rules: the classification rules.
        cues: the cues; `measures` has for each one that counts its firings.
        traits: the traits; `measures` has for each one that counts its tags.
        lenses: the lenses, each after those that it needs.
        benchmarks: the benchmarks: Net Promoter Scores of others.
        report_sections: the sections of the report.
        advice: the advice.
        catalogues: translations of what plugins say.
        provenance: which plugin declared what.
    """

    kinds: tuple[InteractionKind, ...] = _from_hook("interaction_kinds")
    export_shapes: tuple[ExportShape, ...] = _from_hook("export_shapes")
    measures: tuple[Measure | Tally, ...] = _from_hook("measures")
    factors: tuple[SuccessFactor, ...] = _from_hook("success_factors")
    rules: tuple[ClassificationRule, ...] = _from_hook("classification_rules")
    cues: tuple[Cue, ...] = _from_hook("cues")
    traits: tuple[Trait, ...] = _from_hook("traits")
    lenses: tuple[Lens, ...] = _from_hook("lenses")
    benchmarks: tuple[Benchmark, ...] = _from_hook("benchmarks")
    report_sections: tuple[ReportSection, ...] = _from_hook("report_sections")
    advice: tuple[Advice, ...] = _from_hook("advice")
    catalogues: tuple[Catalogue, ...] = _from_hook("catalogues")
    provenance: Provenance

    def of_plugin(self, name: str) -> tuple[HasName, ...]:
        """Return everything that one plugin declares, with the measures that this adds.

        Args:
            name: the name of the plugin.
        """
        every = [each for family in FAMILIES.values() for each in getattr(self, family)]
        whose = self.provenance.declared
        return tuple(e for e in every if whose[kind_of(type(e)), e.name].name == name)


_FIELDS: tuple[Attribute[Any], ...] = fields(Declarations)
FAMILIES = {each.metadata["hook"]: each.name for each in _FIELDS if "hook" in each.metadata}
"""The hooks, and what `Declarations` calls what they declare."""


class _Collected:
    """Declarations by hook, each name once."""

    def __init__(self) -> None:
        self.declared: dict[str, list[HasName]] = {hook: [] for hook in FAMILIES}
        self.whose: dict[tuple[str, str], Plugin] = {}
        self._first: dict[tuple[str, str], Plugin] = {}
        self._signed: dict[int, tuple[Measure, Measure]] = {}

    def add(self, hook: str, declared: Any, plugin: Plugin) -> Any:
        """Add a declaration, signed by its plugin; a measure that is there stays as it is."""
        if id(declared) in self._signed:
            return self._signed[id(declared)][1]
        kind, name = kind_of(type(declared)), declared.name
        if (hook, name) in self._first:
            raise PluginError(
                told(
                    "the {kind} {name} is declared by the plugin {first} and by the "
                    "plugin {plugin}; rename one of them, or leave one out",
                    kind=kind,
                    name=repr(name),
                    first=self._first[hook, name],
                    plugin=plugin,
                )
            )
        signed: Any = declared
        if isinstance(declared, SuccessFactor) and isinstance(declared.measure, Measure):
            measure = self.add("klantkompas_measures", declared.measure, plugin)
            signed = evolve(declared, plugin=plugin, measure=measure)
        elif isinstance(declared, Declaration) and declared.plugin != plugin:
            signed = evolve(declared, plugin=plugin)
        if isinstance(declared, Measure):
            self._signed[id(declared)] = declared, signed
        self._first[hook, name] = self.whose[kind, name] = plugin
        self.declared[hook].append(signed)
        for measure in _measures_with(signed):
            self.add("klantkompas_measures", measure, plugin)
        return signed

    def in_order(self, hook: str) -> tuple[Any, ...]:
        """Return what is declared, by priority and name."""
        ranked = any(hasattr(kind, "priority") for kind in HOOKS[hook])
        by = attrgetter("priority", "name") if ranked else attrgetter("name")
        return tuple(sorted(self.declared[hook], key=by))

    def copy(self) -> _Collected:
        """Return the same, to which more can be added."""
        copied = _Collected()
        copied.declared = {hook: [*every] for hook, every in self.declared.items()}
        copied.whose, copied._first = {**self.whose}, {**self._first}
        copied._signed = {**self._signed}
        return copied


@cache
def _built_in() -> _Collected:
    """Collect what is built in, once for all compasses that leave nothing of it out."""
    collected = _Collected()
    for hook, each, plugin in _every(examine(installed=False)):
        collected.add(hook, each, plugin)
    return collected


def collect(
    plugins: Sequence[object] = (),
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
        Everything that the plugins declare, sorted by priorities, needs and names only, so not by
        the order in which plugins are found.

    Raises:
        PluginError: a plugin cannot be imported, declares something unknown or of the wrong type, a
            name that another one declares too, or refers to a name that nobody declares.
    """
    examined = examine(plugins, installed=installed, block=block, on_broken=on_broken)
    every = _every(examined) if leave_out else ()
    leavable = {each.name: each for _, each, plugin in every if _leavable(each, plugin)}
    whole = not block and not leave_out
    collected = _built_in().copy() if whole else _Collected()
    for hook, each, plugin in _every(examined):
        there = whole and plugin.origin == "built-in"
        if not (there or (each.name in leave_out and _leavable(each, plugin))):
            collected.add(hook, each, plugin)
    _check_left_out(leave_out - leavable.keys(), leavable, collected.whose)
    families = {family: collected.in_order(hook) for hook, family in FAMILIES.items()}
    place = {kind.name: at for at, kind in enumerate(BUILT_IN_KINDS)}
    families["kinds"] = tuple(
        sorted(families["kinds"], key=lambda kind: place.get(kind.name, len(place)))
    )
    families["lenses"] = in_order_of_need(families["lenses"])
    about = _left_out([leavable[name] for name in leave_out], families["rules"])
    families["advice"] = tuple(
        each for each in families["advice"] if (each.about, each.of) not in about
    )
    provenance = Provenance(tuple(each.plugin for each in examined), collected.whose)
    found = Declarations(**families, provenance=provenance)
    look_up(
        kinds=found.kinds,
        export_shapes=found.export_shapes,
        measures=found.measures,
        factors=found.factors,
        rules=found.rules,
        traits=found.traits,
        advice=found.advice,
    )
    return found


def _measures_with(declared: object) -> Iterator[Measure]:
    """Yield the measures that a declaration brings: a longer look, counts of firings or tags."""
    match declared:
        case Measure(longer=Measure() as longer):
            yield longer
        case Cue():
            yield from measures_of_cue(declared)
        case Trait():
            yield measure_of_trait(declared)


def _left_out(
    left_out: Sequence[object], rules: Sequence[ClassificationRule]
) -> set[tuple[str, str]]:
    """Return what advice can be about and was left out: its advice goes with it."""
    traits = {("trait", each.name) for each in left_out if isinstance(each, Trait)}
    classes = {("class", each.label) for each in left_out if isinstance(each, ClassificationRule)}
    return traits | classes - {("class", label) for label in class_order(rules)}


def _every(examined: Sequence[Examined]) -> Iterable[tuple[str, HasName, Plugin]]:
    for one in examined:
        for hook, every in one.declared.items():
            yield from ((hook, each, one.plugin) for each in every)


def _leavable(declared: object, plugin: Plugin) -> bool:
    return plugin.origin != "given" and not isinstance(declared, NOT_REMOVABLE)


def _check_left_out(
    unknown: Iterable[str], leavable: Iterable[str], declared: dict[tuple[str, str], Plugin]
) -> None:
    for name in sorted(unknown):
        whose = " and ".join(
            f"the {kind} of the plugin {plugin}"
            for (kind, known), plugin in declared.items()
            if known == name
        )
        why = (
            f", {whose}: what is given stays, and so do kinds, measures and lenses" if whose else ""
        )
        raise PluginError(
            told("leave_out names {name}{why}", name=repr(name), why=why),
            remedy=nearest(name, leavable),
        )
