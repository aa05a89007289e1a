"""Which class is a customer in: A, B, C or D?

Counted from its success factors, the first rule that holds decides (S1 steps 3-6): **A** is on the
shortlist and contributes in two or more ways, **B** contributes in two or more ways, **C** in
exactly one, **D** in none.

>>> [rule.label for rule in (A, B, C, D)]
['A', 'B', 'C', 'D']
"""

from __future__ import annotations

from klantkompas.hooks import ClassificationRule
from klantkompas.wording.catalogue import mark

__all__ = ["A", "B", "C", "D"]

A = ClassificationRule(
    name="a_best_fitting",
    label="A",
    when=lambda card: card.shortlisted & (card.count >= 2),
    because=mark("it is on the shortlist and contributes in two or more ways"),
    priority=100,
)
B = ClassificationRule(
    name="b_tactical",
    label="B",
    when=lambda card: card.count >= 2,
    because=mark("it contributes in two or more ways but is not on the shortlist"),
    priority=100,
)
C = ClassificationRule(
    name="c_transactional",
    label="C",
    when=lambda card: card.count == 1,
    because=mark("it contributes in exactly one way"),
    priority=100,
)
D = ClassificationRule(
    name="d_let_go",
    label="D",
    when=lambda card: card.count == 0,
    because=mark("it contributes in none of the ways that could be seen"),
    priority=100,
)
