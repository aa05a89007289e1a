"""Why a customer has a colour, or none: where they stand on each axis, and what that rests on (S3).

>>> unknown = Position(axis="rationality", value=float("nan"), basis=None, side="")
>>> print(WhyColour(customer="17", colour=None, because="unknown", positions=(unknown,)))
17 has no colour: unknown
  rationality unknown: no judgement by staff, and no messages or channels to go by
"""

from __future__ import annotations

from attrs import frozen

from klantkompas.domain.colours import Colour
from klantkompas.wording.catalogue import Translator, mark, translator
from klantkompas.wording.units import named

__all__ = ["CueFired", "Position", "WhyColour"]

SEEMS = mark("{customer} seems {colour} ({sides}): a hypothesis, to check with the customer")
NO_COLOUR = mark("{customer} has no colour: {because}")
BASES = {
    "staff": mark("{axis} {position}, as staff judged"),
    "evidence": mark("{axis} {position}, by the signs in its messages and channels:"),
    None: mark("{axis} unknown: no judgement by staff, and no messages or channels to go by"),
}
NOTHING_FIRED = mark("none of the signs that push it was found")
FIRED = mark("{describes}: {count} of {of} {unit}")


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
class Position:
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

    def sentences(self, translate: Translator) -> tuple[str, ...]:
        """Say it in a language: the position, and then what it rests on."""
        opening = translate(BASES[self.basis]).format(
            axis=translate(self.axis), position=f"{self.value:+.2f}"
        )
        lines = [
            translate(FIRED).format(
                describes=translate(each.describes),
                count=each.count,
                of=each.of,
                unit=translate(named(each.of, each.unit)),
            )
            for each in self.fired
        ]
        if self.basis == "evidence" and not lines:
            lines = [translate(NOTHING_FIRED)]
        return (opening, *(f"  {line}" for line in lines))


@frozen(kw_only=True)
class WhyColour:
    """Why a customer has its colour, or none.

    Args:
        customer: the customer's id.
        colour: the colour; None where it cannot be told.
        because: why it has none.
        positions: where it stands on each axis; nothing for one that objects to profiling.
    """

    customer: str
    colour: Colour | None
    because: str = ""
    positions: tuple[Position, ...] = ()

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The colour, then for each axis where the customer stands and what that rests on.
        """
        translate = translator(language)
        sides = ", ".join(translate(each.side) for each in self.positions if each.side)
        opening = translate(SEEMS if self.colour else NO_COLOUR).format(
            customer=self.customer,
            colour=self.colour and translate(self.colour),
            sides=sides,
            because=self.because and translate(self.because),
        )
        told = [line for each in self.positions for line in each.sentences(translate)]
        return (opening, *(f"  {line}" for line in told))

    def __str__(self) -> str:
        """Say it in English."""
        return "\n".join(self.sentences())
