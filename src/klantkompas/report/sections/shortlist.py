"""Who is on the shortlist, and by which factors (S1 step 3)?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    ClassLabel,
    CustomerName,
    Paragraph,
    Quantity,
    Sentence,
    Table,
    report_section,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["shortlist"]

BY_PEOPLE = mark("These customers were chosen by people. Confirm with them why they buy from you.")
BY_FACTORS = mark(
    "The fifth of the active customers that fits best: most success factors first, then most "
    "revenue. Confirm with them why they buy from you."
)
NOT_MEASURED = mark("Not measured: {factors}.")
NOBODY = mark("Nobody is on the shortlist.")
HEADINGS = tuple(
    map(Sentence, (mark("Customer"), mark("Class"), mark("Factors met"), mark("Revenue")))
)
MET = mark("{met} of {factors}")
NOT_MET = mark("not: {titles}")
UNKNOWN = mark("unknown: {titles}")
CONFLICT = mark("Look at this one: they are on the list and contribute in fewer than two ways.")
SHOWN, MOST = 5, 50
MORE = mark("The list goes on for {number} more: the page has the first {most}.")


@report_section(title=mark("The shortlist, with reasons"), priority=1100)
def shortlist(reading: Reading) -> Iterable[Block]:
    """Show who is on the shortlist: most factors first, then revenue, then id."""
    classes, card = reading.classes, reading.scorecard
    opted_out = card.measures.opted_out[card.places]
    listed = np.flatnonzero(card.shortlisted & ~opted_out)
    if not len(listed):
        yield Paragraph(Sentence(NOBODY))
        return
    yield Paragraph(Sentence(BY_PEOPLE if card.listed_by_people else BY_FACTORS))
    nobody = [
        each.title
        for each, measured in zip(card.declared, card.measured, strict=True)
        if not measured
    ]
    if nobody:
        yield Paragraph(sentence(NOT_MEASURED, factors=Listing(map(Sentence, sorted(nobody)))))
    revenue, conflicts, unsettled = card["revenue"], {*classes.conflicts}, card.unsettled
    titles = [Sentence(each.title) for each in card.declared]
    ordered = listed[np.lexsort((listed, -revenue[listed], -card.count[listed]))]
    rows = []
    for row in ordered[:MOST].tolist():
        place = int(card.places[row])
        missed = card.measured & ~card.met[row] & ~unsettled[row]
        not_met = [each for each, misses in zip(titles, missed, strict=True) if misses]
        unknown = [each for each, is_open in zip(titles, unsettled[row], strict=True) if is_open]
        told = [sentence(MET, met=int(card.met[row].sum()), factors=len(titles))]
        if card.ids[row] in conflicts:
            told.insert(0, Sentence(CONFLICT))
        if not_met:
            told.append(sentence(NOT_MET, titles=Listing(not_met)))
        if unknown:
            told.append(sentence(UNKNOWN, titles=Listing(unknown)))
        label = classes.labels[place]
        rows.append(
            (
                CustomerName(card.ids[row]),
                "" if label is None else ClassLabel(label, bool(classes.provisional[place])),
                told,
                Quantity(float(revenue[row]), "money"),
            )
        )
    yield Table(HEADINGS, rows, shown=SHOWN)
    if len(ordered) > MOST:
        more = Quantity(len(ordered) - MOST, "customers")
        yield Paragraph(sentence(MORE, number=more, most=MOST))
