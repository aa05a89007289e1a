"""What moves the score: which measures go together with it, and how much each explains?

Question: of all that differs between customers, what explains most of what they answer?
Idea: a regression on all measures at once explains a part of the differences in the outcome, R2.
Measures that go together share what they explain, so what one adds depends on which are there
already; two ways divide R2 fairly, into parts that add up to it. *Averaging over orderings* takes
the mean of what a measure adds over all orders in which they can enter. *Relative weights* come
near that for any number of measures: replace them by the uncorrelated ones that resemble them most,
and divide what each of those explains by how it is made of the measures. What goes together need
not be a cause.
Source: decided. Lindeman, Merenda and Gold 1980 (LMG; the Shapley value of R2);
Johnson 2000 (Multivariate Behavioral Research 35, 1-19). With the standardised measures as columns
of Z = U S V' and the standardised outcome y, the weights are (V S V')^2 (V U'y)^2, squared element
by element: no inverse is taken.

>>> hours, price = [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, None, 5]
>>> print(relative_weights({"hours": hours, "price": price}, [2, 3, 5, 6, 8, 9]))
Drivers by relative weights: 100% explained over 5 rows, left out: 1
  hours: 62%
  price: 38%
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import factorial

import numpy as np
from attrs import evolve, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, FloatArray, as_objects, freeze
from klantkompas._nearest import nearest
from klantkompas._thresholds import above
from klantkompas.errors import ArgumentError
from klantkompas.hooks import SuccessFactor, Unanswered, lens
from klantkompas.portfolio import Measures
from klantkompas.results import Result
from klantkompas.stats.checks import checked_numbers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, indented, sentence

__all__ = [
    "KeyDrivers",
    "averaged_over_orderings",
    "drivers",
    "relative_weights",
]

MAX_ORDERED = 12
"""The most drivers to average over: each one more doubles the work."""
BLOCK = 256
"""How many rows are condensed at once, at least."""
COLLINEAR = 1e-7
"""Columns of which no more than this part is their own are told apart by rounding only."""
ANSWERS_PER_DRIVER = 10
"""How many answers the lens asks for each measure (decided: a common rule of thumb)."""
KNOWN = 0.5
"""For which share of those who answered a measure must be known to take part (decided)."""
EXPLAINED = mark("Drivers by {method}: {explained} explained over {rows}, left out: {left_out}")
RELATIVE_WEIGHTS = mark("relative weights")
ORDERINGS = mark("averaging over orderings")
NOT_USED = mark("{driver}: not used, {reason}")
KNOWN_FOR = mark("known for {known} of {rows}")
ALL_THE_SAME = mark("the same for all")


@frozen(eq=False, repr=False, kw_only=True)
class KeyDrivers(Result):
    """How much of the differences in an outcome each driver (a measure) explains.

    Args:
        method: how what several drivers share is divided among them.
        drivers: the names of the drivers.
        explained: the part of R2 that each driver explains, in the order of `drivers`; they add up
            to R2.
        rows: how many rows (customers) were used.
        left_out: how many rows were not used, because a value in them is unknown.
        not_used: the drivers that could not take part, each with the reason.
    """

    method: str
    drivers: tuple[str, ...]
    explained: FloatArray
    rows: int
    left_out: int
    not_used: tuple[tuple[str, Sentence], ...] = ()

    @property
    def r_squared(self) -> float:
        """R2: the share, 0 to 1, of the differences in the outcome that the drivers explain."""
        return float(self.explained.sum())

    @property
    def shares(self) -> FloatArray:
        """Each driver's share of R2; they add up to 1, and are NaN where R2 is 0."""
        whole = self.r_squared
        return self.explained / whole if whole else np.full(len(self.drivers), np.nan)

    def __getitem__(self, driver: str) -> float:
        """Return the part of R2 that one driver explains.

        Raises:
            ArgumentError: there is no such driver.
        """
        if driver not in self.drivers:
            raise ArgumentError(f"no driver is called {driver!r}. {nearest(driver, self.drivers)}")
        return float(self.explained[self.drivers.index(driver)])

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each driver, the most explaining first."""
        order = np.argsort(-self.explained, kind="stable")
        return {
            "driver": as_objects(self.drivers)[order],
            "explained": self.explained[order],
            "share": self.shares[order],
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: how much is explained, and by which drivers most."""
        head = sentence(
            EXPLAINED,
            method=Sentence(self.method),
            explained=Quantity(self.r_squared, "percent"),
            rows=Quantity(self.rows, "rows"),
            left_out=self.left_out,
        )
        shares = [
            sentence(
                "{driver}: {part}",
                driver=self.drivers[at],
                part=Quantity(self.shares[at], "percent"),
            )
            for at in np.argsort(-self.explained, kind="stable")
        ]
        unused = [sentence(NOT_USED, driver=name, reason=reason) for name, reason in self.not_used]
        return (head, *indented([*shares, *unused]))


