"""How do customers stand towards you, and what is to be done about it?

Question: who is negative and what is still open, who is positive and why, and who is in between?
Idea: the first that holds. *Negative*: a detractor, an open complaint, or a memory below 4; talk,
make an offer, and say so in public. *Positive*: a promoter, or a memory of 8 or more; find out what
earned it and keep doing that. *Middle*: everyone else who ever ordered. What is unknown neither
makes nor prevents a group.
Source: S0; thresholds decided.

>>> group, kind = attitudes_of(
...     last_score=[3, 6, 9, None, None, None],
...     open_complaints=[0, 0, 0, 0, 0, 0],
...     remembered=[None, None, None, 5, None, None],
...     orders_ever=[4, 4, 4, 1, 7, 0],
...     order_count=[1, 1, 1, 0, 1, 0],
...     recency_days=[10, 10, 10, 90, 10, None],
...     attention_per_order=[None] * 6,
... )
>>> group.tolist()
['negative', 'negative', 'positive', 'middle', 'middle', None]
>>> kind.tolist()
['hostile', 'disappointed', None, 'one-off', 'shopper', None]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, BoolArray, FloatArray, Lazy, ObjectArray, freeze
from klantkompas._thresholds import at_least
from klantkompas.domain.criteria import AtLeastOverall, standing_out
from klantkompas.drawing import CountsDisplay, Pictured
from klantkompas.hooks import Unanswered, lens
from klantkompas.lenses.attitudes.reasons import ReasonCount, reasons_counted
from klantkompas.lenses.attitudes.recovery import Recovery, any_step_open, steps_of
from klantkompas.lenses.attitudes.rules import attitudes_of
from klantkompas.portfolio import Measures
from klantkompas.portfolio.quantities import measured
from klantkompas.results import CustomerResult, per_customer
from klantkompas.stats.answers import is_kind
from klantkompas.stats.checks import checked_numbers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Quantity, Sentence, counted, sentence

__all__ = [
    "Attention",
    "Attitudes",
    "attitudes",
    "read_attitudes",
]

ATTITUDE = {
    ("negative", "hostile"): mark("Something is to be put right for them, and it is serious."),
    ("negative", "disappointed"): mark("Something is to be put right for them."),
    ("positive", None): mark("They scored you high: {value}."),
    ("middle", "one-off"): mark("They ordered once, {recency_days} ago."),
    ("middle", "high attention"): mark(
        "They asked more time than others: {attention_per_order}, {attention_minutes} in all. "
        "Margin: {margin}."
    ),
    ("middle", "shopper"): mark("They ordered before, but little in this period: {order_count}."),
    ("middle", "undecided"): mark(
        "Nothing says yet how they stand towards you: no high or low score, no open complaint."
    ),
    (None, None): mark("How they stand towards you is unknown."),
}
REMEMBER_WELL = mark("What they remember of you is good: {value}.")
MARKS = {
    "delighted": mark("They gave a 9 or 10, and remember you as an 8 or better."),
    "committed": mark("They ordered two or more times in the period."),
    "pays_well": mark("Their margin share is at or above that of all together."),
}
KNOWN = {
    "last_score": mark("Their latest survey score is {value}."),
    "open_complaints": mark("Their open complaints: {value}."),
    "remembered": mark("What they remember is {value}."),
}
NOT_KNOWN = {
    "last_score": mark("Unknown: their score."),
    "open_complaints": mark("Unknown: whether they have an open complaint."),
    "remembered": mark("Unknown: what they remember."),
}
COUNTED = mark("Attitude of {customers}: {counts}; with open steps of recovery: {unfinished}")
NAMES = {
    "negative hostile": mark("to be put right, and serious"),
    "negative disappointed": mark("to be put right"),
    "positive": mark("scored high"),
    "middle one-off": mark("ordered once, 90 days or longer ago"),
    "middle high attention": mark("asked much time"),
    "middle shopper": mark("ordered little lately"),
    "middle undecided": mark("no sign yet"),
    "unknown": mark("unknown"),
}
ENRAGED = mark("Something was wrong, and they showed it.")


@frozen
class Attention:
    """What one high-attention customer asks, and what they bring.

    Args:
        customer: the customer's id.
        minutes: the minutes of attention that they asked in the period.
        minutes_per_order: those minutes for each order.
        margin: their margin in the period, in money; NaN where unknown.
    """

    customer: str
    minutes: float
    minutes_per_order: float
    margin: float

    @property
    def margin_per_minute(self) -> float:
        """The margin for each minute of attention, in money; NaN where unknown."""
        return self.margin / self.minutes


class ShowsRage(Protocol):
    """Anything that says which customers are enraged, such as `Demands`."""

    @property
    def enraged(self) -> FloatArray:
        """Whether each customer is enraged: 1 or 0, in id order, NaN where unknown."""

    def rage_of(self, position: int) -> tuple[Sentence, ...]:
        """Return what shows it of one customer."""


@frozen(eq=False, repr=False, kw_only=True)
class Attitudes(Pictured, CustomerResult):
    """How customers stand towards you; arrays with a value for each customer.

    Args:
        measures: what is known of each customer.
        group: ``'negative'``, ``'positive'`` or ``'middle'``; None where unknown, and for a
            customer who objects to profiling.
        kind: the type within the group, such as ``'hostile'``; None without one.
        enraged: 1 for an enraged customer, otherwise 0; NaN where unknown.
        marks: arrays named ``delighted``, ``committed`` and ``pays_well``: 1 or 0 for positive
            customers, NaN for others and where unknown.
        reasons: the reasons that came with survey answers, those of objectors to profiling
            included.
        rage: what knows why a customer is taken for enraged; None without it.
    """

    measures: Measures
    group: ObjectArray = per_customer()
    kind: ObjectArray = per_customer()
    enraged: FloatArray = per_customer()
    marks: Mapping[str, FloatArray] = per_customer()
    reasons: tuple[ReasonCount, ...]
    rage: ShowsRage | None = field(default=None, metadata=UNTOLD)

    def counts(self) -> dict[str, int]:
        """Return how many customers each group and type has, without who objects to profiling."""
        found = self.count_shown(self.group, self.kind)
        return {" ".join(part for part in key if part) or "unknown": found[key] for key in ATTITUDE}

    def named_counts(self) -> list[tuple[Sentence, int]]:
        """Return how many customers have each attitude, with its name."""
        return [(Sentence(NAMES[name]), count) for name, count in self.counts().items()]

    def display(self) -> CountsDisplay:
        """Return the picture: how many customers have each attitude."""
        return CountsDisplay.from_result(self)

    def _ids_of(self, group: str, kind: str) -> list[int]:
        positions: list[int] = np.flatnonzero((self.group == group) & (self.kind == kind)).tolist()
        return positions

    @cached_property
    def recovery(self) -> tuple[Recovery, ...]:
        """The steps of recovery for each negative customer: hostile customers first, then by id."""
        kinds = ("hostile", "disappointed")
        return self._recovering([at for kind in kinds for at in self._ids_of("negative", kind)])

    def recovery_of(self, customer_id: str | int) -> Recovery | None:
        """Return the steps of recovery for one customer; None where they are not negative.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        position = self.position(customer_id)
        return self._recovering([position])[0] if self.group[position] == "negative" else None

    def _recovering(self, positions: list[int]) -> tuple[Recovery, ...]:
        steps = steps_of(self.measures, positions)
        each = zip(self.measures.ids[positions], self.kind[positions], steps, strict=True)
        return tuple(Recovery(customer=id, kind=kind, steps=taken) for id, kind, taken in each)

    @cached_property
    def high_attention(self) -> tuple[Attention, ...]:
        """What each high-attention customer asks and brings: most minutes first, then by id."""
        names = ("attention_minutes", "attention_per_order", "margin")
        found = [
            Attention(
                self.measures.ids[position],
                *(float(self.measures[name][position]) for name in names),
            )
            for position in self._ids_of("middle", "high attention")
        ]
        return tuple(sorted(found, key=lambda each: -each.minutes))

    @cached_property
    def worth_asking(self) -> tuple[str, ...]:
        """The ids of the one-off customers, to ask why they did not return; latest order first."""
        days = self.measures["recency_days"]
        positions = sorted(self._ids_of("middle", "one-off"), key=lambda position: days[position])
        return tuple(self.measures.ids[positions])

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return the attitude of one customer, and the evidence for it.

        Args:
            position: the position of the customer in `ids`.

        Returns:
            Sentences, the group and type; what is known and what is unknown; for a negative
            customer the three steps of recovery, for a positive one the marks.
        """
        group = self.group[position]
        yield self._stands(position)
        for name, message in NOT_KNOWN.items():
            if name != self.positive_by(position):  # which says so itself
                yield self._known(name, position) or Sentence(message)
        yield from self._rage_of(position)
        if group == "negative":
            yield from (step.sentence for step in self._recovering([position])[0].steps)
        yield from (
            Sentence(text) for mark, text in MARKS.items() if self.marks[mark][position] == 1
        )

    def _stands(self, position: int) -> Sentence:
        """Return how one customer stands, by what decided that."""
        message = ATTITUDE[self.group[position], self.kind[position]]
        decided = self.positive_by(position)
        if not decided:
            return measured(message, self.measures, position)
        value = Quantity(float(self.measures[decided][position]))
        return sentence(message if decided == "last_score" else REMEMBER_WELL, value=value)

    def positive_by(self, position: int) -> str:
        """Return the measure by which one customer is positive; empty of others.

        Args:
            position: the position of the customer in `ids`.
        """
        if self.group[position] != "positive":
            return ""
        scored = is_kind(self.measures["last_score"][position], "promoter")
        return "last_score" if scored else "remembered"

    def _known(self, name: str, position: int) -> Sentence | None:
        value = float(self.measures[name][position])
        return None if np.isnan(value) else sentence(KNOWN[name], value=Quantity(value))

    def evidence(
        self, position: int, *, remembered: bool = True, scored: bool = True
    ) -> Iterable[Sentence]:
        """Return what the attitude of one customer rests on: score, complaints, memory, capitals.

        Args:
            position: the position of the customer in `ids`.
            remembered: whether to tell what they remember.
            scored: whether to tell their latest score.
        """
        complains = bool(self.measures["open_complaints"][position] > 0)
        left_out = {
            "open_complaints": not complains,
            "remembered": not remembered,
            "last_score": not scored,
            self.positive_by(position): True,  # which says so itself
        }
        for name in KNOWN:
            known = self._known(name, position)
            if known is not None and not left_out.get(name, False):
                yield known
        yield from self._rage_of(position)

    def _rage_of(self, position: int) -> Iterable[Sentence]:
        """Return what shows that one customer is enraged: the evidence where it is at hand."""
        if self.enraged[position] != 1:
            return ()
        return (Sentence(ENRAGED),) if self.rage is None else self.rage.rage_of(position)

    def row_columns(self) -> dict[str, AnyArray]:
        """Return the group, the type and the marks of each customer."""
        return {"attitude": self.group, "type": self.kind, **self.marks}

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: how many customers each group has, and what to do."""
        counts = counted(self.named_counts())
        negative = np.flatnonzero(self.group == "negative").tolist()
        unfinished = any_step_open(self.measures, negative).sum()
        customers = Quantity(len(self.shown), "customers")
        return (
            sentence(
                COUNTED,
                customers=customers,
                counts=counts,
                unfinished=int(unfinished),
            ),
        )


