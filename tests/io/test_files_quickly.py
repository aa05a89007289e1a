"""Columns that are read as numbers at once are just as if they had been read as text."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from itertools import product
from math import isfinite
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import Order
from klantkompas.errors import KlantkompasError
from klantkompas.io import files
from klantkompas.io.shaping.apply_shape import Export
from klantkompas.io.sources import delimited
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.portfolio import Portfolio

FIELDS = ["customer", "on", "amount", "margin", "quantity", "clear"]
REGULAR = {
    "customer": ["17{n}", "00{n}", "A{n}", "{n}.0"],
    "on": ["2025-01-{d}", "13-1-20{d}", "2025-01-02 13:{d}", "3/4/20{d}"],
    "amount": ["{n}.5", "-{n}.25", "{n}", "{n},5", "1.{n}", "1,{n}", "{n}.50"],
    "margin": ["{n}.5", "", "0.{n}", "{n}"],
    "quantity": ["{d}", "{d}.0", "{d}.000"],
    "clear": ["true", "False", "ja", "", "1"],
}
"""What the first rows may hold."""
ANYTHING = {
    "customer": ["007", "7", "", " 7", "+7", "-0", "x", "\u00e9"],
    "on": ["2025-1-2", "2025/01/02", "20250102", "31-01-2025", "1.2.25", "", "2025-01-02 08:00"],
    "clear": ["TRUE", "tRue", "t", " true", "true ", "0", "yes", "Nee", "misschien", "", " "],
}
NUMBERS = [
    *("1", "+1", "-1", "-0", "007", "1-", "1.", ".5", "-.5", "+.5", "5.", "-5.", "1.5", "1.50"),
    *("1.e3", ".5e3", "1e3", "1E3", "1.5e3", "1.5e-3", "1e", "e1", "1e999", "-1e999", "9" * 400),
    *("nan", "NaN", "-nan", "inf", "-inf", "Infinity", "NA", "null", "-", "--", "--1", "+-1"),
    *("1,5", "1.234", "1,234", "1.234,5", "1,234.5", "1 234", "1'234", "1_000", "0x1", "1..5"),
    *("", " ", "  1.5", "1.5 ", " 1.5 ", "1 .5", "\t1.5", "1.5\t", "1.5\u00a0", "\u22121.5"),
    *("\u20ac 5", "5 EUR", "$5", "5%", "\u0661", "abc", "1.5.2", "2025.01.02", "1\n.5", '1"5'),
]
STYLES = [None, None, None, "1,234.56", "1.234,56", "y-m-d"]


@pytest.fixture(scope="module", autouse=True)
def _few_rows_decide() -> Iterator[None]:
    """Let the first rows that decide be few, so that small files have late ones too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_LOOKED_AT", 120)
        yield


def as_text(*_: object) -> None:
    """Decide of every column that it must be read as text."""


def outcome(path: Path, **options: Any) -> object:
    """What comes of reading a file, to the last bit, or the error that it gives."""
    try:
        read = files.read_file(path, table="orders", columns=columns_of(Order), **options)
    except KlantkompasError as error:
        return type(error), str(error)
    return read.frame.schema, repr(read.frame.rows()), read.notes


