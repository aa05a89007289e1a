"""Whether texts for people are translated."""

from __future__ import annotations

import string
from copy import deepcopy
from gettext import NullTranslations

from klantkompas.hooks import (
    Advice,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    ReportSection,
    SuccessFactor,
    Trait,
)
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = ["is_not_translated"]


class _Untranslated(NullTranslations):
    """A fallback that returns nothing for a text without translation, not the text itself."""

    def gettext(self, message: str) -> str:
        """Return an empty string."""
        return ""


def _texts(declared: object) -> list[str]:
    """List what people get to read of a declaration."""
    attributes = {
        Measure: ("unit", "basis_unit"),
        SuccessFactor: ("title",),
        ClassificationRule: ("because",),
        Cue: ("describes",),
        Trait: ("title",),
        Lens: ("question",),
        ReportSection: ("title",),
        Advice: ("text", "instead"),
    }
    found = [str(getattr(declared, name)) for name in attributes.get(type(declared), ())]
    if isinstance(declared, Trait):
        found += [signal.says for signal in declared.signals]
    return [text for text in found if text]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_not_translated(subject: Subject, declared: object, case: Exports) -> str | None:
    """Return which text a catalogue lacks, or translates unfittingly; None where it passes."""
    for language, catalogue in subject.catalogues.items():
        known = deepcopy(catalogue)  # a fallback stays, and that one is somebody else's
        known.add_fallback(_Untranslated())
        for text in _texts(declared):
            translated = known.gettext(text)
            if not translated:
                return f"{text!r} is not in the catalogue for {language!r}"
            if _places(translated) != _places(text):
                return f"{text!r} and {translated!r} have other places to fill in"
    return None
