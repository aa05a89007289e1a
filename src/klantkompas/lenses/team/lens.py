"""Whom do colleagues name as fitting best, why, and how far do they agree?

Question: two or three people each wrote down who fits best and why; whom did several of them name,
which reasons do they give, and does a success factor measure what they value?
Idea: count for each customer which members of the team name them, and for each reason for how many
customers it is given. Two members agree by the share of names in common (Jaccard); all of them
together by Fleiss' kappa over the active customers. A reason that a success factor covers is
measured, and what was found of the customer stands beside the reason: so, otherwise or unknown; the
others are what the business values and nobody measures yet.
Source: S1 steps 1-3. Jaccard 1912; Fleiss 1971.

>>> lists = [
...     Nomination(customer="17", by="Anna", reason="Always pays on time"),
...     Nomination(customer="17", by="Bo", reason="always pays on time"),
...     Nomination(customer="8", by="Bo"),
... ]
>>> print(team_of(lists, active=["8", "17", "20"]))
Team: 2 customers named by 2 members
  17: named by Anna and Bo: always pays on time (not measured)
  8: named by Bo
How far they agree: 0.33, where 0 is what chance gives and 1 the same names (Fleiss' kappa)
  Anna and Bo: 1 of 2 names in common
Reasons
  always pays on time: 1 customer, not measured yet
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, as_objects, is_known
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.nominations import NOMINATIONS, Nomination, in_record
from klantkompas.hooks import SuccessFactor, Unanswered, lens
from klantkompas.lenses.team.reasons import (
    Beside,
    ReasonGiven,
    beside,
    count_reasons,
    factors_by_reason,
    plain_reason,
)
from klantkompas.portfolio import Measures
from klantkompas.results import Result
from klantkompas.stats.agreement import fleiss_kappa, jaccard_share
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)
from klantkompas.wording.writer import Language, writer_of

__all__ = [
    "InCommon",
    "Named",
    "Team",
    "nominations_in",
    "team",
    "team_of",
]

SHOWN = 5
"""How many customers, pairs and reasons a team prints."""

TEAM = mark("Team: {customers} named by {members}")
NAMED = mark("{customer}: named by {members}")
BESIDE = "{reason} ({beside})"
NAMED_FOR = mark("{customer}: named by {members}: {reasons}")
KAPPA = mark(
    "How far they agree: {kappa}, where 0 is what chance gives and 1 the same names (Fleiss' kappa)"
)
COMMON = mark("{first} and {second}: {both} of {either} names in common")
REASONS = mark("Reasons")
MORE = mark("... and {number} more")


@frozen(kw_only=True)
class Named(Text):
    """A customer whom colleagues named.

    Args:
        customer: the customer's id.
        by: the names of the members who named the customer, sorted.
        reasons: the reasons given, trimmed, in lower case and sorted.
        beside: for each reason, what was measured of the customer.
        active: whether the customer is active.
        factors_met: how many success factors the customer meets; 0 for one who is not active.
        revenue: what the customer brought in the period, in money; NaN where unknown.
    """

    customer: str
    by: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    active: bool = True
    factors_met: int = 0
    revenue: float = 0.0

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says who named the customer, and why; and what was measured."""
        customer, members = CustomerName(self.customer), Listing(self.by, None)
        if not self.reasons:
            return (sentence(NAMED, customer=customer, members=members),)
        told = [
            sentence(BESIDE, reason=reason, beside=Sentence(found))
            for reason, found in zip(self.reasons, self.beside, strict=True)
        ]
        reasons = Listing(told, "; ")
        return (sentence(NAMED_FOR, customer=customer, members=members, reasons=reasons),)


