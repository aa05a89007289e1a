"""Laws of every picture: all of it lies inside the frame, and no two texts touch."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.drawing.axes import named_axis, number_axis, round_numbers
from klantkompas.drawing.curves import steep_first, thin_out
from klantkompas.drawing.geometry import Area, Axis, Boxes, Figure, Label, Line, Panel, Points, Tick
from klantkompas.drawing.layout import lay_out, shortened, text_width
from klantkompas.drawing.svg import COLOURS, draw_svg
from klantkompas.wording.writer import Writer
from tests.drawing.checks import check

ENGLISH = Writer("en")
numbers = st.floats(-1e9, 1e9)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
sides = st.sampled_from(["right", "left", "above", "below", "inside"])


@st.composite
def labels(draw: st.DrawFn) -> Label:
    place = st.floats(0, 1)
    return Label(draw(place), draw(place), draw(words), draw(sides), draw(st.booleans()))


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    if draw(st.booleans()):
        names = draw(st.lists(words, max_size=60))
        return named_axis(names, title=draw(words), downwards=draw(st.booleans()))
    low = draw(numbers)
    unit = draw(st.sampled_from(["", "money", "percent", "orders"]))
    return number_axis(low, low + draw(st.floats(0, 1e9)), unit, title=draw(words))


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    across, up = draw(axes()), draw(axes())
    rows = draw(st.lists(st.tuples(numbers, numbers, numbers), max_size=8))
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    marks = [
        Line(table[:, 0], table[:, 1], name=draw(words)),
        Area(table[:, 0], table[:, 1], table[:, 2], name=draw(words)),
        Boxes(table[:, 0], table[:, 1], table[:, 1], table[:, 2], "hatched", name=draw(words)),
        Points(table[:, 0], table[:, 2], "diamond", name=draw(words)),
        *draw(st.lists(labels(), max_size=12)),
    ]
    return Panel(across, up, marks, height=draw(st.floats(60, 400)))


@given(st.lists(panels(), min_size=1, max_size=3), st.lists(words, max_size=2))
def test_no_text_leaves_the_picture_or_touches_another(drawn: list[Panel], says: list[str]) -> None:
    figure = Figure(title="title", says=says, panels=drawn)
    check(lay_out(figure, ENGLISH))


@given(st.lists(panels(), min_size=1, max_size=2), words)
def test_every_picture_is_xml_with_its_title_and_description(
    drawn: list[Panel], title: str
) -> None:
    root = ET.fromstring(draw_svg(Figure(title=title, says=[title], panels=drawn)))
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    assert (root.findtext(f"{space}title") or "") == title
    assert (root.findtext(f"{space}desc") or "") == title
    assert {each.tag.removeprefix(space) for each in root.iter()} <= {
        *("svg", "style", "title", "desc", "path", "rect", "text")
    }


@given(numbers, st.floats(0, 1e9), st.integers(2, 10))
def test_round_numbers_hold_what_they_are_for_in_equal_steps(
    low: float, width: float, about: int
) -> None:
    high = low + width
    found = round_numbers(low, high, about)
    assert list(found) == sorted(set(found))
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert found[0] <= low + slack
    assert found[-1] >= high - slack
    assert 2 <= len(found) <= about + 3
    steps = np.diff(found)
    np.testing.assert_allclose(steps, steps[0], rtol=1e-9, atol=4 * np.spacing(np.abs(found).max()))


@pytest.mark.parametrize("many", [5, 50, 4000])
def test_labels_of_many_points_do_not_touch(many: int) -> None:
    places = np.random.default_rng(1).uniform(size=(many, 2))
    marks = [Points(places[:, 0], places[:, 1]), *(Label(x, y, "customer") for x, y in places)]
    scene = lay_out(
        Figure(title="", says=[], panels=[Panel(Axis(0, 1), Axis(0, 1), marks)]), ENGLISH
    )
    check(scene)
    placed = scene.panels[0]
    assert len(placed.labels) + placed.left_out == many
    assert len(placed.labels) >= min(many, 5)


def test_a_label_gives_way_to_those_before_it() -> None:
    marks = [Label(0.5, 0.5, "first", "inside"), Label(0.5, 0.5, "second", "inside")]
    placed = lay_out(
        Figure(title="", says=[], panels=[Panel(Axis(0, 1), Axis(0, 1), marks)]), ENGLISH
    ).panels[0]
    assert [each.text.text for each in placed.labels] == ["first"]
    assert placed.left_out == 1


def test_of_ticks_that_touch_every_second_or_third_stays() -> None:
    ticks = [Tick(at, f"name {at}") for at in range(40)]
    panel = Panel(Axis(0, 39, ticks), Axis(0, 1), [])
    kept = lay_out(Figure(title="", says=[], panels=[panel]), ENGLISH).panels[0].across
    steps = np.diff([each.x for each in kept])
    assert 1 < steps[0] < 39
    assert (steps == steps[0]).all()


@given(words, st.floats(10, 200))
def test_a_shortened_text_fits(text: str, room: float) -> None:
    short = shortened(text, room)
    assert short == text or short.endswith("…")
    assert text_width(short) <= max(room, text_width("…"))


@given(st.integers(1, 3000), st.integers(2, 50))
def test_thinning_keeps_both_ends(length: int, most: int) -> None:
    places = thin_out(length, most)
    assert places[0] == 0
    assert places[-1] == length - 1
    assert len(places) <= most
    assert (np.diff(places) > 0).all()


@given(st.integers(1, 3000), st.integers(8, 240))
def test_a_steep_start_keeps_all_its_points(length: int, most: int) -> None:
    places = steep_first(length, most)
    assert places[0] == 0
    assert places[-1] == length - 1
    assert len(places) <= most
    assert places[: min(length, most // 4)].tolist() == [*range(min(length, most // 4))]


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("paper", ["#ffffff", "#12171d", "#1b222a"])
def test_every_colour_stands_out_on_light_and_on_dark_paper(paper: str) -> None:
    for colour in COLOURS.values():
        if colour != "currentColor":
            low, high = sorted((luminance(colour), luminance(paper)))
            assert (high + 0.05) / (low + 0.05) >= 3, colour
