"""The rules in the order in which they are asked, for one customer: which hold, and which decides.

>>> asked = Asked(rule="star", label="Star", priority=0, holds=False, decides=False, plugin="ours")
>>> from attrs import evolve
>>> print(Trace("17", (asked, evolve(asked, rule="a", label="A", holds=True, decides=True))))
17, rule by rule; the first that holds decides
0  star  Star  does not hold  [ours]
0  a     A     decides        [ours]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas.classification.hypothetical import answer_of, hypothetical
from klantkompas.classification.scorecard import Scorecard
from klantkompas.hooks import ClassificationRule
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Grid, Sentence, sentence

__all__ = ["Asked", "Trace", "trace_rules"]


NO_RULE = mark("{customer} is asked no rule: they have no class whatever the rules say")
HEAD = mark("{customer}, rule by rule; the first that holds decides")
DECIDES = mark("decides")
TOO_LATE = mark("holds, but too late")
DOES_NOT_HOLD = mark("does not hold")


@frozen(kw_only=True)
class Asked:
    """What one rule says of one customer.

    Args:
        rule: its name.
        label: the class that it gives.
        priority: smaller is asked first.
        holds: whether it holds.
        decides: whether it is the first that does.
        plugin: which plugin added it to those that are built in; empty for none.
    """

    rule: str
    label: str
    priority: float
    holds: bool
    decides: bool
    plugin: str = ""

    @property
    def answer(self) -> str:
        """What came of it, in a few words."""
        if self.decides:
            return DECIDES
        return TOO_LATE if self.holds else DOES_NOT_HOLD

    @property
    def added(self) -> str:
        """The plugin in brackets, where its name is not the rule's."""
        return "" if self.plugin in ("", self.rule) else f"[{self.plugin}]"


@frozen
class Trace(Text):
    """What each rule says of one customer, in the order in which they are asked.

    Args:
        customer: the customer's id.
        asked: each rule; none for a customer that the rules do not class.
    """

    customer: str
    asked: tuple[Asked, ...]

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What each rule says, in the order in which they are asked."""
        customer = CustomerName(self.customer)
        if not self.asked:
            return (sentence(NO_RULE, customer=customer),)
        rows = [
            (each.priority, each.rule, each.label, Sentence(each.answer), each.added)
            for each in self.asked
        ]
        return (sentence(HEAD, customer=customer), sentence("{rules}", rules=Grid(rows)))


def trace_rules(
    card: Scorecard, rules: Sequence[ClassificationRule], row: int
) -> tuple[Asked, ...]:
    """Ask every rule of one customer.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        row: the customer's row on the score card.

    Returns:
        What each says, of that row alone.
    """
    own = np.array([row])
    alone = hypothetical(card, own, card.states[own], card.shortlisted[own])
    asked: list[Asked] = []
    for rule in rules:
        holds = bool(answer_of(rule, alone)[0])
        asked.append(
            Asked(
                rule=rule.name,
                label=rule.label,
                priority=rule.priority,
                holds=holds,
                decides=holds and not any(each.holds for each in asked),
                plugin=rule.added_by,
            )
        )
    return tuple(asked)
