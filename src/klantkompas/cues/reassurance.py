"""Does the customer ask for reassurance?

Idea: who asks whether it will really be all right looks for support, and shows it. Words stand in
``words/<language>/reassurance.txt``.
Source: S3 (the red customer often looks for reassurance).

>>> CUE.fires(["Are you sure it comes today?", "It comes today."]).tolist()
[True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="reassurance",
    fires=mentions(*built_in_words("reassurance")),
    describes=mark("asks for reassurance"),
    extraversion=1,
    rationality=-1,
)
