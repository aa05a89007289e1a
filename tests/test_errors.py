"""Errors keep their parts, are bounded, and survive whatever carries them elsewhere."""

from __future__ import annotations

import copy
import pickle
import re
import threading
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import errors
from klantkompas._nearest import nearest
from klantkompas.errors import (
    ArgumentError,
    DataError,
    HistoryError,
    KlantkompasError,
    MissingExtraError,
    PluginError,
    SettingsError,
)

LONGEST = 1500
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
EVERY: list[KlantkompasError] = [
    KlantkompasError("cannot be read", place="a.csv", remedy="Look", command="--look"),
    ArgumentError("is 3", remedy="Give 4"),
    PluginError("the plugin fails"),
    HistoryError("is damaged", place="history.db"),
    MissingExtraError("files", "reading files"),
    DataError("is odd", table="orders", file="b.csv", column="x", row=3, value=7, remedy="Fix it"),
    SettingsError("is 3", file="klantkompas.toml", line=3, column=1, remedy="Write 4"),
    DataError("is odd", value=threading.Lock()),
    DataError("is odd", value=lambda: 3),
    DataError(),
]


def test_every_extra_that_an_error_advises_is_there() -> None:
    root = Path(__file__).parents[1]
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    code = "".join(each.read_text(encoding="utf-8") for each in (root / "src").rglob("*.py"))
    advised = set(re.findall(r'raise MissingExtraError\("(\w+)"', code))
    assert advised <= settings["project"]["optional-dependencies"].keys()
    assert "duckdb" in advised


def test_every_kind_of_error_is_looked_at_here() -> None:
    there = {each for each in vars(errors).values() if isinstance(each, type)}
    made = {type(each) for each in EVERY}
    assert {each for each in there if issubclass(each, KlantkompasError)} == made


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    "carry", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))]
)
def test_an_error_survives_copying_and_pickling(error: KlantkompasError, carry: Any) -> None:
    carried = carry(error)
    assert type(carried) is type(error)
    assert str(carried).split("<")[0] == str(error).split("<")[0]
    assert carried.args == error.args
    parts = ("problem", "place", "remedy", "command_remedy", "table", "file", "column", "row")
    assert [getattr(carried, part, None) for part in parts] == [
        getattr(error, part, None) for part in parts
    ]


def test_the_text_is_made_of_the_parts() -> None:
    error = DataError(
        "is odd",
        table="orders",
        file="b.csv",
        column="x",
        row=3,
        value="7",
        remedy="Fix it",
        command="Fix it with --fix",
    )
    assert str(error) == "orders, b.csv, column 'x', row 3: '7' is odd. Fix it"
    assert error.text(error.command_remedy).endswith("is odd. Fix it with --fix")
    assert error.text("") == "orders, b.csv, column 'x', row 3: '7' is odd"


def test_a_remedy_holds_for_the_command_line_unless_another_is_given() -> None:
    assert ArgumentError("x", remedy="Wait").command_remedy == "Wait"
    assert ArgumentError("x", remedy="Wait", command="").command_remedy == ""


def test_one_more_remedy_leaves_the_error_as_it_was() -> None:
    error = PluginError("it fails", remedy="Fix it")
    more = error.advised("Leave it out", command="--block it")
    assert (str(more), more.text(more.command_remedy)) == (
        "it fails. Fix it. Leave it out",
        "it fails. Fix it. --block it",
    )
    assert str(error) == "it fails. Fix it"


def test_an_error_of_a_part_is_told_of_the_whole() -> None:
    error = DataError("is odd", table="orders", column="x", row=3, value=7, remedy="Fix it")
    assert str(error.located(9, "of a part", file="c.csv")) == (
        "orders, c.csv, column 'x', row 9: 7 is odd (of a part). Fix it"
    )
    assert str(error.located(None, "of a part")).startswith("orders, column 'x': 7 is odd")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("x" * 10**6, "'xxx"),
        (10**5000, "an integer of 16610 bits"),
        (b"x" * 10**6, "b'xxx"),
        (["x" * 1000] * 1000, "['xxx"),
        ({"a": {"b": "c" * 10**5}}, "{'a': {'b': 'ccc"),
        ("\x1b[2J\u202e\u200b\ud800\x00\x9b", r"'\x1b[2J\u202e\u200b\ud800\x00\x9b'"),
    ],
    ids=["text", "integer", "bytes", "list", "mapping", "signs"],
)
def test_a_value_is_shown_bounded_and_written_out(value: object, told: str) -> None:
    text = str(DataError("is odd", table="orders", column="x", row=1, value=value))
    assert text.startswith(f"orders, column 'x', row 1: {told}")
    assert len(text) < LONGEST
    text.encode()


class Unruly:
    """Nothing that is asked of it goes well."""

    def __repr__(self) -> str:
        raise RuntimeError

    def __reduce__(self) -> str:
        raise RuntimeError


def test_a_value_that_cannot_be_shown_or_pickled_is_named_by_its_type() -> None:
    error = DataError("is odd", value=Unruly())
    assert str(error).startswith("<Unruly instance")
    assert str(pickle.loads(pickle.dumps(error))).endswith("is odd")


@given(
    part=st.sampled_from(["problem", "place", "remedy", "table", "column", "value"]),
    text=st.text(st.characters(exclude_categories=[])),
    times=st.sampled_from([1, 1, 10_000]),
)
def test_no_part_makes_the_text_long_or_steers_a_terminal(part: str, text: str, times: int) -> None:
    kind: Any = DataError if part in ("table", "column", "value") else ArgumentError
    error = kind("", **{part: text * times}) if part != "problem" else kind(text * times)
    told = str(error)
    assert len(told) < 7 * LONGEST  # where every sign is written out
    told.encode()
    assert not {each for each in told if unicodedata.category(each) in UNSEEN} - {"\n"}


def test_the_nearest_of_many_long_names_is_found_and_few_are_listed() -> None:
    told = nearest("column 77", [f"column {number}" for number in range(10_000)])
    assert told.startswith("Did you mean 'column 77'? There are: ")
    assert told.endswith(" more.")
    assert len(nearest("x", ["y" * 131_073] * 3 + ["z" * 10**6])) < LONGEST
    assert nearest("x", []) == "There are none."
    assert nearest(3, ["a\nb"]) == r"There are: a\nb."
