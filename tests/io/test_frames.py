"""Tables of any form, checked into columns."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import Contact, Order, Response
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.frames import CheckedTable, check_table

DAY = date(2026, 1, 2)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def orders(
    columns: dict[str, Any], form: Callable[[Any], Any] = dict, **mapping: Any
) -> CheckedTable:
    base = {"customer": ["a", "b"], "on": [DAY] * 2, "amount": [1.0, 2.0]}
    return check_table("orders", columns_of(Order), form(base | columns), mapping)


def ids(table: CheckedTable, field: str = "customer") -> list[str | None]:
    found = table.identities[field]
    return [None if code < 0 else str(found.distinct[code]) for code in found.codes]


@pytest.mark.parametrize(
    ("given", "read", "floats"),
    [
        (["0001", "1"], ["0001", "1"], 0),
        ([17850, 12346], ["17850", "12346"], 0),
        (np.array([17850, 12346]), ["17850", "12346"], 0),
        (np.array([17850.0, np.nan]), ["17850", None], 1),
        ([17850.0, None], ["17850", None], 1),
        (["a", None], ["a", None], 0),
        (["a", ""], ["a", None], 0),
        (["1", 1], ["1", "1"], 0),
        ([-5, 3], ["-5", "3"], 0),
        (np.array(["x", "y"]), ["x", "y"], 0),
        (pd.Categorical(["x", "y"]), ["x", "y"], 0),
        (pd.array([1, None], dtype="Int64"), ["1", None], 0),
        (pd.array(["x", None], dtype="string"), ["x", None], 0),
    ],
)
def test_ids_are_text_at_the_face(given: Any, read: list[str | None], floats: int) -> None:
    table = orders({"customer": given})
    assert ids(table) == read
    assert [note.count for note in table.notes] == ([floats] if floats else [])


HELD: dict[str, Callable[[list[str | None]], Any]] = {
    "list": list,
    "numpy": lambda texts: np.array([text or "" for text in texts]),
    "numpy objects": lambda texts: np.array(texts, dtype=object),
    "numpy strings": lambda texts: np.array([text or "" for text in texts], "T"),
    "pandas": pd.Series,
    "pandas objects": lambda texts: pd.Series(texts, dtype=object),
    "pandas strings of Python": lambda texts: pd.Series(texts, dtype="string[python]"),
    "pandas strings of Arrow": lambda texts: pd.Series(texts, dtype="string[pyarrow]"),
    "pandas categories": lambda texts: pd.Series(texts, dtype="category"),
    "polars": lambda texts: pl.Series(texts, dtype=pl.String),
    "polars categories": lambda texts: pl.Series(texts, dtype=pl.Categorical),
    "polars enum": lambda texts: pl.Series(texts, dtype=pl.Enum([*{*texts} - {None}])),
    "Arrow": pa.array,
    "Arrow, large": lambda texts: pa.array(texts, pa.large_string()),
    "Arrow, views": lambda texts: pa.array(texts, pa.string_view())[1:],
    "Arrow, encoded": lambda texts: pa.array(texts).dictionary_encode(),
    "Arrow, in parts": lambda texts: pa.chunked_array([texts[:2], texts[2:]]),
}


def no_pyarrow(*_: object, **__: object) -> None:
    raise ModuleNotFoundError


@pytest.mark.parametrize("absent", ["nothing", "polars", "pyarrow"])
@pytest.mark.parametrize("longest", ["b17", "klant-0000000017"])
@pytest.mark.parametrize("form", HELD)
def test_text_is_the_same_id_however_it_is_held(
    form: str, longest: str, absent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["x", longest, "é", None, "", "a", longest]
    held = HELD[form](texts)
    if absent == "polars":
        monkeypatch.setitem(sys.modules, "polars", None)
    if absent == "pyarrow":
        monkeypatch.setattr(pl.Series, "to_arrow", no_pyarrow)
    texts = texts[len(texts) - len(held) :]
    rows = {"on": [DAY] * len(held), "amount": [1.0] * len(held)}
    table = check_table("orders", columns_of(Order), {"customer": held, **rows})
    assert ids(table) == [text or None for text in texts]
    assert table.identities["customer"].known.tolist() == [bool(text) for text in texts]


@pytest.mark.parametrize("form", [list, pd.Series, lambda given: np.array(given, dtype=object)])
@pytest.mark.parametrize("other", [17, 17.0, np.int8(17), Decimal(17)])
def test_a_number_among_texts_is_an_id(form: Callable[[Any], Any], other: object) -> None:
    many = [*map(str, range(2000)), other]
    table = check_table(
        "orders",
        columns_of(Order),
        {"customer": form(many), "on": [DAY] * 2001, "amount": [1.0] * 2001},
    )
    assert ids(table) == [*map(str, range(2000)), "17"]


@pytest.mark.parametrize("bad", [True, b"17", 1.5, DAY, ["17"]])
def test_what_is_no_id_among_many_that_are(bad: object) -> None:
    many = {"customer": [*"ab"] * 1000 + [bad], "on": [DAY] * 2001, "amount": [1.0] * 2001}
    with pytest.raises(DataError) as caught:
        check_table("orders", columns_of(Order), many)
    assert (caught.value.column, caught.value.row) == ("customer", 2001)


@pytest.mark.parametrize("form", [pd.DataFrame, pl.DataFrame])
def test_a_frames_floats_are_ids_with_a_note(form: Callable[[Any], Any]) -> None:
    table = orders({"customer": [17850.0, None]}, form)
    assert ids(table) == ["17850", None]
    assert [note.count for note in table.notes] == [1]
    with pytest.raises(DataError) as caught:
        orders({"customer": [17850.0, 1.5]}, form)
    assert (caught.value.table, caught.value.column, caught.value.row) == ("orders", "customer", 2)


def test_whole_ids_with_gaps_were_not_written_as_floats() -> None:
    table = orders({"customer": [17850, None]}, pl.DataFrame)
    assert ids(table) == ["17850", None]
    assert table.notes == ()


@pytest.mark.parametrize(
    "amounts",
    [
        [1, 2.5],
        [Decimal(1), Decimal("2.5")],
        [Fraction(1), Fraction(5, 2)],
        [np.float32(1), np.float64(2.5)],
        np.array([1, 2.5], dtype=np.float32),
        pd.array([1, 2.5], dtype="Float64"),
        pl.Series([Decimal("1.0"), Decimal("2.5")]),
    ],
)
def test_numbers_of_any_kind(amounts: Any) -> None:
    assert orders({"amount": amounts}).columns["amount"].tolist() == [1.0, 2.5]


@pytest.mark.parametrize(
    "amounts",
    [
        np.array([123456.7, 19.9999], dtype=np.float32),
        [np.float32(123456.7), np.float32(19.9999)],
        pd.Series([123456.7, 19.9999], dtype="float32"),
        pd.Series([123456.7, 19.9999], dtype="Float32"),
        pl.Series([123456.7, 19.9999], dtype=pl.Float32),
        pa.array([123456.7, 19.9999], pa.float32()),
    ],
)
def test_short_floats_are_the_decimals_that_they_were_written_as(amounts: Any) -> None:
    assert orders({"amount": amounts}).columns["amount"].tolist() == [123456.7, 19.9999]


def test_a_product_of_columns() -> None:
    columns = {"Quantity": [6, -2], "Price": [2.55, 0.1], "amount": [0.0, 0.0]}
    table = orders(columns, amount=("Quantity", "Price"), quantity="Quantity")
    assert table.columns["amount"].tolist() == [15.3, -0.2]
    assert table.columns["quantity"].tolist() == [6, -2]
    unknown = orders({"Cost": [1.0, None], "Pieces": [3, 4]}, margin=("Cost", "Pieces"))
    assert np.isnan(unknown.columns["margin"]).tolist() == [False, True]


def test_only_numbers_are_multiplied() -> None:
    with pytest.raises(ArgumentError, match="only numbers are multiplied"):
        orders({"x": ["a", "b"]}, customer=("customer", "x"))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ([True, False], [1, 0]),
        ([1, 0], [1, 0]),
        ([1.0, None], [1, -1]),
        (np.array([True, False]), [1, 0]),
        (np.array([1.0, np.nan]), [1, -1]),
        (pd.array([True, None], dtype="boolean"), [1, -1]),
        ([None, None], [-1, -1]),
    ],
)
def test_yes_or_no(given: Any, read: list[int]) -> None:
    assert orders({"clear": given}).columns["clear"].tolist() == read


@pytest.mark.parametrize("bad", ["yes", 2, -1, "True", 0.5])
def test_neither_yes_nor_no(bad: object) -> None:
    with pytest.raises(DataError) as caught:
        orders({"clear": [True, bad]})
    assert (caught.value.column, caught.value.row, caught.value.value) == ("clear", 2, bad)


def contacts(**columns: Any) -> CheckedTable:
    base = {"customer": ["a", "b"], "on": [DAY] * 2}
    return check_table("contacts", columns_of(Contact), base | columns)


def test_a_choice_is_a_word_in_either_language() -> None:
    codes = contacts(purpose=["Sales", " verkoop "]).columns["purpose"]
    assert codes[0] == codes[1] >= 0
    assert contacts(purpose=[None, ""]).columns["purpose"].tolist() == [-1, -1]
    with pytest.raises(DataError, match="is none of: sales, service, courtesy") as caught:
        contacts(purpose=["sales", "chat"])
    assert (caught.value.column, caught.value.row, caught.value.value) == ("purpose", 2, "chat")


@pytest.mark.parametrize(("field", "low", "high"), [("rating", 0, 10), ("minutes", 0, 1e9)])
def test_numbers_within_their_limits(field: str, low: float, high: float) -> None:
    assert contacts(**{field: [low, high]}).columns[field].tolist() == [low, high]
    with pytest.raises(DataError, match="lowest allowed") as caught:
        contacts(**{field: [low, low - 0.1]})
    assert (caught.value.column, caught.value.row) == (field, 2)
    if field == "rating":
        with pytest.raises(DataError, match="highest allowed"):
            contacts(rating=[10.1, 0])


def test_tags_are_words() -> None:
    assert contacts(tags=["a, b,,", ["c"]]).columns["tags"].tolist() == [("a", "b"), ("c",)]
    assert contacts(tags=[None, ""]).columns["tags"].tolist() == [None, ()]


@pytest.mark.parametrize(
    "moments",
    [
        [DAY, datetime(2026, 1, 2, 23, 59)],
        np.array(["2026-01-02", "2026-01-02"], dtype="datetime64[D]"),
        np.array(["2026-01-02T00:00", "2026-01-02T23:59"], dtype="datetime64[m]"),
        [np.datetime64("2026-01-02"), np.datetime64("2026-01-02T23:59")],
        [pd.Timestamp("2026-01-02"), pd.Timestamp("2026-01-02 23:59:59.999999999")],
        pd.to_datetime(["2026-01-02 00:00", "2026-01-02 23:59"]),
        pd.Series([pd.Timestamp("2026-01-02 23:30", tz="Europe/Amsterdam")] * 2),
        [datetime(2026, 1, 2, 0, 30, tzinfo=AMSTERDAM)] * 2,
    ],
)
def test_moments_of_any_kind_are_days_of_their_own_zone(moments: Any) -> None:
    assert orders({"on": moments}).columns["on"].astype(str).tolist() == ["2026-01-02"] * 2


@pytest.mark.parametrize("form", [dict, pd.DataFrame, pl.DataFrame])
def test_the_zone_of_a_column_is_known(form: Callable[[Any], Any]) -> None:
    table = orders({"on": [datetime(2026, 1, 2, 0, 30, tzinfo=AMSTERDAM)] * 2}, form)
    assert str(table.zones["on"]) == "Europe/Amsterdam"
    assert table.times["on"].astype(str).tolist() == ["2026-01-01T23:30:00.000000"] * 2
    utc = orders({"on": [datetime(2026, 1, 2, tzinfo=UTC)] * 2}, form)
    assert str(utc.zones["on"]) == "UTC"
    assert orders({"on": [datetime(2026, 1, 2, 1)] * 2}, form).zones == {"on": None}
    assert orders({}, form).zones == {}


def test_a_plain_date_beside_clock_times_is_midnight_in_their_zone() -> None:
    night = datetime(2026, 1, 2, 0, 30, tzinfo=AMSTERDAM)
    times = orders({"on": [DAY, night]}).times["on"]
    assert times.astype(str).tolist() == [
        "2026-01-01T23:00:00.000000",
        "2026-01-01T23:30:00.000000",
    ]


@pytest.mark.parametrize("form", [dict, pd.DataFrame, pl.DataFrame])
def test_exact_duplicate_rows_are_counted_and_kept(form: Callable[[Any], Any]) -> None:
    table = orders({"customer": ["a", "a"], "amount": [1.0, 1.0]}, form)
    assert table.rows == 2
    assert [note.count for note in table.notes] == [1]
    assert orders({"customer": ["a", "a"]}, form).notes == ()
    other = orders({"customer": ["a", "a"], "amount": [1.0, 1.0], "Line": [1, 2]}, form)
    assert other.notes == ()


def twice(form: Callable[[Any], Any]) -> tuple[CheckedTable, Any]:
    columns = {"Line": [7, 7], "customer": [1, 1], "amount": [1.0, 1.0]}
    held = form(columns | {"on": np.array([DAY] * 2, dtype="datetime64[D]")})
    return check_table("orders", columns_of(Order), held), held


def as_arrays(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: np.array(values) for name, values in columns.items()}


def lasting_arrays(columns: dict[str, Any]) -> dict[str, Any]:
    arrays = as_arrays(columns)
    for each in arrays.values():
        each.flags.writeable = False
    return arrays


def as_series(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: pl.Series(values) for name, values in columns.items()}


@pytest.mark.parametrize(
    "form",
    [as_arrays, lasting_arrays, as_series, pl.DataFrame, pd.DataFrame, pa.table],
)
def test_repeated_rows_are_those_of_the_table_as_it_was(form: Callable[[Any], Any]) -> None:
    changed, held = twice(form)
    if isinstance(held, pl.DataFrame):
        held[0, "Line"] = 8
    elif isinstance(held, pd.DataFrame):
        held.loc[0, "Line"] = 8
    elif form in (as_arrays, as_series):
        held["Line"][0] = 8
    assert [note.count for note in changed.notes] == [1]


@pytest.mark.parametrize("kind", [pl.Enum(["service", "unheard of", "sales"]), pl.Categorical()])
def test_words_that_polars_numbers(kind: Any) -> None:
    words = pl.Series(["sales", None, "service", "sales"]).cast(kind)
    base = {"customer": ["a", "b", "a", "b"], "on": [DAY] * 4}
    for some in (words, words[:1], words[1:2], words.clear()):
        table = {name: pl.Series(each[: len(some)]) for name, each in base.items()}
        table["purpose"] = some
        codes = check_table("contacts", columns_of(Contact), table).columns["purpose"]
        as_text = {"sales": 0, "service": 1, None: -1}
        assert codes.tolist() == [as_text[each] for each in some.to_list()]


def test_columns_are_read_only_copies() -> None:
    amounts = np.array([1.0, 2.0])
    table = orders({"amount": amounts})
    assert not table.columns["amount"].flags.writeable
    amounts[0] = 5.0
    assert table.columns["amount"][0] == 1.0


def test_scores_say_how_many_are_wrong() -> None:
    responses = {"on": [DAY] * 4, "score": [3, 11, 12, None]}
    with pytest.raises(DataError, match="2") as caught:
        check_table("responses", columns_of(Response), responses)
    assert (caught.value.row, caught.value.value) == (2, 11)


def test_a_heading_given_twice_may_serve_two_fields() -> None:
    table = orders({"money": [3.0, 4.0]}, amount="money", margin="money")
    assert table.columns["amount"].tolist() == table.columns["margin"].tolist() == [3.0, 4.0]


@pytest.mark.parametrize("times", [1, 2000])
def test_words_are_read_alike_in_few_rows_and_in_many(times: int) -> None:
    written = {
        "customer": ["a", "b", "c", "d"] * times,
        "on": [DAY] * 4 * times,
        "channel": ["phone ", "", None, "mail"] * times,
        "purpose": ["Sales", None, "courtesy ", "verkoop"] * times,
    }
    table = check_table("contacts", columns_of(Contact), pl.DataFrame(written))
    assert table.columns["channel"].tolist() == ["phone", None, None, "mail"] * times
    assert table.columns["purpose"].tolist() == [0, -1, 2, 0] * times
    written["purpose"][-1] = "sails"
    with pytest.raises(DataError) as caught:
        check_table("contacts", columns_of(Contact), pl.DataFrame(written))
    assert (caught.value.row, caught.value.value) == (4 * times, "sails")


def test_of_many_rows_that_are_read_alike_those_repeat_of_which_the_rest_is_alike_too() -> None:
    pairs = [at // 2 for at in range(24_000)]
    lines = [str(pair if pair % 2 else at) for at, pair in enumerate(pairs)]
    table = check_table(
        "orders",
        columns_of(Order),
        pl.DataFrame({"customer": pairs, "on": DAY, "amount": 1.0, "Line": lines}),
    )
    (note,) = table.notes
    assert note.count == 6_000


@pytest.mark.parametrize("gaps", [[None] * 3, [1.5, None, 2.5], [1, None, 2.5], [1, 2, 2.5]])
def test_lists_of_numbers_are_read_with_their_gaps(gaps: list[Any]) -> None:
    table = orders({"customer": ["a"] * 3, "on": [DAY] * 3, "amount": [1.0] * 3, "margin": gaps})
    found = [None if np.isnan(each) else each for each in table.columns["margin"].tolist()]
    assert found == gaps
