"""Measures that go wrong in one way, each caught by the check that is about that way."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from attrs import frozen

from klantkompas import Compass, Order, Portfolio
from klantkompas.domain.fields import identity, moment, number
from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks import (
    Measure,
)
from klantkompas.testing import check_plugin


def measure(of: Callable[[Any], Any], **properties: Any) -> tuple[Measure]:
    given = {"name": "ours", "unit": "orders", "describes": "..."} | properties
    return (Measure(of=of, **given),)


def revenue(period: Any) -> Any:
    return period.during("orders").sum("amount")


class Counter:
    """Returns another answer each time."""

    def __init__(self) -> None:
        self.numbers = itertools.count()

    def __call__(self, period: Any) -> Any:
        return revenue(period) * 0 + next(self.numbers)


class Remembering:
    """Counts how often the number of customers changed since it was last asked."""

    def __init__(self) -> None:
        self.customers, self.turns = 0, 0

    def __call__(self, period: Any) -> Any:
        self.turns += period.customers != self.customers
        self.customers = period.customers
        return revenue(period) + self.turns


def raising(period: Any) -> Any:
    return revenue(period) / len(period.ever("orders")["amout"])


def flat(period: Any) -> Any:
    return period.during("orders")["amount"]


def as_text(period: Any) -> Any:
    return np.array([str(value) for value in revenue(period)])


def mixing_up_rows(period: Any) -> Any:
    rows = period.during("orders")
    found = rows.count()
    rows["customer"][:] = 0
    return found


def writing_to_a_column(period: Any) -> Any:
    amounts = period.ever("contacts")["minutes"]
    amounts[amounts < 0] = 0
    return period.ever("contacts").sum(amounts)


def share_of_all(period: Any) -> Any:
    own = revenue(period)
    return own / np.nanmax(own, initial=1.0)


def ranked(period: Any) -> Any:
    return revenue(period).argsort().argsort() * 1.0


def until_today(period: Any) -> Any:
    last = period.ever("orders").max("on")
    days = np.datetime64("today") - last
    return np.where(np.isnat(last), np.nan, days.astype(float))


TODAY = np.datetime64("today")


def until_the_import(period: Any) -> Any:
    last = period.ever("orders").max("on")
    return np.where(np.isnat(last), np.nan, TODAY - last < np.timedelta64(30, "D"))


def first_minutes(period: Any) -> Any:
    rows = period.during("contacts")
    found = np.full(period.customers + 1, np.nan)
    found[rows["customer"][::-1]] = rows["minutes"][::-1]
    return found[:-1]


def zero_for_unknown(period: Any) -> Any:
    return np.nan_to_num(revenue(period))


def by_position(period: Any) -> Any:
    return revenue(period) + np.arange(period.customers)


def largest(period: Any) -> Any:
    own = revenue(period)
    return own - 0 * own.max()


def not_unclear(period: Any) -> Any:
    orders = period.during("orders")
    return orders.count(where=orders["clear"] != 0)


def counted_by_where(period: Any) -> Any:
    orders = period.during("orders")
    return orders.sum(np.where(orders["clear"], 1.0, 0.0))


def unclear(period: Any) -> Any:
    orders = period.during("orders").require("clear")
    return orders.sum(1 - orders["clear"])


def squeezed(period: Any) -> Any:
    return np.squeeze(revenue(period))


def large_orders(period: Any) -> Any:
    rows = period.during("orders")
    return rows.where(rows["amount"] > 50).sum("amount")


def large_share(period: Any) -> Any:
    rows = period.during("orders")
    return rows.share(rows["amount"] > 50, where=rows["amount"] > 0)


@frozen(kw_only=True)
class Visit:
    """A visit, of which the day on which it was rated is declared as its own day too."""

    customer: str = identity()
    on: date = moment(required=True)
    rated: date | None = moment()
    kilometres: float | None = number(low=0)


VISITS = InteractionKind(name="visits", record=Visit)


def rated_visits(period: Any) -> Any:
    visits = period.ever("visits").require("rated")
    return visits.where(~np.isnat(visits["rated"])).count()


def kilometres(period: Any) -> Any:
    return period.during("visits").sum("kilometres")


MEASURES = {
    "raising": (
        measure(raising),
        "answers",
        r"failed: ArgumentError: orders have no 'amout'. Did you mean 'amount'?",
    ),
    "of another shape": (
        measure(flat),
        "answers",
        r"must give values as a float for each of the \d customers, .*; it gave float64 of shape",
    ),
    "of another type": (measure(as_text), "answers", r"it gave <U\d+ of shape \(\d,\)"),
    "changing its input": (
        measure(mixing_up_rows),
        "mutation",
        r"afterwards these are others: the orders of the period|read-only",
    ),
    "writing to a column": (measure(writing_to_a_column), "mutation", "read-only"),
    "relative to the others": (
        measure(share_of_all, reads=("orders",)),
        "independence",
        r"customer '.+' has \S+, and measured without the others \S+",
    ),
    "another answer each time": (
        measure(Counter()),
        "determinism",
        r"customer '.+' has \d+\.0, and measured again \d+\.0",
    ),
    "remembering": (
        measure(Remembering()),
        "purity",
        "after it measured other customers",
    ),
    "by the order of rows": (
        measure(first_minutes),
        "row_order",
        r"with the rows the other way round",
    ),
    "seeing what comes later": (
        (VISITS, *measure(rated_visits, reads=("visits.rated",))),
        "as_of",
        r"customer '.+' has 1.0, and without what happened after 20\d\d-\d\d-\d\d 0.0",
    ),
    "having read the clock": (
        measure(until_the_import),
        "clock",
        "when the same happens 400 years later",
    ),
    "reading the clock": (
        measure(until_today),
        "clock",
        "when the same happens 400 years later",
    ),
    "zero where unknown": (
        measure(zero_for_unknown, reads=("orders",)),
        "unknown",
        r"customer '.+' has 0.0 where orders is absent",
    ),
    "unknown taken for yes": (
        measure(not_unclear),
        "yes_or_no",
        r"customer '.+' has 1.0 where orders.clear is unknown in all rows, as where it is yes",
    ),
    "unknown taken for no": (
        measure(
            lambda period: (rows := period.during("orders").require("clear")).share(
                rows.yes("clear"), where=np.ones(len(rows), dtype=np.bool_)
            ),
            unit="share",
            basis_unit="orders",
            is_proportion=True,
            reads=("orders.clear",),
        ),
        "unknown_answers",
        r"customer '.+' has .+, and .+ with more rows whose orders.clear is unknown",
    ),
    "a column of yes or no taken for a condition": (
        measure(counted_by_where),
        "yes_or_no",
        r"customer '.+' has 1.0 where orders.clear is unknown in all rows, as where it is yes",
    ),
    "nobody": (measure(largest), "nobody", "zero-size array"),
    "one customer": (measure(squeezed), "one_customer", r"it gave float64 of shape \(\)"),
    "money that does not grow with money": (
        measure(large_orders, unit="money"),
        "money_scale",
        r"of the unit 'money' it must be 8 times as much",
    ),
    "a share that grows with money": (
        measure(large_share, unit="share", basis_unit="orders", is_proportion=True),
        "money_scale",
        r"of the unit 'share' it must be the same",
    ),
    "no basis": (
        measure(revenue, basis_unit="orders"),
        "basis",
        "no basis, where it declares 'orders'",
    ),
    "no share": (
        measure(
            lambda period: (revenue(period), period.during("orders").count()),
            basis_unit="orders",
            is_proportion=True,
        ),
        "basis",
        "which it counts",
    ),
    "too many arguments": (
        measure(lambda period, months: revenue(period)),
        "signature",
        r"of takes \(period, months\), and is given \(a Period\)",
    ),
}


@pytest.mark.parametrize("name", MEASURES)
def test_a_bad_measure_is_caught_by_its_check(name: str, complaint: Any, failed: Any) -> None:
    declared, check, found = MEASURES[name]
    told = complaint(*declared)
    assert failed(told) == {check}
    assert told.startswith("the plugin 'Shop' does not pass 1 check:\n")
    assert f"the plugin 'Shop', measure 'ours': {check}: " in told
    assert re.search(rf"^  found: .*{found}", told, re.MULTILINE)
    assert re.search(r"^  remedy: \w+", told, re.MULTILINE)


def test_ranks_depend_on_others_on_ids_and_on_position(complaint: Any, failed: Any) -> None:
    told = complaint(*measure(ranked))
    assert {"independence", "ties", "unknown"} <= failed(told)


def test_positions_are_nothing_to_compute_with(complaint: Any, failed: Any) -> None:
    assert {"customer_order", "ties"} <= failed(complaint(*measure(by_position)))


def test_the_example_is_the_smallest_and_can_be_pasted(complaint: Any) -> None:
    told = complaint(*measure(share_of_all, reads=("orders",)))
    assert re.findall(r"^ +([A-Z]\w+)\(", told, re.MULTILINE) == ["Order", "Order"]
    assert not re.search("margin=|quantity=|clear=|reference=", told)
    code = dedent(told.partition("  with:\n")[2].partition("  remedy:")[0])
    pasted: dict[str, Any] = {"Order": Order, "Portfolio": Portfolio, "date": date}
    exec(code, pasted)
    plugin = measure(share_of_all, reads=("orders",))
    found = Compass(plugin, installed=False).measure(pasted["portfolio"], pasted["as_of"])["ours"]
    assert len(found) == 2
    assert not np.isnan(found).any()


@pytest.mark.parametrize(
    "of",
    [
        lambda period: period.during("orders").share("clear")[0],
        lambda period: period.during("orders").sum("clear"),
        unclear,
    ],
)
def test_what_is_known_of_yes_and_no_passes(of: Callable[[Any], Any], shop: Any) -> None:
    check_plugin(shop(*measure(of, reads=("orders.clear",))), max_examples=8)
