"""The pen for pages, documents and notebooks: a figure as SVG.

What is drawn takes the colour of the text around it, and a few hues that stand out on light as on
dark paper; a style sheet can give the classes ``kk-first`` to ``kk-fourth`` others. Boxes are
filled, hatched or hollow and lines dashed, so that nothing depends on colour. Every text is
escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.drawing.geometry import (
    Area,
    Boxes,
    Figure,
    Fill,
    Label,
    Line,
    Mark,
    Points,
    Shape,
    Tone,
)
from klantkompas.drawing.layout import SWATCH, Key, PlacedPanel, Scene, Text, lay_out
from klantkompas.wording.writer import Language, writer_of

__all__ = ["draw_svg"]

COLOURS: dict[Tone, str] = {
    "ink": "currentColor",
    "muted": "currentColor",
    "faint": "currentColor",
    "first": "#2f7fbf",
    "second": "#c2691a",
    "third": "#2f8f62",
    "fourth": "#8a63c4",
    "red": "#cc4433",
    "yellow": "#b08a00",
}
"""Each stands out against white and against near black by 3 to 1 or more."""
OPACITY: dict[Tone, float] = {"muted": 0.65, "faint": 0.22}
DASHES = {"solid": "", "dashed": "6 4", "dotted": "2 4", "dash-dotted": "9 4 2 4"}
HATCH = 6.0
"""How far the lines of a hatched box are apart, in pixels."""
IN_A_PAGE = ' style="max-width:100%;height:auto"'
XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
PAPER = (
    "<style>:root{color:#1d2733;background:#fff}"
    "@media (prefers-color-scheme:dark){:root{color:#e9edf0;background:#12171d}}</style>"
)
"""What makes a file of its own follow the reader's light or dark screen."""


def _number(value: float) -> str:
    return str(round(float(value), 1)).removesuffix(".0")


def _attributes(**values: object) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"'
        for name, value in values.items()
        if value not in ("", None)
    )


def _path(x: FloatArray, y: FloatArray, *, closed: bool = False) -> str:
    """Return the way of a line, which begins anew after each NaN."""
    parts, pen = [], "M"
    for across, down in zip(x.tolist(), y.tolist(), strict=True):
        if across != across or down != down:
            pen = "M"
            continue
        parts.append(f"{pen}{_number(across)} {_number(down)}")
        pen = "L"
    return "".join(parts) + ("Z" if closed and parts else "")


def _paint(tone: Tone, *, fill: bool, strength: float = 1.0) -> str:
    """Return the attributes of a colour, for a shape that is filled or drawn as a line."""
    opacity = OPACITY.get(tone, 1.0) * strength
    name = "fill" if fill else "stroke"
    return _attributes(
        **{
            "class": f"kk-{tone}",
            "fill": COLOURS[tone] if fill else "none",
            "stroke": "" if fill else COLOURS[tone],
            f"{name}_opacity": "" if opacity == 1 else round(opacity, 2),
        }
    )


def _line(mark: Line, x: FloatArray, y: FloatArray) -> str:
    dashes = _attributes(stroke_dasharray=DASHES[mark.dash], stroke_width=_number(mark.width))
    return (
        f'<path d="{_path(x, y)}" stroke-linejoin="round"{_paint(mark.tone, fill=False)}{dashes}/>'
    )


def _area(mark: Area, x: FloatArray, low: FloatArray, high: FloatArray) -> str:
    drawn = []
    for part in _known_runs(x, low, high):
        across = np.append(x[part], x[part][::-1])
        around = _path(across, np.append(high[part], low[part][::-1]), closed=True)
        drawn.append(f'<path d="{around}"{_paint(mark.tone, fill=True, strength=mark.strength)}/>')
    return "".join(drawn)


def _known_runs(*arrays: FloatArray) -> Iterable[slice]:
    """Return the stretches in which no array is NaN."""
    known = ~np.isnan(np.vstack(arrays)).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        yield slice(start, end)


def _hatching(left: float, top: float, right: float, bottom: float) -> str:
    """Return the slanted lines that lie in a box."""
    parts = []
    for at in np.arange(left + top + HATCH, right + bottom, HATCH).tolist():
        x0, x1 = max(left, at - bottom), min(right, at - top)
        parts.append(f"M{_number(x0)} {_number(at - x0)}L{_number(x1)} {_number(at - x1)}")
    return "".join(parts)


def _boxes(fill: Fill, tone: Tone, boxes: FloatArray, strength: FloatArray) -> str:
    """Return boxes, given as rows of left, top, right and bottom."""
    drawn = []
    for (left, top, right, bottom), strong in zip(boxes.tolist(), strength.tolist(), strict=True):
        around = _attributes(
            x=_number(left),
            y=_number(top),
            width=_number(right - left),
            height=_number(bottom - top),
        )
        if fill == "solid":
            drawn.append(f"<rect{around}{_paint(tone, fill=True, strength=strong)}/>")
            continue
        drawn.append(f"<rect{around}{_paint(tone, fill=False)}/>")
        lines = _hatching(left, top, right, bottom) if fill == "hatched" else ""
        if lines:
            drawn.append(f'<path d="{lines}"{_paint(tone, fill=False)}/>')
    return "".join(drawn)


def _round(x: float, y: float, half: float) -> str:
    across = _number(2 * half)
    return (
        f"M{_number(x - half)} {_number(y)}a{_number(half)} {_number(half)} 0 1 0 {across} 0"
        f"a{_number(half)} {_number(half)} 0 1 0 -{across} 0"
    )


def _polygon(*corners: tuple[float, float]) -> Callable[[float, float, float], str]:
    def draw(x: float, y: float, half: float) -> str:
        places = "L".join(f"{_number(x + a * half)} {_number(y + b * half)}" for a, b in corners)
        return f"M{places}Z"

    return draw