@frozen(kw_only=True)
class InCommon(Text):
    """How far two members of the team agree.

    Args:
        first: the one, by name before the other.
        second: the other.
        both: how many customers both named.
        either: how many either of them named.
        share: the share of names in common (Jaccard).
    """

    first: str
    second: str
    both: int
    either: int
    share: float

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says how many names the two members have in common."""
        pair = {"first": self.first, "second": self.second}
        return (sentence(COMMON, **pair, both=self.both, either=self.either),)


@frozen(eq=False, repr=False, kw_only=True)
class Team(Result):
    """What the team's own lists say together.

    Args:
        members: the names of those who named somebody, sorted.
        named: the customers who were named; those whom most members named come first, then by
            success factors met, revenue and id.
        in_common: how far members agree, pair by pair.
        kappa: Fleiss' kappa over the active customers; NaN with one member.
        reasons: the reasons; those given for most customers come first, then alphabetically.
        places: how many customers a shortlist holds: a fifth of the active customers.
        factors: the success factors' titles, by name.
    """

    members: tuple[str, ...]
    named: tuple[Named, ...]
    in_common: tuple[InCommon, ...]
    kappa: float
    reasons: tuple[ReasonGiven, ...]
    places: int
    factors: Mapping[str, str]

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """The reasons that no factor covers: what the business values and nobody measures yet."""
        return tuple(each.reason for each in self.reasons if each.factor is None)

    def shortlist(self, *, everybody: bool = False) -> tuple[str, ...]:
        """Return the ids of a shortlist, for ``Compass.read(shortlist=...)``.

        Args:
            everybody: True for all customers who were named; otherwise as many active ones as a
                shortlist holds, or fewer where fewer were named.

        Returns:
            The ids of the chosen customers; those whom most members named come first.
        """
        if everybody:
            return tuple(each.customer for each in self.named)
        return tuple(each.customer for each in self.named if each.active)[: self.places]

    @property
    def opening(self) -> Sentence:
        """The sentence that opens the text: how many customers were named, by how many members."""
        customers = Quantity(len(self.named), "customers")
        return sentence(TEAM, customers=customers, members=Quantity(len(self.members), "members"))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: who was named by whom, the agreement and the reasons."""
        blocks: list[tuple[Sentence | None, Sequence[Text]]] = [(None, self.named)]
        if len(self.members) > 1:
            blocks.append((sentence(KAPPA, kappa=self.kappa), self.in_common))
        if self.reasons:
            blocks.append((Sentence(REASONS), self.reasons))
        found = list[Sentence]()
        for opening, listed in blocks:
            found += [] if opening is None else [opening]
            lines = [part for each in listed[:SHOWN] for part in each.parts]
            if len(listed) > SHOWN:
                lines.append(sentence(MORE, number=len(listed) - SHOWN))
            found += indented(lines)
        return tuple(found)

    def text(self, language: Language = "en") -> str:
        """Return the result as text: how many customers were named, and the first of each list.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        return "\n".join(map(writer_of(language).say, (self.opening, *self.parts)))

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each customer who was named."""
        return {
            "id": as_objects(each.customer for each in self.named),
            "named_by": np.array([len(each.by) for each in self.named], dtype=np.int64),
            "members": as_objects("; ".join(each.by) for each in self.named),
            "reasons": as_objects("; ".join(each.reasons) or None for each in self.named),
            "measured": as_objects("; ".join(each.beside) or None for each in self.named),
            "active": np.array([each.active for each in self.named], dtype=np.bool_),
            "factors_met": np.array([each.factors_met for each in self.named], dtype=np.int64),
            "revenue": np.array([each.revenue for each in self.named], dtype=np.float64),
        }


def _agreement(by_member: Mapping[str, set[str]]) -> tuple[InCommon, ...]:
    return tuple(
        InCommon(
            first=first,
            second=second,
            both=len(by_member[first] & by_member[second]),
            either=len(by_member[first] | by_member[second]),
            share=jaccard_share(by_member[first], by_member[second]),
        )
        for first, second in combinations(sorted(by_member), 2)
    )


