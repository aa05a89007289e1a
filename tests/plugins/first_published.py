"""A plugin as it was first published, kept as it is: it must go on working, without a warning.

Do not bring it up to date. Where a version breaks it on purpose, the changelog says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from klantkompas import (
    Advice,
    AtLeast,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    ReportSection,
    SuccessFactor,
    Tally,
    Trait,
    hookimpl,
    lens,
    measure,
)
from klantkompas.hooks import Benchmark, Paragraph, Signal, mentions


@measure(unit="orders")
def early_orders(period: Any) -> Any:
    """Orders in the period, as a plugin counts them."""
    return period.during("orders").count()


@lens(question="How many customers have a class?")
def with_a_class(measures: Any, classes: Any) -> int:
    return sum(classes.counts().values())


@hookimpl
def klantkompas_measures() -> list[Any]:
    twice = Measure(
        name="early_twice",
        from_measures=lambda measures: 2 * measures["early_orders"],
        unit="orders",
        describes="twice the orders",
    )
    days = Tally(
        name="early_days", of=lambda period: {("all",): 1}, keys=("day",), describes="days"
    )
    return [early_orders, twice, days]


@hookimpl
def klantkompas_success_factors() -> list[SuccessFactor]:
    return [
        SuccessFactor(
            name="early_bird", measure="early_orders", criterion=AtLeast(3), title="orders early"
        )
    ]


@hookimpl
def klantkompas_classification_rules() -> list[ClassificationRule]:
    return [
        ClassificationRule(
            name="early_star",
            label="Star",
            when=lambda card: card.shortlisted & (card["early_orders"] >= 3),
            because="so says the plugin",
            priority=50,
            above="A",
        )
    ]


@hookimpl
def klantkompas_cues() -> list[Cue]:
    return [
        Cue(name="early_cue", fires=mentions("early"), describes="says early", extraversion=0.5)
    ]


@hookimpl
def klantkompas_traits() -> list[Trait]:
    signal = Signal(
        name="early_sign",
        fires=lambda measures: np.where(np.isnan(measures["early_orders"]), np.nan, 1.0),
        says="They order early.",
    )
    return [Trait(name="early_trait", title="They are early.", signals=(signal,), tags=("vroeg",))]


@hookimpl
def klantkompas_lenses() -> list[Lens]:
    return [with_a_class]


@hookimpl
def klantkompas_benchmarks() -> list[Benchmark]:
    return []


@hookimpl
def klantkompas_report_sections() -> list[ReportSection]:
    return [
        ReportSection(
            name="early_section", title="Early", show=lambda reading: [Paragraph("Early.")]
        )
    ]


@hookimpl
def klantkompas_advice() -> list[Advice]:
    return [Advice(name="early_advice", about="class", of="Star", text="Send flowers.")]
