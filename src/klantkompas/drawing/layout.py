"""Where everything of a figure stands on paper, so that no text touches another.

The widths of texts are estimated, on the wide side, as no font is at hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from attrs import evolve, field, frozen

from klantkompas._arrays import FloatArray
from klantkompas.drawing.geometry import Figure, Label, Mark, Panel, Side
from klantkompas.wording.writer import Writer

__all__ = [
    "Key",
    "Placed",
    "PlacedPanel",
    "Scene",
    "Text",
    "lay_out",
    "shortened",
    "text_width",
]

SIZE = 12.0
"""The height of the letters, in pixels."""
LEADING = 1.3
"""How high a line of text is, for the height of its letters."""
GAP = 6.0
"""The least distance between what stands beside each other, in pixels."""
LEFT_MOST = 0.55
"""The largest part of the width that the names at the left may take."""
NARROW, WIDE = frozenset("ijlftrI.,:;'|!()[] -/"), frozenset("mwMW%@—…")
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")
SWATCH = 24.0
"""How wide the sample before a name in the legend is, in pixels."""

Anchor = Literal["start", "middle", "end"]


def text_width(text: str, size: float = SIZE, *, strong: bool = False) -> float:
    """Return about how wide a text is, in pixels, rather too much than too little.

    Args:
        text: the text, on one line.
        size: the height of the letters, in pixels.
        strong: whether it is written in bold.

    >>> text_width("") == 0 < text_width("i") < text_width("w")
    True
    """
    wide = sum(map(_character_width, text))
    return wide * size * (1.08 if strong else 1.0)


@lru_cache(1024)
def _character_width(character: str) -> float:
    if character in NARROW:
        return 0.42
    if character in WIDE or character.isupper():
        return 1.0 if character in WIDE else 0.78
    return 1.1 if unicodedata.east_asian_width(character) in "WF" else 0.64


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """Return a text that fits in a width, its end left out where it must be.

    >>> shortened("Jansen", 100), shortened("Jansen en zonen", 60)
    ('Jansen', 'Jansen…')
    """
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@frozen
class Text:
    """A text on paper.

    Args:
        x: where its anchor stands, in pixels from the left.
        y: where its middle stands, in pixels from the top.
        text: the text.
        anchor: whether `x` is its start, middle or end.
        size: the height of its letters, in pixels.
        strong: whether it is in bold.
        soft: whether it is less dark than other texts.
    """

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: float = SIZE
    strong: bool = False
    soft: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The box that it takes: left, top, right and bottom, in pixels."""
        wide = text_width(self.text, self.size, strong=self.strong)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        high = self.size * LEADING / 2
        return left, self.y - high, left + wide, self.y + high


@frozen
class Placed:
    """A label or tick that has a place, with what it belongs to.

    Args:
        x: where it points, across, in the units of the axis.
        y: where it points, up.
        text: its text on paper.
        side: on which side of the place it stands.
    """

    x: float
    y: float
    text: Text
    side: Side


@frozen(eq=False)
class PlacedPanel:
    """A panel with its place on paper.

    Args:
        panel: the panel.
        left: its left side, in pixels.
        top: its top, in pixels.
        right: its right side, in pixels.
        bottom: its bottom, in pixels.
        across: the ticks of the lower axis whose names have room.
        up: those of the axis at the left.
        titles: the titles of the axes that have one.
        labels: the labels that have room.
        left_out: how many labels have none.
    """

    panel: Panel
    left: float
    top: float
    right: float
    bottom: float
    across: tuple[Placed, ...] = ()
    up: tuple[Placed, ...] = ()
    titles: tuple[Text, ...] = ()
    labels: tuple[Placed, ...] = ()
    left_out: int = 0

    def x(self, values: FloatArray) -> FloatArray:
        """Return pixels from the left for places across."""
        return self.left + self.panel.across.unit(values) * (self.right - self.left)

    def y(self, values: FloatArray) -> FloatArray:
        """Return pixels from the top for places up."""
        return self.bottom - self.panel.up.unit(values) * (self.bottom - self.top)

    def x_of(self, value: float) -> float:
        """Return pixels from the left for one place across."""
        return float(self.x(np.array([value]))[0])

    def y_of(self, value: float) -> float:
        """Return pixels from the top for one place up."""
        return float(self.y(np.array([value]))[0])

    @property
    def texts(self) -> Iterable[Text]:
        """All its texts."""
        for each in (*self.across, *self.up, *self.labels):
            yield each.text
        yield from self.titles


