"""Do a few customers bring most? The curve of what the leading ones bring, and Lorenz's."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from attrs import define

from klantkompas._arrays import FloatArray
from klantkompas.drawing.axes import number_axis
from klantkompas.drawing.curves import steep_first, thin_out
from klantkompas.drawing.display import Display
from klantkompas.drawing.geometry import Area, Figure, Line, Mark, Panel, Points
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["LorenzDisplay", "ParetoDisplay"]

MOST = 240
"""As many points of a curve as can be told apart."""
PARETO = mark("Pareto curve")
LORENZ = mark("Lorenz curve")
CUSTOMERS = mark("customers, largest first")
SMALLEST_FIRST = mark("customers, smallest first")
ALL_THE_SAME = mark("if all brought the same")
LEADING_BRING = mark("leading {leading} bring {brought}")
FEW_BRING = mark("{few} of {customers} bring {brought}")
ACROSS = mark("share of the customers, largest first")
ACROSS_SMALLEST = mark("share of the customers, smallest first")
UP = mark("share of the total")
GINI = mark("Gini {gini}")
LEADING = 0.20
"""The leading share that 80/20 speaks of (S1 step 4)."""


def _even() -> Line:
    return Line([0, 1], [0, 1], "dotted", 1.5, tone="muted", name=Sentence(ALL_THE_SAME))


@define(eq=False, kw_only=True)
class ParetoDisplay(Display):
    """The share of the total that the leading customers bring (S1 step 4).

    The leading fifth and the vital few are marked, so that 80/20 is checked rather than assumed.

    Args:
        customers: shares of the customers, largest first, from 0 to 1.
        total: the share of the total that each of those brings; above 1 where others take away.
        leading_share: what the leading fifth brings.
        vital_few: how many customers bring the wanted share.
        wanted: that share.

    >>> from klantkompas.lenses.pareto import pareto_ranking
    >>> display = ParetoDisplay.from_result(pareto_ranking([50, 20, 10, 5, 4, 3, 3, 2, 2, 1]))
    >>> display.total[:3].tolist(), display.vital_few
    ([0.0, 0.5, 0.7], 3)
    """

    lens: ClassVar[str] = "pareto"

    customers: FloatArray
    total: FloatArray
    leading_share: float
    vital_few: int
    wanted: float

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the curve of a `ParetoRanking`."""
        total = np.concatenate([[0.0], result.cumulative_share])
        return cls(
            customers=np.linspace(0.0, 1.0, len(total)),
            total=total,
            leading_share=result.leading_share(LEADING),
            vital_few=result.vital_few,
            wanted=result.wanted,
            says=result.parts,
        )

    @property
    def figure(self) -> Figure:
        """The curve, with the leading fifth and the vital few."""
        shown = steep_first(len(self.total), MOST)
        across, up = self.customers[shown], self.total[shown]
        count = len(self.total) - 1
        few, brought = self.vital_few / count, float(self.total[self.vital_few])
        share = Quantity(self.leading_share, "percent")
        leading = sentence(LEADING_BRING, leading=Quantity(LEADING, "percent"), brought=share)
        vital = sentence(
            FEW_BRING,
            few=self.vital_few,
            customers=Quantity(count, "customers"),
            brought=Quantity(self.wanted, "percent"),
        )
        lowest = min(0.0, float(self.total.min()))
        marks: list[Mark] = [
            Area(across, np.zeros(len(up)), up),
            _even(),
            Line(across, up, width=2.5, name=Sentence(CUSTOMERS)),
            Line([LEADING, LEADING], [0, self.leading_share], "dashed", 1.5, tone="second"),
            Line([0, few], [brought, brought], "dashed", 1.5, tone="fourth"),
            Points([LEADING], [self.leading_share], tone="second", name=leading),
            Points([few], [brought], "diamond", tone="fourth", name=vital),
        ]
        panel = Panel(
            number_axis(0, 1, "percent", title=Sentence(ACROSS)),
            number_axis(lowest, float(self.total.max()), "percent", title=Sentence(UP)),
            marks,
        )
        return Figure(title=Sentence(PARETO), says=self.says, panels=[panel])


@define(eq=False, kw_only=True)
class LorenzDisplay(Display):
    """How unequal customers are: what share of the total the smallest ones bring.

    Args:
        customers: shares of the customers, smallest first, from 0 to 1.
        total: the share of the total that each of those brings.
        gini: the Gini coefficient: twice the field between the curve and the straight line.

    >>> from klantkompas.lenses.pareto import pareto_ranking
    >>> LorenzDisplay.from_result(pareto_ranking([3, 1])).total.tolist()
    [0.0, 0.25, 1.0]
    """

    lens: ClassVar[str] = "pareto"

    customers: FloatArray
    total: FloatArray
    gini: float

    @classmethod
    def from_result(cls, result: Any) -> Self:
        """Return the Lorenz curve of a `ParetoRanking`."""
        customers, total = result.lorenz()
        return cls(customers=customers, total=total, gini=result.gini, says=result.parts)

    @property
    def figure(self) -> Figure:
        """The curve, and the straight line that it would be if all were equal."""
        last = len(self.total) - 1
        shown = np.union1d(thin_out(last + 1, MOST // 2), last - steep_first(last + 1, MOST // 2))
        across, up = self.customers[shown], self.total[shown]
        gini = sentence(GINI, gini=self.gini)
        marks: list[Mark] = [
            Area(across, up, across, name=gini),
            _even(),
            Line(across, up, width=2.5, name=Sentence(SMALLEST_FIRST)),
        ]
        panel = Panel(
            number_axis(0, 1, "percent", title=Sentence(ACROSS_SMALLEST)),
            number_axis(min(0.0, float(up.min())), 1, "percent", title=Sentence(UP)),
            marks,
        )
        return Figure(title=Sentence(LORENZ), says=self.says, panels=[panel])
