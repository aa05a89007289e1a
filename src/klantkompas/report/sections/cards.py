"""What is there to say of each customer whom the page names: why this class, and what to do?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from klantkompas.advice import ACT
from klantkompas.compass import Profile, Reading
from klantkompas.compass.profile import OBJECT
from klantkompas.hooks import (
    Block,
    Card,
    ClassLabel,
    CustomerName,
    Display,
    Lines,
    Paragraph,
    Sentence,
    Unanswered,
    report_section,
)
from klantkompas.reviews.compare import Review
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["MOST", "cards"]

SEVERAL = 2
"""Of how many rated moments a picture says more than a sentence."""
MOST = 200
"""How many cards a page has (decided)."""
HOW = mark(
    "A card for each customer whose lines stand above, {most} at most; whoever made this page can "
    "show anybody else's. What is said is what happened. People decide, not letters."
)
KEY = mark(
    "Behind each success factor stands what was found, and how likely it is that the true rate "
    "meets the threshold; the thresholds stand with the factors. Where it takes so many orders or "
    "invoices more, each of those has to be in order. What to do about a colour, and for who asks "
    "more than others, stands in those sections; what a customer wishes goes first."
)
WISHES = mark("Their own wishes")
TO_DO = mark("What to do")
WHY = mark("Why this class")
WHAT_IF = mark("What would give a better class")
FIRMER = mark("How firmly they stand")
HAPPENED = mark("What happened")
HYPOTHESES = mark("Hypotheses, with what they rest on")


@report_section(title=mark("Cards"), priority=1900)
def cards(
    reading: Reading, carded: Sequence[str], lists: WorkLists, review: Review | None
) -> Iterable[Block]:
    """Show a card of each customer whom the page names."""
    if carded:
        yield Paragraph(sentence(HOW, most=MOST))
        yield Paragraph(Sentence(KEY))
        yield Paragraph(Sentence(OBJECT))
    for customer in carded:
        yield _card(reading, reading.profile(customer, steps=lists.steps), review)


def _what_if(reading: Reading, customer: str) -> Lines:
    """Return what would lift a customer to a better class, or makes the best one surer."""
    if reading.classes.label(customer) is None:
        return Lines(())
    found = reading.classes.what_if(customer)
    return Lines(found.in_brief, title=Sentence(FIRMER if found.best else WHAT_IF))


def _remembered(reading: Reading, customer: str) -> Iterable[Display]:
    """Yield the picture of what a customer remembers, where that is of several moments."""
    memory = reading.memory
    left = None if isinstance(memory, Unanswered) else memory.of(customer)
    if left is not None and left.moments >= SEVERAL:
        yield evolve(left.display(), small=True)


def _card(reading: Reading, profile: Profile, review: Review | None) -> Card:
    classes = reading.classes
    label = classes.label(profile.id)
    place = reading.measures.place(profile.id)
    known = reading.card(profile.id)
    said = {*(each.message for each in profile.steps), *([ACT] if known.to_put_right else [])}
    changed = None if review is None else review.change_of(profile.id)
    figures = (*profile.bought, *([] if changed is None else [changed]))
    to_do = [each for each in known.to_do if each.message not in said]
    chapters: tuple[Lines | Display, ...] = (
        Lines(profile.preferences.parts, title=Sentence(WISHES)),
        Lines((*profile.warning, *profile.steps, *to_do), title=Sentence(TO_DO)),
        Lines(profile.why.in_brief, title=Sentence(WHY)),
        _what_if(reading, profile.id),
        Lines(profile.happened, title=Sentence(HAPPENED)),
        *_remembered(reading, profile.id),
        Lines(known.suspected, title=Sentence(HYPOTHESES)),
    )
    return Card(
        customer=CustomerName(profile.id),
        label=None if label is None else ClassLabel(label, bool(classes.provisional[place])),
        beside=sentence("{figures}", figures=Listing(figures, " ")) if figures else None,
        chapters=[each for each in chapters if not isinstance(each, Lines) or each.lines],
    )
