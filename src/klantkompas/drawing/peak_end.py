"""What one customer remembers: the peak and the end of a line of ratings."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import (
    Axis,
    Dash,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Points,
    Side,
    Tick,
    Tone,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["PeakEndDisplay"]

TITLE = mark("Peak and end of one customer's ratings")
RATING, PEAK, END = mark("rating"), mark("peak {rating}"), mark("end {rating}")
REMEMBERED, EXPERIENCED = mark("remembered {rating}"), mark("experienced {rating}")
NEUTRAL = mark("neutral {rating}")
MOMENTS = mark("rated moments, earliest first")


@define(eq=False, kw_only=True)
class PeakEndDisplay(Display):
    """One customer's ratings in order, with what they remember of them (S2).

    Args:
        ratings: the ratings from 0 to 10, earliest first.
        peak: the rating furthest from neutral; NaN without ratings, as are the next three.
        end: the last.
        remembered: the mean of peak and end.
        experienced: the mean of all.
        neutral: the rating that is neither good nor bad.

    >>> from klantkompas.lenses.memory import peak_and_end
    >>> PeakEndDisplay.from_result(peak_and_end([7, 7, 2, 8, 6])).ratings.tolist()
    [7.0, 7.0, 2.0, 8.0, 6.0]
    """

    ratings: FloatArray
    peak: float
    end: float
    remembered: float
    experienced: float
    neutral: float

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of `Remembered`, as `peak_and_end` returns it."""
        return cls(
            ratings=np.array(result.ratings, dtype=np.float64),
            peak=result.peak,
            end=result.end,
            remembered=result.remembered,
            experienced=result.experienced,
            neutral=result.neutral,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """The line of ratings, with peak and end, and what is remembered beside the mean."""
        count = len(self.ratings)
        at = np.arange(1.0, count + 1)
        wide = (0.5, max(count, 1) + 0.5)
        marks: list[Mark] = [_level(wide, self.neutral, "dotted", "muted", NEUTRAL)]
        if count:
            peak = int(np.flatnonzero(self.ratings == self.peak)[-1])
            marks += [
                _level(wide, self.remembered, "dashed", "second", REMEMBERED),
                _level(wide, self.experienced, "dash-dotted", "third", EXPERIENCED),
                Line(at, self.ratings),
                Points(at, self.ratings, name=Sentence(RATING)),
                Points(at[[peak]], self.ratings[[peak]], "diamond", size=11, tone="second"),
                Points(at[-1:], self.ratings[-1:], "square", size=10, tone="second"),
                self._label(at[peak], self.peak, PEAK),
                self._label(at[-1], self.end, END),
            ]
        ticks = [Tick(each, each) for each in at.tolist()]
        panel = Panel(
            Axis(*wide, ticks, Sentence(MOMENTS), grid=False),
            number_axis(0, 10, title=Sentence(RATING)),
            marks,
            height=220,
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])

    def _label(self, at: float, rating: float, message: str) -> Label:
        """Return a label on the side that points away from neutral."""
        side: Side = "above" if rating > self.neutral else "below"
        return Label(at, rating, _rated(message, rating), side, strong=True)


def _level(wide: tuple[float, float], rating: float, dash: Dash, tone: Tone, message: str) -> Line:
    """Return a line over the whole width, which the legend names with its rating."""
    return Line(wide, [rating] * 2, dash, tone=tone, name=_rated(message, rating))


def _rated(message: str, rating: float) -> Sentence:
    return sentence(message, rating=rating)
