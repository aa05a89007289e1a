from __future__ import annotations

import codecs
import csv
import io
from typing import Any

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import DataError
from klantkompas.io.sources.delimited import read_delimited

CELLS = st.text(st.sampled_from('ab ;,|\t\n"\u00e9\u20ac1.'), max_size=6)
WORDS = st.text(st.sampled_from("abc\u00e9"), min_size=1, max_size=4)
SEPARATORS = [",", ";", "\t", "|"]


def read_parts(content: bytes, **options: Any) -> Any:
    """Read a text, and give its headings, cells and notes."""
    raw = read_delimited(content, **options)
    return [*raw.headings], raw.frame, raw.notes


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of cells, with a heading of plain words; the last row is not empty."""
    width = draw(st.integers(2, 5))
    heading = draw(st.lists(WORDS, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    return [heading, *rows]


def written(rows: list[list[str]], separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def cells(frame: polars.DataFrame) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in frame.rows()]


@given(
    tables(),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["", "\n", "\n\n  \n"]),
)
def test_a_table_reads_back_from_any_separator_line_end_and_encoding(
    rows: list[list[str]], separator: str, line_end: str, encoding: str, end: str
) -> None:
    text = f"sep={separator}\n{written(rows, separator)}{end}"
    content = text.replace("\n", line_end).encode(encoding)
    headings, frame, notes = read_parts(content, table="orders")
    assert headings == rows[0]
    assert cells(frame) == rows[1:]
    assert all(dtype == polars.String for dtype in frame.dtypes)
    assert notes == ()


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(
                st.one_of(WORDS, st.sampled_from(["1,50", "1.234,56", "03-04-2025", ""])),
                min_size=width,
                max_size=width,
            ),
            min_size=1,
        )
    ),
    st.sampled_from(SEPARATORS),
)
def test_the_separator_is_found(rows: list[list[str]], separator: str) -> None:
    heading = [f"kop{place}" for place in range(len(rows[0]))]
    headings, frame, _ = read_parts(written([heading, *rows], separator).encode(), table="orders")
    assert headings == heading
    assert cells(frame) == rows


def test_decimal_commas_in_every_row_do_not_pass_for_separators() -> None:
    headings, frame, _ = read_parts(b"a;b\n1,5;2,5\n3,5;4,5\n", table="orders")
    assert (headings, frame.rows()) == (["a", "b"], [("1,5", "2,5"), ("3,5", "4,5")])


def test_separators_between_quotation_marks_do_not_count() -> None:
    headings, frame, _ = read_parts(b'a,b\n"1;2;3",4\n"5;6;7",8\n', table="orders")
    assert (headings, frame.rows()) == (["a", "b"], [("1;2;3", "4"), ("5;6;7", "8")])


@pytest.mark.parametrize(
    "content", [b"score\n10\n\n7\n", b"score\r\n10\r\n\r\n7", b"score\n10\n \n7"]
)
def test_a_file_may_have_one_column(content: bytes) -> None:
    headings, frame, _ = read_parts(content, table="responses")
    assert headings == ["score"]
    assert [row[0].strip() for row in cells(frame)] == ["10", "", "7"]


def test_one_column_may_hold_every_separator() -> None:
    headings, frame, _ = read_parts(b"reden\na,b;c\td|e\nf\n", table="responses")
    assert (headings, frame.rows()) == (["reden"], [("a,b;c\td|e",), ("f",)])


@pytest.mark.parametrize(
    "content", [b"a;b", b"a;b\n", b"a;b\r\n\r\n", b"\n\na;b\n", b"sep=;\n\na;b\n"]
)
def test_a_heading_without_rows_is_a_table_without_rows(content: bytes) -> None:
    headings, frame, notes = read_parts(content, table="orders")
    assert (headings, frame.shape, notes) == (["a", "b"], (0, 2), ())


@pytest.mark.parametrize("content", [b"", b"\n \r\n", codecs.BOM_UTF8, b"sep=;\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match="orders: the file is empty"):
        read_parts(content, table="orders")


def test_headings_lose_the_blanks_around_them() -> None:
    assert read_parts(b' a ;"b ";c\n1;2;3\n', table="orders")[0] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("rows", "row", "widths"),
    [
        ("1;2;3\n4;5\n6;7;8\n", 2, (2, 3)),
        ("1;2;3\n4;5;6;7\n", 2, (4, 3)),
        ('"1\n1";2;3\n\n4;5\n', 3, (2, 3)),
        ("1;2\n3;4\n", 1, (2, 3)),
    ],
)
def test_a_ragged_row_is_refused_with_its_number(
    rows: str, row: int, widths: tuple[int, int]
) -> None:
    with pytest.raises(DataError, match="in the row is {}, in the heading {}".format(*widths)) as e:
        read_parts(f"a;b;c\n{rows}".encode(), table="orders")
    assert e.value.row == row


def test_rows_of_one_value_are_filled_up() -> None:
    content = b'a;b;c\n"1\n1";2;3\n\nFooter\n4;5;6\n'
    _, frame, _ = read_parts(content, table="orders")
    assert cells(frame) == [["1\n1", "2", "3"], ["", "", ""], ["Footer", "", ""], ["4", "5", "6"]]


def test_windows_text_is_read_and_noted() -> None:
    content = "naam;bedrag\nCaf\u00e9;\u20ac 5\n".encode("cp1252")
    _, frame, (note,) = read_parts(content, table="orders")
    assert frame.rows() == [("Caf\u00e9", "\u20ac 5")]
    assert "Windows-1252" in str(note)


def test_a_byte_in_no_encoding_is_told_with_the_text() -> None:
    raw = read_delimited(b'a;b\n"1\n1";2\n3;\x81\n', table="orders")
    assert raw.unreadable == 0x81
    assert raw.frame.rows()[1] == ("3", "\ufffd")


def test_bytes_of_another_encoding_among_those_of_utf_8_are_read_one_by_one() -> None:
    content = "naam;plaats\nZo\u00eb;\u2019s-Gravenhage\n".encode() + b"Ren\xe9;Delft\n"
    _, frame, (note,) = read_parts(content, table="orders")
    assert frame.rows() == [("Zo\u00eb", "\u2019s-Gravenhage"), ("Ren\u00e9", "Delft")]
    assert str(note).endswith("read as Windows-1252: 1")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding: str) -> None:
    _, frame, _ = read_parts("naam;bedrag\nCaf\u00e9;5\n".encode(encoding), table="orders")
    assert frame.rows() == [("Caf\u00e9", "5")]


def test_rows_that_a_spreadsheet_quoted_whole_are_cut() -> None:
    content = b'naam,bedrag,op\n"Anna,""5,00"",2025-01-31"\nBas,6,2025-02-01\n'
    _, frame, _ = read_parts(content, table="orders")
    assert frame.rows() == [("Anna", "5,00", "2025-01-31"), ("Bas", "6", "2025-02-01")]
    content = b'"naam,bedrag"\n"Anna,""5,00"""\n'
    assert read_parts(content, table="orders")[1].rows() == [("Anna", "5,00")]


