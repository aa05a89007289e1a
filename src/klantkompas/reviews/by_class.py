"""Customers on a list for their class: why they have it, or which success factors they meet.

Source: S1 steps 2 and 3.
"""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from klantkompas.classification.evidence import State, States
from klantkompas.compass import Reading
from klantkompas.reviews.lists import Listed
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["Classed", "Fitting"]

MEETS = mark("they met {met} of {factors} in {months}")
MEETS_NOT = mark("not: {factors}")
UNKNOWN = mark("unknown: {factors}")


@frozen(kw_only=True)
class Classed(Listed):
    """A customer who is on a list for their class; the reason is made when it is asked for.

    Args:
        customer: the customer's id.
        reading: the reading.
    """

    customer: str
    reading: Reading = field(metadata=UNTOLD, repr=False)

    @property
    def why(self) -> Sentence:
        """Why they have their class, or none."""
        return self.reading.classes.reason(self.reading.measures.place(self.customer))


@frozen(kw_only=True)
class Fitting(Classed):
    """A customer who is on a list for the success factors that they meet."""

    @property
    def _states(self) -> States:
        """How they stand on each of the factors that are measured."""
        states: States = self.reading.scorecard.states[self._row]
        return states

    @property
    def _row(self) -> int:
        """Their row on the score card."""
        place = self.reading.measures.place(self.customer)
        return int(np.searchsorted(self.reading.scorecard.places, place))

    @property
    def why(self) -> Sentence:
        """How many success factors they meet, and which not."""
        declared, states = self.reading.scorecard.declared, self._states.tolist()
        parts = [self.in_brief]
        for message, sorts in (
            (MEETS_NOT, (State.NOT_MET,)),
            (UNKNOWN, (State.MISSING, State.TOO_LITTLE)),
        ):
            titles = [
                Sentence(factor.title)
                for factor, state in zip(declared, states, strict=True)
                if state in sorts
            ]
            if titles:
                parts.append(sentence(message, factors=Listing(titles)))
        return sentence("{parts}", parts=Listing(parts, "; "))

    @property
    def in_brief(self) -> Sentence:
        """How many they met in the period, of those measured; what is open from before."""
        states = self._states
        met, measured = (states == State.MET).sum(), (states != State.NOT_MEASURED).sum()
        meets = sentence(
            MEETS,
            met=int(met),
            factors=Quantity(int(measured), "success factors"),
            months=Quantity(self.reading.months, "months"),
        )
        card, row = self.reading.scorecard, self._row
        still_open = (card.still_open(row, column) for column in range(len(card.declared)))
        told = [meets, *(each for each in still_open if each is not None)]
        return sentence("{told}", told=Listing(told, "; "))
