"""Reusable packaging: which customers bring it back?

A plugin of klantkompas for businesses that deliver in tins, crates or jars that they want back. It
brings a kind of interaction, the measures on it, a success factor, a classification rule and a
lens.

>>> from klantkompas import Compass
>>> compass = Compass()
>>> compass.kinds[-1].name
'packaging'
"""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas import (
    ClassificationRule,
    InteractionKind,
    Lens,
    Measure,
    SuccessFactor,
    hookimpl,
)
from klantkompas_sustainability.judging import NEVER_A_WHILE_PACKAGING_STAYS_AWAY, RETURNS_PACKAGING
from klantkompas_sustainability.packaging import PACKAGING, PackagingExchange
from klantkompas_sustainability.plots import PackagingPlot, packaging
from klantkompas_sustainability.returning import LENS as PACKAGING_LENS
from klantkompas_sustainability.returning import PackagingReturns, look_at_packaging
from klantkompas_sustainability.sums import MEASURES

__all__ = [
    "PackagingExchange",
    "PackagingPlot",
    "PackagingReturns",
    "look_at_packaging",
    "packaging",
]


@hookimpl
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:
    """Declare the exchange of packaging."""
    return [PACKAGING]


@hookimpl
def klantkompas_measures() -> Sequence[Measure]:
    """Declare what is summed of it for each customer."""
    return MEASURES


@hookimpl
def klantkompas_success_factors() -> Sequence[SuccessFactor]:
    """Declare that bringing packaging back is a way to contribute."""
    return [RETURNS_PACKAGING]


@hookimpl
def klantkompas_classification_rules() -> Sequence[ClassificationRule]:
    """Declare who is held back."""
    return [NEVER_A_WHILE_PACKAGING_STAYS_AWAY]


@hookimpl
def klantkompas_lenses() -> Sequence[Lens]:
    """Declare the question how much comes back."""
    return [PACKAGING_LENS]
