"""The pen of matplotlib: a figure on axes, which everything of matplotlib can change afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from klantkompas.drawing.geometry import Area, Boxes, Figure, Label, Line, Mark, Points, Side, Tone
from klantkompas.drawing.layout import PlacedPanel, lay_out
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_on_axes"]

COLOURS: dict[Tone, str] = {
    "ink": "0.1",
    "muted": "0.45",
    "faint": "0.8",
    "first": "tab:blue",
    "second": "tab:orange",
    "third": "tab:green",
    "fourth": "tab:purple",
    "red": "tab:red",
    "yellow": "goldenrod",
}
DASHES = {"solid": "-", "dashed": "--", "dotted": ":", "dash-dotted": "-."}
SHAPES = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}
OFFSETS: dict[Side, tuple[float, float, str, str]] = {
    "right": (9, 0, "left", "center"),
    "left": (-9, 0, "right", "center"),
    "above": (0, 7, "center", "bottom"),
    "below": (0, -7, "center", "top"),
    "inside": (0, 0, "center", "center"),
}

Look = dict[str, Any]
"""How something is drawn: keywords of a method of matplotlib's axes."""


def _fitting(figure: Figure, ax: Axes | Sequence[Axes] | None) -> tuple[Axes, ...]:
    """Return axes, one for each panel: those given, parts of the one given, or new ones."""
    try:
        from matplotlib import pyplot
        from matplotlib.axes import Axes as OneAxes
    except ImportError as cause:
        raise MissingExtraError("plots", "drawing") from cause
    panels = figure.panels
    heights = [panel.height for panel in panels]
    if ax is None:
        # At 100 pixels an inch, as matplotlib draws; the rest is room for names below.
        size = (figure.width / 100, (sum(heights) + 90 * len(heights)) / 100)
        _, axes = pyplot.subplots(
            len(panels), 1, figsize=size, squeeze=False, layout="constrained", height_ratios=heights
        )
        return tuple(axes[:, 0])
    given = (ax,) if isinstance(ax, OneAxes) else tuple(np.ravel(np.asarray(ax, dtype=object)))
    if len(given) == len(panels):
        return given
    if len(given) != 1:
        raise ArgumentError(
            f"ax holds {len(given)} axes, where the picture has {len(panels)} panels",
            remedy=f"Give one, or {len(panels)}",
        )
    given[0].set_axis_off()
    high = 1 / len(panels)
    return tuple(
        given[0].inset_axes((0.0, 1 - (at + 1) * high, 1.0, 0.7 * high))
        for at in range(len(panels))
    )


def _draw(mark: Mark, axes: Axes, name: Look) -> None:
    colour: Look = {} if isinstance(mark, Label) else {"color": COLOURS[mark.tone]}
    match mark:
        case Line():
            axes.plot(mark.x, mark.y, DASHES[mark.dash], linewidth=mark.width, **colour, **name)
        case Area():
            axes.fill_between(
                mark.x, mark.low, mark.high, alpha=mark.strength, linewidth=0, **colour, **name
            )
        case Boxes():
            _draw_boxes(mark, axes, name)
        case Points():
            face: Look = {"markerfacecolor": "none"} if mark.hollow else {}
            shape: Look = {"marker": SHAPES[mark.shape], "markersize": 0.8 * mark.size}
            axes.plot(mark.x, mark.y, linestyle="", **shape, **face, **colour, **name)


def _draw_boxes(mark: Boxes, axes: Axes, name: Look) -> None:
    drawn = axes.bar(
        mark.left,
        mark.high - mark.low,
        mark.right - mark.left,
        mark.low,
        align="edge",
        edgecolor=COLOURS[mark.tone],
        facecolor=COLOURS[mark.tone] if mark.fill == "solid" else "none",
        hatch="///" if mark.fill == "hatched" else None,
        linewidth=0 if mark.fill == "solid" else 1,
        **name,
    )
    for each, strength in zip(drawn, np.broadcast_to(mark.strength, len(mark.left)), strict=True):
        each.set_alpha(float(strength))


def _draw_panel(placed: PlacedPanel, axes: Axes, writer: Writer) -> None:
    panel, named = placed.panel, set[str]()
    for mark in panel.marks:
        name = "" if isinstance(mark, Label) else writer.plain(mark.name)
        look: Look = {"label": name} if name and name not in named else {}
        named.add(name)
        _draw(mark, axes, look)
    for axis, ticks, low, show, title in (
        (panel.across, placed.across, "x", axes.set_xticks, axes.set_xlabel),
        (panel.up, placed.up, "y", axes.set_yticks, axes.set_ylabel),
    ):
        places = [each.x if low == "x" else each.y for each in ticks]
        show(places, labels=[each.text.text for each in ticks])
        title(writer.plain(axis.title))
    axes.set(xlim=(panel.across.low, panel.across.high), ylim=(panel.up.low, panel.up.high))
    for label in placed.labels:
        right, up, across, down = OFFSETS[label.side]
        axes.annotate(
            label.text.text,
            (label.x, label.y),
            (right, up),
            textcoords="offset points",
            ha=across,
            va=down,
            fontsize=9,
            fontweight="bold" if label.text.strong else "normal",
        )
    for edge in ("top", "right"):
        axes.spines[edge].set_visible(False)
    axes.spines["left"].set_visible(bool(placed.up))
    if named - {""}:
        # Above the panel, where it hides nothing.
        place: Look = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "ncols": 2}
        axes.legend(frameon=False, fontsize=9, **place)


def draw_on_axes(
    figure: Figure, writer: Writer, ax: Axes | Sequence[Axes] | None = None
) -> tuple[Axes, ...]:
    """Draw a figure on matplotlib axes.

    Args:
        figure: the figure.
        writer: writes its texts.
        ax: the axes for each panel; or one, which is divided among them; without it, a new figure.

    Returns:
        The axes, one for each panel.

    Raises:
        MissingExtraError: matplotlib is not installed.
        ArgumentError: there are as many axes as neither one nor the panels.
    """
    axes = _fitting(figure, ax)
    for placed, each in zip(lay_out(figure, writer).panels, axes, strict=True):
        _draw_panel(placed, each, writer)
    return axes
