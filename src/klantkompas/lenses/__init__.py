"""Lenses: one module per question that a portfolio is asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Lens, declared_in, hookimpl

__all__ = ["klantkompas_lenses"]


@hookimpl
def klantkompas_lenses() -> Sequence[Lens]:
    """Declare the built-in lenses."""
    return declared_in(sys.modules[__name__], Lens)
