"""How far two opinions of the same things agree, and whether they lean different ways.

Made for the reasons of departures as staff believe them and as customers give them (S2), and good
for any two ways of putting the same things into the same categories. A cross table has a row for
each category of the first opinion and a column for each of the second.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError
from klantkompas.stats.checks import Floats, checked_counts
from klantkompas.wording.writer import Writer

__all__ = [
    "ChiSquareTest",
    "bowker",
    "cohens_kappa",
    "fleiss_kappa",
    "jaccard_share",
    "stuart_maxwell",
    "total_variation",
]


@frozen
class ChiSquareTest:
    """The result of a test against the chi-square distribution.

    Args:
        statistic: 0 where the data agree with the hypothesis exactly; larger the further they are
            from it.
        degrees_of_freedom: the degrees of freedom; 0 where nothing can differ.
        p_value: the probability, if the hypothesis is true, of a statistic at least as large.

    >>> round(stuart_maxwell([[10, 5], [1, 10]]).p_value, 3)
    0.102
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float


def total_variation(first: ArrayLike, second: ArrayLike) -> float:
    """Return the total variation distance of two distributions: the share that has to move.

    Args:
        first: how often each category occurs in the one, in any unit.
        second: the same of the other.

    Returns:
        The distance, from 0 (the same shares) to 1 (no category in common); NaN where the counts of
        either are all 0.

    Raises:
        ArgumentError: where a count is negative or not whole, or the categories differ in number.

    >>> round(total_variation([6, 4, 0], [3, 4, 3]), 4)
    0.3
    """
    one, other = checked_counts(first=first, second=second)
    if not (one.any() and other.any()):
        return float("nan")
    return float(np.abs(one / one.sum() - other / other.sum()).sum()) / 2


POWERS = {"plain": 0, "linear": 1, "quadratic": 2}
"""How the weight of a disagreement grows with how far the categories lie apart."""


def cohens_kappa(table: ArrayLike, weights: str = "plain") -> float:
    """Return Cohen's kappa: the agreement of two raters beyond that expected by chance.

    Args:
        table: how often each pair of categories occurs, a square array; rows are the first rater's
            categories, columns the second's.
        weights: ``"plain"``: all disagreements weigh the same; ``"linear"``: by how many categories
            they lie apart; ``"quadratic"``: by the square of that.

    Returns:
        1 for full agreement, 0 for no more than chance, below 0 for less; NaN where chance alone
        agrees always, or nothing was compared.

    Raises:
        ArgumentError: where the table is not square, a count negative or not whole, or there are no
            such weights.

    Source: Cohen 1960, Educational and Psychological Measurement 20, 37-46; with weights, Cohen
    1968, Psychological Bulletin 70, 213-220.

    >>> round(cohens_kappa([[20, 5], [10, 15]]), 4)
    0.4
    """
    if weights not in POWERS:
        raise ArgumentError(f"weights is {weights!r}. {nearest(str(weights), POWERS)}")
    counts = _checked_table(table)
    place = np.arange(len(counts), dtype=np.float64)
    apart = np.abs(place[:, np.newaxis] - place)
    weight = np.where(apart > 0, apart ** POWERS[weights], 0)
    by_chance = float((weight * np.outer(counts.sum(axis=1), counts.sum(axis=0))).sum())
    if not by_chance:
        return float("nan")
    return 1 - float((weight * counts).sum()) * float(counts.sum()) / by_chance


