"""The documentation in Dutch is whole, and as new as the pages in English.

``python3 noxfile.py -s translate`` brings the catalogue up to date; what is then still to be
translated is named here.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LANGUAGES = runpy.run_path(str(DOCS / "languages.py"))
TRANSLATED: tuple[str, ...] = LANGUAGES["TRANSLATED"]
FOLDER = DOCS / "locales" / "nl" / "LC_MESSAGES"

ROLE = re.compile(r"\{([\w:]+)\}`(?:[^`<]*<)?([^`>]*)>?`")
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\]\(([^)]*)\)")
# What an entry of the glossary is in the other language.
IN_ENGLISH = re.compile(r"In het Engels: \*[^*]+\*|in het Engels \w+")
# No word of these is a Dutch one too.
ENGLISH = (
    *("the", "and", "which", "that", "with", "for", "from", "than", "this", "these", "those"),
    *("their", "they", "them", "you", "your", "who", "whom", "whose", "what", "when", "where"),
    *("not", "are", "has", "have", "been", "be", "how", "why", "its", "by", "to", "customer"),
    *("each", "every", "nobody", "page", "reading", "list", "unknown", "settings"),
)


def messages(name: str) -> list[Message]:
    """Return the texts of a catalogue."""
    with (FOLDER / f"{name}.po").open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


MESSAGES = messages("docs")


def flat(text: str) -> str:
    """Return a text on one line, with a single blank between words."""
    return " ".join(text.split())


def prose(page: str) -> str:
    """Return what is to be read on a page, without blocks of code, directives and addresses."""
    text = (DOCS / f"{page}.md").read_text("utf-8")
    text = re.sub(r"(?ms)^```\{toctree\}\n(.*?)^```$", captions, text)
    text = re.sub(r"(?ms)^```(?!\{glossary\}).*?\n.*?^```$", "", text)
    text = re.sub(r"(?m)^:{3,}(?:\{[\w-]+\})?(?: [\d ]+$)?|^```.*$|^:[\w-]+:.*$", "", text)
    return flat(text)


def captions(toctree: re.Match[str]) -> str:
    """Return the captions of a table of contents."""
    return "\n".join(re.findall(r"(?m)^:caption: (.*)$", toctree[1]))


def marked(text: str) -> dict[str, list[object]]:
    """Return what a translation may not change: code, and where links lead to."""
    bare = ROLE.sub("", text)
    return {
        "roles": sorted(ROLE.findall(text)),
        "code": sorted(CODE.findall(bare)),
        "links": sorted(LINK.findall(CODE.sub("", bare))),
    }


def words(text: str) -> set[str]:
    """Return the words of a translation, without its code and addresses."""
    bare = CODE.sub("", IN_ENGLISH.sub("", ROLE.sub("", LINK.sub("]", text))))
    return set(re.findall(r"[^\W\d_]+", bare.lower()))


@pytest.mark.parametrize("catalogue", ["docs", "sphinx"])
def test_every_text_has_its_dutch(catalogue: str) -> None:
    texts = messages(catalogue)
    assert texts
    assert [text.id for text in texts if not text.string or text.fuzzy] == []


@pytest.mark.parametrize("page", TRANSLATED)
def test_every_sentence_of_a_page_is_among_the_texts(page: str) -> None:
    left = prose(page)
    for text in sorted((flat(str(message.id)) for message in MESSAGES), key=len, reverse=True):
        left = left.replace(text, " ")
    assert re.findall(r"[^\W\d_]{2,}.{0,60}", left) == []


def test_every_text_is_still_that_of_a_page() -> None:
    pages = " ".join(prose(page) for page in TRANSLATED)
    assert [text.id for text in MESSAGES if flat(str(text.id)) not in pages] == []


def test_code_and_links_stay_as_they_are() -> None:
    changed = [text.id for text in MESSAGES if marked(str(text.id)) != marked(str(text.string))]
    assert changed == []


def test_no_english_is_left_over() -> None:
    left = [(text.string, words(str(text.string)) & set(ENGLISH)) for text in MESSAGES]
    assert [(text, found) for text, found in left if found] == []


def test_readers_are_spoken_to_in_one_way() -> None:
    formal = [text.string for text in MESSAGES if words(str(text.string)) & {"u", "uw", "uzelf"}]
    assert formal == []


def test_pages_that_are_written_twice_are_there() -> None:
    for english, dutch in LANGUAGES["WRITTEN_IN_DUTCH"].items():
        assert (DOCS / f"{english}.md").is_file()
        assert (DOCS / f"{dutch}.md").is_file()


@pytest.mark.parametrize(
    ("page", "seen_from", "language", "address"),
    [
        ("gallery", "how-to/settings", "nl", "../../gallery.html"),
        ("index", "index", "nl", "../index.html"),
        ("index", "index", "en", "nl/index.html"),
        ("index", "reference/hooks/index", "en", "../../nl/index.html"),
    ],
)
def test_an_address_leads_from_one_language_to_the_other(
    page: str, seen_from: str, language: str, address: str
) -> None:
    assert LANGUAGES["url_of"](page, seen_from, language) == address
