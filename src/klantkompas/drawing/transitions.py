"""From which class to which: customers between two reviews."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import (
    Area,
    Axis,
    Boxes,
    Figure,
    Label,
    Mark,
    Panel,
    Side,
    Tick,
    Tone,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["TransitionsDisplay"]

TITLE = mark("From class to class")
STAYED, ROSE = mark("stayed"), mark("rose, or came")
FELL = mark("fell, or went")
NAMED = "{label}: {customers}"
WAS, IS = 0.2, 0.8
"""Where the bars of the earlier and the later review stand."""
THICK = 0.012
APART = 0.065
"""The room between two classes, where all customers together are 1: a line of text."""
STEPS = 24
"""How many points the curve of a flow has."""


@define(eq=False, kw_only=True)
class TransitionsDisplay(Display):
    """How customers flow from class to class between two reviews (S1 step 7).

    Args:
        rows: the classes and states at the earlier review: best first, then new, inactive, gone.
        columns: those at the later review.
        table: how many customers went from each row to each column.
        dates: the dates of the two reviews.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    table: FloatArray
    dates: tuple[date, date]

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `Review`."""
        return cls(
            rows=result.rows,
            columns=result.columns_of_table,
            table=result.table.astype(np.float64),
            dates=(result.previous.as_of, result.current.as_of),
            says=result.parts[:1],
        )

    @property
    def figure(self) -> Figure:
        """Bands as thick as their customers are many, from the earlier state to the later."""
        table = self.table.copy()
        # Who had no class and still has none takes no part.
        idle = [at for at, name in enumerate(self.rows) if name not in self._classes]
        out = [at for at, name in enumerate(self.columns) if name not in self._classes]
        table[np.ix_(idle, out)] = 0.0
        total = max(table.sum(), 1.0)
        left = _stack(table.sum(axis=1) / total)
        right = _stack(table.sum(axis=0) / total)
        marks: list[Mark] = self._flows(table / total, left, right)
        ends: tuple[tuple[float, Side, tuple[str, ...], FloatArray, FloatArray], ...] = (
            (WAS, "left", self.rows, left, table.sum(axis=1)),
            (IS, "right", self.columns, right, table.sum(axis=0)),
        )
        for place, side, names, bars, counts in ends:
            edge = place - THICK if side == "left" else place + THICK
            middles = bars.mean(axis=1).tolist()
            marks.append(_bars(place, bars[counts > 0]))
            for name, middle, count in zip(names, middles, counts.tolist(), strict=True):
                if count:
                    text = sentence(NAMED, label=Sentence(name), customers=count)
                    marks.append(Label(edge, middle, text, side, strong=True))
        ticks = [Tick(WAS, self.dates[0]), Tick(IS, self.dates[1])]
        lowest = min(left.min(initial=0.0), right.min(initial=0.0))
        panel = Panel(
            Axis(0, 1, ticks, grid=False), Axis(lowest - APART / 2, APART / 2), marks, height=340
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])

    @property
    def _classes(self) -> tuple[str, ...]:
        return tuple(name for name in self.rows if name in self.columns)[:-2]

    def _flows(self, shares: FloatArray, left: FloatArray, right: FloatArray) -> list[Mark]:
        """Return a band for each pair of states that has customers."""
        start, end = left[:, 0].copy(), right[:, 0].copy()
        place = {name: at for at, name in enumerate(self._classes)}
        bands: list[Mark] = []
        across = np.linspace(WAS + THICK, IS - THICK, STEPS)
        bend = np.linspace(0, 1, STEPS)
        bend = bend * bend * (3 - 2 * bend)
        for row, was in enumerate(self.rows):
            for column, now in enumerate(self.columns):
                share = shares[row, column]
                if not share:
                    continue
                high = start[row] + (end[column] - start[row]) * bend
                start[row] -= share
                end[column] -= share
                from_place, to_place = place.get(was, len(place)), place.get(now, len(place))
                tone, strength, name = _kind(from_place, to_place)
                low = high - share
                bands.append(Area(across, low, high, strength, tone=tone, name=Sentence(name)))
        return bands


def _kind(was: int, now: int) -> tuple[Tone, float, str]:
    """Return how a flow is drawn: its tone, how strong, so that it is told apart without colour."""
    if was == now:
        return "muted", 0.22, STAYED
    return ("first", 0.45, ROSE) if now < was else ("second", 0.8, FELL)


def _stack(shares: FloatArray) -> FloatArray:
    """Return the top and the bottom of each bar, the first at the top, with room between them."""
    room = np.where(shares > 0, APART, 0.0)
    tops = -np.concatenate([[0.0], np.cumsum(shares + room)[:-1]])
    return np.column_stack([tops, tops - shares])


def _bars(place: float, bars: FloatArray) -> Boxes:
    ends = np.full(len(bars), place - THICK), np.full(len(bars), place + THICK)
    return Boxes(*ends, bars[:, 1], bars[:, 0], tone="ink")
