"""Whether few customers bring most, as numbers and as a curve that a small drawing can hold.

>>> import numpy as np
>>> thin_out(np.linspace(0.0, 1.0, 1001), most=5).tolist()
[0, 250, 500, 750, 1000]
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from klantkompas._arrays import Codes, FloatArray
from klantkompas._thresholds import at_least, share_of_count
from klantkompas.lenses.pareto import LEADING, ParetoRanking

__all__ = ["LEADING", "ParetoPart", "pareto_curve", "pareto_part", "thin_out"]


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
        curve: points of (share of customers, share of revenue).
        height: the highest point of the curve: above 1 where some bring less than nothing.
    """

    customers: int
    leading: int
    leading_share: float
    holds: bool
    vital_few: int
    vital_share: float
    gini: float
    curve: tuple[tuple[float, float], ...]
    height: float


def thin_out(values: FloatArray, most: int) -> Codes:
    """Return evenly spread positions in an array, its first and last among them.

    Args:
        values: the array, of one dimension.
        most: how many positions at most.

    Returns:
        The positions, from 0, ascending.
    """
    places = np.linspace(0, len(values) - 1, min(most, len(values)))
    return np.unique(places.round().astype(np.intp))


def pareto_curve(ranking: ParetoRanking, most: int = 240) -> tuple[tuple[float, float], ...]:
    """Return the curve of the share of the total that the leading share of customers brings.

    Args:
        ranking: the customers by what they bring.
        most: how many points at most.

    Returns:
        Points (share of the customers, share of the total) from (0, 0) to (1, 1). The first
        customers, where the curve is steep, all have a point; the others are thinned out.
    """
    height = np.concatenate([[0.0], ranking.cumulative_share])
    width = np.linspace(0.0, 1.0, len(height))
    first = np.arange(min(len(height), most // 4))
    places = np.union1d(first, thin_out(height, most - len(first)))
    return tuple(zip(width[places].tolist(), height[places].tolist(), strict=True))


def pareto_part(ranking: ParetoRanking) -> ParetoPart:
    """Return what a report shows of a ranking.

    Args:
        ranking: the customers by what they bring.

    Returns:
        Numbers about the ranking, and the points of its curve.
    """
    leading_share = float(ranking.leading_share(LEADING))
    cumulative = ranking.cumulative_share
    vital_few = int(ranking.vital_few)
    return ParetoPart(
        customers=len(cumulative),
        leading=share_of_count(LEADING, len(cumulative)),
        leading_share=leading_share,
        holds=bool(at_least(leading_share, 1 - LEADING)),
        vital_few=vital_few,
        vital_share=float(cumulative[vital_few - 1]),
        gini=float(ranking.gini),
        curve=pareto_curve(ranking),
        height=max(1.0, float(cumulative.max())),
    )
