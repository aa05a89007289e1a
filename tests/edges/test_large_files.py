"""Files that would fell a machine are refused in words, and wide ones are read in time."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from klantkompas import Portfolio
from klantkompas.__main__ import main
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.sources.limits import Limits, limits_of

HEADINGS = "customer,on,amount\n"
ORDER = "a,2025-02-03,5\n"


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    begin = packer.compress(HEADINGS.encode() + ORDER.encode())
    return begin + b"".join(packer.compress(b" " * 1_000_000) for _ in range(size)) + packer.flush()


def zipped(size: int) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("orders.csv", HEADINGS + ORDER + " " * (size * 1_000_000))
    return file.getvalue()


LONG = "orders: the first rows hold a value of more than 131,072 characters"
LARGE: dict[str, tuple[str, Callable[[], bytes], Limits, str]] = {
    "gz": ("a.csv.gz", lambda: bomb(300), Limits(), "when unpacked, which is more than is allowed"),
    "two gz behind each other": (
        "a.csv.gz",
        lambda: gzip.compress(HEADINGS.encode()) + bomb(300),
        Limits(),
        "when unpacked, which is more than is allowed",
    ),
    "gz, in bytes": (
        "a.csv.gz",
        lambda: gzip.compress((HEADINGS + ORDER * 1000).encode()),
        Limits(unpacked_bytes=10_000),
        "limits=Limits(unpacked_bytes=",
    ),
    "zip": ("a.zip", lambda: zipped(150), Limits(), "when unpacked, which is more than is allowed"),
    "many columns": (
        "a.csv",
        (HEADINGS[:-1] + "," + ",".join(map(str, range(50))) + "\n").encode,
        Limits(columns=52),
        (
            "orders: there are 53 columns, more than is allowed. If it is right so, raise the "
            "limit: limits=Limits(columns=53)"
        ),
    ),
    "a long value": (
        "a.csv",
        f"customer,on,amount,x\n{ORDER[:-1]},y\n{ORDER[:-1]},{'z' * 1001}\n".encode,
        Limits(cell_length=1000),
        (
            "orders, column 'x', row 2: holds a value of 1,001 bytes, more than is allowed. If "
            "it is right so, raise the limit: limits=Limits(cell_length=1001)"
        ),
    ),
    "a long id": (
        "a.csv",
        f"{HEADINGS}{ORDER}{'z' * 1001},2025-02-03,5\n".encode,
        Limits(),
        "orders, column 'customer', row 2: is an id of 1,001 characters, more than is allowed",
    ),
    "a value that is longer by far": (
        "a.csv",
        f"customer,on,amount,x\n{ORDER[:-1]},y\n{ORDER[:-1]},{'z' * 2_000_000}\n".encode,
        Limits(cell_length=1000),
        (
            "orders, row 2: holds a value of 2,000,000 bytes, more than is allowed. If it is "
            "right so, raise the limit: limits=Limits(cell_length=2000000)"
        ),
    ),
    "one line that is all": ("a.csv", lambda: b"z" * 3_000_000, Limits(), LONG),
    "a heading that is all": (
        "a.csv",
        ("x" * 131_073 + "," + HEADINGS + "y," + ORDER).encode,
        Limits(),
        LONG,
    ),
    "a long value with a quotation mark within": (
        "a.csv",
        (
            HEADINGS[:-1] + ",x\n" + ORDER[:-1] + "," + "y" * 100_000 + '"' + "y" * 100_000 + "\n"
        ).encode,
        Limits(),
        "orders, row 1: the row holds a value of more than 131,072 characters",
    ),
}


@pytest.mark.parametrize(("name", "content", "limits", "told"), LARGE.values(), ids=LARGE)
def test_what_is_too_large_is_refused(
    name: str, content: Callable[[], bytes], limits: Limits, told: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content())
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(orders=file, limits=limits)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 1500


@pytest.mark.parametrize(
    "name",
    [
        "gz, in bytes",
        "many columns",
        "a long value",
        "a value that is longer by far",
        "a long id",
    ],
)
def test_the_limit_that_the_error_names_is_enough(name: str, tmp_path: Path) -> None:
    ending, content, limits, _ = LARGE[name]
    file = tmp_path / ending
    file.write_bytes(content())
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(orders=file, limits=limits)
    option = caught.value.command_remedy.rpartition("--limit ")[2]
    given = dict([option.split("=")])
    again = limits_of({name: int(number) for name, number in given.items()})
    assert len(Portfolio.from_files(orders=file, limits=again)) <= 2
    arguments = ["plugins", "--orders", str(file), "--limit", option, "--trace", "a"]
    out, err = StringIO(), StringIO()
    main(arguments, out=out, err=err)
    assert "more than is allowed" not in err.getvalue()


@pytest.mark.parametrize("given", [{"cels": 1}, {"cells": 0}, {"cells": True}, {"cells": 1.5}])
def test_limits_are_checked(given: dict[str, int]) -> None:
    with pytest.raises(ArgumentError, match="limit"):
        limits_of(given)


@pytest.mark.parametrize("limit", ["cells", "cells=", "cells=x", "cells=-1", "cels=3"])
def test_limits_of_the_command_are_checked(limit: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(HEADINGS + ORDER)
    out, err = StringIO(), StringIO()
    assert main(["report", "--orders", str(file), "--limit", limit], out=out, err=err) == 2
    assert "limit" in err.getvalue()


def test_thirty_thousand_headings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    more = ",".join(f"x{at}" for at in range(16_000))
    file.write_text(f"{HEADINGS[:-1]},{more}\n{ORDER[:-1]}{',' * 16_000}\n")
    assert len(Portfolio.from_files(orders=file)) == 1


def test_two_files_with_thousands_of_headings_each_are_one_table(tmp_path: Path) -> None:
    for file in "ab":
        more = ",".join(f"{file}{at}" for at in range(6_000))
        (tmp_path / f"{file}.csv").write_text(
            f"{HEADINGS[:-1]},{more}\n{ORDER[:-1]}{',1' * 6_000}\n"
        )
    assert len(Portfolio.from_files(orders=tmp_path)) == 1


def test_a_stray_cell_far_to_the_right_does_no_harm(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["customer", "on", "amount"])
        sheet.write_row(1, 0, ["a", "2025-02-03", 5])
        sheet.write(0, 4_000, "stray")
    with caplog.at_level(logging.CRITICAL):
        assert len(Portfolio.from_files(orders=file)) == 1
    assert capfd.readouterr() == ("", "")


ROWS = {
    "name, mail and telephone": "Jan Jansen;jan.jansen@voorbeeld.nl;0612345678;Dorpsstraat 1",
    "an order": "17;2025-02-03;12,50",
    "an order in dollars": "Jansen,02/03/2025,$ 1250.00",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_file_without_headings_shows_nothing_of_its_first_row(row: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(f"{row}\n{row}\n")
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(orders=file)
    told = f"{caught.value}{caught.value.text(caught.value.command_remedy)}"
    assert "This file seems to have no row of headings: write one above the first row" in told
    assert not any(value in told for value in row.replace(",", ";").split(";") if len(value) > 2)


def test_the_headings_of_a_file_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("Klant;2024;2025\n17;1;2\n")
    with pytest.raises(KlantkompasError, match=r"There are: 2024, 2025, Klant\."):
        Portfolio.from_files(orders=file)
