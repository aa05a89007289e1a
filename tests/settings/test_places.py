"""Every key and value that tomllib reads has a place, and stands there."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.settings.places import Keys, Place, places_of

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", min_codepoint=32))
BARE = st.from_regex(r"[A-Za-z0-9_-]+", fullmatch=True)
SCALARS = st.sampled_from(
    [
        *("1", "-0.5", "1e3", "inf", "0x_1f".replace("_", ""), "true", "07:32:00"),
        *("1979-05-27 07:32:00", "1979-05-27T07:32:00Z", "1979-05-27"),
        *("''", '""', '"a\\"]b"', "'a#b'", '"\\u00e9"', "'''a\n'''", '"""a\n# [b]\n"""'),
        *('"""a""""', '"""a\\""""', "'''a''''", "'''a'''''", '"""\\\n  b"""', '"""a"""""'),
    ]
)
BLANKS = st.sampled_from(["", " ", "\t", "  "])
LINES = st.sampled_from(["", "\n", "\r\n  ", " # a = [1]\n", "\n\n# {'\n"])


def quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


KEYS = st.one_of(BARE, WORDS.map(quoted), BARE.map(lambda each: f"'{each}.#'"))


@st.composite
def dotted(draw: st.DrawFn) -> str:
    parts = draw(st.lists(KEYS, min_size=1, max_size=3))
    return f"{draw(BLANKS)}.{draw(BLANKS)}".join(parts)


@st.composite
def lists(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    gap, comma = draw(LINES), draw(st.sampled_from(["", ","]))
    inside = f"{gap},{gap}".join(draw(st.lists(values, min_size=1, max_size=3)))
    return f"[{gap}{inside}{gap}{comma}{gap}]"


@st.composite
def tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    pairs = draw(st.lists(st.tuples(dotted(), BLANKS, values), max_size=3))
    return "{ " + ", ".join(f"{key}{blank}={blank}{value}" for key, blank, value in pairs) + " }"


VALUES = st.recursive(SCALARS, lambda each: lists(each) | tables(each), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Text that may be TOML: where it is not, it says nothing."""
    text = ""
    for _ in range(draw(st.integers(1, 6))):
        text += draw(LINES)
        what = draw(st.sampled_from(["pair", "pair", "table", "list"]))
        if what == "pair":
            text += f"{draw(dotted())}{draw(BLANKS)}={draw(BLANKS)}{draw(VALUES)}\n"
        else:
            one, other = ("[", "]") if what == "table" else ("[[", "]]")
            text += f"{one}{draw(BLANKS)}{draw(dotted())}{draw(BLANKS)}{other} # [c]\n"
    return text


def paths(data: Any, inside: Keys = ()) -> set[Keys]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    found = set()
    for key, value in pairs:
        found.add((*inside, key))
        if isinstance(value, dict | list):
            found |= paths(value, (*inside, key))
    return found


@given(documents())
def test_exactly_what_tomllib_reads_has_a_place(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    # It knows no other line end than "\n", with or without "\r" before it.
    found = places_of(text)
    assert {*found} == paths(data)
    lines = text.split("\n")
    for path, place in found.items():
        rest = lines[place.line - 1][place.column - 1 :]
        key = next(each for each in reversed(path) if isinstance(each, str))
        if isinstance(path[-1], str) and rest[0] not in "\"'":
            assert rest.startswith(key)
        assert rest.strip() == rest.lstrip().rstrip() != ""


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a = 1", ("a",), Place(1, 1)),
        ("\n  a.b = 1", ("a", "b"), Place(2, 5)),
        ("\n  a.b = 1", ("a",), Place(2, 3)),
        ("[a]\nb = [1,\n 2]", ("a", "b", 1), Place(3, 2)),
        ('[a]\nb = { "c.d" = 1 }', ("a", "b", "c.d"), Place(2, 7)),
        ("x = '''\na = 1\n'''\na = 2", ("a",), Place(4, 1)),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1, "b"), Place(4, 1)),
        ("[[a]]\n[a.c]\nb = 1\n", ("a", 0, "c", "b"), Place(3, 1)),
        ("é = 1\r\nb = 2".replace("é", '"é"'), ("b",), Place(2, 1)),
    ],
)
def test_places(text: str, path: Keys, place: Place) -> None:
    assert places_of(text)[path] == place
