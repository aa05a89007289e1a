"""Loyal, satisfied, critical; and the score without lenient answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.loyalty import Loyalty, lenient_answers, loyalty_of
from klantkompas.portfolio import Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)


@pytest.mark.parametrize(
    ("score", "orders", "complaints", "label"),
    [
        (9, 2, 0, "loyal"),
        (10, 9, None, "loyal"),
        (9, 1, 0, "satisfied"),
        (9, 0, None, "satisfied"),
        (9, 2, 1, "satisfied"),
        (9, None, 0, None),
        (9, None, None, None),
        (9, None, 1, "satisfied"),
        (8, 9, 0, "satisfied"),
        (7, None, None, "satisfied"),
        (6, 9, 0, "critical"),
        (0, None, None, "critical"),
        (None, 9, 0, None),
    ],
)
def test_the_rule(score: Any, orders: Any, complaints: Any, label: str | None) -> None:
    found = loyalty_of([score], orders=[orders], open_complaints=[complaints])
    assert found.tolist() == [label]


@pytest.mark.parametrize(
    ("score", "wrong", "lenient"),
    [
        (5, 1, False),
        (6, 1, True),
        (7, 3, True),
        (8, 1, True),
        (9, 1, False),
        (7, 0, False),
        (7, None, False),
        (None, 1, False),
    ],
)
def test_lenient(score: Any, wrong: Any, lenient: bool) -> None:
    assert lenient_answers([score], went_wrong=[wrong]).tolist() == [lenient]


def test_how_many_orders_show_that_one_comes_back_is_a_choice() -> None:
    assert loyalty_of([9], orders=[2], open_complaints=[0], returning=3).tolist() == ["satisfied"]


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ArgumentError, match="scores 1, orders 2, open_complaints 1"):
        loyalty_of([9], orders=[2, 1], open_complaints=[0])
    with pytest.raises(ArgumentError, match="scores"):
        lenient_answers(["nine"], went_wrong=[1])


def read(**tables: Any) -> Loyalty:
    found = COMPASS.read(Portfolio.from_tables(**tables), LAST)["loyalty"]
    assert isinstance(found, Loyalty)
    return found


def answers(**scores: int) -> dict[str, Any]:
    return {"customer": [*scores], "on": [LAST] * len(scores), "score": [*scores.values()]}


def complaints(*owners: str, **columns: Any) -> dict[str, Any]:
    return {"customer": [*owners], "on": [LAST - timedelta(90)] * len(owners), **columns}


def orders(**counts: int) -> dict[str, Any]:
    owners = [owner for owner, count in counts.items() for _ in range(count)]
    return {
        "customer": owners,
        "on": [date(2025, 7, 1)] * len(owners),
        "amount": [1.0] * len(owners),
    }


def test_a_reading() -> None:
    found = read(
        responses=answers(a=10, b=9, c=8, d=7, e=6, f=3),
        orders=orders(a=2, b=1),
        complaints=complaints("c", "e", "f", resolved=[LAST] * 3),
    )
    assert found.labels.tolist() == ["loyal", *["satisfied"] * 3, "critical", "critical"]
    assert found.counts() == {"loyal": 1, "satisfied": 3, "critical": 2, "unknown": 0}
    assert found.lenient_ids == ("c", "e")
    assert found.as_answered.counts == (2, 2, 2)
    assert found.as_it_would_be is not None
    assert found.as_it_would_be.counts == (3, 1, 2)
    assert str(found) == (
        "Loyalty of 6 customers: would stay 1, may go 3, scored low 2, unknown 0; answers that may "
        "be too kind: 2; NPS 0.0 as answered and -16.7 with those as detractors"
    )


def test_it_explains_itself() -> None:
    found = read(
        responses=answers(a=10, c=8, d=9),
        orders=orders(a=2, d=2),
        complaints=complaints("c", "c", "d", resolved=[LAST, LAST, None]),
        contacts={"customer": ["c"], "on": [LAST], "rating": [2.0]},
    )
    assert found.why("c").sentences() == (
        "Their latest score is 8: they may go when there is a better offer.",
        "Orders in the last two periods: 0.",
        "Their score may be kinder than what happened: something went wrong in the 90 days before.",
        "Before that answer: complaints: 2.",
        "Before that answer: contacts rated 3 or lower: 1.",
    )
    assert found.why("d").sentences()[-1] == "Their open complaints: 1."
    assert found.why("a").sentences("nl")[0] == (
        "Het laatste cijfer is een 10; de klant komt terug en heeft geen open klacht."
    )
    assert "klachten: 2" in " ".join(found.why("c").sentences("nl"))
    assert found.to_frame("polars").columns == ["id", "loyalty", "last_score", "lenient"]


def test_unknown_complaints_and_orders_are_shown() -> None:
    found = read(responses=answers(a=10))
    assert found.labels.tolist() == [None]
    assert found.as_it_would_be is None
    assert str(found) == (
        "Loyalty of 1 customer: would stay 0, may go 0, scored low 0, unknown 1; what went wrong "
        "before the answers is unknown"
    )
    assert found.why("a").sentences() == (
        "Whether they would stay is unknown.",
        "Their latest score is 10.",
        "Orders in the last two periods: unknown.",
        "Whether they have an open complaint is unknown.",
    )


def test_who_gave_no_score_is_unknown() -> None:
    found = read(responses=answers(a=10), orders=orders(b=5))
    assert found.why("b").sentences() == (
        "Whether they would stay is unknown.",
        "They gave no score in the period.",
    )
    nobody = Portfolio.from_tables(orders=orders(b=5))
    assert isinstance(COMPASS.read(nobody, LAST)["loyalty"], Unanswered)


def test_who_objects_counts_and_is_not_named() -> None:
    found = read(
        customers={"id": ["a", "o"], "opted_out": [False, True]},
        responses=answers(a=10, o=8),
        complaints=complaints("o"),
    )
    assert found.labels.tolist() == [None, None]
    assert found.lenient_ids == ()
    assert found.as_it_would_be is not None
    assert found.as_it_would_be.counts == (1, 0, 1)
    assert found.why("o").sentences() == ("They object to profiling: they count in totals only.",)
    assert found.to_frame("polars")["id"].to_list() == ["a"]
    assert sum(found.counts().values()) == 1


def test_the_scale_is_that_of_the_survey() -> None:
    portfolio = Portfolio.from_tables(responses=answers(a=1, b=9), score_scale=(1, 10))
    found = COMPASS.read(portfolio, LAST)["loyalty"]
    assert found.as_answered.scale == (1, 10)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10)),
            st.one_of(st.none(), st.integers(0, 4)),
            st.one_of(st.none(), st.integers(0, 2)),
        ),
        max_size=10,
    )
)
def test_each_customer_by_itself(rows: list[tuple[Any, Any, Any]]) -> None:
    scores, ordered, open_ones = ([row[at] for row in rows] for at in range(3))

    def plain(score: Any, orders: Any, complaints: Any) -> str | None:
        if score is None:
            return None
        if score <= 6:
            return "critical"
        if score <= 8 or (complaints or 0) > 0:
            return "satisfied"
        if orders is None:
            return None
        return "loyal" if orders >= 2 else "satisfied"

    found = loyalty_of(scores, orders=ordered, open_complaints=open_ones)
    assert found.tolist() == [plain(*row) for row in rows]
