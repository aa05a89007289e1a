"""Scores of others to compare with, and how plugins add to them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import hookimpl
from klantkompas.hooks.benchmarks import BENCHMARKS, Benchmark

OURS = {"name": "Ours", "value": 12, "source": "our survey", "year": 2025, "scale": (0, 10)}


class Plugin:
    def __init__(self, *declared: Any) -> None:
        self.declared = declared

    @hookimpl
    def klantkompas_benchmarks(self) -> tuple[Any, ...]:
        return self.declared


def declared(*plugins: Plugin) -> tuple[Benchmark, ...]:
    return Compass(plugins, installed=False).declarations.benchmarks


def test_the_figures_of_the_source_come_first() -> None:
    figures = {each.name: each.value for each in BENCHMARKS}
    assert figures == {"Rabobank": -8, "ABN AMRO": -20, "ING": -20, "Apple": 60}
    for each in BENCHMARKS:
        assert (each.source, each.year, each.scale) == ("S2", 2011, (1, 10))
        assert (each.answers, each.country) == (None, "the Netherlands")


def test_the_built_in_ones_are_declared_like_any_other() -> None:
    assert set(declared()) == set(BENCHMARKS)


def test_plugins_add_their_own_in_an_order_of_names() -> None:
    ours, other = Benchmark(**OURS), Benchmark(**OURS | {"name": "Best"})
    found = declared(Plugin(ours), Plugin(other))
    assert set(found) == {*BENCHMARKS, ours, other}
    assert found == declared(Plugin(other), Plugin(ours))
    assert [each.name for each in found] == sorted(each.name for each in found)


def test_a_name_declared_twice_is_refused() -> None:
    with pytest.raises(PluginError, match=r"'Apple' is declared by .* and by"):
        declared(Plugin(Benchmark(**OURS | {"name": "Apple"})))


def test_what_is_no_benchmark_is_refused() -> None:
    with pytest.raises(PluginError, match="must return Benchmark declarations, not int"):
        declared(Plugin(60))


def test_a_benchmark_prints_what_it_takes_to_compare_it() -> None:
    known = Benchmark(**OURS, answers=150, country="Belgium")
    assert str(known) == "Ours +12.0 (2025, Belgium, 150 answers, scale 0-10)"


@pytest.mark.parametrize("value", [-100, 0, 100, 31.25])
def test_a_value_is_in_points(value: float) -> None:
    assert Benchmark(**OURS | {"value": value}).value == value


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"value": 100.1}, "from -100 to 100"),
        ({"value": -101}, "from -100 to 100"),
        ({"value": math.nan}, "from -100 to 100"),
        ({"value": "60"}, "from -100 to 100"),
        ({"value": True}, "from -100 to 100"),
        ({"name": " "}, "needs a name"),
        ({"name": None}, "needs a name"),
        ({"source": ""}, "needs a source"),
        ({"year": "2011"}, "year '2011'"),
        ({"year": 2011.0}, r"year 2011\.0"),
        ({"scale": (0, 5)}, r"\(0, 10\) or \(1, 10\)"),
        ({"answers": 0}, "answers 0"),
        ({"answers": 1.5}, r"answers 1\.5"),
    ],
)
def test_a_benchmark_that_means_nothing_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Benchmark(**OURS | wrong)
