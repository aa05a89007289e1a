"""What explains an outcome: published numbers, laws, and slow definitions by other programs."""

from __future__ import annotations

import math
from datetime import date
from io import StringIO
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from klantkompas.compass import Compass
from klantkompas.domain.interactions import Invoice, Order, Response
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.drivers import KeyDrivers, averaged_over_orderings, relative_weights
from klantkompas.portfolio import Portfolio
from klantkompas.wording.writer import Writer

METHODS = [relative_weights, averaged_over_orderings]

# 32 cars of 1973-74: miles per gallon, cylinders, displacement, horsepower, forward gears.
# Source: Motor Trend 1974, in Henderson and Velleman 1981 (Biometrics 37, 391-411); R's mtcars.
CARS = np.loadtxt(
    StringIO("""
    21.0 6 160.0 110 4   21.0 6 160.0 110 4   22.8 4 108.0  93 4   21.4 6 258.0 110 3
    18.7 8 360.0 175 3   18.1 6 225.0 105 3   14.3 8 360.0 245 3   24.4 4 146.7  62 4
    22.8 4 140.8  95 4   19.2 6 167.6 123 4   17.8 6 167.6 123 4   16.4 8 275.8 180 3
    17.3 8 275.8 180 3   15.2 8 275.8 180 3   10.4 8 472.0 205 3   10.4 8 460.0 215 3
    14.7 8 440.0 230 3   32.4 4  78.7  66 4   30.4 4  75.7  52 4   33.9 4  71.1  65 4
    21.5 4 120.1  97 3   15.5 8 318.0 150 3   15.2 8 304.0 150 3   13.3 8 350.0 245 3
    19.2 8 400.0 175 3   27.3 4  79.0  66 4   26.0 4 120.3  91 5   30.4 4  95.1 113 5
    15.8 8 351.0 264 5   19.7 6 145.0 175 5   15.0 8 301.0 335 5   21.4 4 121.0 109 4
    """)
).reshape(32, 5)
OUTCOME = CARS[:, 0]
DRIVERS = dict(zip(["cyl", "disp", "hp", "gear"], CARS[:, 1:].T, strict=True))

seeds = st.integers(0, 2**32 - 1)


