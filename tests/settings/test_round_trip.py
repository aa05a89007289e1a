"""What Python says and what its file says are the same settings."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import Compass, Settings, SettingsError
from klantkompas.io.headings.naming import in_toml
from klantkompas.io.parsing.locales import LOCALES
from klantkompas.settings.writing import toml_of

COMPASS = Compass(installed=False)
FACTORS = [each.name for each in COMPASS.declarations.factors]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
WORDS = TEXTS.filter(str.strip)
TITLES = WORDS.filter(lambda text: not {*"{}"} & {*text})
NUMBERS = st.floats(-1e9, 1e9) | st.integers(-(10**6), 10**6)
SHARES = st.floats(0.001, 1)
CRITERIA = st.one_of(
    st.fixed_dictionaries({"at_least": NUMBERS}),
    st.fixed_dictionaries({"at_most": NUMBERS}),
    st.fixed_dictionaries({"top_share": SHARES}),
)
CHANGES = st.tuples(CRITERIA, st.fixed_dictionaries({}, optional={"title": TITLES})).map(
    lambda each: each[0] | each[1]
)
OWN = st.tuples(CRITERIA, TITLES).map(
    lambda each: {**each[0], "title": each[1], "measure": "order_count"}
)
SOURCES = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3),
    st.fixed_dictionaries({"of": st.lists(WORDS, min_size=1), "less": WORDS}),
    st.fixed_dictionaries({"heading": WORDS, "style": WORDS}),
)
TABLES = st.fixed_dictionaries(
    {"file": WORDS | st.lists(WORDS, min_size=1, max_size=2)},
    optional={
        "customer": WORDS,
        "amount": SOURCES,
        "where": st.dictionaries(WORDS, st.lists(WORDS, min_size=1), min_size=1, max_size=2),
        "locale": st.sampled_from([*LOCALES]),
        "incomplete": st.just("leave out"),
    },
)


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    """What may be said of everything, as Python gives it."""
    left_out = draw(st.sets(st.sampled_from(FACTORS), max_size=2))
    changed = [each for each in FACTORS if each not in left_out]
    factors = draw(st.dictionaries(st.sampled_from(changed), CHANGES, max_size=2))
    if draw(st.booleans()):
        factors["of_our_own"] = draw(OWN)
    tables: dict[str, Any] = draw(
        st.dictionaries(st.sampled_from(["orders", "invoices", "contacts"]), TABLES, max_size=2)
    )
    for name, table in tables.items():
        if name == "contacts":
            table.pop("amount", None)
    given: dict[str, Any] = {}
    if draw(st.booleans()):
        tables["nominations"] = {"file": "team.csv"}
        given["shortlist"] = draw(st.sampled_from(["team", "everybody"]))
        given["reasons"] = draw(st.dictionaries(WORDS, st.sampled_from(changed), max_size=2))
    options = st.fixed_dictionaries(
        {},
        optional={
            "as_of": st.dates(date(2000, 1, 1), date(2100, 1, 1)),
            "months": st.integers(1, 1200),
            "zone": st.sampled_from(["UTC", "Europe/Amsterdam"]),
            "locale": st.sampled_from([*LOCALES]),
            "language": st.sampled_from(["en", "nl"]),
            "currency": st.sampled_from([None, "EUR", "GBP"]),
            "score_scale": st.sampled_from([(0, 10), [1, 10]]),
            "history": WORDS,
            "skip_broken": st.booleans(),
            "shortlist": st.lists(WORDS | st.integers(0, 10**9), max_size=3),
        },
    )
    return {
        **draw(options),
        **given,
        "installed": False,
        "leave_out": sorted(left_out),
        "factors": factors,
        "tables": tables,
    }


@settings(max_examples=60, deadline=None)
@given(said())
def test_what_is_written_is_read_as_the_same(given: dict[str, Any]) -> None:
    made = Settings(**given)
    again = Settings.from_toml(made.to_toml())
    assert again == made
    assert again.to_toml() == made.to_toml()
    in_force = {each.setting: each.value for each in made.in_force().every}
    assert {each.setting: each.value for each in again.in_force().every} == in_force
    of_python = {each.name: each for each in made.compass().declarations.factors}
    assert {each.name: each for each in again.compass().declarations.factors} == of_python


VALUES = st.recursive(
    TEXTS | NUMBERS | st.booleans() | st.dates(date(1000, 1, 1)),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXTS, each, max_size=3),
    max_leaves=8,
)


def as_lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: as_lists(each) for name, each in value.items()}
    return [*map(as_lists, value)] if isinstance(value, list | tuple) else value


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_any_data_is_written_as_toml_that_says_it(data: dict[str, Any]) -> None:
    import tomllib

    assert tomllib.loads(f"a = {in_toml(data)}") == {"a": as_lists(data)}
    nonempty = {name: each for name, each in data.items() if each != {}}
    assert tomllib.loads(toml_of(nonempty)) == as_lists(nonempty)


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(SettingsError, match="no file can hold"):
        Settings(history="\ud800.db")


def test_settings_can_be_copied_and_sent_elsewhere() -> None:
    made = Settings(installed=False, factors={"pays_on_time": {"at_least": 0.9}}, months=12)
    for again in (pickle.loads(pickle.dumps(made)), deepcopy(made)):
        assert again == made
        assert again.compass().declarations.factors == made.compass().declarations.factors
