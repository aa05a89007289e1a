"""What it takes is told with whether a customer ever did so much."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klantkompas import Compass, Order, Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)


@pytest.mark.parametrize(("unclear", "more", "out_of_reach"), [(1, 5, False), (3, 25, True)])
def test_more_than_the_period_brought_is_out_of_reach(
    unclear: int, more: int, out_of_reach: bool
) -> None:
    rows = [
        Order(customer="a", on=LAST - timedelta(at), amount=1.0, clear=at >= unclear)
        for at in range(5)
    ]
    rows += [Order(customer="b", on=LAST, amount=9.0, clear=True) for _ in range(3)]
    classes = COMPASS.read(Portfolio.from_records(rows)).classes
    found = classes.what_if("a")
    changes = {each.factor: each for lift in found.lifts for each in lift.changes}
    change = changes["clear_orders"]
    assert (change.more, change.had, change.out_of_reach) == (more, 5, out_of_reach)
    told = change.in_brief.values["told"]
    assert ("in this period" in str(told)) is out_of_reach
