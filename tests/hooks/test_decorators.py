"""Decorators: what they make of a function, and how far ten lines in a notebook reach."""

from __future__ import annotations

import importlib
import pickle
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from klantkompas import (
    AtLeast,
    AtLeastOverall,
    AtMost,
    Compass,
    Lens,
    Measure,
    PluginError,
    Portfolio,
    Reading,
    SuccessFactor,
    TopShare,
    Unanswered,
    cue,
    lens,
    measure,
    rule,
    success_factor,
    tally,
    write_report,
)
from klantkompas.io.mapping_file import read_mapping

SHOP = Path(__file__).parents[2] / "examples" / "shop"
NOTEBOOK = """\
from klantkompas import Compass, rule, success_factor
@success_factor(at_least=0.98, unit="share")
def returns_little(measures):
    "returns little"
    return 1 - measures["credited_share"]
@rule("Friend", above="A")
def is_a_friend(card):
    "it contributes in five or more ways"
    return card.count >= 5
reading = Compass([returns_little, is_a_friend]).read(portfolio)
"""
FRIEND = "0042"


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    portfolio = Portfolio.from_files(
        orders=SHOP / "orders.csv",
        invoices=SHOP / "facturen.csv",
        columns=read_mapping(SHOP / "columns.toml"),
    )
    names: dict[str, Any] = {"portfolio": portfolio}
    exec(NOTEBOOK, names)
    return names


@pytest.fixture(scope="module")
def reading(notebook: dict[str, Any]) -> Reading:
    found: Reading = notebook["reading"]
    return found


def test_it_takes_ten_lines() -> None:
    assert len(NOTEBOOK.splitlines()) <= 10


def test_they_are_in_the_score_card(reading: Reading) -> None:
    card = reading.scorecard
    met = card.met[:, card.factors.index("returns_little")]
    assert met.tolist() == (1 - card["credited_share"] >= 0.98 - 1e-9).tolist()
    assert "  returns little: " in str(card)
    assert "returns_little" in card.to_frame("polars")["factor"].to_list()


def test_they_are_in_the_classes_and_the_why(reading: Reading) -> None:
    card = reading.scorecard
    friends = card.ids[(card.count >= 5) & ~reading.measures.opted_out[card.places]]
    assert FRIEND in friends
    assert reading.classes.counts()["Friend"] == len(friends)
    assert {reading.classes.label(each) for each in friends} == {"Friend"}
    told = str(reading.classes.why(FRIEND))
    assert told.startswith(f"{FRIEND} is Friend because it contributes in five or more ways\n")
    assert "+ returns little: 100%, at least 98%" in told


def test_they_are_in_the_what_if(reading: Reading) -> None:
    card = reading.scorecard
    short = (card.count == 3) & ~card.met[:, card.factors.index("returns_little")]
    assert short.any()
    lifts = reading.classes.what_if(card.ids[short][0]).lifts
    to_a_friend = [lift.factors for lift in lifts if lift.label == "Friend"]
    assert to_a_friend
    assert any("returns_little" in factors for factors in to_a_friend)


def test_they_are_in_the_report(reading: Reading, tmp_path: Path) -> None:
    page = write_report(reading, tmp_path / "page.html").read_text("utf-8")
    assert "returns little" in page
    assert "Friend" in page
    assert "it contributes in five or more ways" in page


def test_they_are_in_the_frame(reading: Reading) -> None:
    frame = reading.to_frame("polars")
    assert {"returns_little", "returns_little_met", "returns_little_unknown"} <= {*frame.columns}
    assert (frame["class"] == "Friend").sum() == reading.classes.counts()["Friend"]


def test_they_are_the_declarations_themselves(notebook: dict[str, Any]) -> None:
    factor, friend = notebook["returns_little"], notebook["is_a_friend"]
    assert isinstance(factor, SuccessFactor)
    assert (factor.name, factor.title, factor.criterion) == (
        "returns_little",
        "returns little",
        AtLeast(0.98),
    )
    assert isinstance(factor.measure, Measure)
    assert (factor.measure.name, factor.measure.unit) == ("returns_little", "share")
    assert (friend.label, friend.priority, friend.above) == ("Friend", 0, "A")


