"""Cues: signs in a customer's messages and channels of how they are (S3).

The words that some look for stand in ``words/<language>/<cue>.txt``: leave a cue out, and declare
it anew with a list of your own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Cue, declared_in, hookimpl

__all__ = ["klantkompas_cues"]


@hookimpl
def klantkompas_cues() -> Sequence[Cue]:
    """Return the built-in cues: signs in messages and channels of how a customer is."""
    return declared_in(sys.modules[__name__], Cue)
