"""What is there to say of each customer whom the page names: why this class, and what to do?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantkompas.compass import Profile, Reading
from klantkompas.hooks import (
    Block,
    Card,
    ClassLabel,
    CustomerName,
    Lines,
    Paragraph,
    Sentence,
    report_section,
)
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["MOST", "cards"]

MOST = 200
"""How many cards a page has (decided)."""
HOW = mark(
    "A card for each customer whose lines stand above, {most} at most; `klantkompas explain` shows "
    "anybody else's. What is said is what happened. People decide, not letters."
)
WISHES = mark("Their own wishes")
TO_DO = mark("What to do")
WHY = mark("Why this class")
WHAT_IF = mark("What would make another class of it")
HAPPENED = mark("What happened")
HYPOTHESES = mark("Hypotheses, with what they rest on")


@report_section(title=mark("Cards"), priority=1900)
def cards(reading: Reading, carded: Sequence[str], lists: WorkLists) -> Iterable[Block]:
    """Show a card of each customer whom the page names."""
    if carded:
        yield Paragraph(sentence(HOW, most=MOST))
    for customer in carded:
        yield _card(reading, reading.profile(customer, steps=lists.steps))


def _what_if(reading: Reading, customer: str) -> tuple[Sentence, ...]:
    """Return what would lift a customer to a better class; nothing where there is none better."""
    classes = reading.classes
    if classes.label(customer) in (None, classes.order[0]):
        return ()
    return classes.what_if(customer).parts


def _card(reading: Reading, profile: Profile) -> Card:
    classes = reading.classes
    label = classes.label(profile.id)
    place = reading.measures.place(profile.id)
    chapters = (
        (WISHES, profile.preferences.parts),
        (TO_DO, (*profile.warning, *profile.steps, *profile.advice)),
        (WHY, profile.why.parts),
        (WHAT_IF, _what_if(reading, profile.id)),
        (HAPPENED, profile.happened),
        (HYPOTHESES, (*profile.hypotheses, *profile.supposed[-1:])),
    )
    figures = tuple(profile.figures)
    return Card(
        customer=CustomerName(profile.id),
        label=None if label is None else ClassLabel(label, bool(classes.provisional[place])),
        beside=sentence("{figures}", figures=Listing(figures, " ")) if figures else None,
        chapters=[Lines(lines, title=Sentence(title)) for title, lines in chapters if lines],
    )