@pytest.mark.parametrize(
    ("given", "criterion"),
    [
        ({"at_least": 2}, AtLeast(2)),
        ({"at_least": 0}, AtLeast(0)),
        ({"at_most": 2}, AtMost(2)),
        ({"top_share": 0.2}, TopShare(0.2)),
        ({"at_least_overall": True}, AtLeastOverall()),
    ],
)
def test_there_are_four_criteria(given: dict[str, Any], criterion: object) -> None:
    @success_factor(**given)
    def odd(period: Any) -> Any:
        return period

    assert odd.criterion == criterion


def test_what_is_said_goes_before_what_the_function_says() -> None:
    @success_factor(
        name="mine",
        at_least=1,
        title="is mine",
        describes="mine",
        basis_unit="orders",
        least_basis=5,
    )
    def odd(period: Any) -> Any:
        """Odd. Very odd."""
        return np.ones(period.customers)

    assert (odd.name, odd.title, odd.least_basis) == ("mine", "is mine", 5)
    assert isinstance(odd.measure, Measure)
    assert (odd.measure.describes, odd.measure.basis_unit) == ("mine", "orders")

    @rule("B", name="held_back", because="it is held back", priority=50, version="2")
    def other(card: Any) -> Any:
        return card.count > 0

    assert (other.name, other.because, other.priority, other.version) == (
        "held_back",
        "it is held back",
        50,
        "2",
    )


def test_a_function_of_something_else() -> None:
    with pytest.raises(PluginError) as caught:

        @success_factor(at_least=1)
        def odd(customers: Any) -> Any:
            return customers

    told = str(caught.value)
    assert "the success factor 'odd' is made of odd(customers)" in told
    assert "period (the interactions) or measures (what is measured already)" in told


@pytest.mark.parametrize("given", [{}, {"at_least": 1, "at_most": 2}])
def test_not_one_criterion(given: dict[str, Any]) -> None:
    with pytest.raises(PluginError, match=r"needs one of at_least=, at_most=, top_share="):
        success_factor(**given)


def test_a_factor_without_brackets() -> None:
    with pytest.raises(PluginError, match=r"in brackets and by name.*\(at_least=0.95\)"):

        @success_factor  # type: ignore[arg-type]
        def odd(measures: Any) -> Any:
            return measures

    with pytest.raises(PluginError, match="by name"):
        success_factor(0.95)  # type: ignore[arg-type]


def test_a_rule_without_its_class() -> None:
    with pytest.raises(PluginError, match=r'such as @rule\("A"\)'):

        @rule
        def odd(card: Any) -> Any:
            return card

    with pytest.raises(PluginError, match="has one parameter, the score card"):

        @rule("A")
        def other(card: Any, threshold: float) -> Any:
            return card.count > threshold

    with pytest.raises(PluginError, match="is written above a function"):
        rule("A")(5)  # type: ignore[arg-type]


def test_a_measure_is_made_in_one_way() -> None:
    for given in ({}, {"of": len, "from_measures": len}):
        with pytest.raises(PluginError, match="Measure 'odd': give a function of a period"):
            Measure(name="odd", unit="", describes="odd", **given)


def test_a_derived_measure_is_made_after_the_others_and_with_its_basis() -> None:
    orders = {"customer": ["a", "b"], "on": [date(2026, 6, 1)] * 2, "amount": [10.0, 20.0]}
    twice = Measure(
        name="a_first_by_name",
        from_measures=lambda measures: (2 * measures["revenue"], measures["order_count"]),
        unit="money",
        describes="twice",
        basis_unit="orders",
    )
    compass = Compass([twice], installed=False)
    measures = compass.measure(Portfolio.from_tables(orders=orders))
    assert measures["a_first_by_name"].tolist() == [20.0, 40.0]
    basis = measures.basis("a_first_by_name")
    assert basis is not None
    assert basis.tolist() == [1.0, 1.0]
    assert measures.column("a_first_by_name").basis_unit == "orders"


