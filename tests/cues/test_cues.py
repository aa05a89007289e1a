"""Every cue pushes as it should, and fires on what it should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import cues
from klantkompas.cues import klantkompas_cues
from klantkompas.cues.word_lists import built_in_words
from klantkompas.errors import PluginError
from klantkompas.hooks import Cue, read_words

BUILT_IN = {cue.name: cue for cue in klantkompas_cues()}
LISTS = sorted((Path(cues.__path__[0]) / "words").rglob("*.txt"))


def fires(name: str, text: str) -> bool:
    return bool(BUILT_IN[name].fires([text])[0])


@pytest.mark.parametrize(
    ("name", "push"),
    [
        ("capital_sentences", (1, -1, 1)),
        ("exclamation_runs", (1, -1, 0.5)),
        ("curt_messages", (-1, 1, 0.5)),
        ("small_talk", (1, 1, 1)),
        ("feelings", (0, -1, 1)),
        ("reassurance", (1, -1, 1)),
        ("telephone", (1, 0, 0.5)),
        ("writing", (-1, 0, 0.5)),
        ("asks_for_management", (0, 0, 1)),
        ("demands_or_disregard", (0, 0, 1)),
    ],
)
def test_what_each_pushes(name: str, push: tuple[float, float, float]) -> None:
    cue = BUILT_IN[name]
    assert (cue.extraversion, cue.rationality, cue.weight) == push
    assert cue.reads == ("channel" if name in ("telephone", "writing") else "text")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_word_of_a_list_makes_its_cue_fire(path: Path) -> None:
    text = path.read_text("utf-8")
    words = read_words(path)
    assert "our own list" in text
    assert len(set(words)) == len(words)
    assert set(words) <= set(built_in_words(path.stem))
    cue = BUILT_IN[path.stem]
    sentences = [f"({word.upper()}), zei men." for word in words]
    assert cue.fires(sentences).all()
    assert path.parent.name in ("en", "nl")


def test_every_list_is_there_in_both_languages() -> None:
    names = [{path.stem for path in LISTS if path.parent.name == lang} for lang in ("en", "nl")]
    assert names[0] == names[1] <= BUILT_IN.keys()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("exclamation_runs", "Now!!", True),
        ("exclamation_runs", "Now!", False),
        ("exclamation_runs", "Now! Now!", False),
        ("exclamation_runs", "What?!!", True),
        ("exclamation_runs", "What!?!", True),
        ("exclamation_runs", "What?!", False),
        ("exclamation_runs", "\u203c", True),
        ("exclamation_runs", "\uff01\uff01", True),
        ("exclamation_runs", "", False),
        ("curt_messages", "one two three four five six seven", True),
        ("curt_messages", "one two three four five six seven 8", False),
        ("curt_messages", "a" * 50, True),
        ("curt_messages", "a" * 51, False),
        ("curt_messages", f"  {'a' * 50}\n", True),
        ("curt_messages", "Great!", False),
        ("curt_messages", "?", False),
        ("curt_messages", "", False),
        ("small_talk", "Hoe gaat het met u", True),
        ("small_talk", "Hoe gaat dat", False),
        ("small_talk", "Het weer is mooi weer geworden", True),
        ("small_talk", "Hij doet het weer", False),
        ("feelings", "GE\u00cfRRITEERD", True),
        ("feelings", "Ik ben gei\u0308rriteerd", True),
        ("feelings", "feel free to call", False),
        ("reassurance", "Weet u zeker dat het klopt?", True),
        ("reassurance", "Zeker weten!", False),
        ("telephone", "Tel.", True),
        ("telephone", "mail", False),
        ("writing", "E-mail", True),
        ("writing", "bezoek", False),
        ("asks_for_management", "Ik wil de directeur spreken", True),
        ("asks_for_management", "De directeur sprak mij", False),
        ("demands_or_disregard", "Jullie moeten nu leveren", True),
        ("demands_or_disregard", "We moeten nog betalen", False),
    ],
)
def test_both_sides(name: str, text: str, expected: bool) -> None:
    assert fires(name, text) == expected


TEXTS = st.lists(
    st.text(st.characters() | st.sampled_from("AB !\n"))
    | st.sampled_from(built_in_words("feelings"))
)


@given(TEXTS)
def test_every_cue_answers_each_text_from_that_text_alone(texts: list[str]) -> None:
    for cue in BUILT_IN.values():
        fired = cue.fires(texts)
        assert fired.dtype == np.bool_
        assert fired.shape == (len(texts),)
        assert fired.tolist() == [bool(cue.fires([text])[0]) for text in texts]
        assert cue.fires(texts[::-1]).tolist() == fired.tolist()[::-1]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "no name"}, "identifier"),
        ({"fires": "words"}, "function"),
        ({"extraversion": 1.01}, "from -1 to 1"),
        ({"rationality": -1.01}, "from -1 to 1"),
        ({"rationality": float("nan")}, "from -1 to 1"),
        ({"extraversion": "1"}, "from -1 to 1"),
        ({"weight": 0}, "above 0"),
        ({"weight": float("inf")}, "above 0"),
        ({"reads": "subject"}, "'text' or 'channel'"),
    ],
)
def test_a_cue_that_means_nothing_is_refused(wrong: dict[str, object], told: str) -> None:
    declared = {"name": "mine", "fires": len, "describes": "does"} | wrong
    with pytest.raises(PluginError, match=told):
        Cue(**declared)  # type: ignore[arg-type]
