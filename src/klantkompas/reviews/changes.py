"""Who went from one class to another between two readings, why, and what they did.

Source: S1 step 7 (the team knows why a customer is where it is).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, ObjectArray, as_objects, is_known
from klantkompas.classification.evidence import State, States
from klantkompas.classification.judging import judge
from klantkompas.hooks import ClassificationRule
from klantkompas.reviews.causes import Cause, causes_of
from klantkompas.reviews.lists import Listed, places_in, values_at
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import CustomerName, Listing, Quantity, Sentence, sentence

__all__ = ["ClassChange", "changes_between", "stayed"]

WENT = mark("from {old} to {new}: {cause}")
IN_BRIEF = mark("from {old} to {new}")
MOVED = mark("{customer} went from {old} to {new}: {cause}")
MET_NOW = mark("meets now: {factors}")
NO_LONGER_MET = mark("no longer meets: {factors}")
UNKNOWN_NOW = mark("unknown now: {factors}")
REVENUE = mark("revenue {revenue}, was {before}")
ALTHOUGH = mark("although revenue is {revenue}, was {before}")
STAYED = mark("still {label}; {brought}")
OWN_DOING = (Cause.OWN, Cause.SEVERAL)
"""The causes that what a customer did says more of than their name."""


@frozen(kw_only=True)
class ClassChange(Listed):
    """A customer whose class differs between two readings.

    Args:
        customer: the customer's id.
        old: their class at the earlier reading.
        new: their class at the later reading.
        cause: why it changed.
        met_now: the titles of the success factors that they meet now, and did not before.
        no_longer_met: the titles of those that they met before, and do not meet now.
        unknown_now: the titles of those that they met before, and that are unknown now.
        revenue: what they brought in the later period, in money; NaN where unknown.
        revenue_before: what they brought in the earlier one.
    """

    customer: str
    old: str
    new: str
    cause: Cause
    met_now: tuple[str, ...] = ()
    no_longer_met: tuple[str, ...] = ()
    unknown_now: tuple[str, ...] = ()
    revenue: float = math.nan
    revenue_before: float = math.nan

    def _said(self, message: str) -> Sentence:
        return sentence(
            message,
            customer=CustomerName(self.customer),
            old=Sentence(self.old),
            new=Sentence(self.new),
            cause=Sentence(self.cause),
        )

    @property
    def _factors(self) -> tuple[Sentence, ...]:
        said = {
            MET_NOW: self.met_now,
            NO_LONGER_MET: self.no_longer_met,
            UNKNOWN_NOW: self.unknown_now,
        }
        return tuple(
            sentence(message, factors=Listing(map(Sentence, titles)))
            for message, titles in said.items()
            if titles
        )

    @property
    def _brought(self) -> tuple[Sentence, ...]:
        if math.isnan(self.revenue) or math.isnan(self.revenue_before):
            return ()
        now, before = Quantity(self.revenue, "money"), Quantity(self.revenue_before, "money")
        return (sentence(self._as_brought, revenue=now, before=before),)

    @property
    def _as_brought(self) -> str:
        """How revenue is told: as against the factors where it went the other way."""
        met = len(self.met_now) - len(self.no_longer_met) - len(self.unknown_now)
        more = self.revenue - self.revenue_before
        return ALTHOUGH if met * more < 0 else REVENUE

    @property
    def why(self) -> Sentence:
        """From which class to which, the cause, and what they did."""
        return _joined(self._said(WENT), *self._factors, *self._brought)

    @property
    def then_and_now(self) -> Sentence:
        """From which class to which, what they did or the cause, and what they brought."""
        own = self.cause in OWN_DOING
        return _joined(self._said(IN_BRIEF if own else WENT), *self._factors, *self._brought)

    @property
    def in_brief(self) -> Sentence:
        """From which class to which, and what they did, or the cause where it is not theirs.

        What they brought is told where they meet as many success factors as before.
        """
        own = self.cause in OWN_DOING
        met_as_many = len(self.met_now) == len(self.no_longer_met) + len(self.unknown_now)
        brought = self._brought if own and met_as_many else ()
        return _joined(self._said(IN_BRIEF if own else WENT), *self._factors, *brought)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says from which class to which, why, and what they did."""
        return (_joined(self._said(MOVED), *self._factors, *self._brought),)


