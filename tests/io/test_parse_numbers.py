from __future__ import annotations

import math

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.domain.field_source import Heading
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.locales import find_locale
from klantkompas.io.parsing.numbers import read_numbers

DUTCH, ENGLISH = "1.234,56", "1,234.56"
NO_BREAK, NARROW, EURO = "\u00a0", "\u202f", "\u20ac"
GROUPS = {DUTCH: [".", " ", NO_BREAK, NARROW, "'", ""], ENGLISH: [",", " ", NO_BREAK, "\u2019", ""]}
DECIMAL = {DUTCH: ",", ENGLISH: "."}


def column(*values: str | None, style: str | None = None) -> WrittenColumn:
    return WrittenColumn(
        "orders",
        "amount",
        Heading("Bedrag", style=style),
        polars.Series(values, dtype=polars.String),
    )


def read(*values: str | None, style: str | None = None, locale: str | None = None) -> list[float]:
    numbers, _ = read_numbers(column(*values, style=style), locale and find_locale(locale))
    assert numbers.dtype == polars.Float64
    return numbers.to_list()


@st.composite
def written_numbers(draw: st.DrawFn, style: str) -> tuple[float, str]:
    """A number and one way to write it in a style."""
    cents = draw(st.integers(-(10**13), 10**13))
    digits = draw(st.integers(0, 4))
    whole, fraction = divmod(abs(cents), 10**digits)
    text = f"{whole:,}".replace(",", draw(st.sampled_from(GROUPS[style])))
    if digits:
        text += f"{DECIMAL[style]}{fraction:0{digits}d}"
    currency = draw(st.sampled_from(["", EURO, f"{EURO} ", f"EUR{NO_BREAK}", "eur "]))
    sign = "-" if cents < 0 else draw(st.sampled_from(["", "+"]))
    form = draw(
        st.sampled_from(["{s}{c}{t}", "{c}{s}{t}", "{c}{t}{s}", "{s}{t} {c}", "{t}{s} {c}"])
    )
    expected = float(f"{'-' if cents < 0 else ''}{whole}.{fraction:0{max(digits, 1)}d}")
    return expected, form.format(s=sign, c=currency, t=text).strip()


@pytest.mark.parametrize("style", [DUTCH, ENGLISH])
@given(data=st.data())
def test_what_is_written_in_a_style_reads_back_to_the_last_bit(
    style: str, data: st.DataObject
) -> None:
    expected, texts = zip(*data.draw(st.lists(written_numbers(style), min_size=1)), strict=True)
    assert read(*texts, style=style) == list(expected)


@given(
    st.data(),
    st.sampled_from(
        [
            (DUTCH, "0,5"),
            (DUTCH, "1.234,5"),
            (ENGLISH, "0.5"),
            (ENGLISH, "12.3456"),
            (ENGLISH, "1e5"),
        ]
    ),
)
def test_one_deciding_value_decides_the_whole_column(
    data: st.DataObject, deciding: tuple[str, str]
) -> None:
    style, value = deciding
    expected, texts = zip(*data.draw(st.lists(written_numbers(style), min_size=1)), strict=True)
    assert read(*texts, value)[:-1] == list(expected)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_as_python_writes_them_read_back(number: float) -> None:
    assert read(repr(number), style=ENGLISH) == [number]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.234,56", "1.234"], [1234.56, 1234]),
        (["'12,50", '="12,50"'], [12.5, 12.5]),
        (["R$ 12,50", "-R$ 2,50"], [12.5, -2.5]),
        (["1,234.56", "1,234"], [1234.56, 1234]),
        (["1.234", "1.23"], [1.234, 1.23]),
        (["1.234", "12.34"], [1.234, 12.34]),
        (["0.123"], [0.123]),
        (["1.234.567"], [1234567]),
        (["1234.567"], [1234.567]),
        ([f"1{NARROW}234{NARROW}567"], [1234567]),
        (["1'234.50"], [1234.5]),
        (["12", "0012", None], [12, 12, None]),
        (["5", "5-", "-5", "+5", "5+"], [5, -5, -5, 5, 5]),
        ([f"{EURO} 1,50", f"{EURO}-1,50", f"-{EURO} 1,50", "1,50- EUR"], [1.5, -1.5, -1.5, -1.5]),
        (["$1.50", "USD 2.00"], [1.5, 2]),
        ([",5"], [0.5]),
        ([".5"], [0.5]),
        (["1e5", "1E-2"], [1e5, 0.01]),
        (["\u22125"], [-5]),
        ([], []),
        ([None], [None]),
    ],
)
def test_the_column_decides(values: list[str | None], expected: list[float | None]) -> None:
    assert read(*values) == expected


