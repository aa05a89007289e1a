"""What came in each month, and from how many customers."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Axis, Boxes, Figure, Line, Mark, Panel, Points
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Month, Sentence

__all__ = ["MonthsDisplay"]

TITLE = mark("Revenue and customers by month")
REVENUE, CUSTOMERS = mark("revenue"), mark("customers who ordered")
ACTIVE = mark("active at the end of the month")
CAME_AND_WENT = mark("customers who came and went")
NEW, BACK, LOST = mark("new"), mark("back"), mark("lost")
SO_FAR = mark("a month that is not over")
THICK = 0.38


@define(eq=False, kw_only=True)
class MonthsDisplay(Display):
    """The revenue of each month; below it how many customers ordered, and who came and went.

    Args:
        months: the months as ``"2026-01"``, without gaps.
        revenue: what came in, credits taken off.
        customers: how many customers ordered.
        new: how many of those ordered for the first time.
        back: how many of those came back after long.
        lost: how many ordered for the last time long enough ago to be lost now.
        active: how many are active at the end of the month.
        complete: whether the last month is over.
    """

    lens: ClassVar[str] = "by_month"

    months: tuple[str, ...]
    revenue: FloatArray
    customers: FloatArray
    new: FloatArray
    back: FloatArray
    lost: FloatArray
    active: FloatArray
    complete: bool = True

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `ByMonth`."""
        return cls(
            months=result.months,
            revenue=result.revenue,
            customers=result.customers,
            new=result.new,
            back=result.back,
            lost=result.lost,
            active=result.active,
            complete=result.complete,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """Bars for the revenue; lines for who ordered and is active; bars for who came and went."""
        at = np.arange(len(self.months), dtype=np.float64)
        over = len(at) if self.complete else len(at) - 1
        marks: list[Mark] = [_bars(at[:over], self.revenue[:over], "solid", REVENUE)]
        if over < len(at):
            marks.append(_bars(at[over:], self.revenue[over:], "hatched", SO_FAR))
        months = named_axis([Month(each) for each in self.months])
        people: list[Mark] = [
            Line(at, self.customers, tone="first"),
            Points(at, self.customers, tone="first", name=Sentence(CUSTOMERS)),
            Line(at, self.active, "dashed", tone="second"),
            Points(at, self.active, "square", hollow=True, tone="second", name=Sentence(ACTIVE)),
        ]
        came = self.new + self.back
        moves: list[Mark] = [
            _bars(at, self.new, "solid", NEW),
            _bars(at, came, "hatched", BACK, above=self.new),
            _bars(at, -self.lost, "hollow", LOST),
        ]
        panels = [
            Panel(months, _up(self.revenue, "money", REVENUE), marks, height=170),
            Panel(months, _up(self.active, "", CUSTOMERS), people, height=130),
            Panel(months, _up(np.append(came, -self.lost), "", CAME_AND_WENT), moves, height=130),
        ]
        return Figure(title=Sentence(TITLE), says=self.says, panels=panels)


def _up(values: FloatArray, unit: str, title: str) -> Axis:
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    return number_axis(min(0.0, low), max(0.0, high), unit, title=Sentence(title))


def _bars(
    at: FloatArray, values: FloatArray, fill: Any, name: str, above: FloatArray | None = None
) -> Boxes:
    low = np.zeros(len(at)) if above is None else above
    return Boxes(at - THICK, at + THICK, low, values, fill, name=Sentence(name))
