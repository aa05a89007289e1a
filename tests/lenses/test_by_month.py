"""Month by month: each sum by hand, and the same however customers are divided."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import Compass, Customer, CustomerKind, Departure, Order, Portfolio, Unanswered
from klantkompas._arrays.sums import whole_sums
from klantkompas.lenses.by_month import ByMonth
from klantkompas.portfolio import Measures

COMPASS = Compass(installed=False)
LAST = date(2026, 3, 31)


def months_of(*orders: Order, as_of: date = LAST, **customers: CustomerKind) -> ByMonth:
    known = [Customer(id=id, kind=kind) for id, kind in customers.items()]
    found = COMPASS.read(Portfolio.from_records(orders, known), as_of=as_of).by_month
    assert isinstance(found, ByMonth)
    return found


def order(customer: str, month: int, amount: float, **more: float) -> Order:
    return Order(customer=customer, on=date(2026, month, 9), amount=amount, **more)


def test_each_month_by_hand() -> None:
    found = months_of(
        order("a", 1, 50.05),
        order("a", 1, -10.0),
        order("a", 3, 40.0, refunded=15.0),
        order("b", 3, 5.0),
        order("b", 3, 5.0),
    )
    assert found.months == ("2026-01", "2026-02", "2026-03")
    assert found.revenue.tolist() == [40.05, 0.0, 35.0]
    assert found.customers.tolist() == [1, 0, 2]
    assert found.new.tolist() == [1, 0, 1]
    assert found.complete


def months_before(month: str, count: int) -> set[str]:
    last = np.datetime64(month, "M")
    return {str(last - back) for back in range(count)}


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 40)), min_size=1, max_size=25),
    st.sampled_from([1, 3, 6, 12]),
)
def test_who_came_back_and_was_lost_as_counted_by_hand(
    rows: list[tuple[str, int]], months: int
) -> None:
    days = [(who, np.datetime64("2026-03", "M") - back) for who, back in rows]
    orders = [
        Order(customer=who, on=date.fromisoformat(f"{day}-09"), amount=1.0) for who, day in days
    ]
    found = Compass(installed=False, months=months).read(Portfolio.from_records(orders), LAST)
    by_month = found.by_month
    assert isinstance(by_month, ByMonth)
    ordered = {who: {str(day) for each, day in days if each == who} for who, _ in days}

    def active(month: str) -> set[str]:
        return {who for who, when in ordered.items() if when & months_before(month, months)}

    for at, month in enumerate(by_month.months):
        earlier = str(np.datetime64(month, "M") - 1)
        now, then = active(month), active(earlier)
        new = {who for who in now if min(ordered[who]) == month}
        assert by_month.active[at] == len(now)
        assert by_month.new[at] == len(new)
        assert by_month.back[at] == len(now - then - new)
        assert by_month.lost[at] == len(then - now)


DAYS = st.dates(date(2025, 8, 25), date(2026, 3, 31))


def month_ends(found: ByMonth, as_of: date) -> list[date]:
    """The last day of each month, and the reference date where the month is not over."""
    ends = [np.datetime64(month, "M") + 1 for month in found.months]
    lasts = [(end.astype("datetime64[D]") - 1).item() for end in ends]
    return [min(last, as_of) for last in lasts]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), DAYS), min_size=1, max_size=12),
    st.lists(st.tuples(st.sampled_from("abc"), DAYS), max_size=4),
    st.sampled_from([1, 3, 6]),
    st.sampled_from([date(2026, 3, 31), date(2026, 3, 12), date(2026, 2, 28)]),
    st.sampled_from([CustomerKind.INTERNAL, CustomerKind.CONSUMER]),
)
def test_who_is_active_at_a_month_s_end_is_whom_a_reading_of_that_day_counts(
    ordered: list[tuple[str, date]],
    left: list[tuple[str, date]],
    months: int,
    as_of: date,
    kind: CustomerKind,
) -> None:
    orders = [Order(customer=who, on=day, amount=1.0) for who, day in ordered]
    departures = [Departure(customer=who, on=day) for who, day in left]
    portfolio = Portfolio.from_records([*orders, *departures], [Customer(id="c", kind=kind)])
    compass = Compass(installed=False, months=months)
    found = compass.read(portfolio, as_of).by_month
    if isinstance(found, Unanswered):
        assert min(day for _, day in ordered) > as_of or kind is CustomerKind.INTERNAL
        return
    then = [compass.measure(portfolio, day) for day in month_ends(found, as_of)]
    assert found.active.tolist() == [len(each.active_places) for each in then]
    now = then[-1]
    by_month = dict(zip(found.months, found.revenue.tolist(), strict=True))
    since = f"{now.start + timedelta(days=1):%Y-%m}"
    of_its_months = sum(worth for month, worth in by_month.items() if month >= since)
    parts = found.of_active + found.of_others + found.before
    assert of_its_months == pytest.approx(parts)
    assert found.of_active == now["revenue"][now.active_places].sum()
    assert found.active.tolist() == np.cumsum(found.new + found.back - found.lost).tolist()


def test_who_departs_is_lost_then_and_back_with_their_next_order() -> None:
    departed = Departure(customer="a", on=datetime(2026, 1, 9, 12))
    later = [Order(customer="a", on=datetime(2026, month, 9, 15), amount=1.0) for month in (1, 3)]

    def of(*orders: Order) -> tuple[list[float], list[float], list[float]]:
        read = COMPASS.read(Portfolio.from_records([*orders, departed]), LAST).by_month
        assert isinstance(read, ByMonth)
        return read.new.tolist(), read.back.tolist(), read.lost.tolist()

    first = Order(customer="a", on=datetime(2026, 1, 9, 9), amount=1.0)
    assert of(first) == ([1, 0, 0], [0, 0, 0], [1, 0, 0])
    assert of(first, later[1]) == ([1, 0, 0], [0, 0, 1], [1, 0, 0])
    assert of(first, *later) == ([1, 0, 0], [0, 0, 0], [0, 0, 0])


def test_how_the_months_of_the_period_add_up_is_said() -> None:
    found = months_of(
        *(
            Order(customer="a", on=day, amount=10.0)
            for day in (date(2025, 9, 10), date(2025, 9, 12))
        ),
        order("b", 1, 5.0),
        order("c", 2, -3.0),
        as_of=date(2026, 3, 10),
    )
    assert str(found).splitlines()[1] == (
        "From Sep 2025 to Mar 2026 together 22.00: 15.00 of the active customers, -3.00 of "
        "customers who are not active, and 10.00 before the period begins, on 11 September 2025"
    )


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            date(2024, 10, 1),
            (
                "What the same months of a year before brought is unknown: the orders "
                "begin in Oct 2024"
            ),
        ),
        (
            date(2024, 9, 30),
            "The same months a year before, from Oct 2024 to Mar 2025: 80.00; now 60.00, 25% less",
        ),
    ],
)
def test_the_same_months_of_a_year_before_stand_beside_them(first: date, told: str) -> None:
    found = months_of(
        Order(customer="z", on=first, amount=0.5),
        Order(customer="a", on=date(2024, 11, 9), amount=100.0 - 20.0),
        Order(customer="a", on=date(2025, 4, 1), amount=7.0),
        order("b", 1, 40.0),
        order("b", 3, 20.0),
    )
    assert str(found).splitlines()[-1] == told


def test_only_months_that_are_over_are_compared_with_a_year_before() -> None:
    rows = [Order(customer="z", on=date(2024, 1, 1), amount=1.0)]
    rows += [Order(customer="a", on=date(2025, month, 20), amount=10.0) for month in (1, 2, 3)]
    rows += [order("b", 1, 15.0), order("b", 2, 15.0), order("b", 3, 99.0)]
    found = months_of(*rows, as_of=date(2026, 3, 30)).year_before
    assert (found.first, found.last) == ("2024-10", "2025-02")
    assert (found.before, found.revenue, found.change) == (20.0, 30.0, 0.5)
    short = Compass(installed=False, months=1)
    read = short.read(Portfolio.from_records(rows), as_of=date(2026, 3, 15)).by_month
    assert isinstance(read, ByMonth)
    assert read.year_before.sentences() == (
        "What the same months of a year before brought is unknown: no month of the period is over",
    )
    assert read.year_before.in_brief is None


def test_without_anything_a_year_before_there_is_no_percentage() -> None:
    found = months_of(Order(customer="z", on=date(2023, 1, 1), amount=1.0), order("b", 1, 15.0))
    assert found.year_before.sentences() == (
        "The same months a year before, from Oct 2024 to Mar 2025: 0.00; now 15.00",
    )


def test_a_credit_note_alone_is_nobody_s_order() -> None:
    found = months_of(order("a", 2, -10.0), order("b", 3, 5.0))
    assert found.revenue.tolist() == [-10.0, 5.0]
    assert found.customers.tolist() == [0, 1]


def test_internal_customers_are_left_out() -> None:
    found = months_of(order("a", 3, 5.0), order("us", 3, 90.0), us=CustomerKind.INTERNAL)
    assert (found.revenue.tolist(), found.customers.tolist()) == ([5.0], [1])


@pytest.mark.parametrize(("day", "complete"), [(30, False), (31, True)])
def test_the_last_month_is_over_on_its_last_day(day: int, complete: bool) -> None:
    found = months_of(order("a", 3, 5.0), as_of=date(2026, 3, day))
    assert found.complete is complete
    assert ("not over" in str(found)) is not complete
    assert found.columns()["complete"].tolist() == [complete]


def test_two_years_are_looked_back() -> None:
    found = months_of(Order(customer="a", on=date(2020, 1, 1), amount=1.0), order("a", 3, 5.0))
    assert (len(found.months), found.months[0]) == (24, "2024-04")
    assert found.new.sum() == 0


def test_without_orders_it_is_unknown() -> None:
    reading = COMPASS.read(Portfolio.from_records([]), as_of=LAST)
    assert isinstance(reading.by_month, Unanswered)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.integers(1, 3), st.floats(-1e12, 1e12)), min_size=1
    ),
    st.sets(st.sampled_from("abcde")),
)
def test_parts_add_up_to_the_whole(rows: list[tuple[str, int, float]], part: set[str]) -> None:
    portfolio = Portfolio.from_records([order(*row) for row in rows])
    whole = COMPASS.measure(portfolio, as_of=LAST)
    parts = [
        COMPASS.measure(kept, as_of=LAST)
        for kept in (
            portfolio.only(part & {*portfolio.ids}),
            portfolio.only({*portfolio.ids} - part),
        )
    ]
    joined = Measures.join(parts, notes=())
    assert joined.tallies["orders_by_month"] == whole.tallies["orders_by_month"]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.floats(-1e300, 1e300) | st.floats(-1e6, 1e6)), max_size=20
    ),
    st.integers(0, 20),
)
def test_whole_sums_do_not_depend_on_the_cut(rows: list[tuple[int, float]], cut: int) -> None:
    def summed(some: list[tuple[int, float]]) -> Counter[int]:
        keys = np.array([key for key, _ in some], dtype=np.int64)
        return Counter(whole_sums(keys, np.array([value for _, value in some], dtype=np.float64)))

    whole = summed(rows)
    added = Counter(whole)
    added.clear()
    for part in (summed(rows[:cut]), summed(rows[cut:])):
        for key, value in part.items():
            added[key] += value
    assert {key: value for key, value in added.items() if value} == {
        key: value for key, value in whole.items() if value
    }
