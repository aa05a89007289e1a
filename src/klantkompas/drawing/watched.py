"""Whom to watch: how far C customers are from the success factor that is nearest to them."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Figure, Label, Line, Mark, Panel, Points
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import CustomerName, Sentence, Value, sentence

__all__ = ["WatchDisplay"]

TITLE = mark("How far C customers are from a success factor")
NOW, THEN = mark("now"), mark("at the last review")
DISTANCE = mark("distance to the threshold, as a share of the larger value")
LEFT_OUT = mark("Further away, and left out: {left_out}.")
MOST = 30
"""As many customers as a picture shows: the nearest."""


@define(eq=False, kw_only=True)
class WatchDisplay(Display):
    """The C customers nearest to meeting a success factor (S1 step 5).

    Args:
        customers: their ids, the nearest first.
        titles: the factor of each.
        distance: how far they are from it, as a share; 0 at the threshold.
        previous_distance: how far they were at the last review; NaN where that is unknown.
        left_out: how many customers are further away, and left out.
    """

    customers: tuple[str, ...]
    titles: tuple[str, ...]
    distance: FloatArray
    previous_distance: FloatArray
    left_out: int = 0

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `WatchList`."""
        listed = list(result.listed)[:MOST]
        return cls(
            customers=tuple(each.customer for each in listed),
            titles=tuple(each.title for each in listed),
            distance=np.array([each.distance for each in listed], dtype=np.float64),
            previous_distance=np.array([each.previous_distance for each in listed], np.float64),
            left_out=len(result) - len(listed),
            says=(result.opening,),
        )

    @property
    def figure(self) -> Figure:
        """A row for each customer: a line from the threshold to where they are."""
        at = np.arange(len(self.customers), dtype=np.float64)
        gap, zero = np.full(len(at), np.nan), np.zeros(len(at))
        marks: list[Mark] = [
            Line(np.column_stack([zero, self.distance, gap]).ravel(), np.repeat(at, 3)),
            Points(self.distance, at, name=Sentence(NOW)),
        ]
        furthest = self.distance
        if not np.isnan(self.previous_distance).all():
            marks.append(
                Points(
                    self.previous_distance,
                    at,
                    "diamond",
                    hollow=True,
                    tone="second",
                    size=9,
                    name=Sentence(THEN),
                )
            )
            furthest = np.fmax(self.distance, self.previous_distance)
        marks += [
            Label(far, row, Sentence(title))
            for far, row, title in zip(furthest.tolist(), at.tolist(), self.titles, strict=True)
        ]
        # Beyond the furthest is room for the names of the factors.
        high = 1.6 * max(0.1, float(furthest.max(initial=0.0)))
        says: tuple[Value, ...] = self.says
        if self.left_out:
            says = (*says, sentence(LEFT_OUT, left_out=self.left_out))
        panel = Panel(
            number_axis(0, high, "percent", title=Sentence(DISTANCE), most=1),
            named_axis([CustomerName(each) for each in self.customers], downwards=True),
            marks,
            height=22.0 * max(2, len(at)),
        )
        return Figure(title=Sentence(TITLE), says=says, panels=[panel])
