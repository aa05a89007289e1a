"""A compass for your customers: who fits best and why, whether 80/20 holds, and what the NPS is.

>>> from datetime import date
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> reading.classes.label("a")
'A'
"""

from __future__ import annotations

from klantkompas.classification.classify import Classification
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.why import Why
from klantkompas.compass import Compass, Profile, Reading
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Cutoff, TopShare
from klantkompas.domain.customers import Customer, CustomerKind, Stage
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
from klantkompas.domain.notes import DataNote
from klantkompas.domain.overrides import Override
from klantkompas.errors import (
    ArgumentError,
    DataError,
    KlantkompasError,
    MissingExtraError,
    PluginError,
)
from klantkompas.hooks import (
    ClassificationRule,
    Lens,
    Measure,
    SuccessFactor,
    Tally,
    Unanswered,
    hookimpl,
)
from klantkompas.io.headings import Heading
from klantkompas.io.mapping_file import read_mapping
from klantkompas.lenses.classes import classify
from klantkompas.lenses.nps import (
    NetPromoterScore,
    SurveyScore,
    net_promoter_score,
    paired_nps_difference,
)
from klantkompas.lenses.pareto import ParetoRanking, pareto_ranking
from klantkompas.lenses.scorecard import count_success_factors
from klantkompas.portfolio import Measures, Period, Portfolio, Rows
from klantkompas.report import write_report

__all__ = [
    "BUILT_IN_KINDS",
    "ArgumentError",
    "AtLeast",
    "AtLeastOverall",
    "AtMost",
    "Classification",
    "ClassificationRule",
    "Compass",
    "Complaint",
    "Contact",
    "Customer",
    "CustomerKind",
    "Cutoff",
    "DataError",
    "DataNote",
    "Departure",
    "Heading",
    "InteractionKind",
    "Invoice",
    "KlantkompasError",
    "Lens",
    "Measure",
    "Measures",
    "MissingExtraError",
    "NetPromoterScore",
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
    "Response",
    "Rows",
    "Scorecard",
    "Stage",
    "SuccessFactor",
    "SurveyScore",
    "Tally",
    "TopShare",
    "Unanswered",
    "Why",
    "classify",
    "count_success_factors",
    "hookimpl",
    "net_promoter_score",
    "paired_nps_difference",
    "pareto_ranking",
    "read_mapping",
    "write_report",
]
