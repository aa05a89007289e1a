"""The sections of a letter, in the words in which the customer reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from klantkompas.report.letter.held import RESTS_ON, SOURCE, VALUE, WHAT, HeldMeasure
from klantkompas.report.letter.kept import kept_sections
from klantkompas.report.letter.made import ClassMade
from klantkompas.report.letter.section import Section
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

if TYPE_CHECKING:
    from klantkompas.report.letter.letter import Letter

__all__ = ["TITLE", "sections_of"]

TITLE = mark("What we hold about you, and what was made of it")
FOR = mark("For: {name} (customer {id})")
FOR_ID = mark("For: customer {id}")
ALL = mark(
    "This letter says all that our program klantkompas holds about you and what was made of it, as "
    "of {day}. We use it to decide to whom we give how much service and attention. Your orders, "
    "invoices and messages themselves are in our administration; you can ask us for them too."
)
FROM = mark("From: {sender}")
FROM_WHOM = mark("From: [to fill in: name and address of the sender]")
DATED = mark("Date: {day}")
DATE = mark("Date: [to fill in]")
DEAR = mark("Dear {name},")
DEAR_CUSTOMER = mark("Dear customer,")

OPEN = mark("What is open between us")
OPEN_COMPLAINTS = mark("Complaints of yours that are open: {count}.")
OPEN_SINCE = mark("The oldest that we still have to make good is of {day}.")
WE_WILL = mark("We will call or write to you about it.")
PERIOD = mark("Unless they say otherwise, figures are of the {months} from {start} to {end}.")

YOUR_CLASS = mark("Your class")
CLASS_IS = mark("Your class is {label}.")
NO_CLASS = mark("You have no class. The reason: {because}.")
OBJECTED = mark(
    "You object to profiling. So no class was made of you, no trait, colour or attitude, and you "
    "are on no list. Your figures count in totals and in limits only."
)
CORRECTED = mark("{by} gave you this class on {on}: {because}. By the rules it is {computed}.")
SURE = mark("That follows from what we know of you, and may be different at a next review.")
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
DECIDED = mark("The rule that decided: {because}.")
RULES = mark("The rules are tried in this order, and the first that holds decides:")
RULE = "{label}: {because}"

FACTORS = mark("The success factors behind it")
HOW_JUDGED = mark(
    "A success factor is a way in which a customer contributes to our success. A class rests on "
    "how many of these you meet."
)
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
    "B": mark("You get good service, and we like to hear what we can do better for you."),
    "C": mark("You get our ordinary service, and we look with you at what can go better."),
    "D": mark(
        "We ask ourselves what we can do for you, and ask you why you buy as you do. If we do not "
        "fit each other we may part, with care, and after other ways were tried."
    ),
}
ADVICE = mark("Our staff are advised so: {advice}")
FIRST_ASK = mark(
    "As your class is not sure, we ask first, before we act on it: what can you tell us?"
)
ASK_ABOUT = mark("What we cannot judge yet: {titles}. What can you tell us about it?")
NO_DIFFERENCE = mark("You get the service that we give to customers without a class.")
WHO_DECIDES = mark(
    "A member of staff decides, never the program alone. They can also give you another class, and "
    "have to say why."
)

GUESSES = mark("What we read in it")
AS_READ = mark(
    "These are signs and suppositions, with what they rest on. They are not facts: say so if one "
    "is wrong, and we correct it."
)

HELD = mark("The data that we hold")
RECORD = mark("What stands in our list of customers:")
NOTHING_KNOWN = mark("Nothing stands there but your number.")
FIGURES = mark("Annex: all figures")
COUNTED_FROM = mark(
    "They were counted from our own administration: orders, invoices, complaints and messages."
)
NONE_OF = mark("None ({none}), counted from {source}: {what}.")
NONE_OF_SO_MANY = mark("None ({none}), of {basis}, counted from {source}: {what}.")
UNKNOWN_OF_YOU = mark("Not known of you: {what}.")

RIGHTS = mark("What you can do")
YOUR_RIGHTS = (
    mark("If something is wrong, say so: we correct it, and a person can correct your class."),
    mark("You may object to this. Then no class is made of you any more, and you are on no list."),
    mark("You may ask us to erase what we hold about you."),
    mark("You may complain to the data protection authority."),
)
WRITE_TO = mark("Write to: {sender}")
WRITE_TO_US = mark("Write to: [to fill in: name and address of the sender]")
ANSWER = mark("You hear from us within a month.")
RECIPIENTS = mark("The program that made this sends your data to nobody.")
SHARED_WITH = mark("Who else gets your data: {who}")
SHARED = mark("Who else gets your data: [to fill in]")
KEPT_FOR = mark("How long we keep your data: {how_long}")
KEPT = mark("How long we keep your data: [to fill in]")
MADE_BY = mark(
    "Made by klantkompas {version}, from data up to {day}. You can get all of this as data too, "
    "from which your class can be computed again."
)


def sections_of(letter: Letter) -> tuple[Section, ...]:
    """Return the sections of a letter, in order.

    Args:
        letter: the letter.
    """
    made = letter.made
    found = [_opening(letter), *_open(letter), _your_class(letter)]
    if made.label is not None:
        found += [_factors(made), _otherwise(made)]
    found.append(_means(letter))
    if letter.said:
        found += [Section(title=Sentence(GUESSES), paragraphs=(Sentence(AS_READ),)), *_said(letter)]
    found += [_record(letter), _rights(letter), _figures(letter.measures, letter.unknown)]
    return (*found, *kept_sections(letter.history, letter.described))


def _opening(letter: Letter) -> Section:
    who = {"name": letter.name, "id": letter.customer}
    months = Quantity(letter.months, "months")
    return Section(
        title=Sentence(TITLE),
        level=1,
        paragraphs=(
            sentence(FROM, sender=letter.sender) if letter.sender else Sentence(FROM_WHOM),
            Sentence(FOR_ID if letter.name is None else FOR, who),
            sentence(DATED, day=letter.on) if letter.on else Sentence(DATE),
            Sentence(DEAR_CUSTOMER if letter.name is None else DEAR, who),
            sentence(ALL, day=letter.as_of),
            sentence(PERIOD, months=months, start=letter.start, end=letter.as_of),
        ),
    )


def _open(letter: Letter) -> Iterable[Section]:
    """Yield the section of what is open, where a complaint is."""
    known = {each.name: each.value for each in letter.measures}
    if not (count := known.get("open_complaints", 0)):
        return
    told = [sentence(OPEN_COMPLAINTS, count=count)]
    if (days := known.get("days_since_unsettled_complaint")) is not None:
        told.append(sentence(OPEN_SINCE, day=letter.as_of - timedelta(days)))
    yield Section(title=Sentence(OPEN), paragraphs=(*told, Sentence(WE_WILL)))


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
        told.append(_asked(letter.made))
    return Section(title=Sentence(MEANS), paragraphs=(*told, Sentence(WHO_DECIDES)))


def _asked(made: ClassMade) -> Sentence:
    """Return the question about what is not known yet of the success factors."""
    unsure = [each for each in made.factors if each.state in ("missing", "too little")]
    if not unsure:
        return Sentence(FIRST_ASK)
    return sentence(ASK_ABOUT, titles=Listing(Sentence(each.title) for each in unsure))


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
    shown = [each for each in measures if not each.is_none]
    what = Listing(unknown, "; ")
    return Section(
        title=Sentence(FIGURES),
        paragraphs=(Sentence(COUNTED_FROM),),
        headings=tuple(map(Sentence, (WHAT, VALUE, RESTS_ON, SOURCE))),
        rows=tuple((each.what, each.told(), each.rests_on(), each.source) for each in shown),
        after=(
            *_none_of(each for each in measures if each.is_none),
            *((sentence(UNKNOWN_OF_YOU, what=what),) if unknown else ()),
        ),
    )


def _none_of(measures: Iterable[HeldMeasure]) -> Iterable[Sentence]:
    """Yield what was counted and found not once: a sentence for each basis and source."""
    groups: dict[str, list[HeldMeasure]] = {}
    for each in measures:
        groups.setdefault(repr((each.unit, each.rests_on(), each.reads)), []).append(each)
    for group in groups.values():
        first = group[0]
        yield sentence(
            NONE_OF if first.rests_on() == "" else NONE_OF_SO_MANY,
            none=first.told(),
            basis=first.rests_on(),
            source=first.source,
            what=Listing((each.what for each in group), "; "),
        )


def _rights(letter: Letter) -> Section:
    sender = sentence(WRITE_TO, sender=letter.sender) if letter.sender else Sentence(WRITE_TO_US)
    remarks = tuple(Sentence("{remark}", {"remark": each}) for each in letter.remarks)
    return Section(
        title=Sentence(RIGHTS),
        items=tuple(map(Sentence, YOUR_RIGHTS)),
        after=(
            sender,
            Sentence(ANSWER),
            Sentence(RECIPIENTS),
            sentence(SHARED_WITH, who=letter.shared_with)
            if letter.shared_with
            else Sentence(SHARED),
            sentence(KEPT_FOR, how_long=letter.kept_for) if letter.kept_for else Sentence(KEPT),
            *remarks,
            sentence(MADE_BY, version=letter.library_version, day=letter.as_of),
        ),
    )