@pytest.mark.parametrize(
    "value",
    [
        "abc",
        "1.23.456",
        "12.34,5",
        "1234.567,8",
        "1.234 567,8",
        "0.123.456",
        "01.234,5",
        "1,",
        "1.",
        "--5",
        "-5-",
        "(-5)",
        "(5",
        "5 CR",
        "1,2,3",
        "12,34,5",
        "5%",
        f"{EURO} 5 {EURO}",
        f"1{EURO}50",
        "5 kg",
        EURO,
        "inf",
        "1e999",
        "1 2",
        "\u0661\u0662",
    ],
)
def test_what_is_no_number_is_refused_with_its_place(value: str) -> None:
    with pytest.raises(DataError) as caught:
        read("1", None, value, "2")
    error = caught.value
    assert (error.table, error.column, error.row, error.value) == ("orders", "Bedrag", 3, value)


def test_the_first_value_against_the_style_of_most_is_the_one_shown() -> None:
    with pytest.raises(
        DataError, match=r"row 2: '2\.5' is not a number written 1\.234,56"
    ) as caught:
        read("1,5", "2.5", "3,5", "4,5")
    assert caught.value.row == 2


@pytest.mark.parametrize("values", [("1.234",), ("5", "1,234"), ("-12.345", None), ("$ 1.000",)])
def test_a_column_that_reads_in_two_ways_is_refused_and_both_are_shown(
    values: tuple[str | None, ...],
) -> None:
    with pytest.raises(DataError) as caught:
        read(*values)
    message = str(caught.value)
    assert 'locale="nl"' in message
    assert 'columns={"orders": {"amount": Heading("Bedrag", style="1.234,56")}}' in message
    for style in (DUTCH, ENGLISH):
        shown = read(*values, style=style)[caught.value.row - 1]
        assert f"{shown:.15g} (written {style})" in message


@pytest.mark.parametrize(
    ("locale", "expected"), [("nl", 1234), ("de", 1234), ("en-GB", 1.234), ("en-US", 1.234)]
)
def test_the_locale_decides_where_the_column_does_not(locale: str, expected: float) -> None:
    numbers, notes = read_numbers(column("1.234"), find_locale(locale))
    assert numbers.to_list() == [expected]
    assert notes == ()


def test_a_column_against_the_locale_is_read_as_it_is_written_and_noted() -> None:
    numbers, (note,) = read_numbers(column("1.5", "2"), find_locale("nl"))
    assert numbers.to_list() == [1.5, 2]
    assert str(note) == (
        "orders: column Bedrag is written 1,234.56, unlike the locale, and was read so"
    )


def test_a_style_that_is_given_goes_before_column_and_locale() -> None:
    assert read("1.234", style=ENGLISH, locale="nl") == [1.234]
    with pytest.raises(DataError, match=r"row 2: '1,5' is not a number written 1,234\.56"):
        read("1.234", "1,5", style=ENGLISH)


def test_a_style_of_dates_is_no_style_of_numbers() -> None:
    with pytest.raises(ArgumentError, match=r"'d-m-y' of orders\.amount.*1\.234,56"):
        read("1", style="d-m-y")


def test_two_currencies_in_one_column_are_refused() -> None:
    assert read(f"{EURO} 5", "EUR 6", "7") == [5, 6, 7]
    with pytest.raises(DataError, match=r"row 3: '\$ 7' is in another currency than row 2"):
        read("5", f"{EURO} 6", "$ 7")


def test_a_million_digits_do_not_overflow_into_infinity() -> None:
    with pytest.raises(DataError):
        read("9" * 400)
    assert math.isfinite(read("9" * 300)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(3.25)", -3.25),
        ("($1,210.00)", -1210.0),
        ("$(1,210.00)", -1210.0),
        (f"{EURO} (3,25)", -3.25),
        ("12,-", 12.0),
        ("1.250,--", 1250.0),
        ("12.-", 12.0),
        ("-12,-", -12.0),
        ("12,34,567.89", 1234567.89),
        ("1'234.50", 1234.5),
        ("12,50 euro", 12.5),
        ("US$ 12.50", 12.5),
        ("12,50 z\u0142", 12.5),
        ("\u201312,50", -12.5),
    ],
)
def test_forms_that_have_one_meaning(text: str, expected: float) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("nothing", ["-", "\u2014", "NULL", "n/a", "#N/A", "nan", "None"])
def test_what_stands_for_nothing_is_empty(nothing: str) -> None:
    assert read("12.50", nothing) == [12.5, None]


def test_brackets_and_dashes_leave_a_choice_as_open_as_it_was() -> None:
    with pytest.raises(DataError, match=r"can be read as -1234 .* or as -1\.234"):
        read("(1.234)")
