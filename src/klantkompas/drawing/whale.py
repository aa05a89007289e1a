"""Who brings, and who takes away again: the curve of cumulative contribution."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import number_axis
from klantkompas.drawing.curves import steep_first
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Area, Figure, Label, Line, Mark, Panel, Points
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["WhaleDisplay"]

TITLE = mark("Whale curve")
CUSTOMERS = mark("customers, largest first")
ACROSS = mark("share of the customers, largest first")
BROUGHT = mark("brought together")
WINNERS = mark("what {winners} bring")
TOTAL = mark("what all bring: {total}")
MOST = 240


@define(eq=False, kw_only=True)
class WhaleDisplay(Display):
    """The running sum of what customers contribute, largest first.

    Args:
        customers: shares of the customers, from 0 to 1.
        cumulative: what each of those brings together, in money.
        winners: how many customers contribute more than 0.

    >>> from klantkompas.lenses.contribution import whale_curve
    >>> WhaleDisplay.from_result(whale_curve([60, -20, 50])).cumulative.tolist()
    [0.0, 60.0, 110.0, 90.0]
    """

    lens: ClassVar[str] = "contribution"

    customers: FloatArray
    cumulative: FloatArray
    winners: int

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `WhaleCurve`."""
        cumulative = np.concatenate([[0.0], result.cumulative])
        return cls(
            customers=np.linspace(0.0, 1.0, len(cumulative)),
            cumulative=cumulative,
            winners=result.winners,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """The curve, its top, and the line of what remains."""
        last = len(self.cumulative) - 1
        # Steep at either end: who brings most, and who takes most away.
        shown = np.union1d(
            steep_first(last + 1, MOST // 2), last - steep_first(last + 1, MOST // 2)
        )
        shown = np.union1d(shown, [self.winners])
        across, up = self.customers[shown], self.cumulative[shown]
        top, total = float(self.cumulative[self.winners]), float(self.cumulative[-1])
        winners = sentence(WINNERS, winners=Quantity(self.winners, "customers"))
        remains = sentence(TOTAL, total=Quantity(total, "money"))
        place = float(self.customers[self.winners])
        marks: list[Mark] = [
            Area(across, np.zeros(len(up)), up),
            Line([0, 1], [total, total], "dashed", 1.5, tone="second", name=remains),
            Line(across, up, width=2.5, name=Sentence(CUSTOMERS)),
            Points([place], [top], "diamond", tone="fourth", size=9, name=winners),
        ]
        if self.winners < last:
            marks.append(Label(place, top, Quantity(top, "money"), "above", strong=True))
        low, high = float(up.min()), float(up.max())
        # A tenth more is room for what stands above the top.
        panel = Panel(
            number_axis(0, 1, "percent", title=Sentence(ACROSS)),
            number_axis(min(0.0, low), max(0.0, high) * 1.1, "money", title=Sentence(BROUGHT)),
            marks,
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])
