"""What is tuned gives what the plain way gives."""

from __future__ import annotations

import math
import statistics
from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from klantkompas._arrays import (
    Pairs,
    between,
    difference,
    freeze,
    keep_freed_memory,
    mask_unknown,
    medians,
    never_fall,
    numbered,
    places_between,
    sorted_by,
    sum_by,
    taken,
)
from klantkompas.portfolio.months import month_numbers

CENTS = st.integers(-(10**9), 10**9).map(lambda whole: whole / 10_000)
AMOUNTS = st.one_of(CENTS, st.floats(-1e9, 1e9))


@given(st.lists(st.tuples(st.integers(0, 3), CENTS), max_size=40))
def test_decimal_sums_are_those_of_fractions_in_any_order(
    rows: list[tuple[int, float]],
) -> None:
    codes = np.array([code for code, _ in rows], dtype=np.intp)
    values = np.array([value for _, value in rows], dtype=float)
    found = sum_by(codes, values, 4, lambda: np.arange(len(codes)))
    for code in range(4):
        exact = sum(Fraction(repr(value)) for of, value in rows if of == code)
        assert found[code] == float(exact)


@given(st.lists(st.tuples(st.integers(0, 3), AMOUNTS), max_size=40))
def test_other_sums_are_those_of_a_loop_in_the_given_order(rows: list[tuple[int, float]]) -> None:
    codes = np.array([code for code, _ in rows], dtype=np.intp)
    values = np.array([value for _, value in rows], dtype=float)
    order = np.arange(len(codes))[::-1]
    found = sum_by(codes, values, 4, lambda: order)
    for code in range(4):
        added = 0.0
        for value in values[order][codes[order] == code]:
            added += value
        assert np.isclose(found[code], added, rtol=1e-12, atol=1e-6)


@given(st.lists(st.tuples(CENTS, CENTS), max_size=20))
def test_decimal_differences_are_those_of_fractions(rows: list[tuple[float, float]]) -> None:
    one = np.array([each for each, _ in rows], dtype=float)
    other = np.array([each for _, each in rows], dtype=float)
    exact = [float(Fraction(repr(a)) - Fraction(repr(b))) for a, b in rows]
    assert difference(one, other).tolist() == exact


@given(st.lists(st.integers(-5, 5), max_size=30), st.integers(-5, 5), st.integers(-5, 5))
def test_between_is_two_comparisons(numbers: list[int], first: int, last: int) -> None:
    array = np.array(numbers, dtype=np.int64)
    assert between(array, first, last).tolist() == [first <= each <= last for each in numbers]


@given(st.lists(st.integers(-5, 5), max_size=30), st.booleans(), *[st.integers(-5, 5)] * 2)
def test_places_between_are_those_of_a_mask(
    numbers: list[int], rising: bool, first: int, last: int
) -> None:
    array = freeze(np.array(sorted(numbers) if rising else numbers, dtype=np.int64))
    places = places_between(array, first, last)
    assert isinstance(places, slice) == never_fall(array) == (sorted(numbers) == array.tolist())
    found = taken(array, places)
    assert found.tolist() == array[between(array, first, last)].tolist()
    assert not found.flags.writeable


def test_numbers_that_fall_only_where_blocks_meet_do_fall() -> None:
    array = np.arange(1 << 16)
    assert never_fall(array)
    array[: 1 << 15] += 2
    assert not never_fall(array)


@given(st.lists(st.tuples(st.floats(allow_nan=True), st.booleans()), max_size=30))
def test_unknown_where_a_mask_says_so_is_a_choice(rows: list[tuple[float, bool]]) -> None:
    values = np.array([value for value, _ in rows], dtype=float)
    mask = np.array([hidden for _, hidden in rows], dtype=bool)
    np.testing.assert_array_equal(mask_unknown(values, mask), np.where(mask, np.nan, values))


@given(st.lists(st.integers(-(2**62), 2**62), max_size=30))
def test_keys_too_wide_to_pack_are_sorted_all_the_same(numbers: list[int]) -> None:
    keys = np.array(numbers, dtype=np.int64)
    expected = np.lexsort((keys, keys % 3)).tolist()
    assert sorted_by(keys % 3, keys).tolist() == expected


def test_kept_memory_changes_nothing() -> None:
    before = np.arange(10)
    keep_freed_memory()
    assert before.tolist() == list(range(10))


WIDTHS = st.sampled_from([3, 1 << 15, 1 << 17, 1 << 31, 1 << 45])


@given(st.data(), WIDTHS, WIDTHS)
def test_sorting_by_halves_is_sorting_by_the_whole(
    data: st.DataObject, one: int, other: int
) -> None:
    rows = data.draw(
        st.lists(st.tuples(st.integers(-one, one), st.integers(0, other)), max_size=12)
    )
    rows += rows[:3]
    first, second = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    assert sorted_by(first, second).tolist() == np.lexsort((second, first)).tolist()


PLACED = st.one_of(
    *(
        st.lists(st.tuples(st.integers(0, codes), st.integers(-last, last)), max_size=30)
        for codes, last in ((3, 4), (3, 10**9), (10**6, 10**15))
    )
)


@given(PLACED, PLACED, st.booleans())
def test_pairs_are_a_sorted_set_in_which_the_last_until_a_number_is_found(
    rows: list[tuple[int, int]], asked: list[tuple[int, int]], by_number: bool
) -> None:
    if by_number:
        rows = sorted(rows, key=lambda row: row[1])
    distinct = sorted(set(rows))
    pairs = Pairs.of(*np.array(rows, dtype=np.int64).reshape(-1, 2).T)
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == distinct
    before = [
        [pair for pair in distinct if pair[0] == code and pair[1] <= number]
        for code, number in asked
    ]
    expected = sorted({distinct.index(each[-1]) for each in before if each})
    found = pairs.last_until(*np.array(asked, dtype=np.int64).reshape(-1, 2).T)
    assert found.tolist() == expected
    some = pairs.take(found)
    assert list(zip(some.first.tolist(), some.second.tolist(), strict=True)) == [
        distinct[place] for place in expected
    ]


@given(st.lists(st.lists(st.integers(0, 9) | st.integers(0, 10**9), max_size=20), max_size=9))
def test_medians_are_those_of_the_standard_library(groups: list[list[int]]) -> None:
    numbers = np.array([each for group in groups for each in group], dtype=np.int64)
    found = medians(numbers, np.array([len(group) for group in groups], dtype=np.intp))
    expected = [statistics.median(group) if group else math.nan for group in groups]
    assert np.array_equal(found, expected, equal_nan=True)


@given(st.one_of(st.lists(st.integers(-4, 4)), st.lists(st.integers(-(10**15), 10**15))))
def test_numbered_is_what_unique_finds(numbers: list[int]) -> None:
    keys = np.array(numbers, dtype=np.int64)
    for found, expected in zip(numbered(keys), np.unique(keys, return_inverse=True), strict=True):
        assert found.tolist() == expected.tolist()


@given(
    st.one_of(
        st.lists(st.dates(date(2024, 1, 1), date(2024, 3, 1)), min_size=70, max_size=90),
        st.lists(st.one_of(st.none(), st.dates()), max_size=5),
    )
)
def test_months_looked_up_are_those_of_the_calendar(days: list[date | None]) -> None:
    array = np.array(days, dtype="datetime64[D]")
    assert month_numbers(array).tolist() == array.astype("datetime64[M]").view(np.int64).tolist()
