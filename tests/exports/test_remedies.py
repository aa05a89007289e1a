"""What an export is refused with says what to write, and what it says works to the letter."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Portfolio
from klantkompas.errors import KlantkompasError
from tests.exports.test_suspicions import NAMED, amounts, read

INVOICE = {"customer": "Klantnr", "issued": "Datum", "due": "Verval", "amount": "Bedrag"}
REFUSED: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "no row has a value that counts": (
        "orders",
        "Klantnr;Datum;Bedrag;Status\n7;13-02-2025;10,50;betaald\n",
        {**NAMED, "where": {"Status": ["paid"]}},
        r"(where = .*)",
    ),
    "a known shape of which no row counts": (
        "orders",
        (
            "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company IDs\n"
            "1,Dak,Gewonnen,2025-02-13 10:00,10.50,7\n"
        ),
        {},
        r"(where = .*)",
    ),
    "words for no date": (
        "invoices",
        (
            "Klantnr;Datum;Verval;Bedrag;Betaald op\n7;13-02-2025;13-03-2025;10,50;nog niet\n"
            "7;13-02-2025;13-03-2025;10,50;20-02-2025\n"
        ),
        {**INVOICE, "paid": "Betaald op"},
        r"say so: (paid = \{.*\} \})",
    ),
    "days to pay": (
        "invoices",
        "Klantnr;Datum;Termijn;Bedrag\n7;13-02-2025;30 dagen;10,50\n",
        {**INVOICE, "due": "Termijn"},
        r"say how many: (due = \{.*\})",
    ),
    "two currencies": (
        "orders",
        (
            "Klantnr;Datum;Bedrag;Valuta\n7;13-02-2025;10,50;EUR\n8;13-02-2025;5,50;USD\n"
            "7;13-02-2025;10,50;EUR\n"
        ),
        {**NAMED, "currency": "Valuta"},
        r"with (currency = \{.*?\})",
    ),
}


@pytest.mark.parametrize(("table", "text", "columns", "line"), REFUSED.values(), ids=REFUSED)
def test_what_the_error_says_works(
    table: str, text: str, columns: dict[str, Any], line: str, tmp_path: Path
) -> None:
    with pytest.raises(KlantkompasError) as caught:
        read(text, tmp_path, columns, table)
    said = re.search(line, str(caught.value))
    assert said, str(caught.value)
    followed = read(text, tmp_path, {**columns, **tomllib.loads(said[1])}, table)
    assert set(amounts(followed)) == {"7"}


NEARLY: dict[str, tuple[str, str, str]] = {
    "charges": (
        "orders",
        (
            "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID\n"
            "ch_1,2025-02-13 10:15,12.10,0.00,eur,Paid,7\n"
            "ch_2,2025-02-13 10:15,12.10,0.00,eur,Failed,8\n"
        ),
        "stripe_payments",
    ),
    "deals by the name of the account": (
        "orders",
        (
            "Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage\n"
            "1,E,12.10,A,2025-02-13,7,Closed Won\n2,E,12.10,A,2025-02-13,8,Closed Lost\n"
        ),
        "zoho_deals",
    ),
}


@pytest.mark.parametrize(("table", "text", "shape"), NEARLY.values(), ids=NEARLY)
def test_what_is_said_of_an_export_that_is_nearly_known_works(
    table: str, text: str, shape: str, tmp_path: Path
) -> None:
    with pytest.raises(KlantkompasError) as caught:
        read(text, tmp_path, {}, table)
    (lines,) = re.findall(r"write in its settings (.*), which reads", str(caught.value))
    said = tomllib.loads("\n".join(lines.split("; ")))
    assert said["shape"] == shape
    assert amounts(read(text, tmp_path, said, table)) == {"7": [12.1]}


@pytest.mark.parametrize("day", ["1753-01-01", "1900-01-01", "1970-01-01"])
def test_a_date_that_stands_for_none_is_noted_with_the_line_to_write(
    day: str, tmp_path: Path
) -> None:
    text = (
        "Klantnr;Datum;Verval;Bedrag;Betaald op\n7;2025-02-13;2025-03-13;10,50;2025-02-20\n"
        f"8;2025-02-13;2025-03-13;10,50;{day}\n"
    )
    columns = {**INVOICE, "paid": "Betaald op"}
    typed = read(text, tmp_path, columns, "invoices")
    (line,) = [note.line for note in typed.notes if note.line]
    followed = read(text, tmp_path, {**columns, **tomllib.loads(line)}, "invoices")
    assert str(followed.tables["invoices"].columns["paid"][1]) == "NaT"
    assert not [note for note in followed.notes if note.line]


@pytest.mark.parametrize("word", ["#NV", "#WERT!", "#VALEUR!", "(leeg)", "(blank)"])
def test_what_spreadsheets_write_for_nothing_is_nobody(word: str, tmp_path: Path) -> None:
    text = f"Klantnr;Datum;Bedrag\n{word};13-02-2025;10,50\n8;14-02-2025;5,50\n"
    assert amounts(read(text, tmp_path, NAMED)) == {"8": [5.5]}


def test_an_asterisk_among_the_values_that_count_is_any_text(tmp_path: Path) -> None:
    text = (
        "Klantnr;Datum;Bedrag;Fase\n7;13-02-2025;10,50;Gewonnen (verkoop)\n"
        "8;13-02-2025;5,50;Verloren (prijs)\n9;13-02-2025;6,50;Niet gewonnen\n"
    )
    kept = read(text, tmp_path, {**NAMED, "where": {"Fase": "gewonnen (*"}})
    assert amounts(kept) == {"7": [10.5]}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4m 35s", 4 + 35 / 60),
        ("1u20", 80.0),
        ("1h05", 65.0),
        ("275 sec", 275 / 60),
        ("4 min", 4.0),
        ("1 uur, 4 min.", 64.0),
        ("1h 4m", 64.0),
        ("00:04:35.120", 4 + 35.12 / 60),
    ],
)
def test_lengths_of_time_with_their_units(text: str, minutes: float, tmp_path: Path) -> None:
    columns = {"customer": "Klantnr", "on": "Datum", "minutes": "Duur"}
    portfolio = read(f"Klantnr;Datum;Duur\n7;2025-02-13;{text}\n", tmp_path, columns, "contacts")
    assert portfolio.tables["contacts"].columns["minutes"].tolist() == pytest.approx([minutes])


def test_a_length_of_time_that_is_none_is_refused(tmp_path: Path) -> None:
    columns = {"customer": "Klantnr", "on": "Datum", "minutes": "Duur"}
    with pytest.raises(KlantkompasError, match="'4 keer' is not a length of time such as 4m 35s"):
        read("Klantnr;Datum;Duur\n7;2025-02-13;4 keer\n", tmp_path, columns, "contacts")


def test_what_is_within_a_record_of_json_has_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    order = {"customer": {"id": "7", "name": "Anna"}, "on": "2025-02-13", "amount": 10.5}
    path.write_text(json.dumps({"count": 1, "orders": [order]}))
    with pytest.raises(KlantkompasError, match=r'"customer": "customer.id"'):
        Portfolio.from_files(orders=path)
    columns: dict[str, Any] = {"orders": {"customer": "customer.id"}}
    assert amounts(Portfolio.from_files(orders=path, columns=columns)) == {"7": [10.5]}


@pytest.mark.parametrize("name", ["export.xls", "export.csv"])
def test_a_web_page_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("<html><table><tr><td>Klantnr</td></tr></table></html>")
    with pytest.raises(KlantkompasError, match="is a web page, whatever its name says"):
        Portfolio.from_files(orders=path)
