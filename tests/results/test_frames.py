"""Results become frames of the library that the data came in, with columns that are promised."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pytest
from attrs import evolve

from klantkompas import (
    Compass,
    Customer,
    History,
    Lens,
    Measures,
    Order,
    Override,
    Portfolio,
    Reading,
    almost_list,
    compare_reviews,
    guard_list,
    hookimpl,
    overdue_list,
    plan_letting_go,
    watch_list,
    work_lists,
)
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.hooks import Unanswered
from klantkompas.portfolio.latest import SEVERAL
from klantkompas.results import Result
from klantkompas.testing.comparing import same
from klantkompas.wording.sentence import Sentence

DAYS = [date(2026, 1, day) for day in (5, 6, 7)] + [date(2026, 5, day) for day in (1, 2, 3, 4)]
ORDERS: dict[str, list[Any]] = {
    "customer": ["a", "a", "a", "a", "b", "b", "c"],
    "on": DAYS,
    "amount": [10.0, 20.0, 30.0, 5.0, 7.0, 8.0, 90.0],
}
COMPASS = Compass(installed=False)


def read(portfolio: Portfolio) -> Reading:
    return COMPASS.read(portfolio, as_of="2026-06-30")


def frame(library: str) -> Any:
    return nw.from_dict(ORDERS, backend=library).to_native()


def library_of(made: object) -> str:
    return str(nw.from_native(made, eager_only=True).implementation.value)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_every_result_is_a_frame_of_the_library_that_the_data_came_in(library: str) -> None:
    pytest.importorskip(library)
    portfolio = Portfolio.from_tables(orders=frame(library))
    assert portfolio.backend == library
    reading = read(portfolio)
    assert library_of(reading.to_frame()) == library
    results = [each for each in reading.results.values() if isinstance(each, Result)]
    assert len(results) > 5
    for each in results:
        assert library_of(each.to_frame()) == library
        assert library_of(each.to_frame("pandas")) == "pandas"


def test_a_lazy_frame_is_of_its_library() -> None:
    polars = pytest.importorskip("polars")
    assert Portfolio.from_tables(orders=polars.DataFrame(ORDERS).lazy()).backend == "polars"


def test_what_did_not_come_in_a_frame_becomes_one_of_what_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = read(Portfolio.from_records([Order(customer="a", on=DAYS[0], amount=1.0)]))
    assert reading.backend is None
    assert library_of(reading.to_frame()) == "polars"
    looked_up = "klantkompas.results.frames.find_spec"
    monkeypatch.setattr(looked_up, lambda name: name == "pandas" or None)
    assert library_of(reading.to_frame()) == "pandas"
    monkeypatch.setattr(looked_up, lambda name: None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[files\]"):
        reading.to_frame()
    with pytest.raises(MissingExtraError, match=r"klantkompas\[files\]"):
        reading.__arrow_c_stream__()


def test_reviews_and_lists_know_it_too_also_of_what_was_recorded(tmp_path: Path) -> None:
    portfolio = Portfolio.from_tables(orders=frame("pandas"))
    before, now = COMPASS.read(portfolio, as_of="2026-01-31"), read(portfolio)
    history = History(tmp_path / "klantkompas")
    history.record(before)
    recorded = history.reading("2026-01-31")
    review = compare_reviews(recorded, now)
    lists = [make(recorded) for make in (almost_list, guard_list, overdue_list, watch_list)]
    for each in (review, plan_letting_go(review), work_lists(now), *work_lists(now), *lists):
        assert library_of(each.to_frame()) == "pandas"


class Plain(Result):
    """A result that is no class of attrs, as a plugin may have."""

    def __init__(self, revenue: float) -> None:
        object.__setattr__(self, "revenue", revenue)

    def columns(self) -> dict[str, Any]:
        return {"revenue": np.array([self.revenue])}  # type: ignore[attr-defined]

    @property
    def parts(self) -> tuple[Sentence, ...]:
        return (Sentence("revenue"),)


class PlainLens:
    @hookimpl
    def klantkompas_lenses(self) -> list[Lens]:
        def look(measures: Measures) -> Plain:
            return Plain(float(measures["revenue"].sum()))

        return [Lens(name="plain", question="How much?", look=look)]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_plugin_s_result_need_not_be_of_attrs(library: str) -> None:
    compass = Compass([PlainLens()], installed=False)
    result = compass.read(Portfolio.from_tables(orders=frame(library)))["plain"]
    assert library_of(result.to_frame()) == "polars"
    assert "<table" in result._repr_html_()
    for made in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
        assert made.revenue == result.revenue
    assert same(result, Plain(result.revenue))
    assert not same(result, Plain(result.revenue + 1))


def test_where_the_data_came_from_travels_along() -> None:
    reading = read(Portfolio.from_tables(orders=frame("pandas")))
    for each in (pickle.loads(pickle.dumps(reading)), copy.deepcopy(reading), evolve(reading)):
        assert library_of(each.classes.to_frame()) == "pandas"


def test_results_are_arrow_streams() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    reading = read(Portfolio.from_tables(orders=frame("pandas")))
    for each in (reading.classes, reading.nps, reading.pareto):
        assert pyarrow.table(each).column_names == [*each.columns()]
    assert pyarrow.table(reading).column_names == [*reading.columns()]


FIRST = [
    *("id", "name", "kind", "stage", "group", "class", "provisional", "range"),
    *("most_worth_finding_out", "overridden", "rank", "colour"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    portfolio = Portfolio.from_records(
        [
            Order(customer=who, on=on, amount=amount)
            for who, on, amount in zip(*ORDERS.values(), strict=True)
        ],
        [Customer(id="b", name="Bakker"), Customer(id="c", opted_out=True)],
    )
    given = Override(
        customer="b", label="A", by="Ada", on=date(2026, 6, 1), because="they fit best"
    )
    return COMPASS.read(portfolio, as_of="2026-06-30", overrides=[given])


def test_the_columns_of_a_reading_stand_in_a_promised_order(reading: Reading) -> None:
    columns = reading.columns()
    assert [*columns][: len(FIRST)] == FIRST
    names = [*columns][[*columns].index("factors_met") + 1 :]
    factors = [
        f"{each}_{what}" for each in reading.scorecard.factors for what in ("met", "unknown")
    ]
    assert names[: len(factors)] == factors
    assert names[len(factors) :] == sorted(names[len(factors) :])


def test_a_row_tells_rank_and_overridden(reading: Reading) -> None:
    columns = reading.columns()
    assert columns["id"].tolist() == ["a", "b"]
    assert columns["overridden"].tolist() == [False, True]
    # The customer who objects counts: the first rank is theirs.
    assert columns["rank"].tolist() == [2.0, 3.0]
    frame = reading.to_frame("polars")
    assert frame["class"].to_list()[1] == "A"


def test_bookkeeping_comes_on_request_only(reading: Reading) -> None:
    few, all_of_them = reading.columns(), reading.columns(bookkeeping=True)
    more = set(all_of_them) - set(few)
    assert {"days_since_first_order", "active", "clear_share_in_24_months"} <= more
    assert {"revenue", "clear_share", "order_count"} <= set(few)
    measures = reading.measures.columns
    several = {name for name, column in measures.items() if column.unit in SEVERAL}
    assert several, "days and ratings of which a number holds several are in no frame"
    assert {name for name in all_of_them if name in measures} == measures.keys() - several
    assert reading.to_frame("polars", bookkeeping=True).columns == [*all_of_them]


@pytest.mark.parametrize("given", ["soon", "2026-13-01", "", 5])
def test_a_date_may_be_given_as_text_that_is_one(given: Any) -> None:
    portfolio = Portfolio.from_tables(orders=frame("pandas"))
    as_text, as_date = read(portfolio), COMPASS.read(portfolio, as_of=date(2026, 6, 30))
    assert as_text.as_of == as_date.as_of
    assert COMPASS.read(as_date.measures, as_of="2026-06-30").as_of == date(2026, 6, 30)
    with pytest.raises(ArgumentError, match="as_of is a date"):
        COMPASS.read(portfolio, as_of=given)


def test_every_built_in_lens_is_a_property(reading: Reading) -> None:
    for name, result in reading.results.items():
        assert isinstance(getattr(type(reading), name), property), name
        assert getattr(reading, name) is result


def test_unanswered_prints_its_reason() -> None:
    assert repr(Unanswered("nobody ordered")) == "Unknown: nobody ordered"
