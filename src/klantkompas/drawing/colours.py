"""Where customers stand between introvert and extravert, emotional and rational."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import BoolArray, FloatArray, ObjectArray
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import (
    Axis,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Points,
    Shape,
    Side,
    Tick,
    Tone,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["ColoursDisplay"]

TITLE = mark("Colours of customers, as hypotheses")
INTROVERT, EXTRAVERT = mark("introvert"), mark("extravert")
EMOTIONAL, RATIONAL = mark("emotional"), mark("rational")
BY_STAFF, BY_SIGNS = mark("as staff judge"), mark("by signs, to check with the customer")
COUNTED = "{colour}: {customers}"
LOOKS: dict[str, tuple[Tone, Shape, float, float]] = {
    mark("green"): ("third", "circle", -1, -1),
    mark("red"): ("red", "triangle", -1, 1),
    mark("yellow"): ("yellow", "diamond", 1, 1),
    mark("blue"): ("first", "square", 1, -1),
}
"""By colour, how it is drawn, and in which quarter it stands."""


@define(eq=False, kw_only=True)
class ColoursDisplay(Display):
    """Customers on the two axes of the colours (S3); who objects to profiling is left out.

    Args:
        rationality: the position of each customer from emotional, -1, to rational, 1; NaN where
            unknown.
        extraversion: the position from introvert, -1, to extravert, 1.
        labels: the colour of each; None without one.
        by_staff: whether staff judged any of the two.
    """

    lens: ClassVar[str] = "colours"

    rationality: FloatArray
    extraversion: FloatArray
    labels: ObjectArray
    by_staff: BoolArray

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of `CustomerColours`."""
        shown = result.shown
        labels = [None if each is None else str(each) for each in result.labels[shown]]
        return cls(
            rationality=result.positions["rationality"][shown],
            extraversion=result.positions["extraversion"][shown],
            labels=np.array(labels, dtype=np.object_),
            by_staff=np.any(
                [result.basis[each][shown] == "staff" for each in result.basis], axis=0
            ),
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """Points in the four quarters, with how many customers each holds."""
        marks: list[Mark] = [
            Line([0, 0], [-1, 1], width=1, tone="muted"),
            Line([-1, 1], [0, 0], width=1, tone="muted"),
        ]
        for colour, (tone, shape, *_) in LOOKS.items():
            marks += [
                self._points(self.labels == colour, staff, tone, shape) for staff in (False, True)
            ]
        none = np.equal(self.labels, None)  # type: ignore[call-overload]
        marks += [self._points(none, staff, "muted", "circle", 4) for staff in (False, True)]
        marks += [
            Points([], [], tone="muted", name=Sentence(BY_STAFF)),
            Points([], [], hollow=True, tone="muted", name=Sentence(BY_SIGNS)),
        ]
        for colour, (_, _, right, up) in LOOKS.items():
            count = int((self.labels == colour).sum())
            text = sentence(COUNTED, colour=Sentence(colour), customers=count)
            side: Side = "left" if right > 0 else "right"
            marks.append(Label(1.25 * right, 1.07 * up, text, side, strong=True))
        ends = (Tick(-1.2, Sentence(EMOTIONAL)), Tick(1.2, Sentence(RATIONAL)))
        sides = (Tick(-1, Sentence(INTROVERT)), Tick(1, Sentence(EXTRAVERT)))
        panel = Panel(
            Axis(-1.25, 1.25, ends, grid=False), Axis(-1.15, 1.15, sides, grid=False), marks, 360
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel], width=560)

    def _points(
        self, which: BoolArray, staff: bool, tone: Tone, shape: Shape, size: float = 8
    ) -> Points:
        which = which & (self.by_staff == staff)
        x, y = self.rationality[which], self.extraversion[which]
        return Points(x, y, shape, not staff, size, tone=tone)
