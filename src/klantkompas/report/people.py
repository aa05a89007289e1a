"""The human side of a reading, as a report shows it: what cannot wait, and how customers stand.

A customer that objects to profiling is in no list of a lens, so neither is it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import frozen

from klantkompas._intervals.net_promoter import NetPromoterScore
from klantkompas._texts import mark
from klantkompas.compass import Reading
from klantkompas.domain.explanation import Sentence
from klantkompas.hooks import Unanswered
from klantkompas.lenses.departures import ReasonGap
from klantkompas.report.naming import Called, Naming

__all__ = ["Count", "Lenient", "People", "Urgent", "people_of"]

ATTITUDES = {
    "negative hostile": mark("negative: hostile"),
    "negative disappointed": mark("negative: disappointed"),
    "positive": mark("positive"),
    "middle one-off": mark("middle: ordered once"),
    "middle high attention": mark("middle: asks high attention"),
    "middle shopper": mark("middle: shops around"),
    "middle undecided": mark("middle: undecided"),
}
LOYALTY = {
    "loyal": mark("loyal"),
    "satisfied": mark("satisfied, not loyal"),
    "critical": mark("critical"),
}
ResultT = TypeVar("ResultT")


@frozen
class Urgent:
    """A customer for whom something cannot wait.

    Args:
        called: how it is called.
        told: why, and what to do.
    """

    called: Called
    told: tuple[Sentence, ...]


@frozen
class Count:
    """Customers counted by what one lens says.

    Args:
        title: what they are counted by.
        counts: how many there are of each.
    """

    title: str
    counts: tuple[tuple[str, int], ...]


@frozen
class Lenient:
    """What answers that may be too kind do to the score.

    Args:
        answers: how many there are.
        as_answered: the score.
        as_it_would_be: the score with those answers as detractors.
    """

    answers: int
    as_answered: NetPromoterScore
    as_it_would_be: NetPromoterScore


@frozen(kw_only=True)
class People:
    """The human side of a reading.

    Args:
        escalating: who is about to escalate, and by what that shows.
        recovery: for whom steps of recovery are open, hostile ones first.
        surprises: the A and B customers to surprise.
        worth_asking: who ordered once and did not come back, the latest first.
        counts: customers by trait, attitude, colour and loyalty.
        lenient: what lenient answers do to the score; None where there are none.
        departures: why customers leave; None where that cannot be told.
    """

    escalating: tuple[Urgent, ...]
    recovery: tuple[Urgent, ...]
    surprises: tuple[Called, ...]
    worth_asking: tuple[Called, ...]
    counts: tuple[Count, ...]
    lenient: Lenient | None
    departures: ReasonGap | None


def _told(result: ResultT | Unanswered) -> ResultT | None:
    return None if isinstance(result, Unanswered) else result


def people_of(reading: Reading, naming: Naming) -> People:
    """Take from a reading what a report says of the human side.

    Args:
        reading: the reading.
        naming: how customers are called.

    Returns:
        What it says; nothing of a lens that cannot tell.
    """
    demands, attitudes = _told(reading.demands), _told(reading.attitudes)
    memory = _told(reading.memory)
    recovery = [each for each in (attitudes.recovery if attitudes else ()) if each.open]
    return People(
        escalating=tuple(
            Urgent(naming.of(each), demands.why(each).told[1:])
            for each in demands.about_to_escalate
        )
        if demands
        else (),
        recovery=tuple(
            Urgent(
                naming.of(each.customer),
                tuple(step.sentence for step in each.steps if step.state == "open"),
            )
            for each in recovery
        ),
        surprises=tuple(map(naming.of, memory.to_surprise if memory else ())),
        worth_asking=tuple(map(naming.of, attitudes.worth_asking if attitudes else ())),
        counts=tuple(_counts(reading)),
        lenient=_lenient(reading),
        departures=_told(reading.departures),
    )


def _counts(reading: Reading) -> Iterable[Count]:
    demands, attitudes = _told(reading.demands), _told(reading.attitudes)
    loyalty, colours = _told(reading.loyalty), _told(reading.colours)
    found: dict[str, list[tuple[str, Any]]] = {}
    if demands is not None:
        of = demands.counts()
        found[mark("Demanding customers")] = [(t.title, of[t.name]) for t in demands.traits]
    if attitudes is not None:
        of = attitudes.counts()
        found[mark("Attitudes")] = [(said, of[name]) for name, said in ATTITUDES.items()]
    if colours is not None:
        found[mark("Colours, as hypotheses")] = [*colours.counts().items()]
    if loyalty is not None:
        of = loyalty.counts()
        found[mark("Loyalty")] = [(said, of[name]) for name, said in LOYALTY.items()]
    for title, counts in found.items():
        if any(count for _, count in counts):
            yield Count(title, tuple((name, count) for name, count in counts if count))


def _lenient(reading: Reading) -> Lenient | None:
    loyalty = _told(reading.loyalty)
    if loyalty is None or loyalty.as_it_would_be is None or not loyalty.lenient.any():
        return None
    return Lenient(int(loyalty.lenient.sum()), loyalty.as_answered, loyalty.as_it_would_be)