def team_of(
    nominations: Iterable[Nomination],
    active: Iterable[str],
    *,
    factors: Mapping[str, str] | None = None,
    factors_met: Mapping[str, int] | None = None,
    meets: Mapping[str, Mapping[str, bool]] | None = None,
    revenue: Mapping[str, float] | None = None,
    opted_out: Iterable[str] = (),
    reasons: Mapping[str, str] | None = None,
) -> Team:
    """Return what the team's own lists say together.

    A member counts once per customer, and a reason once per customer. Whoever objects to profiling
    counts in the agreement only.

    Args:
        nominations: the lists, in any order.
        active: the ids of the active customers.
        factors: the success factors' titles, by name.
        factors_met: how many success factors each active customer meets, by id.
        meets: by id, whether a customer meets each factor of which that is known.
        revenue: what each customer brought in the period, in money, by id.
        opted_out: the ids of those who object to profiling.
        reasons: by reason, the name of the factor that covers it. A reason that is a factor's own
            title or name needs none.

    Returns:
        The customers who were named, how far the members agree, and the reasons.

    Raises:
        ArgumentError: nobody gave one of the reasons, or a factor does not exist.

    >>> lists = [Nomination(customer="17", by="Anna", reason="Betaalt altijd op tijd")]
    >>> covers = {"betaalt altijd op tijd": "pays_on_time"}
    >>> found = team_of(lists, ["17"], factors={"pays_on_time": "pays on time"}, reasons=covers)
    >>> found.reasons[0].factor
    'pays_on_time'
    """
    nominations = tuple(nominations)
    titles, met, brought = factors or {}, factors_met or {}, revenue or {}
    covers = factors_by_reason(nominations, reasons or {}, titles)

    def measured_beside(customer: str, given: Sequence[str]) -> tuple[Beside, ...]:
        found = (meets or {}).get(customer, {})
        return tuple(beside(covers.get(reason), found) for reason in given)

    there, hidden = {*active}, {*opted_out}
    by_member: dict[str, set[str]] = {}
    by_customer: dict[str, list[Nomination]] = {}
    for each in nominations:
        by_member.setdefault(each.by.strip(), set()).add(each.customer)
        by_customer.setdefault(each.customer, []).append(each)
    why = {
        customer: tuple(sorted({plain_reason(each.reason) for each in lines} - {""}))
        for customer, lines in by_customer.items()
    }
    named = [
        Named(
            customer=customer,
            by=tuple(sorted({each.by.strip() for each in lines})),
            reasons=why[customer],
            beside=measured_beside(customer, why[customer]),
            active=customer in there,
            factors_met=met.get(customer, 0),
            revenue=brought.get(customer, float("nan")),
        )
        for customer, lines in by_customer.items()
        if customer not in hidden
    ]
    named.sort(key=_best_first)
    votes = np.zeros(len(there), dtype=np.int64)
    counted = [len({n.by.strip() for n in by_customer[each]}) for each in there & {*by_customer}]
    votes[: len(counted)] = counted
    return Team(
        members=tuple(sorted(by_member)),
        named=tuple(named),
        in_common=_agreement(by_member),
        kappa=fleiss_kappa(np.column_stack([votes, len(by_member) - votes])),
        reasons=count_reasons(
            [dict(zip(each.reasons, each.beside, strict=True)) for each in named], covers, titles
        ),
        places=max(1, round(len(there) / 5)) if there else 0,
        factors=titles,
    )


def _best_first(named: Named) -> tuple[int, int, float, int, str]:
    revenue = float(np.nan_to_num(named.revenue, nan=-np.inf))
    return (-len(named.by), -named.factors_met, -revenue, len(named.customer), named.customer)


def nominations_in(measures: Measures) -> tuple[Nomination, ...] | None:
    """Return the nominations that the customers' records keep; None where none were given."""
    if NOMINATIONS not in measures.record:
        return None
    kept = measures.record[NOMINATIONS]
    places = np.flatnonzero(is_known(kept))
    return tuple(each for at in places for each in in_record(measures.ids[at], kept[at]))


@lens(question="Whom do colleagues name as fitting best, why, and how far do they agree?")
def team(
    measures: Measures,
    scorecard: Scorecard,
    factors: Sequence[SuccessFactor],
    reasons: Mapping[str, str],
) -> Team | Unanswered:
    """Return what the team's own lists, the portfolio's nominations, say together.

    Args:
        measures: what is known of each customer.
        scorecard: which success factors each active customer meets.
        factors: the success factors.
        reasons: by reason, the name of the factor that covers it.

    Returns:
        The customers who were named, how far the members agree, and the reasons; `Unanswered`
        without nominations.
    """
    nominations = nominations_in(measures)
    if nominations is None:
        return Unanswered("no lists of the team's own (nominations) were given")
    ids, revenue = measures.ids, measures["revenue"]
    rows = {each: row for row, each in enumerate(scorecard.ids.tolist())}
    known = scorecard.met | ~scorecard.unknown
    meets = {
        each: {
            factor: bool(scorecard.met[rows[each], at])
            for at, factor in enumerate(scorecard.factors)
            if known[rows[each], at]
        }
        for each in {nomination.customer for nomination in nominations} & rows.keys()
    }
    return team_of(
        nominations,
        ids[measures.active_places],
        factors={each.name: each.title for each in factors},
        meets=meets,
        factors_met=dict(zip(scorecard.ids.tolist(), scorecard.count.tolist(), strict=True)),
        revenue=dict(zip(ids.tolist(), revenue.tolist(), strict=True)),
        opted_out=ids[measures.opted_out],
        reasons=reasons,
    )
