"""Classification rules: which customers get which class (S1 steps 3-6)."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import ClassificationRule, declared_in, hookimpl

__all__ = ["klantkompas_classification_rules"]


@hookimpl
def klantkompas_classification_rules() -> Sequence[ClassificationRule]:
    """Declare the built-in classification rules."""
    return declared_in(sys.modules[__name__], ClassificationRule)
