"""A business leaves out the factors and rules that do not matter to it, and may declare its own."""

from __future__ import annotations

from datetime import date

import pytest

from klantkompas import AtLeast, AtMost, Compass, Order, Portfolio, SuccessFactor, hookimpl
from klantkompas.errors import PluginError


class Stricter:
    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        return [
            SuccessFactor(
                name="orders_regularly",
                measure="order_days",
                criterion=AtLeast(9),
                title="orders all the time",
            )
        ]


def test_what_is_left_out_is_not_counted() -> None:
    orders = [Order(customer="a", on=date(2026, 1, day), amount=1.0) for day in (1, 2, 3)]
    portfolio = Portfolio.from_records(orders)
    names = {"pays_on_time", "orders_regularly"}
    card = Compass(installed=False, leave_out=names).read(portfolio).scorecard
    assert not names & set(card.factors)
    assert len(card.factors) == len(Compass(installed=False).declarations.factors) - 2


def test_a_factor_may_be_declared_anew() -> None:
    compass = Compass([Stricter()], installed=False, leave_out={"orders_regularly"})
    (factor,) = [f for f in compass.declarations.factors if f.name == "orders_regularly"]
    assert factor.criterion == AtLeast(9)
    with pytest.raises(PluginError, match="'orders_regularly' is declared by"):
        Compass([Stricter()], installed=False)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("returns_little", "the success factor of the plugin 'returns_little'"),
        ("revenue", "the measure of the plugin 'klantkompas.measures'"),
        ("pareto", "the lens of the plugin 'klantkompas.lenses'"),
    ],
)
def test_a_name_that_stays_is_refused_with_the_reason(name: str, whose: str) -> None:
    given = SuccessFactor(
        name="returns_little", measure="credited_share", criterion=AtMost(0.1), title="..."
    )
    with pytest.raises(
        PluginError, match=f"leave_out names '{name}', {whose}: what is given stays"
    ):
        Compass([given], installed=False, leave_out={name})


def test_a_name_that_nothing_bears_is_refused() -> None:
    with pytest.raises(PluginError, match="Did you mean 'pays_on_time'"):
        Compass(installed=False, leave_out={"pay_on_time"})
