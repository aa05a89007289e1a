"""The queue of letting go, against an oracle in plain Python that knows nothing of the library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantkompas import ArgumentError, Compass, History, Measures, Order, Portfolio
from klantkompas._arrays import as_objects, freeze
from klantkompas.reviews import letting_go as reasons
from klantkompas.reviews.compare import compare_reviews
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.letting_go import LettingGoPlan, Standing, plan_letting_go
from klantkompas.reviews.recorded import RecordedReading, record_of

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
Make = Callable[..., Measures]
COMPASS = Compass(installed=False)

customers = st.fixed_dictionaries(
    {
        "then": st.sampled_from(["A", "B", "D", None]),
        "now": st.sampled_from(["A", "C", "D", "D", "D", None]),
        "revenue": st.sampled_from([-5.0, 0.0, 1.0, 2.5, 30.0]),
        "revenue_then": st.sampled_from([0.0, 1.0, 10.0]),
        "margin": st.sampled_from([nan, 1.0, 1.0, 2.0]),
        "minutes": st.sampled_from([nan, 0.0, 5.0]),
        "recency_then": st.sampled_from([10.0, 364.0, 365.0, nan]),
        "provisional": st.booleans(),
        "missing": st.sampled_from([None, None, "clear_orders", "clear_orders,pays_on_time"]),
        "new": st.sampled_from([0.0, 0.0, 0.0, 1.0, nan]),
        "shortlisted": st.sampled_from([False, False, False, True]),
        "let_go": st.sampled_from([False, False, False, True]),
    }
)


def recorded(make: Make, rows: list[dict[str, Any]], as_of: date) -> RecordedReading:
    """A reading with just such classes, whatever the rules say."""
    now = as_of == NOW
    label = "now" if now else "then"
    measures = make(
        {
            "revenue": [row["revenue" if now else "revenue_then"] for row in rows],
            "margin": [row["margin"] for row in rows],
            "attention_minutes": [row["minutes"] for row in rows],
            "recency_days": [10.0 if now else row["recency_then"] for row in rows],
            "active": [float(row[label] is not None) for row in rows],
        },
        ids=[f"k{at}" for at in range(len(rows))],
        as_of=as_of,
    )
    labels = freeze(as_objects(row[label] for row in rows))
    return evolve(
        record_of(COMPASS.read(measures)),
        labels=labels,
        computed=labels,
        overrides=(),
        provisional=freeze(np.array([row["provisional"] for row in rows])),
        missing=freeze(as_objects(row["missing"] for row in rows)),
        new=freeze(np.array([row["new"] for row in rows])),
        shortlisted=freeze(np.array([row["shortlisted"] for row in rows])),
    )


def plan_of(make: Make, rows: list[dict[str, Any]]) -> LettingGoPlan:
    before, now = recorded(make, rows, THEN), recorded(make, rows, NOW)
    already = [
        LetGo(f"k{at}", date(2026, 2, 1), by="Anna", revenue=row["revenue_then"], review=THEN)
        for at, row in enumerate(rows)
        if row["let_go"]
    ]
    # Who was let go ordered 10 days ago, long after that: they are back, and the entry counts.
    return plan_letting_go(compare_reviews(before, now), already=already)


def vital_few(rows: list[dict[str, Any]]) -> set[int]:
    active = [at for at, row in enumerate(rows) if row["now"] is not None]
    ranked = sorted((rows[at]["revenue"] for at in active), reverse=True)
    total, running = sum(ranked), 0.0
    if total <= 0:
        return set()
    for edge in ranked:
        running += edge
        if running >= 0.8 * total - 1e-9:
            return {at for at in active if rows[at]["revenue"] >= edge}
    raise AssertionError


def expected(rows: list[dict[str, Any]]) -> tuple[int, list[tuple[str, str, bool]]]:
    """The allowance, and by place in the queue each D customer, where they stand, if proposed."""
    fits = {"A", "B", "C"}
    won = [
        at for at, row in enumerate(rows) if row["now"] in fits and not row["recency_then"] < 365
    ]
    lost = [at for at, row in enumerate(rows) if row["then"] in fits and row["now"] is None]
    gone = [row for row in rows if row["let_go"]]
    allowance = max(0, len(won) - len(lost) - len(gone))
    room = sum(rows[at]["revenue"] for at in won) - sum(rows[at]["revenue_then"] for at in lost)
    room -= sum(row["revenue_then"] for row in gone)
    worst = [at for at, row in enumerate(rows) if row["now"] == "D"]
    by = "revenue" if any(isnan(rows[at]["margin"]) for at in worst) else "margin"
    vital = vital_few(rows)

    def stands(at: int) -> str:
        row = rows[at]
        if row["shortlisted"] or at in vital or row["new"] != 0:
            return "not let go"
        if not row["provisional"]:
            return "sure"
        return "first find out" if row["missing"] else "wait"

    places = ("sure", "first find out", "wait", "not let go")
    order = sorted(
        worst,
        key=lambda at: (
            places.index(stands(at)),
            rows[at][by],
            isnan(rows[at]["minutes"]),
            0 if isnan(rows[at]["minutes"]) else -rows[at]["minutes"],
            at,
        ),
    )
    left, queue = allowance, []
    for at in order:
        costs = max(0.0, rows[at]["revenue"])
        fits_in = stands(at) in places[:2] and left > 0 and costs <= room + 1e-9
        if fits_in:
            left, room = left - 1, room - costs
        queue.append((f"k{at}", stands(at), fits_in))
    return allowance, queue


@given(rows=st.lists(customers, min_size=1, max_size=10))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_queue_and_the_allowance_are_those_of_the_oracle(
    make_measures: Make, rows: list[dict[str, Any]]
) -> None:
    plan = plan_of(make_measures, rows)
    allowance, queue = expected(rows)
    assert plan.allowance == allowance
    found = [(each.customer, str(each.standing), each.proposed) for each in plan.verdicts]
    assert found == queue
    assert len(plan.proposed) <= plan.allowance
    proposed_sure = [each.proposed for each in plan.sure]
    if any(each.proposed for each in plan.to_find_out):
        unfit = {each.because for each in plan.sure if not each.proposed}
        assert all(proposed_sure) or unfit == {reasons.TOO_MUCH}


ROW = {
    "then": "D",
    "now": "D",
    "revenue": 1.0,
    "revenue_then": 1.0,
    "margin": nan,
    "minutes": nan,
    "recency_then": 10.0,
    "provisional": False,
    "missing": None,
    "new": 0.0,
    "shortlisted": False,
    "let_go": False,
}
WON = ROW | {"now": "A", "then": None, "revenue": 100.0, "recency_then": nan}


def test_a_negative_revenue_makes_no_room_for_another(make_measures: Make) -> None:
    rows = [WON, WON | {"revenue": 0.0}, ROW | {"revenue": -90.0}, ROW | {"revenue": 101.0}]
    rows[3]["then"] = "D"
    big = WON | {"revenue": 1000.0, "recency_then": 10.0, "then": "A"}
    plan = plan_of(make_measures, [*rows, big])
    by = {each.customer: each.because for each in plan.verdicts}
    assert by == {"k2": reasons.PROPOSED, "k3": reasons.TOO_MUCH}


def test_unknown_newness_protects(make_measures: Make) -> None:
    plan = plan_of(make_measures, [WON, ROW | {"new": nan}, ROW])
    by = {each.customer: each.because for each in plan.verdicts}
    assert by == {"k1": reasons.MAY_BE_NEW, "k2": reasons.PROPOSED}


def test_who_is_sure_goes_before_who_brings_less_and_is_to_be_found_out(
    make_measures: Make,
) -> None:
    unsure = ROW | {"provisional": True, "missing": "clear_orders", "revenue": 0.0}
    waiting = ROW | {"provisional": True, "revenue": 0.0}
    one = plan_of(make_measures, [WON, unsure, waiting, ROW])
    assert one.proposed == ("k3",)
    two = plan_of(make_measures, [WON, WON, unsure, waiting, ROW])
    assert two.proposed == ("k4", "k2")
    assert [each.customer for each in two.waiting] == ["k3"]
    assert two.waiting[0].because == reasons.TOO_LITTLE


def test_the_plan_prints_five_of_each_list_and_the_frame_has_all(make_measures: Make) -> None:
    unsure = ROW | {"provisional": True, "missing": "clear_orders"}
    waiting = ROW | {"provisional": True}
    plan = plan_of(make_measures, [WON, *[ROW] * 7, *[unsure] * 6, *[waiting] * 2])
    lines = str(plan).splitlines()
    assert "  Their D is sure: 7 customers, of whom proposed: 1" in lines
    assert "  First find out what is missing: 6 customers, of whom proposed: 0" in lines
    assert "  Wait, as too little is known of them yet: 2 customers" in lines
    assert "    ... and 2 more" in lines
    assert "    ... and 1 more" in lines
    assert any("first find out: " in line for line in lines)
    frame = plan.to_frame("polars")
    assert frame["list"].value_counts().height == 3
    assert frame.height == 15
    assert frame.filter(frame["list"] == "first find out")["find_out"].unique().to_list() == [
        "clear_orders"
    ]
    assert "  Zeker D: 7 klanten, van wie voorgesteld: 1" in plan.text("nl").splitlines()


def test_without_a_review_everyone_stands_somewhere_and_nobody_is_proposed(
    make_measures: Make,
) -> None:
    rows = [WON, ROW, ROW | {"provisional": True}, ROW | {"new": 1.0}]
    plan = plan_letting_go(recorded(make_measures, rows, NOW))
    by = {each.customer: (each.standing, each.because) for each in plan.verdicts}
    assert by == {
        "k1": (Standing.SURE, reasons.NO_REVIEW),
        "k2": (Standing.WAIT, reasons.TOO_LITTLE),
        "k3": (Standing.KEPT, reasons.IS_NEW),
    }


def shop() -> Portfolio:
    orders = [
        Order(customer="often", on=date(2025, month, 5), amount=50.0) for month in range(1, 13)
    ]
    orders += [Order(customer="often", on=date(2026, month, 5), amount=50.0) for month in (1, 2, 6)]
    orders += [
        Order(customer="once", on=date(2025, 3, 1), amount=10.0),
        Order(customer="lately", on=date(2026, 1, 31), amount=10.0),
        Order(customer="twice", on=date(2025, 3, 1), amount=10.0),
        Order(customer="twice", on=date(2025, 4, 1), amount=10.0),
        Order(customer="edge", on=date(2025, 12, 30), amount=10.0),
    ]
    return Portfolio.from_records(orders)


def test_who_ordered_once_before_the_period_is_asked_why_they_did_not_come_back() -> None:
    plan = plan_letting_go(COMPASS.read(shop(), NOW))
    # The period starts after 30 December 2025, so that whoever ordered then is silent now.
    assert [each.customer for each in plan.one_time] == ["edge", "once"]
    assert "once: they ordered once, 486 days ago" in str(plan)
    frame = plan.to_frame("polars")
    assert frame.filter(frame["list"] == "one-time buyer")["id"].to_list() == ["edge", "once"]


def test_what_is_not_measured_is_named_once_with_what_hangs_on_it(make_measures: Make) -> None:
    plan = plan_letting_go(COMPASS.read(shop(), NOW))
    assert len(plan.not_measured) == 6
    (line,) = [each for each in str(plan).splitlines() if each.startswith("  Not measured: ")]
    assert line.endswith(f"of the sure D's provisional: {plan.hanging}")
    assert plan.hanging == len(plan.sure)


def test_approving_needs_the_finding_where_there_was_one_to_find(
    make_measures: Make, tmp_path: Path
) -> None:
    unsure = ROW | {"provisional": True, "missing": "clear_orders"}
    plan = plan_of(make_measures, [WON, WON, unsure, ROW])
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match="how they stand on: places clear orders") as error:
            history.approve(plan, ["k3", "k2"], by="Anna", on=NOW)
        assert error.value.remedy == "Find it out, and say what was found: findings={'k2': '...'}"
        for wrong in ({"k2": " "}, ["k2"], {"k2": 3}):
            with pytest.raises(ArgumentError, match="says in words what was found"):
                history.approve(plan, ["k2"], by="Anna", on=NOW, findings=wrong)  # type: ignore[arg-type]
        with pytest.raises(ArgumentError, match="findings names 'k9'"):
            history.approve(plan, ["k3"], by="Anna", on=NOW, findings={"k9": "unclear"})
        said = {"k2": "half of their orders are unclear"}
        entries = history.approve(plan, ["k3", "k2"], by="Anna", on=NOW, findings=said)
        assert [each.finding for each in entries] == ["", said["k2"]]
        assert history.let_go() == entries
        assert said["k2"] in history.export("k2")
        with pytest.raises(ArgumentError, match="approved since the last review: k3 on 2026-06-30"):
            history.approve(plan, ["k3"], by="Anna", on=NOW)
        history.erase("k2", on=NOW)
        assert {each.finding for each in history.let_go()} == {""}
