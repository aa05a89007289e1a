"""Demanding customers: every signal at both sides of its threshold; who is about to escalate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from klantkompas import traits
from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import Signal, Trait, Unanswered, declared_in, hookimpl
from klantkompas.lenses.attitudes import Attitudes
from klantkompas.lenses.demands import Demands, shown_by
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.wording.catalogue import translator

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
TRAITS = {trait.name: trait for trait in COMPASS.declarations.traits}
NAMES = ("top_service", "attention_seeking", "brazen", "enraged")
SHOUT = "WHERE IS MY ORDER NOW"
MANAGER = "I want to speak to your manager."
DEMAND = "I demand my money back."


def tables(*names: str, **given: Any) -> Portfolio:
    ids = [*(names or "abcd"), "objecting"]
    opted_out = [False] * (len(ids) - 1) + [True]
    return Portfolio.from_tables(customers={"id": ids, "opted_out": opted_out}, **given)


def demands(*names: str, **given: Any) -> Demands:
    found = COMPASS.read(tables(*names, **given), LAST)["demands"]
    assert isinstance(found, Demands)
    return found


def table(heading: str, *rows: tuple[Any, ...]) -> dict[str, Any]:
    return {name: [row[at] for row in rows] for at, name in enumerate(heading.split())}


def contacts(*rows: tuple[Any, ...]) -> dict[str, Any]:
    return table("customer on text", *((owner, LAST, text) for owner, text in rows))


def shown(found: Demands, trait: str, customer: str = "a") -> float | None:
    value = float(found.shows(trait)[found.measures.place(customer)])
    return None if np.isnan(value) else value


def test_the_four_traits_are_declared() -> None:
    assert sorted(TRAITS) == sorted(NAMES)
    for trait in TRAITS.values():
        for text in (trait.title, *(signal.says for signal in trait.signals)):
            assert translator("nl")(text) != text


@pytest.mark.parametrize(
    ("tag", "trait"),
    [
        ("top_service", "top_service"),
        ("topservice", "top_service"),
        ("Top-service", "top_service"),
        ("attention_seeking", "attention_seeking"),
        ("aandachtvrager", "attention_seeking"),
        ("BRAZEN", "brazen"),
        ("brutaal", "brazen"),
        ("enraged", "enraged"),
        ("Woedend", "enraged"),
        ("kind", None),
    ],
)
def test_tags_of_staff(tag: str, trait: str | None) -> None:
    found = demands(
        contacts=table("customer on tags", ("a", LAST, ("friendly", tag)), ("b", LAST, None))
    )
    assert [name for name in NAMES if shown(found, name) == 1] == ([trait] if trait else [])
    assert [shown(found, name, "b") for name in NAMES] == [0] * 4
    if trait:
        title = next(each.title for each in found.traits if each.name == trait)
        told = f"Staff gave 1 contact a tag for this: {title}"
        assert found.why("a").sentences() == (told,), "what staff found is not what happened"


def test_tags_of_before_the_period_are_past() -> None:
    early = date(2025, 12, 30)
    found = demands(contacts=table("customer on tags", ("a", early, ("brutaal",))))
    assert shown(found, "brazen") == 0


@pytest.mark.parametrize(
    ("text", "trait"), [(MANAGER, "top_service"), (DEMAND, "brazen"), ("Thank you.", None)]
)
def test_wording(text: str, trait: str | None) -> None:
    found = demands(contacts=contacts(("a", text)))
    assert [name for name in NAMES if shown(found, name) == 1] == ([trait] if trait else [])


def orders_of(values: list[float], margins: list[float]) -> dict[str, Any]:
    return table(
        "customer on amount margin",
        *(
            (f"c{at}", LAST, value, value * margin)
            for at, (value, margin) in enumerate(zip(values, margins, strict=True))
        ),
    )


@pytest.mark.parametrize(
    ("value", "margin", "expected"),
    [
        (201.0, 0.31, 1),
        (200.0, 0.31, 0),
        (201.0, 0.30, 0),
        (201.0, 0.29, 0),
        (500.0, 0.10, 0),
        (90.0, 0.90, 0),
    ],
)
def test_large_orders_that_are_paid_well(value: float, margin: float, expected: float) -> None:
    rest = [(100.0, 0.30)] * 9
    values, margins = [value, *(v for v, _ in rest)], [margin, *(m for _, m in rest)]
    found = demands(*(f"c{at}" for at in range(10)), orders=orders_of(values, margins))
    assert shown(found, "top_service", "c0") == expected
    assert shown(found, "top_service", "c1") == 0


@pytest.mark.parametrize(("place", "expected"), [(0, 1), (1, 1), (2, 0)])
def test_the_top_fifth_of_orders_is_two_of_ten(place: int, expected: float) -> None:
    values = [1000.0, 900.0, 800.0, *[100.0] * 7]
    margins = [0.5, 0.5, 0.5, *[0.1] * 7]
    found = demands(*(f"c{at}" for at in range(10)), orders=orders_of(values, margins))
    assert shown(found, "top_service", f"c{place}") == (1 if place < 2 else expected)


def test_an_order_value_leaves_credits_out() -> None:
    rows = [("a", LAST, 100.0), ("a", LAST, 300.0), ("a", LAST, -50.0), ("b", LAST, -50.0)]
    measures = COMPASS.measure(tables(orders=table("customer on amount", *rows)), LAST)
    assert measures["average_order_value"][0] == 200
    assert np.isnan(measures["average_order_value"][1])


@pytest.mark.parametrize(
    ("own", "minutes", "expected"), [(3, 20.0, 1), (2, 20.0, 0), (3, 19.9, 0), (4, 40.0, 1)]
)
def test_seeking_attention(own: int, minutes: float, expected: float) -> None:
    ids = [f"c{at}" for at in range(10)]
    rows = [("c0", LAST, minutes / own, True)] * own + [("c0", LAST, 99.0, False)] * 2
    rows += [(each, LAST, 10.0, True) for each in ids[1:]]
    found = demands(
        *ids,
        contacts=table("customer on minutes by_customer", *rows),
        orders=table("customer on amount", *((each, LAST, 1.0) for each in ids)),
    )
    assert shown(found, "attention_seeking", "c0") == expected
    assert shown(found, "attention_seeking", "c1") == 0


def invoices(late: int, in_time: int) -> dict[str, Any]:
    due = LAST - timedelta(days=10)
    rows = [("a", due, 10.0, LAST)] * late + [("a", due, 10.0, due)] * in_time
    return table(
        "customer due amount paid", *[(*row[:2], 10.0 + n, row[3]) for n, row in enumerate(rows)]
    )


@pytest.mark.parametrize(
    ("late", "in_time", "expected"), [(2, 1, 1), (2, 2, 1), (2, 3, 0), (2, 0, 0), (3, 0, 1)]
)
def test_paying_late(late: int, in_time: int, expected: float) -> None:
    found = demands(invoices=invoices(late, in_time))
    assert shown(found, "brazen") == expected
    assert shown(found, "brazen", "b") is None


@pytest.mark.parametrize(
    ("text", "complaint", "score", "expected"),
    [
        (SHOUT, True, None, 1),
        (SHOUT, False, 3, 1),
        (SHOUT, False, 4, 0),
        (SHOUT, False, None, None),
        ("Where is it?", True, 0, 0),
        (SHOUT, True, 10, 1),
    ],
)
def test_capitals_while_something_is_wrong(
    text: str, complaint: bool, score: int | None, expected: float | None
) -> None:
    owner = "a" if complaint else "b"
    found = demands(
        contacts=contacts(("a", text)),
        complaints=table("customer on resolved", (owner, LAST, None)),
        responses=table("customer on score", ("a", LAST, score)),
    )
    assert shown(found, "enraged") == expected
    assert float(found.enraged[0]) == expected or expected is None


def test_any_number_at_once_with_what_fired() -> None:
    found = demands(
        contacts=contacts(("a", MANAGER), ("a", DEMAND), ("a", SHOUT)),
        complaints=table("customer on resolved", ("a", LAST, None)),
    )
    opening, *told = found.why("a").sentences()
    assert opening == (
        "This may escalate: one thing went wrong in the last 90 days: complaints: 1 (on 30 June "
        "2026)."
    )
    assert told == [
        "They wrote demands, or paid invoices late.",
        "  They wrote words that demand something, in 1 message, on 30 June 2026.",
        "They wrote in capitals, and something is still to be put right.",
        "  They wrote sentences in capitals, in 1 message, on 30 June 2026.",
        "They asked for the management, or placed large orders at a good margin.",
        "  They asked for the management, in 1 message, on 30 June 2026.",
    ]
    assert "De klant schreef in hoofdletters, en er is nog iets goed te maken." in found.why(
        "a"
    ).sentences("nl")
    assert [trait.name for trait in found.traits_of("a")] == ["brazen", "enraged", "top_service"]
    assert found.why("b").sentences() == ("Nothing shows that they ask more than others.",)
    frame = found.to_frame("polars")
    assert frame["enraged"].to_list() == [1, 0, 0, 0]
    assert frame["about_to_escalate"].to_list() == [True, False, False, False]


@pytest.mark.parametrize(("days", "escalates"), [(0, True), (90, True), (91, False)])
def test_who_is_about_to_escalate(days: int, escalates: bool) -> None:
    found = demands(
        contacts=contacts(("a", MANAGER)),
        complaints=table("customer on", ("a", LAST - timedelta(days))),
    )
    assert found.about_to_escalate == (("a",) if escalates else ())
    assert str(found).startswith(f"About to escalate: {int(escalates)}")


@pytest.mark.parametrize(
    ("kind", "heading", "wrong", "fine"),
    [
        ("complaints", "customer on justified", ("a", LAST, True), ("a", LAST, False)),
        ("complaints", "customer on justified", ("a", LAST, None), ("a", LAST, False)),
        ("orders", "customer on amount clear", ("a", LAST, 1.0, False), ("a", LAST, 1.0, True)),
    ],
)
def test_what_went_wrong(kind: str, heading: str, wrong: Any, fine: Any) -> None:
    for row, expected in ((wrong, ("a",)), (fine, ())):
        found = demands(contacts=contacts(("a", MANAGER)), **{kind: table(heading, row)})
        assert found.about_to_escalate == expected


@pytest.mark.parametrize(("rating", "expected"), [(3.0, ("a",)), (3.5, ())])
def test_a_bad_contact_went_wrong(rating: float, expected: tuple[str, ...]) -> None:
    found = demands(contacts=table("customer on text rating", ("a", LAST, MANAGER, rating)))
    assert found.about_to_escalate == expected


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (1, "This may escalate: one thing went wrong in the last 90 days: complaints: 1"),
        (2, "This is about to escalate: 2 things went wrong in the last 90 days: complaints: 2"),
    ],
)
def test_by_how_much_it_is_about_to_escalate_is_said(times: int, told: str) -> None:
    days = [LAST - timedelta(day) for day in range(times)]
    found = demands(
        contacts=table("customer on tags", ("a", LAST, "topservice")),
        complaints=table("customer on", *[("a", day) for day in days]),
    )
    first, second = found.warning(0)
    assert str(found.why("a").sentences()[0]).startswith(told)
    assert found.is_firm(0) == (times > 1)
    assert len(found.warning(0)) == 2
    assert [first, second] == list(found.why("a").parts[:2])
    assert found.why("a").sentences()[1] == (
        "Staff gave 1 contact a tag for this: They asked for the management, or placed large "
        "orders at a good margin."
    )


def test_those_for_whom_most_went_wrong_come_first() -> None:
    found = demands(
        contacts=contacts(*((each, MANAGER) for each in ("a", "b", "c", "objecting"))),
        complaints=table("customer on", *[("a", LAST), ("b", LAST), ("b", date(2026, 6, 1))]),
    )
    assert found.about_to_escalate == ("b", "a")
    assert str(found).splitlines()[0] == "About to escalate: 2 (b, a)"


def test_who_objects_is_demanding_in_no_way() -> None:
    found = demands(
        contacts=contacts(("objecting", MANAGER), ("objecting", SHOUT), ("a", "Hello.")),
        complaints=table("customer on resolved", ("objecting", LAST, None)),
    )
    assert found.about_to_escalate == ()
    assert found.traits_of("objecting") == ()
    assert found.counts() == dict.fromkeys(sorted(NAMES), 0)
    assert found.why("objecting").sentences() == (
        "They object to profiling: they count in totals only.",
    )
    assert "objecting" not in found.to_frame("polars")["id"].to_list()


def test_attitudes_know_who_is_enraged() -> None:
    given = {
        "contacts": contacts(("a", SHOUT)),
        "complaints": table("customer on resolved", ("a", LAST, None), ("b", LAST, None)),
    }
    found = COMPASS.read(tables(**given), LAST)["attitudes"]
    assert isinstance(found, Attitudes)
    assert found.kind.tolist()[:2] == ["hostile", "disappointed"]


def test_where_nothing_is_known_it_cannot_be_told() -> None:
    reading = COMPASS.read(tables(responses=table("customer on score", ("a", LAST, 2))), LAST)
    assert isinstance(reading["demands"], Unanswered)
    assert isinstance(reading["attitudes"], Attitudes)


def test_a_signal_shows_and_what_is_unknown_does_not() -> None:
    np.testing.assert_array_equal(
        shown_by(np.array([[1, 0], [np.nan, 0], [np.nan, np.nan], [np.nan, 1]])), [1, 0, np.nan, 1]
    )


class Haggling:
    def __init__(self, fires: Any) -> None:
        self.fires = fires

    @hookimpl
    def klantkompas_traits(self) -> list[Trait]:
        signal = Signal(name="haggles", fires=self.fires, says="It asked for less.")
        return [Trait(name="haggles", title="It haggles.", signals=(signal,))]


def by_revenue(measures: Measures) -> Any:
    return (measures["revenue"] > 5).astype(np.float64)


def test_a_trait_of_a_plugin() -> None:
    orders = table("customer on amount", ("a", LAST, 9.0), ("b", LAST, 2.0))
    found = Compass([Haggling(by_revenue)], installed=False).read(tables(orders=orders))["demands"]
    assert isinstance(found, Demands)
    assert shown(found, "haggles") == 1
    assert shown(found, "haggles", "b") == 0
    assert found.why("a").sentences() == ("It haggles.", "  It asked for less.")


@pytest.mark.parametrize("given", [[1.0], [2.0] * 5])
def test_a_signal_that_gives_something_else_is_refused(given: list[float]) -> None:
    compass = Compass([Haggling(lambda measures: given)], installed=False)
    with pytest.raises(PluginError, match="the signal 'haggles' of the trait 'haggles'"):
        compass.read(tables(), LAST)


def test_a_trait_may_be_left_out_and_so_may_a_cue() -> None:
    kept = Compass(installed=False, leave_out={"top_service", "capital_sentences"})
    found = kept.read(tables(contacts=contacts(("a", MANAGER), ("a", SHOUT))), LAST)["demands"]
    assert isinstance(found, Demands)
    assert sorted(found.counts()) == ["attention_seeking", "brazen", "enraged"]
    assert found.about_to_escalate == ()
    with pytest.raises(ArgumentError, match="no trait is called 'top_service'"):
        found.shows("top_service")


def test_a_module_holds_the_trait_that_it_is_named_after() -> None:
    assert {trait.name for trait in declared_in(traits, Trait)} == set(NAMES)