def read_attitudes(measures: Measures, enraged: ArrayLike | None = None) -> Attitudes | Unanswered:
    """Return the attitude of each customer, given who is enraged.

    `attitudes` returns the same with who is enraged taken from the lens of demands.

    High attention and paying well are relative to the active customers. Customers who object to
    profiling are counted among those, but get no attitude.

    Args:
        measures: what is known of each customer.
        enraged: 1 or 0 for each customer, in id order, NaN where unknown; by default it is unknown
            for everyone.

    Returns:
        The group (negative, positive or middle) and type of each customer, None where unknown;
        `Unanswered` where no score, rated contact, open complaint or order is known of anybody.
    """
    angry = (
        np.full(len(measures), np.nan)
        if enraged is None
        else checked_numbers("enraged", enraged, unknown=True)
    )
    active = measures.active_places
    asked = measures["attention_per_order"]
    group, kind = attitudes_of(
        last_score=measures["last_score"],
        open_complaints=measures["open_complaints"],
        remembered=measures["remembered"],
        orders_ever=measures["orders_ever"],
        order_count=measures["order_count"],
        recency_days=measures["recency_days"],
        attention_per_order=asked,
        high_attention=standing_out(asked[active]).met(asked),
        enraged=freeze(angry),
    )
    if not any(group):
        return Unanswered(
            "of nobody a score, a rated contact, an open complaint or an order is known"
        )
    return Attitudes(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.opted_out,
        measures=measures,
        group=group,
        kind=kind,
        enraged=freeze(angry),
        marks=_marks(measures, group == "positive"),
        reasons=reasons_counted(measures.tallies["answer_reasons"]),
    )


