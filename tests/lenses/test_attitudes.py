"""How customers stand towards you: every rule at both sides of its threshold, and what to do."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.attitudes import (
    Attitudes,
    ReasonCount,
    attitudes_of,
    read_attitudes,
    reasons_counted,
)
from klantkompas.lenses.attitudes.recovery import Recovery
from klantkompas.portfolio import Portfolio
from klantkompas.wording.writer import Writer

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
UNKNOWN: dict[str, Any] = dict.fromkeys(
    (
        *("last_score", "open_complaints", "remembered", "orders_ever", "order_count"),
        *("recency_days", "attention_per_order"),
    )
)


def attitude(**known: Any) -> tuple[str | None, str | None]:
    extra = {name: [known.pop(name)] for name in ("high_attention", "enraged") if name in known}
    group, kind = attitudes_of(
        **{name: [each] for name, each in (UNKNOWN | known).items()}, **extra
    )
    return group[0], kind[0]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, (None, None)),
        ({"last_score": 6}, ("negative", "disappointed")),
        ({"last_score": 7}, (None, None)),
        ({"last_score": 4}, ("negative", "disappointed")),
        ({"last_score": 3}, ("negative", "hostile")),
        ({"open_complaints": 1}, ("negative", "disappointed")),
        ({"open_complaints": 0}, (None, None)),
        ({"remembered": 3.75}, ("negative", "disappointed")),
        ({"remembered": 4}, (None, None)),
        ({"remembered": 4 - 1e-12}, (None, None)),
        ({"open_complaints": 1, "last_score": 10, "remembered": 9}, ("negative", "disappointed")),
        ({"open_complaints": 1, "enraged": 1}, ("negative", "hostile")),
        ({"open_complaints": 1, "enraged": 0}, ("negative", "disappointed")),
        ({"open_complaints": 1, "enraged": None}, ("negative", "disappointed")),
        ({"enraged": 1}, (None, None)),
        ({"last_score": 8}, (None, None)),
        ({"last_score": 9}, ("positive", None)),
        ({"remembered": 7.75}, (None, None)),
        ({"remembered": 8}, ("positive", None)),
        ({"remembered": 3, "last_score": 9}, ("negative", "disappointed")),
        ({"orders_ever": 0}, (None, None)),
        ({"orders_ever": 1, "recency_days": 89}, ("middle", "undecided")),
        ({"orders_ever": 1, "recency_days": 90}, ("middle", "one-off")),
        ({"orders_ever": 1, "recency_days": 90, "high_attention": 1}, ("middle", "one-off")),
        ({"orders_ever": 1, "recency_days": 89, "high_attention": 1}, ("middle", "high attention")),
        ({"orders_ever": 2, "recency_days": 90, "order_count": 1}, ("middle", "shopper")),
        ({"orders_ever": 2, "order_count": 1, "high_attention": 1}, ("middle", "high attention")),
        ({"orders_ever": 2, "order_count": 0}, ("middle", "shopper")),
        ({"orders_ever": 2, "order_count": 2}, ("middle", "undecided")),
        ({"orders_ever": 1, "order_count": 1, "recency_days": 1}, ("middle", "undecided")),
        ({"orders_ever": 9, "last_score": 8, "order_count": 9}, ("middle", "undecided")),
    ],
)
def test_the_rules(known: dict[str, Any], expected: tuple[str | None, str | None]) -> None:
    assert attitude(**known) == expected


@pytest.mark.parametrize(
    ("minutes", "asking"),
    [
        ([5.0] * 9 + [10.0], [9]),
        ([5.0] * 9 + [9.9], []),
        ([5.0] * 8 + [10.0, 30.0], [9]),
        ([5.0] * 9 + [8.0, 20.0], [10]),
        ([0.0] * 10, []),
        ([0.0] * 9 + [1.0], [9]),
        ([5.0] * 7 + [20.0] * 3, []),
        ([5.0] * 8 + [20.0] * 2, [8, 9]),
        ([None] * 5 + [5.0, 5.0, 20.0], [7]),
    ],
)
def test_high_attention_is_the_top_tenth_and_twice_the_median(
    minutes: list[float | None], asking: list[int]
) -> None:
    count = len(minutes)
    row = {name: [None] * count for name in UNKNOWN}
    row |= {"orders_ever": [3] * count, "order_count": [3] * count, "attention_per_order": minutes}
    _, kind = attitudes_of(**row)
    assert [place for place in range(count) if kind[place] == "high attention"] == asking


@given(
    st.lists(
        st.tuples(
            *(
                st.one_of(st.none(), values)
                for values in (
                    st.integers(0, 10),
                    st.integers(0, 2),
                    st.integers(0, 20).map(lambda half: half / 2),
                    st.integers(0, 3),
                    st.integers(0, 3),
                    st.sampled_from([0, 89, 90, 91]),
                    st.integers(0, 1),
                    st.integers(0, 1),
                )
            )
        ),
        max_size=8,
    )
)
def test_each_customer_by_itself(rows: list[tuple[Any, ...]]) -> None:
    def plain(
        score: Any, open_: Any, memory: Any, ever: Any, now: Any, days: Any, asks: Any, rage: Any
    ) -> tuple[str | None, str | None]:
        low = (score is not None and score <= 6) or (memory is not None and memory < 4)
        if low or (open_ or 0) > 0:
            hostile = rage == 1 or (score is not None and score <= 3)
            return "negative", "hostile" if hostile else "disappointed"
        if (score is not None and score >= 9) or (memory is not None and memory >= 8):
            return "positive", None
        if not ever:
            return None, None
        if ever == 1 and days is not None and days >= 90:
            return "middle", "one-off"
        if asks == 1:
            return "middle", "high attention"
        return "middle", "shopper" if ever >= 2 and now is not None and now <= 1 else "undecided"

    names = [*[*UNKNOWN][:6], "high_attention", "enraged"]
    columns: dict[str, Any] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    group, kind = attitudes_of(**columns, attention_per_order=[None] * len(rows))
    assert [*zip(group, kind, strict=True)] == [plain(*row) for row in rows]


def test_what_means_nothing() -> None:
    with pytest.raises(ArgumentError, match="remembered has 2 values for 1 customers"):
        attitudes_of(**({name: [1] for name in UNKNOWN} | {"remembered": [1, 2]}))
    with pytest.raises(ArgumentError, match="enraged has 2"):
        attitudes_of(**{name: [1] for name in UNKNOWN}, enraged=[1, 0])


def tables(**given: Any) -> Portfolio:
    return Portfolio.from_tables(
        customers={"id": [*"abcdo"], "opted_out": [False] * 4 + [True]}, **given
    )


def attitudes(**given: Any) -> Attitudes:
    found = COMPASS.read(tables(**given), LAST)["attitudes"]
    assert isinstance(found, Attitudes)
    return found


def responses(reasons: list[str | None] | None = None, **scores: int) -> dict[str, Any]:
    table = {"customer": [*scores], "on": [LAST] * len(scores), "score": [*scores.values()]}
    return table | ({} if reasons is None else {"reason": reasons})


def complaints(*rows: tuple[Any, ...]) -> dict[str, Any]:
    names = ("customer", "on", "resolved", "talked", "offer", "published")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def in_short(recovery: Recovery) -> str:
    """Whose recovery it is, and how each step stands."""
    steps = (
        f"{step.name} {step.state}{f' on {step.on}' if step.on and step.state == 'done' else ''}"
        for step in recovery.steps
    )
    return f"{recovery.customer}, {recovery.kind}: {', '.join(steps)}"


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        ([], "talk open, offer open, publish open"),
        ([("a", MARCH, None, None, None, None)], "talk open, offer open, publish open"),
        (
            [("a", MARCH, LAST, APRIL, "repair", LAST)],
            "talk done on 2026-04-01, offer done, publish done on 2026-06-30",
        ),
        (
            [("a", MARCH, LAST, APRIL, None, None), ("a", APRIL, None, None, "repair", None)],
            "talk open, offer open, publish open",
        ),
        (
            [("a", MARCH, None, MARCH, "repair", None), ("a", APRIL, None, APRIL, "repair", None)],
            "talk done on 2026-04-01, offer done, publish open",
        ),
        (
            [("a", date(2025, 1, 1), MARCH, MARCH, "repair", MARCH)],
            "talk open, offer open, publish open",
        ),
    ],
)
def test_the_steps_of_recovery(rows: list[Any], steps: str) -> None:
    other = ("b", date(2025, 1, 1), MARCH, None, None, None)
    found = attitudes(responses=responses(a=5), complaints=complaints(*rows, other))
    (recovery,) = found.recovery
    assert in_short(recovery) == f"a, disappointed: {steps}"
    told = found.why("a").sentences()
    for step in recovery.steps:
        assert any(Writer().say(step.sentence) == line for line in told)


def test_without_the_fields_the_steps_are_unknown() -> None:
    found = attitudes(responses=responses(a=5))
    (recovery,) = found.recovery
    assert in_short(recovery) == "a, disappointed: talk unknown, offer unknown, publish unknown"
    assert found.recovery[0].open == ()
    assert "Unknown whether it was done: talk about it." in found.why("a").sentences()


def test_hostile_ones_come_first() -> None:
    found = attitudes(responses=responses(a=5, b=3, c=0, o=0))
    assert [each.customer for each in found.recovery] == ["b", "c", "a"]
    assert found.recovery[0].kind == "hostile"


def orders(**counts: Any) -> dict[str, Any]:
    rows = [(owner, *row) for owner, each in counts.items() for row in each]
    return {
        "customer": [row[0] for row in rows],
        "on": [row[1] for row in rows],
        "amount": [100.0] * len(rows),
        "margin": [row[2] for row in rows],
    }


def test_the_marks_of_positive_customers() -> None:
    found = attitudes(
        responses=responses(a=9, b=10, c=9, d=6),
        contacts={"customer": ["b", "b"], "on": [MARCH, APRIL], "rating": [0.0, 8.0]},
        orders=orders(
            a=[(LAST, 30.0), (APRIL, 30.0)], b=[(LAST, 10.0)], c=[(LAST, None)], d=[(LAST, 30.0)]
        ),
    )
    assert found.group.tolist() == ["positive", "positive", "positive", "negative", None]
    np.testing.assert_array_equal(found.marks["delighted"], [1, 0, 1, np.nan, np.nan])
    np.testing.assert_array_equal(found.marks["committed"], [1, 0, 0, np.nan, np.nan])
    np.testing.assert_array_equal(found.marks["pays_well"], [1, 0, np.nan, np.nan, np.nan])
    assert found.why("a").sentences() == (
        "They scored you high: 9.",
        "Unknown: whether they have an open complaint.",
        "What they remember is 9.",
        "They gave a 9 or 10, and remember you as an 8 or better.",
        "They ordered two or more times in the period.",
        "Their margin share is at or above that of all together.",
    )


@pytest.mark.parametrize(("margin", "pays"), [(24.0, 0), (25.0, 1), (26.0, 1)])
def test_paying_well_is_at_or_above_all_together(margin: float, pays: float) -> None:
    rest = 100.0 - margin
    found = attitudes(
        responses=responses(a=9),
        orders=orders(a=[(LAST, margin)], b=[(LAST, rest), (LAST, 0.0), (LAST, 0.0)]),
    )
    assert found.marks["pays_well"][0] == pays


def test_one_off_customers_are_worth_asking_the_latest_first() -> None:
    old = [(LAST - timedelta(days), 1.0) for days in (400, 90, 89, 200)]
    found = attitudes(orders=orders(a=old[:1], b=old[1:2], c=old[2:3], o=old[3:]))
    assert found.worth_asking == ("b", "a")
    assert found.why("b").sentences()[0] == ("They ordered once, 90 days ago.")
    assert str(found) == (
        "Attitude of 4 customers: to be put right, and serious 0, to be put right 0, scored "
        "high 0, ordered once, 90 days or longer ago 2, asked much time 0, ordered little lately "
        "0, no sign yet 1, unknown 1; with open steps of recovery: 0"
    )


def test_high_attention_stands_against_the_margin() -> None:
    twice = [(LAST, 30.0), (APRIL, 30.0)]
    found = attitudes(
        orders=orders(a=twice, b=twice, c=twice, d=[(LAST, None), (APRIL, None)]),
        contacts={
            "customer": ["a", "b", "c", "d"],
            "on": [LAST] * 4,
            "minutes": [5.0, 5.0, 5.0, 40.0],
            "by_customer": [True] * 4,
        },
    )
    (asking,) = found.high_attention
    assert (asking.customer, asking.minutes, asking.minutes_per_order) == ("d", 40, 20)
    assert math.isnan(asking.margin_per_minute)
    assert found.why("d").sentences()[0] == (
        "They asked more time than others: 20 minutes per order, 40 minutes in all. "
        "Margin: unknown."
    )
    assert found.why("a").sentences("nl")[0].startswith("Nog niets zegt hoe de klant tegenover u")


def test_who_stands_out_does_so_among_active_customers_objecting_ones_too() -> None:
    twice = [(LAST, 30.0), (APRIL, 30.0)]
    minutes = {"a": 10.0, "b": 10.0, "c": 25.0, "o": 30.0}
    found = attitudes(
        orders=orders(**dict.fromkeys(minutes, twice)),
        contacts={
            "customer": [*minutes],
            "on": [LAST] * 4,
            "minutes": [*minutes.values()],
            "by_customer": [True] * 4,
        },
    )
    assert found.high_attention == ()


def test_who_is_not_active_sets_no_edge() -> None:
    twice, long_ago = [(LAST, 30.0), (APRIL, 30.0)], [(date(2025, 1, 1), 1.0)] * 2
    minutes = {"a": 5.0, "b": 20.0, "c": 80.0, "d": 5.0}
    found = attitudes(
        orders=orders(a=twice, b=twice, c=long_ago, d=twice),
        contacts={
            "customer": [*minutes],
            "on": [LAST] * 4,
            "minutes": [*minutes.values()],
            "by_customer": [True] * 4,
        },
    )
    assert [each.customer for each in found.high_attention] == ["c", "b"]


def test_reasons_of_promoters_beside_those_of_detractors() -> None:
    found = attitudes(
        responses=responses(
            ["Service", "service", "price", "Price", None], a=9, b=10, c=8, d=2, o=1
        )
    )
    assert found.reasons == (
        ReasonCount("service", promoters=2, passives=0, detractors=0),
        ReasonCount("price", promoters=0, passives=1, detractors=1),
    )
    assert reasons_counted({}) == ()


def test_who_objects_has_no_attitude() -> None:
    found = attitudes(
        responses=responses(a=9, o=1), complaints=complaints(("o", LAST, *[None] * 4))
    )
    assert found.group.tolist() == ["positive", None, None, None, None]
    assert found.recovery == ()
    assert found.why("o").sentences() == ("They object to profiling: they count in totals only.",)
    assert found.to_frame("polars")["id"].to_list() == [*"abcd"]
    assert sum(found.counts().values()) == 4


def test_who_is_enraged_may_be_told() -> None:
    measures = COMPASS.measure(tables(responses=responses(a=5, b=5)), LAST)
    found = read_attitudes(measures, enraged=[1, 0, 0, 0, 0])
    assert isinstance(found, Attitudes)
    assert found.kind.tolist()[:2] == ["hostile", "disappointed"]
    assert "Something was wrong, and they showed it." in found.why("a").sentences()
    assert "Er was iets mis, en de klant liet dat merken." in found.why("a").sentences("nl")


def test_where_nothing_is_known_it_cannot_be_told() -> None:
    assert isinstance(COMPASS.read(tables(), LAST)["attitudes"], Unanswered)
    found = attitudes(responses=responses(a=9))
    assert found.why("b").sentences() == (
        "How they stand towards you is unknown.",
        "Unknown: their score.",
        "Unknown: whether they have an open complaint.",
        "Unknown: what they remember.",
    )
