"""What must be true of drawings."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import MissingExtraError
from klantkompas.lenses.pareto import pareto_ranking
from klantkompas.report.curve import pareto_curve, pareto_part, thin_out
from klantkompas.report.plots import pareto

VALUES = [50, 20, 10, 5, 4, 3, 3, 2, 2, 1]


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    yield
    from matplotlib import pyplot

    pyplot.close("all")


def test_the_curve_is_drawn_from_nothing_to_everything() -> None:
    drawn = pareto(pareto_ranking(VALUES))
    curve = drawn.axes.lines[0]
    width, height = (np.asarray(each) for each in curve.get_data())
    assert len(width) == len(VALUES) + 1
    np.testing.assert_allclose(height, np.cumsum([0, *VALUES]) / 100)
    np.testing.assert_allclose(width, np.arange(11) / 10)


def test_the_leading_fifth_and_the_vital_few_are_named() -> None:
    drawn = pareto(pareto_ranking(VALUES))
    legend = drawn.axes.get_legend()
    assert legend is not None
    named = [text.get_text() for text in legend.get_texts()]
    assert "leading 20% bring 70%" in named
    assert "3 of 10 customers bring 80%" in named


def test_it_draws_on_the_axes_that_it_is_given_and_keeps_the_ranking() -> None:
    from matplotlib import pyplot

    _, axes = pyplot.subplots()
    ranking = pareto_ranking(VALUES)
    drawn = pareto(ranking, ax=axes)
    assert drawn.axes is axes
    assert drawn.ranking is ranking
    assert len(pyplot.get_fignums()) == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[plots\]"):
        pareto(pareto_ranking(VALUES))


@given(st.integers(1, 3000), st.integers(2, 50))
def test_thinning_keeps_both_ends(length: int, most: int) -> None:
    places = thin_out(np.zeros(length), most)
    assert places[0] == 0
    assert places[-1] == length - 1
    assert len(places) <= most
    assert (np.diff(places) > 0).all()


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=600))
def test_a_thinned_curve_lies_on_the_whole_one(values: list[float]) -> None:
    ranking = pareto_ranking(values)
    curve = pareto_curve(ranking)
    assert len(curve) <= 240
    assert curve[0] == (0.0, 0.0)
    assert curve[-1] == (1.0, 1.0)
    whole = np.concatenate([[0.0], ranking.cumulative_share])
    for across, up in curve:
        assert whole[round(across * len(values))] == up


@pytest.mark.parametrize(
    ("values", "holds"), [([80, 5, 5, 5, 5], True), ([79, 6, 5, 5, 5], False), ([1], True)]
)
def test_eighty_twenty_holds_from_eighty_percent_on(values: list[float], holds: bool) -> None:
    part = pareto_part(pareto_ranking(values))
    assert part.holds is holds
    assert part.leading == 1
    assert part.vital_share >= 0.8


def test_a_curve_may_rise_above_everything_where_some_take_away() -> None:
    part = pareto_part(pareto_ranking([90, 40, -30]))
    assert part.height == pytest.approx(1.3)
    assert part.curve[-1] == (1.0, 1.0)