def relative_weights(drivers: Mapping[str, ArrayLike], outcome: ArrayLike) -> KeyDrivers:
    """Return what drivers explain of an outcome, divided by Johnson's relative weights.

    Args:
        drivers: by name, a value for each row; NaN or None where unknown.
        outcome: a value for each row.

    Returns:
        What each driver explains, as parts of R2. Rows in which a value is unknown are left out and
        counted.

    Raises:
        ArgumentError: where values are not finite numbers, columns differ in length, a column is
            constant or made of others (the message names them), or fewer rows are known than two
            more than there are drivers.

    >>> found = relative_weights({"a": [1, 2, 3, 4], "b": [1, -1, -1, 1]}, [1, 2, 4, 5])
    >>> found.explained.round(4), round(found.r_squared, 4)
    (array([0.98, 0.  ]), 0.98)
    """
    return _divided(RELATIVE_WEIGHTS, _johnson, drivers, outcome)


def averaged_over_orderings(drivers: Mapping[str, ArrayLike], outcome: ArrayLike) -> KeyDrivers:
    """Return what drivers explain of an outcome, averaged over all sequences of entering them.

    Args:
        drivers: by name, a value for each row; NaN or None where unknown. At most 12.
        outcome: a value for each row.

    Returns:
        What each driver explains, as parts of R2. Rows in which a value is unknown are left out and
        counted.

    Raises:
        ArgumentError: as `relative_weights`, and where there are more than 12 drivers.

    >>> found = averaged_over_orderings({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5]}, [1, 2, 4, 5])
    >>> found.explained.round(4)
    array([0.5188, 0.4645])
    """
    if len(_checked_names(drivers)) > MAX_ORDERED:
        raise ArgumentError(
            f"there are {len(drivers)} drivers, and averaging over orderings takes at most "
            f"{MAX_ORDERED}",
            remedy="Leave some out, or use relative_weights",
        )
    return _divided(ORDERINGS, _lindeman_merenda_gold, drivers, outcome)


def _divided(
    method: str,
    divide: Callable[[FloatArray, FloatArray], FloatArray],
    drivers: Mapping[str, ArrayLike],
    outcome: ArrayLike,
) -> KeyDrivers:
    names, columns = _checked(drivers, outcome)
    known = ~np.isnan(columns).any(axis=1)
    used = columns[known]
    if len(used) < len(names) + 2:
        raise ArgumentError(
            f"{len(used)} of {len(columns)} rows are known, where {len(names)} drivers need at "
            f"least {len(names) + 2}",
            remedy="Give more rows or fewer drivers",
        )
    constant = ~above(used.max(axis=0), used.min(axis=0))
    if constant.any():
        named = ", ".join(repr(("outcome", *names)[at]) for at in np.flatnonzero(constant))
        raise ArgumentError(
            f"{named}: the same in all {len(used)} known rows, so it can explain nothing, nor be "
            "explained",
            remedy="Leave it out",
        )
    standard = _condensed(_standardised(used))
    left, sizes, mixture = np.linalg.svd(standard[:, 1:], full_matrices=False)
    made_of_others = np.linalg.norm(mixture[sizes < COLLINEAR], axis=0) > COLLINEAR
    if made_of_others.any():
        named = ", ".join(repr(names[at]) for at in np.flatnonzero(made_of_others))
        raise ArgumentError(
            f"{named}: each of these can be computed from the others, so what they explain cannot "
            "be divided",
            remedy="Leave one out",
        )
    explained = divide(sizes[:, np.newaxis] * mixture, left.T @ standard[:, 0])
    return KeyDrivers(
        method=method,
        drivers=names,
        explained=freeze(explained),
        rows=len(used),
        left_out=len(columns) - len(used),
    )


def _checked_names(drivers: Mapping[str, ArrayLike]) -> tuple[str, ...]:
    given: object = drivers
    if not isinstance(given, Mapping) or not given:
        raise ArgumentError("drivers should be columns by name, at least one: {'price': [...]}")
    return tuple(map(str, given))


