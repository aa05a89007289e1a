"""The lines of the lists to work from, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from klantkompas.hooks import ClassLabel, CustomerName, Item, Items, Quantity, Sentence
from klantkompas.lenses.demands import ABOUT_TO_ESCALATE
from klantkompas.reviews.work_lists import FACTORS_MET, WorkLine, WorkList
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["item_of", "label_of", "list_of"]

ESCALATES = mark("About to escalate: {what}.")
SINCE = mark("since {day}, {days}")
MEETS = mark("they meet {factors}")
REVENUE = mark("revenue {revenue}")
USUALLY = mark("{step} (Unless a line says otherwise.)")
OFTEN = 3
"""How many lines have to say the same for it to be said once, above them."""


def _in_brief(why: Sentence) -> Sentence:
    """Return a reason with the first of what happened, and how many success factors are met."""
    happened = why.values.get("happened")
    if isinstance(happened, Listing):
        first, *others = happened.items
        if first == Sentence(ABOUT_TO_ESCALATE):
            wrong = next(each for each in others if isinstance(each, Sentence))
            first = sentence(ESCALATES, what=wrong.values["what"])
        return evolve(why, values={"happened": Listing([first], " ")})
    titles = why.values.get("factors")
    if not (_meets_factors(why) and isinstance(titles, Listing)):
        return why
    return sentence(MEETS, factors=Quantity(len(titles.items), "success factors"))


def _meets_factors(why: Sentence) -> bool:
    """Whether a reason is which success factors are met."""
    return why.message == FACTORS_MET


def label_of(line: WorkLine) -> ClassLabel | None:
    """Return the class of the customer of a line; None without one.

    Args:
        line: the line.
    """
    return None if line.label is None else ClassLabel(line.label, line.provisional)


def list_of(lines: WorkList, most: int, shown: int = 5) -> Items:
    """Return a list as the page shows it; what to do for most of its customers is said once.

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
    return Items(
        title=lines.opening,
        note=None if usual is None else sentence(USUALLY, step=usual),
        items=[item_of(line, usual=usual) for line in kept],
        shown=shown,
    )


def item_of(line: WorkLine, *, brief: bool = False, usual: Sentence | None = None) -> Item:
    """Return a line as the page shows it: who, class, revenue and since when, why, and what to do.

    Args:
        line: the line.
        brief: whether to leave out what to do, the revenue of what waits for nothing, and which
            success factors are met, of which the number is given.
        usual: what is done unless something else is said; None for nothing.
    """
    beside: list[Sentence] = []
    if line.since is not None:
        days = Quantity(line.days_open, "days")
        beside.append(sentence(SINCE, day=line.since, days=days))
    if not (np.isnan(line.revenue) or (brief and line.since is None)):
        beside.append(sentence(REVENUE, revenue=Quantity(line.revenue, "money")))
    shortened = brief or _meets_factors(line.why)
    says: Sequence[Sentence] = (_in_brief(line.why) if shortened else line.why,)
    if line.step is not None and not brief and line.step != usual:
        says = (*says, line.step)
    return Item(
        about=CustomerName(line.customer),
        label=label_of(line),
        beside=sentence("{beside}", beside=Listing(beside, "; ")) if beside else None,
        says=says,
    )
