"""Does the customer ask for the management?

Idea: who is used to top service wants to speak to whoever decides. It says nothing of a colour.
Words stand in ``words/<language>/asks_for_management.txt``.
Source: S4 (the first of the four traits).

>>> CUE.fires(["I want to speak to your manager.", "Your manager was helpful."]).tolist()
[True, False]
"""

from __future__ import annotations

from klantkompas.cues import built_in_words
from klantkompas.hooks import Cue, mentions
from klantkompas.wording.catalogue import mark

__all__ = ["CUE"]

CUE = Cue(
    name="asks_for_management",
    fires=mentions(*built_in_words("asks_for_management")),
    describes=mark("asks for the management"),
)