def test_a_text_that_holds_separators_is_no_row() -> None:
    content = b'naam,bericht\nAnna,"a, ""b"""\n"Bas","c, d"\n'
    _, frame, _ = read_parts(content, table="orders")
    assert frame.rows() == [("Anna", 'a, "b"'), ("Bas", "c, d")]


@pytest.mark.parametrize(
    "content",
    [
        b"a;b;c;\n1;2;3\n4;5;6\n",
        b"a;b;c\n1;2;3;;\n4;5;6;\n",
        b"a;b;c\n1;2;3\n4;5;6\n2;records\n",
        b"a;b;c\n1;2;3\n4;5;6\nTotaal;9\n",
    ],
)
def test_what_stands_beside_or_below_the_table_does_not_refuse_it(content: bytes) -> None:
    _, frame, _ = read_parts(content, table="orders")
    assert [row[:3] for row in cells(frame)[:2]] == [["1", "2", "3"], ["4", "5", "6"]]


def test_the_separator_is_that_which_shows_the_headings() -> None:
    content = b"Omzet, per klant, 2025\nVan 1, tot 2, en 3\n\nnaam;bedrag\nAnna;5\n"

    def heading_row(rows: list[list[str]]) -> tuple[int, int]:
        found = [at for at, row in enumerate(rows) if row == ["naam", "bedrag"]]
        return (found[0], -1) if found else (0, 0)

    raw = read_delimited(content, table="orders", heading_row=heading_row)
    assert raw.frame.rows() == [("Anna", "5")]


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0\0", b"a;b\n1;\0\n"])
def test_what_is_not_text_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match="not text"):
        read_parts(content, table="orders")


def test_inch_marks_within_values_are_text() -> None:
    content = b'product;maat\n24" scherm;groot\n"7"" lijst";klein\n2" plank;4"\n'
    _, frame, _ = read_parts(content, table="orders")
    assert frame.rows() == [('24" scherm', "groot"), ('7" lijst', "klein"), ('2" plank', '4"')]


@pytest.mark.parametrize(
    ("rows", "row"), [('1;2\n"24" tv;3\n', 2), ('1;2\n3;"open\n5;6\n', 2), ('"a"b";1\n', 1)]
)
def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_row(rows: str, row: int) -> None:
    with pytest.raises(DataError, match="quotation mark") as caught:
        read_parts(f"a;b\n{rows}".encode(), table="orders")
    assert caught.value.row == row


def test_many_rows_with_line_ends_in_their_cells_stay_apart() -> None:
    rows = [["id", "tekst"], *([str(n), f'regel "{n}"\nen; nog een'] for n in range(30_000))]
    _, frame, _ = read_parts(written(rows, ";").encode(), table="contacts")
    assert cells(frame) == rows[1:]


@given(
    st.lists(
        st.lists(CELLS, min_size=3, max_size=3).map(lambda row: ["1", *row]), min_size=1, max_size=4
    ),
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.sampled_from(SEPARATORS),
)
def test_a_few_quoted_rows_among_others_read_as_those_that_are_looked_at_one_by_one(
    odd: list[list[str]], gaps: list[int], separator: str
) -> None:
    plain = ["1", "a", "b", "c"]
    rows = [["k1", "k2", "k3", "k4"], *[plain] * 5]
    for row, gap in zip(odd, gaps, strict=False):
        rows += [row, *[plain] * gap]
    content = f"sep={separator}\n{written(rows, separator)}"
    headings, frame, notes = read_parts(content.encode(), table="orders")
    assert [headings, *cells(frame)] == rows
    assert notes == ()


@pytest.mark.parametrize(
    "odd", ['1;"2;3"', '1;"2"x;3', '1;2";3', '1;"2\n3"', '"1;2";3;4', '1;2;"3";4', '"1";"2']
)
def test_a_quoted_row_of_another_width_or_not_by_the_book_is_told_as_without_the_others(
    odd: str,
) -> None:
    def told(rows: list[str]) -> str:
        try:
            _, frame, _ = read_parts("\n".join(["a;b;c", *rows, ""]).encode(), table="orders")
        except DataError as error:
            return f"{error.row} {error.problem}"
        return str([row for row in cells(frame) if row != ["1", "2", "3"]])

    assert told([odd]) == told([odd, *["1;2;3"] * 20])
