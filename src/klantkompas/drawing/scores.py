"""Net Promoter Scores with their intervals: over time, and by group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from attrs import define, evolve

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Area, Figure, Label, Line, Mark, Panel, Points
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, Value, sentence

__all__ = ["NpsByGroupDisplay", "NpsOverTimeDisplay"]

OVER_TIME = mark("Net Promoter Score by quarter")
BY_GROUP = mark("Net Promoter Score by group")
NPS = mark("Net Promoter Score, in points")
SCORE, INTERVAL = mark("score"), mark("95% interval")
QUARTER = mark("{year} Q{number}")
MOST_GROUPS = 50
"""As many groups as a picture shows: those with most answers."""
LEFT_OUT = mark("Groups with fewer answers that are left out: {left_out}.")
NO_GROUPS = "no answer is of a customer with a group, so there are no groups to draw"


def _points(scores: list[Any]) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return values, lower limits, upper limits and answers of scores; NaN without answers."""
    limits = [each.interval() for each in scores]
    rows = [
        (each.value, found.low, found.high, each.answers)
        for each, found in zip(scores, limits, strict=True)
    ]
    columns = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3]


@define(eq=False, kw_only=True)
class NpsOverTimeDisplay(Display):
    """The Net Promoter Score of each quarter, with its interval.

    Args:
        quarters: the first month of each, as ``"2026-01"``, without gaps.
        values: the score of each in points; NaN where nobody answered.
        low: the lower limit of its 95% interval.
        high: the upper limit.
        answers: how many answers it rests on.
    """

    lens: ClassVar[str] = "nps"

    quarters: tuple[str, ...]
    values: FloatArray
    low: FloatArray
    high: FloatArray
    answers: FloatArray

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `SurveyScore`."""
        spans = result.by_span(3)
        values, low, high, answers = _points([each.score for each in spans])
        return cls(
            quarters=tuple(each.first for each in spans),
            values=values,
            low=low,
            high=high,
            answers=answers,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """The scores as points on a line, in the band of their intervals."""
        at = np.arange(len(self.quarters), dtype=np.float64)
        marks: list[Mark] = [
            Area(at, self.low, self.high, name=Sentence(INTERVAL)),
            *(
                Line([place, place], limits, width=1.2, tone="first")
                for place, *limits in zip(at.tolist(), self.low, self.high, strict=True)
            ),
            Line(at, self.values),
            Points(at, self.values, name=Sentence(SCORE)),
        ]
        known = np.flatnonzero(~np.isnan(self.values))
        # The last, the best and the worst are named first; of the rest, who finds room.
        highest = known[np.argsort(-self.values[known], kind="stable")]
        for place in dict.fromkeys([*known[-1:], *highest[:1], *highest[-1:], *known]):
            value = float(self.values[place])
            marks.append(Label(place, value, Quantity(value, "score"), "above"))
        names = [_quarter(each) for each in self.quarters]
        panel = Panel(named_axis(names), number_axis(-100, 100, "", title=Sentence(NPS)), marks)
        return Figure(title=Sentence(OVER_TIME), says=self.says, panels=[panel])


def _quarter(month: str) -> Sentence:
    year, number = month.split("-")
    return sentence(QUARTER, year=Sentence(year), number=(int(number) + 2) // 3)


@define(eq=False, kw_only=True)
class NpsByGroupDisplay(Display):
    """The Net Promoter Score of each group, with its interval, best first.

    Args:
        groups: the groups, the highest score first.
        values: the score of each in points.
        low: the lower limit of its 95% interval.
        high: the upper limit.
        answers: how many answers it rests on.
        left_out: how many groups with fewer answers are left out.
    """

    lens: ClassVar[str] = "nps"

    groups: tuple[str, ...]
    values: FloatArray
    low: FloatArray
    high: FloatArray
    answers: FloatArray
    left_out: int = 0

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `SurveyScore`, or of scores by the name of their group.

        Raises:
            ArgumentError: there are no groups with answers.
        """
        scores: Mapping[str, Any] = getattr(result, "by_group", result)
        answered = {name: each for name, each in scores.items() if each.answers}
        if not answered:
            raise ArgumentError(NO_GROUPS)
        most = sorted(answered, key=lambda name: (-answered[name].answers, name))[:MOST_GROUPS]
        names = sorted(most, key=lambda name: (-answered[name].value, name))
        values, low, high, answers = _points([answered[name] for name in names])
        return cls(
            groups=tuple(names),
            values=values,
            low=low,
            high=high,
            answers=answers,
            left_out=len(answered) - len(names),
            says=tuple(getattr(result, "parts", ())),
        )

    @property
    def figure(self) -> Figure:
        """A row for each group: its score as a point, its interval as a line."""
        at = np.arange(len(self.groups), dtype=np.float64)
        marks: list[Mark] = [
            Line([0, 0], [-0.5, len(at) - 0.5], "dotted", 1.0, tone="muted"),
            Line(
                np.column_stack([self.low, self.high, np.full(len(at), np.nan)]).ravel(),
                np.repeat(at, 3),
                name=Sentence(INTERVAL),
            ),
            Points(self.values, at, "diamond", tone="second", size=8, name=Sentence(SCORE)),
        ]
        limits = zip(self.high.tolist(), at.tolist(), self.answers.tolist(), strict=True)
        marks += [Label(high, row, Quantity(many, "answers")) for high, row, many in limits]
        across = number_axis(-100, 100, "", title=Sentence(NPS))
        says: tuple[Value, ...] = self.says
        if self.left_out:
            says = (*says, sentence(LEFT_OUT, left_out=self.left_out))
        panel = Panel(
            # Beyond 100 is room for the number of answers.
            evolve(across, high=150.0),
            named_axis(self.groups, downwards=True),
            marks,
            height=22.0 * max(2, len(at)),
        )
        return Figure(title=Sentence(BY_GROUP), says=says, panels=[panel])