def stayed(
    before: RecordedReading, now: RecordedReading, customer_id: str | int
) -> Sentence | None:
    """Return the class of a customer that two readings agree on, and their revenue at each.

    Args:
        before: the earlier reading.
        now: the later one.
        customer_id: the customer's id.

    Returns:
        A sentence; None where either has no class for them.
    """
    ids = as_objects([str(customer_id)])
    was, stands = places_in(before, ids), places_in(now, ids)
    if was[0] < 0 or stands[0] < 0 or (label := now.labels[stands[0]]) is None:
        return None
    if before.labels[was[0]] is None:
        return None
    revenue, earlier = (
        Quantity(float(values_at(reading, "revenue", places)[0]), "money")
        for reading, places in ((now, stands), (before, was))
    )
    brought = sentence(REVENUE, revenue=revenue, before=earlier)
    return sentence(STAYED, label=Sentence(label), brought=brought)


def _joined(*said: Sentence) -> Sentence:
    return sentence("{said}", said=Listing(said, "; ")) if len(said) > 1 else said[0]


def changes_between(
    before: RecordedReading,
    now: RecordedReading,
    rules: Sequence[ClassificationRule],
    was: Codes,
    stands: Codes,
) -> tuple[ClassChange, ...]:
    """Return the customers who went from one class to another.

    Args:
        before: the earlier reading.
        now: the later one.
        rules: the classification rules of the later reading.
        was: for each customer, in id order, their position in the earlier reading; negative for who
            is not in it.
        stands: the same of the later reading.
    """
    both = (was >= 0) & (stands >= 0)
    old, new = before.labels[was], now.labels[stands]
    moved = both & (old != new) & is_known(old) & is_known(new)
    old, new, was, stands = old[moved], new[moved], was[moved], stands[moved]
    computed = before.computed[was] != now.computed[stands]
    causes = iter(causes_of(before, now, rules, was[computed], stands[computed]))
    titles, then, today = _states(before, now, was, stands)
    met, known = State.MET, today <= State.MET
    brought = zip(
        values_at(now, "revenue", stands).tolist(),
        values_at(before, "revenue", was).tolist(),
        strict=True,
    )

    def of(mask: BoolArray) -> tuple[str, ...]:
        return tuple(titles.compress(mask))

    return tuple(
        ClassChange(
            customer=now.ids[stands[at]],
            old=old[at],
            new=new[at],
            cause=next(causes) if computed[at] else Cause.OVERRIDDEN,
            met_now=of((today[at] == met) & (then[at] != met)),
            no_longer_met=of((then[at] == met) & (today[at] != met) & known[at]),
            unknown_now=of((then[at] == met) & ~known[at]),
            revenue=revenue,
            revenue_before=revenue_before,
        )
        for at, (revenue, revenue_before) in enumerate(brought)
    )


def _states(
    before: RecordedReading, now: RecordedReading, was: Codes, stands: Codes
) -> tuple[ObjectArray, States, States]:
    """Return the titles of the factors that both readings have, and the states by each reading."""
    earlier = {each.name: each for each in before.factors}
    pairs = [(earlier[each.name], each) for each in now.factors if each.name in earlier]
    pairs = [
        (one, other)
        for one, other in pairs
        if one.measure in before.measures.columns and other.measure in now.measures.columns
    ]

    def judged(
        reading: RecordedReading, places: Codes, factors: Sequence[RecordedFactor]
    ) -> States:
        nothing = np.zeros((len(places), 0), dtype=np.int8)
        found = (judge(f.declared(), reading.measures, places, f.cutoff) for f in factors)
        return np.column_stack([nothing, *(states for _, states in found)])

    return (
        as_objects(each.title for _, each in pairs),
        judged(before, was, [each for each, _ in pairs]),
        judged(now, stands, [each for _, each in pairs]),
    )
