"""Columns are read quickly, and just as if every value were read by itself."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import polars
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.parsing import columns as parse_columns
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.dates import read_dates, read_each_date
from klantkompas.io.parsing.distinct import Converted
from klantkompas.io.parsing.locales import LOCALES
from klantkompas.io.parsing.numbers import read_each_number, read_numbers
from klantkompas.io.parsing.words import read_each_flag, read_flags

NUMBERS = [
    *("1", "-1", "+1", "0", "-0", "007", "1-", "12", "123", "1234", "9" * 400, "-", "", " ", "--1"),
    *("1.", "1,", ".5", ",5", "-.5", "1.5", "1,5", "-1.5", "-1,5", " 1.5", "1,5 ", "1.5\u00a0"),
    *("1.234", "1,234", "-1.234", "1.234,5", "1,234.5", "1.234.567", "1 234", "1'234", "0.123"),
    *("1e5", "1E5", "1.5e3", "1.e3", ".5e3", "1e999", "e", "1e", "nan", "NaN", "inf", "-inf"),
    *("\u20ac 5", "5 EUR", "$5", "$ 1.50", "USD 2", "\u22125", "\u0661", "1_000", "0x1", "abc"),
]
DATES = [
    *("2025-01-31", "2025/1/31", "2025.01.02", "20250131", "2025-02-30", "0000-01-01", "2025-1-2 "),
    *("31-01-2025", "1-2-2025", "1/2/25", "12/31/2025", "1-13-69", "05-05-2025", "3-4-05", "", " "),
    *(
        "2025-01-31 08:05",
        "1-2-2025 8:05",
        "2025-01-31T08:05:06.5",
        "20250131T08:00",
        "31-01-2025Z",
    ),
    *(
        "2025-01-31 08:05:60",
        "2025-01-31 24:00",
        "0999-01-01 08:00",
        "2025-02-30T08:00",
        "2025-01-31 08:05:6",
        "2025-01-31 08:00Z",
        "2025-01-31 08:00+01:00",
        "2025-01-31 08:00+05:30",
        "+2025-01-31",
        "x",
    ),
]
FLAGS = ["ja", "Nee", " ja", "TRUE", "1", "0", "", " ", "misschien", "waar", "n", "\u0130"]
RUNS = {
    "numbers": ["{n}", "-{n}", "{n}.5", "{n},25", "1.{n}", "1,{n}", "1.{n},5", "1,{n}.5", "$ {n}"],
    "dates": [
        *("2025-01-02 13:{m}", "2025-01-02T13:{m}", "2025-01-02 13:14:{m}", "2025-01-02T13:14:{m}"),
        *("2025-01-{d}", "2025/{o}/{d}", "{d}-12-2025", "{d}.0{o}.2025", "{o}/{d}/2025"),
        *("{d}-{o}-2025 8:05", "2025-0{o}-{d}T08:05:1{o}", "0{o}-0{o}-2025", "{d}-{o}/2025"),
        *("13-1-2025 13:{m}", "1/2/2025 13:{m}", "2025-01-02 13:{m}Z", "2025-1-2 13:{m}"),
        *("2025-01-02 13:14:15.{n}", "1{n}-01-02"),
    ],
    "flags": ["{n}"],
}
"""What a long column that repeats little may look like."""
STYLES = ["1.234,56", "1,234.56", "y-m-d", "d-m-y", "m-d-y"]
READERS = {
    "numbers": (read_numbers, read_each_number, NUMBERS, "0123456789.,-+eE '\u20ac"),
    "dates": (read_dates, read_each_date, DATES, "0123456789-/.T: Z+"),
    "flags": (read_flags, read_each_flag, FLAGS, "jane01 "),
}


def outcome(read: Callable[..., Converted], column: WrittenColumn, locale: str | None) -> object:
    """What comes of reading a column, to the last bit, or the error that it gives."""
    try:
        values, notes = read(column, LOCALES[locale] if locale else None)
    except (ArgumentError, DataError) as error:
        return type(error), str(error)
    return repr(values.to_list()), values.dtype, notes


def run(form: str, length: int = 110) -> list[str]:
    """Texts of one form, most of them different."""
    return [
        form.format(n=100 + place, m=10 + place % 50, d=10 + place % 19, o=1 + place % 9)
        for place in range(length)
    ]


@st.composite
def columns(draw: st.DrawFn, kind: str) -> list[str | None]:
    """A column that is regular for a while, and then holds anything."""
    _, _, known, characters = READERS[kind]
    text = st.sampled_from(known) | st.text(st.sampled_from(characters), max_size=8)
    some = draw(st.lists(text | st.none(), min_size=1, max_size=3))
    start = draw(st.sampled_from(["", *RUNS[kind]]).map(lambda form: run(form) if form else some))
    start = start * draw(st.sampled_from([0, 1, 1, 34]))
    more = draw(st.lists(text | st.sampled_from(some) | st.none(), max_size=8))
    return [*start, *more, *(some * draw(st.sampled_from([0, 10])))]


@pytest.mark.parametrize("kind", READERS)
@given(
    data=st.data(),
    style=st.sampled_from([None, None, None, *STYLES]),
    locale=st.sampled_from([None, "nl", "en-US", "en-GB"]),
    few=st.sampled_from([0, 5_000]),
)
def test_a_column_is_read_as_if_every_value_were_read_by_itself(
    kind: str, data: st.DataObject, style: str | None, locale: str | None, few: int
) -> None:
    quick, careful, _, _ = READERS[kind]
    style = None if kind == "flags" else style
    texts = polars.Series(data.draw(columns(kind)), dtype=polars.String)
    money = Column(name="x", content=Content.MONEY, required=True)
    column = WrittenColumn("orders", "x", Heading("kop", style), texts, column=money)
    with mock.patch.object(parse_columns, "FEW", few):
        found = outcome(quick, column, locale)
    assert found == outcome(careful, column.stripped(), locale)


@pytest.mark.parametrize("kind", ["numbers", "dates"])
def test_nothing_slips_through_late_in_a_column(kind: str) -> None:
    quick, careful, known, _ = READERS[kind]
    for form in RUNS[kind]:
        for text in known:
            texts = polars.Series([*run(form), text, None, *run(form, 3)])
            column = WrittenColumn("orders", "x", Heading("kop"), texts)
            found = outcome(quick, column, None)
            assert found == outcome(careful, column.stripped(), None), (form, text)


@given(st.lists(st.sampled_from(FLAGS[:8]) | st.none(), max_size=300))
@example([None] * 3)
def test_flags_that_repeat_are_read_row_by_row(texts: list[str | None]) -> None:
    column = WrittenColumn("orders", "x", Heading("kop"), polars.Series(texts, dtype=polars.String))
    assert read_flags(column)[0].to_list() == [
        None if not (text or "").strip() else text.strip().lower() in ("ja", "true", "1")
        for text in texts
    ]


def test_years_of_two_digits_are_counted_by_row() -> None:
    texts = polars.Series(["13-1-25"] * 40 + ["14-1-2025"] * 20)
    _, (note,) = read_dates(WrittenColumn("orders", "on", Heading("Datum"), texts))
    assert note.count == 40


def test_texts_with_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_hash(series: polars.Series) -> polars.Series:
        return polars.repeat(7, len(series), dtype=polars.UInt64, eager=True)

    monkeypatch.setattr(polars.Series, "hash", one_hash)
    monkeypatch.setattr(parse_columns, "FEW", 0)
    texts = polars.Series(["ja", "nee", None] * 20)
    flags, _ = read_flags(WrittenColumn("orders", "clear", Heading("Helder"), texts))
    assert flags.to_list() == [True, False, None] * 20
