"""Why do customers leave: as your staff believe, and as the customers say?

Question: what would you repair in vain, because only you believe that it made customers leave?
Idea: staff tend to name hard reasons (price, product, delivery terms), customers soft ones
(service, attention, attitude, mentality). Compare how often each side names each reason, among the
departures for which it named any. Where both named one for the same departure, the cross table,
Cohen's kappa and the Stuart-Maxwell test tell how far the two agree and whether they lean apart.
Source: S2; the intervals in `klantkompas.stats.proportions`, the agreement
in `klantkompas.stats.agreement`.

Reasons of your own are mapped to these: ``reason_gap(..., mapping={"te duur": "price"})``. In a
reading the reasons stay counted as they were written, so the mapping may come afterwards:
``reading["departures"].mapped({"te duur": "price"})``. What is not mapped is `other`, and listed.

>>> gap = reason_gap(
...     ["price", "prijs", "price", "product", "te duur", None],
...     ["service", "attention", "price", "service", None, "attitude"],
...     mapping={"te duur": "price"},
... )
>>> print(gap)
Departures: 6; staff named a reason for 5 of them, customers for 5, both for 4
Hard reasons: staff 5 of 5, customers 1 of 5 (+80 points, 19 to 96)
Repaired in vain, perhaps: price, product
Overlooked, perhaps: service, attention, attitude
>>> round(gap.total_variation, 2), round(gap.kappa, 3)
(0.8, 0.077)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import AnyArray, BoolArray, Codes, as_objects, freeze
from klantkompas._checked import checked_instances
from klantkompas._nearest import nearest
from klantkompas.domain.reasons import (
    HARD,
    SOFT,
    Reason,
    checked_mapping,
    named_reason,
    plain_text,
    reason_of,
)
from klantkompas.drawing import Pictured, ReasonsDisplay
from klantkompas.errors import ArgumentError, DataError
from klantkompas.hooks import Unanswered, lens
from klantkompas.lenses.departures.difference import ReasonDifference
from klantkompas.lenses.departures.leaving import REASONS, Departed
from klantkompas.portfolio import Measures, TallyCounts
from klantkompas.results import Result
from klantkompas.stats.agreement import (
    ChiSquareTest,
    cohens_kappa,
    stuart_maxwell,
    total_variation,
)
from klantkompas.stats.proportions import SharedCounts
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Sentence, sentence

__all__ = ["ReasonGap", "departures", "reason_gap"]

NOT_NAMED = len(REASONS)
COUNTS = mark(
    "Departures: {departures}; staff named a reason for {believed} of them, customers for "
    "{stated}, both for {both}"
)
HARD_REASONS = mark(
    "Hard reasons: staff {believed} of {by_staff}, customers {stated} of {by_customers} ({gap})"
)
IN_VAIN = mark("Repaired in vain: {reasons}")
PERHAPS_IN_VAIN = mark("Repaired in vain, perhaps: {reasons}")
OVERLOOKED = mark("Overlooked: {reasons}")
PERHAPS_OVERLOOKED = mark("Overlooked, perhaps: {reasons}")
NO_CUSTOMERS = "this gap was made of reasons alone; a reading tells of each customer"
UNKNOWN_REASONS = mark("Other reasons, {count} of them: map what you can")


@frozen(eq=False, repr=False, kw_only=True)
class ReasonGap(Pictured, Result):
    """Reasons for leaving as staff believe them and as customers state them.

    Args:
        pairs: how many departures have each pair of reasons as written (believed, stated); ``''``
            where that side named none.
        mapping: by a reason of your own, the reason of `Reason` that it stands for.
        customers: which customers left, and when; None where only the reasons are known.
    """

    pairs: TallyCounts
    mapping: Mapping[str, Reason]
    customers: Departed | None = None

    @cached_property
    def counts(self) -> Codes:
        """How many departures have each reason believed (row) and stated (column).

        Both are in the order of `Reason`, with *not named* last.
        """
        table = np.zeros((NOT_NAMED + 1, NOT_NAMED + 1), dtype=np.intp)
        for (believed, stated), count in self.pairs.items():
            table[self._place(believed), self._place(stated)] += count
        return freeze(table)

    def _place(self, text: str) -> int:
        return REASONS.index(reason_of(text, self.mapping)) if text else NOT_NAMED

    @property
    def left(self) -> BoolArray:
        """True for each customer known to have left in the period, in id order.

        False for all others, and for customers who object to profiling.
        """
        return self._customers.left

    @property
    def _customers(self) -> Departed:
        if self.customers is None:
            raise ArgumentError(NO_CUSTOMERS)
        return self.customers

    @property
    def departures(self) -> int:
        """How many departures there are, with or without a reason."""
        return int(self.counts.sum())

    @property
    def believed(self) -> Codes:
        """How often staff named each reason, in the order of `Reason`."""
        named: Codes = self.counts[:-1].sum(axis=1)
        return named

    @property
    def stated(self) -> Codes:
        """How often customers named each reason, in the order of `Reason`."""
        named: Codes = self.counts[:, :-1].sum(axis=0)
        return named

    @property
    def cross_table(self) -> Codes:
        """How many departures have each pair of reasons, where both sides named one.

        Rows are the reasons that staff believe, columns those that customers state.
        """
        return self.counts[:-1, :-1]

    @property
    def total_variation(self) -> float:
        """The share of what staff believe that has to change to match what customers state."""
        return total_variation(self.believed, self.stated)

    @property
    def kappa(self) -> float:
        """Cohen's kappa, where both named a reason for the same departure.

        Two reasons that are both `other` agree here, whatever they are.
        """
        return cohens_kappa(self.cross_table)

    @property
    def homogeneity(self) -> ChiSquareTest:
        """The Stuart-Maxwell test of whether both sides name each reason equally often."""
        return stuart_maxwell(self.cross_table)

    def of(self, *reasons: str) -> ReasonDifference:
        """Return how often each side names a reason, or one of several taken together.

        Args:
            *reasons: members of `Reason`, or their words.

        Returns:
            The shares, and the gap with its interval.

        Raises:
            ArgumentError: there is no such reason.
        """
        for each in reasons:
            if each not in REASONS:
                raise ArgumentError(f"no reason is called {each!r}. {nearest(each, REASONS)}")
        return self._difference(" or ".join(reasons), reasons)

    def _difference(self, name: str, reasons: Iterable[str]) -> ReasonDifference:
        within = [REASONS.index(Reason(each)) for each in reasons]
        table = self.cross_table
        both = int(table[np.ix_(within, within)].sum())
        first, second = int(table[within].sum()), int(table[:, within].sum())
        return ReasonDifference(
            name,
            SharedCounts(
                first=int(self.believed[within].sum()),
                first_of=int(self.believed.sum()),
                second=int(self.stated[within].sum()),
                second_of=int(self.stated.sum()),
                pairs=(both, first - both, second - both, int(table.sum()) - first - second + both),
            ),
        )

    def display(self) -> ReasonsDisplay:
        """Return the picture: how often either side names each reason."""
        return ReasonsDisplay.from_result(self)

    @property
    def reasons(self) -> tuple[ReasonDifference, ...]:
        """How often each side names each reason, in the order of `Reason`."""
        return tuple(self._difference(each, (each,)) for each in REASONS)

    @property
    def hard(self) -> ReasonDifference:
        """How often each side names price, product or delivery terms, taken together."""
        return self._difference("hard reasons", HARD)

    @property
    def soft(self) -> ReasonDifference:
        """How often each side names service, attention, attitude or mentality, taken together."""
        return self._difference("soft reasons", SOFT)

    @property
    def repaired_in_vain(self) -> tuple[ReasonDifference, ...]:
        """Reasons that staff name more often than customers do; the largest gap first.

        `ReasonDifference.is_sure` says for each whether that is more than chance.
        """
        overrated = [each for each in self.reasons if each.name != Reason.OTHER and each.gap > 0]
        return tuple(sorted(overrated, key=lambda each: -each.gap))

    @property
    def overlooked(self) -> tuple[ReasonDifference, ...]:
        """Reasons that customers name more often than staff do; the largest gap first."""
        underrated = [each for each in self.reasons if each.name != Reason.OTHER and each.gap < 0]
        return tuple(sorted(underrated, key=lambda each: each.gap))

    @property
    def unknown_reasons(self) -> Mapping[str, int]:
        """Texts that are none of the reasons, with how often each was named; highest first."""
        found = Counter[str]()
        for pair, count in self.pairs.items():
            for text in pair:
                if text and named_reason(text, self.mapping) is None:
                    found[text] += count
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def mapped(self, mapping: Mapping[str, str]) -> ReasonGap:
        """Return the same departures with reasons of your own read as those of `Reason`.

        Args:
            mapping: by your own reason, the reason that it resolves to; capitals do not matter.

        Returns:
            The same departures, seen through the mapping (and through any earlier one).

        Raises:
            ArgumentError: a reason resolves to what is none of the reasons.
        """
        return evolve(self, mapping={**self.mapping, **checked_mapping(mapping)})

    def why(self, customer_id: str | int) -> Text:
        """Return whether a customer left in the period, and why: as staff believe and as they say.

        The words as written are not kept for each customer, so a reason that is not in `Reason` is
        *other* here, also where a mapping was given afterwards.

        Args:
            customer_id: the customer's id.

        Returns:
            The explanation of their latest departure, which prints as sentences.

        Raises:
            ArgumentError: there is no such customer, or the result holds reasons only, and no
                customers.
        """
        return self._customers.why(customer_id)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each reason, and for hard and soft ones."""
        rows = [*self.reasons, self.hard, self.soft]
        limits = [each.interval() for each in rows]
        return {
            "reason": as_objects(str(each.name) for each in rows),
            "believed": np.array([each.counts.first for each in rows]),
            "stated": np.array([each.counts.second for each in rows]),
            "believed_share": np.array([each.believed_share for each in rows]),
            "stated_share": np.array([each.stated_share for each in rows]),
            "gap": np.array([each.gap for each in rows]),
            "low": np.array([each.low for each in limits]),
            "high": np.array([each.high for each in limits]),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: hard and soft reasons, what is overrated and overlooked.

        Gaps that are sure come before those that may be chance; the last sentence says how many
        reasons are none of `Reason`.
        """
        parts = [
            sentence(
                COUNTS,
                departures=self.departures,
                believed=int(self.believed.sum()),
                stated=int(self.stated.sum()),
                both=int(self.cross_table.sum()),
            )
        ]
        if not np.isnan(self.hard.gap):
            parts.append(
                sentence(
                    HARD_REASONS,
                    believed=round(self.hard.believed_share * int(self.believed.sum())),
                    by_staff=int(self.believed.sum()),
                    stated=round(self.hard.stated_share * int(self.stated.sum())),
                    by_customers=int(self.stated.sum()),
                    gap=self.hard.points,
                )
            )
        for found, sure, perhaps in (
            (self.repaired_in_vain, IN_VAIN, PERHAPS_IN_VAIN),
            (self.overlooked, OVERLOOKED, PERHAPS_OVERLOOKED),
        ):
            for message, wanted in ((sure, True), (perhaps, False)):
                listed = [
                    each.named if wanted else Sentence(each.name)
                    for each in found
                    if each.is_sure is wanted
                ]
                if listed:
                    parts.append(sentence(message, reasons=Listing(listed)))
        if self.unknown_reasons:
            parts.append(sentence(UNKNOWN_REASONS, count=len(self.unknown_reasons)))
        return tuple(parts)


def reason_gap(
    believed: Sequence[str | None],
    stated: Sequence[str | None],
    *,
    mapping: Mapping[str, str] | None = None,
) -> ReasonGap:
    """Return why customers left as staff believe and as the customers say.

    Args:
        believed: for each departure the reason that staff believe; None where they named none.
        stated: for the same departures the reason that the customer gave; None where they named
            none.
        mapping: by a reason of your own, the reason (of `Reason`) that it resolves to.

    Returns:
        How often each side names each reason, and how far the two lie apart.

    Raises:
        DataError: a reason is not text, or the two differ in length.
        ArgumentError: the mapping resolves to what is none of the reasons.

    >>> reason_gap(["price", "price"], ["service", None]).of("price").gap
    1.0
    """
    one, other = _texts("believed", believed), _texts("stated", stated)
    if len(one) != len(other):
        raise DataError(
            f"{len(one)} believed and {len(other)} stated reasons were given",
            remedy="Give both for each departure, None where one was not named",
        )
    return ReasonGap(pairs=Counter(zip(one, other, strict=True)), mapping=checked_mapping(mapping))


def _texts(column: str, reasons: Sequence[str | None]) -> list[str]:
    texts = []
    every = checked_instances(reasons, object, f"{column} is a list of reasons")
    for row, reason in enumerate(every, start=1):
        if reason is None or reason != reason:  # NaN differs from itself
            texts.append("")
        elif isinstance(reason, str):
            texts.append(plain_text(reason))
        else:
            raise DataError(
                f"a {type(reason).__name__} is not the text of a reason", column=column, row=row
            )
    return texts


@lens(question="Why do customers leave: as your staff believe, and as they say themselves?")
def departures(measures: Measures) -> ReasonGap | Unanswered:
    """Return why the customers who left in the period did so, believed and stated.

    Args:
        measures: what is known of each customer, with the tally ``departure_reasons``.

    Returns:
        How often each side names each reason, also for customers who object to profiling;
        `Unanswered` where no reason is known for any departure.
    """
    pairs = measures.tallies["departure_reasons"]
    if not any(any(pair) for pair in pairs):
        return Unanswered("no reason is known for which a customer left in the period")
    return ReasonGap(pairs=pairs, mapping={}, customers=Departed.of(measures))
