"""The sections of a letter on what the history keeps: decisions, notes, and earlier readings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.report.letter.held import (
    NO,
    RESTS_ON,
    VALUE,
    WHAT,
    YES,
    HeldField,
    HeldMeasure,
    months_of,
    nominated,
)
from klantkompas.report.letter.section import Section
from klantkompas.reviews.work_list import TITLES
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import Json
from klantkompas.wording.sentence import Quantity, Sentence, Value, sentence

__all__ = ["kept_sections"]

KEPT = mark("What we keep from earlier")
READING = mark("As of {day}: class {label}.")
READING_OF_NONE = mark("As of {day}: no class.")
REVIEWED = mark("This was a review.")
MADE_THEN = mark("Made by klantkompas {version}.")
RECORDED = {
    "computed": mark("class by the rules"),
    "provisional": mark("class is not sure"),
    "hanging": mark("class would not be sure if more were measured"),
    "shortlisted": mark("on the list of customers who fit best"),
    "last_on_the_list": mark("the last on that list"),
    "factors_met": mark("success factors met"),
    "missing": mark("success factors that are not known"),
    "new": mark("new in the period"),
}
"""What a recorded reading holds besides the record and the figures."""
GIVEN = mark("{by} gave you class {label} on {on}: {because}")
BUYS = mark("On {on} {by} noted why you buy: {because}")
BUYS_NOT = mark("On {on} {by} noted why you do not buy: {because}")
STEP = mark("On {on} {by} noted what was done for you: {because}")
STEP_OF = mark("On {on} {by} noted what was done for you (list: {work_list}): {because}")
LET_GO = mark(
    "On {on} {by} decided to let you go, after the review of {review}; you had brought {revenue}."
)
FOUND_FIRST = mark("{let_go} What was found out first: {because}")


def kept_sections(held: Json, described: Mapping[str, tuple[str, str]]) -> Iterable[Section]:
    """Yield the sections on what a history keeps of the customer; none where it keeps nothing.

    Args:
        held: what it keeps, as data.
        described: by measure, what it is and what its basis counts.
    """
    if not held:
        return
    items = [
        *(_note(GIVEN, each, label=each["label"]) for each in held.get("overrides", ())),
        *(
            _note(BUYS if each["buys"] else BUYS_NOT, each)
            for each in held.get("buying_reasons", ())
        ),
        *map(_step, held.get("steps", ())),
        *map(_let_go, held.get("let_go", ())),
    ]
    yield Section(title=Sentence(KEPT), items=tuple(items))
    for each in held.get("readings", ()):
        yield _earlier(each, described)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _note(message: str, each: Json, **more: Value) -> Sentence:
    said: dict[str, Value] = {"by": each["by"], "on": _day(each["on"])}
    return Sentence(message, {**said, "because": each.get("because", ""), **more})


def _step(each: Json) -> Sentence:
    work_list = each["work_list"]
    if not work_list:
        return _note(STEP, each, because=each["done"])
    title = Sentence(TITLES.get(work_list) or work_list)
    return _note(STEP_OF, each, because=each["done"], work_list=title)


def _let_go(each: Json) -> Sentence:
    revenue = Quantity(each["revenue"], "money")
    told = _note(LET_GO, each, review=_day(each["review"]), revenue=revenue)
    if not each["finding"]:
        return told
    return sentence(FOUND_FIRST, let_go=told, because=each["finding"])


def _earlier(reading: Json, described: Mapping[str, tuple[str, str]]) -> Section:
    """Return the section of a reading that the history keeps."""
    label, day = reading.get("labels"), _day(reading["as_of"])
    title = Sentence(READING_OF_NONE if label is None else READING, {"day": day, "label": label})
    return Section(
        title=title,
        paragraphs=(
            *((Sentence(REVIEWED),) if reading["review"] else ()),
            sentence(MADE_THEN, version=reading["library_version"]),
        ),
        items=tuple(_note(GIVEN, each, label=each["label"]) for each in reading["overrides"]),
        headings=tuple(map(Sentence, (WHAT, VALUE, RESTS_ON))),
        rows=(*_recorded(reading), *_figures_then(reading, described)),
        level=3,
    )


def _recorded(reading: Json) -> Iterable[tuple[Value, ...]]:
    """Yield what a recorded reading holds besides the figures."""
    for name, value in reading["record"].items():
        if value is not None and name != NOMINATIONS:
            day = name == "since" or name.endswith("_until")
            held = HeldField(name=name, value=_day(value) if day else value)
            yield held.what, held.told(), ""
    for each in reading["record"].get(NOMINATIONS) or ():
        yield nominated(each["by"], each["because"]), "", ""
    for name, title in RECORDED.items():
        value = reading.get(name)
        if value is not None:
            yes_or_no = isinstance(value, bool) or name == "new"
            told: Value = Sentence(YES if value else NO) if yes_or_no else value
            yield Sentence(title), told, ""


def _figures_then(
    reading: Json, described: Mapping[str, tuple[str, str]]
) -> Iterable[tuple[Value, ...]]:
    for name, value in reading["values"].items():
        if value is not None:
            several = value if isinstance(value, list) else []
            basis = reading["bases"].get(name)
            what, basis_unit = described.get(name, ("", ""))
            held = HeldMeasure(
                name=name,
                describes=what,
                value=math.nan if several else float(value),
                latest=tuple(_day(each) if isinstance(each, str) else each for each in several),
                unit=reading["units"].get(name, ""),
                basis=math.nan if basis is None else float(basis),
                basis_unit=basis_unit,
                months=months_of(name),
                reads=(),
            )
            yield held.what, held.told(), held.rests_on()
