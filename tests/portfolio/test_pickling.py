"""Portfolios and measures travel to other processes, whatever has been asked of them yet."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date

import pytest

from klantkompas.compass import Compass
from klantkompas.domain.interactions import Order
from klantkompas.portfolio import Portfolio

ORDER = Order(customer="a", on=date(2026, 1, 5), amount=10.0)
TWICE = [ORDER, ORDER, Order(customer="b", on=date(2026, 1, 6), amount=5.0)]


@pytest.mark.parametrize("asked", [lambda made: None, lambda made: (made.notes, made.ids)])
def test_they_come_out_as_they_went_in(asked: Callable[[Portfolio], object]) -> None:
    portfolio = Portfolio.from_records(TWICE)
    measures = Compass(installed=False).measure(portfolio)
    asked(portfolio)
    for made in (portfolio, measures):
        travelled = pickle.loads(pickle.dumps(made))
        assert travelled.ids.tolist() == ["a", "b"]
        assert travelled.notes == made.notes
        assert len(made.notes) == 1
    again = Compass(installed=False).measure(pickle.loads(pickle.dumps(portfolio)))
    assert again["revenue"].tolist() == measures["revenue"].tolist()
