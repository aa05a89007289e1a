"""Lenses: one module per question that a portfolio is asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Lens, declared_in, hookimpl

__all__ = ["klantkompas_lenses"]


@hookimpl
def klantkompas_lenses() -> Sequence[Lens]:
    """Return the built-in lenses.

    A lens answers one question about a portfolio from its measures.
    """
    return declared_in(sys.modules[__name__], Lens)
