"""Does the customer say no more than is needed?

Idea: a message of at most seven words and fifty characters, none of them an exclamation mark, is
that of someone who likes things short and clear.
Source: S3 (the blue customer); the length and the weight are decided: half that of a sentence in
capitals, as a short message may also be a short answer.

>>> texts = ["Order 17?", "Great!", "I wonder what became of my order, number 17."]
>>> CUE.fires(texts).tolist()
[True, False, False]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray
from klantkompas._messages import Messages
from klantkompas.hooks import Cue
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

MOST_WORDS = 7
MOST_CHARACTERS = 50


def tell_curt_messages(texts: Sequence[str]) -> BoolArray:
    """Tell which texts are curt."""
    words = Messages.of(texts).word_counts
    short = (len(text.strip()) <= MOST_CHARACTERS and "!" not in text for text in texts)
    curt: BoolArray = (words > 0) & (words <= MOST_WORDS)
    return curt & np.fromiter(short, np.bool_, len(texts))


CUE = Cue(
    name="curt_messages",
    fires=tell_curt_messages,
    describes=mark("says no more than is needed"),
    extraversion=-1,
    rationality=1,
    weight=0.5,
)
