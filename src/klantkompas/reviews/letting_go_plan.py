"""A proposal of who may be let go: one queue, a reason for each D customer, and who stands apart.

The queue has the candidates whose D is sure, then those of whom something is missing that is to be
found out first. Of whom too little is known stand apart, and so do those who ordered once and are
silent since: they are asked why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, FloatArray, as_objects
from klantkompas.results import Result
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.lists import MORE, SHOWN, Listed
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import (
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)
from klantkompas.wording.writer import Language, writer_of

__all__ = [
    "GENTLER_STEPS",
    "LettingGoPlan",
    "OneTimeBuyer",
    "Standing",
    "Verdict",
    "guarded_revenue",
    "opening_of",
]

ALREADY = mark("they have been let go already")
OVERRIDDEN = mark("a person gave them a better class")
GENTLER_STEPS = (
    mark("ask why they buy the way they do"),
    mark("agree on payment or ordering terms"),
    mark("propose a minimum order or self-service"),
    mark("only then let go"),
)
"""What to try first, in this order (decided)."""

PLAN = mark(
    "Letting go as of {day}: {won} won (better than D now, and no order in the year before the "
    "last review), {lost} lost (better than D then, and not active now), {gone} let go since; "
    "{allowance} may be let go"
)
FIRST_FIND_OUT = mark("{because}; first find out: {factors}")
ORDERED_ONCE = mark("they ordered once, {days} ago")
FIND_THIS_OUT = mark("Find out whether this holds of them: {factors}.")
GENTLY = mark("One by one: {steps}.")
STAYS = mark("Do not let them go: {because}.")
WAIT_FOR_MORE = mark("Wait: judge them when there is more to judge by.")
SURE_D = mark("Their D is sure: {customers}, of whom proposed: {proposed}")
TO_FIND_OUT = mark("First find out what is missing: {customers}, of whom proposed: {proposed}")
TO_WAIT_FOR = mark("Wait, as too little is known of them yet: {customers}")
KEPT = mark("Not let go: {customers}")
BOUGHT_ONCE = mark("Ordered once, before this period: {customers}; ask why they did not come back")
NOT_MEASURED = mark("Not measured: {factors}; if that were, of the sure D's provisional: {number}")


class Standing(StrEnum):
    """The place of a D customer in the plan: in the queue, or apart from it."""

    SURE = mark("sure")
    FIND_OUT = mark("first find out")
    WAIT = mark("wait")
    KEPT = mark("not let go")


HEADINGS = {
    Standing.SURE: SURE_D,
    Standing.FIND_OUT: TO_FIND_OUT,
    Standing.WAIT: TO_WAIT_FOR,
    Standing.KEPT: KEPT,
}
ONE_TIME = mark("one-time buyer")
"""What the data frame calls who ordered once and is silent since."""
ASK_WHY = mark("they ordered once and are silent since: ask why they did not come back")


@frozen(kw_only=True)
class Verdict(Listed):
    """What the plan says of one D customer.

    Args:
        customer: the customer's id.
        proposed: whether they are proposed for letting go.
        because: why they are proposed, or why not.
        contribution: their margin, in money; their revenue where not every margin is known.
        revenue: what they brought in the period, in money.
        attention_minutes: the minutes of attention that they asked in the period; NaN where
            unknown.
        standing: their place in the plan.
        find_out: the names of the success factors that are to be found out first.
        titles: the titles of those factors.
    """

    customer: str
    proposed: bool
    because: str
    contribution: float
    revenue: float
    attention_minutes: float
    standing: Standing = Standing.SURE
    find_out: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def why(self) -> Sentence:
        """Why they are proposed or why not, and what is to be found out first."""
        because = Sentence(self.because)
        if not self.find_out:
            return because
        return sentence(FIRST_FIND_OUT, because=because, factors=self._factors)

    @property
    def step(self) -> Sentence | None:
        """What to do: the gentler steps first; let go only who is proposed.

        None of who was let go already, or has another class by a person.
        """
        match self.standing:
            case Standing.WAIT:
                return Sentence(WAIT_FOR_MORE)
            case Standing.FIND_OUT:
                return sentence(FIND_THIS_OUT, factors=self._factors)
            case Standing.SURE:
                steps = GENTLER_STEPS if self.proposed else GENTLER_STEPS[:-1]
                return sentence(GENTLY, steps=Listing(map(Sentence, steps), "; "))
            case Standing.KEPT if self.because not in (ALREADY, OVERRIDDEN):
                return sentence(STAYS, because=Sentence(self.because))
        return None

    @property
    def _factors(self) -> Listing:
        return Listing(map(Sentence, self.titles), "; ")


@frozen(kw_only=True)
class OneTimeBuyer(Listed):
    """A customer who ordered once, before this period, and not since (S0).

    Args:
        customer: the customer's id.
        days: how many days ago they ordered.
    """

    customer: str
    days: float

    @property
    def why(self) -> Sentence:
        """How long ago they ordered."""
        return sentence(ORDERED_ONCE, days=Quantity(self.days, "days"))

    @property
    def days_open(self) -> float:
        """How many days ago they ordered."""
        return self.days


def guarded_revenue(each_of: Iterable[LetGo | Verdict]) -> float:
    """Return the sum of the revenue of entries or verdicts; a negative revenue counts as 0.

    So that letting go of a customer whose credit notes exceed their orders makes no room for
    another.

    Args:
        each_of: entries of the ledger, or verdicts; none of them give 0.
    """
    return float(sum(0.0 if each.revenue < 0 else each.revenue for each in each_of))


@frozen(eq=False, repr=False, kw_only=True)
class LettingGoPlan(Result):
    """A proposal of who may be let go, with a reason for each D customer.

    Args:
        previous_as_of: the date of the earlier review; None when there is none.
        current_as_of: the date of the reading.
        won: the ids of the customers who fit now and had not ordered in the twelve months up to the
            earlier review.
        lost: the ids of the customers who fitted then and are not active now; ``''`` in the place
            of one who objects to profiling by now, so that they still count.
        already: the entries of the ledger since the earlier review.
        revenue_won: what the won customers brought in the period, in money.
        revenue_lost: what the lost customers brought in the period of the earlier review, in money.
        verdicts: a verdict on each D customer: first those whose D is sure, then those of whom
            something is to be found out, those to wait for, and those who are not let go; within
            each, the smallest contribution first.
        one_time: those who ordered once, before this period, and not since; the latest order first.
        not_measured: the titles of the success factors that are not measured.
        hanging: how many customers with a sure D would have a provisional class if those factors
            were measured.
    """

    previous_as_of: date | None
    current_as_of: date
    won: tuple[str, ...]
    lost: tuple[str, ...]
    already: tuple[LetGo, ...]
    revenue_won: float
    revenue_lost: float
    verdicts: tuple[Verdict, ...]
    one_time: tuple[OneTimeBuyer, ...] = ()
    not_measured: tuple[str, ...] = ()
    hanging: int = 0

    @property
    def allowance(self) -> int:
        """How many customers may still be let go: won, less lost, less let go since; at least 0."""
        return max(0, len(self.won) - len(self.lost) - len(self.already))

    @property
    def revenue_room(self) -> float:
        """How much revenue may still be let go, in money."""
        return float(self.revenue_won - self.revenue_lost - guarded_revenue(self.already))

    @property
    def proposed(self) -> tuple[str, ...]:
        """The ids of the customers proposed for letting go.

        Those of whom something is to be found out first are included.
        """
        return tuple(each.customer for each in self.verdicts if each.proposed)

    def standing(self, standing: Standing) -> tuple[Verdict, ...]:
        """Return the verdicts on the D customers at one place in the plan.

        Args:
            standing: such as `Standing.WAIT`.
        """
        return tuple(each for each in self.verdicts if each.standing is standing)

    @property
    def sure(self) -> tuple[Verdict, ...]:
        """The verdicts on the candidates whose D is sure."""
        return self.standing(Standing.SURE)

    @property
    def to_find_out(self) -> tuple[Verdict, ...]:
        """The verdicts on the candidates of whom something is to be found out first."""
        return self.standing(Standing.FIND_OUT)

    @property
    def waiting(self) -> tuple[Verdict, ...]:
        """The verdicts on those of whom too little is known yet: they are no candidates."""
        return self.standing(Standing.WAIT)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the plan: gentler steps, what is not measured, the top of each list."""
        found = [sentence("{steps}", steps=Listing(map(Sentence, GENTLER_STEPS), "; "))]
        if self.not_measured:
            factors = Listing(map(Sentence, self.not_measured), "; ")
            found.append(sentence(NOT_MEASURED, factors=factors, number=self.hanging))
        for standing in Standing:
            found += _block(standing, self.standing(standing))
        found += _block(None, self.one_time)
        return tuple(found)

    @property
    def opening(self) -> Sentence:
        """The sentence that opens the plan: how many were won and lost, and may be let go."""
        return sentence(
            PLAN,
            day=self.current_as_of,
            won=len(self.won),
            lost=len(self.lost),
            gone=len(self.already),
            allowance=self.allowance,
        )

    def text(self, language: Language = "en") -> str:
        """Return the plan as text: how many may be let go, out of how many, and its sentences.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        lines = (self.opening, *indented(self.parts))
        return "\n".join(map(writer_of(language).say, lines))

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each D customer and each one-time buyer."""
        verdicts, once = self.verdicts, self.one_time
        unknown = [np.nan] * len(once)

        def numbers(name: str) -> FloatArray:
            return np.array([*(getattr(each, name) for each in verdicts), *unknown], np.float64)

        return {
            "id": as_objects([*(e.customer for e in verdicts), *(e.customer for e in once)]),
            "list": as_objects(
                [*(str(each.standing) for each in verdicts), *[ONE_TIME] * len(once)]
            ),
            "proposed": np.array([*(e.proposed for e in verdicts), *[False] * len(once)], np.bool_),
            "because": as_objects([*(e.because for e in verdicts), *[ASK_WHY] * len(once)]),
            "find_out": as_objects(
                [*(", ".join(e.find_out) or None for e in verdicts), *[None] * len(once)]
            ),
            "contribution": numbers("contribution"),
            "revenue": numbers("revenue"),
            "attention_minutes": numbers("attention_minutes"),
        }


def opening_of(standing: Standing | None, listed: Sequence[Listed]) -> Sentence:
    """Return the sentence that opens one of the lists of a plan: what it is, and how many it has.

    Args:
        standing: the place of its customers in the plan; None for those who ordered once.
        listed: the customers.
    """
    customers = Quantity(len(listed), "customers")
    if standing is None:
        return sentence(BOUGHT_ONCE, customers=customers)
    proposed = sum(isinstance(each, Verdict) and each.proposed for each in listed)
    return sentence(HEADINGS[standing], customers=customers, proposed=proposed)


def _block(standing: Standing | None, listed: Sequence[Listed]) -> list[Sentence]:
    """Return what opens a list, and the first few; nothing of an empty one."""
    if not listed:
        return []
    lines = [part for each in listed[:SHOWN] for part in each.parts]
    if (rest := len(listed) - SHOWN) > 0:
        lines.append(sentence(MORE, number=rest))
    return [opening_of(standing, listed), *indented(lines)]
