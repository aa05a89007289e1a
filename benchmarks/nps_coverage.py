"""How often each interval of a Net Promoter Score holds the true one: exactly, without sampling.

Run as ``python benchmarks/nps_coverage.py [--level 0.95 ...] [--markdown]``. For each number of
answers and each pair of true shares on the grid, the chances of all outcomes whose interval holds
the true score are added up.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from scipy.special import gammaln, xlogy

from klantkompas.stats.intervals import METHODS, nps_intervals

SIZES = (5, 7, 10, 15, 20, 30, 50, 100)
SHARES = np.append(0.01, np.arange(1, 20) * 0.05)
"""Of promoters, and of detractors: every pair that sums to at most .99."""


def grid() -> tuple[np.ndarray, np.ndarray]:
    """Return the true shares of detractors and of promoters, one for each pair on the grid."""
    detractors, promoters = (axis.ravel() for axis in np.meshgrid(SHARES, SHARES))
    inside = detractors + promoters < 0.99 + 1e-9
    return detractors[inside], promoters[inside]


def outcomes(answers: int) -> np.ndarray:
    """Return every outcome: detractors, passives and promoters, in three rows."""
    detractors, promoters = np.divmod(np.arange((answers + 1) ** 2), answers + 1)
    every = np.stack([detractors, answers - detractors - promoters, promoters])
    return every[:, every[1] >= 0].astype(np.float64)


def coverages(answers: int, method: str, level: float) -> np.ndarray:
    """Return the chance that the interval holds the true score, at each pair of the grid."""
    counts = outcomes(answers)
    low, high = nps_intervals(*counts, confidence_level=level, method=method)
    ways = gammaln(answers + 1) - gammaln(counts + 1).sum(axis=0)
    detractors, promoters = grid()
    found = np.empty(len(detractors))
    for place, (worse, better) in enumerate(zip(detractors, promoters, strict=True)):
        shares = np.array([[worse], [1 - worse - better], [better]])
        chance = np.exp(ways + xlogy(counts, shares).sum(axis=0))
        assert abs(chance.sum() - 1) < 1e-9
        truth = 100 * (better - worse)
        found[place] = chance[(low <= truth + 1e-9) & (truth - 1e-9 <= high)].sum()
    return found


def rows(level: float) -> Iterator[tuple[str, int, float, float, float]]:
    """Yield method, answers, and mean, minimum and mean absolute deviation in percent."""
    for method in METHODS:
        for answers in SIZES:
            found = 100 * coverages(answers, method, level)
            yield (
                method,
                answers,
                found.mean(),
                found.min(),
                np.abs(found - 100 * level).mean(),
            )


def show(level: float, *, markdown: bool) -> None:
    """Print the figures of one level, and hold the default methods to what is promised of them."""
    found = list(rows(level))
    if markdown:
        print(f"## At {level:.0%}\n")
        print("| method |" + "".join(f" n = {n} |" for n in SIZES))
        print("| --- |" + " ---: |" * len(SIZES))
        for method in METHODS:
            cells = [row[2:] for row in found if row[0] == method]
            print(f"| `{method}` |", *(f"{m:.1f} / {low:.1f} / {d:.1f} |" for m, low, d in cells))
        print()
    else:
        print(f"level {level:.0%}: {len(grid()[0])} places on the grid")
        print(f"  {'method':14} {'answers':>7} {'mean':>7} {'minimum':>8} {'deviation':>10}")
        for method, answers, mean, minimum, deviation in found:
            print(f"  {method:14} {answers:7} {mean:7.2f} {minimum:8.2f} {deviation:10.2f}")
    if level == 0.95:
        assert all(abs(row[2] - 95) <= 0.5 for row in found if row[0] == "jeffreys")
        assert all(row[3] >= 91.8 for row in found if row[0] == "score")


def main() -> None:
    """Print the figures of every level that is asked for."""
    parser = argparse.ArgumentParser(description="Exact coverage of the intervals of NPS.")
    parser.add_argument("--level", type=float, nargs="+", default=[0.95], metavar="LEVEL")
    parser.add_argument("--markdown", action="store_true", help="as tables for the docs")
    asked = parser.parse_args()
    for level in asked.level:
        show(level, markdown=asked.markdown)


if __name__ == "__main__":
    main()
