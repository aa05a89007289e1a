"""Advice, one module for each subject: what to do for the customers of whom a lens says something.

Advice for a segment gives way to what the customer itself prefers (S4, n=1).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Advice, declared_in, hookimpl

__all__ = ["klantkompas_advice"]


@hookimpl
def klantkompas_advice() -> Sequence[Advice]:
    """Declare the built-in advice."""
    return declared_in(sys.modules[__name__], Advice)
