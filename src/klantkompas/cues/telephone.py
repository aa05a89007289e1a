"""Does the customer telephone?

Idea: who seeks a live voice is rather extravert; an introvert customer does not call soon. Words
for channels stand in ``words/<language>/telephone.txt``.
Source: S3 (the green customer); the weight is decided: half, as some matters ask for a call.

>>> CUE.fires(["Telefoon", "phone call", "e-mail"]).tolist()
[True, True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="telephone",
    fires=mentions(*built_in_words("telephone")),
    describes=mark("telephones"),
    extraversion=1,
    weight=0.5,
    reads="channel",
)
