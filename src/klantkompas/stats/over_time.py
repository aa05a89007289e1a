"""Net Promoter Scores over time: months added up to quarters, years or rolling spans.

The counts of a month add up to those of any longer span, so nothing has to be counted again. A
span holds each customer's latest answer of each of its months. Months in which nobody answered are
no months without opinions: every span says how many of its months have answers, and a span in which
none has is there, with a score that is unknown.

>>> months = {"2025-01": NetPromoterScore(1, 1, 2), "2025-05": NetPromoterScore(0, 1, 3)}
>>> for span in by_span(months, months=3):
...     print(span)
Jan 2025 to Mar 2025 (answers in 1 of 3 months): +25.0, 4 answers
Apr 2025 to Jun 2025 (answers in 1 of 3 months): +75.0, 4 answers
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from klantkompas.errors import ArgumentError
from klantkompas.stats.net_promoter import NetPromoterScore
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Month, Quantity, Sentence, sentence

__all__ = ["SpanScore", "by_span", "rolling", "summed"]

YEAR = 12


SPAN = mark("{first} to {last} (answers in {answered} of {months}): {value}, {answers}")


@frozen
class SpanScore(Text):
    """The score of some successive months together.

    Args:
        first: the first month, such as ``"2025-01"``.
        last: the last month.
        months: the number of months.
        answered: the number of those months with any answer.
        score: the score of all their answers.

    >>> from klantkompas.stats import NetPromoterScore
    >>> (span,) = by_span({"2026-01": NetPromoterScore(1, 2, 3)}, months=3)
    >>> round(span.score.value)
    33
    """

    first: str
    last: str
    months: int
    answered: int
    score: NetPromoterScore

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the span: its months, how many have answers, and the score."""
        return (
            sentence(
                SPAN,
                first=Month(self.first),
                last=Month(self.last),
                answered=self.answered,
                months=Quantity(self.months, "months"),
                value=Quantity(self.score.value, "score"),
                answers=Quantity(self.score.answers, "answers"),
            ),
        )


def summed(scores: Iterable[NetPromoterScore]) -> NetPromoterScore:
    """Return the score of the answers behind several scores together.

    Args:
        scores: of disjoint answers, all on one scale.

    Returns:
        The score of all answers; for an empty iterable a score without answers, whose value is NaN.

    Raises:
        ArgumentError: where the scales differ.

    >>> summed([NetPromoterScore(1, 2, 3), NetPromoterScore(1, 0, 1)]).counts
    (2, 2, 4)
    """
    every = tuple(scores)
    scales = sorted({score.scale for score in every})
    if len(scales) > 1:
        raise ArgumentError(
            f"the scores are on the scales {scales[0]} and {scales[1]}: add those of one scale"
        )
    answered = [score for score in every if score.answers]
    lowest = [score.lowest for score in answered if score.lowest is not None]
    highest = [score.highest for score in answered if score.highest is not None]
    return NetPromoterScore(
        sum(score.detractors for score in every),
        sum(score.passives for score in every),
        sum(score.promoters for score in every),
        sum(score.unanswered for score in every),
        scales[0] if scales else (0, 10),
        lowest=min(lowest) if lowest and len(lowest) == len(answered) else None,
        highest=max(highest) if highest and len(highest) == len(answered) else None,
    )


def by_span(by_month: Mapping[str, NetPromoterScore], *, months: int = 3) -> tuple[SpanScore, ...]:
    """Return the scores of calendar quarters, half years or years, summed from months.

    Args:
        by_month: the score of each month that has one, by month as ``"2025-01"``.
        months: how many a span has: 1, 2, 3, 4, 6 or 12, so that each year begins a new one.

    Returns:
        All spans from that of the first month to that of the last, also those without answers.

    Raises:
        ArgumentError: where the months do not divide a year, a month is written otherwise, or the
            scales differ.

    >>> [span.first for span in by_span({"2024-11": NetPromoterScore(1, 1, 2)}, months=12)]
    ['2024-01']
    """
    if _whole_months(months) > YEAR or YEAR % months:
        raise ArgumentError(
            f"months is {months}, where it should divide a year: 1, 2, 3, 4, 6 or 12; for spans "
            "that end at each month use rolling"
        )
    numbered = _numbered(by_month)
    if not numbered:
        return ()
    starts = range(min(numbered) // months * months, max(numbered) + 1, months)
    return tuple(_span(numbered, start, months) for start in starts)


def rolling(by_month: Mapping[str, NetPromoterScore], *, months: int = 12) -> tuple[SpanScore, ...]:
    """Return for each month the score of the last so many months, summed from months.

    Args:
        by_month: the score of each month that has one, by month as ``"2025-01"``.
        months: how many a span has.

    Returns:
        A span ending at each month, from the first that has so many since the first score to the
        last; an empty tuple where there are fewer months than that. Neighbours share answers.

    Raises:
        ArgumentError: where the months are not a whole number above 0, a month is written
            otherwise, or the scales differ.

    >>> months = {"2024-12": NetPromoterScore(1, 0, 0), "2025-02": NetPromoterScore(0, 0, 1)}
    >>> [(span.last, span.score.answers) for span in rolling(months, months=2)]
    [('2025-01', 1), ('2025-02', 1)]
    """
    size = _whole_months(months)
    numbered = _numbered(by_month)
    if not numbered:
        return ()
    starts = range(min(numbered), max(numbered) - size + 2)
    return tuple(_span(numbered, start, size) for start in starts)


def _span(numbered: Mapping[int, NetPromoterScore], start: int, months: int) -> SpanScore:
    inside = [numbered[month] for month in range(start, start + months) if month in numbered]
    scale = next(iter(numbered.values())).scale
    return SpanScore(
        first=_name(start),
        last=_name(start + months - 1),
        months=months,
        answered=sum(score.answers > 0 for score in inside),
        score=summed([NetPromoterScore(0, 0, 0, scale=scale), *inside]),
    )


def _whole_months(months: object) -> int:
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise ArgumentError(f"months is {months!r}, where it should be a whole number from 1")
    return months


def _numbered(by_month: Mapping[str, NetPromoterScore]) -> dict[int, NetPromoterScore]:
    return {_number(month): score for month, score in by_month.items()}


def _number(month: str) -> int:
    """Count the months since the beginning of the era."""
    try:
        begin = date.fromisoformat(f"{month}-01")
    except ValueError:
        begin = date.min
    number = begin.year * YEAR + begin.month - 1
    if _name(number) != month:
        raise ArgumentError(
            f"the month {month!r} should be written as year and month, such as '2025-01'"
        )
    return number


def _name(month: int) -> str:
    year, place = divmod(month, YEAR)
    return f"{year:04}-{place + 1:02}"
