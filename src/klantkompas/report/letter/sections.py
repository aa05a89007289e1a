"""The sections of a letter, in the words in which the customer reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.report.letter.held import (
    NO,
    YES,
    HeldField,
    HeldMeasure,
    months_of,
    nominated,
)
from klantkompas.report.letter.made import ClassMade
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, Value, sentence
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    from klantkompas.report.letter.letter import Letter

__all__ = ["TITLE", "Section", "sections_of"]

TITLE = mark("What we hold about you, and what was made of it")
FOR = mark("For: {name} (customer {id})")
FOR_ID = mark("For: customer {id}")
ALL = mark(
    "This letter says all that we hold about you in our customer compass and what was made of it, "
    "as of {day}. We use it to decide to whom we give how much service and attention."
)
PERIOD = mark("Unless they say otherwise, figures are of the {months} from {start} to {end}.")

YOUR_CLASS = mark("Your class")
CLASS_IS = mark("Your class is {label}.")
NO_CLASS = mark("You have no class. The reason, as our program words it: {because}.")
OBJECTED = mark(
    "You object to profiling. So no class was made of you, no trait, colour or attitude, and you "
    "are on no list. Your figures count in totals and in limits only."
)
CORRECTED = mark("{by} gave you this class on {on}: {because}. By the rules it is {computed}.")
SURE = mark("By what we know of you that is sure.")
NOT_SURE = mark(
    "That is not sure: something is not known of you, and depending on it your class is {worst} or "
    "{best}."
)
LISTED = mark("You are on the list of customers who fit us best.")
NOT_LISTED = mark("You are not on the list of customers who fit us best.")
BY_US = mark("People drew up that list.")
COMPUTED = mark(
    "That list is the fifth of our active customers who fit best: those who meet most success "
    "factors, and of these who bring most."
)
DECIDED = mark("The rule that decided, as our program words it: {because}.")
RULES = mark("The rules are tried in this order, and the first that holds decides:")
RULE = "{label}: {because}"

FACTORS = mark("The success factors behind it")
HOW_JUDGED = mark("A class rests on how many of these success factors you meet.")
WHY_ROUNDED = mark(
    "A limit that is rounded is another customer's own figure, which is not ours to tell. It is "
    "rounded so that you are on the same side of it."
)
FACTOR, YOU, ASKED, STATE = mark("Success factor"), mark("You"), mark("Limit"), mark("Result")
STATES = {
    "met": mark("met"),
    "not met": mark("not met"),
    "missing": mark("not known"),
    "too little": mark("too little to judge by"),
    "not measured": mark("not measured for anybody"),
}

OTHERWISE = mark("What would have given you another class")
WOULD = mark("Your class would be {label} with this: {changes}")
WOULD_WITH_ALL = mark("Your class would be {label} with all of this: {changes}")
NO_BETTER = mark("There is no better class.")
NO_CHANGE = mark("No change of up to three success factors gives a better class.")
EDGE = mark(
    "To be on the list you would have to meet more success factors than the last on it, or as many "
    "and bring more than about {revenue}."
)

MEANS = mark("What it means for you")
SERVICE = {
    "A": mark(
        "You are one of the customers who fit us best. You come first, and we want to keep you."
    ),
    "B": mark(
        "You get good service. Some of the customers who fit us best were in this class first."
    ),
    "C": mark("You get less service than class B, and we follow how you develop: some become a B."),
    "D": mark(
        "We ask ourselves what we can do for you, and ask you why you buy as you do. If we do not "
        "fit each other we may part, with care, and after other ways were tried."
    ),
}
ADVICE = mark("Our staff are advised so: {advice}")
FIRST_FIND_OUT = mark("As your class is not sure, we find out more before we act on it.")
NO_DIFFERENCE = mark("You get the service that we give to customers without a class.")
WHO_DECIDES = mark(
    "People decide what is done with this. Nobody is let go by a machine: it only proposes, and a "
    "named person decides. A person can also give you another class, and has to say why."
)

GUESSES = mark("What our staff read about you")
AS_READ = mark(
    "These are signs and guesses, with what they rest on, in the words in which our staff read "
    "them; where they say you, they mean us. They are not facts: say so if one is wrong."
)

HELD = mark("The data that we hold")
RECORD = mark("What stands in our list of customers:")
WHAT, VALUE, RESTS_ON, SOURCE = mark("What"), mark("Value"), mark("Rests on"), mark("Comes from")
NOTHING_KNOWN = mark("Nothing stands there but your number.")
FIGURES = mark("The figures behind it")
UNKNOWN_OF_YOU = mark("Not known of you: {what}.")

KEPT = mark("What we keep from earlier")
READING = mark("As of {day}: class {label}.")
READING_OF_NONE = mark("As of {day}: no class.")
REVIEWED = mark("This was a review.")
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
LET_GO = mark("On {on} {by} decided to let you go, after the review of {review}. {because}")

RIGHTS = mark("What you can do")
YOUR_RIGHTS = (
    mark("If something is wrong, say so: we correct it, and a person can correct your class."),
    mark("You may object to this. Then no class is made of you any more, and you are on no list."),
    mark("You may ask us to erase what we hold about you."),
    mark("You may complain to the data protection authority."),
)
WRITE_TO = mark("Write to: {sender}")
WRITE_TO_US = mark("Write to whoever sent you this letter.")
RECIPIENTS = mark("The program that made this sends your data to nobody.")
ASK = mark("Ask us to whom else we give them, and how long we keep them.")
MADE_BY = mark(
    "Made by klantkompas {version}, from data up to {day}. You can get all of this as data too, "
    "from which your class can be computed again."
)


@frozen(kw_only=True)
class Section:
    """A section of a letter: paragraphs, and a table or none.

    Args:
        title: its title.
        paragraphs: what it says, before the table.
        headings: the headings of the table.
        rows: its rows; the first cell of each says what the row is about.
        items: a list, below the paragraphs.
        after: what it says after the list and the table.
        level: 1 for the title of the letter, 2 for a section, 3 for a part of one.
    """

    title: Sentence
    paragraphs: tuple[Sentence, ...] = ()
    items: tuple[Value, ...] = ()
    headings: tuple[Sentence, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    after: tuple[Sentence, ...] = ()
    level: int = 2

    def blocks(self, writer: Writer) -> Iterable[str]:
        """Yield the section as plain text, in blocks.

        Args:
            writer: writes the values.
        """
        title = writer.say(self.title)
        yield f"{title}\n{'=-~'[self.level - 1] * len(title)}"
        yield from map(writer.say, self.paragraphs)
        if self.items:
            yield "\n".join(f"- {writer.plain(each)}" for each in self.items)
        if self.rows:
            headings = [writer.say(each) for each in self.headings]
            yield "\n".join(_line(headings, [*map(writer.plain, row)]) for row in self.rows)
        yield from map(writer.say, self.after)


def _line(headings: list[str], cells: list[str]) -> str:
    """Return a row of a table as one line: each cell after its heading, but for empty ones."""
    rest = zip(headings[1:], cells[1:], strict=True)
    told = "; ".join(f"{heading}: {cell}" for heading, cell in rest if cell)
    return f"- {cells[0]}. {told}"


def sections_of(letter: Letter) -> tuple[Section, ...]:
    """Return the sections of a letter, in order.

    Args:
        letter: the letter.
    """
    made = letter.made
    classed = made.label is not None
    found = [_opening(letter), _your_class(letter)]
    if classed:
        found += [_factors(made), _otherwise(made)]
    found.append(_means(letter))
    if letter.said:
        found += [Section(title=Sentence(GUESSES), paragraphs=(Sentence(AS_READ),)), *_said(letter)]
    found += [_record(letter), _figures(letter.measures, letter.unknown)]
    found += _kept(letter)
    return (*found, _rights(letter))


def _opening(letter: Letter) -> Section:
    who = {"name": letter.name, "id": letter.customer}
    months = Quantity(letter.months, "months")
    return Section(
        title=Sentence(TITLE),
        level=1,
        paragraphs=(
            Sentence(FOR_ID if letter.name is None else FOR, who),
            sentence(ALL, day=letter.as_of),
            sentence(PERIOD, months=months, start=letter.start, end=letter.as_of),
        ),
    )


def _your_class(letter: Letter) -> Section:
    made, title = letter.made, Sentence(YOUR_CLASS)
    if letter.opted_out:
        return Section(title=title, paragraphs=(Sentence(OBJECTED),))
    if made.label is None:
        because = Sentence(made.because)
        return Section(title=title, paragraphs=(sentence(NO_CLASS, because=because),))
    told = [sentence(CLASS_IS, label=made.label)]
    if made.correction is not None:
        given = made.correction
        told.append(
            sentence(
                CORRECTED,
                by=given.by,
                on=given.on,
                because=given.because,
                computed=made.computed,
            )
        )
    elif made.provisional:
        told.append(sentence(NOT_SURE, worst=made.worst, best=made.best))
    else:
        told.append(Sentence(SURE))
    told.append(Sentence(LISTED if made.shortlisted else NOT_LISTED))
    told.append(Sentence(BY_US if made.listed_by_people else COMPUTED))
    told.append(sentence(DECIDED, because=Sentence(made.because)))
    told.append(Sentence(RULES))
    rules = [
        sentence(RULE, label=each.label, because=Sentence(each.because)) for each in made.rules
    ]
    return Section(title=title, paragraphs=tuple(told), items=tuple(rules))


def _factors(made: ClassMade) -> Section:
    rounded = any(each.limit.rounded for each in made.factors)
    return Section(
        title=Sentence(FACTORS),
        paragraphs=(Sentence(HOW_JUDGED),),
        headings=tuple(map(Sentence, (FACTOR, YOU, ASKED, STATE))),
        rows=tuple(
            (Sentence(each.title), each.found, each.asked, Sentence(STATES[each.state]))
            for each in made.factors
        ),
        after=(Sentence(WHY_ROUNDED),) if rounded else (),
    )


def _otherwise(made: ClassMade) -> Section:
    items = tuple(
        sentence(
            WOULD if len(each.changes) == 1 else WOULD_WITH_ALL,
            label=each.label,
            changes=Listing((change.told for change in each.changes), "; "),
        )
        for each in made.would_be
    )
    told = list[Sentence]()
    if not items:
        told.append(Sentence(NO_BETTER if made.computed == made.order[0] else NO_CHANGE))
    if not math.isnan(made.revenue_edge):
        told.append(sentence(EDGE, revenue=Quantity(made.revenue_edge, "money")))
    return Section(title=Sentence(OTHERWISE), paragraphs=tuple(told), items=items)


def _means(letter: Letter) -> Section:
    label, told = letter.made.label, list[Sentence]()
    if label is None:
        told.append(Sentence(NO_DIFFERENCE))
    elif label in SERVICE:
        told.append(Sentence(SERVICE[label]))
    else:
        told += [sentence(ADVICE, advice=each) for each in letter.service]
    if letter.made.provisional:
        told.append(Sentence(FIRST_FIND_OUT))
    return Section(title=Sentence(MEANS), paragraphs=(*told, Sentence(WHO_DECIDES)))


def _said(letter: Letter) -> Iterable[Section]:
    for each in letter.said:
        lines = tuple(line.strip() for line in each.lines)
        yield Section(title=Sentence(each.question), items=lines, level=3)


def _record(letter: Letter) -> Section:
    rows = tuple((each.what, each.told()) for each in letter.record)
    return Section(
        title=Sentence(HELD),
        paragraphs=(Sentence(RECORD if rows else NOTHING_KNOWN),),
        headings=(Sentence(WHAT), Sentence(VALUE)),
        rows=rows,
        after=letter.nominations,
    )


def _figures(measures: tuple[HeldMeasure, ...], unknown: tuple[Sentence, ...]) -> Section:
    what = Listing(unknown, "; ")
    return Section(
        title=Sentence(FIGURES),
        headings=tuple(map(Sentence, (WHAT, VALUE, RESTS_ON, SOURCE))),
        rows=tuple((each.what, each.told(), each.rests_on(), each.source) for each in measures),
        after=(sentence(UNKNOWN_OF_YOU, what=what),) if unknown else (),
        level=3,
    )


def _kept(letter: Letter) -> Iterable[Section]:
    held = letter.history
    if not held:
        return
    items = [
        *(_note(GIVEN, each, label=each["label"]) for each in held.get("overrides", ())),
        *(
            _note(BUYS if each["buys"] else BUYS_NOT, each)
            for each in held.get("buying_reasons", ())
        ),
        *(_note(STEP, each, because=each["done"]) for each in held.get("steps", ())),
        *(
            _note(LET_GO, each, because=each["finding"], review=_day(each["review"]))
            for each in held.get("let_go", ())
        ),
    ]
    yield Section(title=Sentence(KEPT), items=tuple(items))
    for each in held.get("readings", ()):
        yield _earlier(each, letter.described)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _note(message: str, each: Mapping[str, Any], **more: Value) -> Sentence:
    said: dict[str, Value] = {"by": each["by"], "on": _day(each["on"])}
    return Sentence(message, {**said, "because": each.get("because", ""), **more})


def _earlier(reading: Mapping[str, Any], described: Mapping[str, tuple[str, str]]) -> Section:
    """Return the section of a reading that the history keeps."""
    label, day = reading.get("labels"), _day(reading["as_of"])
    title = Sentence(READING_OF_NONE if label is None else READING, {"day": day, "label": label})
    return Section(
        title=title,
        paragraphs=(Sentence(REVIEWED),) if reading.get("review") else (),
        items=tuple(_note(GIVEN, each, label=each["label"]) for each in reading["overrides"]),
        headings=tuple(map(Sentence, (WHAT, VALUE, RESTS_ON))),
        rows=(*_recorded(reading), *_figures_then(reading, described)),
        level=3,
    )


def _recorded(reading: Mapping[str, Any]) -> Iterable[tuple[Value, ...]]:
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
    reading: Mapping[str, Any], described: Mapping[str, tuple[str, str]]
) -> Iterable[tuple[Value, ...]]:
    for name, value in reading["values"].items():
        if value is not None:
            basis = reading["bases"].get(name)
            what, basis_unit = described.get(name, ("", ""))
            held = HeldMeasure(
                name=name,
                describes=what,
                value=float(value),
                unit=reading["units"].get(name, ""),
                basis=math.nan if basis is None else float(basis),
                basis_unit=basis_unit,
                months=months_of(name),
                reads=(),
            )
            yield held.what, held.told(), held.rests_on()


def _rights(letter: Letter) -> Section:
    sender = sentence(WRITE_TO, sender=letter.sender) if letter.sender else Sentence(WRITE_TO_US)
    remarks = tuple(Sentence("{remark}", {"remark": each}) for each in letter.remarks)
    return Section(
        title=Sentence(RIGHTS),
        items=tuple(map(Sentence, YOUR_RIGHTS)),
        after=(
            sender,
            Sentence(RECIPIENTS),
            *(remarks or (Sentence(ASK),)),
            sentence(MADE_BY, version=letter.library_version, day=letter.as_of),
        ),
    )
