"""Displays keep the data of their result, and draw it with either pen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from klantkompas import (
    Compass,
    Heading,
    Portfolio,
    Reading,
    compare_reviews,
    drawing,
    peak_and_end,
    read_mapping,
    watch_list,
    whale_curve,
)
from klantkompas.drawing import (
    ClassesDisplay,
    ColoursDisplay,
    CountsDisplay,
    Display,
    FactorsDisplay,
    LorenzDisplay,
    MonthsDisplay,
    NpsByGroupDisplay,
    NpsOverTimeDisplay,
    ParetoDisplay,
    PeakEndDisplay,
    Pictured,
    ReasonsDisplay,
    TransitionsDisplay,
    WatchDisplay,
    WhaleDisplay,
)
from klantkompas.drawing.geometry import Area, Boxes, Line, Points
from klantkompas.drawing.layout import lay_out
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.lenses.pareto import pareto_ranking
from klantkompas.reviews.compare import Review
from klantkompas.stats import NetPromoterScore
from klantkompas.wording.writer import Writer
from tests.drawing.checks import check

SHOP = Path(__file__).parents[2] / "examples" / "shop"
VALUES = [50, 20, 10, 5, 4, 3, 3, 2, 2, 1]


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    yield
    from matplotlib import pyplot

    pyplot.close("all")


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    columns: dict[str, Any] = {**read_mapping(SHOP / "columns.toml")}
    columns["departures"] = {**columns["departures"], "on": Heading("Per", style="d-m-y")}
    return Portfolio.from_files(
        customers=SHOP / "klanten.csv",
        orders=SHOP / "orders.csv",
        invoices=SHOP / "facturen.csv",
        complaints=SHOP / "klachten.csv",
        contacts=SHOP / "contacten.csv",
        responses=SHOP / "enquete.csv",
        departures=SHOP / "vertrek.csv",
        columns=columns,
    )


@pytest.fixture(scope="module")
def reading(shop: Portfolio) -> Reading:
    return Compass(installed=False).read(shop)


@pytest.fixture(scope="module")
def review(shop: Portfolio, reading: Reading) -> Review:
    before = Compass(installed=False).read(shop, as_of=date(2025, 2, 28))
    return compare_reviews(before, reading)


KINDS: dict[str, type[Display]] = {
    each.__name__: each
    for each in (
        ParetoDisplay,
        LorenzDisplay,
        ClassesDisplay,
        NpsOverTimeDisplay,
        NpsByGroupDisplay,
        MonthsDisplay,
        FactorsDisplay,
        ColoursDisplay,
        WhaleDisplay,
        ReasonsDisplay,
    )
}
OTHERS = ("TransitionsDisplay", "WatchDisplay", "PeakEndDisplay", "CountsDisplay")


@pytest.fixture(params=[*KINDS, *OTHERS])
def display(request: pytest.FixtureRequest, reading: Reading, review: Review) -> Display:
    if request.param in KINDS:
        return KINDS[request.param].from_reading(reading)
    results: dict[str, Pictured] = {
        "TransitionsDisplay": review,
        "WatchDisplay": watch_list(reading, review.previous),
        "PeakEndDisplay": peak_and_end([7, 7, 2, 8, 6]),
        "CountsDisplay": reading.inventory,
    }
    return results[request.param].display()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_is_drawn_as_svg_and_on_axes(display: Display, language: str) -> None:
    root = ET.fromstring(display.svg(language))
    assert root.attrib["role"] == "img"
    assert display.plot(language=language) is display
    assert len(display.axes) == len(display.figure.panels)
    axes = display.axes[0]
    assert axes.lines or axes.patches or axes.collections


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_text_of_any_leaves_the_picture_or_touches_another(
    display: Display, language: str
) -> None:
    scene = lay_out(display.figure, Writer(language))
    check(scene)
    # The axes of what is drawn have names: of no axis with ticks are all left out.
    for placed in scene.panels:
        assert bool(placed.across) == bool(placed.panel.across.ticks)
        assert bool(placed.up) == bool(placed.panel.up.ticks)


def test_both_pens_draw_the_same_data(display: Display) -> None:
    from matplotlib.patches import Rectangle

    drawn = display.plot().axes
    for panel, axes in zip(display.figure.panels, drawn, strict=True):
        lines = [each for each in panel.marks if isinstance(each, Line | Points)]
        assert len(axes.lines) == len(lines)
        for mark, line in zip(lines, axes.lines, strict=True):
            np.testing.assert_array_equal(line.get_data(), [mark.x, mark.y])
        boxes = [each for each in panel.marks if isinstance(each, Boxes)]
        wanted = [
            each
            for mark in boxes
            for each in zip(
                mark.left, mark.low, mark.right - mark.left, mark.high - mark.low, strict=True
            )
        ]
        bars = [
            (each.get_x(), each.get_y(), each.get_width(), each.get_height())
            for each in axes.patches
            if isinstance(each, Rectangle)
        ]
        np.testing.assert_allclose(np.reshape(bars, (-1, 4)), np.reshape(wanted, (-1, 4)))
        assert len(axes.collections) == sum(isinstance(each, Area) for each in panel.marks)
        assert axes.get_xlim() == (panel.across.low, panel.across.high)
        assert axes.get_ylim() == (panel.up.low, panel.up.high)


def test_each_says_what_it_shows_in_the_reader_s_language(display: Display) -> None:
    space = "{http://www.w3.org/2000/svg}"
    english, dutch = (ET.fromstring(display.svg(language)) for language in ("en", "nl"))
    for part in ("title", "desc"):
        texts = [each.findtext(space + part) for each in (english, dutch)]
        assert all(texts)
        assert texts[0] != texts[1] or "Net Promoter" in str(texts[0]) or "NPS" in str(texts[0])


def test_a_picture_takes_the_colour_of_its_page_and_a_file_brings_its_own(
    display: Display,
) -> None:
    inline, file = display.svg(inline=True), display.svg()
    assert "currentColor" in inline
    assert "<style" not in inline
    assert "prefers-color-scheme" in file
    # A page shows several: what has an id could be there twice.
    assert " id=" not in inline
    assert "url(" not in file


def test_the_pareto_curve_goes_from_nothing_to_everything() -> None:
    display = pareto_ranking(VALUES).plot()
    assert isinstance(display, ParetoDisplay)
    np.testing.assert_allclose(display.total, np.cumsum([0, *VALUES]) / 100)
    np.testing.assert_allclose(display.customers, np.arange(11) / 10)
    (axes,) = display.axes
    drawn = axes.lines[1].get_data()
    np.testing.assert_allclose(drawn, [display.customers, display.total])
    legend = axes.get_legend()
    assert legend is not None
    named = [text.get_text() for text in legend.get_texts()]
    assert "leading 20% bring 70%" in named
    assert "3 of 10 customers bring 80%" in named


def test_a_curve_may_rise_above_everything_where_some_take_away() -> None:
    display = ParetoDisplay.from_result(pareto_ranking([90, 40, -30]))
    assert display.total.max() == pytest.approx(1.3)
    assert display.figure.panels[0].up.high >= 1.3


def test_the_lorenz_curve_is_the_other_way_round() -> None:
    display = LorenzDisplay.from_result(pareto_ranking(VALUES))
    np.testing.assert_allclose(display.total, np.cumsum([0, *VALUES[::-1]]) / 100)


def test_it_draws_on_the_axes_that_it_is_given() -> None:
    from matplotlib import pyplot

    _, axes = pyplot.subplots()
    assert pareto_ranking(VALUES).plot(axes).axes == (axes,)
    assert len(pyplot.get_fignums()) == 1


def test_one_axes_is_divided_among_several_panels(reading: Reading) -> None:
    from matplotlib import pyplot

    display = MonthsDisplay.from_reading(reading)
    _, axes = pyplot.subplots()
    assert len(display.plot(axes).axes) == 3
    _, three = pyplot.subplots(3)
    assert display.plot(three).axes == tuple(three)
    _, pair = pyplot.subplots(2)
    with pytest.raises(ArgumentError, match="Give one, or 3"):
        display.plot(pair)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[plots\]"):
        pareto_ranking(VALUES).plot()


def test_where_a_lens_cannot_tell_there_is_nothing_to_draw() -> None:
    reading = Compass(installed=False).read(Portfolio.from_records([]), as_of=date(2026, 1, 1))
    with pytest.raises(ArgumentError, match="nothing to draw"):
        ParetoDisplay.from_reading(reading)
    with pytest.raises(ArgumentError, match="no groups to draw"):
        NpsByGroupDisplay.from_reading(reading)
    assert "<svg" in NpsOverTimeDisplay.from_reading(reading).svg()
    assert "<svg" in ClassesDisplay.from_reading(reading).svg()


def test_classes_add_up_to_all_who_have_one(reading: Reading) -> None:
    display = ClassesDisplay.from_reading(reading)
    assert display.customers.tolist() == [each.customers for each in reading.classes.shares()]
    assert display.customer_share.sum() == pytest.approx(1)
    assert display.revenue_share.sum() == pytest.approx(1)
    solid, hatched, _ = display.figure.panels[0].marks[:3]
    # Sure and provisional stand one after the other.
    np.testing.assert_allclose(solid.right, hatched.left)  # type: ignore[union-attr]
    np.testing.assert_allclose(hatched.right, display.customer_share)  # type: ignore[union-attr]


def test_scores_stand_in_their_intervals(reading: Reading) -> None:
    display = NpsOverTimeDisplay.from_reading(reading)
    known = ~np.isnan(display.values)
    assert known.any()
    assert (display.low[known] <= display.values[known]).all()
    assert (display.values[known] <= display.high[known]).all()


def test_a_quarter_without_answers_breaks_the_line() -> None:
    values = np.array([10.0, np.nan, 30.0])
    display = NpsOverTimeDisplay(
        quarters=("2025-01", "2025-04", "2025-07"),
        values=values,
        low=values - 5,
        high=values + 5,
        answers=np.array([9.0, 0.0, 9.0]),
    )
    drawn = ET.fromstring(display.svg())
    assert all("nan" not in str(each.attrib) for each in drawn.iter())


@pytest.mark.parametrize(("groups", "shown"), [(5, 5), (50, 50), (4000, 50)])
def test_of_many_groups_those_with_most_answers_are_shown(groups: int, shown: int) -> None:
    scores = {f"group {at}": NetPromoterScore(at + 1, 2, 3) for at in range(groups)}
    display = NpsByGroupDisplay.from_result(scores)
    assert len(display.groups) == shown
    assert display.left_out == groups - shown
    assert display.answers.min() == groups - shown + 6
    assert (np.diff(display.values) <= 0).all()
    check(lay_out(display.figure, Writer("en")))
    assert ("left out" in display.svg()) == (groups > shown)


def test_flows_are_as_thick_as_the_customers_who_moved(review: Review) -> None:
    display = TransitionsDisplay.from_result(review)
    moved = display.table.copy()
    classes = len(review.current.order)
    moved[classes:, classes:] = 0
    bands = [each for each in display.figure.panels[0].marks if hasattr(each, "low")]
    thick = sorted(
        float((each.high - each.low).max())  # type: ignore[union-attr]
        for each in bands
        if type(each).__name__ == "Area"
    )
    np.testing.assert_allclose(thick, np.sort(moved[moved > 0]) / moved.sum())


def test_every_display_is_made_by_a_result_or_a_reading() -> None:
    made = {*KINDS, *OTHERS}
    assert made == {name for name in drawing.__all__ if name.endswith("Display")} - {"Display"}


def test_the_map_of_factors_counts_each_class(reading: Reading) -> None:
    display = FactorsDisplay.from_reading(reading)
    card, labels = reading.scorecard, reading.classes.labels[reading.scorecard.places]
    assert display.groups == ("all", "A", "B", "C", "D")
    np.testing.assert_array_equal(display.met[:, 0], card.met.sum(axis=0))
    for column, label in enumerate("ABCD", 1):
        rows = labels == label
        np.testing.assert_array_equal(display.met[:, column], card.met[rows].sum(axis=0))
        np.testing.assert_array_equal(display.known[:, column], (~card.unknown[rows]).sum(axis=0))
    assert FactorsDisplay.from_result(card).groups == ("all",)


def test_each_customer_stands_in_the_quarter_of_their_colour(reading: Reading) -> None:
    display = ColoursDisplay.from_reading(reading)
    extravert = {"red": True, "yellow": True, "green": False, "blue": False}
    rational = {"red": False, "yellow": True, "green": False, "blue": True}
    for colour, found in extravert.items():
        which = display.labels == colour
        assert which.any()
        assert ((display.extraversion[which] > 0) == found).all()
        assert ((display.rationality[which] > 0) == rational[colour]).all()


def test_peak_and_end_are_marked() -> None:
    display = PeakEndDisplay.from_result(peak_and_end([3, 8, None, 6]))
    assert display.ratings.tolist() == [3, 8, 6]
    written = display.svg()
    assert "peak 8" in written
    assert "end 6" in written
    assert "<svg" in peak_and_end([]).display().svg()


def test_the_whale_s_top_is_where_the_losers_begin() -> None:
    display = WhaleDisplay.from_result(whale_curve([60, -20, 50]))
    assert display.cumulative.tolist() == [0, 60, 110, 90]
    assert display.cumulative[display.winners] == display.cumulative.max()


def test_what_staff_overrate_stands_first(reading: Reading) -> None:
    display = ReasonsDisplay.from_reading(reading)
    gaps = display.believed - display.stated
    assert (np.diff(gaps) <= 1e-12).all()


def test_the_nearest_customers_stand_first_and_the_rest_is_counted(reading: Reading) -> None:
    display = WatchDisplay.from_result(watch_list(reading))
    assert (np.diff(display.distance) >= 0).all()
    assert len(display.customers) + display.left_out == len(watch_list(reading))


@pytest.mark.parametrize("many", [5, 50, 4000])
def test_pictures_of_many_customers_stay_small(many: int) -> None:
    values = np.random.default_rng(2).lognormal(5, 1, many)
    for each in (whale_curve(values - 60), pareto_ranking(values)):
        assert len(each.display().svg()) < 25_000


@pytest.mark.parametrize("lens", ["attitudes", "loyalty", "demands", "inventory"])
def test_counts_are_those_that_the_result_says(reading: Reading, lens: str) -> None:
    result = reading[lens]
    display = result.display()
    assert isinstance(display, CountsDisplay)
    assert display.counts.tolist() == [count for _, count in result.named_counts()]
    assert display.counts.sum() > 0


@pytest.mark.parametrize("kind", [WatchDisplay, TransitionsDisplay, PeakEndDisplay, CountsDisplay])
def test_what_a_reading_alone_does_not_have_is_drawn_from_its_result(
    reading: Reading, kind: type[Display]
) -> None:
    with pytest.raises(ArgumentError, match=f"Use {kind.__name__}.from_result"):
        kind.from_reading(reading)


@pytest.mark.parametrize("many", [5, 50, 4000])
def test_colours_of_many_customers_stay_readable(many: int) -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(-1, 1, (2, many))
    labels = np.where(x > 0, np.where(y > 0, "yellow", "blue"), np.where(y > 0, "red", "green"))
    display = ColoursDisplay(
        rationality=x,
        extraversion=y,
        labels=labels.astype(np.object_),
        by_staff=random.uniform(size=many) < 0.9,
    )
    scene = lay_out(display.figure, Writer("en"))
    check(scene)
    assert len(scene.panels[0].labels) == 4
    assert len(display.svg()) < 300_000
