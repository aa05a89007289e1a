"""Why customers buy, or do not: recorded with a person and a day, on the card, and erasable."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from klantkompas import (
    ArgumentError,
    BuyingReason,
    Compass,
    Customer,
    History,
    Order,
    Portfolio,
    Reading,
)

DAY = date(2026, 3, 1)
BUYS = BuyingReason("a", True, "you know our machines", by="Anna", on=DAY)
BUYS_NOT = BuyingReason("a", False, "too far away", by="Bo", on=date(2026, 2, 1))
OTHER = BuyingReason("b", True, "as a told them", by="Anna", on=DAY)


def reading(**options: Any) -> Reading:
    orders = [Order(customer=each, on=DAY, amount=9.0) for each in "ab"]
    people = [Customer(id="a", **options), Customer(id="b")]
    return Compass(installed=False).read(Portfolio.from_records(orders, people))


def test_they_are_kept_in_order_of_time(tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        for each in (BUYS, BUYS_NOT, OTHER):
            history.add_reason(each)
    with History(tmp_path / "h") as history:
        assert history.reasons() == (BUYS_NOT, BUYS, OTHER)
        exported = json.loads(history.export("a"))["buying_reasons"]
        assert [each["because"] for each in exported] == ["too far away", "you know our machines"]
        with pytest.raises(ArgumentError, match="reason is a BuyingReason"):
            history.add_reason("because")  # type: ignore[arg-type]


def test_the_card_says_why_they_buy_and_nothing_of_others() -> None:
    card = reading().profile("a", reasons=(BUYS, BUYS_NOT, OTHER))
    assert "They buy because of this (Anna, 1 March 2026): you know our machines" in str(card)
    assert "Ze kopen hierom niet (Bo, 1 februari 2026): too far away" in card.sentences("nl")
    assert "as a told them" not in str(card)
    assert reading().profile("a").reasons == ()


def test_the_card_of_who_objects_does_not_say_it() -> None:
    card = reading(opted_out=True).profile("a", reasons=(BUYS,))
    assert card.reasons == ()
    assert "machines" not in str(card)


def test_erasing_removes_them_and_finds_what_was_said_of_others(tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        for each in (BUYS, OTHER):
            history.add_reason(each)
        erasure = history.erase("a", on=DAY)
        assert history.reasons() == (OTHER,)
        assert erasure.places == ("buying_reasons of 'b', because: 1",)
        history.redact(erasure, ["a"])
        assert history.reasons()[0].because == "as [erased] told them"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"customer": ""}, "needs 'customer'"),
        ({"buys": 1}, "buys is True"),
        ({"because": " "}, "needs 'because'"),
        ({"by": None}, "needs 'by'"),
        ({"on": "2026-03-01"}, "needs the date 'on'"),
    ],
)
def test_it_needs_a_person_a_day_and_words(changes: dict[str, Any], told: str) -> None:
    whole = {"customer": "a", "buys": True, "because": "near", "by": "Anna", "on": DAY}
    with pytest.raises(ArgumentError, match=told):
        BuyingReason(**(whole | changes))
    moment = datetime(2026, 3, 1, 12, 0)
    assert BuyingReason(**(whole | {"on": moment})).on == DAY
