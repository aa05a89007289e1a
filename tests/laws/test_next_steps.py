"""Whatever the portfolio, lists, cards, workbook and frames say the same of what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import (
    Compass,
    Complaint,
    Contact,
    Customer,
    Invoice,
    Order,
    Portfolio,
    Response,
    compare_reviews,
    plan_letting_go,
    work_lists,
    write_workbook,
)
from klantkompas.advice import CLASS_D
from klantkompas.reviews.letting_go_plan import Standing
from klantkompas.wording.sentence import Sentence

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
COMPASS = Compass(installed=False)
IDS = st.sampled_from("abcdefgh")
DAYS = st.integers(0, 420).map(lambda back: NOW - timedelta(back))
ROWS = st.one_of(
    st.builds(Order, customer=IDS, on=DAYS, amount=st.sampled_from([5.0, 40.0, 900.0, -5.0])),
    st.builds(
        Order,
        customer=IDS,
        on=DAYS,
        amount=st.sampled_from([10.0, 500.0]),
        clear=st.booleans(),
    ),
    st.builds(Invoice, customer=IDS, due=DAYS, amount=st.just(20.0)),
    st.builds(Complaint, customer=IDS, on=DAYS),
    st.builds(
        Contact,
        customer=IDS,
        on=DAYS,
        rating=st.sampled_from([None, 2, 9]),
        tags=st.sampled_from([(), ("topservice",), ("brutaal",)]),
    ),
    st.builds(Response, customer=IDS, on=DAYS, score=st.integers(0, 10)),
)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    rows: list[Any] = draw(st.lists(ROWS, min_size=15, max_size=70))
    objecting = draw(st.sampled_from("abcdefgh"))
    return Portfolio.from_records(rows, [Customer(id=objecting, opted_out=draw(st.booleans()))])


@settings(max_examples=60, deadline=None)
@given(portfolios(), st.booleans())
def test_every_list_and_the_card_say_the_same(portfolio: Portfolio, looks_back: bool) -> None:
    now = COMPASS.read(portfolio, NOW)
    review = compare_reviews(COMPASS.read(portfolio, THEN), now) if looks_back else None
    lists = work_lists(now, review, None if review is None else plan_letting_go(review))
    say = now.writer().say
    steps: dict[str, set[str | None]] = {}
    for line in (line for each in lists for line in each):
        steps.setdefault(line.customer, set()).add(None if line.step is None else say(line.step))
    for customer in now.measures.ids:
        card = now.profile(customer, steps=lists.steps)
        told = " ".join(map(say, card.steps)) or None
        assert steps.get(customer, {told}) == {told}
        if told is not None:
            assert f"To do next: {told}" in card.sentences()
            assert say(card.steps[0]) not in map(say, card.advice)
        if review is None:
            assert now.profile(customer).steps == card.steps


ATTENTION = {each.text: each.attention for each in COMPASS.declarations.advice}


@settings(max_examples=60, deadline=None)
@given(portfolios(), st.booleans())
def test_no_card_advises_opposite_things(portfolio: Portfolio, looks_back: bool) -> None:
    """No card asks for attention to a customer and advises against it (decided)."""
    now = COMPASS.read(portfolio, NOW)
    review = compare_reviews(COMPASS.read(portfolio, THEN), now) if looks_back else None
    lists = work_lists(now, review, None if review is None else plan_letting_go(review))
    for customer in now.measures.ids:
        card = now.profile(customer, steps=lists.steps)
        said = [*card.steps, *card.advice, *card.hypotheses]
        texts = [each.message for each in said] + [
            value.message
            for each in said
            for value in each.values.values()
            if isinstance(value, Sentence)
        ]
        assert not {"more", "less"} <= {ATTENTION.get(text) for text in texts}, texts
    kept = () if review is None else plan_letting_go(review).standing(Standing.KEPT)
    for each in kept:
        texts = [step.message for step in lists.steps.of(each.customer)]
        assert CLASS_D.text not in texts, "who is not let go is not told to be let go"


@pytest.mark.parametrize("seasons", [1, 2, 3])
def test_who_orders_by_season_is_not_left_alone(seasons: int) -> None:
    days = [date(2025 - back, month, 12) for back in range(seasons) for month in (11, 12)]
    rows: list[Any] = [Order(customer="a", on=day, amount=9.0) for day in days]
    rows += [Order(customer="b", on=day, amount=9.0) for day in [*days, date(2025, 8, 1)]]
    rows += [Order(customer="c", on=date(2026, 8, day), amount=9.0) for day in (1, 2, 3)]
    now = COMPASS.read(Portfolio.from_records(rows), date(2026, 8, 31))
    by_season = "They order at one time of the year"
    for customer, expected in (("a", seasons > 1), ("b", False), ("c", False)):
        said = now.profile(customer).text()
        assert (by_season in said) is expected
        assert ("Get in touch shortly before that season" in said) is expected
        if customer != "c":
            assert ("Do not spend much attention" in said) is not expected


REASONS = {
    "To put right": ("Something is to be put right", "What went wrong"),
    "Ask what keeps them from paying": ("Still to be paid",),
    "Get in touch now": ("Their last order was",),
}
"""What a card says at least one of, by what it says is to be done at once."""


@settings(max_examples=60, deadline=None)
@given(portfolios())
def test_a_card_says_why_of_what_cannot_wait(portfolio: Portfolio) -> None:
    now = COMPASS.read(portfolio, NOW)
    lists, say = work_lists(now), now.writer().say
    for customer in now.measures.ids:
        card = now.profile(customer)
        said = " ".join((*map(say, card.warning), *map(say, card.happened)))
        for step in map(say, card.steps):
            reasons = next((why for start, why in REASONS.items() if step.startswith(start)), ())
            assert not reasons or any(reason in said for reason in reasons), (step, said)
    for line in lists["put_right"]:
        if line.since is not None:
            what = f"This waits since {now.writer().day(line.since)}"
            card = now.profile(line.customer)
            assert any(say(each).startswith(what) for each in card.happened), "as the list has it"
    first = lists.to_call_first
    if first is not None and first.name != "almost":
        urgent = now.profile(first[0].customer).steps
        assert urgent == lists.steps.of(first[0].customer)
        assert urgent != now.card(first[0].customer).class_steps


def test_the_workbook_says_it_too() -> None:
    import openpyxl

    rows: list[Any] = [
        Order(customer=each, on=NOW - timedelta(back), amount=100.0)
        for each in "abcde"
        for back in (1, 9, 40)
    ]
    rows += [Complaint(customer=each, on=NOW - timedelta(5)) for each in "ab"]
    rows += [Invoice(customer=each, due=NOW - timedelta(200), amount=9.0) for each in "bc"]
    rows += [Order(customer="once", on=NOW - timedelta(400), amount=9.0)]
    reading = COMPASS.read(Portfolio.from_records(rows), NOW)
    say, expected = reading.writer().say, {}
    for customer in reading.measures.ids:
        expected[customer] = " ".join(map(say, reading.profile(customer).steps)) or None
    assert len({*expected.values()}) > 3
    seen = set()
    for sheet in openpyxl.load_workbook(write_workbook(reading, BytesIO())):
        headings = [each.value for each in sheet[1]]
        if "What to do" not in headings:
            continue
        who, step = headings.index("Customer"), headings.index("What to do")
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if row[who] in expected:
                assert row[step] == expected[str(row[who])]
                seen.add((sheet.title, row[who]))
    assert len({title for title, _ in seen}) >= 4
