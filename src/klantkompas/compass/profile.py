"""One customer's profile card: what every lens says of it, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from klantkompas.classification.why import Why
from klantkompas.domain.buying_reasons import BuyingReason
from klantkompas.domain.preferences import Preferences
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import OPTED_OUT, Text
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)

__all__ = ["OBJECT", "Profile"]

NEXT = mark("To do next: {steps}")
SAME_NAME = mark("Not to be taken for who has the same name: {others}.")
RANK = mark("Number {rank} of {customers} by revenue ({share}).")
LAST_ORDER = mark("Last order: {day}.")
SCORE = mark("Their latest survey score is {score}.")
HYPOTHESES = mark("Hypotheses, to check with them:")
OBJECT = mark(
    "Whoever finds this wrong can object: correct their record, or record there that they object "
    "to profiling; they then count in totals only."
)


@frozen(kw_only=True, repr=False)
class Profile(Text):
    """What is known of one customer, and why they have their class.

    Args:
        id: the customer's id.
        name: the customer's name; None where unknown.
        why: the class, with the rule and the factors that decided.
        rank: the customer's rank by revenue among the active customers, from 1; None where they
            have none.
        ranked: how many active customers there are.
        share: the customer's share of the revenue of all those; None where unknown.
        last_score: their latest survey score of the period; None where they gave none.
        last_order: the day of their last order; None where unknown.
        namesakes: the ids of other customers with the same name.
        opted_out: whether they object to profiling; then the profile holds only their own
            preferences.
        measures: every measure by name; None where unknown.
        unknown: what is None above, by name, with why.
        preferences: the customer's own preferences, as far as they still hold; they replace advice.
        reasons: why they buy, or do not, as people recorded.
        warning: that they are about to escalate; empty where they are not.
        steps: what to do next, as every list that they are on has it.
        advice: what else to do: what customers of their class are owed, and by what happened.
        happened: what lenses say of what happened: attitude, memory, loyalty, departure.
        hypotheses: what lenses make of it: colour and traits, each with its evidence and advice.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> print(str(reading.profile("a")).splitlines()[2])
    a is A because they are on the shortlist and contribute in two or more ways
    """

    id: str
    name: str | None
    why: Why
    rank: int | None
    ranked: int
    share: float | None
    last_score: float | None
    last_order: date | None
    opted_out: bool
    measures: Mapping[str, float | None]
    namesakes: tuple[str, ...] = ()
    unknown: Mapping[str, Sentence] = field(factory=dict)
    preferences: Preferences = field(factory=Preferences)
    reasons: tuple[BuyingReason, ...] = ()
    warning: tuple[Sentence, ...] = ()
    steps: tuple[Sentence, ...] = ()
    advice: tuple[Sentence, ...] = ()
    happened: tuple[Sentence, ...] = ()
    hypotheses: tuple[Sentence, ...] = ()

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the card: what to do next, preferences, class, what lenses say."""
        wishes = self.preferences.parts
        if self.opted_out:
            return (OPTED_OUT, *wishes)
        return (
            *self.warning,
            *self._next,
            *self._others_of_that_name,
            *wishes,
            *self.why.parts,
            *(part for each in self.reasons for part in each.parts),
            *self.advice,
            *self.figures,
            *self.happened,
            *self.supposed,
        )

    @property
    def _next(self) -> Iterable[Sentence]:
        if self.steps:
            yield sentence(NEXT, steps=Listing(self.steps, " "))

    @property
    def _others_of_that_name(self) -> Iterable[Sentence]:
        if self.namesakes:
            yield sentence(SAME_NAME, others=Listing(map(CustomerName, self.namesakes)))

    @property
    def supposed(self) -> tuple[Sentence, ...]:
        """The hypotheses under the heading that calls them so, and how to object; none without."""
        if not self.hypotheses:
            return ()
        return (Sentence(HYPOTHESES), *indented(self.hypotheses), Sentence(OBJECT))

    @property
    def by_revenue(self) -> Sentence | None:
        """Their rank by revenue; None without one."""
        if self.rank is None:
            return None
        return sentence(
            RANK,
            rank=self.rank,
            customers=Quantity(self.ranked, "active customers"),
            share=None if self.share is None else Quantity(self.share, "share"),
        )

    @property
    def bought(self) -> tuple[Sentence, ...]:
        """Their rank by revenue and their last order, where known."""
        last = self.last_order
        ordered = None if last is None else sentence(LAST_ORDER, day=last)
        return tuple(each for each in (self.by_revenue, ordered) if each is not None)

    @property
    def figures(self) -> Iterable[Sentence]:
        """Their rank by revenue, their last order and their latest score, where known."""
        yield from self.bought
        if self.last_score is not None:
            yield sentence(SCORE, score=self.last_score)

    def __str__(self) -> str:
        """Return the card in English, below the customer's id and name."""
        title = self.id if self.name is None else f"{self.id} {self.name}"
        return f"{title}\n{self.text()}"
