"""Text for people: English in the source, other languages in catalogues.

>>> translator("en")("tactical")
'tactical'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from gettext import NullTranslations, translation
from pathlib import Path

from klantkompas.errors import ArgumentError

__all__ = ["LANGUAGES", "Catalogues", "Translator", "mark", "merge", "translator"]

Translator = Callable[[str], str]
Catalogues = Mapping[str, NullTranslations]
"""Translations by language, as `gettext.translation` gives them."""
LANGUAGES = ("en", "nl")
"""The languages that reports can be made in."""


def mark(text: str) -> str:
    """Return a text as it is, marked for translators: it is translated where it is shown.

    Args:
        text: the English text.
    """
    return text


def translator(language: str, catalogues: Catalogues | None = None) -> Translator:
    """Return the function that translates into a language.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: by language, translations of plugins' texts, which are used first.

    Returns:
        A function from the English text to the text in that language.

    Raises:
        ArgumentError: the language is not known, or a catalogue is not of gettext.
    """
    if language not in LANGUAGES:
        raise ArgumentError(f"language is one of {', '.join(LANGUAGES)}, not {language!r}")
    own = translation(
        "klantkompas", localedir=Path(__file__).parent, languages=[language], fallback=True
    )
    given = _checked(catalogues or {})
    if language not in given:
        return own.gettext
    catalogue = deepcopy(given[language])  # a fallback stays, and that one is somebody else's
    catalogue.add_fallback(own)
    return catalogue.gettext


def merge(catalogues: Iterable[tuple[str, NullTranslations]]) -> Catalogues:
    """Return catalogues by language; of two of one language the earlier one is used first.

    Args:
        catalogues: pairs of a language and its translations.
    """
    merged: dict[str, NullTranslations] = {}
    for language, each in catalogues:
        if language in merged:
            merged[language].add_fallback(deepcopy(each))
        else:
            merged[language] = deepcopy(each)
    return merged


def _checked(catalogues: Catalogues) -> Catalogues:
    for language, catalogue in catalogues.items():
        if language not in LANGUAGES or not isinstance(catalogue, NullTranslations):
            raise ArgumentError(
                f"catalogues gives by language ({', '.join(LANGUAGES)}) what gettext gives, such "
                'as {"nl": gettext.translation("our_shop", "locale", ["nl"])}, not '
                f"{type(catalogue).__name__} for {language!r}"
            )
    return catalogues
