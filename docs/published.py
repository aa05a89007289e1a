"""Writes the table of numbers that others published, beside what is computed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from attrs import frozen

from klantkompas import NetPromoterScore, pareto_ranking, relative_weights
from klantkompas.stats.proportions import SharedCounts, difference_interval

PAGE = Path(__file__).with_name("reference") / "catalogue" / "published.inc"
INCOMES = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
# Miles per gallon, cylinders, displacement, horsepower and forward gears.
CARS = np.array(
    [
        *([21.0, 6, 160.0, 110, 4], [21.0, 6, 160.0, 110, 4], [22.8, 4, 108.0, 93, 4]),
        *([21.4, 6, 258.0, 110, 3], [18.7, 8, 360.0, 175, 3], [18.1, 6, 225.0, 105, 3]),
        *([14.3, 8, 360.0, 245, 3], [24.4, 4, 146.7, 62, 4], [22.8, 4, 140.8, 95, 4]),
        *([19.2, 6, 167.6, 123, 4], [17.8, 6, 167.6, 123, 4], [16.4, 8, 275.8, 180, 3]),
        *([17.3, 8, 275.8, 180, 3], [15.2, 8, 275.8, 180, 3], [10.4, 8, 472.0, 205, 3]),
        *([10.4, 8, 460.0, 215, 3], [14.7, 8, 440.0, 230, 3], [32.4, 4, 78.7, 66, 4]),
        *([30.4, 4, 75.7, 52, 4], [33.9, 4, 71.1, 65, 4], [21.5, 4, 120.1, 97, 3]),
        *([15.5, 8, 318.0, 150, 3], [15.2, 8, 304.0, 150, 3], [13.3, 8, 350.0, 245, 3]),
        *([19.2, 8, 400.0, 175, 3], [27.3, 4, 79.0, 66, 4], [26.0, 4, 120.3, 91, 5]),
        *([30.4, 4, 95.1, 113, 5], [15.8, 8, 351.0, 264, 5], [19.7, 6, 145.0, 175, 5]),
        *([15.0, 8, 301.0, 335, 5], [21.4, 4, 121.0, 109, 4]),
    ]
)


@frozen
class Published:
    """Numbers that others published of some data, and how they are computed here.

    Args:
        what: what they are, and of which data.
        source: who published them, and where.
        theirs: the numbers as printed.
        ours: computes the same.
        tolerance: how far apart the two may lie: half of the last digit that is printed.
    """

    what: str
    source: str
    theirs: tuple[float, ...]
    ours: Callable[[], tuple[float, ...]]
    tolerance: float

    @property
    def digits(self) -> int:
        """How many digits behind the point are printed."""
        return round(-np.log10(2 * self.tolerance))


def shares(one: tuple[int, int], other: tuple[int, int]) -> Callable[[], tuple[float, ...]]:
    """Return what computes the interval of the difference between two shares."""
    counts = dict(zip(("first", "first_of", "second", "second_of"), (*one, *other), strict=True))
    return lambda: difference_of(SharedCounts(**counts))


def difference_of(counts: SharedCounts) -> tuple[float, ...]:
    """Return the limits of the difference between two shares."""
    interval = difference_interval(counts)
    return interval.low, interval.high


def score_of(method: str) -> tuple[float, ...]:
    """Return the limits of a score of 20 detractors, 10 passives and 70 promoters."""
    interval = NetPromoterScore(detractors=20, passives=10, promoters=70).interval(method=method)
    return interval.low, interval.high


def concentration() -> tuple[float, ...]:
    """Return the coefficients of concentration of ten incomes."""
    ranking = pareto_ranking(INCOMES)
    return ranking.gini, ranking.herfindahl


def weights() -> tuple[float, ...]:
    """Return the relative weights of four traits of cars, and what they explain of the mileage."""
    named = dict(zip(("cyl", "disp", "hp", "gear"), CARS[:, 1:].T, strict=True))
    found = relative_weights(named, CARS[:, 0])
    return (*found.explained.tolist(), found.r_squared)


def published() -> Iterator[Published]:
    """Yield everything that the page lists."""
    for method, low, high in (
        ("score", 32.6261, 63.9434),
        ("adjusted_wald", 32.9415, 64.1459),
        ("wald", 34.1983, 65.8017),
    ):
        yield Published(
            f"95% interval `{method}` of a score, 20 detractors, 10 passives, 70 promoters",
            "worked by the equations of Tango 1998 and Rocks 2016",
            (low, high),
            partial(score_of, method),
            5e-5,
        )
    for one, other, low, high in (
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ):
        yield Published(
            f"95% interval of the difference of {one[0]}/{one[1]} and {other[0]}/{other[1]}",
            "Newcombe 1998, Statistics in Medicine 17, 873-890, Table II, method 10",
            (low, high),
            shares(one, other),
            5e-5,
        )
    yield Published(
        "95% interval of the difference of two paired shares, 1, 1, 7 and 12 pairs",
        "Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33, 2850-2875",
        (-0.507, -0.026),
        lambda: difference_of(
            SharedCounts(first=2, first_of=21, second=8, second_of=21, pairs=(1, 1, 7, 12))
        ),
        5e-4,
    )
    yield Published(
        "Gini coefficient and Herfindahl index of ten incomes",
        "the example in the documentation of R's package ineq",
        (0.4620911, 0.1840812),
        concentration,
        5e-8,
    )
    yield Published(
        "relative weights of cylinders, displacement, horsepower and gears for the mileage of 32 "
        "cars, and what they explain together",
        "the example in the documentation of R's package rwa; data of Motor Trend 1974",
        (0.2284797, 0.2221469, 0.2321744, 0.0963886, 0.7791896),
        weights,
        5e-8,
    )


def page() -> str:
    """Return the table."""
    lines = ["| what | published | here | tolerance | source |", "| --- | --- | --- | --- | --- |"]
    for each in published():
        theirs, ours = (
            ", ".join(f"{number:.{digits}f}" for number in numbers)
            for numbers, digits in ((each.theirs, each.digits), (each.ours(), each.digits + 1))
        )
        lines.append(f"| {each.what} | {theirs} | {ours} | {each.tolerance:.0e} | {each.source} |")
    return "\n".join(lines) + "\n"


def write_page() -> None:
    """Write it where it differs from what is there."""
    content = page()
    if not PAGE.is_file() or PAGE.read_text("utf-8") != content:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(content, encoding="utf-8")
