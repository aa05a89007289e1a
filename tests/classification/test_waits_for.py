"""What would settle the classes is said in the words of what the factor counts."""

from __future__ import annotations

import numpy as np
import pytest

from klantkompas import AtLeast, Compass, Measure, Order, Portfolio, Reading, SuccessFactor
from klantkompas.hooks import Unit
from klantkompas.portfolio.storage import decode_measures, encode_measures


def reading(basis_unit: str) -> Reading:
    signed = Measure(
        name="signed_share",
        of=lambda period: (np.ones(period.customers), np.ones(period.customers)),
        unit="share",
        describes="share signed for",
        basis_unit=basis_unit,
        is_proportion=True,
    )
    factor = SuccessFactor(
        name="signs", measure=signed, criterion=AtLeast(0.9), title="signs for deliveries"
    )
    others = {each.name for each in Compass(installed=False).declarations.factors}
    compass = Compass([factor], installed=False, leave_out=others)
    return compass.read(Portfolio.from_records([Order(customer="a", on=DAY, amount=1.0)]))


DAY = np.datetime64("2026-03-02").astype(object)


@pytest.mark.parametrize(
    ("basis_unit", "said"),
    [
        ("orders", "Most of them wait for more orders: signs for deliveries."),
        (Unit("deliveries", one="delivery"), "wait for more deliveries: signs for deliveries."),
        ("", "Most of them wait for more rows: signs for deliveries."),
    ],
)
def test_it_names_what_there_is_too_little_of(basis_unit: str, said: str) -> None:
    assert said in str(reading(basis_unit).classes)


def test_one_of_it_is_called_so_where_measures_were_stored() -> None:
    found = reading(Unit("deliveries", one="delivery"))
    assert "rests on 1 delivery, 3 needed" in str(found.classes.why("a"))
    stored = decode_measures(*encode_measures(found.measures)).column("signed_share")
    assert stored.basis_unit == "deliveries"
    assert stored.basis_unit.one == "delivery"
    assert stored.unit == "share"
