"""The ledger: at every approval, let go <= allowed (S1 step 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import (
    ArgumentError,
    ClassificationRule,
    Compass,
    Order,
    Portfolio,
    hookimpl,
)
from klantkompas.history import History
from klantkompas.reviews.ledger import LetGo, let_go_since
from klantkompas.reviews.letting_go import LettingGoPlan, Verdict, plan_letting_go
from klantkompas.reviews.recorded import RecordedReading

Shop = Callable[..., RecordedReading]
THEN, NOW, LATER = date(2026, 1, 31), date(2026, 7, 31), date(2026, 8, 15)


def make_plan(
    won: int = 3, lost: int = 0, revenue_won: float = 100.0, **revenue: float
) -> LettingGoPlan:
    return LettingGoPlan(
        previous_as_of=THEN,
        current_as_of=NOW,
        won=tuple(f"w{number}" for number in range(won)),
        lost=tuple(f"l{number}" for number in range(lost)),
        already=(),
        revenue_won=revenue_won,
        revenue_lost=0.0,
        verdicts=tuple(
            Verdict(
                customer=customer,
                proposed=customer != "kept",
                because="it contributes least" if customer != "kept" else "it is new",
                contribution=1.0,
                revenue=each,
                attention_minutes=0.0,
            )
            for customer, each in (revenue or {"a": 1.0, "b": 2.0, "c": 3.0, "kept": 1.0}).items()
        ),
    )


def test_an_approval_is_written_with_who_and_when(tmp_path: Path):
    with History(tmp_path / "h") as history:
        entries = history.approve(make_plan(), ["b", "a"], by="Anna", on=LATER)
        assert entries == (LetGo("b", LATER, "Anna", 2.0, NOW), LetGo("a", LATER, "Anna", 1.0, NOW))
    with History(tmp_path / "h") as history:
        assert history.let_go() == entries


@pytest.mark.parametrize(
    ("customers", "told"),
    [
        (["nobody"], "they are not a D customer"),
        (["kept"], "does not propose to let 'kept' go: it is new"),
        (["a", "a"], "'a' is named twice"),
        (["a", "b", "c"], "2 won, 0 lost and 0 let go since leave 2 .* 3 are named"),
        ("abc", "a list of ids"),
    ],
)
def test_what_the_plan_does_not_allow_is_refused_as_a_whole(
    customers: Any, told: str, tmp_path: Path
):
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match=told):
            history.approve(make_plan(won=2), customers, by="Anna", on=LATER)
        assert history.let_go() == ()


def test_nobody_is_let_go_twice(tmp_path: Path):
    with History(tmp_path / "h") as history:
        history.approve(make_plan(), ["a"], by="Anna", on=LATER)
        with pytest.raises(ArgumentError, match="let go on 2026-08-15 already"):
            history.approve(make_plan(), ["b", "a"], by="Anna", on=LATER)
        assert [each.customer for each in history.let_go()] == ["a"]


def test_what_was_let_go_since_counts_though_the_plan_does_not_know_it(tmp_path: Path):
    plan = make_plan(won=3, lost=1)
    with History(tmp_path / "h") as history:
        history.approve(plan, ["a"], by="Anna", on=LATER)
        history.approve(plan, ["b"], by="Anna", on=LATER)
        with pytest.raises(ArgumentError, match="3 won, 1 lost and 2 let go since leave 0"):
            history.approve(plan, ["c"], by="Anna", on=LATER)


def test_the_revenue_let_go_stays_within_what_was_won(tmp_path: Path):
    plan = make_plan(won=5, revenue_won=0.3, a=0.1, b=0.2, c=1e-6, d=0.0)
    with History(tmp_path / "h") as history:
        history.approve(plan, ["a", "b"], by="Anna", on=LATER)
        with pytest.raises(ArgumentError, match=r"is 0\.30; 0\.30 was let go since"):
            history.approve(plan, ["c"], by="Anna", on=LATER)
        history.approve(plan, ["d"], by="Anna", on=LATER)
        unknown = make_plan(won=5, a=1.0, e=float("nan"))
        with pytest.raises(ArgumentError, match="these customers bring unknown"):
            history.approve(unknown, ["e"], by="Anna", on=LATER)


def test_an_approval_names_a_person_and_a_day_after_the_review(tmp_path: Path):
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match="by a named person"):
            history.approve(make_plan(), ["a"], by=" ", on=LATER)
        with pytest.raises(ArgumentError, match="lies before it"):
            history.approve(make_plan(), ["a"], by="Anna", on=NOW - timedelta(days=1))
        with pytest.raises(ArgumentError, match="on is a date"):
            history.approve(make_plan(), ["a"], by="Anna", on="soon")
        history.approve(make_plan(), ["a"], by="Anna", on=NOW)


def test_a_plan_by_an_older_review_is_refused(shop: Shop, tmp_path: Path):
    plan = evolve(make_plan(), previous_as_of=date(2024, 8, 31), current_as_of=date(2025, 2, 28))
    with History(tmp_path / "h") as history:
        history.record(shop(date(2025, 2, 28)), review=True)
        history.record(shop(date(2025, 8, 31)))
        history.approve(plan, ["a"], by="Anna", on=LATER)
        history.record(shop(date(2025, 8, 31)), review=True)
        with pytest.raises(ArgumentError, match="a later one, of 2025-08-31, is recorded"):
            history.approve(plan, ["b"], by="Anna", on=LATER)


def test_without_an_earlier_review_nobody_is_let_go(shop: Shop, tmp_path: Path):
    reading = shop(date(2025, 8, 31))
    plan = plan_letting_go(reading)
    assert plan.verdicts
    assert not plan.proposed
    with History(tmp_path / "h") as history:
        for each in plan.verdicts:
            with pytest.raises(ArgumentError, match=f"let '{each.customer}' go: {each.because}"):
                history.approve(plan, [each.customer], by="Anna", on=date(2025, 9, 1))


@given(
    won=st.integers(0, 6),
    lost=st.integers(0, 3),
    revenues=st.lists(st.sampled_from([0.0, 0.1, 1.0, 20.0]), min_size=6, max_size=6),
    attempts=st.lists(
        st.tuples(st.lists(st.sampled_from("abcdef"), max_size=4), st.booleans()), max_size=8
    ),
)
@settings(max_examples=50)
def test_under_any_attempts_let_go_stays_within_what_is_allowed(
    won: int, lost: int, revenues: list[float], attempts: list[tuple[list[str], bool]]
):
    plan = make_plan(won, lost, 21.0, **dict(zip("abcdef", revenues, strict=True)))
    with TemporaryDirectory() as folder, History(Path(folder, "h")) as history:
        for customers, erased in attempts:
            before = history.let_go()
            try:
                entries = history.approve(plan, customers, by="Anna", on=LATER)
            except ArgumentError:
                assert history.let_go() == before
                refused_rightly = (
                    len(set(customers)) < len(customers)
                    or {each.customer for each in before} & set(customers)
                    or len(before) + len(customers) > max(0, won - lost)
                    or sum(e.revenue for e in before)
                    + sum(revenues["abcdef".index(each)] for each in customers)
                    > 21.0 - 1e-6
                )
                assert refused_rightly
            else:
                assert history.let_go() == before + entries
                assert not entries or len(before + entries) <= max(0, won - lost)
                assert sum(each.revenue for each in before + entries) <= 21.0 + 1e-6
            if erased and history.let_go() and history.let_go()[0].customer:
                history.erase(history.let_go()[0].customer, on=LATER)


class RegularOrNot:
    """Class B for who orders on three days or more, D otherwise, whatever else is known."""

    @hookimpl
    def klantkompas_classification_rules(self) -> list[ClassificationRule]:
        def regular(card: Any) -> Any:
            return card["order_days"] >= 3

        def irregular(card: Any) -> Any:
            return card["order_days"] < 3

        return [
            ClassificationRule(name="r", label="B", when=regular, because="regular"),
            ClassificationRule(name="s", label="D", when=irregular, because="not", priority=2),
        ]


@st.composite
def years_of_orders(draw: Any) -> list[Order]:
    """Orders over three years: customers come, some regular ones later, and some of them go."""
    orders = [Order(customer="big", on=date(2023, 1, 1), amount=1000.0)]
    for number in range(draw(st.integers(8, 16))):
        regular = draw(st.booleans())
        begin = draw(st.integers(0, 30) if regular else st.integers(0, 8))
        end = draw(st.sampled_from([begin + 6, 36, 36, 36]))
        amount = draw(st.sampled_from([50.0, 100.0] if regular else [1.0, 5.0, 20.0]))
        for month in range(begin, min(end, 36), 1 if regular else 4):
            day = date(2023 + month // 12, month % 12 + 1, 10)
            orders.append(Order(customer=str(number), on=day, amount=amount))
    return orders


def allowed(plan: LettingGoPlan, chosen: list[str]) -> bool:
    return (
        set(chosen) <= set(plan.proposed)
        and len(set(chosen)) == len(chosen)
        and len(chosen) <= plan.allowance
    )


def test_under_random_readings_and_approvals_let_go_stays_within_what_is_allowed():
    compass = Compass([RegularOrNot()], installed=False)
    outcomes: Counter[str] = Counter()

    @given(orders=years_of_orders(), data=st.data())
    @settings(max_examples=25)
    def whatever_happens(orders: list[Order], data: st.DataObject) -> None:
        portfolio = Portfolio.from_records(orders)
        with TemporaryDirectory() as folder, History(Path(folder, "h")) as history:
            history.record(compass.read(portfolio, date(2023, 6, 28)), review=True)
            for months in range(12, 37, 6):
                as_of = date(2023 + (months - 1) // 12, (months - 1) % 12 + 1, 28)
                history.record(compass.read(portfolio, as_of), review=True)
                review = history.review(rules=compass.declarations.rules)
                first = plan_letting_go(review, already=history.let_go())
                for wait in range(1, 4):
                    now = plan_letting_go(review, already=history.let_go())
                    plan = data.draw(st.sampled_from([first, now]))
                    worst = [each.customer for each in plan.verdicts]
                    anyone = st.sampled_from([*plan.proposed, *plan.proposed, *worst, "nobody"])
                    chosen = data.draw(st.lists(anyone, min_size=1, max_size=2))
                    try:
                        history.approve(plan, chosen, by="Anna", on=as_of + timedelta(days=wait))
                    except ArgumentError:
                        assert not allowed(now, chosen)
                        outcomes["refused"] += 1
                    else:
                        outcomes["approved"] += 1
                    since = let_go_since(history.let_go(), review.previous.as_of)
                    if len(since) > len(first.already):
                        assert len(since) <= len(first.won) - len(first.lost)
                        gone = sum(each.revenue for each in since)
                        assert gone <= first.revenue_won - first.revenue_lost + 1e-6

    whatever_happens()
    assert min(outcomes["approved"], outcomes["refused"]) > 10