def _checked(
    drivers: Mapping[str, ArrayLike], outcome: ArrayLike
) -> tuple[tuple[str, ...], FloatArray]:
    """Return the drivers' names, and the outcome and the drivers as columns."""
    names = _checked_names(drivers)
    first = checked_numbers("outcome", outcome, unknown=True)
    others = [checked_numbers(repr(name), drivers[name], unknown=True) for name in drivers]
    for name, column in zip(names, others, strict=True):
        if len(column) != len(first):
            raise ArgumentError(
                f"{name!r} has {len(column)} rows and the outcome {len(first)}",
                remedy="Give one value of each for every row",
            )
    return names, np.column_stack([first, *others])


def _standardised(columns: FloatArray) -> FloatArray:
    """Return columns with the mean 0 and the length 1."""
    # A power of two changes no digit, and keeps sums of the largest and smallest floats in range.
    _, exponent = np.frexp(np.abs(columns).max(axis=0))
    scaled = np.ldexp(columns, -exponent)
    centred = scaled - scaled.mean(axis=0)
    standard: FloatArray = centred / np.linalg.norm(centred, axis=0)
    return standard


def _condensed(columns: FloatArray) -> FloatArray:
    """Return columns with the same lengths and angles, of few rows where there were many.

    Block by block, as the libraries behind numpy set all processors to work on a long matrix, and
    keep these waiting for more.
    """
    rows, width = columns.shape
    block = max(BLOCK, 2 * width)
    if rows <= block:
        return columns
    blocks = np.zeros((-(-rows // block), block, width))
    blocks.reshape(-1, width)[:rows] = columns
    triangles = np.asarray(np.linalg.qr(blocks, mode="r"))
    return _condensed(triangles.reshape(-1, width))


def _johnson(moments: FloatArray, outcome: FloatArray) -> FloatArray:
    """Divide by relative weights, from S V' and U'y."""
    sizes = np.linalg.norm(moments, axis=1)
    mixture = moments / sizes[:, np.newaxis]
    resemblance = mixture.T @ moments
    explained: FloatArray = np.square(resemblance) @ np.square(mixture.T @ outcome)
    return explained


def _lindeman_merenda_gold(moments: FloatArray, outcome: FloatArray) -> FloatArray:
    """Divide by averaging over orderings, from S V' and U'y: over what each adds to each subset."""
    count = moments.shape[1]
    explained = np.zeros(1 << count)
    for size in range(1, count + 1):
        subsets = np.array(list(combinations(range(count), size)))
        bases = np.linalg.qr(moments[:, subsets].swapaxes(0, 1)).Q
        explained[(1 << subsets).sum(axis=1)] = np.square(outcome @ bases).sum(axis=1)
    subset = np.arange(1 << count)
    before = np.bitwise_count(subset)
    chance = np.array(
        [factorial(k) * factorial(count - k - 1) / factorial(count) for k in range(count)]
    )
    divided = np.empty(count)
    for driver in range(count):
        without = subset[subset & (1 << driver) == 0]
        added = explained[without | (1 << driver)] - explained[without]
        divided[driver] = chance[before[without]] @ added
    return divided


@lens(question="Which measures go together with the score that customers give?")
def drivers(measures: Measures, factors: Sequence[SuccessFactor]) -> KeyDrivers | Unanswered:
    """Return how much the measures behind the success factors explain of customers' latest scores.

    Args:
        measures: what is known of each customer.
        factors: the success factors; each measure that is known for half of those who answered,
            and differs between them, takes part.

    Returns:
        What each measure explains, by relative weights; `Unanswered` where too few customers
        answered (ten for each measure), no measure differs between them, or the score is always the
        same.
    """
    score = measures["last_score"]
    answered = ~np.isnan(score)
    columns: dict[str, FloatArray] = {}
    not_used: list[tuple[str, Sentence]] = []
    for name in sorted({factor.measure_name for factor in factors} - {"last_score"}):
        values = measures[name][answered]
        known = values[~np.isnan(values)]
        if not len(known) or len(known) < KNOWN * len(values):
            not_used.append((name, sentence(KNOWN_FOR, known=len(known), rows=len(values))))
        elif not above(known.max(), known.min()):
            not_used.append((name, Sentence(ALL_THE_SAME)))
        else:
            columns[name] = values
    if not columns:
        return Unanswered("no measure is known, and differs, among the customers who answered")
    complete = ~np.isnan(np.column_stack(list(columns.values()))).any(axis=1)
    if complete.sum() < ANSWERS_PER_DRIVER * len(columns):
        return Unanswered("it takes ten customers who gave a score and of whom a measure is known")
    try:
        found = relative_weights(columns, score[answered])
    except ArgumentError:
        return Unanswered(
            "among the customers who answered, the score is always the same, or one measure can be "
            "computed from others"
        )
    return evolve(found, not_used=tuple(not_used))
