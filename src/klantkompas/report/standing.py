"""How customers stand, as a report shows it: the classes, the success factors, the shortlist."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from klantkompas.classification.classify import Classification, ClassShare
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.criteria import Cutoff

__all__ = ["ClassRow", "FactorRow", "ListedCustomer", "class_rows", "factor_rows", "shortlist_of"]


@frozen(kw_only=True)
class ClassRow:
    """A class: what it is, what its customers are owed, and what they bring.

    Args:
        share: what it brings.
        title: how its customers fit; empty for a class of one's own.
        service: what to do for them; empty for a class of one's own.
        provisional: how many may be in a better class, given what is unknown of them.
    """

    share: ClassShare
    title: str
    service: str
    provisional: int


@frozen(kw_only=True)
class FactorRow:
    """A success factor over the active customers.

    Args:
        title: what a customer does.
        unit: the measure's unit.
        cutoff: the number to pass.
        met: how many pass it.
        missed: how many do not.
        unknown: of how many it is not known.
    """

    title: str
    unit: str
    cutoff: Cutoff
    met: int
    missed: int
    unknown: int


@frozen(kw_only=True)
class ListedCustomer:
    """A customer on the shortlist.

    Args:
        id: its id.
        name: how it is called; None where unknown.
        label: its class; None where no rule gives one.
        met: the titles of the factors that it meets.
        unknown: the titles of those of which it is not known, though it is of others.
        conflict: whether people listed it though it contributes in fewer than two ways.
        revenue: what it brought in the period.
    """

    id: str
    name: str | None
    label: str | None
    met: tuple[str, ...]
    unknown: tuple[str, ...]
    conflict: bool
    revenue: float


def class_rows(classes: Classification) -> tuple[ClassRow, ...]:
    """Give a row for each class, best first."""
    known = {each.label: each for each in CLASSES}
    return tuple(
        ClassRow(
            share=share,
            title=known[share.label].title if share.label in known else "",
            service=known[share.label].service if share.label in known else "",
            provisional=int((classes.provisional & (classes.labels == share.label)).sum()),
        )
        for share in classes.shares()
    )


def factor_rows(card: Scorecard) -> tuple[FactorRow, ...]:
    """Give a row for each success factor, the one that most customers meet first."""
    met, unknown = card.met.sum(axis=0).tolist(), card.unknown.sum(axis=0).tolist()
    rows = [
        FactorRow(
            title=factor.title,
            unit=card.measures.units.get(factor.measure_name, ""),
            cutoff=card.cutoffs[at],
            met=met[at],
            missed=len(card) - met[at] - unknown[at],
            unknown=unknown[at],
        )
        for at, factor in enumerate(card.declared)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.met, row.unknown, row.title)))


def shortlist_of(classes: Classification) -> tuple[ListedCustomer, ...]:
    """Give the customers on the shortlist: most factors first, then revenue, then id.

    A customer that objects to profiling is not among them.
    """
    card = classes.scorecard
    objects = card.measures.record["objects"][card.places].astype(np.bool_)
    conflicts = set(classes.conflicts)
    open_questions = card.unknown & ~card.unknown.all(axis=0)
    listed = np.flatnonzero(card.shortlisted & ~objects)
    ids, brought = card.ids, card["revenue"]
    revenue = brought[listed]
    titles = np.array([factor.title for factor in card.declared], dtype=np.object_)
    names = card.measures.record["name"][card.places]
    labels = classes.labels[card.places]
    return tuple(
        ListedCustomer(
            id=ids[row],
            name=names[row],
            label=labels[row],
            met=tuple(titles[card.met[row]].tolist()),
            unknown=tuple(titles[open_questions[row]].tolist()),
            conflict=ids[row] in conflicts,
            revenue=float(brought[row]),
        )
        for row in listed[np.lexsort((listed, -revenue, -card.count[listed]))].tolist()
    )
