"""Does the customer demand, or disregard whoever helps?

Idea: a brazen customer says that you must, at once, and what it thinks of you. It says nothing of a
colour. Words stand in ``words/<language>/demands_or_disregard.txt``.
Source: S4 (the third of the four traits).

>>> CUE.fires(["I demand a refund now.", "Could I have a refund?"]).tolist()
[True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="demands_or_disregard",
    fires=mentions(*built_in_words("demands_or_disregard")),
    describes=mark("demands, or shows disregard"),
)
