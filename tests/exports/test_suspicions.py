"""What is read as it stands and is likely to be meant otherwise is noted with the line to add.

Each export is read as a user would type it; the note's line, added to the settings to the letter,
gives the amounts that are meant, and then the note is gone.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import polars
import pytest

from klantkompas import Heading, Portfolio
from klantkompas.errors import DataError

NAMED = {"customer": "Klantnr", "on": "Datum", "amount": "Bedrag"}
Amounts = dict[str, list[float]]
FOLLOWED: dict[str, tuple[str, dict[str, str], Amounts, Amounts]] = {
    "cancelled": (
        "Klantnr;Datum;Bedrag;Orderstatus\n7;13-02-2025;10,50;Geannuleerd\n8;14-02-2025;5,50;Klaar\n",
        {},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "a payment that went wrong": (
        (
            "Customer;Date;Total;Status\n7;2025-02-13;10.50;Payment error\n"
            "8;2025-02-14;5.50;Accepted\n"
        ),
        {"customer": "Customer", "on": "Date", "amount": "Total"},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "not paid yet, in French": (
        "Client;Date;Montant;Statut\n7;13/02/2025;10,50;En attente\n8;14/02/2025;5,50;Pay\u00e9\n",
        {"customer": "Client", "on": "Date", "amount": "Montant"},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "failed, in German": (
        (
            "Kunde;Datum;Betrag;Zahlungsstatus\n7;13.02.2025;10,50;Fehlgeschlagen\n"
            "8;14.02.2025;5,50;Bezahlt\n"
        ),
        {"customer": "Kunde", "amount": "Betrag"},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "offers among invoices": (
        "Klantnr;Datum;Bedrag;Soort\n7;13-02-2025;10,50;Offerte\n8;14-02-2025;5,50;Factuur\n",
        {},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "a test": (
        "Klantnr;Datum;Bedrag;Test order\n7;13-02-2025;10,50;yes\n8;14-02-2025;5,50;no\n",
        {},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "moments at which orders were cancelled": (
        (
            "Klantnr;Datum;Bedrag;Cancelled at\n7;13-02-2025;10,50;2025-02-14 10:15\n"
            "8;14-02-2025;5,50;\n"
        ),
        {},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
    "two currencies": (
        (
            "Klantnr;Datum;Bedrag;Currency Code\n7;13-02-2025;10,50;EUR\n8;14-02-2025;5,50;USD\n"
            "8;15-02-2025;6,50;EUR\n"
        ),
        {},
        {"7": [10.5], "8": [5.5, 6.5]},
        {"7": [10.5], "8": [6.5]},
    ),
    "credit notes with positive amounts": (
        (
            "Klantnr;Datum;Bedrag;Document Type\n7;13-02-2025;10,50;Invoice\n"
            "7;14-02-2025;5,50;Credit Memo\n"
        ),
        {},
        {"7": [5.5, 10.5]},
        {"7": [-5.5, 10.5]},
    ),
    "money that went out": (
        "Klantnr;Datum;Bedrag;Af Bij\n7;13-02-2025;10,50;Bij\n7;14-02-2025;5,50;Af\n",
        {},
        {"7": [5.5, 10.5]},
        {"7": [-5.5, 10.5]},
    ),
    "debit and credit in two columns": (
        "Klantnr;Datum;Debet;Credit\n7;13-02-2025;10,50;0,00\n7;14-02-2025;0,00;5,50\n",
        {"amount": "Debet"},
        {"7": [0.0, 10.5]},
        {"7": [-5.5, 10.5]},
    ),
    "a total on each line, the order named": (
        (
            "Klantnr;Datum;Bedrag;Ordernr;Artikel\n7;13-02-2025;12,10;A1;x\n7;13-02-2025;12,10;A1;y\n"
            "8;13-02-2025;5,50;A2;x\n"
        ),
        {"reference": "Ordernr"},
        {"7": [12.1, 12.1], "8": [5.5]},
        {"7": [12.1], "8": [5.5]},
    ),
    "a total on each line, nothing named": (
        (
            "Klantnr;Datum;Bedrag;Ordernr;Artikel\n7;13-02-2025;12,10;A1;x\n7;13-02-2025;12,10;A1;y\n"
            "8;13-02-2025;5,50;A2;x\n"
        ),
        {},
        {"7": [12.1, 12.1], "8": [5.5]},
        {"7": [12.1], "8": [5.5]},
    ),
    "tax in another column": (
        "Klantnr;Datum;Total;Tax\n7;13-02-2025;12,10;2,10\n8;14-02-2025;24,20;4,20\n",
        {"amount": "Total"},
        {"7": [12.1], "8": [24.2]},
        {"7": [10.0], "8": [20.0]},
    ),
    "with tax though without is there": (
        "Klantnr;Datum;Totaal incl. btw;Totaal excl. btw\n7;13-02-2025;12,10;10,00\n",
        {"amount": "Totaal incl. btw"},
        {"7": [12.1]},
        {"7": [10.0]},
    ),
    "the price of a piece": (
        "Klantnr;Datum;Aantal;Prijs per stuk\n7;13-02-2025;3;10,50\n",
        {"amount": "Prijs per stuk"},
        {"7": [10.5]},
        {"7": [31.5]},
    ),
    "ids above the rows that are their own": (
        (
            "Klantnr;Naam;Datum;Bedrag\n1001 Anna BV;;;\n;;13-02-2025;10,00\n;;14-02-2025;5,00\n"
            "Totaal 1001;;;15,00\n1002 Bas;;;\n;;14-02-2025;20,00\n"
        ),
        {"on": "Datum"},
        {},
        {"1001 Anna BV": [5.0, 10.0], "1002 Bas": [20.0]},
    ),
    "an id on the first of its rows only": (
        "Klantnr;Datum;Bedrag\n7;13-02-2025;10,50\n;14-02-2025;5,50\n8;15-02-2025;6,50\n;16-02-2025;1,50\n",
        {},
        {"7": [10.5], "8": [6.5]},
        {"7": [5.5, 10.5], "8": [1.5, 6.5]},
    ),
    "nobody": (
        "Klantnr;Datum;Bedrag\n0;13-02-2025;10,50\n0;14-02-2025;5,50\n8;15-02-2025;6,50\n",
        {},
        {"0": [5.5, 10.5], "8": [6.5]},
        {"8": [6.5]},
    ),
    "pieces that came back": (
        (
            "Klantnr;Datum;Aantal;Bedrag\n7;13-02-2025;2;10,50\n7;14-02-2025;-1;5,25\n"
            "8;15-02-2025;1;6,50\n"
        ),
        {},
        {"7": [5.25, 10.5], "8": [6.5]},
        {"7": [-5.25, 10.5], "8": [6.5]},
    ),
    "an address that is none": (
        (
            "Klantnr;Datum;Bedrag\ngeen@email.nl;13-02-2025;10,50\n"
            "geen@email.nl;14-02-2025;5,50\na@x.nl;15-02-2025;6,50\n"
        ),
        {},
        {"geen@email.nl": [5.5, 10.5], "a@x.nl": [6.5]},
        {"a@x.nl": [6.5]},
    ),
    "a heading that stands twice": (
        (
            "Klantnr;Datum;Bedrag;Status;Status\n7;13-02-2025;10,50;ok;cancelled\n"
            "8;14-02-2025;5,50;ok;ok\n"
        ),
        {},
        {"7": [10.5], "8": [5.5]},
        {"8": [5.5]},
    ),
}
SILENT = {
    "credit notes that are negative": "Klantnr;Datum;Bedrag;Type\n7;13-02-2025;10,50;Factuur\n"
    "7;14-02-2025;-5,50;Creditnota\n",
    "refunds that are negative": "Klantnr;Datum;Bedrag;Status\n7;13-02-2025;10,50;Completed\n"
    "7;14-02-2025;-5,50;Refunded\n",
    "rates of tax": "Klantnr;Datum;Bedrag;BTW\n7;13-02-2025;1000,50;21\n8;14-02-2025;2000,50;9\n",
    "pieces that came back, with amounts below 0": "Klantnr;Datum;Aantal;Bedrag\n"
    "7;13-02-2025;2;10,50\n7;14-02-2025;-1;-5,25\n",
    "one currency": "Klantnr;Datum;Bedrag;Valuta\n7;13-02-2025;10,50;EUR\n8;14-02-2025;5,50;EUR\n",
    "a column of text": "Klantnr;Datum;Bedrag;Opmerking\n7;13-02-2025;10,50;geannuleerd?\n",
    "no flag is up": "Klantnr;Datum;Bedrag;Cancelled\n7;13-02-2025;10,50;no\n8;14-02-2025;5,50;\n",
    "lines with amounts of their own": "Klantnr;Datum;Bedrag;Ordernr\n7;13-02-2025;10,50;A1\n"
    "7;13-02-2025;5,50;A1\n8;13-02-2025;5,50;A2\n",
}


def read(text: str, folder: Path, columns: dict[str, Any], table: str = "orders") -> Portfolio:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return Portfolio.from_files(columns={table: columns}, **{table: path})


def amounts(portfolio: Portfolio) -> Amounts:
    (table,) = portfolio.tables.values()
    found: Amounts = {}
    for code, amount in zip(table.codes, table.columns["amount"], strict=True):
        if code < len(portfolio):
            found.setdefault(portfolio.ids[code], []).append(round(float(amount), 6))
    return {id_: sorted(each) for id_, each in found.items()}


def advised(portfolio: Portfolio) -> list[str]:
    """The lines that the notes say to add."""
    found = (re.search(r"write in its settings: (.*)", str(note)) for note in portfolio.notes)
    return [match[1] for match in found if match]


@pytest.mark.parametrize(("text", "named", "before", "after"), FOLLOWED.values(), ids=FOLLOWED)
def test_the_line_to_add_works(
    text: str, named: dict[str, str], before: Amounts, after: Amounts, tmp_path: Path
) -> None:
    columns = {**NAMED, **named}
    typed = read(text, tmp_path, columns)
    assert amounts(typed) == before
    (line,) = advised(typed)
    followed = read(text, tmp_path, {**columns, **tomllib.loads(line)})
    assert amounts(followed) == after
    assert not advised(followed)


NOT_SOLD = (
    "Betalingsfout|Afgebroken|Openstaand|Gecrediteerd|Geretourneerd|Klad|Testbestelling|Test order|"
    "Oninbaar|Vervallen|Dubbel|Fraude|Written off|uncollectible|not_paid|trialing|incomplete|"
    "denied|reversed|disputed|Anulado|authorized"
)


@pytest.mark.parametrize("status", NOT_SOLD.split("|"))
def test_a_status_of_what_was_perhaps_not_sold_is_no_status_to_keep(
    status: str, tmp_path: Path
) -> None:
    text = f"Klantnr;Datum;Bedrag;Status\n7;13-02-2025;10,50;{status}\n8;14-02-2025;5,50;Afgerond\n"
    (line,) = advised(read(text, tmp_path, NAMED))
    assert line == 'where = {"Status" = ["Afgerond"]}'
    assert amounts(read(text, tmp_path, {**NAMED, **tomllib.loads(line)})) == {"8": [5.5]}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_meant_as_it_stands_gets_no_note(text: str, tmp_path: Path) -> None:
    assert not advised(read(text, tmp_path, NAMED))


@pytest.mark.parametrize(("given", "kept"), [("5,00", 5.0), ("-5,00", 5.0)])
def test_money_given_back_is_named_whatever_its_sign(
    given: str, kept: float, tmp_path: Path
) -> None:
    text = f"Klantnr;Datum;Bedrag;Terugbetaald\n7;13-02-2025;10,50;{given}\n"
    (line,) = advised(read(text, tmp_path, NAMED))
    followed = read(text, tmp_path, {**NAMED, **tomllib.loads(line)})
    assert followed.tables["orders"].columns["refunded"].tolist() == [kept]


def test_what_counts_already_stays_in_the_line(tmp_path: Path) -> None:
    text = (
        "Klantnr;Datum;Bedrag;Soort;Geannuleerd\n7;13-02-2025;10,50;web;\n"
        "8;14-02-2025;5,50;web;ja\n9;14-02-2025;5,50;intern;\n"
    )
    columns = {**NAMED, "where": {"Soort": "web"}}
    (line,) = advised(read(text, tmp_path, columns))
    assert line == 'where = {"Soort" = ["web"], "Geannuleerd" = [""]}'
    assert amounts(read(text, tmp_path, {**NAMED, **tomllib.loads(line)})) == {"7": [10.5]}


def test_what_is_said_beside_a_known_shape_does_not_take_its_conditions_away(
    tmp_path: Path,
) -> None:
    text = (
        "Name,Email,Financial Status,Taxes,Total,Created at,Lineitem quantity,Currency,"
        "Refunded Amount,Cancelled at\n"
        "#1,a@x.nl,paid,21,121,2025-02-03 10:00:00 +0100,1,EUR,0,\n"
        "#2,b@x.nl,paid,21,121,2025-02-04 10:00:00 +0100,1,EUR,0,2025-02-05 10:00:00 +0100\n"
        "#3,c@x.nl,pending,21,121,2025-02-04 10:00:00 +0100,1,EUR,0,\n"
    )
    untouched = read(text, tmp_path, {})
    assert amounts(untouched) == {"a@x.nl": [100.0], "b@x.nl": [100.0]}
    (line,) = advised(untouched)
    followed = read(text, tmp_path, {"shape": "shopify_orders", **tomllib.loads(line)})
    assert amounts(followed) == {"a@x.nl": [100.0]}
    short: dict[str, Any] = {"shape": "shopify_orders", "where": {"Cancelled at": ""}}
    assert amounts(read(text, tmp_path, short)) == {"a@x.nl": [100.0]}


def test_where_every_row_says_that_it_should_not_count_no_line_can_help(tmp_path: Path) -> None:
    text = "Klantnr;Datum;Bedrag;Status\n7;13-02-2025;10,50;Concept\n"
    portfolio = read(text, tmp_path, NAMED)
    assert not advised(portfolio)
    assert "all rows counted in spite of Status" in "\n".join(map(str, portfolio.notes))


def test_invoices_that_are_not_paid_are_invoices(tmp_path: Path) -> None:
    text = (
        "Klantnr;Datum;Verval;Bedrag;Status\n7;13-02-2025;13-03-2025;10,50;Onbetaald\n"
        "8;13-02-2025;13-03-2025;10,50;Concept\n"
    )
    columns = {"customer": "Klantnr", "issued": "Datum", "due": "Verval", "amount": "Bedrag"}
    assert advised(read(text, tmp_path, columns, "invoices")) == [
        'where = {"Status" = ["Onbetaald"]}'
    ]


def test_a_status_of_refunded_is_told_once(tmp_path: Path) -> None:
    text = (
        "Customer;Date;Total;Status\nA;2025-02-03;121.00;Delivered\nB;2025-02-04;60.50;Refunded\n"
    )
    columns = {"customer": "Customer", "on": "Date", "amount": "Total"}
    assert advised(read(text, tmp_path, columns)) == ['where = {"Status" = ["Delivered"]}']


def noted(text: str, folder: Path, columns: dict[str, Any], table: str = "orders") -> str:
    return "\n".join(map(str, read(text, folder, columns, table).notes))


def test_scores_from_1_to_5_are_noted(tmp_path: Path) -> None:
    columns = {"customer": "Klantnr", "on": "Datum", "score": "Cijfer"}

    def scores(highest: int) -> str:
        rows = (f"{at};2025-02-03;{at % highest + 1}\n" for at in range(20))
        return noted("Klantnr;Datum;Cijfer\n" + "".join(rows), tmp_path, columns, "responses")

    assert "20 answers with scores from 1 to 5 in Cijfer" in scores(5)
    assert "scores" not in scores(6)


def test_amounts_that_a_comma_cut_are_noted(tmp_path: Path) -> None:
    cut = "Klantnr,Datum,Bedrag,Opm\n7,13-02-2025,10,50\n8,14-02-2025,5,25\n"
    assert "Opm behind it holds two digits in each row" in noted(cut, tmp_path, NAMED)
    whole = "Klantnr,Datum,Bedrag,Aantal\n7,13-02-2025,10,12\n8,14-02-2025,5,5\n"
    assert "two digits" not in noted(whole, tmp_path, NAMED)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("heading", "style", "factor"),
    [
        ("Duur (sec)", "seconds", 1 / 60),
        ("Duration seconds", "seconds", 1 / 60),
        ("Uren (h)", "hours", 60.0),
    ],
)
def test_minutes_whose_heading_says_seconds_or_hours_are_noted_with_the_line_that_counts_them(
    tmp_path: Path, suffix: str, heading: str, style: str, factor: float
) -> None:
    file = tmp_path / f"log.{suffix}"
    frame = polars.DataFrame(
        {"customer": ["K1", "K2"], "on": ["2025-02-13", "2025-02-14"], heading: [270, None]}
    )
    frame.write_csv(file) if suffix == "csv" else frame.write_excel(file)
    found = Portfolio.from_files(contacts=file, columns={"contacts": {"minutes": heading}})
    (note,) = found.notes
    assert note.line == f'minutes = {{ heading = "{heading}", style = "{style}" }}'
    said = Portfolio.from_files(
        contacts=file, columns={"contacts": {"minutes": Heading(heading, style=style)}}
    )
    assert said.notes == ()
    minutes = [read_minutes(portfolio) for portfolio in (found, said)]
    assert minutes == [270, pytest.approx(270 * factor)]


def read_minutes(portfolio: Portfolio) -> float:
    return float(portfolio.tables["contacts"].columns["minutes"][0])


@pytest.mark.parametrize("library", ["polars", "pandas", "arrays"])
def test_typed_data_are_looked_at_as_files_are(library: str, tmp_path: Path) -> None:
    typed = polars.DataFrame(
        {
            "customer": ["7", "8", "8"],
            "on": [date(2025, 2, 13), date(2025, 2, 14), date(2025, 2, 15)],
            "amount": [10.5, 5.5, 1.0],
            "Status": ["cancelled", "paid", "paid"],
            "Valuta": ["EUR", "EUR", "USD"],
        }
    )
    makes: dict[str, Any] = {
        "polars": typed,
        "pandas": typed.to_pandas(),
        "arrays": {name: typed[name].to_numpy() for name in typed.columns},
    }
    path = tmp_path / "export.parquet"
    typed.write_parquet(path)
    of_file = Portfolio.from_files(orders=path)
    of_frame = Portfolio.from_tables(orders=makes[library])
    assert [str(note) for note in of_frame.notes] == [str(note) for note in of_file.notes]
    lines = advised(of_frame)
    assert lines == [
        'where = {"Status" = ["paid"]}',
        'currency = { heading = "Valuta", keep = "EUR" }',
    ]
    said = tomllib.loads("\n".join(lines))
    followed = Portfolio.from_tables(orders=makes[library], columns={"orders": said})
    assert amounts(followed) == {"8": [5.5]}


def test_a_frame_of_a_known_export_says_how_it_is_read() -> None:
    text = (
        "Name,Email,Financial Status,Taxes,Total,Created at,Lineitem quantity,Currency,"
        "Refunded Amount\n#1,a@x.nl,paid,21,121,2025-02-03 10:00:00 +0100,1,EUR,0\n"
    )
    frame = polars.read_csv(StringIO(text))
    with pytest.raises(DataError, match=r"headings of Shopify's .* is read with parse=True"):
        Portfolio.from_tables(orders=frame)
    assert amounts(Portfolio.from_tables(orders=frame, parse=True)) == {"a@x.nl": [100.0]}
