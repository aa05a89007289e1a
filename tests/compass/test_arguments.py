"""What is given to a compass is looked at at the door: no plugin is blamed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas import ArgumentError, Compass, Order, Override, Portfolio

DAY = date(2026, 1, 7)
PORTFOLIO = Portfolio.from_records(
    [Order(customer=each, on=DAY, amount=10.0) for each in ("0017", "0023", "0042")]
)
COMPASS = Compass(installed=False)


def override(customer: str = "0017", label: str = "A") -> Override:
    return Override(customer, label, by="Anna", on=DAY, because="our first customer")


def read(**given: Any) -> Callable[[], Any]:
    return lambda: COMPASS.read(PORTFOLIO, **given)


REFUSED: Mapping[str, tuple[Callable[[], Any], str]] = {
    "nothing to read": (lambda: COMPASS.read(None), "a Portfolio or Measures, not NoneType"),
    "a file to read": (lambda: COMPASS.read("orders.csv"), "a Portfolio or Measures, not str"),
    "nothing to measure": (lambda: COMPASS.measure(None), "a Portfolio, not NoneType"),
    "a shortlist of one string": (read(shortlist="0017"), "shortlist is a list of ids, not str"),
    "a shortlist that is a number": (read(shortlist=17), "shortlist is a list of ids, not int"),
    "a shortlist of nobody": (read(shortlist=["0071"]), "Did you mean '0017'?"),
    "a shortlist that is a mapping": (read(shortlist={"0017": 1}), "a list of ids, not dict"),
    "an override of nobody": (read(overrides=[override("0071")]), "Did you mean '0017'?"),
    "an override to no class": (read(overrides=[override(label="E")]), "There are: A, B, C, D."),
    "overrides of strings": (read(overrides=["A"]), "it holds 'A'"),
    "overrides that are one string": (read(overrides="A"), "a list of Override(...), not str"),
    "no overrides": (read(overrides=None), "a list of Override(...), not NoneType"),
    "one override": (read(overrides=override()), "a list of Override(...), not Override"),
    "an override as a tuple": (read(overrides=("0017", "A")), "it holds '0017'"),
    "a year as a date": (read(as_of=2026), "as_of is a date"),
    "months of a geologist": (lambda: Compass(months=10**30), "from 1 to 1200"),
    "no months": (lambda: Compass(months=0), "from 1 to 1200"),
    "months as yes or no": (lambda: Compass(months=True), "from 1 to 1200"),
    "what to block as one string": (lambda: Compass(block="x"), "is one string"),
    "what to leave out as numbers": (lambda: Compass(leave_out=[1]), "1 is not a name"),
    "what to leave out as a number": (lambda: Compass(leave_out=1), "1 is not a name"),
    "plugins as nothing": (lambda: Compass(None), "plugins is a list"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_argument_is_refused_at_the_door(case: str) -> None:
    give, said = REFUSED[case]
    with pytest.raises(ArgumentError) as caught:
        give()
    assert said in str(caught.value)
    assert "plugin 'klantkompas" not in str(caught.value)


@pytest.mark.parametrize(
    "shortlist",
    [["0017"], ("0017",), {"0017"}, iter(["0017"]), np.array(["0017"]), (x for x in ["0017"])],
    ids=lambda each: type(each).__name__,
)
def test_a_shortlist_may_be_any_iterable(shortlist: Any) -> None:
    reading = COMPASS.read(PORTFOLIO, shortlist=shortlist)
    assert reading.scorecard.shortlisted.tolist() == [True, False, False]
    assert reading["fit"].listed == 1


def test_a_period_may_be_a_hundred_years() -> None:
    assert Compass(installed=False, months=1200).read(PORTFOLIO).measures.months == 1200


def test_overrides_may_be_a_tuple() -> None:
    reading = COMPASS.read(PORTFOLIO, overrides=(override(label="B"),))
    assert reading.classes.label("0017") == "B"
