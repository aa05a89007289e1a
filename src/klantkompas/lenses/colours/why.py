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
    """That a cue fired in a customer's messages.

    Args:
        cue: the cue's name.
        describes: what the customer does then.
        count: in how many messages or contacts.
        of: of how many.
        unit: ``"messages"`` or ``"contacts"``.
        push: its push on the axis.
        weight: how much one firing weighs.
    """

    cue: str
    describes: str
    count: int
    of: int
    unit: str
    push: float
    weight: float


@frozen(kw_only=True)
class Position(Text):
    """Where a customer stands on an axis, and how that is known.

    Args:
        axis: ``"extraversion"`` or ``"rationality"``.
        value: from -1 to 1; NaN where unknown.
        basis: ``"staff"`` or ``"evidence"``; None where unknown.
        side: on which side that is; empty where it is too near the middle to tell, or unknown.
        fired: for evidence, the cues that fired.
    """

    axis: str
    value: float
    basis: str | None
    side: str
    fired: tuple[CueFired, ...] = ()

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The position, and then what it rests on."""
        position = Quantity(self.value, signed=True)
        opening = sentence(BASES[self.basis], axis=Sentence(self.axis), position=position)
        evidence = [
            sentence(
                FIRED,
                describes=Sentence(each.describes),
                count=each.count,
                contacts=Quantity(each.of, each.unit),
            )
            for each in self.fired
        ]
        if self.basis == "evidence" and not evidence:
            evidence = [Sentence(NOTHING_FIRED)]
        return (opening, *indented(evidence))
