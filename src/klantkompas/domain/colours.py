"""The four colours of customers, from two dimensions (S3).

>>> extravert, rational = True, False
>>> BY_SIDE[extravert, rational].value
'red'
"""

from __future__ import annotations

from enum import StrEnum

from klantkompas.wording.catalogue import mark

__all__ = ["AXES", "BY_SIDE", "SIDES", "Colour"]

AXES = ("extraversion", "rationality")
"""The two dimensions, as they are called in a customer's record."""
SIDES = {
    mark("extraversion"): (mark("introvert"), mark("extravert")),
    mark("rationality"): (mark("emotional"), mark("rational")),
}
"""What a customer is below and above the middle of each."""


class Colour(StrEnum):
    """A colour of customers: how they like to be treated, by two traits of character."""

    GREEN = mark("green")
    RED = mark("red")
    YELLOW = mark("yellow")
    BLUE = mark("blue")


BY_SIDE = {
    (False, False): Colour.GREEN,
    (False, True): Colour.BLUE,
    (True, False): Colour.RED,
    (True, True): Colour.YELLOW,
}
"""By whether a customer is extravert, and whether it is rational."""
