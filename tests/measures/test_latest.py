"""On which days something happened: the latest few, kept in one float for each customer."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import (
    AtLeast,
    Compass,
    Complaint,
    Contact,
    Invoice,
    Measures,
    Order,
    Portfolio,
    SuccessFactor,
    peak_and_end,
)
from klantkompas._arrays import latest_of, unpacked
from klantkompas.measures.paid_in_words import owed_of, paid_late_of
from klantkompas.measures.wrong_in_words import went_wrong_of
from klantkompas.portfolio.latest import days_at
from klantkompas.wording.sentence import Days
from klantkompas.wording.writer import Writer

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
SAY, ZEG = Writer("en").say, Writer("nl").say


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-3, 1030)), max_size=40),
    st.sampled_from([5, 10]),
)
def test_packed_are_the_latest_numbers_of_each(rows: list[tuple[int, int]], bits: int) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    codes, numbers = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    plain = defaultdict[int, list[int | None]](list)
    for code, number in rows:
        plain[code].append(number if 0 <= number < (1 << bits) - 1 else None)
    (packed,) = latest_of(codes.astype(np.intp), numbers, customers=4, bits=bits)
    for code in range(4):
        kept = plain[code][-(53 // bits) :]
        while kept and kept[0] is None:
            kept = kept[1:]
        assert unpacked(packed[code], bits=bits) == tuple(kept)


@st.composite
def complaints(draw: st.DrawFn) -> list[Complaint]:
    ago = st.integers(0, 120)
    made = draw(st.lists(st.tuples(st.sampled_from("abc"), ago, st.booleans()), max_size=20))
    return [
        Complaint(customer=who, on=LAST - timedelta(days=days), justified=justified)
        for who, days, justified in made
    ]


@given(complaints())
def test_what_went_wrong_is_told_by_its_days(made: list[Complaint]) -> None:
    orders = [Order(customer=each, on=LAST, amount=1.0) for each in "abc"]
    measures = COMPASS.measure(Portfolio.from_records([*orders, *made]), LAST)
    for place, customer in enumerate("abc"):
        own = sorted(e.on for e in made if e.customer == customer and e.justified)
        lately = [day for day in own if (LAST - day).days <= 90]
        assert days_at(measures, "days_of_complaints_lately", place) == tuple(lately[-5:])
        told = went_wrong_of(measures, "lately", place)
        assert bool(told) == bool(lately)
        if lately:
            days = told[0].values["days"]
            assert days == Days(lately[-5:], more=len(lately) > 5)
            assert ("and earlier" in SAY(told[0])) == (len(lately) > 5)


def measured(*rows: Order | Invoice | Complaint | Contact) -> Measures:
    return COMPASS.measure(Portfolio.from_records([*rows]), LAST)


def invoice(due: date, paid: date | None, amount: float = 10.0) -> Invoice:
    return Invoice(customer="a", due=due, paid=paid, amount=amount)


def test_who_paid_late_is_told_when_each_was_due_and_paid() -> None:
    measures = measured(
        invoice(date(2026, 6, 3), date(2026, 6, 20)),
        invoice(date(2026, 5, 1), date(2026, 5, 1)),
        invoice(date(2026, 6, 9), None),
    )
    late, owed = paid_late_of(measures, 0, 3), owed_of(measures, 0, 3)
    assert late is not None
    assert owed is not None
    assert SAY(late) == (
        "Not paid on time: 2 of 3 invoices (due on 3 June 2026, paid on 20 June 2026; "
        "due on 9 June 2026, not paid yet)."
    )
    assert SAY(owed) == "Still to be paid: 10.00; the oldest invoice fell due on 9 June 2026."
    assert "verviel op 3 juni 2026, betaald op 20 juni 2026" in ZEG(late)


def test_what_is_owed_from_before_is_told_apart_from_paying_on_time() -> None:
    on_time = [invoice(date(2026, month, 1), date(2026, month, 1)) for month in (3, 4, 5)]
    measures = measured(*on_time, invoice(date(2025, 3, 1), None))
    assert measures["on_time_share"].tolist() == [1.0]
    assert paid_late_of(measures, 0, 3) is None, "it is judged by the period, in which all was paid"
    owed = owed_of(measures, 0, 3)
    assert owed is not None
    assert "before the time by which paying on time is judged" in SAY(owed)
    fewer = measured(*on_time[:1], invoice(date(2025, 3, 1), None), invoice(date(2025, 4, 1), None))
    owed, late = owed_of(fewer, 0, 3), paid_late_of(fewer, 0, 3)
    assert owed is not None
    assert late is not None
    assert "before" not in SAY(owed), "with few invoices it looks back two years"
    assert SAY(late).startswith("Not paid on time: 2 of 3 invoices (due on 1 March 2025, not paid")


@given(st.lists(st.tuples(st.booleans(), st.integers(-40, 60)), min_size=1, max_size=9))
def test_as_many_invoices_are_told_late_as_the_factor_counts(rows: list[tuple[bool, int]]) -> None:
    made = [
        invoice(
            LAST - timedelta(days=10 * at + 1),
            LAST - timedelta(days=10 * at + 1) + timedelta(days=late) if paid else None,
        )
        for at, (paid, late) in enumerate(rows)
    ]
    measures = measured(*made)
    share, basis = measures["on_time_share"][0], measures.basis("on_time_share")
    assert basis is not None
    number = round((1 - share) * basis[0])
    told = paid_late_of(measures, 0, 3)
    assert (told is None) == (number == 0)
    if told is not None:
        assert SAY(told).startswith(f"Not paid on time: {number} of {len(rows)} invoice")
        assert SAY(told).count("due on") == min(number, 5)


@given(st.lists(st.integers(0, 20).map(lambda half: half / 2), min_size=1, max_size=14))
def test_the_line_of_what_is_remembered_is_that_of_the_ratings(ratings: list[float]) -> None:
    rows = [
        Contact(customer="a", on=LAST - timedelta(days=len(ratings) - at), rating=rating)
        for at, rating in enumerate(ratings)
    ]
    memory = COMPASS.read(Portfolio.from_records(rows), LAST).memory
    left = memory.of("a")  # type: ignore[union-attr]
    expected = peak_and_end(ratings)
    assert left is not None
    assert (left.peak, left.end, left.moments) == (expected.peak, expected.end, len(ratings))
    assert left.ratings == (expected.ratings if len(ratings) <= 10 else ())
    svg = left.display().svg()
    assert ("earliest first" in svg) == (len(ratings) <= 10), "no line where it is not kept"


def test_a_rating_that_is_no_half_leaves_the_line_out_and_keeps_peak_and_end() -> None:
    rows = [
        Contact(customer="a", on=date(2026, 6, day), rating=rating)
        for day, rating in ((1, 2.3), (2, 8.0))
    ]
    memory = COMPASS.read(Portfolio.from_records(rows), LAST).memory
    left = memory.of("a")  # type: ignore[union-attr]
    assert left is not None
    assert (left.ratings, left.peak, left.end) == ((), 2.3, 8.0)
    svg = left.display().svg()
    assert "peak 2.3" in svg
    assert "end 8" in svg


def test_on_how_many_invoices_paying_rests_is_as_its_factor_says() -> None:
    on_time = [invoice(date(2026, month, 1), date(2026, month, 1)) for month in (3, 4, 5)]
    rows = [*on_time, invoice(date(2025, 3, 1), None), Order(customer="a", on=LAST, amount=1.0)]
    portfolio = Portfolio.from_records(rows)

    def happened(least: float) -> str:
        factor = SuccessFactor(
            name="paid",
            measure="on_time_share",
            criterion=AtLeast(0.9),
            title="pays on time",
            least_basis=least,
        )
        reading = Compass([factor], installed=False).read(portfolio, LAST)
        return "\n".join(map(SAY, reading.card("a").happened))

    assert "Not paid on time" not in happened(3)
    assert "Not paid on time: 1 of 4 invoices" in happened(4), "three are too few: two years count"
