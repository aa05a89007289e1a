"""How many customers each class has, and what they bring."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Boxes, Figure, Label, Mark, Panel
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["ClassesDisplay"]

TITLE = mark("Classes by customers and revenue")
CUSTOMERS, REVENUE = mark("share of the customers"), mark("share of the revenue")
TOO_LITTLE = mark("of whom too little is known to be sure")
OF_ALL = "{share} ({customers})"
SHARE = mark("share of all who have a class")
THICK = 0.36
"""How thick a bar is, where the classes are 1 apart."""
LIGHTER = 0.5
"""How strong the colour of revenue is, so that it is told apart without colour."""


@define(eq=False, kw_only=True)
class ClassesDisplay(Display):
    """The classes side by side: their share of the customers and of the revenue (S1 step 4).

    Args:
        classes: the classes, best first.
        customers: how many customers each has.
        provisional: of how many of those too little is known to be sure.
        customer_share: their share of all who have a class.
        revenue_share: their share of the revenue; NaN where that is not above 0.
    """

    lens: ClassVar[str] = "classes"

    classes: tuple[str, ...]
    customers: FloatArray
    provisional: FloatArray
    customer_share: FloatArray
    revenue_share: FloatArray

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `Classification`."""
        shares = result.shares()

        def of_each(name: str) -> FloatArray:
            return np.array([getattr(each, name) for each in shares], dtype=np.float64)

        return cls(
            classes=tuple(each.label for each in shares),
            customers=of_each("customers"),
            provisional=of_each("provisional"),
            customer_share=np.nan_to_num(of_each("customer_share")),
            revenue_share=of_each("revenue_share"),
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """Two bars for each class; hatched is of whom too little is known."""
        at = np.arange(len(self.classes), dtype=np.float64)
        nothing = np.zeros(len(at))
        part = self.provisional / np.where(self.customers > 0, self.customers, 1)
        sure = self.customer_share * (1 - part)
        money = np.nan_to_num(self.revenue_share)
        upper, lower = (at - THICK, at), (at, at + THICK)
        marks: list[Mark] = [
            Boxes(nothing, sure, *upper, name=Sentence(CUSTOMERS)),
            Boxes(sure, self.customer_share, *upper, "hatched", name=Sentence(TOO_LITTLE)),
            Boxes(nothing, money, *lower, strength=LIGHTER, tone="second", name=Sentence(REVENUE)),
        ]
        for place, customers, share, revenue in zip(
            at.tolist(),
            self.customers.tolist(),
            self.customer_share.tolist(),
            self.revenue_share.tolist(),
            strict=True,
        ):
            counted = sentence(
                OF_ALL,
                share=Quantity(share, "percent"),
                customers=Quantity(customers, "customers"),
            )
            marks.append(Label(share, place - THICK / 2, counted))
            marks.append(Label(max(revenue, 0.0), place + THICK / 2, Quantity(revenue, "percent")))
        # A quarter more than the longest bar is room for what stands beside it.
        longest = 1.25 * max(0.1, float(np.max([self.customer_share, money], initial=0.0)))
        low = min(0.0, float(money.min(initial=0.0)))
        panel = Panel(
            number_axis(low, longest, "percent", title=Sentence(SHARE), most=1),
            named_axis([Sentence(each) for each in self.classes], downwards=True),
            marks,
            height=58.0 * max(1, len(at)),
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])
