"""The job by klantkompas: from arrays, from the frames that polars users have, and once more.

`JOB` holds the measures that the job needs. The full reading, which has four times as many
measures, and every lens, is a contender of its own, with no peer that does as much.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from klantkompas import (
    Compass,
    NetPromoterScore,
    Portfolio,
    classify,
    count_success_factors,
    net_promoter_score,
)
from klantkompas.compass.measuring import measure_portfolio
from klantkompas.lenses.pareto import revenue_ranking
from portfolio_job.answer import FACTORS, MEASURES, Answer
from portfolio_job.generate import AS_OF, GROUPS, PURPOSES, Table
from portfolio_job.polars_job import frames

COMPASS = Compass(installed=False, leave_out={"orders_regularly", "keeps_what_it_orders"})
JOB = tuple(each for each in COMPASS.declarations.measures if each.name in (*MEASURES, "answers"))


def arrays(tables: dict[str, Table]) -> dict[str, Table]:
    """Give arrays as they are; words stand in a categorical, as arrays have none.

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


class KlantkompasJob:
    """First reading: columns in memory to the full result, ids encoded on the way."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Bring the tables into a form that it takes; not timed."""
        return arrays(tables)

    def run(self, data: Any) -> Any:
        """Do the job."""
        return read(Portfolio.from_tables(**data))

    def answer(self, result: Any) -> Answer:
        """Give what was found, for comparing; not timed."""
        measures, card, classes, ranking, score, by_group = result
        values: dict[str, Any] = {name: measures[name] for name in MEASURES}

        def whole(of_active: Any) -> Any:
            column = np.full(len(measures), np.nan)
            column[card.places] = of_active
            return column

        values |= {name: whole(card.met[:, card.factors.index(name)]) for name in FACTORS}
        labels = np.array(
            [np.nan if each is None else "ABCD".index(each) for each in classes.labels]
        )
        cumulative = np.empty(len(card))
        cumulative[ranking.order] = ranking.cumulative_share
        ids = measures.ids
        whole_ids = not ids[0].startswith("K")
        return Answer(
            values={
                **values,
                "id": ids.astype(np.int64) if whole_ids else ids,
                "label": labels,
                "cumulative_share": whole(cumulative),
            },
            counted={
                "vital_few": ranking.vital_few,
                "gini": ranking.gini,
                "latest": (score.detractors, score.passives, score.promoters),
                "by_group": {
                    name: (each.detractors, each.promoters, each.answers)
                    for name, each in by_group.items()
                },
            },
        )


class KlantkompasFromFramesJob(KlantkompasJob):
    """The same, from the very frames that polars is given."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Bring the tables into a form that it takes; not timed."""
        return frames(tables)


class KlantkompasAgainJob(KlantkompasJob):
    """A portfolio that has been read before is read again."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make the portfolio; not timed."""
        return Portfolio.from_tables(**arrays(tables))

    def run(self, data: Any) -> Any:
        """Do the job."""
        return read(data)


class KlantkompasEverythingJob(KlantkompasJob):
    """Every built-in measure and lens: far more than the job."""

    def run(self, data: Any) -> Any:
        """Do the job, and all the rest."""
        reading = COMPASS.read(Portfolio.from_tables(**data), AS_OF)
        score = reading.nps
        found = (reading.measures, reading.scorecard, reading.classes, reading.pareto)
        return *found, score.score, score.by_group


def read(portfolio: Portfolio) -> Any:
    """Measure, count the factors, class, rank, and give the scores."""
    measures = measure_portfolio(portfolio, JOB, AS_OF)
    card = count_success_factors(measures, COMPASS.declarations.factors)
    latest = net_promoter_score(measures["last_score"], scale=measures.score_scale)
    groups = dict[str, dict[str, int]]()
    for (group, kind), count in measures.tallies["answers"].items():
        groups.setdefault(group, {"detractor": 0, "passive": 0, "promoter": 0})[kind] = count
    by_group = {name: NetPromoterScore(*counts.values()) for name, counts in groups.items()}
    return measures, card, classify(card), revenue_ranking(measures), latest, by_group
