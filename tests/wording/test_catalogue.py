"""Every text for people has a Dutch translation, and the compiled catalogue is the written one."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from klantkompas import Compass, Measure
from klantkompas.errors import ArgumentError
from klantkompas.shapes import BUILT_IN_SHAPES
from klantkompas.wording.catalogue import translator

SOURCE = Path(__file__).parents[2] / "src" / "klantkompas"
CATALOGUE = SOURCE / "wording" / "nl" / "LC_MESSAGES" / "klantkompas.po"
MARKED = dict.fromkeys(("mark", "note", "told", "DataNote", "Unanswered", "_", "gettext"))
EXTRACTORS = {".py": "python", ".jinja": "jinja2.ext:babel_extract"}


def written_in_source() -> Iterable[tuple[str, str]]:
    """Texts and the files they stand in: marked ones, messages of notes, texts of templates."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in EXTRACTORS and path.name != "hooks.py":
            place = path.relative_to(SOURCE).as_posix()
            options = {"trimmed": "true", "silent": "false"}
            found = extract_from_file(EXTRACTORS[path.suffix], path, MARKED, options=options)
            yield from ((text, place) for _, text, _, _ in found)


def declared() -> Iterable[tuple[str, str]]:
    """Texts of declarations, which are shown without being marked where they stand."""
    compass = Compass(installed=False)
    for shape in BUILT_IN_SHAPES:
        yield shape.title, "shapes"
    for lens in compass.declarations.lenses:
        yield lens.question, "lenses"
    for factor in compass.declarations.factors:
        yield factor.title, "factors"
    for rule in compass.declarations.rules:
        yield rule.because, "rules"
    for each in compass.declarations.measures:
        if isinstance(each, Measure):
            yield each.describes, "measures"
        for unit in (getattr(each, "unit", ""), getattr(each, "basis_unit", "")):
            if unit:
                yield unit, "measures"


def texts() -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for text, place in (*written_in_source(), *declared()):
        places.setdefault(text, []).append(place)
    return places


@pytest.fixture(scope="module")
def dutch() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return contents(read_po(file))


def contents(catalogue: Catalog) -> dict[str, str]:
    assert not any(message.fuzzy for message in catalogue if message.id)
    return {str(each.id): str(each.string) for each in catalogue if each.id}


def placeholders(text: str) -> list[str]:
    """What a text leaves to be filled in, with how it is to be written."""
    if "%(" in text or "%%" in text:
        return sorted(re.findall(r"%(?:\(\w+\))?.", text))
    return sorted(
        f"{name}!{conversion}:{style}"
        for _, name, style, conversion in string.Formatter().parse(text)
        if name is not None
    )


def test_every_text_has_a_translation(dutch: dict[str, str]) -> None:
    missing = {text: places for text, places in texts().items() if not dutch.get(text)}
    assert missing == {}, f"translate these in {CATALOGUE.name}"


def test_nothing_is_translated_that_is_not_shown(dutch: dict[str, str]) -> None:
    assert set(dutch) - set(texts()) == set()


def test_translations_fill_in_the_same(dutch: dict[str, str]) -> None:
    differing = {
        text: translated
        for text, translated in dutch.items()
        if set(placeholders(text)) != set(placeholders(translated))
    }
    assert differing == {}


def test_the_compiled_catalogue_is_the_written_one(dutch: dict[str, str]) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert contents(read_mo(file)) == dutch


def test_a_translator_translates(dutch: dict[str, str]) -> None:
    assert translator("nl")("tactical") == dutch["tactical"] != "tactical"
    assert translator("en")("tactical") == "tactical"


def test_a_text_of_a_plugin_stays_as_it_is() -> None:
    assert translator("nl")("dances on Tuesdays") == "dances on Tuesdays"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ArgumentError, match="en, nl"):
        translator("tlh")
