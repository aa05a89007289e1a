"""Text for people: English in the source, other languages in catalogues.

>>> translator("en")("tactical")
'tactical'
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import translation
from pathlib import Path

from klantkompas.errors import ArgumentError

__all__ = ["LANGUAGES", "Translator", "mark", "translator"]

Translator = Callable[[str], str]
LANGUAGES = ("en", "nl")
"""The languages that reports can be made in."""


def mark(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text


def translator(language: str) -> Translator:
    """Give the function that translates into a language.

    Args:
        language: ``"en"`` or ``"nl"``.

    Returns:
        A function from the English text to the text in that language.

    Raises:
        ArgumentError: there is no catalogue for the language.
    """
    if language not in LANGUAGES:
        raise ArgumentError(f"language is one of {', '.join(LANGUAGES)}, not {language!r}")
    catalogue = translation(
        "klantkompas", localedir=Path(__file__).parent, languages=[language], fallback=True
    )
    return catalogue.gettext
