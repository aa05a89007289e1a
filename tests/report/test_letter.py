"""The letter: all that is held of a customer stands in it, their class follows, and no others."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from klantkompas import (
    ArgumentError,
    BuyingReason,
    Compass,
    Complaint,
    Contact,
    Customer,
    CustomerKind,
    Departure,
    History,
    Invoice,
    Letter,
    MissingExtraError,
    Nomination,
    Order,
    Override,
    Portfolio,
    Reading,
    Response,
    StepTaken,
    compare_reviews,
    letter,
    plan_letting_go,
    schema_of,
)
from klantkompas.lenses.memory import REPAIRS, REPAIRS_NOT
from klantkompas.report.letter.addressed import TO_CUSTOMER, addressed
from klantkompas.report.letter.limits import away_from
from klantkompas.report.letter.others import Blanked
from klantkompas.wording.sentence import Quantity, Sentence
from klantkompas.wording.writer import Writer
from tests.report.payloads import PAYLOADS
from tests.wording.test_catalogue import placeholders, texts

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
COMPASS = Compass(installed=False)
ANNA = {"Anna": "Anna, who looks after your orders"}


def random_portfolio(seed: int, customers: int = 50) -> Portfolio:
    """A portfolio in which every amount occurs once, with gaps, ties, credits and departures."""
    draw = Random(seed)
    cents = [*range(10_001, 99_999)]
    draw.shuffle(cents)
    kept = {name: draw.random() < 0.8 for name in ("invoices", "complaints", "contacts", "margin")}
    rows, people, nominations = list[Any](), list[Customer](), list[Nomination]()
    for number in range(customers):
        each = f"c{number + 101}"

        def day(draw: Random = draw) -> date:
            return NOW - timedelta(draw.choice([0, 1, 5, 20, 40, 80, 150, 200, 400]))

        people.append(
            Customer(
                id=each,
                name=f"Zaak {number + 101} {draw.choice(['Zon', 'Maan', 'Ster'])}",
                kind=draw.choice([*CustomerKind]),
                group=draw.choice(["Noord", None]),
                opted_out=draw.random() < 0.1,
                extraversion=draw.choice([None, 0.5, -1.0]),
                rationality=draw.choice([None, 0.25, -1.0]),
                preference_note=draw.choice([None, "no calls, as Anna knows"]),
                preference_source=draw.choice([None, "Bo, by telephone"]),
                preference_until=draw.choice([None, date(2027, 1, 1)]),
            )
        )
        for _ in range(draw.choice([0, 1, 2, 3, 5, 8])):
            amount = draw.choice([1, 1, 1, 1, -0.2]) * cents.pop() / 100
            margin = cents.pop() / 1000 if kept["margin"] and draw.random() < 0.9 else None
            clear = draw.choice([True, True, False, None])
            rows.append(
                Order(customer=each, on=day(), amount=round(amount, 2), margin=margin, clear=clear)
            )
        for _ in range(draw.choice([0, 1, 3, 4]) if kept["invoices"] else 0):
            due = day()
            paid = draw.choice([None, due, due + timedelta(9)])
            rows.append(Invoice(customer=each, due=due, paid=paid, amount=cents.pop() / 100))
        for _ in range(draw.choice([0, 0, 1, 2]) if kept["complaints"] else 0):
            rows.append(Complaint(customer=each, on=day(), resolved=draw.choice([None, NOW])))
        for _ in range(draw.choice([0, 1, 3]) if kept["contacts"] else 0):
            rows.append(
                Contact(
                    customer=each,
                    on=day(),
                    channel="telephone",
                    minutes=float(draw.randint(1, 90)),
                    by_customer=draw.choice([True, False, None]),
                    purpose=draw.choice(["service", "courtesy", None]),
                    rating=draw.choice([None, 2, 9]),
                    text=draw.choice(["WHERE IS MY ORDER NOW", "Thanks.", None]),
                    tags=draw.choice([(), ("woedend",)]),
                )
            )
        if draw.random() < 0.5:
            rows.append(Response(customer=each, on=day(), score=draw.randint(0, 10)))
        if draw.random() < 0.1:
            rows.append(Departure(customer=each, on=day(), stated_reason="service"))
        if draw.random() < 0.1:
            nominations.append(Nomination(customer=each, by="Bo", reason="asks Anna little"))
    return Portfolio.from_records(rows, people, nominations=nominations)


def random_reading(seed: int) -> Reading:
    portfolio, draw = random_portfolio(seed), Random(seed)
    ids = portfolio.ids.tolist()
    given = [Override(draw.choice(ids), "B", "Anna", NOW, "c150 asked for it") for _ in range(3)]
    shortlist = draw.sample(ids, 8) if seed % 3 == 0 else None
    return COMPASS.read(portfolio, NOW, shortlist=shortlist, overrides=given)


def passes(value: float | None, limit: Mapping[str, Any]) -> bool:
    """Whether a value passes a limit, written anew from the domain text."""
    if value is None or limit["value"] is None:
        return False
    edge = limit["value"]
    equal = abs(value - edge) <= 1e-9 * max(abs(value), abs(edge))
    if limit["comparison"] == "at most":
        return value < edge or equal
    return (value > edge and not equal) or (equal and limit["comparison"] == "at least")


def class_of(met: int, listed: bool) -> str:
    if met >= 2:
        return "A" if listed else "B"
    return "C" if met else "D"


def numbers_in(data: object) -> Iterable[float]:
    if isinstance(data, Mapping):
        for each in data.values():
            yield from numbers_in(each)
    elif isinstance(data, list):
        for each in data:
            yield from numbers_in(each)
    elif isinstance(data, float):
        yield data


def telling(values: Iterable[float]) -> set[float]:
    """Return the values that tell whose they are: four significant digits or more."""
    return {round(v, 9) for v in values if math.isfinite(v) and float(f"{v:.3g}") != v}


def of_customer(reading: Reading, place: int) -> set[float]:
    columns = reading.measures.columns.values()
    own = [float(each.values[place]) for each in columns]
    own += [float(each.basis[place]) for each in columns if each.basis is not None]
    return telling(own)


def check_all_is_held(reading: Reading, told: Letter, data: dict[str, Any], text: str) -> None:
    measures, place = reading.measures, reading.measures.place(told.customer)
    known = {n: c for n, c in measures.columns.items() if not np.isnan(c.values[place])}
    held = {each["name"]: each for each in data["measures"]}
    assert held.keys() == known.keys()
    for name, column in known.items():
        assert held[name]["value"] == column.values[place]
        if column.basis is not None and not np.isnan(column.basis[place]):
            assert held[name]["basis"] == column.basis[place]
    of_none = " ".join(line for line in text.splitlines() if line.startswith("None ("))
    for each in told.measures:
        what = told.writer.say(each.what)
        assert what in of_none if each.is_none else f"- {what}. " in text
    for each in (*told.measures, *told.record):
        assert told.writer.plain(each.told()) in text
    fields = {each["name"] for each in data["record"]}
    assert fields == {
        name
        for name, column in measures.record.items()
        if name != "nominations" and column[place] == column[place] and column[place] is not None
    }
    assert len(told.nominations) == text.count("named you among the customers who fit best")


def check_the_class_follows(made: dict[str, Any], text: str) -> None:
    met = [
        passes(each["value"], each["limit"])
        and (each["rests_on"] is None or each["rests_on"] >= each["least_basis"])
        for each in made["factors"]
    ]
    assert met == [each["state"] == "met" for each in made["factors"]]
    if made["computed"] is None:
        assert not made["factors"]
        assert "Your class is " not in text
        return
    assert made["computed"] == class_of(sum(met), made["shortlisted"])
    given = made["correction"]
    assert made["label"] == (made["computed"] if given is None else given["label"])
    assert f"Your class is {made['label']}." in text
    for each in made["would_be"]:
        check_would_be(made, met, each)


def check_would_be(made: dict[str, Any], met: list[bool], would: dict[str, Any]) -> None:
    names = {change["factor"] for change in would["changes"]}
    then = [m or f["factor"] in names for m, f in zip(met, made["factors"], strict=True)]
    assert class_of(sum(then), would["shortlisted"]) == would["label"]
    own = {each["factor"]: each["value"] for each in made["factors"]}
    for change in would["changes"]:
        if change["sort"] == "doing":
            assert not passes(own[change["factor"]], change["limit"])


def check_it_speaks_to_the_customer(told: Letter, text: str) -> None:
    assert not re.search(r"\bTheir\b|\bthe customer\b|\bthey are\b|towards you", text)
    assert not re.search(r"^- They\b|^- The customer\b|^- To do", text, re.MULTILINE)
    said = [line for each in told.said for line in each.lines]
    assert not any(line.startswith(("To do", "They", "Their")) for line in said)
    assert "or leave invoices unpaid" not in text
    assert "This we still want to do: say in public" not in text
    known = {each.name: each.value for each in told.measures}
    assert ("What is open between us" in text) == (known.get("open_complaints", 0) > 0)
    left = {"believed_reason", "stated_reason", "days_since_departure"} & known.keys()
    assert left or known.get("departed") != 0 or "why you left" not in text


def amounts_in(said: object) -> Iterator[float]:
    """The amounts that fill the places of a sentence."""
    if isinstance(said, Sentence):
        for value in said.values.values():
            yield from amounts_in(value)
    elif isinstance(said, Quantity):
        yield float(said.value)


def check_nobody_else(reading: Reading, told: Letter, others: set[float], text: str) -> None:
    assert not telling(numbers_in(json.loads(told.to_json()))) & others
    changes = [change for each in told.made.would_be for change in each.changes]
    worked_out = {amount for change in changes for amount in amounts_in(change.told)}
    assert not telling(worked_out) & others
    # What the customer lacks may be written as another's amount is, and be another number.
    money = {told.writer.money(each) for each in others if abs(each) >= 1}
    money -= {told.writer.money(each) for each in worked_out}
    assert not money & set(re.findall(r"-?[\d,]+\.\d\d\b", text))
    told_as_data = told.to_json()
    for other, name in zip(reading.measures.ids, reading.measures.record["name"], strict=True):
        if other != told.customer:
            assert other not in text + told_as_data
            assert name not in text + told_as_data
    assert not re.search(r"\b(Anna|Bo)\b", text + told_as_data)


@pytest.mark.parametrize("seed", range(20))
def test_of_a_thousand_customers(seed: int) -> None:
    reading = random_reading(seed)
    measures = reading.measures
    everybody = [of_customer(reading, place) for place in range(len(measures))]
    staff = {"Anna": "our bookkeeper", "Bo": "our driver"}
    for place, customer in enumerate(measures.ids.tolist()):
        told = letter(reading, customer, staff=staff)
        text, data = told.text(), json.loads(told.to_json())
        check_all_is_held(reading, told, data, text)
        check_the_class_follows(data["made"], text)
        check_it_speaks_to_the_customer(told, text)
        assert ("You object to profiling." in text) == told.opted_out
        others = set[float]().union(*(v for at, v in enumerate(everybody) if at != place))
        check_nobody_else(reading, told, others - everybody[place], text)


def test_as_data_it_is_as_its_schema_says(kept: tuple[Reading, History]) -> None:
    now, history = kept
    schema = Draft202012Validator(schema_of(Letter))
    for customer in now.measures.ids.tolist():
        told = letter(now, customer, history=history, language="nl")
        schema.validate(json.loads(told.to_json()))


@given(
    st.floats(1e-6, 1e9),
    st.floats(-1e9, 1e9) | st.just(math.nan),
)
def test_a_rounded_limit_is_another_number_on_the_same_side(limit: float, own: float) -> None:
    rounded = away_from(limit, own)
    if math.isclose(limit, own, rel_tol=1e-9):
        assert rounded == limit
        return
    assert rounded != limit
    assert (rounded < limit) == (own > limit)
    assert abs(rounded - limit) <= 0.11 * max(limit, rounded) + 1e-12
    mantissa = f"{rounded:.12e}".split("e")[0]
    assert float(mantissa) == round(float(mantissa), 1)


def small(*shares: float) -> Reading:
    """Customers who differ by their margin only."""
    rows = [
        Order(customer=f"c{at}", on=NOW - timedelta(back), amount=100.0, margin=100 * share)
        for at, share in enumerate(shares)
        for back in range(3)
    ]
    return COMPASS.read(Portfolio.from_records(rows), NOW)


def test_a_share_of_few_others_is_rounded_and_of_five_or_more_is_not() -> None:
    four, five = (letter(small(0.1, *[0.2345] * others), "c0").made.factors for others in (4, 5))
    limits = [
        next(each.limit for each in made if each.factor == "good_margin") for made in (four, five)
    ]
    assert [each.rounded for each in limits] == [True, False]
    assert limits[0].value == 0.21
    assert limits[1].value == pytest.approx((0.1 + 5 * 0.2345) / 6)


def test_the_one_other_customer_cannot_be_read_from_it() -> None:
    told = letter(small(0.1, 0.2345), "c0").text()
    assert "23.4" not in told
    assert "(rounded)" in told


def test_who_is_told_of_in_what_staff_typed_is_not_named() -> None:
    blanked = Blanked(["0213", "De Vries", "ab"], {"Anna": "someone", "Bo Jansen": "somebody"})
    assert blanked("as de  vries asked; ANNA, not Annabel; bo jansen; 0213, 02134; ab") == (
        "as [another customer] asked; someone, not Annabel; somebody; [another customer], 02134; ab"
    )
    assert blanked("") == ""


@pytest.fixture
def kept(tmp_path: Path) -> Iterable[tuple[Reading, History]]:
    portfolio = random_portfolio(4)
    then, now = COMPASS.read(portfolio, THEN), COMPASS.read(portfolio, NOW)
    with History(tmp_path / "shop.klantkompas") as history:
        history.record(then, review=True)
        history.record(now, review=True)
        name = now.measures.record["name"][now.measures.place("c111")]
        history.override(Override("c110", "A", "Anna", NOW, f"as {name} (c111) and Bo asked"))
        history.keep(
            [
                BuyingReason("c110", True, "near", by="Anna", on=NOW),
                BuyingReason("c110", False, "dear", by="Bo", on=NOW),
                StepTaken("c110", "called with c112", by="Bo", on=NOW, work_list="cherish"),
                StepTaken("c111", "sent a card", by="Bo", on=NOW),
            ]
        )
        yield now, history


def test_all_that_the_history_holds_stands_in_it(kept: tuple[Reading, History]) -> None:
    now, history = kept
    told = letter(now, "c110", history=history, staff=ANNA)
    text, held = told.text(), json.loads(history.export("c110"))
    data = told.to_dict()["history"]
    assert data.keys() == held.keys()
    assert [each["as_of"] for each in data["readings"]] == ["2025-12-31", "2026-06-30"]
    for mine, theirs in zip(data["readings"], held["readings"], strict=True):
        same = {"values", "bases", "units", "labels", "computed", "shortlisted", "provisional"}
        assert {name: mine[name] for name in same} == {name: theirs[name] for name in same}
    assert data["overrides"][0]["because"] == (
        "as [another customer] ([another customer]) and a member of staff asked"
    )
    assert data["steps"] == [
        {
            "customer": "c110",
            "done": "called with [another customer]",
            "by": "a member of staff",
            "on": "2026-06-30",
            "work_list": "cherish",
        }
    ]
    for line in (
        "Anna, who looks after your orders gave you class A on 30 June 2026: as [another customer]",
        "On 30 June 2026 Anna, who looks after your orders noted why you buy: near",
        "On 30 June 2026 a member of staff noted why you do not buy: dear",
        "On 30 June 2026 a member of staff noted what was done for you (list: Cherish): called",
        "As of 31 December 2025: ",
        "This was a review.",
    ):
        assert line in text
    assert "sent a card" not in text
    for reading in held["readings"]:
        for name, value in reading["values"].items():
            if isinstance(value, list):
                days = (date.fromisoformat(e) if isinstance(e, str) else e for e in value)
                assert all(told.writer.plain(each) in text for each in days)
            elif value is not None and reading["units"][name] not in ("yes or no", "reason"):
                assert told.writer.plain(Quantity(value, reading["units"][name])) in text


def test_of_whom_a_history_holds_nothing_nothing_is_added(kept: tuple[Reading, History]) -> None:
    _, history = kept
    other = COMPASS.read(Portfolio.from_records([Order(customer="z", on=NOW, amount=1.0)]), NOW)
    assert letter(other, "z", history=history).history == {}
    assert "What we keep from earlier" not in letter(other, "z", history=history).text()


def test_who_was_let_go_reads_who_decided_and_why(tmp_path: Path) -> None:
    portfolio = random_portfolio(4, customers=80)
    now = COMPASS.read(portfolio, NOW)
    plan = plan_letting_go(compare_reviews(COMPASS.read(portfolio, THEN), now))
    gone = plan.to_find_out[0].customer
    assert gone in plan.proposed
    with History(tmp_path / "h") as history:
        history.record(now, review=True)
        finding = {gone: "half of them unclear, c102 says"}
        history.approve(plan, [gone], by="Anna", on=NOW, findings=finding)
        told = letter(now, gone, history=history).text()
    assert "On 30 June 2026 a member of staff decided to let you go, after the" in told
    assert "found out first: half of them unclear, [another customer] says" in told


def test_who_objects_reads_what_is_held_and_that_no_class_was_made() -> None:
    rows = [Order(customer=each, on=NOW, amount=200.25) for each in ("a", "b")]
    people = [Customer(id="a", name="Zaak A", opted_out=True, group="Noord")]
    told = letter(COMPASS.read(Portfolio.from_records(rows, people), NOW), "a")
    text = told.text()
    assert told.opted_out
    assert told.made.label is None
    assert told.said == ()
    assert "You object to profiling. So no class was made of you" in text
    assert "whether you object to profiling. Value: yes" in text
    assert "200.25" in text
    assert "What we read in it" not in text
    assert "You get the service that we give to customers without a class." in text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_is_written_in_one_language(kept: tuple[Reading, History], language: str) -> None:
    now, history = kept
    told = letter(now, "c110", history=history, language=language, sender="Kom & Co", remarks=["x"])
    text, page = told.text(), told.html()
    assert str(told) == text
    assert told.language == language
    assert f'<html lang="{language}">' in page
    assert told.to_dict("en" if language == "nl" else "nl")["made"] != {}
    if language == "nl":
        for english in ("Your", "class ", "Value", "customer", "unknown", "orders of", "Limit"):
            assert english not in text
        assert not re.search(r"\d\.\d\d\b(?!\d)", text)
        assert "een medewerker" in text
    for line in text.splitlines():
        assert line == line.rstrip()


def test_what_is_said_to_the_customer_is_what_staff_read() -> None:
    assert {*TO_CUSTOMER} - {*texts()} == set()
    for staff, customer in TO_CUSTOMER.items():
        assert {*placeholders(staff)} >= {*placeholders(customer)}
        assert not re.search(r"\bthe customer\b|\b[Tt]heir\b", customer)


def late_payer(paid_late: int) -> Portfolio:
    """A customer with four invoices, and others who pay on time."""
    rows = [
        Invoice(
            customer=each,
            due=NOW - timedelta(20 + at),
            paid=NOW - timedelta(20 + at - (9 if each == "a" and at < paid_late else 0)),
            amount=10.0,
        )
        for each in ("a", "b")
        for at in range(4)
    ]
    orders = [Order(customer=each, on=NOW - timedelta(1), amount=10.0) for each in ("a", "b")]
    return Portfolio.from_records([*rows, *orders])


def test_a_trait_is_told_by_what_happened() -> None:
    told = letter(COMPASS.read(late_payer(3), NOW), "a")
    lines = next(each.lines for each in told.said if each.lens == "demands")
    assert lines == (
        "Our program reads this as a sign that you may ask more of us than others do:",
        "You paid 1 of 4 invoices on time.",
    )
    assert "demands" not in " ".join(line for each in told.said for line in each.lines)


def test_what_was_written_comes_before_what_was_made_of_it() -> None:
    contacts = [
        Contact(customer="a", on=NOW, channel="email", text="WHERE IS MY ORDER NOW") for _ in "12"
    ]
    told = letter(COMPASS.read(Portfolio.from_records(contacts), NOW), "a")
    lines = next(each.lines for each in told.said if each.lens == "colours")
    assert lines[0] == "you wrote sentences in capitals: 2 of 2 messages"
    assert not any("scale from -1 to 1" in line for line in lines[:2])
    assert lines[-1].startswith(("From this we suppose", "We suppose nothing"))


def test_of_the_next_rating_only_what_is_possible_is_said() -> None:
    def repairs(ending: float) -> str:
        values = {"ending": ending, "wanted": 6.0}
        (said,) = addressed("memory", [Sentence(REPAIRS, values)])
        return Writer("en").say(said)

    assert repairs(10.0).startswith("If your next rating is a 10, ")
    assert "10 or better" not in repairs(10.0)
    assert Sentence(REPAIRS_NOT) not in addressed("memory", [Sentence(REPAIRS_NOT)])


def test_what_is_not_given_is_there_to_fill_in() -> None:
    reading = COMPASS.read(late_payer(0), NOW)
    bare = letter(reading, "a").text()
    assert bare.count("[to fill in") == 5
    assert letter(reading, "a").to_fill_in == ("sender", "on", "shared_with", "kept_for")
    given = {"sender": "Kom & Co", "shared_with": "our bookkeeper", "kept_for": "two years"}
    full = letter(reading, "a", remarks=["a remark"], **given)
    assert full.to_fill_in == ("on",)
    assert re.findall(r".*\[to fill in.*", full.text()) == ["Date: [to fill in]"]
    assert "From: Kom & Co" in full.text()
    assert "How long we keep your data: two years" in full.text()
    assert "You hear from us within a month." in full.text()
    assert "[to fill in" not in letter(reading, "a", on=NOW, **given).text()


class Outline(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = list[tuple[str, dict[str, str | None]]]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_is_plain_and_says_what_is_what(kept: tuple[Reading, History]) -> None:
    now, history = kept
    outline = Outline(letter(now, "c110", history=history).html()).found
    tags = [tag for tag, _ in outline]
    assert not {*tags} & {"script", "img", "link", "iframe", "form", "a"}
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = [attrs["id"] for _, attrs in outline if "id" in attrs]
    assert len(ids) == len({*ids})
    assert {attrs["scope"] for tag, attrs in outline if tag == "th"} == {"col", "row"}
    for tag, attrs in outline:
        if tag == "table":
            assert attrs["aria-labelledby"] in ids


def test_no_text_of_the_data_becomes_an_element() -> None:
    for name in PAYLOADS:
        rows = [Order(customer="a", on=NOW, amount=1.0)]
        people = [Customer(id="a", name=name, preference_note=name, group=name)]
        reading = COMPASS.read(Portfolio.from_records(rows, people), NOW)
        page = letter(
            reading, "a", sender=name, shared_with=name, kept_for=name, remarks=[name]
        ).html()
        assert not {tag for tag, _ in Outline(page).found} & {"script", "img"}


def test_a_class_of_ones_own_is_told_by_the_advice_of_staff() -> None:
    from klantkompas import Advice, ClassificationRule, hookimpl

    class Own:
        @hookimpl
        def klantkompas_classification_rules(self) -> list[ClassificationRule]:
            return [
                ClassificationRule(
                    name="always",
                    label="Z",
                    when=lambda card: card.count >= 0,
                    because="they always are",
                    priority=1,
                    above="A",
                )
            ]

        @hookimpl
        def klantkompas_advice(self) -> list[Advice]:
            return [Advice(name="z", about="class", of="Z", text="Send them a card.")]

    rows = [Order(customer="a", on=NOW, amount=1.0)]
    told = letter(Compass([Own()], installed=False).read(Portfolio.from_records(rows)), "a")
    assert told.made.label == "Z"
    assert "Our staff are advised so: Send them a card." in told.text()
    assert "- Z: they always are" in told.text()


def test_what_is_something_else_is_refused(
    kept: tuple[Reading, History], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, _ = kept
    with pytest.raises(ArgumentError, match="no customer"):
        letter(now, "nobody")
    with pytest.raises(ArgumentError, match="language is one of"):
        letter(now, "c110", language="fr")
    with pytest.raises(ArgumentError, match="reading is a Reading"):
        letter("c110", "c110")  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[report\]"):
        letter(now, "c110").html()


def test_the_same_reading_gives_the_same_letter(kept: tuple[Reading, History]) -> None:
    now, history = kept
    told = [letter(now, "c110", history=history) for _ in range(2)]
    assert told[0].to_json() == told[1].to_json()
    assert told[0].html() == told[1].html()