MODULE = '''
from klantkompas import cue, lens, measure, report_section, rule, success_factor, tally
from klantkompas.hooks import signal

@measure(unit="days", basis_unit="orders", is_proportion=True, reads="orders")
def of_a_period(period):
    """Days of a period, and more.

    The rest is for who reads the code.
    """

@measure(unit="days", name="another", describes="Said")
def of_measures(measures): ...

@tally(keys="reason")
def reasons(period):
    """NPS answers by reason."""

@success_factor(at_most=1)
def pays(period): ...

@rule("A", below="B")
def holds(card): ...

@lens(question="What?")
def looks(measures, classes: "Classification", nps: "SurveyScore | None", *, share=0.2):
    return classes, nps, share

@cue(rationality=1, weight=2)
def shouts(texts):
    """Shouts."""

@signal(says="They shout.")
def loud(measures): ...

@report_section(title="Ours", priority=5)
def ours(reading): ...
'''


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "a_family.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("a_family")
    del sys.modules["a_family"]


def test_a_declaration_is_called_as_its_function_and_described_by_its_docstring(
    family: Any,
) -> None:
    assert evolve(family.of_a_period, of=print) == Measure(
        name="of_a_period",
        of=print,
        unit="days",
        describes="days of a period, and more",
        basis_unit="orders",
        is_proportion=True,
        reads=("orders",),
    )
    assert (family.of_measures.name, family.of_measures.describes) == ("another", "Said")
    assert (family.reasons.keys, family.reasons.describes) == (("reason",), "NPS answers by reason")
    assert (family.pays.measure.name, family.pays.title) == ("pays", "pays")
    assert (family.holds.label, family.holds.below, family.holds.because) == ("A", "B", "holds")
    assert (family.looks.needs, family.looks.uses) == (("classes",), ("nps",))
    assert (family.shouts.describes, family.shouts.weight) == ("shouts", 2)
    assert (family.loud.name, family.loud.says) == ("loud", "They shout.")
    assert (family.ours.name, family.ours.priority) == ("ours", 5)


def test_a_function_is_found_where_its_declaration_holds_it(family: Any) -> None:
    """So that it goes by name to a process of its own."""
    for function in (
        family.of_a_period.of,
        family.of_measures.from_measures,
        family.reasons.of,
        family.pays.measure.of,
        family.holds.when,
        family.looks.look,
        family.shouts.fires,
        family.loud.fires,
        family.ours.show,
    ):
        assert pickle.loads(pickle.dumps(function)) is function


@pytest.mark.parametrize("decorate", [measure(unit=""), lens(question="?"), cue(), tally(keys=())])
def test_what_is_not_a_function_is_refused(decorate: Any) -> None:
    with pytest.raises(PluginError, match=f"is written above a function, not above {len}"):
        decorate(len)


def test_a_measure_says_by_its_parameter_what_it_measures() -> None:
    with pytest.raises(PluginError, match="the measure 'odd' is made of odd\\(orders\\)"):

        @measure(unit="")
        def odd(orders: Any) -> Any: ...


@pytest.mark.parametrize(
    ("annotation", "absent"),
    [
        ("int | None", True),
        ("None | int", True),
        ("Optional[int]", True),
        ("typing.Optional[int]", True),
        (int | None, True),
        ("dict[str, int | None]", False),
        (dict[str, int | None], False),
        ("NoneSuch", False),
        (int, False),
    ],
)
def test_what_may_be_absent_is_annotated_so(annotation: Any, absent: bool) -> None:
    def look(measures: Any, other: Any) -> None: ...

    look.__annotations__["other"] = annotation
    found = Lens(name="found", question="?", look=look)
    assert (found.needs, found.uses) == (((), ("other",)) if absent else (("other",), ()))


def test_an_option_of_a_lens_keeps_its_default_and_one_without_is_refused(family: Any) -> None:
    given = {"classes": 1, "nps": Unanswered("nobody answered")}
    assert family.looks.answer(None, given.__getitem__) == (1, None, 0.2)
    with pytest.raises(PluginError, match="share of look names nothing that it needs"):
        lens(question="?", name="odd")(lambda measures, *, share: share)
