r"""What may be printed: values cut to a length, and nothing that steers a terminal.

A value of the data may be longer than a screen, and a name may hold signs that clear the screen or
turn the direction of writing round; both would hide what a message says.

>>> print(printable("A\x1b[2Jb\u202ec"))
A\x1b[2Jb\u202ec
>>> shown("x" * 1000) == "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
True
"""

from __future__ import annotations

import re
import unicodedata
from reprlib import Repr

__all__ = ["clipped", "encodable", "printable", "shown"]

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SUSPECT = re.compile(r"[^\n -~\xa0-\xac\xae-\u05ff]")
_LONGEST = 64


class _Bounded(Repr):
    """The `repr` of a value, cut in the middle; it never fails and never takes long."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = _LONGEST

    def repr_int(self, x: int, level: int) -> str:
        """Return an integer, or how long it is: Python refuses to write very long ones."""
        return f"an integer of {x.bit_length()} bits" if x.bit_length() > 512 else repr(x)

    def repr_bytes(self, x: bytes, level: int) -> str:
        """Return bytes, cut before they are written out."""
        return repr(x) if len(x) <= _LONGEST else f"{x[:_LONGEST]!r}..."


_BOUNDED = _Bounded()


def shown(value: object) -> str:
    r"""Return a value as errors show it: its `repr`, shortened and without invisible characters.

    Args:
        value: anything.

    Returns:
        At most some 200 characters.

    >>> shown(11), shown("Klant\xa0nr"), shown(10**5000)
    ('11', "'Klant\\xa0nr'", 'an integer of 16610 bits')
    """
    return printable(_BOUNDED.repr(value))


def printable(text: str) -> str:
    r"""Return a text with invisible characters and those that control a terminal escaped.

    Args:
        text: a text.

    Returns:
        The text, in which control characters, direction marks, zero-width characters, unpaired
        surrogates and line separators other than the line feed are Python escapes.

    >>> printable("zero\u200bwidth, naïef")
    'zero\\u200bwidth, naïef'
    """
    return _SUSPECT.sub(lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode()


def clipped(text: str, longest: int) -> str:
    """Return a text with its middle cut out, where it is too long to be read.

    Args:
        text: a text.
        longest: the largest number of characters to return.

    Returns:
        The text; or its beginning and end, with three dots between.

    >>> clipped("from here to there", 11)
    'from...here'
    """
    if len(text) <= longest:
        return text
    kept = (longest - 3) // 2
    return f"{text[:kept]}...{text[len(text) - kept :]}"


def encodable(text: str, encoding: str | None) -> str:
    r"""Return a text with the characters escaped that an encoding has no bytes for.

    Args:
        text: a text.
        encoding: the encoding of the stream that the text is written to; None where it has none.

    Returns:
        The text, of which every character can be encoded.

    >>> encodable("é.html", "ascii"), encodable("é.html", "utf-8")
    ('\\xe9.html', 'é.html')
    """
    if encoding is None:
        return text
    return text.encode(encoding, errors="backslashreplace").decode(encoding)
