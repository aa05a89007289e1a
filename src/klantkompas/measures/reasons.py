"""Reasons, counted: why customers left, and why they gave the score that they gave.

A reason here is the name of a category; one too long for that is free text, and counts as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from klantkompas._arrays import AnyArray
from klantkompas.domain.reasons import as_category
from klantkompas.hooks import tally
from klantkompas.portfolio import Period, TallyCounts
from klantkompas.stats.answers import KINDS_OF_ANSWER, kinds_of_answer

__all__: list[str] = []


def _named(texts: AnyArray) -> list[str]:
    """Write each text as a category; empty where there is none."""
    names = {text: "" if text is None else as_category(text) for text in set(texts)}
    return [names[text] for text in texts]


def _counted(keys: Iterable[tuple[str, ...]]) -> TallyCounts:
    return dict(sorted(Counter(keys).items()))


@tally(keys=["believed reason", "stated reason"])
def departure_reasons(period: Period) -> TallyCounts:
    """Departures of the period by the reasons named; empty where none was.

    Returns:
        How many departures there are for each pair of the reason that staff believe and the one
        that the customer states; ``''`` stands for no reason.
    """
    departures = period.during("departures")
    believed, stated = departures["believed_reason"], departures["stated_reason"]
    return _counted(zip(_named(believed), _named(stated), strict=True))


@tally(keys=["reason", "kind of answer"])
def answer_reasons(period: Period) -> TallyCounts:
    """Reasons that came with survey answers of the period.

    Returns:
        How many answers there are for each pair of reason and kind of answer; answers without a
        reason are left out.
    """
    answers = period.during("responses").require("score", "reason")
    kinds = (KINDS_OF_ANSWER[kind] for kind in kinds_of_answer(answers["score"]).tolist())
    pairs = zip(_named(answers["reason"]), kinds, strict=True)
    return _counted(pair for pair in pairs if pair[0])
