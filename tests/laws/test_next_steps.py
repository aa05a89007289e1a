"""Whatever the portfolio, lists, cards, workbook and frames say the same of what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

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
