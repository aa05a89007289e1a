"""What a customer can do, what can be found out, what has to wait: told apart, in this order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from klantkompas import Compass, Invoice, Order, Portfolio, almost_list
from klantkompas.compass import Reading

AS_OF = date(2026, 6, 30)
START = date(2025, 12, 30)
RANK = {"doing": 0, "finding out": 1, "waiting": 2, "people": 3}


def invoice(on: date, late: bool) -> Invoice:
    return Invoice(customer="a", due=on, amount=9.0, paid=on + timedelta(days=int(late)))


def orders(customer: str, count: int, amount: float, **more: Any) -> list[Order]:
    days = [AS_OF - timedelta(days=each) for each in range(count)]
    return [Order(customer=customer, on=day, amount=amount, **more) for day in days]


def read(*interactions: Any) -> Reading:
    return Compass(installed=False).read(Portfolio.from_records(interactions), AS_OF)


def paying(late: int, on_time: int, earlier: int = 0) -> Reading:
    day, before = AS_OF - timedelta(days=9), START - timedelta(days=9)
    rows = [invoice(day, True)] * late + [invoice(day, False)] * on_time
    rows += [invoice(before, False)] * earlier
    return read(*orders("a", 1, 1.0), *orders("b", 3, 99.0), *rows)


@pytest.mark.parametrize(
    ("late", "on_time", "earlier", "more"),
    [(1, 3, 0, 16), (1, 17, 0, 2), (2, 1, 0, 37), (1, 0, 2, 19), (1, 1, 5, 18)],
)
def test_how_many_more_invoices_paid_on_time(
    late: int, on_time: int, earlier: int, more: int
) -> None:
    lifts = paying(late, on_time, earlier).classes.what_if("a").lifts
    (change,) = next(lift for lift in lifts if lift.factors == {"pays_on_time"}).changes
    assert (change.sort, change.more, change.more_unit) == ("doing", more, "invoices")

    def met(count: int) -> bool:
        card = paying(late, on_time + count, earlier).scorecard
        row = card.ids.tolist().index("a")
        return bool(card.met[row, card.factors.index("pays_on_time")])

    assert met(more)
    assert not met(more - 1)


def test_sets_of_doing_come_first_and_waiting_last() -> None:
    reading = read(
        *orders("a", 4, 1.0, clear=None),
        *orders("b", 4, 50.0, clear=True, margin=5.0),
        *[invoice(AS_OF - timedelta(days=9), False)] * 2,
        Invoice(customer="b", due=AS_OF, amount=1.0, paid=AS_OF),
    )
    lifts = reading.classes.what_if("a").lifts
    ranks = [RANK[lift.sort] for lift in lifts]
    assert ranks == sorted(ranks)
    sorts = {change.factor: change.sort for lift in lifts for change in lift.changes}
    assert sorts["large_volume"] == "doing"
    assert sorts["clear_orders"] == "finding out"
    assert sorts["pays_on_time"] == "waiting"
    told = str(reading.classes.what_if("a"))
    assert "pays on time, with 1 invoice more (now 2 invoices in 2 years, 3 needed" in told or (
        "pays on time, with 1 invoice more (now 2 invoices since" in told
    )
    assert "orders large volumes: at least 200.00 (now 4.00); 196.00 more would do" in told


def beside_the_edge(more: float = 0.0) -> Reading:
    """k2 meets as many factors as k0, the last of two on the shortlist, and brings 6 less."""
    rows = [*orders("k0", 3, 100.0, clear=False), *orders("k1", 3, 300.0, clear=True)]
    rows += orders("k2", 3, 98.0 + more / 3, clear=True)
    for number in range(3, 10):
        rows += orders(f"k{number}", 3, 1.0 * number, clear=True)
    return read(*rows)


def test_what_revenue_lifts_is_told_by_the_card_and_the_list_alike() -> None:
    reading = beside_the_edge()
    found, (listed, *_) = reading.classes.what_if("k2"), almost_list(reading).listed
    assert found.short is not None
    assert (listed.customer, listed.factors_short, listed.revenue_short) == ("k2", 0, 6.0)
    assert (found.short.factors, found.short.revenue, found.short.factors_alone) == (0, 6.0, 1)
    assert {len(lift.factors) for lift in found.lifts} == {1}
    say = reading.writer().say
    assert [say(each) for each in found.in_brief][:2] == [
        "A by any one of these:",
        "  6.00 more revenue, past the last on the shortlist",
    ]
    assert found.sentences()[0] == (
        "k2 would be A if: 6.00 more revenue, past the last on the shortlist"
    )
    assert say(listed.in_brief) == "6.00 or 1 success factor short of the shortlist"
    labels = [beside_the_edge(more).classes.label("k2") for more in (5.97, 6.03)]
    assert labels == ["B", "A"]


def test_no_revenue_lifts_who_is_on_the_list_or_whom_a_place_on_it_does_not_help() -> None:
    reading = beside_the_edge()
    assert reading.classes.what_if("k0").short is None
    lone = read(*orders("a", 3, 90.0), *orders("b", 1, 1.0), *orders("c", 3, 2.0))
    assert lone.classes.label("c") == "C"
    assert lone.classes.what_if("c").short is None
    people = Compass(installed=False).read(reading.measures, shortlist=["k3"])
    assert people.classes.what_if("k2").short is None
