"""Do a few customers bring most? 80/20 (S1 step 4)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from klantkompas._thresholds import at_least, share_of_count
from klantkompas.compass import Reading
from klantkompas.hooks import Block, ReportSection, Template, Unanswered
from klantkompas.lenses.pareto import LEADING, ParetoRanking
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "ParetoPart", "pareto_part"]


@frozen(kw_only=True)
class ParetoPart:
    """What the report says of the ranking: whether few customers bring most of the revenue.

    Args:
        customers: how many active customers there are.
        leading: how many customers the leading fifth is.
        leading_share: what these bring.
        holds: whether that is 80% or more.
        vital_few: how many customers bring 80%.
        vital_share: what these bring.
        gini: 0 when all bring the same, nearly 1 when one brings all.
    """

    customers: int
    leading: int
    leading_share: float
    holds: bool
    vital_few: int
    vital_share: float
    gini: float


def pareto_part(ranking: ParetoRanking) -> ParetoPart:
    """Return what the report says of a ranking.

    Args:
        ranking: the customers by what they bring.
    """
    leading_share = float(ranking.leading_share(LEADING))
    vital_few = int(ranking.vital_few)
    return ParetoPart(
        customers=len(ranking),
        leading=share_of_count(LEADING, len(ranking)),
        leading_share=leading_share,
        holds=bool(at_least(leading_share, 1 - LEADING)),
        vital_few=vital_few,
        vital_share=float(ranking.cumulative_share[vital_few - 1]),
        gini=float(ranking.gini),
    )


def _show(reading: Reading) -> Iterable[Block]:
    ranking, source = reading.pareto, Path(__file__).with_suffix(".html.jinja")
    if isinstance(ranking, Unanswered):
        yield Template(source, {"pareto": None})
    else:
        yield ranking.display()
        yield Template(source, {"pareto": pareto_part(ranking)})


SECTION = ReportSection(
    name="pareto",
    title=mark("Do a few bring most? 80/20, checked rather than assumed"),
    show=_show,
    priority=600,
)
