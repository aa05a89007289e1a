"""Limits and chances from the posteriors of Net Promoter Scores.

Limits are found by Newton's method on the probit scale, where a distribution function is nearly
straight. Each step uses a finer quadrature, so that a small step shows that both the limit and the
quadrature have settled; a limit that has settled stays where it is.
"""

from __future__ import annotations

import numpy as np

from klantkompas.stats.checks import Floats
from klantkompas.stats.posterior import Posterior, rule
from klantkompas.stats.score import upper_score_limit

__all__ = ["chance_above", "jeffreys_limits"]

NODES = (24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
SETTLED = 1e-10
"""A limit has settled when a finer rule moves it by less than this, on the scale -1..1 ..."""
SETTLED_PART = 1e-8
"""... and by less than this part of a standard deviation."""
MOST_STEP = 3.0
"""The longest step of Newton's method, in log odds."""
FIRST_GUESS = (0.5, 3.0)
"""How many standard errors off the first guess, a score limit, may lie: Newton's method starts well
from there for limits further in or out."""
INSIDE = 1 - 1e-15
REMOTE = 1e-14
"""What a comparison of two scores leaves out on either side."""


def jeffreys_limits(
    detractors: Floats, passives: Floats, promoters: Floats, tail: float
) -> tuple[Floats, Floats]:
    """Return the limits of equal-tailed intervals of scores under Jeffreys' prior.

    Args:
        detractors: counts, one for each group.
        passives: counts.
        promoters: counts.
        tail: the chance left on either side, below 1/2.

    Returns:
        Lower and upper limits on the scale -1..1; where all are detractors the lower limit is -1,
        where all are promoters the upper limit is 1.

    >>> low, high = jeffreys_limits(np.array([20.0]), np.array([10.0]), np.array([70.0]), 0.025)
    >>> round(100 * float(low[0]), 6), round(100 * float(high[0]), 6)
    (32.80574, 64.029609)
    """
    mirrored = np.concatenate(
        [
            np.stack([detractors, passives, promoters], axis=-1),
            np.stack([promoters, passives, detractors], axis=-1),
        ]
    )
    distinct, inverse = np.unique(mirrored, axis=0, return_inverse=True)
    limits = np.full(len(distinct), -1.0)
    open_below = (distinct[:, 1:] > 0).any(axis=1)
    limits[open_below] = _quantiles(distinct[open_below].T, tail)
    low, high = np.split(limits[inverse.reshape(-1)], 2)
    return low, -high


def chance_above(first: Floats, second: Floats) -> float:
    """Return the posterior probability that one true score is above another.

    Args:
        first: detractors, passives and promoters of the one.
        second: detractors, passives and promoters of the other.

    Returns:
        A chance from 0 to 1; NaN where either has no answers.

    >>> round(chance_above(np.array([10.0, 20.0, 70.0]), np.array([20.0, 30.0, 50.0])), 4)
    0.9979
    """
    if not (first.any() and second.any()):
        return float("nan")
    ends = np.stack([first, second, first[::-1], second[::-1]], axis=-1)
    low_1, low_2, high_1, high_2 = _quantiles(ends, REMOTE) * np.array([1, 1, -1, -1])
    high = min(high_1, high_2)
    low = min(max(low_1, low_2), high)
    middle = min(max(low, 0.0), high)  # where a distribution may have a kink
    mine, theirs, mirrored = (
        Posterior.of_counts(counts[:, np.newaxis], REMOTE)
        for counts in (first, second, first[::-1])
    )
    chance = float("nan")
    for nodes in NODES:
        sine, _, weight = rule(nodes)
        points = np.concatenate([low + (middle - low) * sine, middle + (high - middle) * sine])
        lengths = np.concatenate([(middle - low) * weight, (high - middle) * weight])
        everywhere = np.zeros(len(points), dtype=np.intp)
        _, density = mine.at(everywhere).distribution(points, nodes)
        below, _ = theirs.at(everywhere).distribution(points, nodes)
        beyond, _ = mirrored.distribution(np.array([-high]), nodes)
        before, chance = chance, float(beyond[0] + (density * below * lengths).sum())
        if abs(chance - before) < SETTLED:
            break
    return min(max(chance, 0.0), 1.0)


def _quantiles(counts: Floats, tail: float) -> Floats:
    """Return the values below which the score lies with the chance `tail`."""
    from scipy.special import ndtri

    target = float(ndtri(tail))
    detractors, passives, promoters = counts
    total = counts.sum(axis=0) + 1.5
    mean = (promoters - detractors) / total
    deviation = np.sqrt(((promoters + detractors + 1) / total - mean**2) / (total + 1))
    posterior = Posterior.of_counts(counts, tail)
    near = np.clip(-target, *FIRST_GUESS)
    first_guess = -upper_score_limit(promoters, passives, detractors, near)
    log_odds = 2 * np.arctanh(np.clip(first_guess, -INSIDE, INSIDE))
    unsettled = np.arange(len(log_odds))
    for nodes in NODES:
        if not len(unsettled):
            break
        value = np.tanh(log_odds[unsettled] / 2)
        below, density = posterior.at(unsettled).distribution(value, nodes)
        probit = ndtri(below)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            slope = density * (1 - value**2) / 2 * np.exp(probit**2 / 2) * np.sqrt(2 * np.pi)
            step = np.clip((probit - target) / slope, -MOST_STEP, MOST_STEP)
        log_odds[unsettled] -= step
        moved = np.abs(np.tanh(log_odds[unsettled] / 2) - value)
        unsettled = unsettled[moved > np.minimum(SETTLED, SETTLED_PART * deviation[unsettled])]
    return np.tanh(log_odds / 2)
