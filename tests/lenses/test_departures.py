"""Why customers leave, as staff believe and as customers say; on made-up and on real reasons."""

from __future__ import annotations

import csv
import math
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Departure
from klantkompas.domain.reasons import HARD, SOFT, Reason
from klantkompas.errors import ArgumentError, DataError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.departures import ReasonGap, reason_gap
from klantkompas.portfolio import Portfolio
from klantkompas.stats.agreement import cohens_kappa, stuart_maxwell

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
REASONS = [str(each) for each in Reason]
named = st.one_of(st.none(), st.sampled_from(REASONS))
pairs = st.lists(st.tuples(named, named), max_size=30)


def sides(rows: list[tuple[Any, Any]]) -> tuple[list[Any], list[Any]]:
    return [row[0] for row in rows], [row[1] for row in rows]


def test_the_worked_example() -> None:
    gap = reason_gap(
        ["price"] * 6 + ["product"] * 2 + ["service"] * 2,
        ["price", *["service"] * 4, "attention", "product", "attitude", "service", None],
    )
    assert gap.departures == 10
    price = gap.of("price")
    assert (price.believed_share, price.stated_share) == (0.6, 1 / 9)
    assert price.gap == pytest.approx(0.6 - 1 / 9)
    assert (gap.hard.believed_share, gap.hard.stated_share) == (0.8, 2 / 9)
    assert (gap.soft.believed_share, gap.soft.stated_share) == (0.2, 7 / 9)
    assert gap.cross_table.sum() == 9
    assert [each.name for each in gap.repaired_in_vain] == ["price", "product"]
    assert [each.name for each in gap.overlooked] == ["service", "attention", "attitude"]
    assert gap.repaired_in_vain[0].is_sure
    assert not gap.repaired_in_vain[1].is_sure


@given(pairs)
def test_shares_gaps_and_agreement(rows: list[tuple[Any, Any]]) -> None:
    gap = reason_gap(*sides(rows))
    believed, stated = (Counter(r for r in side if r is not None) for side in sides(rows))
    both = [row for row in rows if None not in row]
    for reason in gap.reasons:
        for share, counted in ((reason.believed_share, believed), (reason.stated_share, stated)):
            wanted = counted[reason.name] / counted.total() if counted else math.nan
            assert share == pytest.approx(wanted, nan_ok=True)
        low, high = reason.interval().low, reason.interval().high
        assert -1 <= low < high <= 1
        assert math.isnan(reason.gap) or low <= reason.gap + 1e-12
        assert math.isnan(reason.gap) or reason.gap <= high + 1e-12
    if believed and stated:
        assert sum(reason.gap for reason in gap.reasons) == pytest.approx(0, abs=1e-12)
        apart = sum(abs(reason.gap) for reason in gap.reasons) / 2
        assert gap.total_variation == pytest.approx(apart, abs=1e-12)
        parts = [gap.hard.gap, gap.soft.gap, gap.of("other").gap]
        assert sum(parts) == pytest.approx(0, abs=1e-12)
    table = np.array([[both.count((one, other)) for other in REASONS] for one in REASONS])
    assert gap.cross_table.tolist() == table.tolist()
    assert gap.kappa == pytest.approx(cohens_kappa(table), nan_ok=True)
    assert gap.homogeneity == stuart_maxwell(table)


@given(pairs)
def test_the_other_way_round_the_gaps_turn(rows: list[tuple[Any, Any]]) -> None:
    one, other = reason_gap(*sides(rows)), reason_gap(*sides(rows)[::-1])
    for mine, theirs in zip(one.reasons, other.reasons, strict=True):
        assert mine.gap == pytest.approx(-theirs.gap, nan_ok=True)
        assert mine.interval().low == pytest.approx(-theirs.interval().high)
    assert one.total_variation == pytest.approx(other.total_variation, nan_ok=True)


@given(pairs)
def test_the_order_of_the_departures_changes_nothing(rows: list[tuple[Any, Any]]) -> None:
    assert str(reason_gap(*sides(rows))) == str(reason_gap(*sides(rows[::-1])))


def test_dutch_words_are_reasons() -> None:
    dutch = ["Prijs", "product", "Leveringsvoorwaarden", "service", "aandacht", "houding"]
    dutch += ["mentaliteit", "anders"]
    gap = reason_gap(dutch, REASONS)
    assert gap.kappa == 1
    assert gap.unknown_reasons == {}
    assert gap.hard.counts.first == 3
    assert gap.soft.counts.first == 4
    assert {*HARD, *SOFT, Reason.OTHER} == {*Reason}


def test_unknown_reasons_stay_other_and_are_listed() -> None:
    gap = reason_gap(["te  duur", "Te duur", "onbeleefd", None], ["service", "te duur", None, None])
    assert gap.of("other").counts.first == 3
    assert gap.unknown_reasons == {"te duur": 3, "onbeleefd": 1}
    assert "Other reasons, 2 of them: map what you can" in str(gap)


