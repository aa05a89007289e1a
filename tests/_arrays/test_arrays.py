"""The kernels under every measure, against the plain way of saying what they do."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import numpy as np
import polars as pl
import pyarrow  # noqa: F401 (where it is loaded, text of any number of rows is read as words)
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantkompas import Portfolio
from klantkompas._arrays import (
    Growing,
    Lazy,
    all_known,
    as_objects,
    astype_readonly,
    descending,
    is_known,
    repeated_rows,
    sorted_by,
)
from klantkompas._ids import HashTable, IdColumn, distinct_objects, encode_ids, id_order, text_of
from klantkompas._ids.polars_text import MANY, TextNumbers
from klantkompas.portfolio import tally_of

SMALL = st.integers(-3, 3)
ANY = st.integers(-(2**63), 2**63 - 1)
DAYS = st.integers(-5, 5).map(lambda day: day * 86_400_000_000)
WORDS = st.sampled_from(
    [
        "",
        "a",
        "b",
        "ab",
        "10",
        "9",
        "é",
        "ê",
        "éé",
        "aa",
        "klant 17",
        "x" * 12,
        "x" * 40,
        "\U0001f600",
    ]
)


def numbers(of: st.SearchStrategy[int]) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(st.tuples(of, st.one_of(SMALL, DAYS, of)), max_size=30)


@given(rows=st.one_of(numbers(SMALL), numbers(st.integers(-(2**40), 2**40)), numbers(ANY)))
def test_sorting_by_several_keys_is_what_pythons_sort_does(rows: list[tuple[int, int]]) -> None:
    first, second = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    found = sorted_by(first, second).tolist()
    assert found == sorted(range(len(rows)), key=lambda place: rows[place])


@given(values=st.lists(st.sampled_from([-1.5, 0.0, 0.1, 7.0, 1e300]) | st.floats(-10, 10)))
def test_descending_keeps_equal_values_in_order(values: list[float]) -> None:
    array = np.array(values, dtype=np.float64)
    assert descending(array).tolist() == np.argsort(-array, kind="stable").tolist()


@given(rows=st.lists(st.tuples(SMALL, st.sampled_from([0.5, 1.5, np.nan, -np.nan])), min_size=1))
def test_rows_that_are_equal_are_among_those_that_look_alike(rows: list[Any]) -> None:
    columns = [np.array([row[0] for row in rows]), np.array([row[1] for row in rows])]
    times = Counter((row[0], repr(abs(row[1]))) for row in rows)
    equal = [at for at, row in enumerate(rows) if times[row[0], repr(abs(row[1]))] > 1]
    assert set(equal) <= set(repeated_rows(columns).tolist())


def test_few_rows_look_alike_that_are_not() -> None:
    random = np.random.default_rng(1)
    columns = [random.integers(0, 50_000, 100_000), np.rint(random.gamma(2, 2500, 100_000)) / 100]
    pairs = Counter(zip(*(column.tolist() for column in columns), strict=True))
    equal = sum(count for count in pairs.values() if count > 1)
    assert equal <= len(repeated_rows(columns)) <= equal + 20


@given(keys=st.lists(ANY, unique=True), asked=st.lists(ANY | st.integers(0, 50)))
def test_a_key_table_finds_what_is_there_and_nothing_else(
    keys: list[int], asked: list[int]
) -> None:
    place = {key: at for at, key in enumerate(keys)}
    wanted = [*asked, *keys]
    found = HashTable(np.array(keys, dtype=np.int64))(np.array(wanted, dtype=np.int64))
    assert found.tolist() == [place.get(each, -1) for each in wanted]


def test_a_key_table_of_keys_that_all_want_one_place() -> None:
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    keys = np.array([low * inverse % 2**64 for low in range(500)], dtype=np.uint64).view(np.int64)
    assert HashTable(keys)(keys).tolist() == list(range(500))


def as_text(rows: list[str | None]) -> list[str | None]:
    return [row or None for row in rows]


def in_parts(rows: list[str | None]) -> pl.Series:
    """Put text into a series that is a part of others, put together."""
    around = pl.Series(["x" * 13, *rows, None, *rows, "y"], dtype=pl.String)
    half = len(rows) // 2
    return pl.concat([around[1 : 1 + half], around[2 + len(rows) + half : -1]], rechunk=False)


FORMS = {
    "list": IdColumn.from_text,
    "polars": lambda rows: IdColumn.from_series(pl.Series(rows, dtype=pl.String)),
    "polars, in parts": lambda rows: IdColumn.from_series(in_parts(rows)),
    "characters": lambda rows: IdColumn.from_characters(
        np.array([row or "" for row in rows], dtype="U")
    ),
    "distinct": lambda rows: IdColumn.from_distinct(
        np.array(
            [-1 if row is None else sorted({*rows} - {None}).index(row) for row in rows],
            dtype=np.intp,
        ),
        sorted({*rows} - {None}),
    ),
    "numbers": lambda rows: IdColumn.from_numbers(
        (numbers := TextNumbers())(pl.Series(rows, dtype=pl.String)), numbers.distinct
    ),
}


@pytest.mark.parametrize("first", FORMS)
@pytest.mark.parametrize("second", FORMS)
@given(data=st.data())
def test_text_is_numbered_in_id_order_in_whatever_form(
    first: str, second: str, data: st.DataObject
) -> None:
    columns = [data.draw(st.lists(st.none() | WORDS, max_size=12)) for _ in range(2)]
    made = [FORMS[form](rows) for form, rows in zip((first, second), columns, strict=True)]
    ids, codes = encode_ids(made)
    assert text_of(ids).tolist() == id_order({row for rows in columns for row in rows if row})
    for rows, coded in zip(columns, codes, strict=True):
        assert [None if c == len(ids) else ids[c] for c in coded] == as_text(rows)


@given(
    columns=st.lists(
        st.lists(st.none() | st.integers(0, 20) | st.integers(0, 2**62), max_size=8), max_size=4
    )
)
def test_whole_numbers_are_numbered_by_size(columns: list[list[int | None]]) -> None:
    made = [
        IdColumn.from_whole_numbers(
            np.array([row or 0 for row in rows], dtype=np.int64),
            np.array([row is not None for row in rows], dtype=np.bool_),
        )
        for rows in columns
    ]
    ids, codes = encode_ids(made)
    assert ids.tolist() == sorted({row for rows in columns for row in rows if row is not None})
    for rows, coded in zip(columns, codes, strict=True):
        assert [None if c == len(ids) else ids[c] for c in coded] == rows


@given(
    rows=st.lists(st.none() | WORDS, max_size=12),
    fresh=st.booleans(),
)
def test_objects_are_told_apart(rows: list[str | None], fresh: bool) -> None:
    made = [None if row is None else "".join(row) if fresh else row for row in rows]
    codes, found = distinct_objects(as_objects(made))
    assert [found[code] for code in codes] == rows


@pytest.mark.parametrize("distinct", [15, 16, 17, 18, 2000])
@pytest.mark.parametrize("few_first", [False, True])
def test_few_objects_and_many_are_told_apart_alike(distinct: int, few_first: bool) -> None:
    words = [f"word {number}" for number in range(distinct)]
    rows = words[:2] * 1000 * few_first + words * 2
    codes, found = distinct_objects(as_objects(rows))
    assert [found[code] for code in codes] == rows
    assert sorted(found) == sorted(words)


@given(values=st.lists(st.floats(allow_nan=True, allow_infinity=False), max_size=6))
def test_all_are_known_when_each_is(values: list[float]) -> None:
    array = np.array(values, dtype=np.float64)
    days = np.where(np.isnan(array), np.datetime64("NaT", "D"), np.datetime64("1900-01-01", "D"))
    assert all_known(array) == all_known(days) == is_known(array).all()


def test_what_is_worked_out_later_is_worked_out_once() -> None:
    asked = list[int]()
    later = Lazy(lambda: asked.append(1) or len(asked))
    assert asked == []
    assert (later(), later(), asked) == (1, 1, [1])


@given(batches=st.lists(st.lists(st.none() | WORDS, max_size=8), max_size=4))
def test_texts_are_told_apart_whatever_their_hashes(batches: list[list[str | None]]) -> None:
    def clashing(texts: pl.Series, seed: int) -> Any:
        return texts.hash(seed).to_numpy().astype(np.int64) % 3 + 3 * seed

    numbers = TextNumbers(clashing)
    codes = [numbers(pl.Series(rows, dtype=pl.String)).tolist() for rows in batches]
    distinct = [*numbers.distinct.to_list(), None]
    assert [[distinct[code] for code in coded] for coded in codes] == batches
    assert len({*distinct}) == len(distinct)


@given(rows=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1))))
def test_a_tally_counts_what_occurs(rows: list[tuple[int, int]]) -> None:
    first, second = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    found = tally_of((first, ("c", "a", "b")), (second, ("y", "x")))
    expected = Counter(("cab"[one], "yx"[other]) for one, other in rows)
    assert list(found.items()) == sorted(expected.items())


def test_what_can_be_written_to_is_copied_and_nothing_else() -> None:
    mine = np.array([1.0, 2.0])
    assert not np.shares_memory(astype_readonly(mine, np.float64), mine)
    mine.flags.writeable = False
    assert astype_readonly(mine, np.float64) is mine


def test_a_portfolio_does_not_change_with_the_arrays_that_it_was_made_of() -> None:
    on = np.array(["2026-01-05", "2026-01-06"], dtype="datetime64[D]")
    orders = {"customer": np.array([7, 8]), "on": on, "amount": np.array([1.0, 2.0])}
    portfolio = Portfolio.from_tables(orders=orders)
    for column in orders.values():
        column[:] = column[::-1].copy()
    table = portfolio.tables["orders"]
    assert table.columns["amount"].tolist() == [1.0, 2.0]
    assert table.codes.tolist() == [0, 1]
    assert table.days.astype(str).tolist() == ["2026-01-05", "2026-01-06"]


@pytest.mark.parametrize("odd", ["b", "\ud800", "", "a\0"])
def test_many_texts_are_numbered_as_few_are(odd: str) -> None:
    texts: list[str | None] = [*map(str, range(MANY)), odd, None, "", "7", odd]
    ids, (codes,) = encode_ids([IdColumn.from_list(texts)])
    wanted, (numbers,) = encode_ids([IdColumn.from_text(texts)])
    assert text_of(ids).tolist() == text_of(wanted).tolist()
    assert codes.tolist() == numbers.tolist()


WHOLE = st.integers(-20, 20) | st.integers(0, 2**40)


@pytest.mark.parametrize("form", FORMS)
@given(numbers=st.lists(WHOLE, max_size=12), rows=st.lists(WORDS, max_size=12))
def test_whole_numbers_beside_text_are_text(form: str, numbers: list[int], rows: list[str]) -> None:
    known = np.ones(len(numbers), dtype=np.bool_)
    whole = IdColumn.from_whole_numbers(np.array(numbers, dtype=np.int64), known)
    ids, codes = encode_ids([whole, FORMS[form](rows)])
    written = [*map(str, numbers)]
    assert text_of(ids).tolist() == id_order({*written, *filter(None, rows)})
    for texts, coded in zip((written, as_text(rows)), codes, strict=True):
        assert [None if c == len(ids) else str(ids[c]) for c in coded] == texts


PLAIN = st.text(st.characters(max_codepoint=0x7F), max_size=30)
ANY_TEXT = PLAIN | st.text(max_size=14)


@given(data=st.data(), widest=st.integers(1, 70))
def test_text_that_numpy_holds_is_numbered_by_what_it_says(
    data: st.DataObject, widest: int
) -> None:
    lists = data.draw(st.lists(st.lists(ANY_TEXT, max_size=8), max_size=3))
    arrays = [np.array(rows, dtype=f"U{widest + 20 * place}") for place, rows in enumerate(lists)]
    ids, codes = encode_ids([IdColumn.from_characters(each) for each in arrays])
    assert text_of(ids).tolist() == id_order({t for each in arrays for t in each.tolist() if t})
    for array, coded in zip(arrays, codes, strict=True):
        assert ["" if c == len(ids) else str(ids[c]) for c in coded] == array.tolist()


@given(lists=st.lists(st.lists(st.none() | ANY_TEXT, max_size=8), max_size=3))
def test_text_that_polars_holds_is_numbered_by_what_it_says(lists: list[list[str | None]]) -> None:
    series = [pl.Series(rows, dtype=pl.String) for rows in lists]
    ids, codes = encode_ids([IdColumn.from_series(each) for each in series])
    assert text_of(ids).tolist() == id_order({row for rows in lists for row in rows if row})
    for rows, coded in zip(lists, codes, strict=True):
        assert [None if c == len(ids) else ids[c] for c in coded] == as_text(rows)


def test_text_of_another_byte_order_or_spread_in_memory_is_the_same_text() -> None:
    texts = np.array(["b", "", "a17", "b"])
    for same in (texts.astype(">U3"), np.stack([texts, texts[::-1]], axis=1)[:, 0]):
        ids, (codes,) = encode_ids([IdColumn.from_characters(same)])
        assert (text_of(ids).tolist(), codes.tolist()) == (["b", "a17"], [0, 2, 1, 0])


@example(rows=[None, "", "x" * 40])
@given(rows=st.lists(st.none() | WORDS, min_size=1, max_size=12))
def test_the_same_id_has_the_same_key(rows: list[str | None]) -> None:
    for form in FORMS.values():
        keys = form(rows).keys.tolist()
        same = {row or None: key for row, key in zip(rows, keys, strict=True)}
        assert [same[row or None] for row in rows] == keys


@pytest.mark.parametrize("count", [1, 2, 4, 8])
@given(data=st.data())
def test_keys_are_numbered_as_they_come(count: int, data: st.DataObject) -> None:
    key = st.tuples(*[st.integers(0, 1) | st.sampled_from([2**63, 2**32])] * count)
    parts = data.draw(st.lists(st.lists(key, max_size=12), min_size=1, max_size=3))
    items = [
        np.array(part, dtype=np.uint64).reshape(-1, count).view(f"V{8 * count}").ravel()
        for part in parts
    ]
    table = HashTable(items[0][:0])
    numbers = [table.number(each).tolist() for each in items]
    number_of = dict(zip(chain(*parts), chain(*numbers), strict=True))
    assert sorted(number_of.values()) == list(range(len(table.keys)))
    assert [[number_of[key] for key in part] for part in parts] == numbers
    assert [table(each).tolist() for each in items] == numbers


def test_many_keys_of_which_most_repeat_are_numbered() -> None:
    random = np.random.default_rng(3)
    keys = random.integers(-(2**62), 2**62, 90_000)[random.integers(0, 90_000, 200_000)]
    table = HashTable(keys[:0])
    numbers = table.number(keys)
    assert (table.keys[numbers] == keys).all()
    assert len(table.keys) == len({*keys.tolist()})


@given(batches=st.lists(st.lists(st.floats()), min_size=1))
def test_an_array_grows_by_what_is_added(batches: list[list[float]]) -> None:
    first, *others = [np.array(batch, dtype=np.float64) for batch in batches]
    growing = Growing(first)
    for batch in others:
        growing.extend(batch)
    whole = growing.whole()
    np.testing.assert_array_equal(whole, np.concatenate([first, *others]))
    assert not whole.flags.writeable
