"""Collecting what plugins declare, the built-in ones among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy
from attrs import frozen

from klantkompas import cues, factors, hooks, lenses, measures, rules, traits
from klantkompas.compass.firings import measures_of_cues
from klantkompas.compass.tagging import measures_of_traits
from klantkompas.domain.benchmarks import BENCHMARKS, Benchmark
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.errors import PluginError, nearest
from klantkompas.hooks import (
    Advice,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    ReportSection,
    SuccessFactor,
    Tally,
    Trait,
)

__all__ = ["Declarations", "collect"]

GROUP = "klantkompas"
"""The entry-point group in which installed plugins are found."""


class _BuiltInNouns:
    """The kinds of interaction and the benchmarks, declared as a plugin declares its own."""

    @hooks.hookimpl
    def klantkompas_interaction_kinds(self) -> Sequence[InteractionKind]:
        """Declare the built-in kinds."""
        return BUILT_IN_KINDS

    @hooks.hookimpl
    def klantkompas_benchmarks(self) -> Sequence[Benchmark]:
        """Declare the built-in benchmarks."""
        return BENCHMARKS


BUILT_IN = {
    "klantkompas.domain": _BuiltInNouns(),
    "klantkompas.measures": measures,
    "klantkompas.factors": factors,
    "klantkompas.rules": rules,
    "klantkompas.cues": cues,
    "klantkompas.traits": traits,
    "klantkompas.lenses": lenses,
}
TYPES: dict[str, tuple[type[Any], ...]] = {
    "klantkompas_interaction_kinds": (InteractionKind,),
    "klantkompas_measures": (Measure, Tally),
    "klantkompas_success_factors": (SuccessFactor,),
    "klantkompas_classification_rules": (ClassificationRule,),
    "klantkompas_cues": (Cue,),
    "klantkompas_traits": (Trait,),
    "klantkompas_lenses": (Lens,),
    "klantkompas_benchmarks": (Benchmark,),
    "klantkompas_report_sections": (ReportSection,),
    "klantkompas_advice": (Advice,),
}


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
        plugin_of: by ``"hook:name"``, which plugin declared it.
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
    plugin_of: dict[str, str]


def _distribution(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "unknown distribution"


def _installed(block: frozenset[str]) -> Iterable[tuple[str, Any, str]]:
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in block:
            continue
        try:
            yield entry.name, entry.load(), _distribution(entry)
        except Exception as cause:
            raise PluginError(
                f"the plugin {entry.name!r} ({_distribution(entry)}) cannot be imported: "
                f"{type(cause).__name__}: {cause}. Mend it, or leave it out with "
                f'Compass(block={{"{entry.name}"}})'
            ) from cause


def _name_of(plugin: Any) -> str:
    return str(getattr(plugin, "__name__", None) or type(plugin).__name__)


def _register(manager: pluggy.PluginManager, plugin: Any, name: str, whose: str) -> None:
    try:
        registered = manager.register(plugin, name)
        manager.check_pending()
    except pluggy.PluginValidationError as cause:
        raise PluginError(f"the plugin {whose}: {cause}") from cause
    except ValueError as cause:
        raise PluginError(f"the plugin {whose} is given twice") from cause
    if registered is not None and not manager.get_hookcallers(plugin):
        raise PluginError(
            f"the plugin {whose} declares nothing: mark its functions with @hookimpl and call them "
            f"{', '.join(TYPES)}"
        )


def collect(
    plugins: Sequence[Any] = (),
    *,
    installed: bool = True,
    block: frozenset[str] = frozenset(),
    leave_out: frozenset[str] = frozenset(),
) -> Declarations:
    """Collect the declarations of the built-in, the installed and the given plugins.

    Args:
        plugins: modules or objects with `hookimpl` functions.
        installed: whether to look for installed plugins.
        block: names of installed plugins that are not even imported.
        leave_out: names of success factors, rules, cues and traits of built-in and installed
            plugins that are left out.

    Returns:
        What they declare, in an order that depends on names only.

    Raises:
        PluginError: a plugin cannot be imported, declares something unknown or of the wrong type,
            or a name that another one declares too.
    """
    manager = pluggy.PluginManager("klantkompas")
    manager.add_hookspecs(hooks)
    whose: dict[str, str] = {}
    found = [(name, plugin, name) for name, plugin in BUILT_IN.items()]
    if installed:
        found += [(n, plugin, f"{n!r} ({dist})") for n, plugin, dist in _installed(block)]
    given = [(f"given:{_name_of(p)}:{at}", p, repr(_name_of(p))) for at, p in enumerate(plugins)]
    for name, plugin, description in (*found, *given):
        whose[name] = description
        _register(manager, plugin, name, description)
    plugin_of: dict[str, str] = {}
    leaving = _Leaving(leave_out, frozenset(whose) - {name for name, _, _ in given})
    declared = {hook: _declared(manager, hook, whose, plugin_of, leaving) for hook in TYPES}
    leaving.check()
    return Declarations(
        kinds=_kinds_in_order(declared["klantkompas_interaction_kinds"]),
        measures=_by_name(
            [
                *declared["klantkompas_measures"],
                *_measures_of(declared["klantkompas_success_factors"], plugin_of),
                *_counting("klantkompas_cues", declared, plugin_of, measures_of_cues),
                *_counting("klantkompas_traits", declared, plugin_of, measures_of_traits),
            ]
        ),
        factors=_by_name(declared["klantkompas_success_factors"]),
        rules=_by_name(declared["klantkompas_classification_rules"]),
        cues=_by_name(declared["klantkompas_cues"]),
        traits=_by_name(declared["klantkompas_traits"]),
        lenses=_by_name(declared["klantkompas_lenses"]),
        benchmarks=_by_name(declared["klantkompas_benchmarks"]),
        report_sections=_by_name(declared["klantkompas_report_sections"]),
        advice=_by_name(declared["klantkompas_advice"]),
        plugin_of=plugin_of,
    )


class _Leaving:
    """Leaves out declarations by name, and finds names that nothing bears."""

    def __init__(self, names: frozenset[str], plugins: frozenset[str]) -> None:
        self.names, self.plugins = names, plugins
        self.known: set[str] = set()

    def out(self, plugin: str, declared: Any) -> bool:
        """Whether what a plugin declares is left out."""
        if plugin not in self.plugins or not isinstance(
            declared, (SuccessFactor, ClassificationRule, Cue, Trait)
        ):
            return False
        self.known.add(declared.name)
        return declared.name in self.names

    def check(self) -> None:
        """Refuse a name that nothing bears."""
        for name in sorted(self.names - self.known):
            raise PluginError(f"leave_out names {name!r}. {nearest(name, self.known)}")


def _declared(
    manager: pluggy.PluginManager,
    hook: str,
    whose: dict[str, str],
    plugin_of: dict[str, str],
    leaving: _Leaving,
) -> list[Any]:
    declared = []
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        plugin = whose[implementation.plugin_name]
        try:
            given: tuple[Any, ...] = tuple(implementation.function())
        except Exception as cause:
            raise PluginError(
                f"the plugin {plugin}: {hook}() failed: {type(cause).__name__}: {cause}"
            ) from cause
        for each in given:
            if not isinstance(each, TYPES[hook]):
                expected = " or ".join(t.__name__ for t in TYPES[hook])
                raise PluginError(
                    f"the plugin {plugin}: {hook}() must return {expected} declarations, not "
                    f"{type(each).__name__}"
                )
            if leaving.out(implementation.plugin_name, each):
                continue
            _declare_once(plugin_of, f"{hook}:{each.name}", plugin)
            declared.append(each)
    return declared


def _measures_of(factors: Iterable[SuccessFactor], plugin_of: dict[str, str]) -> list[Measure]:
    """Find the measures that factors bring along, each once."""
    own: dict[int, Measure] = {}
    for factor in factors:
        measure = factor.measure
        if isinstance(measure, Measure) and id(measure) not in own:
            own[id(measure)] = measure
            plugin = plugin_of[f"klantkompas_success_factors:{factor.name}"]
            _declare_once(plugin_of, f"klantkompas_measures:{measure.name}", plugin)
    return list(own.values())


def _counting(
    hook: str,
    declared: Mapping[str, list[Any]],
    plugin_of: dict[str, str],
    measures_of: Callable[[Sequence[Any]], Sequence[Measure]],
) -> Sequence[Measure]:
    """Make the measures that count the firings of cues, or the tags of traits."""
    for each in declared[hook]:
        plugin = plugin_of[f"{hook}:{each.name}"]
        _declare_once(plugin_of, f"klantkompas_measures:{each.measure_name}", plugin)
    return measures_of(declared[hook])


def _declare_once(plugin_of: dict[str, str], key: str, plugin: str) -> None:
    if key in plugin_of:
        raise PluginError(
            f"{key.partition(':')[2]!r} is declared by the plugin {plugin_of[key]} and by the "
            f"plugin {plugin}; rename one of them"
        )
    plugin_of[key] = plugin


def _by_name(declared: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sorted({id(each): each for each in declared}.values(), key=lambda each: each.name))


def _kinds_in_order(kinds: Sequence[InteractionKind]) -> tuple[InteractionKind, ...]:
    own = sorted(set(kinds) - set(BUILT_IN_KINDS), key=lambda kind: kind.name)
    return (*BUILT_IN_KINDS, *own)
