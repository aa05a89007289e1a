"""What is open from before stands beside a met factor that does not judge it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klantkompas import AtLeast, Compass, Complaint, Invoice, Order, Portfolio, SuccessFactor
from klantkompas.errors import PluginError
from klantkompas.reviews.work_lists import work_lists
from klantkompas.wording.writer import Writer

NOW = date(2026, 6, 30)


def rows(owed: float = 0.0, late: bool = False, complains: bool = False) -> list[object]:
    days = [NOW - timedelta(each) for each in (2, 20, 40)]
    made: list[object] = [Order(customer="a", on=day, amount=9.0) for day in days]
    paid = timedelta(5 if late else -1)
    made += [Invoice(customer="a", due=day, paid=day + paid, amount=9.0) for day in days]
    before = NOW - timedelta(400)
    made += [Invoice(customer="a", due=before, amount=owed)] if owed else []
    resolved = None if complains else before
    return [*made, Complaint(customer="a", on=before, resolved=resolved)]


def said(*given: object) -> list[str]:
    why = Compass(installed=False).read(Portfolio.from_records(given), NOW).classes.why("a")
    return [*why.sentences(), *map(Writer().say, why.in_brief)]


def test_what_is_owed_from_before_stands_where_it_is_said_that_they_pay_on_time() -> None:
    open_now = "\n".join(said(*rows(owed=80.0, complains=True)))
    assert "+ pays on time: 100% of 3 invoices in 6 months; unpaid past due: 80.00" in open_now
    assert "+ rarely complains: 0 complaints per order in 6 months; still open: 1 complaint" in (
        open_now
    )
    assert "pays on time (100% of 3 invoices; unpaid past due: 80.00; chance" in open_now
    nothing = "\n".join(said(*rows()))
    assert "past due" not in nothing
    assert "still open" not in nothing


def test_of_who_does_not_pay_on_time_it_is_not_said_there() -> None:
    assert "- pays on time: 0% of 3 invoices in 6 months, at least 95%" in "\n".join(
        said(*rows(owed=80.0, late=True))
    )


def test_whom_to_cherish_is_listed_with_what_they_owe() -> None:
    reading = Compass(installed=False).read(Portfolio.from_records(rows(owed=80.0)), NOW)
    (line,) = work_lists(reading)["cherish"]
    assert reading.writer().say(line.in_brief) == (
        "they met 4 of 4 success factors in 6 months; unpaid past due: 80.00"
    )


def test_a_factor_says_what_is_open_by_a_measure_that_is_there() -> None:
    def factor(still_open: str) -> SuccessFactor:
        return SuccessFactor(
            name="orders",
            measure="order_count",
            criterion=AtLeast(1),
            title="orders",
            still_open=still_open,
        )

    with pytest.raises(PluginError, match="as still open the measure 'overdue_amont'"):
        Compass([factor("owes {overdue_amont}")], installed=False)
    reading = Compass([factor("owes {overdue_amount}")], installed=False).read(
        Portfolio.from_records(rows(owed=80.0)), NOW
    )
    assert "orders: 3 orders; owes 80.00" in str(reading.classes.why("a"))
