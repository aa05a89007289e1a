"""Every row is as wide as the heading or is one value, or the first that is not is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klantkompas.errors import DataError
from klantkompas.io.sources.delimited import read_delimited

CELLS = st.text(st.sampled_from("ab1 .\u00e9"), max_size=2)


@given(
    st.integers(1, 4),
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6),
    st.sampled_from(";,\t"),
    st.sampled_from(["", "\n", "\n\n \n"]),
)
@example(3, [["1", "2"], ["1", "2", "3", "4"]], ";", "\n")
@example(3, [["1", "2", "3", "4"], ["1", "2"]], ";", "")
@example(2, [[""], ["1", "2", "3"]], ";", "\n")
def test_rows_of_any_width(width: int, rows: list[list[str]], separator: str, end: str) -> None:
    rows = [*rows, ["z"] * width]
    heading = [f"kop{place}" for place in range(width)]
    lines = "\n".join(separator.join(row) for row in [heading, *rows])
    content = f"sep={separator}\n{lines}{end}".encode()
    rows = [row[:width] if not any(row[width:]) else row for row in rows]
    odd = [number for number, row in enumerate(rows, start=1) if len(row) not in (1, width)]
    if odd:
        with pytest.raises(DataError, match="the number of values in the row") as caught:
            read_delimited(content, table="orders")
        assert caught.value.row == odd[0]
    else:
        raw = read_delimited(content, table="orders")
        assert [*raw.headings] == heading
        filled = [[*row, *[""] * (width - len(row))] for row in rows]
        assert [[cell or "" for cell in row] for row in raw.frame.rows()] == filled


def test_a_wide_and_a_narrow_row_do_not_make_up_for_each_other_far_down() -> None:
    rows = ["1;2;3"] * 200_000
    rows[150_000], rows[150_010] = "1;2;3;4", "1;2"
    with pytest.raises(DataError, match="in the row is 4, in the heading 3") as caught:
        read_delimited("\n".join(["a;b;c", *rows]).encode(), table="orders")
    assert caught.value.row == 150_001


@pytest.mark.parametrize("blanks", ["\n" * 200_000, " \n" * 100_000])
def test_many_blank_rows_at_the_end_are_none(blanks: str) -> None:
    raw = read_delimited(f"a;b\n1;2\n{blanks}".encode(), table="orders")
    assert raw.frame.rows() == [("1", "2")]
