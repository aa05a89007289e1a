"""What to do, in a sentence: for each colour here; for classes and traits where these are declared.

Advice for a segment gives way to what the customer itself prefers (S4, n=1).
Source: S3 (colours), S4.

>>> from klantkompas.domain.preferences import Preferences, Wish
>>> len(unless_wished(COLOUR_ADVICE[Colour.BLUE], Preferences()))
1
>>> unless_wished(COLOUR_ADVICE[Colour.BLUE], Preferences((Wish("note", "no small talk"),)))
()
"""

from __future__ import annotations

from klantkompas._texts import mark
from klantkompas.domain.colours import Colour
from klantkompas.domain.explanation import Sentence
from klantkompas.domain.preferences import Preferences

__all__ = ["COLOUR_ADVICE", "unless_wished"]

COLOUR_ADVICE = {
    Colour.GREEN: mark(
        "Take the lead: show that you value its getting in touch, check that it is clear, and say "
        "that you will solve it."
    ),
    Colour.RED: mark(
        "Do not argue: acknowledge the feeling first, then look for the solution together."
    ),
    Colour.YELLOW: mark("Have a chat, remember what it tells, and come back to that later."),
    Colour.BLUE: mark("Be short, clear and businesslike, leave feelings out, and keep your word."),
}
"""How to treat a customer of each colour."""


def unless_wished(advice: str, preferences: Preferences, *about: str) -> tuple[Sentence, ...]:
    """Give advice, unless the customer's own preferences speak of the same.

    Args:
        advice: the marked English text.
        preferences: the customer's own.
        *about: of which subjects the advice speaks; any advice gives way to a note.

    Returns:
        The advice as a sentence, or nothing.
    """
    return () if preferences.speak_of("note", *about) else (Sentence(advice),)
