"""A compass for your customers: who fits best and why, whether 80/20 holds, and what the NPS is.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> reading.classes.label("a")
'A'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klantkompas.classification.classify import Classification
    from klantkompas.classification.scorecard import Scorecard
    from klantkompas.classification.why import Why
    from klantkompas.cluster import SparkMeasures, measure_in_parts, measure_on_spark
    from klantkompas.compass import Compass, Profile, Reading
    from klantkompas.cues.capital_sentences import capital_sentences
    from klantkompas.domain.buying_reasons import BuyingReason
    from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Cutoff, TopShare
    from klantkompas.domain.customers import Customer, CustomerKind, Stage
    from klantkompas.domain.field_source import Heading
    from klantkompas.domain.interactions import (
        BUILT_IN_KINDS,
        Complaint,
        Contact,
        Departure,
        InteractionKind,
        Invoice,
        Offer,
        Order,
        Purpose,
        Response,
    )
    from klantkompas.domain.nominations import Nomination
    from klantkompas.domain.overrides import Override
    from klantkompas.domain.steps import StepTaken
    from klantkompas.errors import (
        ArgumentError,
        DataError,
        HistoryError,
        KlantkompasError,
        MissingExtraError,
        PluginError,
        SettingsError,
    )
    from klantkompas.history import History
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
        Unanswered,
        cue,
        hookimpl,
        lens,
        measure,
        report_section,
        rule,
        success_factor,
        tally,
    )
    from klantkompas.io.mapping_file import read_mapping
    from klantkompas.io.sources.limits import Limits
    from klantkompas.lenses.classes import classify
    from klantkompas.lenses.colours import colours
    from klantkompas.lenses.contribution import whale_curve
    from klantkompas.lenses.departures import reason_gap
    from klantkompas.lenses.drivers import averaged_over_orderings, relative_weights
    from klantkompas.lenses.fit import fit_of
    from klantkompas.lenses.fronts import dominated_by, non_dominated_ranks
    from klantkompas.lenses.memory import peak_and_end
    from klantkompas.lenses.nps import SurveyScore
    from klantkompas.lenses.pareto import ParetoRanking, pareto_ranking
    from klantkompas.lenses.scorecard import count_success_factors
    from klantkompas.portfolio import Measures, Period, Portfolio, Rows
    from klantkompas.portfolio.export_report import ExportReport
    from klantkompas.portfolio.inspecting import inspect_export
    from klantkompas.report import report_html, write_report
    from klantkompas.report.filled_in import read_workbook
    from klantkompas.report.letter import Letter, letter
    from klantkompas.report.list_files import write_lists
    from klantkompas.report.workbook import write_workbook
    from klantkompas.reviews.almost import almost_list
    from klantkompas.reviews.compare import Review, compare_reviews
    from klantkompas.reviews.guard import guard_list
    from klantkompas.reviews.ledger import LetGo
    from klantkompas.reviews.letting_go import LettingGoPlan, plan_letting_go
    from klantkompas.reviews.overdue import overdue_list
    from klantkompas.reviews.put_right import put_right_list
    from klantkompas.reviews.stability import stability_of
    from klantkompas.reviews.watch import watch_list
    from klantkompas.reviews.work_lists import WorkLists, work_lists
    from klantkompas.settings import Settings
    from klantkompas.stats import NetPromoterScore, net_promoter_score, paired_nps_difference
    from klantkompas.wording.notes import DataNote
    from klantkompas.wording.schema import schema_of
else:
    from klantkompas._lazy_names import lazy_names

    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "classification.classify": ("Classification",),
            "classification.scorecard": ("Scorecard",),
            "classification.why": ("Why",),
            "cluster": ("SparkMeasures", "measure_in_parts", "measure_on_spark"),
            "compass": ("Compass", "Profile", "Reading"),
            "cues.capital_sentences": ("capital_sentences",),
            "domain.buying_reasons": ("BuyingReason",),
            "domain.criteria": ("AtLeast", "AtLeastOverall", "AtMost", "Cutoff", "TopShare"),
            "domain.customers": ("Customer", "CustomerKind", "Stage"),
            "domain.field_source": ("Heading",),
            "domain.interactions": (
                "BUILT_IN_KINDS",
                "Complaint",
                "Contact",
                "Departure",
                "InteractionKind",
                "Invoice",
                "Offer",
                "Order",
                "Purpose",
                "Response",
            ),
            "domain.nominations": ("Nomination",),
            "domain.overrides": ("Override",),
            "domain.steps": ("StepTaken",),
            "errors": (
                "ArgumentError",
                "DataError",
                "HistoryError",
                "KlantkompasError",
                "MissingExtraError",
                "PluginError",
                "SettingsError",
            ),
            "history": ("History",),
            "hooks": (
                "Advice",
                "ClassificationRule",
                "Cue",
                "Lens",
                "Measure",
                "ReportSection",
                "SuccessFactor",
                "Tally",
                "Trait",
                "Unanswered",
                "cue",
                "hookimpl",
                "lens",
                "measure",
                "report_html",
                "report_section",
                "rule",
                "success_factor",
                "tally",
            ),
            "io.mapping_file": ("read_mapping",),
            "io.sources.limits": ("Limits",),
            "lenses.classes": ("classify",),
            "lenses.colours": ("colours",),
            "lenses.contribution": ("whale_curve",),
            "lenses.departures": ("reason_gap",),
            "lenses.drivers": ("averaged_over_orderings", "relative_weights"),
            "lenses.fit": ("fit_of",),
            "lenses.fronts": ("dominated_by", "non_dominated_ranks"),
            "lenses.memory": ("peak_and_end",),
            "lenses.nps": ("SurveyScore",),
            "lenses.pareto": ("ParetoRanking", "pareto_ranking"),
            "lenses.scorecard": ("count_success_factors",),
            "portfolio": ("Measures", "Period", "Portfolio", "Rows"),
            "portfolio.export_report": ("ExportReport",),
            "portfolio.inspecting": ("inspect_export",),
            "report": ("report_html", "write_report"),
            "report.filled_in": ("read_workbook",),
            "report.letter": ("Letter", "letter"),
            "report.list_files": ("write_lists",),
            "report.workbook": ("write_workbook",),
            "reviews.almost": ("almost_list",),
            "reviews.compare": ("Review", "compare_reviews"),
            "reviews.guard": ("guard_list",),
            "reviews.ledger": ("LetGo",),
            "reviews.letting_go": ("LettingGoPlan", "plan_letting_go"),
            "reviews.overdue": ("overdue_list",),
            "reviews.put_right": ("put_right_list",),
            "reviews.stability": ("stability_of",),
            "reviews.watch": ("watch_list",),
            "reviews.work_lists": ("WorkLists", "work_lists"),
            "settings": ("Settings",),
            "stats": ("NetPromoterScore", "net_promoter_score", "paired_nps_difference"),
            "wording.notes": ("DataNote",),
            "wording.schema": ("schema_of",),
        },
    )

__all__ = [
    "BUILT_IN_KINDS",
    "Advice",
    "ArgumentError",
    "AtLeast",
    "AtLeastOverall",
    "AtMost",
    "BuyingReason",
    "Classification",
    "ClassificationRule",
    "Compass",
    "Complaint",
    "Contact",
    "Cue",
    "Customer",
    "CustomerKind",
    "Cutoff",
    "DataError",
    "DataNote",
    "Departure",
    "ExportReport",
    "Heading",
    "History",
    "HistoryError",
    "InteractionKind",
    "Invoice",
    "KlantkompasError",
    "Lens",
    "LetGo",
    "Letter",
    "LettingGoPlan",
    "Limits",
    "Measure",
    "Measures",
    "MissingExtraError",
    "NetPromoterScore",
    "Nomination",
    "Offer",
    "Order",
    "Override",
    "ParetoRanking",
    "Period",
    "PluginError",
    "Portfolio",
    "Profile",
    "Purpose",
    "Reading",
    "ReportSection",
    "Response",
    "Review",
    "Rows",
    "Scorecard",
    "Settings",
    "SettingsError",
    "SparkMeasures",
    "Stage",
    "StepTaken",
    "SuccessFactor",
    "SurveyScore",
    "Tally",
    "TopShare",
    "Trait",
    "Unanswered",
    "Why",
    "WorkLists",
    "almost_list",
    "averaged_over_orderings",
    "capital_sentences",
    "classify",
    "colours",
    "compare_reviews",
    "count_success_factors",
    "cue",
    "dominated_by",
    "fit_of",
    "guard_list",
    "hookimpl",
    "inspect_export",
    "lens",
    "letter",
    "measure",
    "measure_in_parts",
    "measure_on_spark",
    "net_promoter_score",
    "non_dominated_ranks",
    "overdue_list",
    "paired_nps_difference",
    "pareto_ranking",
    "peak_and_end",
    "plan_letting_go",
    "put_right_list",
    "read_mapping",
    "read_workbook",
    "reason_gap",
    "relative_weights",
    "report_html",
    "report_section",
    "rule",
    "schema_of",
    "stability_of",
    "success_factor",
    "tally",
    "watch_list",
    "whale_curve",
    "work_lists",
    "write_lists",
    "write_report",
    "write_workbook",
]