def drawn(seed: int, rows: int = 12, count: int = 3) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Draw drivers that go together, and an outcome."""
    random = np.random.default_rng(seed)
    columns = random.normal(size=(rows, count)) + random.normal(size=(rows, 1))
    outcome = columns @ random.normal(size=count) + random.normal(size=rows)
    return {f"x{at}": column for at, column in enumerate(columns.T)}, outcome


def r_squared(columns: list[np.ndarray], outcome: np.ndarray) -> float:
    if not columns:
        return 0.0
    table = np.column_stack(columns)
    return float(LinearRegression().fit(table, outcome).score(table, outcome))


def test_published_relative_weights() -> None:
    found = relative_weights(DRIVERS, OUTCOME)
    assert found.drivers == ("cyl", "disp", "hp", "gear")
    expected = [0.2284797, 0.2221469, 0.2321744, 0.0963886]
    np.testing.assert_allclose(found.explained, expected, atol=5e-8)
    assert found.r_squared == pytest.approx(0.7791896, abs=5e-8)
    assert (found.rows, found.left_out) == (32, 0)


def test_published_averages_over_orderings() -> None:
    found = averaged_over_orderings(DRIVERS, OUTCOME)
    expected = [0.2470520, 0.2434996, 0.2109129, 0.0777251]
    np.testing.assert_allclose(found.explained, expected, atol=5e-8)
    assert found["hp"] == pytest.approx(0.2109129, abs=5e-8)


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds)
def test_the_parts_are_not_negative_and_add_up_to_what_a_regression_explains(
    method: object, seed: int
) -> None:
    drivers, outcome = drawn(seed)
    found = method(drivers, outcome)
    assert (found.explained >= -1e-12).all()
    expected = r_squared(list(drivers.values()), outcome)
    assert found.r_squared == pytest.approx(expected, abs=1e-9)
    assert found.shares.sum() == pytest.approx(1)


@given(seeds)
def test_the_average_is_that_of_every_order_written_out(seed: int) -> None:
    drivers, outcome = drawn(seed, count=4)
    explained = {
        frozenset(subset): r_squared([drivers[name] for name in subset], outcome)
        for size in range(5)
        for subset in combinations(drivers, size)
    }
    added = dict.fromkeys(drivers, 0.0)
    orders = list(permutations(drivers))
    for order in orders:
        for place, name in enumerate(order):
            added[name] += explained[frozenset(order[: place + 1])]
            added[name] -= explained[frozenset(order[:place])]
    found = averaged_over_orderings(drivers, outcome)
    for name, total in added.items():
        assert found[name] == pytest.approx(total / len(orders), abs=1e-9)


@given(seeds, st.sampled_from([12, 257, 1000]))
def test_relative_weights_are_those_of_the_correlation_matrix(seed: int, rows: int) -> None:
    drivers, outcome = drawn(seed, rows)
    correlations = np.corrcoef([*drivers.values(), outcome])
    among, with_outcome = correlations[:-1, :-1], correlations[:-1, -1]
    values, vectors = np.linalg.eigh(among)
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    expected = root**2 @ np.linalg.solve(root, with_outcome) ** 2
    np.testing.assert_allclose(
        relative_weights(drivers, outcome).explained, expected, rtol=1e-6, atol=1e-9
    )


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds, scale=st.sampled_from([1e-300, -3.0, 1e12, 1e300]))
def test_units_change_nothing(method: object, seed: int, scale: float) -> None:
    drivers, outcome = drawn(seed)
    found = method(drivers, outcome)
    other = method(drivers | {"x1": scale * drivers["x1"]}, scale * outcome)
    np.testing.assert_allclose(other.explained, found.explained, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds)
def test_neither_order_of_rows_nor_of_drivers_matters(method: object, seed: int) -> None:
    drivers, outcome = drawn(seed)
    found = method(drivers, outcome)
    other = method({name: drivers[name][::-1] for name in reversed(drivers)}, outcome[::-1])
    for name in drivers:
        assert other[name] == pytest.approx(found[name], abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_drivers_that_do_not_go_together_explain_what_each_explains_alone(method: object) -> None:
    a, b = np.array([1.0, 1, -1, -1, 0]), np.array([1.0, -1, 1, -1, 0])
    outcome = 3 * a + b + [0.5, -0.5, -0.5, 0.5, 0]
    found = method({"a": a, "b": b}, outcome)
    assert found["a"] == pytest.approx(r_squared([a], outcome))
    assert found["b"] == pytest.approx(r_squared([b], outcome))


@pytest.mark.parametrize("method", METHODS)
def test_one_driver_explains_the_squared_correlation(method: object) -> None:
    found = method({"hp": DRIVERS["hp"]}, OUTCOME)
    assert found.r_squared == pytest.approx(np.corrcoef(DRIVERS["hp"], OUTCOME)[0, 1] ** 2)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_explained_has_no_shares(method: object) -> None:
    found = method({"a": [1, 1, -1, -1]}, [1, -1, 1, -1])
    assert found.r_squared == pytest.approx(0, abs=1e-30)
    assert math.isnan(
        KeyDrivers(method="x", drivers=("a",), explained=np.zeros(1), rows=4, left_out=0).shares[0]
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unknown", [None, math.nan, pd.NA])
def test_rows_with_something_unknown_are_left_out_and_counted(
    method: object, unknown: object
) -> None:
    drivers = {name: [*column, 1, unknown] for name, column in DRIVERS.items()}
    drivers["hp"][-1] = 7
    found = method(drivers, [*OUTCOME, unknown, 20])
    np.testing.assert_allclose(found.explained, method(DRIVERS, OUTCOME).explained)
    assert (found.rows, found.left_out) == (32, 2)


def test_data_frames_are_taken() -> None:
    frame = pd.DataFrame(DRIVERS)
    found = relative_weights(dict(frame), pd.Series(OUTCOME))
    np.testing.assert_array_equal(found.explained, relative_weights(DRIVERS, OUTCOME).explained)


def test_twelve_drivers_can_be_ordered_and_thirteen_only_weighed() -> None:
    drivers, outcome = drawn(3, rows=1000, count=12)
    expected = r_squared(list(drivers.values()), outcome)
    assert averaged_over_orderings(drivers, outcome).r_squared == pytest.approx(expected)
    drivers, outcome = drawn(5, rows=100, count=13)
    with pytest.raises(ArgumentError, match=r"13 drivers.*at most 12.*relative_weights"):
        averaged_over_orderings(drivers, outcome)
    expected = r_squared(list(drivers.values()), outcome)
    assert relative_weights(drivers, outcome).r_squared == pytest.approx(expected)


def test_the_result_prints_itself_largest_first_and_cannot_be_changed() -> None:
    found = relative_weights(DRIVERS, OUTCOME)
    assert str(found).splitlines() == [
        "Drivers by relative weights: 78% explained over 32 rows, left out: 0",
        "  hp: 30%",
        "  cyl: 29%",
        "  disp: 29%",
        "  gear: 12%",
    ]
    frame = found.to_frame("polars")
    assert frame["driver"].to_list() == ["hp", "cyl", "disp", "gear"]
    assert frame["share"].sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="read-only"):
        found.explained[0] = 1
    with pytest.raises(ArgumentError, match="Did you mean 'gear'"):
        found["gears"]


SOME = [1, 2, 4, 3, 6]
OTHER = [2, 1, 1, 3, 5]
Y = [1, 2, 3, 4, 6]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("drivers", "outcome", "message"),
    [
        ({"a": SOME, "b": [7] * 5}, Y, r"^'b': the same in all 5 known rows"),
        ({"a": SOME, "b": [7, 7, 7, 7, None]}, Y, r"^'b': the same in all 4 known rows"),
        ({"a": [0.1] * 5, "b": [0] * 5}, Y, r"^'a', 'b': the same"),
        ({"a": [0.3, 0.1 + 0.2] * 3}, [*Y, 9], r"^'a': the same"),
        ({"a": SOME}, [7] * 5, r"^'outcome': the same"),
        (
            {"a": SOME, "c": OTHER, "twice": [2 * each + 1 for each in SOME]},
            Y,
            r"^'a', 'twice': each of these can be computed from the others",
        ),
        (
            {
                "a": SOME,
                "b": OTHER,
                "sum": [0.1 * x + 0.7 * y for x, y in zip(SOME, OTHER, strict=True)],
            },
            Y,
            r"^'a', 'b', 'sum': each",
        ),
        ({"a": SOME[:2], "b": OTHER[:2]}, Y[:2], "2 of 2 rows are known, .* at least 4"),
        ({"a": [1, None, None, None, 2]}, Y, "2 of 5 rows are known, where 1 drivers need"),
        ({"a": []}, [], "0 of 0 rows"),
        ({"a": SOME}, Y[:3], "'a' has 5 rows and the outcome 3"),
        ({}, Y, "columns by name, at least one"),
        ([SOME], Y, "columns by name"),
        ({"a": ["1", "2", "3", "4", "5"]}, Y, "'a' is an array of <U1"),
        ({"a": [1, "Jan", 3, 4, None]}, Y, "'a' has 1 of 5 values.*position 1"),
        ({"a": [1, 2, 3, 4, math.inf]}, Y, "'a' has 1 of 5 values that are no finite .*position 4"),
        ({"a": SOME}, [math.inf, *Y[1:]], "outcome has 1 of 5 values"),
        ({"a": [[1, 2, 3, 4, 5]]}, Y, "2 dimensions"),
        ({"a": [[1], [1, 2]]}, Y, "not a rectangular array"),
    ],
)
def test_what_cannot_be_divided_is_told_by_name(
    method: object, drivers: object, outcome: object, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message) as caught:
        method(drivers, outcome)
    assert "Jan" not in str(caught.value)


# In a reading


def portfolio(customers: int, *, same_score: bool = False) -> Portfolio:
    """Make customers whose score falls when they pay late, and not when they order much."""
    random = np.random.default_rng(8)
    rows: list[object] = []
    for at in range(customers):
        late = at % 3
        name = f"c{at}"
        for month in (1, 2, 3):
            day = date(2026, month, 10)
            amount = float(random.integers(10, 1000))
            rows.append(Order(customer=name, on=day, amount=amount))
            paid = date(2026, month, 25 if month <= late else 15)
            rows.append(
                Invoice(
                    customer=name, amount=amount, issued=day, due=date(2026, month, 20), paid=paid
                )
            )
        score = 8 if same_score else int(9 - 3 * late + random.integers(-1, 2))
        rows.append(Response(customer=name, on=date(2026, 3, 28), score=score))
    return Portfolio.from_records(rows)


def test_a_reading_tells_what_goes_together_with_the_score() -> None:
    found = Compass(installed=False).read(portfolio(60))["drivers"]
    assert isinstance(found, KeyDrivers)
    assert found["on_time_share"] > 0.8
    assert found["revenue"] < 0.05
    assert found.rows == 60
    unused = {name: Writer().say(reason) for name, reason in found.not_used}
    assert unused["order_days"] == "the same for all"
    assert unused["complaint_rate"] == "known for 0 of 60"


def test_a_reading_with_few_answers_tells_nothing() -> None:
    few = Compass(installed=False).read(portfolio(12))["drivers"]
    assert isinstance(few, Unanswered)
    assert "ten customers" in str(few)
    orders = [Order(customer="a", on=date(2026, 1, 5), amount=10.0)]
    none = Compass(installed=False).read(Portfolio.from_records(orders))["drivers"]
    assert isinstance(none, Unanswered)


def test_a_reading_in_which_all_give_one_score_has_nothing_to_explain() -> None:
    same = Compass(installed=False).read(portfolio(60, same_score=True))["drivers"]
    assert isinstance(same, Unanswered)
    assert "always the same" in str(same)
