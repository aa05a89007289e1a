"""How many customers there are of each sort: bars with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
from attrs import define, field

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


def _values(given: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(given)


def _floats(given: Iterable[float]) -> FloatArray:
    return np.array([*given], dtype=np.float64)


@define(eq=False, kw_only=True)
class CountsDisplay(Display):
    """How many customers have each label of a result, such as each attitude.

    Args:
        names: the labels, in the order of the result: texts, or sentences that are translated.
        counts: how many there are of each.
        title: what the picture shows.
        counted: what is counted, below the axis.
        says: what the picture shows, as the result says it itself: its `parts`.

    >>> from klantkompas.hooks import sentence
    >>> display = CountsDisplay(
    ...     names=["signed for", "not signed for"],
    ...     counts=[8, 2],
    ...     title=sentence("Who signs for what is delivered"),
    ... )
    >>> "Who signs for what is delivered" in display.svg()
    True
    """

    names: tuple[Value, ...] = field(converter=_values)
    counts: FloatArray = field(converter=_floats)
    title: Sentence = Sentence(TITLE)
    counted: Sentence = Sentence(CUSTOMERS)

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a result that counts customers.

        Args:
            result: one with a method `named_counts`, which returns pairs of a label (a text or a
                sentence) and how many customers have it.
        """
        found = result.named_counts()
        return cls(
            names=tuple(name for name, _ in found),
            counts=[count for _, count in found],
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
            number_axis(0, most, title=self.counted),
            named_axis(self.names, downwards=True),
            marks,
            height=24.0 * max(2, len(at)),
        )
        return Figure(title=self.title, says=self.says, panels=[panel])
