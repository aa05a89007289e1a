"""Does the customer make small talk?

Idea: who writes of the weekend, the weather or the family likes a chat. Words stand in
``words/<language>/small_talk.txt``.
Source: S3 (the yellow customer is easy-going, and tells about itself).

>>> CUE.fires(["Enjoy your weekend!", "The invoice is wrong."]).tolist()
[True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="small_talk",
    fires=mentions(*built_in_words("small_talk")),
    describes=mark("makes small talk"),
    extraversion=1,
    rationality=1,
)
