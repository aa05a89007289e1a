"""Advice: declared like anything else, and the customer's own wishes go before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas.compass import Compass
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Contact, Order
from klantkompas.domain.preferences import SUBJECTS, Preference, Preferences
from klantkompas.errors import PluginError
from klantkompas.hooks import Advice, ClassificationRule, hookimpl
from klantkompas.hooks.advice import SUBJECTS as ABOUT
from klantkompas.lenses.attitudes import ATTITUDE
from klantkompas.portfolio import Portfolio
from klantkompas.report import write_report
from klantkompas.wording.catalogue import translator

LAST = date(2026, 6, 30)
DECLARED = Compass(installed=False).declarations


class Plugin:
    """Declares whatever advice, and a class, that a test gives it."""

    def __init__(self, *advice: Advice, label: str | None = None) -> None:
        self.advice = advice
        self.label = label

    @hookimpl
    def klantkompas_advice(self) -> list[Advice]:
        return list(self.advice)

    @hookimpl
    def klantkompas_classification_rules(self) -> list[ClassificationRule]:
        if self.label is None:
            return []
        when: Any = lambda card: card.count >= 0  # noqa: E731
        return [
            ClassificationRule(name="own", label=self.label, when=when, because="so", above="A")
        ]


def read(*advice: Advice, leave_out: Any = (), label: str | None = None, **own: Any) -> Any:
    orders = [Order(customer="a", on=LAST, amount=9.0, clear=True) for _ in range(3)]
    portfolio = Portfolio.from_records(
        [*orders, Contact(customer="a", on=LAST, tags=("brutaal",))],
        [Customer(id="a", extraversion=1, rationality=1, **own)],
    )
    compass = Compass([Plugin(*advice, label=label)], installed=False, leave_out=leave_out)
    return compass.read(portfolio)


def told(*advice: Advice, **options: Any) -> tuple[str, ...]:
    """Return the lines of the card; what is a hypothesis stands indented under that heading."""
    return tuple(line.strip() for line in read(*advice, **options).profile("a").sentences())


def test_every_built_in_advice_is_said_in_dutch_too() -> None:
    dutch = translator("nl")
    for each in DECLARED.advice:
        for text in filter(None, (each.text, each.instead)):
            assert dutch(text) != text, each.name


@pytest.mark.parametrize(
    ("about", "of"),
    [
        ("class", {each.label for each in CLASSES}),
        ("colour", {"green", "red", "yellow", "blue"}),
        ("trait", {each.name for each in DECLARED.traits}),
        ("attitude", set(ABOUT["attitude"]) - {"middle undecided"}),
        ("memory", {"surprise"}),
    ],
)
def test_there_is_advice_of_all_that_lenses_say(about: str, of: set[str]) -> None:
    assert [each.of for each in DECLARED.advice if each.about == about and each.of not in of] == []
    assert {each.of for each in DECLARED.advice if each.about == about} == of


def test_attitudes_are_called_as_their_lens_calls_them() -> None:
    assert set(ABOUT["attitude"]) == {" ".join(filter(None, key)) for key in ATTITUDE} - {""}


CHAT = Advice(name="chat", about="colour", of="yellow", text="Ask after the dog.")


def test_advice_of_ones_own_stands_beside_the_built_in_one() -> None:
    lines = told(CHAT)
    seems = lines.index("As staff judged, their colour may be yellow.")
    built_in = next(each.text for each in DECLARED.advice if each.name == "colour_yellow")
    assert set(lines[seems + 1 : seems + 3]) == {"Ask after the dog.", built_in}


def test_advice_of_ones_own_replaces_the_built_in_one_that_is_left_out() -> None:
    built_in = next(each.text for each in DECLARED.advice if each.name == "colour_yellow")
    lines = told(CHAT, leave_out={"colour_yellow"})
    assert "Ask after the dog." in lines
    assert built_in not in lines


def test_what_is_said_without_its_advice_stays() -> None:
    names = {each.name for each in DECLARED.advice}
    with_advice, without = told(), told(leave_out=names)
    texts = {each.text for each in DECLARED.advice}
    assert without == tuple(
        line
        for line in with_advice
        if line not in texts and not any(line.endswith(text) for text in texts)
    )


def test_a_class_of_ones_own_has_advice_on_the_card_and_in_the_report(tmp_path: Path) -> None:
    star = Advice(
        name="star", about="class", of="Star", text="Send <b>flowers</b>.", replaced_by=()
    )
    assert "To do next: Send <b>flowers</b>." in told(star, label="Star")
    page = write_report(read(star, label="Star"), tmp_path / "report.html").read_text()
    assert "Send &lt;b&gt;flowers&lt;/b&gt;." in page


@pytest.mark.parametrize("wish", SUBJECTS)
@pytest.mark.parametrize("replaced_by", [(), ("note",), ("channel",), ("language", "note")])
@pytest.mark.parametrize("instead", ["", "Otherwise."])
def test_it_is_replaced_by_the_preferences_that_it_names(
    wish: str, replaced_by: tuple[str, ...], instead: str
) -> None:
    advice = Advice(
        name="x", about="colour", of="blue", text="X.", replaced_by=replaced_by, instead=instead
    )
    said = [each.message for each in advice.to(Preferences((Preference(wish, "so"),)))]
    assert said == (list(filter(None, [instead])) if wish in replaced_by else ["X."])
    assert [each.message for each in advice.to(Preferences())] == ["X."]


def test_a_wish_that_no_longer_holds_does_not_replace_advice() -> None:
    assert "Ask after the dog." not in told(CHAT, preference_note="quiet", preference_until=LAST)
    assert "Ask after the dog." in told(
        CHAT, preference_note="quiet", preference_until=date(2026, 6, 29)
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": "no name"}, "identifier"),
        ({"about": "color"}, "Did you mean 'colour'"),
        ({"of": "purple"}, "There are: blue, green, red, yellow"),
        ({"about": "memory", "of": "surprises"}, "Did you mean 'surprise'"),
        ({"about": "attitude", "of": "middle shoper"}, "Did you mean 'middle shopper'"),
        ({"replaced_by": ("chanel",)}, "Did you mean 'channel'"),
        ({"replaced_by": "chanel"}, "Did you mean 'channel'"),
        ({"text": "Send {count} flowers."}, "text is a sentence without places"),
        ({"text": None}, "text is a sentence"),
        ({"instead": "{}"}, "instead is a sentence without places"),
    ],
)
def test_a_mistake_is_named_when_it_is_made(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(PluginError, match=message):
        Advice(**({"name": "x", "about": "colour", "of": "blue", "text": "X."} | wrong))


def test_two_advices_of_one_name_are_refused() -> None:
    with pytest.raises(PluginError, match="colour_blue"):
        told(Advice(name="colour_blue", about="colour", of="blue", text="X."))


def test_who_objects_gets_no_advice() -> None:
    assert told(CHAT, opted_out=True) == ("They object to profiling: they count in totals only.",)
