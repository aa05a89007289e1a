"""What are the customers of each class owed?

Idea: the better they fit, the more service. It is what they are owed, so it gives way to no
preference.
Source: S1 steps 3-6.

>>> [advice.of for advice in (A, B, C, D)]
['A', 'B', 'C', 'D']
"""

from __future__ import annotations

from klantkompas.hooks import Advice
from klantkompas.wording.catalogue import mark

__all__ = ["A", "B", "C", "D"]

A = Advice(
    name="class_a",
    about="class",
    of="A",
    text=mark("Cherish them and do not lose them to a competitor."),
    gives_way_to=(),
)
B = Advice(
    name="class_b",
    about="class",
    of="B",
    text=mark("Serve them well: the next A's come from here."),
    gives_way_to=(),
)
C = Advice(
    name="class_c",
    about="class",
    of="C",
    text=mark("Serve them less than a B, and follow how they develop: some become one."),
    gives_way_to=(),
)
D = Advice(
    name="class_d",
    about="class",
    of="D",
    text=mark("Ask why you deliver to them at all; let go with care, and only when replaced."),
    gives_way_to=(),
)