@frozen
class Key:
    """An entry of the legend.

    Args:
        mark: a mark that looks as those it stands for.
        left: where its sample begins, in pixels.
        text: its name on paper.
    """

    mark: Mark
    left: float
    text: Text


@frozen(eq=False)
class Scene:
    """A figure on paper, in one language.

    Args:
        title: what it is of.
        says: what it shows.
        width: how wide it is, in pixels.
        height: how high it is, in pixels.
        keys: the legend, at the top.
        panels: the panels, with their places.
    """

    title: str
    says: str
    width: float
    height: float
    keys: tuple[Key, ...] = field(factory=tuple)
    panels: tuple[PlacedPanel, ...] = field(factory=tuple)

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts, whose boxes lie inside the picture and do not touch."""
        return (
            *(key.text for key in self.keys),
            *(text for panel in self.panels for text in panel.texts),
        )


def lay_out(figure: Figure, writer: Writer) -> Scene:
    """Return a figure with the place of every mark and text worked out, ready to be drawn.

    Args:
        figure: the figure.
        writer: writes its texts, in one language.

    Returns:
        The scene: everything has its place, and no two texts touch.
    """
    keys, top = _legend(figure, writer)
    left = max((_room_for_names(panel, figure.width, writer) for panel in figure.panels), default=0)
    panels = []
    for panel in figure.panels:
        placed = _place_panel(panel, figure.width, left, top, writer)
        panels.append(placed)
        top = _end_of(placed)
    return Scene(
        title=writer.plain(figure.title),
        says=" ".join(map(writer.plain, figure.says)),
        width=figure.width,
        height=top,
        keys=keys,
        panels=tuple(panels),
    )


def _legend(figure: Figure, writer: Writer) -> tuple[tuple[Key, ...], float]:
    """Return the entries of the legend, in as many lines as they need, and where it ends."""
    left, line, keys = GAP, 0, dict[str, Key]()
    for panel in figure.panels:
        for mark in panel.marks:
            if isinstance(mark, Label) or mark.name == "":
                continue
            name = shortened(writer.plain(mark.name), figure.width - SWATCH - 3 * GAP)
            if name in keys:
                continue
            end = left + SWATCH + GAP + text_width(name)
            if keys and end > figure.width - GAP and left > GAP:
                left, line = GAP, line + 1
            y = GAP + (line + 0.5) * SIZE * LEADING
            keys[name] = Key(mark, left, Text(left + SWATCH + GAP, y, name))
            left += SWATCH + 4 * GAP + text_width(name)
    return tuple(keys.values()), (GAP + (line + 1) * SIZE * LEADING if keys else 0.0)


def _end_of(placed: PlacedPanel) -> float:
    """Return where a panel ends, with the names and the title below it."""
    lowest = [placed.bottom, *(each.box[3] for each in placed.texts)]
    return max(lowest) + GAP


def _names_at_left(panel: Panel, width: float, writer: Writer) -> list[str]:
    return [shortened(writer.plain(each.text), LEFT_MOST * width) for each in panel.up.ticks]


def _room_for_names(panel: Panel, width: float, writer: Writer) -> float:
    names = _names_at_left(panel, width, writer)
    return max([GAP, *(text_width(each) + 2 * GAP for each in names)])


def _place_panel(
    panel: Panel, width: float, left: float, start: float, writer: Writer
) -> PlacedPanel:
    names = _names_at_left(panel, width, writer)
    title = writer.plain(panel.up.title)
    line = SIZE * LEADING
    top = start + GAP + line / 2 + (line + 2 if title else 0.0)
    placed = PlacedPanel(
        panel, left=left, top=top, right=width - 2 * GAP, bottom=top + panel.height
    )
    titles = []
    if title:
        words = shortened(title, width - 2 * GAP)
        titles.append(Text(GAP, start + GAP + line / 2, words, soft=True))
    beside = [
        Placed(panel.across.low, tick.at, Text(left - GAP, y, name, "end"), "left")
        for tick, name in zip(panel.up.ticks, names, strict=True)
        for y in [placed.y_of(tick.at)]
    ]
    up = _thinned(beside, gap=0.0)
    below = placed.bottom + 1.5 * GAP + line / 2
    under = [
        Placed(tick.at, panel.up.low, _inside(placed.x_of(tick.at), below, name, width), "below")
        for tick in panel.across.ticks
        for name in [shortened(writer.plain(tick.text), width / 3)]
    ]
    across = _thinned(under, gap=GAP)
    across_title = writer.plain(panel.across.title)
    if across_title:
        y = below + (line if across else 0.0)
        middle = (placed.left + placed.right) / 2
        titles.append(
            evolve(_inside(middle, y, shortened(across_title, width - 2 * GAP), width), soft=True)
        )
    placed = evolve(placed, across=across, up=up, titles=tuple(titles))
    return _with_labels(placed, width, writer)


def _inside(x: float, y: float, text: str, width: float) -> Text:
    """Return a text around a place, moved so that it lies inside the picture."""
    half = text_width(text) / 2
    return Text(min(max(x, half), width - half), y, text, "middle")


def _touch(one: Sequence[float], other: Sequence[float], gap: float = 0.0) -> bool:
    return (
        one[0] < other[2] + gap
        and other[0] < one[2] + gap
        and one[1] < other[3] + gap
        and other[1] < one[3] + gap
    )


def _thinned(ticks: Sequence[Placed], *, gap: float) -> tuple[Placed, ...]:
    """Return every first, second, third... tick: the most whose names do not touch."""
    for step in range(1, len(ticks) + 1):
        kept = ticks[::step]
        boxes = [each.text.box for each in kept]
        if not any(_touch(one, other, gap) for one, other in pairwise(boxes)):
            return tuple(kept)
    return ()


def _beside(label: Label, side: Side, x: float, y: float, text: str) -> Text:
    far = GAP + 4
    at: dict[Side, tuple[float, float, Anchor]] = {
        "right": (x + far, y, "start"),
        "left": (x - far, y, "end"),
        "above": (x, y - far - SIZE * LEADING / 2, "middle"),
        "below": (x, y + far + SIZE * LEADING / 2, "middle"),
        "inside": (x, y, "middle"),
    }
    return Text(*at[side][:2], text, at[side][2], strong=label.strong)


def _with_labels(placed: PlacedPanel, width: float, writer: Writer) -> PlacedPanel:
    """Return the panel with each label on the first side on which it touches nothing."""
    labels = [each for each in placed.panel.marks if isinstance(each, Label)]
    taken = [each.box for each in placed.texts]
    found = []
    for label in labels:
        x, y, words = placed.x_of(label.x), placed.y_of(label.y), writer.plain(label.text)
        sides = (label.side,) if label.side == "inside" else dict.fromkeys((label.side, *SIDES))
        for side in sides:
            text = _beside(label, side, x, y, words)
            box = text.box
            if (
                box[0] >= placed.left - 1
                and box[2] <= width
                and box[1] >= placed.top - SIZE
                and box[3] <= placed.bottom
                and not _any_touch(box, taken)
            ):
                taken.append(box)
                found.append(Placed(label.x, label.y, text, side))
                break
    return evolve(placed, labels=tuple(found), left_out=len(labels) - len(found))


def _any_touch(box: tuple[float, float, float, float], taken: Sequence[Sequence[float]]) -> bool:
    if not taken:
        return False
    others = np.array(taken)
    return bool(
        (
            (box[0] < others[:, 2])
            & (others[:, 0] < box[2])
            & (box[1] < others[:, 3])
            & (others[:, 1] < box[3])
        ).any()
    )
