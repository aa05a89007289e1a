"""What a picture is made of, as frozen values: the one geometry that every pen draws.

A `Figure` has panels, one below the other; a `Panel` has two axes and marks in the units of those
axes. Texts are values of `klantkompas.wording`, so that a figure is drawn in any language.

>>> across, up = Axis(0, 1, [Tick(0, "none"), Tick(1, "all")]), Axis(0, 10)
>>> panel = Panel(across, up, [Line([0, 1], [2, 8])])
>>> panel.marks[0].y.tolist()
[2.0, 8.0]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import FloatArray, freeze
from klantkompas.wording.sentence import Value

__all__ = [
    "Area",
    "Axis",
    "Boxes",
    "Dash",
    "Figure",
    "Fill",
    "Label",
    "Line",
    "Mark",
    "Panel",
    "Points",
    "Shape",
    "Side",
    "Tick",
    "Tone",
]

Tone = Literal["ink", "muted", "faint", "first", "second", "third", "fourth", "red", "yellow"]
"""A colour by its part in the picture; each pen has a colour for it."""
Dash = Literal["solid", "dashed", "dotted", "dash-dotted"]
Fill = Literal["solid", "hatched", "hollow"]
"""How a box is filled, so that two sorts are told apart without colour."""
Shape = Literal["circle", "square", "diamond", "triangle"]
Side = Literal["right", "left", "above", "below", "inside"]


def _floats(values: ArrayLike) -> FloatArray:
    return freeze(np.array(values, dtype=np.float64, ndmin=1))


@frozen
class Tick:
    """A place on an axis that is named.

    Args:
        at: where, in the units of the axis.
        text: its name.
    """

    at: float
    text: Value


def _ticks(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    return tuple(ticks)


@frozen
class Axis:
    """One of the two directions of a panel.

    Args:
        low: the value at its beginning: at the left, or at the bottom.
        high: the value at its end; it may be lower, which turns the axis round.
        ticks: the places that are named; a pen leaves some out where their names would touch.
        title: what the axis shows; empty for an axis whose ticks say enough.
        grid: whether a thin line stands at each tick.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...] = field(default=(), converter=_ticks)
    title: Value = ""
    grid: bool = True

    def unit(self, values: FloatArray) -> FloatArray:
        """Return where values stand between the ends of the axis: 0 at `low`, 1 at `high`.

        A value outside the axis stands at its nearest end; NaN stays NaN.

        >>> Axis(10, 20).unit(np.array([12.5, 30.0])).tolist()
        [0.25, 1.0]
        """
        span = self.high - self.low
        places: FloatArray = np.clip((values - self.low) / (span or 1.0), 0.0, 1.0)
        return places


@frozen(eq=False, kw_only=True)
class _Named:
    """What all marks share.

    Args:
        tone: its colour.
        name: what the legend calls it; empty for a mark that needs no legend.
    """

    tone: Tone = "first"
    name: Value = ""


@frozen(eq=False)
class Line(_Named):
    """A line through points, broken where one is NaN.

    Args:
        x: places across.
        y: places up, as many.
        dash: how it is drawn.
        width: how thick, in pixels.
    """

    x: FloatArray = field(converter=_floats)
    y: FloatArray = field(converter=_floats)
    dash: Dash = "solid"
    width: float = 2.0


@frozen(eq=False)
class Area(_Named):
    """A band between two lines.

    Args:
        x: places across.
        low: the lower edge at each.
        high: the upper edge at each.
        strength: how strong its colour is, from 0 to 1.
    """

    x: FloatArray = field(converter=_floats)
    low: FloatArray = field(converter=_floats)
    high: FloatArray = field(converter=_floats)
    strength: float = 0.28


@frozen(eq=False)
class Boxes(_Named):
    """Boxes: bars, stacked parts, cells of a map.

    Args:
        left: the left side of each.
        right: the right side of each.
        low: the bottom of each.
        high: the top of each.
        fill: how they are filled.
        strength: how strong the colour of each is, from 0 to 1.
    """

    left: FloatArray = field(converter=_floats)
    right: FloatArray = field(converter=_floats)
    low: FloatArray = field(converter=_floats)
    high: FloatArray = field(converter=_floats)
    fill: Fill = "solid"
    strength: FloatArray = field(default=(1.0,), converter=_floats)


@frozen(eq=False)
class Points(_Named):
    """Separate points.

    Args:
        x: places across.
        y: places up, as many.
        shape: how each is drawn.
        hollow: whether only their edge is drawn.
        size: how wide each is, in pixels.
    """

    x: FloatArray = field(converter=_floats)
    y: FloatArray = field(converter=_floats)
    shape: Shape = "circle"
    hollow: bool = False
    size: float = 7.0


@frozen
class Label:
    """A text beside a place of a panel; a pen leaves it out where it would touch another text.

    Args:
        x: where, across.
        y: where, up.
        text: the text. Of labels that would touch, the first of the panel stays.
        side: on which side of the place it is tried first; ``"inside"`` is on the place, and
            nowhere else.
        strong: whether it is written in bold.
    """

    x: float
    y: float
    text: Value
    side: Side = "right"
    strong: bool = False


Mark = Line | Area | Boxes | Points | Label


def _marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(marks)


@frozen(eq=False)
class Panel:
    """A field with two axes and what is drawn in it, in that order.

    Args:
        across: the axis from left to right.
        up: the axis from bottom to top.
        marks: what is drawn.
        height: how high the field is, in pixels.
    """

    across: Axis
    up: Axis
    marks: tuple[Mark, ...] = field(converter=_marks)
    height: float = 260.0


def _values(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(values)


def _panels(panels: Iterable[Panel]) -> tuple[Panel, ...]:
    return tuple(panels)


@frozen(eq=False, kw_only=True)
class Figure:
    """A whole picture.

    Args:
        title: what it is of.
        says: what it shows, for who cannot see it: one sentence or several.
        panels: its fields, from top to bottom.
        width: how wide it is, in pixels.
    """

    title: Value
    says: tuple[Value, ...] = field(converter=_values)
    panels: tuple[Panel, ...] = field(converter=_panels)
    width: float = 640.0
