"""The sections of a letter, in the words in which the customer reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable
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
NOTHING_KNOWN = mark("Nothing stands there but your number.")
FIGURES = mark("The figures behind it")
COUNTED_FROM = mark(
    "They were counted from our own records, such as orders, invoices and messages. Those are not "
    "kept here: ask us for them too."
)
UNKNOWN_OF_YOU = mark("Not known of you: {what}.")

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
    found += kept_sections(letter.history, letter.described)
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
        paragraphs=(Sentence(COUNTED_FROM),),
        headings=tuple(map(Sentence, (WHAT, VALUE, RESTS_ON, SOURCE))),
        rows=tuple((each.what, each.told(), each.rests_on(), each.source) for each in measures),
        after=(sentence(UNKNOWN_OF_YOU, what=what),) if unknown else (),
        level=3,
    )


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
