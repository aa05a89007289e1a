"""Words of messages and word lists, against a plain search."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas._messages import Messages, mentions, read_words, words_of
from klantkompas.errors import ArgumentError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("...", []),
        ("Zo'n 2 cafés", ["zo", "n", "2", "cafes"]),
        ("E-mail; ÉÉN!", ["e", "mail", "een"]),
        ("Ĳsland", ["ijsland"]),
        ("ver\u200bkeerd", ["verkeerd"]),
        ("ver\u00adkeerd", ["verkeerd"]),
        ("b\0o\0o\0s\0", ["boos"]),
        ("boos\0", ["boos"]),
        ("\udce9\u00e9n\ud83d", ["en"]),
        ("\uff22\uff4f\uff4f\uff53", ["boos"]),
        ("boos\U0001f621boos", ["boos", "boos"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_accents_and_capitals_make_no_difference(text: str) -> None:
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(text)
    assert words_of(unicodedata.normalize("NFC", text)) == words_of(text)


PHRASES = st.lists(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4
)


@given(st.lists(st.text("abcA .", max_size=12)), PHRASES)
def test_mentions_are_what_a_plain_search_finds(texts: list[str], phrases: list[str]) -> None:
    plain = [f" {' '.join(words_of(text))} " for text in texts]
    expected = [any(f" {phrase} " in text for phrase in phrases) for text in plain]
    assert mentions(*phrases)(texts).tolist() == expected
    assert mentions(*phrases)(Messages(texts)).tolist() == expected


def test_a_phrase_does_not_run_on_into_the_next_message() -> None:
    assert mentions("are you sure")(["are you", "sure", "", "are you sure"]).tolist() == [
        *[False] * 3,
        True,
    ]


def test_messages_are_a_sequence() -> None:
    messages = Messages.of(("a b", "c"))
    assert Messages.of(messages) is messages
    assert list(messages) == ["a b", "c"]
    assert list(messages[:1]) == ["a b"]
    assert messages.word_counts.tolist() == [2, 1]


@pytest.mark.parametrize("nothing", [(), ("",), ("word", "...")])
def test_nothing_to_look_for(nothing: tuple[str, ...]) -> None:
    with pytest.raises(ArgumentError, match="at least one word"):
        mentions(*nothing)


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("\ufeff# mine\nfirst  # why\n\n second word \r\n", encoding="utf-8")
    assert read_words(file) == ("first", "second word")
    assert read_words(str(file), file) == ("first", "second word") * 2


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"none\.txt cannot be read"):
        read_words(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    with pytest.raises(ArgumentError, match="UTF-8"):
        read_words(tmp_path / "latin.txt")
