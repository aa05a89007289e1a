"""Who meets which success factor: a map of factors by classes."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import named_axis
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Boxes, Figure, Label, Mark, Panel
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence

__all__ = ["FactorsDisplay"]

TITLE = mark("Who meets which success factor, by class")
ALL = mark("all")
MET, NOT_KNOWN = mark("share of whom it is known, who meet it"), mark("known of nobody")
WEAKEST, STRONGEST = 0.04, 0.55
"""How strong the colour of 0% and of 100% is, so that a text on it can be read."""


@define(eq=False, kw_only=True)
class FactorsDisplay(Display):
    """The share of the customers who meet each success factor, in all and by class (S1 step 4).

    Args:
        factors: the titles of the factors, in order.
        groups: the columns: all, then the classes, best first.
        met: how many customers meet each factor (row) in each group (column).
        known: of how many it is known.
    """

    lens: ClassVar[str] = "classes"

    factors: tuple[str, ...]
    groups: tuple[str, ...]
    met: FloatArray
    known: FloatArray

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the map of a `Classification`; or of a `Scorecard`, which knows no classes."""
        card = getattr(result, "scorecard", result)
        classes: tuple[str, ...] = getattr(result, "order", ())
        labels = result.labels[card.places] if classes else np.full(len(card.met), None)
        members = [np.ones(len(card.met), np.bool_), *(labels == each for each in classes)]
        return cls(
            factors=tuple(each.title for each in card.declared),
            groups=(ALL, *classes),
            met=np.array([card.met[each].sum(axis=0) for each in members], np.float64).T,
            known=np.array([(~card.unknown[each]).sum(axis=0) for each in members], np.float64).T,
            says=result.parts,
        )

    @property
    def share(self) -> FloatArray:
        """The share of those of whom it is known who meet it; NaN where it is known of nobody."""
        with np.errstate(invalid="ignore"):
            return self.met / self.known

    @property
    def figure(self) -> Figure:
        """A cell for each factor and group, the stronger the more customers meet it."""
        rows, columns = np.indices(self.share.shape).reshape(2, -1).astype(np.float64)
        share = self.share.ravel()
        marks: list[Mark] = []
        for which, fill, name in (
            (~np.isnan(share), "solid", MET),
            (np.isnan(share), "hatched", NOT_KNOWN),
        ):
            if which.any():
                strength = WEAKEST + (STRONGEST - WEAKEST) * np.nan_to_num(share[which])
                marks.append(
                    Boxes(
                        columns[which] - 0.47,
                        columns[which] + 0.47,
                        rows[which] - 0.44,
                        rows[which] + 0.44,
                        fill,  # type: ignore[arg-type]
                        strength,
                        name=Sentence(name),
                    )
                )
        marks += [
            Label(column, row, Quantity(each, "percent"), "inside")
            for column, row, each in zip(
                columns.tolist(), rows.tolist(), share.tolist(), strict=True
            )
            if not np.isnan(each)
        ]
        panel = Panel(
            named_axis([Sentence(each) for each in self.groups]),
            named_axis([Sentence(each) for each in self.factors], downwards=True),
            marks,
            height=28.0 * max(1, len(self.factors)),
        )
        return Figure(title=Sentence(TITLE), says=self.says, panels=[panel])
