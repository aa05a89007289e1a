"""Workbooks are looked at before their reader makes room for them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import DataError
from klantkompas.io.sources.limits import Limits
from klantkompas.io.sources.sheet_extent import Extent, extent_of, plain_extent
from klantkompas.io.sources.workbook_size import check_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ("customer", "on", "amount")


def text(reference: str, value: str) -> str:
    """Return a cell that holds a text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(reference: str, value: object) -> str:
    """Return a cell that holds a number."""
    return f'<c r="{reference}"><v>{value}</v></c>'


ORDERS = (
    f'<row r="1">{"".join(text(f"{at}1", name) for at, name in zip("ABC", HEADINGS, strict=True))}'
    f'</row><row r="2">{text("A2", "a")}{text("B2", "2025-01-02")}{number("C2", 3)}</row>'
)
"""One order."""


def sheet(rows: str) -> str:
    """Return a sheet of rows."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def workbook(rows: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook of one sheet.

    Args:
        rows: the rows of the sheet, or a whole sheet.
        parts: by name, other parts, or parts to put in the place of its own.
    """
    written = {
        "[Content_Types].xml": (
            f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": rows if rows.startswith("<?xml") else sheet(rows),
        **(parts or {}),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return file.getvalue()


LIKE_ONE = ' r="ZZZ9999999"'
MANY = Limits().cells
SMALL = {
    "one order": ORDERS,
    "nothing": "",
    "formatted to the end": f'{ORDERS}<row r="1048576"><c r="XFD1048576" s="1"/></row>',
    "formatted to the end, with tags of its own": (
        f'{ORDERS}<row r="1048576"><c r="XFD1048576" s="1"></c></row>'
    ),
    "a row that is high": f'{ORDERS}<row r="1048576" ht="15"/>',
    "the last row": f'{ORDERS}<row r="1048576">{number("A1048576", 1)}</row>',
    "the last column": ORDERS + f'<row r="3">{number("XFD3", 1)}</row>',
    "no references": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "lower case": f'{ORDERS}<row r="3">{number("c3", 1)}</row>',
    "a reference that comes later": f'{ORDERS}<row r="3"><c t="n" r="C3"><v>1</v></c></row>',
    "apostrophes": f"{ORDERS}<row r='3'><c r='C3'><v>1</v></c></row>",
    "a prefix": '<x:row r="1" xmlns:x="y"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
    "a text like a reference": f'{ORDERS}<row r="3">{text("A3", LIKE_ONE)}</row>',
}
LARGE = {
    "the last cell": (f'{ORDERS}<row r="1048576">{text("XFD1048576", "x")}</row>', "XFD1048576"),
    "of another row": (f'{ORDERS}<row r="2">{number("XFD1048576", 1)}</row>', "XFD1048576"),
    "in lower case": (f'{ORDERS}<row r="1048576">{text("xfd1048576", "x")}</row>', "XFD1048576"),
    "with apostrophes": (f"{ORDERS}<row><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
    "with a prefix": (
        f'{ORDERS}<x:row xmlns:x="y"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        "XFD1048576",
    ),
    "without a reference": (
        f'{ORDERS}<row r="1048576">{"<c><v>1</v></c>" * 60}</row>',
        "BH1048576",
    ),
    "wide and long": (
        f'{ORDERS}<row r="9">{text("CZ9", "x")}</row><row r="500001">{number("A500001", 1)}</row>',
        "CZ500001",
    ),
    "in one of many rows": (
        "".join(f'<row r="{at}">{number(f"A{at}", 1)}</row>' for at in range(1, 90_000))
        + f'<row r="90000">{number("ZZ90000", 1)}</row>',
        "ZZ90000",
    ),
}
STRANGE = ["AAAAAAAA3", "A99999999999", "A", "3", "", "3A", "A-1", "É3"]


@pytest.mark.parametrize("rows", SMALL.values(), ids=SMALL)
def test_a_workbook_that_fits_is_let_through(rows: str) -> None:
    check_workbook(workbook(rows), table="orders", limits=Limits())


@pytest.mark.parametrize(("rows", "cell"), LARGE.values(), ids=LARGE)
def test_a_sheet_that_spans_too_much_names_its_last_cell(rows: str, cell: str) -> None:
    with pytest.raises(DataError) as caught:
        check_workbook(workbook(rows), table="orders", limits=Limits())
    assert str(caught.value).startswith(f"orders: the sheet reaches to cell {cell}, which makes ")
    assert "limits=Limits(cells=" in caught.value.remedy
    assert "--limit cells=" in caught.value.command_remedy


def test_the_limit_that_the_error_names_lets_it_through() -> None:
    content = workbook(f'{ORDERS}<row r="9">{number("Z9", 1)}</row>')
    with pytest.raises(DataError, match=r"limits=Limits\(cells=234\)"):
        check_workbook(content, table="orders", limits=Limits(cells=233))
    check_workbook(content, table="orders", limits=Limits(cells=234))


@pytest.mark.parametrize("reference", STRANGE)
def test_a_cell_that_is_on_no_sheet_is_refused(reference: str) -> None:
    rows = f'{ORDERS}<row r="3">{number(reference, 1)}</row>'
    with pytest.raises(DataError, match=r"which no sheet has|not a workbook that can be opened"):
        check_workbook(workbook(rows), table="orders", limits=Limits())


def test_a_text_that_is_far_larger_than_its_file_is_refused_at_once() -> None:
    shared = f"<sst><si><t>{'x' * 200_000_000}</t></si></sst>"
    content = workbook(ORDERS, {"xl/sharedStrings.xml": shared})
    assert len(content) < 300_000
    with pytest.raises(DataError, match=r"when unpacked.*unpacked_ratio") as caught:
        check_workbook(content, table="orders", limits=Limits())
    needed = int(caught.value.command_remedy.rpartition("=")[2])
    check_workbook(content, table="orders", limits=Limits(unpacked_ratio=needed))
    with pytest.raises(DataError, match=r"unpacked_bytes=\d+"):
        check_workbook(content, table="orders", limits=Limits(unpacked_bytes=1000))


def test_a_part_that_is_larger_than_the_directory_says_is_refused() -> None:
    content = workbook(ORDERS, {"xl/sharedStrings.xml": f"<sst>{'x' * 100_000}</sst>"})
    size = (100_000 + len("<sst></sst>")).to_bytes(4, "little")
    assert content.count(size) == 2
    with pytest.raises(DataError, match="not a workbook that can be opened"):
        check_workbook(content.replace(size, b"\x05\0\0\0"), table="orders", limits=Limits())


@pytest.mark.parametrize("damage", range(0, 1100, 61))
def test_a_damaged_workbook_is_let_through_or_refused_in_words(damage: int) -> None:
    content = bytearray(workbook(ORDERS))
    content[damage % len(content)] ^= 0x55
    with suppress(DataError):
        check_workbook(bytes(content), table="orders", limits=Limits())


def test_a_zip_of_other_files_is_no_workbook() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("orders.csv", "customer,on,amount\n")
    with pytest.raises(DataError, match=r"is a zip, not a workbook\. Unpack it"):
        check_workbook(file.getvalue(), table="orders", limits=Limits())


def test_what_is_no_zip_is_left_to_its_reader() -> None:
    check_workbook(b"\xd0\xcf\x11\xe0", table="orders", limits=Limits())


@given(
    cells=st.lists(
        st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384), st.booleans()), max_size=5
    ),
    most=st.sampled_from([1, 1000, MANY, 10**9, 10**12]),
    blocks=st.integers(1, 4),
)
def test_what_is_taken_for_small_is_small(
    cells: list[tuple[int, int, bool]], most: int, blocks: int
) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="{Extent(row, row, column, column).last_cell}"'
        f"{'><v>1</v></c>' if full else '/>'}</row>"
        for row, column, full in cells
    )
    content = sheet(rows).encode()
    step = len(content) // blocks + 1
    pieces = [content[at : at + step] for at in range(0, len(content), step)]
    exact = plain_extent(pieces)
    full = [(row, column) for row, column, holds in cells if holds]
    assert exact.cells == (
        (max(r for r, _ in full) - min(r for r, _ in full) + 1)
        * (max(c for _, c in full) - min(c for _, c in full) + 1)
        if full
        else 0
    )
    found = extent_of(lambda: pieces, most)
    assert exact.cells <= most if found is None else found == exact
