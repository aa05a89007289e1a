"""Who may be let go, and only when replaced: each protection, the allowance and the revenue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas import (
    AtLeast,
    ClassificationRule,
    Compass,
    Measures,
    Override,
    Reading,
    SuccessFactor,
    hookimpl,
)
from klantkompas.reviews import letting_go as reasons
from klantkompas.reviews.compare import compare_reviews
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.letting_go import LettingGoPlan, plan_letting_go

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
Make = Callable[..., Measures]


class OneFactor:
    """Class B for who orders on three days or more, D otherwise, whatever else is known."""

    @hookimpl
    def klantkompas_classification_rules(self) -> list[ClassificationRule]:
        return [
            ClassificationRule(
                name="fits", label="B", when=lambda card: card["order_days"] >= 3, because="fits"
            ),
            ClassificationRule(
                name="fits_not",
                label="D",
                when=lambda card: card["order_days"] < 3,
                because="does not fit",
                priority=2,
            ),
        ]


class Customers:
    """A table of customers at two readings, by id."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.rows: dict[str, dict[str, Any]] = {}

    def add(self, customer: str, **columns: Any) -> Customers:
        self.rows[customer] = columns
        return self

    def reading(self, as_of: date, when: int, **settings: Any) -> Reading:
        ids = sorted(
            (each for each, row in self.rows.items() if row["days"][when] is not None),
            key=lambda each: (len(each), each),
        )
        rows = [self.rows[each] for each in ids]

        def column(name: str, default: float = np.nan) -> list[float]:
            found = [row.get(name, default) for row in rows]
            return [each[when] if isinstance(each, tuple) else each for each in found]

        days = column("days")
        measures = self.make(
            {
                "order_days": days,
                "revenue": column("revenue", 10.0),
                "margin": column("margin"),
                "attention_minutes": column("minutes"),
                "active": [float(each > 0) for each in days],
                "recency_days": column("recency", 10.0),
                "days_since_first_order": column("first", 2000.0),
            },
            ids=ids,
            as_of=as_of,
        )
        return Compass([OneFactor()], installed=False).read(measures, **settings)

    def plan(self, already: tuple[LetGo, ...] = (), **settings: Any) -> LettingGoPlan:
        before, now = self.reading(THEN, 0), self.reading(NOW, 1, **settings)
        return plan_letting_go(compare_reviews(before, now), already=already)


@pytest.fixture
def shop(make_measures: Make) -> Customers:
    """Ten large customers, so that the small ones are neither shortlisted nor vital."""
    customers = Customers(make_measures)
    for number in range(10):
        customers.add(f"big{number}", days=(5, 5), revenue=10_000.0 + number)
    return customers


def won(customers: Customers, count: int, revenue: float = 500.0) -> Customers:
    for number in range(count):
        customers.add(f"won{number}", days=(None, 4), revenue=revenue)
    return customers


def verdicts(plan: LettingGoPlan) -> dict[str, str]:
    return {each.customer: each.because for each in plan.verdicts}


def test_without_a_review_nobody_is_let_go(shop: Customers) -> None:
    shop.add("d1", days=(1, 1))
    plan = plan_letting_go(shop.reading(NOW, 1))
    assert (plan.allowance, plan.proposed) == (0, ())
    assert set(verdicts(plan).values()) == {reasons.NO_REVIEW}


def test_as_many_as_were_won_go_the_least_contribution_first(shop: Customers) -> None:
    for number in range(4):
        shop.add(f"d{number}", days=(1, 1), revenue=10.0 * (4 - number))
    plan = won(shop, 2).plan()
    assert plan.allowance == 2
    assert plan.proposed == ("d3", "d2")
    assert verdicts(plan)["d1"] == reasons.USED_UP
    assert set(verdicts(plan)) == {"d0", "d1", "d2", "d3"}


def test_who_was_lost_and_who_was_let_go_lower_the_allowance(shop: Customers) -> None:
    shop.add("lost", days=(4, 0), revenue=5.0)
    for number in range(4):
        shop.add(f"d{number}", days=(1, 1), revenue=1.0)
    already = (LetGo("gone", date(2026, 2, 1), by="Anna", revenue=3.0, review=THEN),)
    plan = won(shop, 3).plan(already)
    assert (plan.won, plan.lost) == (("won0", "won1", "won2"), ("lost",))
    assert plan.allowance == 1
    assert plan.revenue_room == 1500 - 5 - 3
    assert len(plan.proposed) == 1
    earlier = (LetGo("gone", THEN, by="Anna", revenue=3.0, review=THEN),)
    assert shop.plan(earlier).allowance == 2


@pytest.mark.parametrize(("recency", "counts"), [(364.0, False), (365.0, True)])
def test_won_is_who_had_not_ordered_for_twelve_months(
    shop: Customers, recency: float, counts: bool
) -> None:
    shop.add("back", days=(0, 4), recency=(recency, 10.0))
    assert (shop.plan().won == ("back",)) is counts


def test_one_whose_revenue_does_not_fit_is_passed_over(shop: Customers) -> None:
    shop.add("dear", days=(1, 1), revenue=40.0, margin=1.0)
    shop.add("cheap", days=(1, 1), revenue=30.0, margin=2.0)
    plan = won(shop, 1, revenue=30.0).plan()
    assert verdicts(plan)["dear"] == reasons.TOO_MUCH
    assert plan.proposed == ("cheap",)