def fleiss_kappa(counts: ArrayLike) -> float:
    """Return Fleiss' kappa: the agreement of several raters beyond that expected by chance.

    Args:
        counts: a row for each thing that was rated and a column for each category: how many of the
            raters put it there. Every row adds up to the same number of raters.

    Returns:
        1 for full agreement, 0 for no more than chance, below 0 for less; NaN where chance alone
        agrees always, nothing was rated, or there are fewer than two raters.

    Raises:
        ArgumentError: where the table has not two dimensions, a count is negative or not whole, or
            the rows differ in their sum.

    Source: Fleiss 1971, Psychological Bulletin 76, 378-382.

    >>> round(fleiss_kappa([[3, 0], [2, 1], [0, 3], [0, 3]]), 4)
    0.6571
    """
    (table,) = checked_counts(counts=counts)
    if table.ndim != 2:
        raise ArgumentError(
            f"counts has shape {table.shape}, where it should have two dimensions: a row for each "
            "thing that was rated and a column for each category"
        )
    sums = table.sum(axis=1)
    if len(set(sums.tolist())) > 1:
        english = Writer().number
        raise ArgumentError(
            f"the rows of counts add up to {english(sums.min())} and to {english(sums.max())}: "
            "each thing is rated by the same number of raters"
        )
    raters = float(sums[0]) if len(sums) else 0.0
    if raters < 2:
        return float("nan")
    pairs = raters * (raters - 1)
    agreeing = float((table * (table - 1)).sum()) / (len(table) * pairs)
    shares = table.sum(axis=0) / table.sum()
    by_chance = float((shares**2).sum())
    return (agreeing - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def jaccard_share(first: Collection[object], second: Collection[object]) -> float:
    """Return the Jaccard index of two lists: the share of what either names that both name.

    Args:
        first: the one list.
        second: the other.

    Returns:
        From 0 (nothing in common) to 1 (the same); NaN where both are empty.

    Source: Jaccard 1912, New Phytologist 11, 37-50.

    >>> jaccard_share("abc", "bcd")
    0.5
    """
    either = {*first} | {*second}
    return len({*first} & {*second}) / len(either) if either else float("nan")


def stuart_maxwell(table: ArrayLike) -> ChiSquareTest:
    """Test whether both opinions name each category equally often (marginal homogeneity).

    Categories that are never exchanged for others, directly or by way of a third, cannot differ
    and lower the degrees of freedom. With two categories this is McNemar's test.

    Args:
        table: how often each pair of categories occurs, a square array; rows are the first
            opinion's categories, columns the second's.

    Returns:
        The statistic, its degrees of freedom and the p-value.

    Raises:
        ArgumentError: where the table is not square, or a count negative or not whole.

    Source: Stuart 1955, Biometrika 42, 412-416; Maxwell 1970, British Journal of Psychiatry 116,
    651-655.

    >>> test = stuart_maxwell([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    >>> print(f"{test.statistic:.4f}, {test.degrees_of_freedom}, {test.p_value:.4f}")
    13.7647, 2, 0.0010
    """
    counts = _checked_table(table)
    leaning = counts.sum(axis=1) - counts.sum(axis=0)
    exchanged = counts + counts.T
    np.fill_diagonal(exchanged, 0)
    covariance = np.diag(exchanged.sum(axis=1)) - exchanged
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True))
    statistic = float(leaning @ np.linalg.pinv(covariance, hermitian=True) @ leaning)
    return _chi_square(statistic, freedom)


def bowker(table: ArrayLike) -> ChiSquareTest:
    """Test whether each category is exchanged for each other one as often as the other way round.

    Pairs of categories that are never exchanged tell nothing and do not count.

    Args:
        table: how often each pair of categories occurs, a square array; rows are the first
            opinion's categories, columns the second's.

    Returns:
        The statistic, its degrees of freedom and the p-value.

    Raises:
        ArgumentError: where the table is not square, or a count negative or not whole.

    Source: Bowker 1948, Journal of the American Statistical Association 43, 572-574.

    >>> test = bowker([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    >>> print(f"{test.statistic:.4f}, {test.degrees_of_freedom}, {test.p_value:.4f}")
    13.7692, 3, 0.0032
    """
    counts = _checked_table(table)
    upper = np.triu_indices(len(counts), k=1)
    one_way, other_way = counts[upper], counts.T[upper]
    exchanged = one_way + other_way > 0
    terms = (one_way - other_way)[exchanged] ** 2 / (one_way + other_way)[exchanged]
    return _chi_square(float(terms.sum()), int(exchanged.sum()))


def _chi_square(statistic: float, freedom: int) -> ChiSquareTest:
    from scipy.special import chdtrc

    p_value = float(chdtrc(freedom, statistic)) if freedom else 1.0
    return ChiSquareTest(statistic if freedom else 0.0, freedom, p_value)


def _checked_table(table: ArrayLike) -> Floats:
    (counts,) = checked_counts(table=table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ArgumentError(
            f"table has shape {counts.shape}, where it should be square: as many rows as columns, "
            "for the same categories in the same order"
        )
    return counts
