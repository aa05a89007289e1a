"""What a report says, taken from a reading before it is written in any language.

A customer that objects to profiling is in totals only: nothing here names it.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from attrs import evolve, frozen

from klantkompas._texts import mark
from klantkompas.compass import Reading
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.domain.notes import DataNote
from klantkompas.hooks import ClassificationRule, Unanswered
from klantkompas.lenses.nps import SurveyScore
from klantkompas.portfolio import Measures
from klantkompas.report.curve import ParetoPart, pareto_part
from klantkompas.report.gaps import Gap, gaps_of
from klantkompas.report.naming import Naming
from klantkompas.report.people import People, people_of
from klantkompas.report.standing import (
    ClassRow,
    FactorRow,
    ListedCustomer,
    class_rows,
    factor_rows,
    shortlist_of,
)

__all__ = ["Page", "page_of"]

ENOUGH_FACTORS = 2
"""Whoever is A or B contributes in so many ways at least (S1 steps 3-4)."""


@frozen(kw_only=True)
class Page:
    """What a report says.

    Args:
        as_of: the reference date.
        first_day: the first day of the period.
        months: how many calendar months it has.
        customers: how many there are in all, of every sort.
        active: how many are active; None where that is unknown.
        revenue: what these brought in the period; NaN where unknown.
        inventory: how many there are of each sort.
        classes: the classes, best first.
        classed: how many customers have a class.
        rules: the rules that decide, in the order in which they are asked.
        pareto: whether few bring most; None where that cannot be told.
        factors: the success factors, the one that most meet first.
        shortlist: who fits best, in order; whoever objects to profiling is not there.
        listed_by_people: whether people chose the shortlist.
        survey: the Net Promoter Score; None where nobody gave a score.
        people: what cannot wait, and how customers stand towards you.
        too_little: whether fewer than two factors are known of anyone.
        gaps: what could not be told, and what would help.
        notes: what was odd in the data.
        overridden: how many classes people gave over those of the rules.
    """

    as_of: date
    first_day: date
    months: int
    customers: int
    active: int | None
    revenue: float
    inventory: tuple[tuple[str, int], ...]
    classes: tuple[ClassRow, ...]
    classed: int
    rules: tuple[ClassificationRule, ...]
    pareto: ParetoPart | None
    factors: tuple[FactorRow, ...]
    shortlist: tuple[ListedCustomer, ...]
    listed_by_people: bool
    survey: SurveyScore | None
    people: People
    too_little: bool
    gaps: tuple[Gap, ...]
    notes: tuple[DataNote, ...]
    overridden: int


def _inventory(measures: Measures) -> tuple[tuple[str, int], ...]:
    internal = measures.record["kind"] == CustomerKind.INTERNAL
    stage, active = measures.record["stage"], measures["active"]
    customers = ~internal & (stage == Stage.CUSTOMER)
    sorts = (
        (mark("active customers"), customers & (active == 1)),
        (mark("customers who are not active"), customers & (active == 0)),
        (mark("customers, active or not"), customers & np.isnan(active)),
        (mark("prospects"), ~internal & (stage == Stage.PROSPECT)),
        (mark("suspects"), ~internal & (stage == Stage.SUSPECT)),
        (mark("internal customers"), internal),
    )
    return tuple((sort, int(of.sum())) for sort, of in sorts if of.any())


def _called(listed: ListedCustomer, naming: Naming) -> ListedCustomer:
    called = naming.of(listed.id)
    return evolve(listed, id=called.id, name=called.name)


def page_of(reading: Reading, pseudonyms: str | bytes | None = None) -> Page:
    """Take from a reading what a report says.

    Args:
        reading: the reading.
        pseudonyms: a key, to call customers by pseudonyms.

    Returns:
        What the report says.

    Raises:
        ArgumentError: the key is too short.
    """
    naming = Naming(reading.measures, pseudonyms)
    measures, card, classes = reading.measures, reading.scorecard, reading.classes
    unknown = bool(np.isnan(measures["active"]).all())
    known = (~card.unknown).sum(axis=1)
    rows = class_rows(classes)
    ranking, survey = reading.pareto, reading["nps"]
    answered = not isinstance(survey, Unanswered) and survey.per_answer.answers
    return Page(
        as_of=reading.as_of,
        first_day=measures.start + timedelta(days=1),
        months=measures.months,
        customers=len(measures),
        active=None if unknown else len(card),
        revenue=np.nan if unknown else float(card["revenue"].sum()),
        inventory=_inventory(measures),
        classes=rows,
        classed=sum(row.share.customers for row in rows),
        rules=classes.rules,
        pareto=None if isinstance(ranking, Unanswered) else pareto_part(ranking),
        factors=factor_rows(card),
        shortlist=tuple(_called(each, naming) for each in shortlist_of(classes)),
        listed_by_people=card.listed_by_people,
        survey=survey if answered else None,
        people=people_of(reading, naming),
        too_little=not (known >= ENOUGH_FACTORS).any(),
        gaps=gaps_of(reading),
        notes=reading.notes,
        overridden=len(reading.classes.in_force),
    )
