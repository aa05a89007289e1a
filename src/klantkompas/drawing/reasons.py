"""Why customers leave: how often staff and customers name each reason."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define, field

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis, number_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Figure, Label, Line, Mark, Panel, Points
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence

__all__ = ["ReasonsDisplay"]

TITLE = mark("Why customers leave, as staff believe and as customers say")
STAFF, CUSTOMERS = mark("as staff believe"), mark("as customers say")
SHARE = mark("share of the departures with a reason")


@define(eq=False, kw_only=True)
class ReasonsDisplay(Display):
    """How often staff and customers name each reason; what staff overrate most stands first (S2).

    Args:
        reasons: the reasons that anyone named.
        believed: the share of each among those that staff named; NaN where they named none.
        stated: the share among those that customers named.
        gaps: for each, the gap in points with its interval, as text.
    """

    lens: ClassVar[str] = "departures"

    reasons: tuple[str, ...]
    believed: FloatArray
    stated: FloatArray
    gaps: tuple[Sentence | None, ...] = field(repr=False)

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the picture of a `ReasonGap`."""
        named = [each for each in result.reasons if each.counts.first or each.counts.second]
        named.sort(key=lambda each: 0.0 if np.isnan(each.gap) else -each.gap)
        return cls(
            reasons=tuple(str(each.name) for each in named),
            believed=np.array([each.believed_share for each in named], dtype=np.float64),
            stated=np.array([each.stated_share for each in named], dtype=np.float64),
            gaps=tuple(None if np.isnan(each.gap) else each.points for each in named),
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """Two points in a row for each reason, and the gap between them."""
        at = np.arange(len(self.reasons), dtype=np.float64)
        ends = np.column_stack([self.believed, self.stated, np.full(len(at), np.nan)])
        marks: list[Mark] = [
            Line(ends.ravel(), np.repeat(at, 3), width=2, tone="muted"),
            Points(
                self.believed,
                at,
                "square",
                hollow=True,
                tone="second",
                size=9,
                name=Sentence(STAFF),
            ),
            Points(self.stated, at, tone="first", size=8, name=Sentence(CUSTOMERS)),
        ]
        furthest = np.fmax(self.believed, self.stated)
        marks += [
            Label(far, row, gap)
            for far, row, gap in zip(furthest.tolist(), at.tolist(), self.gaps, strict=True)
            if gap is not None
        ]
        high = 1.6 * max(0.1, float(np.nanmax(furthest, initial=0.0)))
        panel = Panel(
            number_axis(0, high, "percent", title=Sentence(SHARE), most=1),
            named_axis([Sentence(each) for each in self.reasons], downwards=True),
            marks,
            height=30.0 * max(2, len(at)),
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])
