"""Cues that look at how a message is written: how long it is, and which marks it has.

>>> exclamation_runs.fires(["Where is it?!!", "Thanks!", "Wow! Really!"]).tolist()
[True, False, False]
>>> curt_messages.fires(["Order 17?", "Great!"]).tolist()
[True, False]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray
from klantkompas._messages import Messages
from klantkompas.hooks import cue
from klantkompas.wording.catalogue import mark

__all__ = ["curt_messages", "exclamation_runs"]

MOST_WORDS = 7
MOST_CHARACTERS = 50
RUNS = ("!!", "!?!", "\N{DOUBLE EXCLAMATION MARK}", "\N{FULLWIDTH EXCLAMATION MARK}" * 2)


@cue(describes=mark("says no more than is needed"), extraversion=-1, rationality=1, weight=0.5)
def curt_messages(texts: Sequence[str]) -> BoolArray:
    """Return which messages are curt.

    Idea: a message of at most seven words and fifty characters, none of them an exclamation mark,
    is that of someone who likes things short and clear.
    Source: S3 (the blue customer); the length and the weight are decided: half that of a sentence
    in capitals, as a short message may also be a short answer.
    """
    words = Messages.of(texts).word_counts
    short = (len(text.strip()) <= MOST_CHARACTERS and "!" not in text for text in texts)
    curt: BoolArray = (words > 0) & (words <= MOST_WORDS)
    return curt & np.fromiter(short, np.bool_, len(texts))


@cue(describes=mark("puts exclamation marks in a row"), extraversion=1, rationality=-1, weight=0.5)
def exclamation_runs(texts: Sequence[str]) -> BoolArray:
    """Return which messages have exclamation marks in a row.

    Idea: who needs two or more to say it has feelings about it, and lets them be seen.
    Source: S3 (the red customer is emotional and direct); the weight is decided: half that of a
    sentence in capitals, as thanks are written so too.
    """
    return np.fromiter((any(run in text for run in RUNS) for text in texts), np.bool_, len(texts))
