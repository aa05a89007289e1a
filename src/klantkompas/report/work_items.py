"""The lines of the lists to work from, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.hooks import ClassLabel, CustomerName, Item, Items, Quantity, Sentence
from klantkompas.reviews.work_lists import WorkLine, WorkList
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["MORE", "item_of", "label_of", "list_of"]

REVENUE = mark("revenue {revenue}")
USUALLY = mark("{step} (Unless a line says otherwise.)")
MORE = mark("The list goes on for {number} more: the page has the first {most}.")
OFTEN = 3
"""How many lines have to say the same for it to be said once, above them."""


def label_of(line: WorkLine) -> ClassLabel | None:
    """Return the class of the customer of a line; None without one.

    Args:
        line: the line.
    """
    return None if line.label is None else ClassLabel(line.label, line.provisional)


def list_of(lines: WorkList, most: int, shown: int = 5) -> Items:
    """Return a list as the page shows it; what to do for most of its customers is said once.

    Where a list is in order of what waits longest, who weighs most is said, so that both count.

    Args:
        lines: the list.
        most: how many lines the page has.
        shown: how many are visible.
    """
    kept = lines[:most]
    steps = [each.step for each in kept if each.step is not None]
    usual = max(steps, key=steps.count) if steps else None
    if usual is not None and (steps.count(usual) < OFTEN or len(steps) < len(kept)):
        usual = None  # of whom nothing is said, nothing is to be done
    more = Quantity(len(lines) - most, "customers")
    notes = [
        *([] if not kept or kept[0].since is None else lines.weight),
        *([] if usual is None else [sentence(USUALLY, step=usual)]),
        *([] if more.value <= 0 else [sentence(MORE, number=more, most=most)]),
    ]
    return Items(
        title=lines.opening,
        note=sentence("{notes}", notes=Listing(notes, " ")) if notes else None,
        items=[item_of(line, usual=usual) for line in kept],
        shown=shown,
    )


def item_of(
    line: WorkLine,
    *,
    brief: bool = False,
    usual: Sentence | None = None,
    also: Sequence[Sentence] = (),
) -> Item:
    """Return a line as the page shows it: who, class, revenue and since when, why, and what to do.

    Args:
        line: the line.
        brief: whether there is little room: then the reason is in brief, and what to do and the
            revenue of what waits for nothing are left out.
        usual: what is done unless something else is said; None for nothing.
        also: what else is said of them, last.
    """
    days, revenue = Quantity(line.days_open, "days"), Quantity(line.revenue, "money")
    weighs = line.label is not None and not (brief and line.since is None)
    says = [line.in_brief if brief else line.why]
    if line.step is not None and not brief and line.step != usual:
        says.append(line.step)
    says += also
    return Item(
        about=CustomerName(line.customer),
        label=label_of(line),
        beside=None if line.since is None else sentence(line.waits, day=line.since, days=days),
        weight=sentence(REVENUE, revenue=revenue) if weighs else None,
        says=says,
    )
