"""Totals, footers and titles are left out wherever they stand, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantkompas import Portfolio
from tests.exports.test_suspicions import NAMED, amounts, read

HEADINGS = "Klantnr;Naam;Datum;Bedrag"
ROWS = "0017;a;13-02-2025;10,00\n0018;b;14-02-2025;20,00\n"
RIGHT = {"0017": [10.0], "0018": [20.0]}
BELOW = [
    "Totaal;;31-12-2025;30,00",
    "Eindtotaal:;;31-12-2025;30,00",
    "Gesamt;;31-12-2025;30,00",
    "Gesamtbetrag;;31-12-2025;30,00",
    "Total g\u00e9n\u00e9ral;;31-12-2025;30,00",
    "Som;;31-12-2025;30,00",
    "Totaalbedrag;;31-12-2025;30,00",
    "0018 Totaal;;;20,00",
    "Totaal 0018;;;20,00",
    "Subtotaal: 0018;;;20,00",
    ";Totaal;;30,00",
    "Pagina 1 van 2;;;",
    "Aantal: 2;;;",
    "Afgedrukt op 15-02-2025 door Jan;;;",
    "2;records downloaded;;",
    "2;record(s) downloaded",
    "\ufeffKlantnr;Naam;Datum;Bedrag",
    HEADINGS,
    "\n;;;",
]


@pytest.mark.parametrize("row", BELOW)
def test_what_is_no_row_of_the_table_is_left_out(row: str, tmp_path: Path) -> None:
    portfolio = read(f"{HEADINGS}\n{ROWS}{row}\n", tmp_path, NAMED)
    assert amounts(portfolio) == RIGHT
    assert "left out" in "\n".join(map(str, portfolio.notes))


@pytest.mark.parametrize(
    "name", ["Totaalbouw BV", "Sum Invest", "Somers", "Gesamtkonzept", "Rijen"]
)
def test_a_customer_whose_name_begins_so_is_one(name: str, tmp_path: Path) -> None:
    text = f"{HEADINGS}\n{ROWS}{name};;31-12-2025;30,00\n"
    assert amounts(read(text, tmp_path, NAMED)) == {**RIGHT, name: [30.0]}


def test_a_byte_that_is_no_character_refuses_only_what_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"Klantnr;Datum;Bedrag;Op\n7;13-02-2025;10,50;caf\x81\n8;14-02-2025;5,50;\n")
    portfolio = Portfolio.from_files(orders=path, columns={"orders": NAMED})
    assert amounts(portfolio) == {"7": [10.5], "8": [5.5]}
    assert "in columns that nobody named: 1" in "\n".join(map(str, portfolio.notes))
    for named in ({"reference": "Op"}, {"once": "Op"}, {"where": {"Op": ["x", ""]}}):
        with pytest.raises(ValueError, match="column 'Op', row 1: holds the byte 0x81"):
            Portfolio.from_files(orders=path, columns={"orders": {**NAMED, **named}})