def _marks(measures: Measures, positive: BoolArray) -> dict[str, FloatArray]:
    score, remembered = measures["last_score"], measures["remembered"]
    share, basis = measures["margin_share"], measures.basis("margin_share")
    positions = measures.active_places[~np.isnan(share[measures.active_places])]
    overall = AtLeastOverall().cutoff(share[positions], None if basis is None else basis[positions])
    marks = {
        "delighted": (
            is_kind(score, "promoter") & at_least(remembered, 8),
            np.isnan(score) | np.isnan(remembered),
        ),
        "committed": (at_least(measures["order_count"], 2), np.isnan(measures["order_count"])),
        "pays_well": (overall.met(share), np.isnan(share)),
    }
    return {
        name: freeze(np.where(positive & ~unknown, holds, np.nan).astype(np.float64))
        for name, (holds, unknown) in marks.items()
    }


@lens(question="How do customers stand towards you, and what is to be done about it?")
def attitudes(measures: Measures, demands: ShowsRage | None) -> Attitudes | Unanswered:
    """Return the attitude of each customer, with what to do about it; see `read_attitudes`.

    Args:
        measures: what is known of each customer.
        demands: the result that says who is enraged; None where that is unknown.

    Returns:
        The group and type of each customer; `Unanswered` where no score, rated contact, open
        complaint or order is known of anybody.
    """
    found = read_attitudes(measures, None if demands is None else demands.enraged)
    return found if isinstance(found, Unanswered) else evolve(found, rage=demands)