def both(path: Path, content: bytes, **options: Any) -> tuple[object, object]:
    """Read a file, and then again as if no column could be anything but text."""
    path.write_bytes(content)
    quick = outcome(path, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_type", as_text)
        return quick, outcome(path, **options)


def written(rows: list[list[str]], separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


@st.composite
def exports(draw: st.DrawFn) -> list[list[str]]:
    """A table that is regular for a while, and then holds anything here and there."""
    forms = {field: draw(st.sampled_from(REGULAR[field])) for field in FIELDS}
    regular = [
        [forms[field].format(n=100 + row, d=10 + row % 20) for field in FIELDS]
        for row in range(draw(st.sampled_from([0, 3, 6, 12])))
    ]
    cells = [
        st.sampled_from([forms[field].format(n=555, d=22)] * 8 + ANYTHING.get(field, NUMBERS))
        for field in FIELDS
    ]
    late = draw(st.lists(st.tuples(*cells).map(list), max_size=6))
    rows = [*regular, *late]
    extra = draw(st.sampled_from(["", "x", "Jansen B.V.", "nr. 5", "nr.5", "12.", "caf\u00e9"]))
    return [[*FIELDS, "vrij"], *([*row, extra] for row in rows)]


@given(
    exports(),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(STYLES),
    st.sampled_from([None, None, "nl", "en-US", "en-GB"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.booleans(),
)
def test_a_file_is_read_as_if_all_of_it_were_text(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    separator: str,
    quoting: int,
    style: str | None,
    locale: str | None,
    encoding: str,
    packed: bool,
) -> None:
    content = written(rows, separator, quoting).decode().encode(encoding, "replace")
    content = gzip.compress(content) if packed else content
    mapping = {"amount": Heading("amount", style=style)}
    path = tmp_path_factory.getbasetemp() / "orders.csv"
    quick, careful = both(path, content, mapping=mapping, locale=locale)
    assert quick == careful


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("regular", "locale", "quoting"),
    [("{n}.5", None, csv.QUOTE_MINIMAL), ("{n}", "en-US", csv.QUOTE_ALL)],
)
def test_nothing_slips_through_late(
    tmp_path: Path, number: str, regular: str, locale: str | None, quoting: int
) -> None:
    start = [["a", "2025-01-02", regular.format(n=n), "1.5", "2", "true"] for n in range(9)]
    rows = [FIELDS, *start, ["a", "2025-01-02", number, "1.5", "2", "true"], start[0]]
    quick, careful = both(tmp_path / "a.csv", written(rows, ";", quoting), locale=locale)
    assert quick == careful


@pytest.mark.parametrize("number", ["1.5", "1.234", "1,234"])
@pytest.mark.parametrize("regular", ["{n}.5", "{n}.500", "{n}"])
@pytest.mark.parametrize("locale", [None, "nl", "en-US"])
def test_which_style_it_is_and_whether_that_is_noted(
    tmp_path: Path, number: str, regular: str, locale: str | None
) -> None:
    start = [["a", "2025-01-02", regular.format(n=n)] for n in range(9)]
    rows = [FIELDS[:3], *start, ["a", "2025-01-02", number]]
    quick, careful = both(tmp_path / "a.csv", written(rows, ";"), locale=locale)
    assert quick == careful


def test_what_polars_takes_for_a_number() -> None:
    """Only points with a digit on one side tell its numbers from those of people."""
    texts = ["".join(each) for length in range(1, 7) for each in product("05+-.e ", repeat=length)]
    content = "\n".join(["x;y", *(f"{text};" for text in texts)]).encode()
    schema = {"x": polars.Float64, "y": polars.String}
    numbers = polars.read_csv(content, separator=";", schema=schema, ignore_errors=True)["x"]
    assert numbers.count() > 1000
    loose = re.compile(r"(?<![0-9])\.[0-9]|[0-9]\.(?![0-9])")
    strict = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?|\.[0-9]+)")
    for text, number in zip(texts, numbers, strict=True):
        if number is not None and isfinite(number) and not loose.search(text):
            assert strict.fullmatch(text.strip()), text
            assert repr(number) == repr(float(text)), text


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_numbers_are_the_same_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[float]
) -> None:
    written_out = [repr(number) for number in numbers]
    rows = [
        ["customer", "on", "amount"],
        *(["a" * 120, "2025-01-02", each] for each in written_out),
    ]
    path = tmp_path_factory.getbasetemp() / "floats.csv"
    quick, careful = both(path, written(rows, ";"), locale="en-US")
    assert quick == careful
    read = files.read_file(path, table="orders", columns=columns_of(Order), locale="en-US")
    frame = read.frame
    assert list(map(repr, frame["amount"])) == written_out


@pytest.mark.parametrize("width", [2, 3, 4, 5])
def test_ragged_rows_are_refused_alike(tmp_path: Path, width: int) -> None:
    rows = [["customer", "on", "amount"], *[["a", "2025-01-02", "1.5"]] * 5]
    rows += [["a", "2025-01-02", "1.5", "2", "3"][:width], rows[1]]
    quick, careful = both(tmp_path / "a.csv", written(rows))
    assert quick == careful


@pytest.mark.parametrize("cells", [["1.5"] * 20, ["1.5"] * 100_000])
@pytest.mark.parametrize("last", ["1.5", "5.", "1,5", "x"])
def test_wherever_in_the_file_it_stands(tmp_path: Path, cells: list[str], last: str) -> None:
    content = "customer;on;amount\n" + "".join(f"a;2025-01-02;{cell}\n" for cell in [*cells, last])
    quick, careful = both(tmp_path / "a.csv", content.encode())
    assert quick == careful


def test_what_the_first_rows_decide_is_not_read_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or all the rest of this file would say nothing."""
    types = {}

    def keep(raw: RawTable, *_: object, **__: object) -> Export:
        types.update(raw.frame.schema)
        return Export(frame=raw.frame, mapping={})

    monkeypatch.setattr(files, "apply_shape", keep)
    path = tmp_path / "orders.csv"
    path.write_text(
        "customer,on,amount,margin,quantity,clear\n"
        + "7,2025-01-02,1.5,,2,true\n7,2025-01-02,,,3,\n" * 9
    )
    files.read_file(path, table="orders", columns=columns_of(Order))
    floats = {name for name, kind in types.items() if kind == polars.Float64}
    assert floats == {"amount"}
    assert types["clear"] == polars.Boolean


@pytest.mark.parametrize("odd", ["007", "7", "A7", "17850.0", "", " 19"])
def test_ids_are_the_same_customers_whether_they_are_whole_numbers_or_not(
    tmp_path: Path, odd: str
) -> None:
    orders, contacts = tmp_path / "orders.csv", tmp_path / "contacts.csv"
    ids = ["9", "10", "7", "9"]
    orders.write_text("customer,on,amount\n" + "".join(f"{id},2025-01-02,1.5\n" for id in ids))
    contacts.write_text("customer,on\n" + "".join(f"{id},2025-01-02\n" for id in [odd, "9", "11"]))
    portfolio = Portfolio.from_files(orders=orders, contacts=contacts)
    expected = {*ids, "11", odd.strip().removesuffix(".0")} - {""}
    assert portfolio.ids.tolist() == sorted(expected, key=lambda text: (len(text), text))
    assert portfolio.customer_ids.texts[portfolio.tables["orders"].codes].tolist() == ids