SHAPES: dict[Shape, Callable[[float, float, float], str]] = {
    "circle": _round,
    "square": _polygon((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": _polygon((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle": _polygon((0, -1.2), (1.2, 1), (-1.2, 1)),
}


def _points(mark: Points, x: FloatArray, y: FloatArray) -> str:
    known = ~(np.isnan(x) | np.isnan(y))
    places = np.unique(np.column_stack([x[known], y[known]]).round(1), axis=0)
    if mark.shape == "circle" and not mark.hollow:
        # The round end of a line of no length is a point in the fewest letters.
        path = "".join(f"M{_number(across)} {_number(down)}h0" for across, down in places.tolist())
        width = _attributes(stroke_width=_number(mark.size), stroke_linecap="round")
        return f'<path d="{path}"{_paint(mark.tone, fill=False)}{width}/>' if path else ""
    draw = SHAPES[mark.shape]
    path = "".join(draw(across, down, mark.size / 2) for across, down in places.tolist())
    if not path:
        return ""
    edge = ' stroke-width="1.6"' if mark.hollow else ""
    return f'<path d="{path}"{_paint(mark.tone, fill=not mark.hollow)}{edge}/>'


def _text(text: Text) -> str:
    left_out = _attributes(
        x=_number(text.x),
        # The middle of the letters rather than their baseline.
        y=_number(text.y + 0.35 * text.size),
        text_anchor="" if text.anchor == "start" else text.anchor,
        font_weight="700" if text.strong else "",
        fill_opacity="0.75" if text.soft else "",
    )
    return f"<text{left_out}>{escape(text.text)}</text>"


def _mark(mark: Mark, placed: PlacedPanel) -> str:
    match mark:
        case Line():
            return _line(mark, placed.x(mark.x), placed.y(mark.y))
        case Area():
            return _area(mark, placed.x(mark.x), placed.y(mark.low), placed.y(mark.high))
        case Boxes():
            ends = np.sort([placed.x(mark.left), placed.x(mark.right)], axis=0)
            sides = np.sort([placed.y(mark.low), placed.y(mark.high)], axis=0)
            boxes = np.column_stack([ends[0], sides[0], ends[1], sides[1]])
            seen = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
            strength = np.broadcast_to(mark.strength, len(boxes))
            return _boxes(mark.fill, mark.tone, boxes[seen], strength[seen])
        case Points():
            return _points(mark, placed.x(mark.x), placed.y(mark.y))
        case Label():
            return ""


def _grid(placed: PlacedPanel) -> Iterable[str]:
    """Return the thin lines at the ticks, and the line that the panel stands on."""
    panel = placed.panel
    lines = [f"M{_number(placed.left)} {_number(placed.bottom)}H{_number(placed.right)}"]
    if panel.up.grid:
        lines += [
            f"M{_number(placed.left)} {_number(placed.y_of(tick.at))}H{_number(placed.right)}"
            for tick in panel.up.ticks
        ]
    if panel.across.grid:
        lines += [
            f"M{_number(placed.x_of(tick.at))} {_number(placed.top)}V{_number(placed.bottom)}"
            for tick in panel.across.ticks
        ]
    yield f'<path d="{"".join(lines)}"{_paint("faint", fill=False)}/>'


def _key(key: Key) -> str:
    """Return an entry of the legend: a sample of the mark and its name."""
    x, y = np.array([key.left, key.left + SWATCH]), key.text.y
    middle = np.array([key.left + SWATCH / 2])
    mark, sample = key.mark, ""
    box = np.array([[x[0] + 4, y - 5, x[1] - 4, y + 5]])
    match mark:
        case Line():
            sample = _line(mark, x, np.array([y, y]))
        case Area():
            sample = _area(mark, x, np.array([y + 5, y + 5]), np.array([y - 5, y - 5]))
        case Boxes():
            sample = _boxes(mark.fill, mark.tone, box, mark.strength.max(keepdims=True))
        case Points():
            sample = _points(mark, middle, np.array([y]))
    return sample + _text(key.text)


def _drawn(scene: Scene) -> Iterable[str]:
    yield from map(_key, scene.keys)
    for placed in scene.panels:
        yield from _grid(placed)
        for mark in placed.panel.marks:
            yield _mark(mark, placed)
        yield from map(_text, placed.texts)


def draw_svg(figure: Figure, language: Language = "en", *, inline: bool = False) -> str:
    """Return a figure as SVG.

    Args:
        figure: the figure.
        language: ``"en"`` or ``"nl"``; or a `Writer`.
        inline: whether it is to stand in a page, whose colour of text it takes; otherwise it can be
            a file of its own, which brings its colours for light and dark screens along.

    Returns:
        One ``<svg>`` element, with a title and a description for who cannot see it.

    >>> from klantkompas.drawing.geometry import Axis, Panel
    >>> empty = Figure(title="A < B", says=["Nothing."], panels=[Panel(Axis(0, 1), Axis(0, 1), [])])
    >>> "<title>A &lt; B</title><desc>Nothing.</desc>" in draw_svg(empty)
    True
    """
    scene = lay_out(figure, writer_of(language))
    size = f"{_number(scene.width)} {_number(scene.height)}"
    body = "".join(_drawn(scene))
    return (
        f'<svg{IN_A_PAGE if inline else XMLNS} class="kk-picture" viewBox="0 0 {size}" '
        f'width="{_number(scene.width)}" height="{_number(scene.height)}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">'
        f"<title>{escape(scene.title)}</title><desc>{escape(scene.says)}</desc>"
        f"{'' if inline else PAPER}{body}</svg>"
    )