def test_margin_counts_only_when_that_of_every_d_customer_is_known(shop: Customers) -> None:
    shop.add("a", days=(1, 1), revenue=20.0, margin=1.0).add(
        "b", days=(1, 1), revenue=10.0, margin=2.0
    )
    assert won(shop, 1).plan().proposed == ("a",)
    shop.add("c", days=(1, 1), revenue=30.0)
    assert shop.plan().proposed == ("b",)


def test_of_equals_the_one_that_asks_most_attention_goes_first(shop: Customers) -> None:
    shop.add("a", days=(1, 1)).add("b", days=(1, 1), minutes=5.0)
    shop.add("c", days=(1, 1), minutes=9.0).add("d", days=(1, 1))
    plan = won(shop, 4).plan()
    assert plan.proposed == ("c", "b", "a", "d")


def test_the_new_are_protected(shop: Customers) -> None:
    shop.add("fresh", days=(None, 1), first=20.0).add("old", days=(1, 1))
    plan = won(shop, 2).plan()
    assert verdicts(plan) == {"fresh": reasons.IS_NEW, "old": reasons.PROPOSED}


def test_the_shortlisted_and_the_overridden_are_protected(shop: Customers) -> None:
    shop.add("liked", days=(1, 1)).add("kept", days=(1, 1)).add("plain", days=(1, 1))
    given = [Override("kept", "C", by="Anna", on=NOW, because="it is my brother")]
    plan = won(shop, 3).plan(shortlist=["liked"], overrides=given)
    assert verdicts(plan) == {
        "liked": reasons.SHORTLISTED,
        "kept": reasons.OVERRIDDEN,
        "plain": reasons.PROPOSED,
    }


def test_all_who_tie_with_the_last_of_the_vital_few_are_protected(make_measures: Make) -> None:
    shop = Customers(make_measures)
    shop.add("huge", days=(5, 5), revenue=60.0)
    for name in ("tie1", "tie2", "tie3"):
        shop.add(name, days=(1, 1), revenue=20.0)
    shop.add("small", days=(1, 1), revenue=1.0)
    plan = won(shop, 3, revenue=0.5).plan(shortlist=[])
    found = verdicts(plan)
    assert {found[name] for name in ("tie1", "tie2", "tie3")} == {reasons.VITAL}
    assert found["small"] == reasons.PROPOSED


def test_who_was_let_go_is_not_let_go_again(shop: Customers) -> None:
    shop.add("d1", days=(1, 1), recency=200.0).add("d2", days=(1, 1))
    already = (LetGo("d1", date(2026, 2, 1), by="Anna", revenue=10.0, review=THEN),)
    plan = won(shop, 3).plan(already)
    assert verdicts(plan) == {"d1": reasons.ALREADY, "d2": reasons.PROPOSED}


def test_of_the_provisional_something_is_to_be_found_out_first(make_measures: Make) -> None:
    class Unsure:
        @hookimpl
        def klantkompas_success_factors(self) -> list[SuccessFactor]:
            return [
                SuccessFactor(
                    name="answers", measure="last_score", criterion=AtLeast(9), title="answers"
                )
            ]

    names = [f"big{number}" for number in range(10)]
    values = {
        "revenue": [1000.0] * 10 + [1.0, 1.0],
        "order_count": [5.0] * 12,
        "order_days": [5.0] * 10 + [1.0, 1.0],
        "credited_share": [0.0] * 10 + [0.9, 0.9],
        "clear_share": [1.0] * 10 + [0.1, 0.1],
        "complaint_rate": [0.0] * 10 + [0.9, 0.9],
        "on_time_share": [1.0] * 10 + [0.1, 0.1],
        "settled_at_once_share": [1.0] * 10 + [0.1, 0.1],
        "margin_share": [0.5] * 10 + [0.1, 0.1],
        "days_since_first_order": [2000.0] * 12,
        "recency_days": [10.0] * 10 + [10.0, 10.0],
        "last_score": [9.0] * 10 + [3.0, np.nan],
    }
    compass = Compass([Unsure()], installed=False)
    now = make_measures(values, ids=[*names, "zknown", "zunsure"], as_of=NOW)
    then = make_measures({name: each[9:] for name, each in values.items()}, as_of=THEN)
    plan = plan_letting_go(compare_reviews(compass.read(then), compass.read(now)))
    assert plan.allowance >= 2
    assert verdicts(plan) == {"zknown": reasons.PROPOSED, "zunsure": reasons.PROPOSED}
    assert [each.customer for each in plan.sure] == ["zknown"]
    (unsure,) = plan.to_find_out
    assert (unsure.customer, unsure.find_out) == ("zunsure", ("answers",))


def test_the_gentler_steps_come_first_in_either_language(shop: Customers) -> None:
    shop.add("d1", days=(1, 1))
    plan = won(shop, 1).plan()
    english, dutch = plan.sentences(), plan.sentences("nl")
    assert english[0].index("ask why") < english[0].index("only then let go")
    assert len(english) == len(dutch) == 4
    assert english != dutch
    assert plan.to_frame("polars").height == 1
