"""How does each customer like to be treated: the lens, and what its answer is made of."""

from __future__ import annotations

from klantkompas.lenses.colours.lens import (
    CustomerColours,
    colour_customers,
    colours,
    positions,
)
from klantkompas.lenses.colours.why import CueFired, Position

__all__ = [
    "CueFired",
    "CustomerColours",
    "Position",
    "colour_customers",
    "colours",
    "positions",
]
