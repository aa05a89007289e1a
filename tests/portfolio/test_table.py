"""The order of a customer's rows, and rows that are one order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from attrs import evolve

from klantkompas.portfolio import Portfolio, Table
from klantkompas.portfolio.merging import merge_rows

DAY = date(2026, 1, 5)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def table(kind: str, **columns: Any) -> Table:
    return Portfolio.from_tables(**{kind: columns}).tables[kind]


def test_customer_order_is_by_time_and_then_the_lowest_value_last() -> None:
    responses = table(
        "responses",
        customer=["b", "a", "a", "a", "a", None],
        on=[DAY, DAY, datetime(2026, 1, 5, 9), date(2026, 1, 4), DAY, DAY],
        score=[1, 3, 10, 0, 8, 5],
    )
    assert responses.columns["score"][responses.order].tolist() == [0, 8, 3, 10, 1, 5]


def test_an_unknown_value_stands_after_the_known_ones_of_its_moment() -> None:
    responses = table("responses", customer=["a"] * 3, on=[DAY] * 3, score=[None, 3, 8])
    np.testing.assert_array_equal(responses.columns["score"][responses.order], [8, 3, np.nan])


def test_a_date_is_its_midnight_in_the_zone_of_the_portfolio() -> None:
    night = datetime(2026, 1, 5, 0, 30, tzinfo=AMSTERDAM)
    portfolio = Portfolio.from_tables(
        orders={"customer": ["a"], "on": [night], "amount": [1.0]},
        departures={"customer": ["a"], "on": [DAY]},
    )
    orders, departures = portfolio.tables["orders"], portfolio.tables["departures"]
    assert orders.days[0] == departures.days[0]
    assert departures.instants[0] < orders.instants[0]
    assert str(departures.instants[0]) == "2026-01-04T23:00:00.000000"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 0, 30, tzinfo=AMSTERDAM), "2026-07-01"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=AMSTERDAM), "2026-07-01"),
        (datetime(2026, 7, 1, 23, 30), "2026-07-01"),
    ],
)
def test_a_calendar_date_is_taken_in_its_own_zone(moment: datetime, day: str) -> None:
    orders = table("orders", customer=["a"], on=[moment], amount=[1.0])
    assert str(orders.days[0]) == day


def test_moments_are_ordered_by_time_when_the_clock_goes_back() -> None:
    twice = [
        datetime(2025, 10, 26, 2, 30, tzinfo=AMSTERDAM, fold=1),
        datetime(2025, 10, 26, 2, 45, tzinfo=AMSTERDAM, fold=0),
    ]
    responses = table("responses", customer=["a", "a"], on=twice, score=[9, 3])
    assert responses.columns["score"][responses.order].tolist() == [3, 9]


def test_an_invoice_happens_when_issued_or_else_when_due() -> None:
    invoices = table(
        "invoices",
        customer=["a"] * 2,
        due=[DAY] * 2,
        amount=[1.0] * 2,
        issued=[None, date(2026, 1, 1)],
    )
    assert invoices.days.astype(str).tolist() == ["2026-01-05", "2026-01-01"]
    plain = table("invoices", customer=["a"], due=[DAY], amount=[1.0])
    assert plain.days.astype(str).tolist() == ["2026-01-05"]


def test_lines_with_one_reference_are_one_entry() -> None:
    orders = table(
        "orders",
        customer=["a", "a", "b", "a", None, None, "a"],
        on=[date(2026, 1, 7), DAY, DAY, DAY, DAY, DAY, DAY],
        amount=[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0],
        margin=[None, None, 1.0, 2.0, None, 1.0, None],
        quantity=[1, 2, None, 4, 8, 16, 32],
        clear=[True, None, True, False, None, None, None],
        reference=["r", "r", "r", "s", "s", "s", None],
    )
    entries, _ = merge_rows(orders)
    found = {
        (int(code), float(amount)): (str(day), float(pieces), int(clear))
        for code, amount, day, pieces, clear in zip(
            entries.codes,
            entries.columns["amount"],
            entries.days,
            np.nan_to_num(entries.columns["quantity"], nan=-1),
            entries.columns["clear"],
            strict=True,
        )
    }
    assert found == {
        (0, 3.0): ("2026-01-05", 3.0, 1),
        (0, 8.0): ("2026-01-05", 4.0, 0),
        (0, 64.0): ("2026-01-05", 32.0, -1),
        (1, 4.0): ("2026-01-05", -1.0, 1),
        (2, 48.0): ("2026-01-05", 24.0, -1),
    }
    assert sorted(np.nan_to_num(entries.columns["margin"], nan=-1).tolist()) == [-1, -1, 1, 1, 2]


def test_lines_keep_their_amounts_and_take_the_date_of_their_order() -> None:
    orders = table(
        "orders",
        customer=["a", "a"],
        on=[date(2026, 1, 7), DAY],
        amount=[1.0, 2.0],
        reference=["r", "r"],
    )
    _, lines = merge_rows(orders)
    assert lines.columns["amount"].tolist() == [1.0, 2.0]
    assert lines.days.astype(str).tolist() == ["2026-01-05", "2026-01-05"]
    assert orders.days.astype(str).tolist() == ["2026-01-07", "2026-01-05"]


def test_without_references_every_row_is_an_order() -> None:
    orders = table("orders", customer=["a", "a"], on=[DAY, DAY], amount=[1.0, 1.0])
    assert merge_rows(orders) == (orders, orders)


def test_from_the_second_day_on_what_has_happened_is_a_view() -> None:
    days = [date(2026, 1, day) for day in (9, 3, 6, 1)]
    responses = table("responses", customer=["a", "b", "a", "c"], on=days, score=[9, 3, 6, 1])
    first, second, third = (responses.until(np.datetime64(f"2026-01-0{day}")) for day in (6, 3, 5))
    assert first.columns["score"].tolist() == [3, 6, 1]
    assert second.columns["score"].tolist() == third.columns["score"].tolist() == [1, 3]
    assert np.shares_memory(second.columns["score"], third.columns["score"])
    assert not np.shares_memory(first.columns["score"], third.columns["score"])


def test_rows_on_unknown_days_are_there_on_every_day() -> None:
    invoices = table("invoices", customer=["a"] * 4, due=[DAY] * 4, amount=[1.0, 2.0, 3.0, 4.0])
    due = np.array(["2026-03-09", "NaT", "2026-03-01", "2026-03-05"], dtype="datetime64[D]")
    invoices = evolve(invoices, columns={**invoices.columns, "due": due})
    for day, amounts in (("06", [2.0, 3.0, 4.0]), ("03", [2.0, 3.0]), ("02", [2.0, 3.0])):
        before = invoices.until(np.datetime64(f"2026-03-{day}"))
        assert sorted(before.columns["amount"].tolist()) == amounts


def test_what_is_later_has_not_happened() -> None:
    invoices = table(
        "invoices",
        customer=["a"] * 3,
        due=[date(2026, 3, 1)] * 3,
        amount=[1.0, 2.0, 3.0],
        issued=[date(2026, 1, 4), DAY, date(2026, 1, 6)],
        paid=[DAY, date(2026, 1, 6), date(2026, 1, 7)],
    )
    before = invoices.until(np.datetime64("2026-01-05"))
    assert before.columns["amount"].tolist() == [1.0, 2.0]
    assert before.columns["paid"].astype(str).tolist() == ["2026-01-05", "NaT"]
    assert len(invoices) == 3
    assert invoices.until(np.datetime64("2026-01-07")) is invoices
