from __future__ import annotations

import polars
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantkompas.domain.field_source import Heading
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.words import read_flags, read_ids, read_text

WORDS = {
    True: ["true", "TRUE", "Yes", "ja", "J", "y", "1", "Waar"],
    False: ["false", "False", "no", "NEE", "n", "0", "onwaar"],
}


def column(values: polars.Series, style: str | None = None) -> WrittenColumn:
    return WrittenColumn("contacts", "x", Heading("kolom", style=style), values)


def texts(*values: str | None) -> WrittenColumn:
    return column(polars.Series(values, dtype=polars.String))


@pytest.mark.parametrize("meaning", [True, False])
def test_yes_and_no_are_read_in_both_languages(meaning: bool) -> None:
    flags, notes = read_flags(texts(*WORDS[meaning], None))
    assert flags.to_list() == [meaning] * len(WORDS[meaning]) + [None]
    assert notes == ()


@pytest.mark.parametrize("word", ["maybe", "2", "x", "N/A", "1.0"])
def test_another_word_is_refused_with_its_place_and_the_words_that_are_known(word: str) -> None:
    with pytest.raises(DataError, match=r"true, yes, ja, .*onwaar") as caught:
        read_flags(texts("ja", None, word))
    error = caught.value
    assert (error.table, error.column, error.row, error.value) == ("contacts", "kolom", 3, word)


@given(st.lists(st.one_of(st.none(), st.text(st.characters(categories=["L", "N"]), min_size=1))))
def test_text_stays_text(values: list[str | None]) -> None:
    found, notes = read_text(texts(*values))
    assert found.to_list() == values
    assert found.dtype == polars.String
    assert notes == ()


IDS = st.text(st.sampled_from("0159+-_e \t\u0661A"), max_size=4) | st.integers().map(str)


@given(
    st.lists(st.integers(1, 2**64).map(str), max_size=120),
    st.lists(IDS.filter(lambda text: not text.endswith(".0")) | st.none(), max_size=3),
)
@example(["1"] * 110, ["01"])
@example(["1"] * 110, ["+1"])
@example(["1"] * 110, ["0"])
@example([str(2**63 - 1)], [])
@example([], [])
def test_ids_say_what_was_written(numbers: list[str], others: list[str | None]) -> None:
    values = [*numbers, *others]
    found, notes = read_ids(texts(*values))
    stripped = [(value or "").strip() or None for value in values]
    assert [None if each is None else str(each) for each in found] == stripped
    plain = all(each and each.isdecimal() and each.isascii() and each[0] != "0" for each in values)
    small = all(int(each) < 2**63 for each in values) if plain else False
    assert found.dtype == (polars.Int64 if plain and small and values else polars.String)
    assert notes == ()


@given(st.lists(st.integers(0, 2**53), min_size=1))
def test_ids_that_were_floats_lose_what_made_them_so(numbers: list[int]) -> None:
    expected = [str(number) for number in numbers]
    as_written, (note,) = read_ids(texts(*(f"{number}.0" for number in numbers), None))
    as_floats, _ = read_ids(column(polars.Series([*map(float, numbers), None])))
    assert as_written.to_list() == as_floats.to_list() == [*expected, None]
    assert (note.count, note.column) == (len(numbers), "kolom")


def test_one_other_id_leaves_all_ids_as_they_are() -> None:
    ids, notes = read_ids(texts("17850.0", "0001"))
    assert ids.to_list() == ["17850.0", "0001"]
    assert notes == ()


@pytest.mark.parametrize("value", [17.5, 2.0**53 + 2, float("inf")])
def test_a_float_that_is_no_id_is_refused_without_showing_it(value: float) -> None:
    with pytest.raises(DataError) as caught:
        read_ids(column(polars.Series([1.0, float("nan"), value])))
    assert (caught.value.row, caught.value.value) == (3, None)


@pytest.mark.parametrize("reader", [read_flags, read_ids, read_text])
def test_a_style_means_nothing_for_words(reader: object) -> None:
    with pytest.raises(ArgumentError, match=r"contacts\.x .*style='d-m-y' means nothing"):
        reader(column(polars.Series(["ja"]), style="d-m-y"))


@given(st.text(st.sampled_from(" \t\u00a0\u202fab")))
def test_text_has_no_blanks_around_it_and_is_null_when_nothing_is_left(value: str) -> None:
    assert as_text(polars.Series([value])).to_list() == [value.strip() or None]
