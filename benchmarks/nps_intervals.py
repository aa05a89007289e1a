"""How long intervals of many groups, and the score of many answers, take.

Run as ``python benchmarks/nps_intervals.py``. Results are compared with slow independent ones
before anything is timed.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np
from scipy import stats

from klantkompas.stats import net_promoter_score
from klantkompas.stats.intervals import METHODS, nps_intervals

GROUPS = 100_000
ANSWERS = 10_000_000
DRAWS = 1_000_000


def timed(what: str, work: Callable[[], object], *, runs: int = 1) -> None:
    """Print the best time of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{what:58} {min(times):9.3f} s   peak {peak:.2f} GiB")


def distinct_counts(most: int, random: np.random.Generator) -> np.ndarray:
    """Draw groups of which no two, nor one and another's mirror image, are the same."""
    drawn = random.integers(0, most, (4 * GROUPS, 3))
    ordered = drawn[drawn[:, 0] < drawn[:, 2]]
    found = np.unique(ordered, axis=0)
    return random.permutation(found)[:GROUPS].T


def check(groups: np.ndarray, random: np.random.Generator) -> None:
    """Compare some intervals with those of draws from the posterior."""
    low, high = nps_intervals(*groups)
    for place in range(0, GROUPS, GROUPS // 20):
        shares = random.dirichlet(groups[:, place] + 0.5, DRAWS)
        drawn = shares[:, 2] - shares[:, 0]
        for limit, tail in ((low[place], 0.025), (high[place], 0.975)):
            seen = (drawn < limit / 100).mean()
            assert abs(seen - tail) < 5 * np.sqrt(0.025 * 0.975 / DRAWS), (groups[:, place], limit)


def main() -> None:
    """Check, then time."""
    random = np.random.default_rng(1)
    for most in (300, 10_000, 1_000_000):
        groups = distinct_counts(most, random)
        assert groups.shape == (3, GROUPS)
        check(groups, random)
        for method in METHODS:
            timed(
                f"{GROUPS:,} groups, counts up to {most:,}, {method}",
                lambda groups=groups, method=method: nps_intervals(*groups, method=method),
            )

    scores = random.integers(0, 11, ANSWERS)
    expected = 100 * np.mean((scores > 8).astype(np.int8) - (scores < 7))
    for given in (scores.astype(np.int8), scores, scores.astype(np.float64)):
        score = net_promoter_score(given)
        assert np.isclose(score.value, expected)
        margin = stats.norm.isf(0.025) * score.standard_error
        assert np.isclose(score.interval().low, score.value - margin, atol=1e-4)
        timed(
            f"{ANSWERS:,} scores ({given.dtype}) to a score with its interval",
            lambda given=given: net_promoter_score(given).interval(),
            runs=3,
        )


if __name__ == "__main__":
    main()
