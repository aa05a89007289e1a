"""The job by klantkompas: from arrays or polars frames, again on other dates, and by other factors.

Every reading counts `JOB`, the measures that the job needs; `Everything` counts four times as many,
and reads through every lens. All of it runs with an older klantkompas too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import evolve, frozen

from klantkompas import (
    AtLeast,
    Compass,
    NetPromoterScore,
    Portfolio,
    classify,
    count_success_factors,
    net_promoter_score,
    pareto_ranking,
)
from klantkompas.compass.measuring import measure_portfolio
from portfolio_job import polars_job
from portfolio_job.answer import FACTORS, MEASURES, Answer
from portfolio_job.generate import AS_OF, GROUPS, PURPOSES, Table

COMPASS = Compass(installed=False, leave_out={"orders_regularly", "keeps_what_it_orders"})
JOB = tuple(each for each in COMPASS.declarations.measures if each.name in (*MEASURES, "answers"))


def arrays(tables: dict[str, Table]) -> dict[str, Table]:
    """Return arrays as they are; words stand in a categorical, as arrays have none.

    They are read-only, as those are not copied.
    """
    own = tables["customers"]["id"]
    found = {}
    for name, table in tables.items():
        columns: Table = dict(table)
        if "customer" in columns:
            columns["customer"] = own[columns["customer"]]
        if "group" in columns:
            columns["group"] = pl.Series(GROUPS).gather(columns["group"]).cast(pl.Enum(GROUPS))
        if "purpose" in columns:
            words = pl.Series(PURPOSES).gather(columns["purpose"].astype(np.uint32))
            columns["purpose"] = words.cast(pl.Enum(PURPOSES))
        for values in columns.values():
            if isinstance(values, np.ndarray):
                values.flags.writeable = False
        found[name] = columns
    return found


def judge(measures: Any, factors: Any) -> Any:
    """Count the factors, class, rank, and find the scores."""
    card = count_success_factors(measures, factors)
    latest = net_promoter_score(measures["last_score"], scale=measures.score_scale)
    groups = dict[str, dict[str, int]]()
    for (group, kind), count in measures.tallies["answers"].items():
        groups.setdefault(group, {"detractor": 0, "passive": 0, "promoter": 0})[kind] = count
    by_group = {name: NetPromoterScore(*counts.values()) for name, counts in groups.items()}
    ranking = pareto_ranking(measures["revenue"][measures["active"] == 1])
    return measures, card, classify(card), ranking, latest, by_group


def read(portfolio: Portfolio, as_of: date) -> Any:
    """Measure a portfolio on a date, and judge it."""
    return judge(measure_portfolio(portfolio, JOB, as_of), COMPASS.declarations.factors)


def answer_of(result: Any) -> Answer:
    """Put together what was found on one date."""
    measures, card, classes, ranking, score, by_group = result
    ids, active = np.asarray(measures.ids), measures["active"] == 1

    def of_all(of_active: Any) -> Any:
        column = np.full(len(measures), np.nan)
        column[active] = of_active
        return column

    cumulative = np.empty(len(card))
    cumulative[ranking.order] = ranking.cumulative_share
    return Answer(
        values={
            **{name: measures[name] for name in MEASURES},
            **{name: of_all(card.met[:, card.factors.index(name)]) for name in FACTORS},
            "id": ids if ids[0].startswith("K") else ids.astype(np.int64),
            "label": np.array(
                [np.nan if each is None else "ABCD".index(each) for each in classes.labels]
            ),
            "cumulative_share": of_all(cumulative),
        },
        counted={
            "vital_few": ranking.vital_few,
            "gini": float(ranking.gini),
            "latest": (score.detractors, score.passives, score.promoters),
            "by_group": {
                name: (each.detractors, each.promoters, each.answers)
                for name, each in by_group.items()
            },
        },
    )


class Ours:
    """What all of ours share: a result is what was found on each date, and the portfolio."""

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        found, _ = result
        return [answer_of(each) for each in found]


@frozen
class FirstReading(Ours):
    """Columns in memory to the full result, ids encoded on the way."""

    frames: bool = False

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Bring the tables into a form that it takes; not timed."""
        return polars_job.frames(tables) if self.frames else arrays(tables)

    def run(self, data: Any) -> Any:
        """Do the job, and keep the portfolio as most programs do."""
        portfolio = Portfolio.from_tables(**data)
        return [read(portfolio, AS_OF)], portfolio


@frozen
class ReadAgain(Ours):
    """One portfolio, read on several dates."""

    dates: tuple[date, ...]

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make the portfolio; not timed."""
        return Portfolio.from_tables(**arrays(tables))

    def run(self, data: Any) -> Any:
        """Do the job."""
        return [read(data, as_of) for as_of in self.dates], data


class OtherFactors(Ours):
    """The same measures, judged by three other sets of the six factors."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make the portfolio and measure it; not timed."""
        return measure_portfolio(Portfolio.from_tables(**arrays(tables)), JOB, AS_OF)

    def run(self, data: Any) -> Any:
        """Do the job."""
        shares = [each for each in COMPASS.declarations.factors if each.measure in SHARES]
        others = [each for each in COMPASS.declarations.factors if each.measure not in SHARES]
        sets = [
            [*others, *(evolve(each, criterion=AtLeast(least)) for each in shares)]
            for least in (0.5, 0.7, 0.85)
        ]
        return [judge(data, factors) for factors in sets], data


SHARES = ("clear_share", "on_time_share", "settled_at_once_share")


class Everything(FirstReading):
    """Every built-in measure and lens: far more than the job."""

    def run(self, data: Any) -> Any:
        """Do the job, and all the rest."""
        portfolio = Portfolio.from_tables(**data)
        reading = COMPASS.read(portfolio, AS_OF)
        score = reading.nps
        found = (reading.measures, reading.scorecard, reading.classes, reading.pareto)
        return [(*found, score.score, score.by_group)], portfolio
