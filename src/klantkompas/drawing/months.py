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
from klantkompas.wording.sentence import Sentence

__all__ = ["MonthsDisplay"]

TITLE = mark("Revenue and customers by month")
REVENUE, CUSTOMERS = mark("revenue"), mark("customers who ordered")
NEW = mark("customers who ordered for the first time")
SO_FAR = mark("a month that is not over")
THICK = 0.38


@define(eq=False, kw_only=True)
class MonthsDisplay(Display):
    """The revenue of each month, and below it how many customers ordered.

    Args:
        months: the months as ``"2026-01"``, without gaps.
        revenue: what came in, credits taken off.
        customers: how many customers ordered.
        new: how many of those ordered for the first time.
        complete: whether the last month is over.
    """

    lens: ClassVar[str] = "by_month"

    months: tuple[str, ...]
    revenue: FloatArray
    customers: FloatArray
    new: FloatArray
    complete: bool = True

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `ByMonth`."""
        return cls(
            months=result.months,
            revenue=result.revenue,
            customers=result.customers,
            new=result.new,
            complete=result.complete,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """Bars for the revenue; below them a line for who ordered and one for who was new."""
        at = np.arange(len(self.months), dtype=np.float64)
        over = len(at) if self.complete else len(at) - 1
        marks: list[Mark] = [_bars(at[:over], self.revenue[:over], "solid", REVENUE)]
        if over < len(at):
            marks.append(_bars(at[over:], self.revenue[over:], "hatched", SO_FAR))
        months = named_axis([Sentence(each) for each in self.months])
        people: list[Mark] = [
            Line(at, self.customers, tone="first"),
            Points(at, self.customers, tone="first", name=Sentence(CUSTOMERS)),
            Line(at, self.new, "dashed", tone="second"),
            Points(at, self.new, "square", hollow=True, tone="second", name=Sentence(NEW)),
        ]
        panels = [
            Panel(months, _up(self.revenue, "money", REVENUE), marks, height=170),
            Panel(months, _up(self.customers, "", CUSTOMERS), people, height=130),
        ]
        return Figure(title=Sentence(TITLE), says=self.says, panels=panels)


def _up(values: FloatArray, unit: str, title: str) -> Axis:
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    return number_axis(min(0.0, low), max(0.0, high), unit, title=Sentence(title))


def _bars(at: FloatArray, values: FloatArray, fill: Any, name: str) -> Boxes:
    return Boxes(at - THICK, at + THICK, np.zeros(len(at)), values, fill, name=Sentence(name))
