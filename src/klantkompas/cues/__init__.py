"""Cues: signs in a customer's messages and channels of how it is (S3).

One module for each; its name is the cue's. The words that some look for stand in
``words/<language>/<cue>.txt``: leave a cue out, and declare it anew with a list of your own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.resources import files

from klantkompas.hooks import Cue, declared_in, hookimpl, read_words

__all__ = ["built_in_words", "klantkompas_cues"]


@hookimpl
def klantkompas_cues() -> Sequence[Cue]:
    """Declare the built-in cues."""
    return declared_in(sys.modules[__name__], Cue)


def built_in_words(name: str) -> tuple[str, ...]:
    """Read the words of a built-in cue, of all languages.

    Args:
        name: the cue.

    Returns:
        Words and phrases.

    >>> {"vakantie", "vacation"} <= set(built_in_words("small_talk"))
    True
    """
    folder = files(__name__) / "words"
    return read_words(*(folder / language / f"{name}.txt" for language in ("en", "nl")))
