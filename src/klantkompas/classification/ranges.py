"""How certain a class is when factors are unknown, and which is most worth finding out (section 6).

>>> print(ClassRange(customer="17", worst="C", best="B", worth_finding_out="pays_on_time"))
17 is from C to B; most worth finding out: pays_on_time
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import Codes
from klantkompas.classification.hypothetical import decide, hypothetical, would_be_listed
from klantkompas.classification.scorecard import Scorecard
from klantkompas.hooks import ClassificationRule
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Sentence, sentence

__all__ = ["ClassRange", "best_decisions", "worth_finding_out"]

CERTAIN = mark("{customer} is {best} whatever is unknown")
BETWEEN = mark("{customer} is from {worst} to {best}")
FIND_OUT = mark("{between}; most worth finding out: {factor}")


@frozen(kw_only=True)
class ClassRange(Text):
    """The classes that a customer may be in, given what is unknown of them.

    Args:
        customer: the customer's id.
        worst: the class if none of its unknown factors were met, or the worse of the two.
        best: the class if all of them were, or the better of the two.
        worth_finding_out: the unknown factor that would lift the class; None where none would.
    """

    customer: str
    worst: str | None
    best: str | None
    worth_finding_out: str | None = None

    @property
    def provisional(self) -> bool:
        """Whether it may be in more than one class."""
        return self.worst != self.best

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The range, and the factor that is most worth finding out."""
        customer, factor = CustomerName(self.customer), self.worth_finding_out
        if not self.provisional:
            return (sentence(CERTAIN, customer=customer, best=self.best),)
        between = sentence(BETWEEN, customer=customer, worst=self.worst, best=self.best)
        return (between if factor is None else sentence(FIND_OUT, between=between, factor=factor),)


def best_decisions(card: Scorecard, rules: Sequence[ClassificationRule]) -> Codes:
    """Find the rule that would decide for each customer if its unknown factors were all met.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.

    Returns:
        For each row, which rule; negative where none.
    """
    rows = np.arange(len(card))
    met = card.met | card.unknown
    return decide(hypothetical(card, rows, met, would_be_listed(card, rows, met)), rules)


def worth_finding_out(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], row: int
) -> str | None:
    """Name the unknown factor of one customer that is most worth finding out.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        row: the customer's row on the score card.

    Returns:
        One that alone would lift the class; among several the one that most meet of whom it is
        known, then by name; None where none would.
    """
    columns = np.flatnonzero(card.unknown[row])
    if not len(columns):
        return None
    rows = np.full(len(columns) + 1, row)
    met = card.met[rows]
    met[np.arange(len(columns)), columns] = True
    listed = would_be_listed(card, rows, met)
    *lifted, present = decide(hypothetical(card, rows, met, listed), rules).tolist()
    standing = {number: order.index(rule.label) for number, rule in enumerate(rules)}
    lifting = [
        int(column)
        for column, decided in zip(columns, lifted, strict=True)
        if decided in standing and present in standing and standing[decided] < standing[present]
    ]
    if not lifting:
        return None

    def met_by(column: int) -> float:
        known = int((~card.unknown[:, column]).sum())
        return int(card.met[:, column].sum()) / known if known else 0.0

    return min((-met_by(column), card.factors[column]) for column in lifting)[1]
