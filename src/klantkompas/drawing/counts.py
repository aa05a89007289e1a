"""How many customers there are of each sort: bars with their numbers."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Boxes, Figure, Label, Mark, Panel
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, Value

__all__ = ["CountsDisplay"]

TITLE = mark("How many customers there are of each sort")
CUSTOMERS = mark("customers")
THICK = 0.32


@define(eq=False, kw_only=True)
class CountsDisplay(Display):
    """How many customers have each label of a result, such as each attitude.

    Args:
        names: the labels, in the order of the result.
        counts: how many customers have each.
    """

    names: tuple[Value, ...]
    counts: FloatArray

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a result that counts customers: it has `named_counts`."""
        found = result.named_counts()
        return cls(
            names=tuple(name for name, _ in found),
            counts=np.array([count for _, count in found], dtype=np.float64),
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """A bar for each label."""
        at = np.arange(len(self.names), dtype=np.float64)
        marks: list[Mark] = [Boxes(np.zeros(len(at)), self.counts, at - THICK, at + THICK)]
        marks += [
            Label(count, row, Quantity(count, ""))
            for count, row in zip(self.counts.tolist(), at.tolist(), strict=True)
        ]
        most = 1.1 * max(1.0, float(self.counts.max(initial=0.0)))
        panel = Panel(
            number_axis(0, most, title=Sentence(CUSTOMERS)),
            named_axis(self.names, downwards=True),
            marks,
            height=24.0 * max(2, len(at)),
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])
