"""Results and errors that are pickled, copied or sent to another process are what they were."""

from __future__ import annotations

import copy
import pickle
import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from klantkompas import (
    Compass,
    Portfolio,
    Reading,
    compare_reviews,
    count_success_factors,
    errors,
    plan_letting_go,
)
from klantkompas.results import Result
from klantkompas.reviews.recorded import record_of
from klantkompas.testing.comparing import same

SHOP = Path(__file__).parents[2] / "examples" / "shop"
WAYS: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda each: pickle.loads(pickle.dumps(each)),
    "the latest protocol": lambda each: pickle.loads(pickle.dumps(each, pickle.HIGHEST_PROTOCOL)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@cache
def portfolio() -> Portfolio:
    columns = tomllib.loads((SHOP / "columns.toml").read_text(encoding="utf-8"))
    files = {"orders": "orders", "invoices": "facturen", "complaints": "klachten"}
    files |= {"responses": "enquete", "customers": "klanten"}
    known = {
        table: {name: tuple(h) if isinstance(h, list) else h for name, h in columns[table].items()}
        for table in files
    }
    paths: Any = {table: SHOP / f"{file}.csv" for table, file in files.items()}
    return Portfolio.from_files(columns=known, locale="nl", **paths)


@cache
def reading(month: int = 8) -> Reading:
    return Compass(installed=False).read(portfolio(), date(2025, month, 28))


@cache
def results() -> dict[str, Any]:
    found = reading()
    one = next(iter(found.scorecard.ids))
    review = compare_reviews(reading(2), found)
    return {
        "the portfolio": portfolio(),
        "the measures": found.measures,
        "the reading": found,
        "a record": record_of(found),
        "a scorecard of its own": count_success_factors(found.measures),
        "a review": review,
        "a plan": plan_letting_go(review),
        "a profile": found.profile(one),
        "a why": found.classes.why(one),
        "a what if": found.classes.what_if(one),
        "a range": found.classes.range(one),
        **{f"the lens {name}": each for name, each in found.results.items()},
    }


NAMES = [
    *("the portfolio", "the measures", "the reading", "a record", "a scorecard of its own"),
    *("a review", "a plan", "a profile", "a why", "a what if", "a range"),
    *(f"the lens {each.name}" for each in Compass(installed=False).declarations.lenses),
]


def writeable(thing: Any, path: str = "") -> Iterator[str]:
    """Where in a thing arrays can be written to."""
    if isinstance(thing, np.ndarray):
        if thing.flags.writeable:
            yield path
    elif attrs.has(type(thing)):
        for each in attrs.fields(type(thing)):
            yield from writeable(getattr(thing, each.name), f"{path}.{each.name}")
    elif isinstance(thing, Mapping):
        for name, each in thing.items():
            yield from writeable(each, f"{path}[{name!r}]")
    elif isinstance(thing, (tuple, list)):
        for at, each in enumerate(thing):
            yield from writeable(each, f"{path}[{at}]")


def test_the_table_has_every_result() -> None:
    assert [*results()] == NAMES


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_what_it_was_and_read_only(name: str, way: str) -> None:
    before = results()[name]
    after = WAYS[way](before)
    assert type(after) is type(before)
    assert same(after, before)
    if isinstance(before, Result):
        assert str(after) == str(before)
    assert [*writeable(before)] == [*writeable(after)] == []


def test_a_reading_goes_to_a_process_of_its_own_and_comes_back() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        back = pool.submit(copy.copy, reading()).result()
    assert [*writeable(back)] == []
    assert same(back, reading())
    assert back.to_frame("polars").equals(reading().to_frame("polars"))


ERRORS: dict[str, errors.KlantkompasError] = {
    "KlantkompasError": errors.KlantkompasError("odd", place="here", remedy="Do this"),
    "ArgumentError": errors.ArgumentError("odd", remedy="Do this", command="Do that"),
    "PluginError": errors.PluginError("odd"),
    "SettingsError": errors.SettingsError("odd", file="a.toml", line=3, column=1, remedy="Do it"),
    "HistoryError": errors.HistoryError("odd", place="a file"),
    "MissingExtraError": errors.MissingExtraError("files", "reading files"),
    "DataError": errors.DataError("is odd", table="orders", column="on", row=3, value=11),
}


def kinds_of(error: type) -> Iterator[type]:
    yield error
    for each in error.__subclasses__():
        yield from kinds_of(each)


def test_the_table_has_every_error() -> None:
    ours = {each.__name__ for each in kinds_of(errors.KlantkompasError)}
    assert {each for each in ours if hasattr(errors, each)} == ERRORS.keys()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_says_what_it_said(name: str, way: str) -> None:
    before = ERRORS[name]
    after = WAYS[way](before)
    assert type(after) is type(before)
    assert str(after) == str(before)
    told = {k: v for k, v in vars(before).items() if isinstance(v, (str, int))}
    assert {k: vars(after)[k] for k in told} == told