def test_what_is_other_can_neither_be_repaired_nor_overlooked() -> None:
    gap = reason_gap(["te duur", "te duur", "price"], ["service", "weg", "service"])
    assert gap.of("other").gap == pytest.approx(1 / 3)
    assert [each.name for each in gap.repaired_in_vain] == ["price"]
    turned = reason_gap(["price"] * 2, ["weg"] * 2)
    assert turned.overlooked == ()


def test_a_mapping_may_come_before_or_after() -> None:
    believed, stated = ["te duur", "onbeleefd"], ["Slow replies", "te duur"]
    mapping = {"Te duur": "prijs", "SLOW  replies": Reason.ATTENTION}
    before = reason_gap(believed, stated, mapping=mapping)
    after = reason_gap(believed, stated).mapped(mapping)
    assert before.counts.tolist() == after.counts.tolist()
    assert before.unknown_reasons == after.unknown_reasons == {"onbeleefd": 1}
    assert after.of("price").gap == 0
    more = after.mapped({"onbeleefd": "houding"})
    assert more.unknown_reasons == {}
    assert more.of("price").counts.first == 1


def test_a_mapping_goes_before_the_words() -> None:
    assert reason_gap(["service"], ["price"], mapping={"service": "price"}).kappa != 0
    assert reason_gap(["service"], [None], mapping={"service": "other"}).unknown_reasons == {}


def test_where_one_side_is_silent_there_is_no_gap() -> None:
    gap = reason_gap(["price", "service"], [None, float("nan")])  # type: ignore[list-item]
    assert math.isnan(gap.of("price").gap)
    assert gap.of("price").believed_share == 0.5
    assert gap.of("price").interval() == gap.hard.interval()
    assert gap.repaired_in_vain == gap.overlooked == ()
    assert (
        str(gap) == "Departures: 2; staff named a reason for 2 of them, customers for 0, both for 0"
    )
    assert math.isnan(gap.kappa)
    assert gap.homogeneity.p_value == 1
    assert str(reason_gap([], [])).startswith("Departures: 0")


def test_it_says_it_in_dutch() -> None:
    gap = reason_gap(["price"] * 20, ["service"] * 20)
    assert gap.sentences("nl") == (
        "Vertrokken: 20; medewerkers noemden bij 20 een reden, klanten bij 20, beide bij 20",
        "Harde redenen: medewerkers 20 van 20, klanten 0 van 20 (+100 punten, 77 tot 100)",
        "Vergeefs gerepareerd: prijs (+100 punten, 77 tot 100)",
        "Over het hoofd gezien: service (-100 punten, -100 tot -77)",
    )


def test_it_becomes_a_frame() -> None:
    frame = reason_gap(["price"], ["service"]).to_frame("polars")
    assert frame["reason"].to_list() == [*REASONS, "hard reasons", "soft reasons"]
    assert frame["gap"].to_list()[0] == 1


def test_several_reasons_at_once() -> None:
    gap = reason_gap(["price", "product", "service"], ["product", "product", "service"])
    together = gap.of("price", "product")
    assert (together.gap, together.counts.pairs) == (0, (2, 0, 0, 1))
    with pytest.raises(ArgumentError, match="'pirce'"):
        gap.of("pirce")


