"""What is known of each customer, a module per kind of interaction.

A function decorated with `measure` or `tally` in a module here is all it takes to add one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Measure, Tally, declared_in, hookimpl

__all__ = ["klantkompas_measures"]


@hookimpl
def klantkompas_measures() -> Sequence[Measure | Tally]:
    """Return the built-in measures and tallies: what is known of each customer, and counts."""
    return (
        *declared_in(sys.modules[__name__], Measure),
        *declared_in(sys.modules[__name__], Tally),
    )
