"""Success factors: the ways in which a customer contributes to your success (S1 step 2).

One module for each; its name is the factor's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import SuccessFactor, declared_in, hookimpl

__all__ = ["klantkompas_success_factors"]


@hookimpl
def klantkompas_success_factors() -> Sequence[SuccessFactor]:
    """Declare the built-in success factors."""
    return declared_in(sys.modules[__name__], SuccessFactor)
