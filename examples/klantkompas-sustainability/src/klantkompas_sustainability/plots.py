"""The share of the packaging that comes back, drawn by matplotlib. Needs the extra `plots`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas_sustainability.returning import PackagingReturns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PackagingPlot", "packaging"]


@frozen(eq=False)
class PackagingPlot:
    """A drawn lens, with what it was drawn from.

    Args:
        returns: the pieces by class.
        axes: where it was drawn; change there what you want otherwise.
    """

    returns: PackagingReturns
    axes: Axes


def packaging(returns: PackagingReturns, *, ax: Axes | None = None) -> PackagingPlot:
    """Draw a bar for each class: the share of its packaging that came back.

    Args:
        returns: the pieces by class.
        ax: matplotlib axes to draw on; without them, a new figure.

    Returns:
        The axes, with the pieces.

    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> drawn = packaging(PackagingReturns(sent={"A": 40.0}, returned={"A": 38.0}))
    >>> [float(bar.get_height()) for bar in drawn.axes.patches]
    [0.95]
    """
    if ax is None:
        from matplotlib import pyplot

        ax = pyplot.subplots()[1]
    shares = returns.shares()
    pieces = [
        f"{label}\n{returns.returned[label]:g} of {returns.sent[label]:g}" for label in shares
    ]
    ax.bar(pieces, list(shares.values()), color="tab:green")
    ax.axhline(1, color="grey", linewidth=1, linestyle=":")
    ax.set(ylabel="share of the packaging that came back", ylim=(0, None))
    ax.yaxis.set_major_formatter(lambda value, place: f"{value:.0%}")
    return PackagingPlot(returns, ax)
