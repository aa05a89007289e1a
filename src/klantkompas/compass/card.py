"""What a profile card says, put in order: first what matters first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import numpy as np
from attrs import field, frozen

from klantkompas.compass.next_steps import (
    alone,
    late_of,
    long_unpaid,
    orders_by_season,
    season_of,
)
from klantkompas.domain.preferences import Preferences
from klantkompas.hooks import Advice, Trait, Unanswered
from klantkompas.measures.paid_in_words import owed_of, paid_late_of
from klantkompas.measures.wrong_in_words import went_wrong_of
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, indented, sentence

__all__ = ["Card"]

WENT_WRONG = mark("What went wrong in the last 90 days: {what}.")
WAITS = mark("This waits since {day}, {days}.")
OWED = mark("For {label} customers: {advice}")
PERHAPS_OWED = mark(
    "Are they {label}? Too little is known to be sure; find that out before you act on this: "
    "{advice}"
)


def _answers(results: Mapping[str, object]) -> Mapping[str, Any]:
    return {name: each for name, each in results.items() if not isinstance(each, Unanswered)}


@frozen(kw_only=True)
class Card:
    """What the lenses say of one customer, each with its advice; lenses without an answer left out.

    Args:
        measures: what is known of each customer.
        lenses: each lens's result, by name.
        advice: all advice of the reading.
        customer: the customer's id.
        place: the position of the customer in id order.
        wishes: the customer's own preferences, as far as they still hold; they replace advice.
        least_invoices: on how many invoices paying on time has to rest in the period.
    """

    measures: Measures
    lenses: Mapping[str, Any] = field(converter=_answers)
    advice: tuple[Advice, ...]
    customer: str
    place: int
    wishes: Preferences
    least_invoices: float

    def advised(self, about: str, of: str) -> tuple[Sentence, ...]:
        """Return the advice for what a lens says of the customer.

        What asks for less attention is left out where anything that is said of them asks for more.

        Args:
            about: the subject, such as ``"class"``.
            of: what the lens says, such as ``"A"``.
        """
        return tuple(
            advised
            for each in self.advice
            if (each.about, each.of) == (about, of)
            and not (each.attention == "less" and self._asks_more)
            for advised in each.to(self.wishes)
        )

    @property
    def _asks_more(self) -> bool:
        """Whether any advice for what holds of the customer asks for attention to them."""
        holds = {*self._subjects()}
        return any(
            each.attention == "more" and (each.about, each.of) in holds and each.to(self.wishes)
            for each in self.advice
        )

    def _subjects(self) -> Iterable[tuple[str, str]]:
        """Yield of what there may be advice for the customer: a subject, and what is said of it."""
        classes, demands = self.lenses.get("classes"), self.lenses.get("demands")
        if classes is not None and (label := classes.label(self.customer)) is not None:
            yield "class", label
        if demands is not None:
            yield from (("trait", each.name) for each in demands.traits_of(self.customer))
        if self._stands:
            yield "attitude", self._stands
        if self._surprised:
            yield "memory", "surprise"
        place = alone(self.place)
        if self.lenses and long_unpaid(self.measures, place).any():
            yield "payment", "long unpaid"
        if self.lenses and orders_by_season(self.measures, place).any():
            yield "ordering", "by season"

    @property
    def _stands(self) -> str:
        """Their attitude, as advice calls it; empty where it is unknown."""
        attitudes = self.lenses.get("attitudes")
        if attitudes is None:
            return ""
        stands = (attitudes.group[self.place], attitudes.kind[self.place])
        return " ".join(filter(None, stands))

    @property
    def _surprised(self) -> bool:
        """Whether to surprise them: what went wrong is put right before that (decided)."""
        memory = self.lenses.get("memory")
        surprises = memory is not None and bool(memory.surprises[self.place])
        return surprises and not (self._escalates or self._open_steps)

    @property
    def warning(self) -> tuple[Sentence, ...]:
        """That they are about to escalate and what went wrong; nothing where they are not."""
        demands = self.lenses.get("demands")
        told: tuple[Sentence, ...] = () if demands is None else demands.warning(self.place)
        return told

    @property
    def to_put_right(self) -> tuple[Sentence, ...]:
        """What to do for who is about to escalate, and the open steps of recovery."""
        steps: list[Sentence] = []
        if self._escalates:
            for trait in self.lenses["demands"].traits_of(self.customer):
                steps += self.advised("trait", trait.name) if trait.escalates else ()
        return (*steps, *self._open_steps)

    @property
    def _open_steps(self) -> tuple[Sentence, ...]:
        """The open steps of recovery, in one sentence; nothing where none is open."""
        attitudes = self.lenses.get("attitudes")
        recovery = None if attitudes is None else attitudes.recovery_of(self.customer)
        return (recovery.to_do,) if recovery is not None and recovery.open else ()

    @property
    def days_waiting(self) -> float:
        """For how many days the oldest of what is to be put right waits; NaN where unknown."""
        since = list[float]()
        attitudes = self.lenses.get("attitudes")
        if self._escalates:
            since.append(float(self.measures["days_since_went_wrong"][self.place]))
        if attitudes is not None and attitudes.group[self.place] == "negative":
            complaint = float(self.measures["days_since_unsettled_complaint"][self.place])
            answer = float(self.measures["days_since_last_score"][self.place])
            since.append(answer if math.isnan(complaint) else complaint)
        return float(np.fmax.reduce(since, initial=math.nan))

    @property
    def class_steps(self) -> tuple[Sentence, ...]:
        """What their class is owed, as a step; as a question where the class is not sure."""
        classes = self.lenses.get("classes")
        label = None if classes is None else classes.label(self.customer)
        if classes is None or label is None:
            return ()
        return self.owed if classes.provisional[self.place] else self.advised("class", label)

    @property
    def owed(self) -> tuple[Sentence, ...]:
        """What customers of this customer's class are owed; empty without a class."""
        classes = self.lenses.get("classes")
        label = None if classes is None else classes.label(self.customer)
        if classes is None or label is None:
            return ()
        message = PERHAPS_OWED if classes.provisional[self.place] else OWED
        return tuple(
            sentence(message, label=label, advice=each) for each in self.advised("class", label)
        )

    @property
    def to_do(self) -> tuple[Sentence, ...]:
        """What to do by what happened: the advice for their attitude and memory."""
        surprise = self.advised("memory", "surprise") if self._surprised else ()
        return (*self.advised("attitude", self._stands), *surprise)

    @property
    def happened(self) -> tuple[Sentence, ...]:
        """What happened, by measures and lenses: what went wrong first, departure last."""
        if self.measures.opted_out[self.place]:
            return ()
        parts = (
            self._attitude,
            self._waits,
            self._late,
            self._wrong,
            self._season,
            self._paid,
            self._memory,
            self._loyalty,
            self._departure,
        )
        return tuple(each for part in parts for each in part())

    @property
    def hypotheses(self) -> tuple[Sentence, ...]:
        """What lenses make of it: colour and traits, each with its evidence and advice."""
        colour = () if self._colour is None else self.advised("colour", self._colour)
        return (*self._seems(), *colour, *self._traits())

    @property
    def suspected(self) -> tuple[Sentence, ...]:
        """What hypotheses rest on, and no more: advice and titles stand elsewhere.

        Without what their attitude tells already.
        """
        demands = self.lenses.get("demands")
        traits = [each for each in self._supposed() if not (each.hostile and self._tells_attitude)]
        evidence = () if demands is None else demands.shown_by_any(self.place, traits)
        return (*self._seems(), *evidence)

    @property
    def _escalates(self) -> bool:
        demands = self.lenses.get("demands")
        return demands is not None and bool(demands.escalating[self.place])

    @property
    def _colour(self) -> str | None:
        colours = self.lenses.get("colours")
        return None if colours is None else colours.label(self.customer)

    def _seems(self) -> Iterable[Sentence]:
        if self._colour is not None:
            yield self.lenses["colours"].in_brief(self.place)

    def _traits(self) -> Iterable[Sentence]:
        for trait in self._supposed():
            yield from self.lenses["demands"].evidence(trait, self.place)
            yield from self.advised("trait", trait.name)

    def _supposed(self) -> Iterable[Trait]:
        """Yield the traits that they show, but for what the warning says already."""
        demands = self.lenses.get("demands")
        if demands is not None:
            for trait in demands.traits_of(self.customer):
                if not (trait.escalates and self._escalates):
                    yield trait

    def _attitude(self) -> Iterable[Sentence]:
        attitudes = self.lenses.get("attitudes")
        if attitudes is not None and self._tells_attitude:
            memory = self.lenses.get("memory")
            told = memory is not None and memory.of(self.customer) is not None
            if not (self._loyal and attitudes.positive_by(self.place) == "last_score"):
                yield attitudes.why(self.customer).parts[0]  # else loyalty says their score
            scored = not self._loyal
            yield from indented(attitudes.evidence(self.place, remembered=not told, scored=scored))

    @property
    def _tells_attitude(self) -> bool:
        """Whether something happened that says how they stand."""
        return self._stands not in ("", "middle undecided")

    def _waits(self) -> Iterable[Sentence]:
        if not math.isnan(days := self.days_waiting):
            since = self.measures.as_of - timedelta(days=days)
            yield sentence(WAITS, day=since, days=Quantity(days, "days"))

    def _late(self) -> Iterable[Sentence]:
        """Return that an A may be slipping away; of others their class does not ask it."""
        classes = self.lenses.get("classes")
        late = late_of(self.measures, self.place)
        if late is not None and classes is not None and classes.label(self.customer) == "A":
            yield late

    def _wrong(self) -> Iterable[Sentence]:
        what = went_wrong_of(self.measures, "lately", self.place)
        if what and not self._escalates:  # else the warning says so
            yield sentence(WENT_WRONG, what=Listing(what, "; "))

    def _season(self) -> Iterable[Sentence]:
        season = season_of(self.measures, self.place) if self.lenses else None
        if season is not None:
            yield season

    def _paid(self) -> Iterable[Sentence]:
        for words in (paid_late_of, owed_of):
            told = words(self.measures, self.place, self.least_invoices)
            if told is not None:
                yield told

    def _memory(self) -> Iterable[Sentence]:
        memory = self.lenses.get("memory")
        if memory is None:
            return
        left = memory.of(self.customer)
        if left is not None:
            parts = memory.why(self.customer).parts
            told = int(left.moments == 1 and self._loyal)  # that moment is the score
            yield from parts[told : len(parts) - bool(memory.surprises[self.place])]

    def _loyalty(self) -> Iterable[Sentence]:
        if self._loyal:
            yield self.lenses["loyalty"].why(self.customer).parts[0]

    @property
    def _loyal(self) -> bool:
        """Whether loyalty tells something of them, which says their score."""
        loyalty = self.lenses.get("loyalty")
        return loyalty is not None and loyalty.labels[self.place] is not None

    def _departure(self) -> Iterable[Sentence]:
        departures = self.lenses.get("departures")
        if departures is not None and departures.left[self.place]:
            yield from departures.why(self.customer).parts
