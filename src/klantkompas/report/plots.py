"""Pictures of results, drawn by matplotlib. Needs the extra `plots`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from klantkompas.errors import MissingExtraError
from klantkompas.lenses.pareto import ParetoRanking
from klantkompas.report.curve import LEADING
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, sentence
from klantkompas.wording.writer import Language, writer_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ParetoPlot", "pareto"]


@frozen(eq=False)
class ParetoPlot:
    """A drawn Pareto curve, with what it was drawn from.

    Args:
        ranking: the customers by what they bring.
        axes: the matplotlib axes with the curve; change its looks there.
    """

    ranking: ParetoRanking
    axes: Axes


def _axes(ax: Axes | None) -> Axes:
    try:
        from matplotlib import pyplot
    except ImportError as cause:
        raise MissingExtraError("plots", "drawing") from cause
    return pyplot.subplots()[1] if ax is None else ax


CUSTOMERS = mark("customers, largest first")
ALL_THE_SAME = mark("if all brought the same")
LEADING_BRING = mark("leading {leading} bring {brought}")
FEW_BRING = mark("{few} of {customers} bring {brought}")
ACROSS = mark("share of the customers, largest first")
UP = mark("share of the total")


def pareto(
    ranking: ParetoRanking, *, ax: Axes | None = None, language: Language = "en"
) -> ParetoPlot:
    """Draw the share of the total that the leading customers bring (S1 step 4).

    The leading fifth and the vital few are marked, so that 80/20 is checked rather than assumed.

    Args:
        ranking: the customers by what they bring.
        ax: matplotlib axes to draw on; without them, a new figure.
        language: ``"en"`` or ``"nl"``; or a `Writer`.

    Returns:
        The axes with the drawn curve, and the ranking.

    Raises:
        MissingExtraError: matplotlib is not installed.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> from klantkompas.lenses.pareto import pareto_ranking
    >>> drawn = pareto(pareto_ranking([50, 20, 10, 5, 4, 3, 3, 2, 2, 1]))
    >>> drawn.axes.get_xlabel()
    'share of the customers, largest first'
    """
    writer, axes = writer_of(language), _axes(ax)
    height = np.concatenate([[0.0], ranking.cumulative_share])
    customers = len(height) - 1
    leading, few = ranking.leading_share(LEADING), ranking.vital_few
    marks: dict[str, Any] = {"linestyle": "--", "linewidth": 1, "color": "tab:red"}
    axes.plot(np.linspace(0, 1, len(height)), height, label=writer.text(CUSTOMERS))
    axes.plot([0, 1], [0, 1], ":", color="grey", linewidth=1, label=writer.text(ALL_THE_SAME))
    axes.plot(
        [LEADING, LEADING],
        [0, leading],
        label=writer.say(
            sentence(
                LEADING_BRING,
                leading=Quantity(LEADING, "percent"),
                brought=Quantity(leading, "percent"),
            )
        ),
        **marks,
    )
    axes.plot(
        [0, few / customers],
        [ranking.wanted, ranking.wanted],
        label=writer.say(
            sentence(
                FEW_BRING,
                few=few,
                customers=Quantity(customers, "customers"),
                brought=Quantity(ranking.wanted, "percent"),
            )
        ),
        **marks | {"color": "tab:orange"},
    )
    axes.set(
        xlim=(0, 1),
        ylim=(0, None),
        xlabel=writer.text(ACROSS),
        ylabel=writer.text(UP),
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, position: writer.share(value))
    axes.legend(loc="lower right", frameon=False)
    return ParetoPlot(ranking, axes)
