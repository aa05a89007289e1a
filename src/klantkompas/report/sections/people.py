"""How do customers stand towards you: demanding, by attitude, colour and loyalty?

A customer who objects to profiling is in no list of a lens, so neither is it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

from klantkompas.compass import Reading
from klantkompas.hooks import Block, CustomerName, ReportSection, Template, Unanswered
from klantkompas.lenses.attitudes.lens import NAMES
from klantkompas.lenses.loyalty import LABELS
from klantkompas.stats.net_promoter import NetPromoterScore
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "Count", "Lenient"]

ResultT = TypeVar("ResultT")


@frozen
class Count:
    """How many customers have each label of one lens.

    Args:
        title: what the lens is about.
        counts: how many customers each label has.
    """

    title: str
    counts: tuple[tuple[str, int], ...]


@frozen
class Lenient:
    """The effect on the score of answers that may be lenient.

    Args:
        answers: how many answers may be lenient.
        as_answered: the score.
        as_it_would_be: the score with those answers as detractors.
    """

    answers: int
    as_answered: NetPromoterScore
    as_it_would_be: NetPromoterScore


def _answered(result: ResultT | Unanswered) -> ResultT | None:
    return None if isinstance(result, Unanswered) else result


def _counts(reading: Reading) -> Iterable[Count]:
    demands, attitudes = _answered(reading.demands), _answered(reading.attitudes)
    loyalty, colours = _answered(reading.loyalty), _answered(reading.colours)
    found: dict[str, list[tuple[str, Any]]] = {}
    if demands is not None:
        of = demands.counts()
        found[mark("Who asks more than others")] = [(t.title, of[t.name]) for t in demands.traits]
    if attitudes is not None:
        of = attitudes.counts()
        found[mark("How they stand")] = [
            (said, of[name]) for name, said in NAMES.items() if name != "unknown"
        ]
    if colours is not None:
        found[mark("Colours, as hypotheses")] = [*colours.counts().items()]
    if loyalty is not None:
        of = loyalty.counts()
        found[mark("Who would stay")] = [
            (said, of[name]) for name, said in LABELS.items() if name != "unknown"
        ]
    for title, counts in found.items():
        if any(count for _, count in counts):
            yield Count(title, tuple((name, count) for name, count in counts if count))


def _lenient(reading: Reading) -> Lenient | None:
    loyalty = _answered(reading.loyalty)
    if loyalty is None or loyalty.as_it_would_be is None or not loyalty.lenient.any():
        return None
    return Lenient(int(loyalty.lenient.sum()), loyalty.as_answered, loyalty.as_it_would_be)


def _show(reading: Reading) -> Iterable[Block]:
    memory, attitudes = _answered(reading.memory), _answered(reading.attitudes)
    values = {
        "counts": tuple(_counts(reading)),
        "lenient": _lenient(reading),
        "surprises": tuple(map(CustomerName, memory.to_surprise if memory else ())),
        "worth_asking": tuple(map(CustomerName, attitudes.worth_asking if attitudes else ())),
    }
    if any(values.values()):
        yield Template(Path(__file__).with_suffix(".html.jinja"), values)


SECTION = ReportSection(
    name="people",
    title=mark("How customers stand towards you"),
    show=_show,
    priority=900,
)
