"""Does the customer write?

Idea: who writes, rather than calls, is rather introvert. Words for channels stand in
``words/<language>/writing.txt``.
Source: S3 (the green customer); the weight is decided: half, as a matter may call for a letter.

>>> CUE.fires(["E-mail", "WhatsApp", "telephone"]).tolist()
[True, True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="writing",
    fires=mentions(*built_in_words("writing")),
    describes=mark("writes rather than calls"),
    extraversion=-1,
    weight=0.5,
    reads="channel",
)
