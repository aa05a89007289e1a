"""What a plugin declares: the types of its declarations and the hooks that return them.

A plugin is a module or object with functions marked `hookimpl`. A hook takes no arguments and
returns declarations; it computes nothing. Every built-in measure, factor, rule and lens is declared
in this same way.

>>> class Plugin:
...     @hookimpl
...     def klantkompas_success_factors(self):
...         return [
...             SuccessFactor(
...                 name="buys_much", measure="revenue", criterion=AtLeast(1000), title="buys much"
...             )
...         ]
>>> Plugin().klantkompas_success_factors()[0].measure_name
'revenue'
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeast
from klantkompas.domain.export_shape import ExportShape
from klantkompas.hooks.advice import Advice
from klantkompas.hooks.benchmarks import Benchmark
from klantkompas.hooks.blocks import (
    Block,
    Card,
    ClassLabel,
    CustomerName,
    Display,
    Item,
    Items,
    KeyFigure,
    KeyFigures,
    Lines,
    Paragraph,
    Picture,
    Quantity,
    Table,
    Template,
)
from klantkompas.hooks.catalogues import Catalogue
from klantkompas.hooks.cues import Cue, cue, mentions, read_words
from klantkompas.hooks.declaration import (
    PLUGIN_EXCEPTIONS,
    Declaration,
    Plugin,
    describe,
    plugin_failure,
)
from klantkompas.hooks.factors import SuccessFactor, success_factor
from klantkompas.hooks.families import declared_in
from klantkompas.hooks.lenses import Lens, Unanswered, lens
from klantkompas.hooks.measures import Measure, MeasuredValues, Tally, measure, tally
from klantkompas.hooks.rules import ClassificationRule, ScorecardLike, rule
from klantkompas.hooks.sections import ReportSection, report_section
from klantkompas.hooks.specifications import (
    hookimpl,
    hookspec,
    klantkompas_advice,
    klantkompas_benchmarks,
    klantkompas_catalogues,
    klantkompas_classification_rules,
    klantkompas_cues,
    klantkompas_export_shapes,
    klantkompas_interaction_kinds,
    klantkompas_lenses,
    klantkompas_measures,
    klantkompas_report_sections,
    klantkompas_success_factors,
    klantkompas_traits,
)
from klantkompas.hooks.traits import Signal, Trait, signal, tag_word
from klantkompas.wording.sentence import Sentence, sentence
from klantkompas.wording.units import Unit

__all__ = [
    "PLUGIN_EXCEPTIONS",
    "Advice",
    "AtLeast",
    "Benchmark",
    "Block",
    "Card",
    "Catalogue",
    "ClassLabel",
    "ClassificationRule",
    "Cue",
    "CustomerName",
    "Declaration",
    "Display",
    "ExportShape",
    "Item",
    "Items",
    "KeyFigure",
    "KeyFigures",
    "Lens",
    "Lines",
    "Measure",
    "MeasuredValues",
    "Paragraph",
    "Picture",
    "Plugin",
    "Quantity",
    "ReportSection",
    "ScorecardLike",
    "Sentence",
    "Signal",
    "SuccessFactor",
    "Table",
    "Tally",
    "Template",
    "Trait",
    "Unanswered",
    "Unit",
    "cue",
    "declared_in",
    "describe",
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
    "lens",
    "measure",
    "mentions",
    "plugin_failure",
    "read_words",
    "report_section",
    "rule",
    "sentence",
    "signal",
    "success_factor",
    "tag_word",
    "tally",
]
