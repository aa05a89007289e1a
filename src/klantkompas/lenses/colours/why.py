"""Why a customer has a colour, or none: where they stand on each axis, and what that rests on (S3).

>>> unknown = Position(axis="rationality", value=float("nan"), basis=None, side="")
>>> print(unknown)
rationality unknown: no judgement by staff, and no messages or channels to go by
"""

from __future__ import annotations

from attrs import frozen

from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, indented, sentence

__all__ = ["CueFired", "Position"]

BASES = {
    "staff": mark("{axis} {position}, as staff judged"),
    "evidence": mark("{axis} {position}, by the signs in their messages and channels:"),
    None: mark("{axis} unknown: no judgement by staff, and no messages or channels to go by"),
}
NOTHING_FIRED = mark("none of the signs that push it was found")
FIRED = mark("{describes}: {count} of {contacts}")


@frozen(kw_only=True)
class CueFired:
    """A cue that fired in the messages or contacts of one customer.

    Args:
        cue: the name of the cue.
        describes: what the customer does when it fires.
        count: in how many messages or contacts the cue fired.
        of: how many messages or contacts there are.
        unit: ``"messages"`` or ``"contacts"``.
        push: how far the cue moves the customer on the axis, from -1 to 1.
        weight: how much one firing weighs.
    """

    cue: str
    describes: str
    count: int
    of: int
    unit: str
    push: float
    weight: float

    @property
    def sentence(self) -> Sentence:
        """What fired, and in how many of how many messages or contacts."""
        of = Quantity(self.of, self.unit)
        return sentence(FIRED, describes=Sentence(self.describes), count=self.count, contacts=of)


@frozen(kw_only=True)
class Position(Text):
    """The position of one customer on an axis, and what it rests on.

    Args:
        axis: ``"extraversion"`` or ``"rationality"``.
        value: the position, from -1 to 1; NaN where unknown.
        basis: what it rests on: ``"staff"`` or ``"evidence"``; None where unknown.
        side: the name of that side of the axis, such as ``"introvert"``; ``''`` where the position
            is too near the middle, or unknown.
        fired: for evidence, the cues that fired.
    """

    axis: str
    value: float
    basis: str | None
    side: str
    fired: tuple[CueFired, ...] = ()

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: the position, and then what it rests on."""
        position = Quantity(self.value, signed=True)
        opening = sentence(BASES[self.basis], axis=Sentence(self.axis), position=position)
        evidence = [each.sentence for each in self.fired]
        if self.basis == "evidence" and not evidence:
            evidence = [Sentence(NOTHING_FIRED)]
        return (opening, *indented(evidence))
