"""How long it takes to rank customers on several factors at once, and what else could do it.

Run as ``python benchmarks/fronts.py``. Every contender's ranks are compared before times are told.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from klantkompas.lenses.fronts import dominated_by, non_dominated_ranks

CUSTOMERS, FACTORS = 100_000, 3


def by_peeling(values: np.ndarray) -> np.ndarray:
    """Rank by peeling front after front with numpy, from the largest sum down."""
    distinct, inverse = np.unique(values, axis=0, return_inverse=True)
    ranks = np.zeros(len(distinct), dtype=np.intp)
    left = np.argsort(-distinct.sum(axis=1), kind="stable")
    rank = 0
    while len(left):
        rank += 1
        candidates = left
        while len(candidates):
            best = candidates[0]
            ranks[best] = rank
            candidates = candidates[(distinct[candidates] > distinct[best]).any(axis=1)]
        left = left[ranks[left] == 0]
    return ranks[inverse.ravel()]


def by_paretoset(values: np.ndarray) -> np.ndarray:
    """Rank with paretoset, which peels with numba."""
    from paretoset import paretorank

    return paretorank(values, sense=["max"] * values.shape[1], distinct=False)


CONTENDERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "klantkompas (moocore)": non_dominated_ranks,
    "numpy peeling": by_peeling,
    "paretoset": by_paretoset,
}


def main(customers: int = CUSTOMERS) -> None:
    """Compare, then tell the times."""
    random = np.random.default_rng(1)
    kinds = {
        "independent": random.random((customers, FACTORS)),
        "rounded to 1/100, many equal": random.random((customers, FACTORS)).round(2),
    }
    for contender in CONTENDERS.values():  # let what compiles itself do so beforehand
        contender(kinds["independent"][:100])
    for kind, values in kinds.items():
        expected = None
        for name, contender in CONTENDERS.items():
            start = time.perf_counter()
            ranks = contender(values)
            seconds = time.perf_counter() - start
            expected = ranks if expected is None else expected
            np.testing.assert_array_equal(ranks, expected, err_msg=name)
            print(f"{customers:,} x {FACTORS}, {kind}: {name:22} {seconds:9.3f} s", flush=True)
        start = time.perf_counter()
        worst = int(np.argmax(expected))
        best = dominated_by(values, worst)
        assert best is not None
        assert expected[best] == 1
        print(f"  {expected.max()} ranks; one that dominates: {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
