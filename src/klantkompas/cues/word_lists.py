"""Cues that look for words, which stand in ``words/<language>/<cue>.txt``.

>>> TELEPHONE.fires(["Telefoon", "phone call", "e-mail"]).tolist()
[True, True, False]
"""

from __future__ import annotations

from importlib.resources import files

from klantkompas.hooks import Cue, mentions, read_words
from klantkompas.wording.catalogue import LANGUAGES, mark

__all__ = [
    "ASKS_FOR_MANAGEMENT",
    "DEMANDS_OR_DISREGARD",
    "FEELINGS",
    "REASSURANCE",
    "SMALL_TALK",
    "TELEPHONE",
    "WRITING",
    "built_in_words",
]


def built_in_words(name: str) -> tuple[str, ...]:
    """Return the words and phrases of a built-in cue, of all languages.

    Args:
        name: the name of the cue, such as ``"small_talk"``.

    Returns:
        The words and phrases, as they stand in the lists.

    >>> {"vakantie", "vacation"} <= set(built_in_words("small_talk"))
    True
    """
    folder = files("klantkompas.cues") / "words"
    return read_words(*(folder / language / f"{name}.txt" for language in LANGUAGES))


ASKS_FOR_MANAGEMENT = Cue(
    name="asks_for_management",
    fires=mentions(*built_in_words("asks_for_management")),
    describes=mark("asks for the management"),
    counted_only=True,
)
"""Does the customer ask for the management?

Idea: who is used to top service wants to speak to whoever decides. It says nothing of a colour.
Source: S4 (the first of the four traits).
"""

DEMANDS_OR_DISREGARD = Cue(
    name="demands_or_disregard",
    fires=mentions(*built_in_words("demands_or_disregard")),
    describes=mark("uses words that demand something"),
    counted_only=True,
)
"""Does the customer demand, or disregard whoever helps?

Idea: a brazen customer says that you must, at once, and what they think of you. It says nothing of
a colour.
Source: S4 (the third of the four traits).
"""

FEELINGS = Cue(
    name="feelings",
    fires=mentions(*built_in_words("feelings")),
    describes=mark("uses words of feeling"),
    rationality=-1,
)
"""Does the customer write of what they feel?

Idea: who does stands on the emotional side, whether glad or sad.
Source: S3 (rationality against emotionality).
"""

REASSURANCE = Cue(
    name="reassurance",
    fires=mentions(*built_in_words("reassurance")),
    describes=mark("asks for reassurance"),
    extraversion=1,
    rationality=-1,
)
"""Does the customer ask for reassurance?

Idea: who asks whether it will really be all right looks for support, and shows it.
Source: S3 (the red customer often looks for reassurance).
"""

SMALL_TALK = Cue(
    name="small_talk",
    fires=mentions(*built_in_words("small_talk")),
    describes=mark("makes small talk"),
    extraversion=1,
    rationality=1,
)
"""Does the customer make small talk?

Idea: who writes of the weekend, the weather or the family likes a chat.
Source: S3 (the yellow customer is easy-going, and tells about themselves).
"""

TELEPHONE = Cue(
    name="telephone",
    fires=mentions(*built_in_words("telephone")),
    describes=mark("telephones"),
    extraversion=1,
    weight=0.5,
    reads="channel",
)
"""Does the customer telephone?

Idea: who seeks a live voice is rather extravert; an introvert customer does not call soon.
Source: S3 (the green customer); the weight is decided: half, as some matters ask for a call.
"""

WRITING = Cue(
    name="writing",
    fires=mentions(*built_in_words("writing")),
    describes=mark("writes rather than calls"),
    extraversion=-1,
    weight=0.5,
    reads="channel",
)
"""Does the customer write?

Idea: who writes, rather than calls, is rather introvert.
Source: S3 (the green customer); the weight is decided: half, as a matter may call for a letter.
"""
