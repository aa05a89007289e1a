"""Who is on the shortlist, and by which factors (S1 step 3)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from attrs import frozen

from klantkompas.classification.classify import Classification
from klantkompas.compass import Reading
from klantkompas.hooks import Block, CustomerName, ReportSection, Template
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "ListedCustomer", "shortlist_of"]


@frozen(kw_only=True)
class ListedCustomer:
    """A customer on the shortlist.

    Args:
        customer: the customer.
        label: their class; None where no rule gives one.
        provisional: whether too little is known to be sure of the class.
        met: the titles of the success factors that they meet.
        unknown: the titles of the factors that are unknown for them, and known for others.
        conflict: whether people listed them though they contribute in fewer than two ways.
        revenue: what they brought in the period, in money.
    """

    customer: CustomerName
    label: str | None
    provisional: bool
    met: tuple[str, ...]
    unknown: tuple[str, ...]
    conflict: bool
    revenue: float


def shortlist_of(classes: Classification) -> tuple[ListedCustomer, ...]:
    """Return the customers on the shortlist: most factors first, then revenue, then id.

    A customer who objects to profiling is not among them.
    """
    card = classes.scorecard
    opted_out = card.measures.record["opted_out"][card.places].astype(np.bool_)
    conflicts = set(classes.conflicts)
    open_questions = card.unsettled
    listed = np.flatnonzero(card.shortlisted & ~opted_out)
    ids, brought = card.ids, card["revenue"]
    revenue = brought[listed]
    titles = np.array([factor.title for factor in card.declared], dtype=np.object_)
    labels, provisional = classes.labels[card.places], classes.provisional[card.places]
    return tuple(
        ListedCustomer(
            customer=CustomerName(ids[row]),
            label=labels[row],
            provisional=bool(provisional[row]),
            met=tuple(titles[card.met[row]].tolist()),
            unknown=tuple(titles[open_questions[row]].tolist()),
            conflict=ids[row] in conflicts,
            revenue=float(brought[row]),
        )
        for row in listed[np.lexsort((listed, -revenue, -card.count[listed]))].tolist()
    )


def _show(reading: Reading) -> Iterable[Block]:
    card = reading.scorecard
    values = {
        "customers": shortlist_of(reading.classes),
        "listed_by_people": card.listed_by_people,
        "unknown_of_all": sorted(
            factor.title for at, factor in enumerate(card.declared) if not card.measured[at]
        ),
        "factors": len(card.declared),
    }
    yield Template(Path(__file__).with_suffix(".html.jinja"), values)


SECTION = ReportSection(
    name="shortlist",
    title=mark("The shortlist, with reasons"),
    show=_show,
    priority=1100,
)
