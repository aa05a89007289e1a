"""Does the customer write of what it feels?

Idea: who does stands on the emotional side, whether glad or sad. Words stand in
``words/<language>/feelings.txt``.
Source: S3 (rationality against emotionality).

>>> CUE.fires(["I am so disappointed.", "Ik ben er blij mee.", "It is broken."]).tolist()
[True, True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="feelings",
    fires=mentions(*built_in_words("feelings")),
    describes=mark("uses words of feeling"),
    rationality=-1,
)
