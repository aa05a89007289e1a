"""How stable are the classes from one review to the next?

A transition table counts who went from which class (rows) to which (columns), both in the order of
the classes. Cohen's kappa tells how far the two reviews agree beyond chance: plain, or with moves
between distant classes weighing more. Read as a Markov chain, the table tells which part of each
class moves on, where the classes would settle if this went on (the stationary distribution), and
how much moves at all (Shorrocks' index: 0 nothing, 1 as if drawn anew).

Source: decided. Cohen 1960 (Educational and Psychological Measurement 20, 37-46) and 1968
(Psychological Bulletin 70, 213-220); Shorrocks 1978 (Econometrica 46, 1013-1024).

>>> stability = stability_of([[18, 2, 0, 0], [3, 20, 6, 1], [0, 5, 22, 8], [0, 0, 4, 11]], "ABCD")
>>> print(stability)
Stability: 71 of 100 stayed; kappa 0.61, linear 0.73, quadratic 0.84; Shorrocks' index 0.36
>>> stability.stationary.round(6).tolist()
[0.193861, 0.193861, 0.31664, 0.295638]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, BoolArray, Codes, FloatArray, as_objects, freeze
from klantkompas.errors import ArgumentError
from klantkompas.results import Result
from klantkompas.stats.agreement import POWERS, cohens_kappa
from klantkompas.stats.checks import checked_counts
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Sentence, sentence

__all__ = ["Stability", "stability_of"]
STABILITY = mark(
    "Stability: {stayed} of {customers} stayed; {kappas}; Shorrocks' index {shorrocks}"
)
NOBODY = mark("Stability: nobody was in a class both times")
KAPPAS = {
    "plain": mark("kappa {value}"),
    "linear": mark("linear {value}"),
    "quadratic": mark("quadratic {value}"),
}


@frozen(eq=False, repr=False, kw_only=True)
class Stability(Result):
    """How far customers stay in their class.

    A value that the table does not determine is NaN. A class that nobody was in, before or after,
    has no influence.

    Args:
        order: the classes, best first.
        table: how many customers went from each class (row) to each (column).
    """

    order: tuple[str, ...]
    table: Codes

    @property
    def customers(self) -> int:
        """How many customers were in a class both times."""
        return int(self.table.sum())

    @property
    def stayed(self) -> int:
        """How many of those customers stayed in their class."""
        return int(np.trace(self.table))

    def kappa(self, weights: str = "plain") -> float:
        """Return Cohen's kappa of the two reviews.

        Args:
            weights: ``"plain"``: all moves weigh the same; ``"linear"``: by how many classes they
                go; ``"quadratic"``: by the square of that.

        Returns:
            1 where all stayed, 0 for no more than chance, below 0 for less; NaN where chance alone
            would leave all in place, or nobody was in a class both times.

        Raises:
            ArgumentError: there are no such weights.

        >>> round(stability_of([[20, 5], [10, 15]], "AB").kappa(), 4)
        0.4
        """
        return cohens_kappa(self.table, weights)

    @property
    def shares(self) -> FloatArray:
        """The share of each class (row) that went to each class (column); NaN if it was empty."""
        left = self.table.sum(axis=1, keepdims=True)
        return freeze(np.where(left > 0, self.table / np.maximum(left, 1), np.nan))

    @property
    def _occupied(self) -> Codes:
        held = self.table.sum(axis=0) + self.table.sum(axis=1) > 0
        return np.flatnonzero(held)

    @property
    def shorrocks(self) -> float:
        """Shorrocks' index of the k classes that are not empty: (k - trace of shares) / (k - 1).

        NaN for fewer than two, and where nobody was in a class before that somebody came to.
        """
        kept = self._occupied
        if len(kept) < 2:
            return float("nan")
        return float((len(kept) - np.trace(self.shares[np.ix_(kept, kept)])) / (len(kept) - 1))

    @property
    def stationary(self) -> FloatArray:
        """The share that each class would have in the end if every review moved as this one did.

        NaN where there is more than one such end, depending on where customers begin; and where
        nobody was in a class before that somebody came to.
        """
        kept = self._occupied
        moves = self.shares[np.ix_(kept, kept)]
        settled = _reached_from_all(moves > 0)
        if np.isnan(moves).any() or not settled.any():
            return freeze(np.full(len(self.order), np.nan))
        closed = moves[np.ix_(settled, settled)]
        size = len(closed)
        system = np.vstack([closed.T - np.eye(size), np.ones((1, size))])
        share = np.zeros(len(self.order))
        share[kept[settled]] = np.linalg.lstsq(system, np.append(np.zeros(size), 1), rcond=None)[0]
        return freeze(share)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each pair of an old and a new class."""
        size = len(self.order)
        return {
            "from": as_objects(np.repeat(self.order, size).tolist()),
            "to": as_objects(self.order * size),
            "customers": self.table.ravel().astype(np.int64),
            "share": self.shares.ravel(),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the result: how many stayed, with kappa and Shorrocks' index."""
        if not self.customers:
            return (Sentence(NOBODY),)
        kappas = Listing(sentence(KAPPAS[name], value=self.kappa(name)) for name in POWERS)
        return (
            sentence(
                STABILITY,
                stayed=self.stayed,
                customers=self.customers,
                kappas=kappas,
                shorrocks=self.shorrocks,
            ),
        )


def stability_of(table: ArrayLike, order: Sequence[str]) -> Stability:
    """Return how stable classes are, from a transition table.

    Args:
        table: how many customers went from each class (row) to each (column); customers that were
            not in a class both times stay out of it.
        order: the classes of the rows and columns, best first.

    Returns:
        How stable the classes are, the table, with kappa and the other numbers.

    Raises:
        ArgumentError: the table is not square with a row for each class, a count is negative or not
            whole, or a class is there twice.

    >>> print(stability_of([[9, 1], [0, 10]], "AB"))
    Stability: 19 of 20 stayed; kappa 0.9, linear 0.9, quadratic 0.9; Shorrocks' index 0.1
    """
    (counts,) = checked_counts(table=table)
    labels = tuple(order)
    if counts.shape != (len(labels), len(labels)) or len(set(labels)) < len(labels):
        raise ArgumentError(
            f"the table has shape {counts.shape} for the classes {', '.join(labels) or 'none'}; "
            "give a row and a column for each class, and each class once"
        )
    return Stability(order=labels, table=freeze(counts.astype(np.intp)))


def _reached_from_all(moves: BoolArray) -> BoolArray:
    """Return a mask of the classes that can be reached from every class: where customers end up."""
    reached = moves | np.eye(len(moves), dtype=np.bool_)
    for _ in moves:
        reached = reached @ reached
    everywhere: BoolArray = np.logical_and.reduce(reached)
    return everywhere
