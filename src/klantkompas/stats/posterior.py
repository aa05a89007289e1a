"""The posterior of the Net Promoter Score under Jeffreys' prior, by quadrature and not by sampling.

With 1/2 added to each count the shares follow a Dirichlet distribution. The score is then
s (2u - 1), where s ~ Beta(c + d + 1, p + 1/2), the share with an opinion, and u ~ Beta(c + 1/2,
d + 1/2), the promoters among these, are independent; so that the chance that the score is at most x
is the mean over s of I(c + 1/2, d + 1/2) at u = (1 + x/s) / 2.

The mean is taken by Gauss-Legendre quadrature over just those s where the integrand still changes,
in the angle t of s = L + (H - L) sin(t)^2, which smooths what happens at the ends.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from klantkompas._arrays import BoolArray, Codes
from klantkompas.stats.checks import Floats

__all__ = ["Posterior", "rule"]

NEGLIGIBLE = 1e-11
"""Tails left out of the integral, as a part of the tail that is looked for."""
BLOCK = 1 << 17
"""How many nodes are worked on at once: few enough to stay in the processor's cache."""


class Posterior(NamedTuple):
    """The posteriors of the scores of groups, with the ranges of s and u that matter.

    >>> posterior = Posterior.of_counts(np.array([[20.0], [10.0], [70.0]]), 0.025)
    >>> below, density = posterior.distribution(np.array([0.5]), 64)
    >>> print(f"{below[0]:.4f}, {density[0]:.4f}")
    0.5220, 4.9911
    """

    detractors: Floats
    passives: Floats
    promoters: Floats
    least_s: Floats
    most_s: Floats
    least_u: Floats
    most_u: Floats

    @classmethod
    def of_counts(cls, counts: Floats, tail: float) -> Posterior:
        """Return the posteriors of groups with some counts.

        Args:
            counts: three rows, of detractors, passives and promoters; a column for each group.
            tail: the smallest chance that will be asked for.
        """
        from scipy.special import betaincinv

        detractors, passives, promoters = counts
        small = tail * NEGLIGIBLE
        opinions, silent = promoters + detractors + 1, passives + 0.5
        better, worse = promoters + 0.5, detractors + 0.5
        return cls(
            detractors,
            passives,
            promoters,
            betaincinv(opinions, silent, small),
            1 - betaincinv(silent, opinions, small),
            betaincinv(better, worse, small),
            1 - betaincinv(worse, better, small),
        )

    def at(self, rows: slice | Codes | BoolArray) -> Posterior:
        """Return the posteriors of some of the groups."""
        return Posterior(*(column[rows] for column in self))

    def distribution(self, value: Floats, nodes: int) -> tuple[Floats, Floats]:
        """Return the chance that each group's score is at most a value, and the density there.

        Args:
            value: one value for each group, on the scale -1..1.
            nodes: how many points the quadrature takes.
        """
        below, density = np.empty_like(value), np.empty_like(value)
        rows = max(1, BLOCK // nodes)
        for start in range(0, len(value), rows):
            part = slice(start, start + rows)
            below[part], density[part] = _integrals(value[part], self.at(part), nodes)
        return below, density


@cache
def rule(nodes: int) -> tuple[Floats, Floats, Floats]:
    """Return the quadrature rule: sin(t)^2, cos(t)^2 and the weights of ds for s from 0 to 1.

    >>> sine, cosine, weight = rule(24)
    >>> print(f"{(sine * weight).sum():.6f}")  # the integral of s
    0.500000
    """
    place, weight = np.polynomial.legendre.leggauss(nodes)
    angle = (place + 1) * (np.pi / 4)
    return np.sin(angle) ** 2, np.cos(angle) ** 2, weight * (np.pi / 4) * np.sin(2 * angle)


def _integrals(value: Floats, posterior: Posterior, nodes: int) -> tuple[Floats, Floats]:
    from scipy.special import betainc, betaincc, betaln

    value = np.where(value == 0, np.finfo(np.float64).tiny, value)
    rises = value < 0  # the integrand as s grows: from 0 to 1, or else from 1 to 0
    opinions, silent = posterior.promoters + posterior.detractors + 1, posterior.passives + 0.5
    better, worse = posterior.promoters + 0.5, posterior.detractors + 0.5
    first = _s_where(value, np.where(rises, posterior.least_u, posterior.most_u))
    last = _s_where(value, np.where(rises, posterior.most_u, posterior.least_u))
    low = np.clip(first, posterior.least_s, posterior.most_s)
    high = np.clip(last, low, posterior.most_s)
    certain = np.where(rises, betaincc(opinions, silent, high), betainc(opinions, silent, low))

    sine, cosine, weight = rule(nodes)
    span = (high - low)[:, np.newaxis]
    part = span * sine
    s = low[:, np.newaxis] + part
    twice_promoters = (low + value)[:, np.newaxis] + part
    twice_detractors = (low - value)[:, np.newaxis] + part
    with np.errstate(divide="ignore", invalid="ignore"):
        log_passives = (silent - 1)[:, np.newaxis] * np.log(
            (1 - high)[:, np.newaxis] + span * cosine
        ) - betaln(opinions, silent)[:, np.newaxis]
        weight_of_s = np.exp((opinions - 1)[:, np.newaxis] * np.log(s) + log_passives)
        density = np.exp(
            log_passives
            + (better - 1)[:, np.newaxis] * np.log(twice_promoters)
            + (worse - 1)[:, np.newaxis] * np.log(twice_detractors)
            - ((opinions - 1) * np.log(2) + betaln(better, worse))[:, np.newaxis]
        )
        below = weight_of_s * betainc(
            better[:, np.newaxis], worse[:, np.newaxis], np.clip(twice_promoters / (2 * s), 0, 1)
        )
        length = weight * span
        integrals = [
            np.where(length > 0, integrand * length, 0).sum(axis=1)
            for integrand in (below, density)
        ]
    return certain + integrals[0], integrals[1]


def _s_where(value: Floats, u: Floats) -> Floats:
    """Return the s at which `value` lies at u; infinity where it lies there for no s."""
    with np.errstate(divide="ignore", over="ignore"):
        s = value / (2 * u - 1)
    return np.where(s > 0, s, np.inf)