@pytest.mark.parametrize(
    ("believed", "stated", "message"),
    [
        (["price"], [], "1 believed and 0 stated"),
        ([5], ["price"], "believed.*row 1.*int"),
        (["price"], [b"price"], "stated.*row 1.*bytes"),
    ],
)
def test_what_is_no_list_of_reasons(believed: Any, stated: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        reason_gap(believed, stated)


def test_free_text_stays_out_of_errors() -> None:
    told = "Jan of the desk shouted at me"
    with pytest.raises(ArgumentError) as caught:
        reason_gap([told], [None], mapping={told: "rudeness"})
    assert "rudeness" in str(caught.value)
    assert "Jan" not in str(caught.value)
    with pytest.raises(DataError) as wrong:
        reason_gap([told, object()], [None, None])  # type: ignore[list-item]
    assert "Jan" not in str(wrong.value)


def read(**columns: Any) -> Any:
    count = len(next(iter(columns.values())))
    departures = {"customer": [str(each) for each in range(count)], "on": [LAST] * count, **columns}
    return COMPASS.read(Portfolio.from_tables(departures=departures), LAST)["departures"]


def test_a_reading_counts_the_departures_of_the_period() -> None:
    gap = read(believed_reason=["Te duur", None, None], stated_reason=["service", "prijs", None])
    assert isinstance(gap, ReasonGap)
    assert gap.departures == 3
    assert gap.mapped({"te duur": "price"}).hard.gap == 0.5
    assert isinstance(read(stated_reason=["price"]), ReasonGap)
    assert isinstance(read(stated_reason=[None]), Unanswered)
    nothing = COMPASS.read(Portfolio.from_tables(customers={"id": ["a"]}), LAST)
    assert isinstance(nothing["departures"], Unanswered)


@pytest.mark.parametrize(
    ("believed", "stated", "told"),
    [
        (
            "prijs",
            "Service",
            ["Staff believe: price.", "They say: service.", "repair what they say"],
        ),
        ("price", "prijs", ["Staff believe: price.", "They say: price."]),
        ("te duur", None, ["Staff believe: other.", "They named no reason themselves."]),
        (" ", "houding", ["Staff named no reason.", "They say: attitude."]),
    ],
)
def test_it_tells_of_one_customer(
    believed: str | None, stated: str | None, told: list[str]
) -> None:
    gap = read(believed_reason=[believed, "price"], stated_reason=[stated, "price"])
    said = gap.why("0").sentences()
    assert len(said) == 1 + len(told)
    assert said[0] == "They left 0 days before."
    assert all(part in sentence for part, sentence in zip(told, said[1:], strict=True))


def test_of_two_departures_the_later_counts() -> None:
    rows = [
        Departure(customer="a", on=date(2026, 3, 1), stated_reason="price"),
        Departure(customer="a", on=date(2026, 6, 1), believed_reason="product"),
        Departure(customer="b", on=date(2025, 12, 30), stated_reason="price"),
        Departure(customer="c", on=LAST, stated_reason="service"),
        Departure(customer="c", on=LAST, stated_reason="price"),
    ]
    for each in (rows, rows[::-1]):
        customers = [Customer(id="c"), Customer(id="d", opted_out=True)]
        gap = COMPASS.read(Portfolio.from_records(each, customers), LAST)["departures"]
        assert gap.why("a").sentences() == (
            "They left 29 days before.",
            "Staff believe: product.",
            "They named no reason themselves.",
        )
        assert str(gap.why("b")) == "They did not leave in the period, as far as is known."
        assert "They say: price." in gap.why("c").sentences()
        assert str(gap.why("d")) == "They object to profiling: they count in totals only."


def test_reasons_alone_know_no_customers() -> None:
    with pytest.raises(ArgumentError, match="made of reasons alone"):
        reason_gap(["price"], ["service"]).why("a")


MAPPING = {
    "Resignation-Other employer": "price",
    "Contract Expired": "delivery terms",
    "Resignation-Other reasons": "service",
    "Employment conditions": "delivery terms",
    "Work location": "delivery terms",
    "Lack of job security": "product",
    "Job dissatisfaction": "product",
    "Dissatisfaction with the department": "houding",
    "Interpersonal conflicts": "mentaliteit",
    "Lack of recognition": "aandacht",
    "Workload": "service",
}
FIRST_FLAG, LAST_FLAG = 10, 28


def test_why_staff_of_a_school_board_left(shared_data: Path) -> None:
    """What they ticked, beside how their departure was filed; each tick is a row."""
    with (shared_data / "dete_exit_survey.csv").open(encoding="utf-8", newline="") as file:
        heading, *people = csv.reader(file)
    flags = heading[FIRST_FLAG:LAST_FLAG]
    ticks = [
        (number, person[1], flag)
        for number, person in enumerate(people)
        for flag, ticked in zip(flags, person[FIRST_FLAG:LAST_FLAG], strict=True)
        if ticked == "TRUE"
    ]
    portfolio = Portfolio.from_tables(
        departures={
            "customer": [number for number, _, _ in ticks],
            "on": [LAST] * len(ticks),
            "believed_reason": [filed for _, filed, _ in ticks],
            "stated_reason": [flag for _, _, flag in ticks],
        }
    )
    found = COMPASS.read(portfolio, LAST)["departures"]
    gap = found.mapped(MAPPING)
    assert len(people) == 822
    assert gap.departures == len(ticks) == 1276
    # The numbers of ticks are facts about the file, each computed by two other programs.
    stated = {"delivery terms": 34 + 27, "product": 28 + 89, "attitude": 61, "mentality": 34}
    stated |= {"attention": 57, "service": 87, "price": 0}
    stated["other"] = len(ticks) - sum(stated.values())
    assert {each.name: each.counts.second for each in gap.reasons} == stated
    filed = Counter(MAPPING.get(each, "other") for _, each, _ in ticks)
    assert {each.name: each.counts.first for each in gap.reasons if each.counts.first} == filed
    assert gap.unknown_reasons["none of the above"] == 217
    assert gap.unknown_reasons["ill health"] == 112
    assert not {each.casefold() for each in MAPPING} & set(gap.unknown_reasons)
    assert found.of("other").counts.second == len(ticks), "without a mapping all are other"
    straight = reason_gap(
        [each for _, each, _ in ticks], [each for _, _, each in ticks], mapping=MAPPING
    )
    assert str(straight) == str(gap)
    assert [each.name for each in gap.repaired_in_vain if each.is_sure] == ["service", "price"]
