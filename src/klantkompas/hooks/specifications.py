"""The hooks themselves: functions without arguments that return declarations."""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks.advice import Advice
from klantkompas.hooks.benchmarks import Benchmark
from klantkompas.hooks.catalogues import Catalogue
from klantkompas.hooks.cues import Cue
from klantkompas.hooks.factors import SuccessFactor
from klantkompas.hooks.lenses import Lens
from klantkompas.hooks.measures import Measure, Tally
from klantkompas.hooks.rules import ClassificationRule
from klantkompas.hooks.sections import ReportSection
from klantkompas.hooks.traits import Trait

__all__ = [
    "PROJECT",
    "hookimpl",
    "hookspec",
    "klantkompas_advice",
    "klantkompas_benchmarks",
    "klantkompas_catalogues",
    "klantkompas_classification_rules",
    "klantkompas_cues",
    "klantkompas_export_shapes",
    "klantkompas_interaction_kinds",
    "klantkompas_lenses",
    "klantkompas_measures",
    "klantkompas_report_sections",
    "klantkompas_success_factors",
    "klantkompas_traits",
]


def __dir__() -> list[str]:
    """Return the public names: pluggy looks at each, and need not look at what is imported."""
    return __all__


PROJECT = "klantkompas"
"""What pluggy calls these hooks, and the entry-point group of installed plugins."""

hookspec: pluggy.HookspecMarker = pluggy.HookspecMarker(PROJECT)


hookimpl: pluggy.HookimplMarker = pluggy.HookimplMarker(PROJECT)
"""Marks a plugin's functions."""


@hookspec
def klantkompas_measures() -> Sequence[Measure | Tally]:  # type: ignore[empty-body]
    """Return the measures and tallies that your plugin adds: what it makes known of customers."""


@hookspec
def klantkompas_success_factors() -> Sequence[SuccessFactor]:  # type: ignore[empty-body]
    """Return the success factors that your plugin adds: each is a measure with a criterion."""


@hookspec
def klantkompas_classification_rules() -> Sequence[ClassificationRule]:  # type: ignore[empty-body]
    """Return the rules that your plugin adds: a rule gives a class to active customers."""


@hookspec
def klantkompas_cues() -> Sequence[Cue]:  # type: ignore[empty-body]
    """Return the cues that your plugin adds: signs in messages of how a customer is."""


@hookspec
def klantkompas_traits() -> Sequence[Trait]:  # type: ignore[empty-body]
    """Return the traits that your plugin adds: ways in which customers are demanding."""


@hookspec
def klantkompas_lenses() -> Sequence[Lens]:  # type: ignore[empty-body]
    """Return the lenses that your plugin adds: a lens answers one question from measures."""


@hookspec
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:  # type: ignore[empty-body]
    """Return the advice that your plugin adds: what to do, given what a lens says."""


@hookspec
def klantkompas_export_shapes() -> Sequence[ExportShape]:  # type: ignore[empty-body]
    """Return the layouts of exports (shapes) that your plugin can read: columns and meanings."""


@hookspec
def klantkompas_catalogues() -> Sequence[Catalogue]:  # type: ignore[empty-body]
    """Return the translations of your plugin's texts, a catalogue for each language."""


@hookspec
def klantkompas_benchmarks() -> Sequence[Benchmark]:  # type: ignore[empty-body]
    """Return the benchmarks that your plugin adds: Net Promoter Scores to compare with."""


@hookspec
def klantkompas_report_sections() -> Sequence[ReportSection]:  # type: ignore[empty-body]
    """Return the sections that your plugin adds to the report."""


@hookspec
def klantkompas_advice() -> Sequence[Advice]:  # type: ignore[empty-body]
    """Return the advice that your plugin adds: what to do, given what a lens says."""
