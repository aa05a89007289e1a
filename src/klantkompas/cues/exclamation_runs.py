"""Does the customer put exclamation marks in a row?

Idea: who needs two or more to say it has feelings about it, and lets them be seen.
Source: S3 (the red customer is emotional and direct); the weight is decided: half that of a
sentence in capitals, as thanks are written so too.

>>> CUE.fires(["Where is it?!!", "Thanks!", "Wow! Really!"]).tolist()
[True, False, False]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray
from klantkompas.hooks import Cue
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

RUNS = ("!!", "!?!", "\N{DOUBLE EXCLAMATION MARK}", "\N{FULLWIDTH EXCLAMATION MARK}" * 2)


def tell_exclamation_runs(texts: Sequence[str]) -> BoolArray:
    """Tell which texts have exclamation marks in a row."""
    return np.fromiter((any(run in text for run in RUNS) for text in texts), np.bool_, len(texts))


CUE = Cue(
    name="exclamation_runs",
    fires=tell_exclamation_runs,
    describes=mark("puts exclamation marks in a row"),
    extraversion=1,
    rationality=-1,
    weight=0.5,
)
