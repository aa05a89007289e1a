"""Who an id names: what programs add is undone, what they write for nobody is nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantkompas import Compass, DataError, Order, Portfolio
from klantkompas.cluster import measure_in_parts
from klantkompas.io.parsing.written_ids import (
    ADDED,
    AS_FLOAT,
    NOBODY,
    are_bare_numbers,
    not_plain,
    read_id,
    same_but_for_writing,
)

DAY = date(2026, 1, 2)
SAME = {
    "blanks": " 0017\t",
    "a no-break space": "\xa00017\xa0",
    "a zero-width space": "\u200b0017",
    "a byte order mark": "\ufeff0017",
    "a soft hyphen": "00\xad17",
    "signs of direction": "\u200e0017\u202c",
    "a control character": "\x7f0017",
    "Excel's apostrophe": "'0017",
    "Excel's formula": '="0017"',
    "a formula with blanks": ' =" 0017 "',
    "an apostrophe within a formula": '="\'0017"',
    "a float": "0017.0",
    "a float behind an apostrophe": "'0017.0 ",
}
AS_THEY_ARE = [
    "17",
    "A-1",
    "a@b.nl",
    "'s-Gravenmade BV",
    "'t Hoekje",
    "Null",
    "Nan",
    "-1",
    "1.5",
    "1.0.0",
    "3E12",
    "1E+5",
    "+31612345678",
    "2025/001",
    "0",
    "NA",
    "=1",
    "K\u00fcnz",
    '=""x',
]
LOST = ["7,23457E+12", "7.23457e+12", "1E+15", "9E+100"]


@pytest.mark.parametrize("written", SAME.values(), ids=SAME)
def test_what_a_program_added_is_undone(written: str) -> None:
    assert read_id(written) == "0017"


def test_the_normal_form_of_letters_does_not_matter() -> None:
    assert read_id("Cafe\u0301") == read_id("Caf\u00e9") == "Café"
    assert read_id("Cafe\u200b\u0301") == "Café"


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_other_ids_stay_as_they_are(text: str) -> None:
    assert read_id(text) == text


@pytest.mark.parametrize("text", [*sorted(NOBODY), "", " ", "\u200b", " - ", "'#N/A", '="NULL"'])
def test_what_programs_write_for_nobody_is_nobody(text: str) -> None:
    assert read_id(text) is None


@given(text=st.text(st.characters() | st.sampled_from("017.'\"= \u200b\u0301E+")))
@example(text="''\u200b'1.0.0")
def test_reading_twice_is_reading_once(text: str) -> None:
    found = read_id(text)
    assert found is None or read_id(found) == found


@given(
    texts=st.lists(
        st.text(st.characters() | st.sampled_from("017.'\"= \u200b\u0301E+@-_\0aN"), min_size=1)
        | st.sampled_from(sorted(NOBODY)),
        min_size=1,
    )
)
@example(texts=["a@x.0", "0.0", "1.0", "-", "a\0b", "\0"])
def test_plain_ids_are_read_as_they_are(texts: list[str]) -> None:
    ids = np.array([text for text in texts if text.strip("\0")] or ["a"])
    for form in (ids, ids.astype(object)):
        odd = set(not_plain(form))
        assert all(read_id(text) == text for at, text in enumerate(ids.tolist()) if at not in odd)


@given(texts=st.lists(st.text(st.sampled_from("0179"), min_size=1), min_size=1, unique=True))
def test_of_bare_numbers_none_is_the_same_as_another(texts: list[str]) -> None:
    if are_bare_numbers(np.array(texts)):
        assert not same_but_for_writing(texts)
    else:
        assert any(text.startswith("0") for text in texts)


@given(texts=st.lists(st.text(st.sampled_from("01a.'\"= \u200be\u0301é-")), max_size=20))
def test_engines_hold_together_what_is_read_as_one(texts: list[str]) -> None:
    key = polars.Series(texts, dtype=polars.String).str.normalize("NFC")
    key = key.str.replace_all(ADDED, "").str.normalize("NFC").str.replace(AS_FLOAT, "")
    keys = dict(zip(texts, key.to_list(), strict=True))
    for one, other in combinations(keys, 2):
        if read_id(one) is not None and read_id(one) == read_id(other):
            assert keys[one] == keys[other]


def orders(ids: list[Any], **columns: Any) -> dict[str, Any]:
    return {"customer": ids, "on": [DAY] * len(ids), "amount": [1.0] * len(ids), **columns}


def as_records(ids: list[Any], folder: Path) -> Portfolio:
    return Portfolio.from_records([Order(customer=each, on=DAY, amount=1.0) for each in ids])


def as_table(ids: list[Any], folder: Path) -> Portfolio:
    return Portfolio.from_tables(orders=orders(ids))


def as_frame(ids: list[Any], folder: Path) -> Portfolio:
    return Portfolio.from_tables(orders=polars.DataFrame(orders(ids)))


def as_csv(ids: list[Any], folder: Path) -> Portfolio:
    file = folder / "orders.csv"
    polars.DataFrame(orders(ids)).write_csv(file, quote_style="always")
    return Portfolio.from_files(orders=file)


def as_parquet(ids: list[Any], folder: Path) -> Portfolio:
    file = folder / "orders.parquet"
    polars.DataFrame(orders(ids)).write_parquet(file)
    return Portfolio.from_files(orders=file)


WAYS = [as_records, as_table, as_frame, as_csv, as_parquet]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_reads_the_same_customers(
    way: Callable[[list[Any], Path], Portfolio], tmp_path: Path
) -> None:
    ids = ["0017", *SAME.values(), "Cafe\u0301", "Café", *sorted(NOBODY), "18"]
    portfolio = way(ids, tmp_path)
    assert portfolio.ids.tolist() == ["18", "0017", "Café"]
    notes = {str(note) for note in portfolio.notes}
    # Of text in a file, the blanks around it have been taken away before.
    nobody, undone = len(NOBODY), len(SAME) + 1 - 2 * (way in (as_csv, as_parquet))
    assert any(f"for nobody: {nobody}" in note for note in notes)
    assert any(f"{nobody} rows without a customer" in note for note in notes)
    assert any(f"another form of a letter): {undone}" in note for note in notes)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lost", LOST)
def test_an_id_that_has_lost_digits_is_refused_with_its_row(
    way: Callable[[list[Any], Path], Portfolio], lost: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        way(["18", lost], tmp_path)
    assert str(caught.value).startswith(f"orders, column 'customer', row 2: {lost!r} is an id of")


def test_an_order_number_is_read_so_too() -> None:
    with pytest.raises(DataError, match=r"column 'reference', row 2: '1,2E\+15' is an id of which"):
        Portfolio.from_tables(orders=orders(["a", "a"], reference=["r", "1,2E+15"]))
    one_each = Portfolio.from_tables(orders=orders(["a", "a"], reference=["NULL", "NULL"]))
    assert Compass(installed=False).measure(one_each)["order_count"].tolist() == [2.0]


@pytest.mark.parametrize("nothing", ["-", "#N/A", "", None, "\u200b"])
def test_a_customer_of_the_own_table_is_somebody(nothing: str | None) -> None:
    with pytest.raises(
        DataError, match=r"customers, column 'id', row 2: is empty, or names nobody"
    ):
        Portfolio.from_tables(customers={"id": ["a", nothing]})


def test_a_customer_who_stands_twice_in_two_writings_is_refused() -> None:
    twice = {"id": ["17", "'17"], "name": ["Anna", "Bas"]}
    with pytest.raises(DataError, match="row 2: '17' stands in row 1 too, with another name"):
        Portfolio.from_tables(customers=twice)


def test_rows_of_one_customer_that_agree_are_one_and_noted() -> None:
    rows = {
        "id": ["17", "18", "'17", "17"],
        "name": ["Anna", "Bas", None, "Anna"],
        "kind": [None, "business", "business", None],
        "since": [None, None, date(2024, 1, 3), date(2024, 1, 3)],
    }
    portfolio = Portfolio.from_tables(customers=rows)
    once = {name: [values[at] for at in (0, 1)] for name, values in rows.items()}
    once |= {"kind": ["business", "business"], "since": [date(2024, 1, 3), None]}
    expected = Portfolio.from_tables(customers=once).listed
    np.testing.assert_equal(dict(portfolio.listed), dict(expected))
    assert [note.count for note in portfolio.notes if "earlier one" in str(note)] == [2]


def test_ids_that_differ_in_writing_only_are_noted_and_stay_apart() -> None:
    ids = ["17", "017", "anna@x.nl", "ANNA@X.NL", "De Boer", "deboer", "Rene", "René", "18"]
    assert same_but_for_writing(ids) == [
        ("017", "17"),
        ("ANNA@X.NL", "anna@x.nl"),
        ("De Boer", "deboer"),
        ("Rene", "René"),
    ]
    portfolio = Portfolio.from_tables(orders=orders(ids))
    assert len(portfolio) == len(ids)
    (note,) = [note for note in portfolio.notes if "capitals" in note.message]
    assert note.count == 4
    assert portfolio.similar_ids == tuple(same_but_for_writing(ids))


@given(
    texts=st.lists(
        st.text(st.sampled_from("0017aAbB \t\n\x1ceéE\u0301-")),
        max_size=12,
        unique=True,
    )
    | st.lists(st.text(st.sampled_from("017ab"), min_size=3, max_size=3), unique=True)
)
@example(texts=["a\nb", "ab"])
@example(texts=["", "0"])
def test_ids_are_the_same_but_for_writing_where_what_is_left_of_them_is(texts: list[str]) -> None:
    def left(text: str) -> str:
        signs = unicodedata.normalize("NFKD", text)
        plain = "".join(each for each in signs if not unicodedata.combining(each))
        return "".join(plain.casefold().split()).lstrip("0")

    groups = {left(text): {each for each in texts if left(each) == left(text)} for text in texts}
    wanted = sorted(tuple(sorted(each)) for each in groups.values() if len(each) > 1)
    assert same_but_for_writing(texts) == wanted


def test_whole_numbers_and_their_texts_are_one_customer_or_similar() -> None:
    portfolio = Portfolio.from_tables(
        orders=orders([17, 18]),
        contacts={"customer": ["17.0", "018"], "on": [DAY] * 2},
    )
    assert portfolio.ids.tolist() == ["17", "18", "018"]
    assert portfolio.similar_ids == (("018", "18"),)


def test_parts_read_the_same_customers_and_note_the_same(tmp_path: Path) -> None:
    ids = ["0017", *SAME.values(), "Cafe\u0301", "Café", "café", "-", "18", "K1", "k1", "3", "03"]
    file = tmp_path / "orders.parquet"
    polars.DataFrame(orders(ids)).write_parquet(file)
    compass = Compass(installed=False)
    whole = compass.measure(Portfolio.from_tables(orders=polars.read_parquet(file)))
    parts = measure_in_parts(compass, parts=5, orders=file)
    assert parts.ids.tolist() == whole.ids.tolist()
    assert parts["order_count"].tolist() == whole["order_count"].tolist()
    assert [str(note) for note in parts.notes] == [str(note) for note in whole.notes]


def test_an_id_of_half_a_gigabyte_is_no_id() -> None:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(orders=orders(["a", "x" * 1001]))
    assert str(caught.value) == (
        "orders, column 'customer', row 2: is an id of 1,001 characters, more than is allowed. If "
        "it is right so, raise the limit: limits=Limits(id_length=1001)"
    )


def test_engines_take_away_every_blank_and_unseen_sign() -> None:
    signs = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    taken = [each for each in signs if read_id(each) is None and each != "-"]
    assert "\u00a0" in taken
    assert set(polars.Series(taken).str.replace_all(ADDED, "")) == {""}
