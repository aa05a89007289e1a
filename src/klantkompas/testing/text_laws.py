"""Whether texts for people can be translated, and are."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from gettext import NullTranslations

from attrs import asdict

from klantkompas.hooks import (
    Advice,
    Block,
    ClassificationRule,
    Cue,
    Display,
    Item,
    KeyFigure,
    Lens,
    Lines,
    Measure,
    ReportSection,
    SuccessFactor,
    Template,
    Trait,
    Unit,
)
from klantkompas.testing.exports import Exports
from klantkompas.testing.section_laws import blocks_of
from klantkompas.testing.subject import Subject
from klantkompas.wording.units import has_singular

__all__ = ["has_no_singular", "is_not_translated", "shows_plain_text"]

SENTENCE = re.compile(r"\w.*\s.*[.!?]")
"""What a text looks like that is a sentence of the plugin rather than a name or a word."""


class _Untranslated(NullTranslations):
    """A fallback that returns nothing for a text without translation, not the text itself."""

    def gettext(self, message: str) -> str:
        """Return an empty string."""
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
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
    if isinstance(declared, Measure):
        units = declared.unit, declared.basis_unit
        found += [unit.one for unit in units if isinstance(unit, Unit)]
    return [text for text in found if text]


def _only(catalogue: NullTranslations) -> NullTranslations:
    """Return a catalogue that returns nothing for what it lacks."""
    known = deepcopy(catalogue)  # a fallback stays, and that one is somebody else's
    known.add_fallback(_Untranslated())
    return known


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_not_translated(subject: Subject, declared: object, case: Exports) -> str | None:
    """Return which text a catalogue lacks, or translates unfittingly; None where it passes."""
    for language, catalogue in subject.catalogues.items():
        known = _only(catalogue)
        for text in _texts(declared):
            # The earliest Python 3.11 finds no entry with plural forms by the text alone.
            if known.ngettext(text, text, 2):
                return (
                    f"{text!r} has plural forms in the catalogue for {language!r}, of which one is "
                    "used for all: make an entry of each, without msgid_plural"
                )
            translated = known.gettext(text)
            if not translated:
                return f"{text!r} is not in the catalogue for {language!r}"
            if _places(translated) != _places(text):
                return f"{text!r} and {translated!r} have other places to fill in"
    return None


def has_no_singular(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return which unit does not say what one of it is called; None where it passes."""
    for name in ("unit", "basis_unit"):
        unit = getattr(declared, name)
        if not has_singular(unit):
            return f"{name} is {unit!r}, and one of it would be said as '1 {unit}'"
    return None


def shows_plain_text(subject: Subject, section: ReportSection, case: Exports) -> str | None:
    """Return which text of a section stays English in a translated plugin; None where it passes."""
    shown = blocks_of(section, subject.reading(case))
    if isinstance(shown, str):
        return None
    for language, catalogue in subject.catalogues.items():
        known = _only(catalogue)
        for text, is_prose in _plain_texts(shown):
            if text and known.gettext(text):
                return f"{text!r} is plain text, though the catalogue for {language!r} has it"
            if is_prose and SENTENCE.fullmatch(text):
                return f"{text!r} is plain text, and stays so in {language!r}"
    return None


def _plain_texts(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """Return the texts that are no sentences, and whether the plugin wrote them."""
    for block in blocks:
        if isinstance(block, Display | Template):
            continue
        for name, value in asdict(block, recurse=False).items():
            if name != "svg":
                yield from _within(value, is_prose=name not in FROM_DATA)


FROM_DATA = ("rows", "value", "about")
"""Fields of blocks whose texts may be a customer's own."""


def _within(value: object, *, is_prose: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(value, str):
        yield value, is_prose
    elif isinstance(value, Sequence):
        for each in value:
            yield from _within(each, is_prose=is_prose)
    elif isinstance(value, Item | KeyFigure | Lines):
        for name, each in asdict(value, recurse=False).items():
            yield from _within(each, is_prose=is_prose and name not in FROM_DATA)
