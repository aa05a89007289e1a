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
PEAK_AND_END = mark("peak and end {rating}")
REMEMBERED, EXPERIENCED = mark("remembered {rating}"), mark("experienced {rating}")
NEUTRAL = mark("neutral {rating}")
MOMENTS = mark("rated moments, earliest first")
SMALL_WIDTH, SMALL_HEIGHT = 340.0, 84.0
"""How large the picture on a card is, in pixels; a large one is 640 wide."""


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
        small: whether it is drawn small, to stand on a card.

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
    small: bool = False

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
        """The line of ratings, with peak and end, and what is remembered beside the mean.

        Where the ratings are not at hand, only the two that are remembered stand in it.
        """
        known = len(self.ratings) > 0
        left = [] if np.isnan(self.peak) else [self.peak, self.end]
        ratings = self.ratings if known else np.array(left)
        at = np.arange(1.0, len(ratings) + 1)
        wide = (0.5, max(len(ratings), 1) + 0.5)
        marks: list[Mark] = [self._level(wide, self.neutral, "dotted", "muted", NEUTRAL)]
        if len(ratings):
            peak = int(np.flatnonzero(ratings == self.peak)[-1]) if known else 0
            marks += [
                self._level(wide, self.remembered, "dashed", "second", REMEMBERED),
                self._level(wide, self.experienced, "dash-dotted", "third", EXPERIENCED),
            ]
            if known:
                name = "" if self.small else Sentence(RATING)
                marks += [Line(at, ratings), Points(at, ratings, name=name)]
            marks += [
                Points(at[[peak]], ratings[[peak]], "diamond", size=11, tone="second"),
                Points(at[-1:], ratings[-1:], "square", size=10, tone="second"),
                *self._labels(at[peak], at[-1]),
            ]
        ticks = [Tick(each, each) for each in at.tolist()] if known and not self.small else []
        panel = Panel(
            Axis(*wide, ticks, "" if self.small or not known else Sentence(MOMENTS), grid=False),
            Axis(0, 10, [Tick(0, 0.0), Tick(10, 10.0)])
            if self.small
            else number_axis(0, 10, title=Sentence(RATING)),
            marks,
            height=SMALL_HEIGHT if self.small else 220,
        )
        width = SMALL_WIDTH if self.small else 640
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel], width=width)

    def _labels(self, peak: float, end: float) -> list[Label]:
        """Return the names of the peak and of the end; one name where they are one moment."""
        if peak == end:
            return [self._label(end, self.end, PEAK_AND_END)]
        return [self._label(peak, self.peak, PEAK), self._label(end, self.end, END)]

    def _label(self, at: float, rating: float, message: str) -> Label:
        """Return a label on the side that points away from neutral."""
        side: Side = "above" if rating > self.neutral else "below"
        return Label(at, rating, _rated(message, rating), side, strong=True)

    def _level(
        self, wide: tuple[float, float], rating: float, dash: Dash, tone: Tone, message: str
    ) -> Line:
        """Return a line over the whole width, which the legend names with its rating."""
        name = "" if self.small and message == NEUTRAL else _rated(message, rating)
        return Line(wide, [rating] * 2, dash, tone=tone, name=name)


def _rated(message: str, rating: float) -> Sentence:
    return sentence(message, rating=rating)
