"""What a file leaves open beside its values: which column, which sign, which rows, which scale.

Each mutant is an export that can be meant in two ways; what is read of it is refused with both, or
noted with the line that reads it the other way. Which column a field is, is only proposed, and then
all that it may be are named.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Portfolio, inspect_export
from klantkompas.errors import KlantkompasError

NAMED = {"customer": "Klantnr", "on": "Datum", "amount": "Bedrag"}


def said(files: dict[str, Any], columns: dict[str, Any]) -> str:
    """What is said of a reading: the error, or the notes with the lines that they say to write."""
    try:
        portfolio = Portfolio.from_files(columns=columns, **files)
    except KlantkompasError as error:
        return str(error)
    return "\n".join(f"{note} {note.line}" for note in portfolio.notes)


def written(folder: Path, text: str, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


STATUSES = {
    "Status": (
        "Cancelled, Canceled, Voided, Failed, Pending, Draft, Declined, Rejected, Expired,"
        "Refunded,"
        "On hold, Unpaid, Awaiting payment, Deleted, Abandoned, Test, Closed lost, Payment error,"
        "Geannuleerd, Mislukt, In afwachting, Concept, Geweigerd, Afgewezen, Terugbetaald,"
        "Verlopen,"
        "Verwijderd, In de wacht, Onbetaald, Wacht op betaling, Niet betaald, Verloren, Afgekeurd,"
        "Ingetrokken, Offerte"
    ),
    "Statut": (
        "Annulé, Annulée, Remboursé, En attente, Échoué, Échec, Brouillon, Refusé, Expiré,"
        "Abandonné, Impayé, Non payé, Supprimé, Perdu, Rejeté, Devis"
    ),
    "Zustand": (
        "Storniert, Fehlgeschlagen, Ausstehend, Entwurf, Abgelehnt, Abgebrochen, Erstattet,"
        "Wartend,"
        "Unbezahlt, Nicht bezahlt, Gelöscht, Abgelaufen, Verloren, Zurückgezogen, Angebot,"
        "Rückerstattet"
    ),
}
WORDS = [
    (heading, word.strip()) for heading, words in STATUSES.items() for word in words.split(",")
]


@pytest.mark.parametrize(("heading", "word"), WORDS)
def test_a_word_that_says_that_a_row_should_not_count(
    heading: str, word: str, tmp_path: Path
) -> None:
    text = f"Klantnr;Datum;Bedrag;{heading}\n7;13-02-2025;10,50;{word}\n8;14-02-2025;5,50;OK\n"
    told = said({"orders": written(tmp_path, text)}, {"orders": NAMED})
    assert f"{word} 1" in told
    assert f'where = {{"{heading}" = ["OK"]}}' in told


SIGNS = [
    ("D/C", "D", "C"),
    ("D / C", "D", "C"),
    ("DC", "D", "C"),
    ("Debet/Credit", "Debet", "Credit"),
    ("Debit/Credit", "Debit", "Credit"),
    ("Debit / Credit", "DR", "CR"),
    ("CR/DR", "Dr", "Cr"),
    ("Soll/Haben", "S", "H"),
    ("Soll/Haben-Kennzeichen", "S", "H"),
    ("S/H", "S", "H"),
    ("Af Bij", "Bij", "Af"),
    ("Af/Bij", "Bij", "Af"),
    ("Bij/Af", "Bij", "Af"),
    ("+/-", "+", "-"),
    ("Plus/min", "Plus", "Min"),
    ("Débit/Crédit", "Débit", "Crédit"),
    ("Type", "Invoice", "Credit note"),
    ("Type", "Invoice", "Credit Memo"),
    ("Document Type", "Invoice", "Credit Invoice"),
    ("Type", "Sale", "Refund"),
    ("Type", "Sale", "Return"),
    ("Type", "Charge", "Chargeback"),
    ("Transaction type", "Payment", "Payment Refund"),
    ("Soort", "Factuur", "Creditnota"),
    ("Soort", "Factuur", "Creditfactuur"),
    ("Soort", "Verkoop", "Retour"),
    ("Soort", "Betaling ontvangen", "Terugbetaling"),
    ("Belegart", "Rechnung", "Gutschrift"),
    ("Belegart", "Rechnung", "Rechnungskorrektur"),
    ("Belegart", "Rechnung", "Stornorechnung"),
    ("Typ", "Zahlung", "Rückzahlung"),
    ("Typ", "Zahlung", "Rückerstattung"),
    ("Type", "Facture", "Avoir"),
    ("Type de document", "Facture", "Note de crédit"),
    ("Type", "Vente", "Remboursement"),
]


@pytest.mark.parametrize(("heading", "plus", "minus"), SIGNS)
def test_amounts_whose_sign_another_column_says(
    heading: str, plus: str, minus: str, tmp_path: Path
) -> None:
    text = f"Klantnr;Datum;Bedrag;{heading}\n7;13-02-2025;10,50;{plus}\n7;14-02-2025;5,50;{minus}\n"
    told = said({"orders": written(tmp_path, text)}, {"orders": NAMED})
    assert f"{minus} 1" in told or f"{plus} 1" in told
    assert "sign = {" in told or "where = {" in told


TAXED = [
    ("Totaal incl. btw", "Totaal excl. btw"),
    ("Bedrag incl. btw", "Bedrag excl. btw"),
    ("Omzet inclusief btw", "Omzet exclusief btw"),
    ("Total incl. VAT", "Total excl. VAT"),
    ("Total (incl. tax)", "Total (excl. tax)"),
    ("Total including tax", "Total excluding tax"),
    ("Gross amount", "Net amount"),
    ("Gross", "Net"),
    ("Montant TTC", "Montant HT"),
    ("Total TTC", "Total HT"),
    ("Bruttobetrag", "Nettobetrag"),
    ("Brutto", "Netto"),
    ("Bruto omzet", "Netto omzet"),
    ("Betrag inkl. MwSt.", "Betrag exkl. MwSt."),
    ("Gesamt brutto", "Gesamt netto"),
]


@pytest.mark.parametrize(("gross", "net"), TAXED)
def test_two_amounts_of_which_one_includes_tax(gross: str, net: str, tmp_path: Path) -> None:
    text = f"Klantnr;Datum;{gross};{net}\n7;13-02-2025;12,10;10,00\n8;14-02-2025;24,20;20,00\n"
    path = written(tmp_path, text)
    told = said({"orders": path}, {"orders": {**NAMED, "amount": gross}})
    assert f'amount = "{net}"' in told
    (line,) = (e for e in inspect_export(path).to_toml().splitlines() if e.startswith("amount"))
    assert line.startswith(f'amount = "{net}"')
    assert gross in line


TAX = ("BTW", "Btw-bedrag", "VAT", "Tax", "Taxes", "Total tax", "Sales Tax", "TVA", "MwSt", "USt")


@pytest.mark.parametrize(("amount", "tax"), [*product(("Totaal", "Total", "Bedrag"), TAX)])
def test_an_amount_with_its_tax_beside_it(amount: str, tax: str, tmp_path: Path) -> None:
    text = f"Klantnr;Datum;{amount};{tax}\n7;13-02-2025;12,10;2,10\n8;14-02-2025;24,20;4,20\n"
    told = said({"orders": written(tmp_path, text)}, {"orders": {**NAMED, "amount": amount}})
    assert f'amount = {{ heading = "{amount}", less = ["{tax}"] }}' in told


PRICES = [
    ("Aantal", "Prijs per stuk"),
    ("Aantal", "Stuksprijs"),
    ("Aantal stuks", "Stukprijs"),
    ("Quantity", "Unit price"),
    ("Qty", "Unit Price"),
    ("Quantity", "Item price"),
    ("Quantity", "Price each"),
    ("Menge", "Einzelpreis"),
    ("Anzahl", "Stückpreis"),
    ("Quantité", "Prix unitaire"),
]


@pytest.mark.parametrize(("pieces", "price"), PRICES)
def test_the_price_of_a_piece_taken_for_an_amount(pieces: str, price: str, tmp_path: Path) -> None:
    text = f"Klantnr;Datum;{pieces};{price}\n7;13-02-2025;3;10,50\n8;14-02-2025;1;5,50\n"
    told = said({"orders": written(tmp_path, text)}, {"orders": {**NAMED, "amount": price}})
    assert f'amount = ["{pieces}", "{price}"]' in told


DATES = [
    ("orders", "Orderdatum", "Factuurdatum"),
    ("orders", "Besteldatum", "Betaaldatum"),
    ("orders", "Order Date", "Invoice Date"),
    ("orders", "Created at", "Paid at"),
    ("orders", "Bestelldatum", "Rechnungsdatum"),
    ("orders", "Date de commande", "Date facture"),
    ("contacts", "Call start time", "Call end time"),
    ("responses", "Start Date", "End Date"),
    ("responses", "Begindatum", "Datum ingevuld"),
]
BESIDE = {"orders": "Bedrag;Ordernr", "contacts": "Duur;Richting", "responses": "NPS-score;Reden"}


@pytest.mark.parametrize(("table", "first", "second"), DATES)
def test_two_dates_are_both_shown_and_none_is_taken(
    table: str, first: str, second: str, tmp_path: Path
) -> None:
    text = f"Klantnr;{first};{second};{BESIDE[table]}\n7;13-02-2025;14-02-2025;8;A\n"
    path = written(tmp_path, text)
    with pytest.raises(KlantkompasError, match=r"no column is found for|is required"):
        Portfolio.from_files(**{table: path})  # type: ignore[arg-type]
    shown = inspect_export(path, table=table).text()
    assert f"{first}: dates" in shown
    assert f"{second}: dates" in shown


TWICE = [
    ("0017", "17"),
    ("17", "017"),
    ("ANNA@x.nl", "anna@x.nl"),
    ("De Boer", "de boer"),
    ("De Boer", "DeBoer"),
    ("René", "Rene"),
    ("K-017", "k-017"),
    ("K 17", "K17"),
]


@pytest.mark.parametrize(("one", "other"), TWICE)
@pytest.mark.parametrize("tables", ["two files of one table", "two tables"])
def test_ids_that_differ_in_writing_between_two_files(
    one: str, other: str, tables: str, tmp_path: Path
) -> None:
    heads = ("customer;on;amount", "customer;on;amount")
    if tables == "two tables":
        heads = ("customer;on;amount", "customer;on;score")
    first = written(tmp_path, f"{heads[0]}\n{one};2025-02-13;5\n", "first.csv")
    second = written(tmp_path, f"{heads[1]}\n{other};2025-02-14;6\n", "second.csv")
    files: dict[str, Any] = {"orders": [first, second]}
    if tables == "two tables":
        files = {"orders": first, "responses": second}
    assert "the same as another but for" in said(files, {})


@pytest.mark.parametrize("table", ["responses", "complaints", "contacts", "departures"])
@pytest.mark.parametrize("swapped", [False, True])
def test_customers_who_are_numbers_here_and_addresses_there(
    table: str, swapped: bool, tmp_path: Path
) -> None:
    def rows(head: str, value: str, numbers: bool) -> str:
        ids = [f"{n}" if numbers else f"c{n}@x.nl" for n in range(100, 120)]
        return head + "".join(f"{each};2025-02-13{value}\n" for each in ids)

    orders = written(tmp_path, rows("customer;on;amount\n", ";5", swapped), "orders.csv")
    other = written(tmp_path, rows("customer;on\n", "", not swapped), "other.csv")
    told = said({"orders": orders, table: other}, {})
    assert "hardly any id stands in another table" in told


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("5 4 5 3 4 5", "from 1 to 5"),
        ("1 2 3 4 5 5", "from 1 to 5"),
        ("5/5 4/5", "is not a number"),
        ("4,5 3,5", "is not a whole number from 0 to 10"),
        ("90% 60%", "%"),
        ("90 60", "is not a whole number from 0 to 10"),
        ("11 6", "is not a whole number from 0 to 10"),
        ("-1 6", "is not a whole number from 0 to 10"),
        ("Promoter Passive", "is not a number"),
        ("Goed Slecht", "is not a number"),
        ("★★★★★ ★★★", "is not a number"),
        ("+100 -100", "is not a whole number from 0 to 10"),
        ("0.9 0.6", "is not a whole number from 0 to 10"),
        ("9-10 7-8", "is not a number"),
    ],
)
def test_scores_on_another_scale(values: str, words: str, tmp_path: Path) -> None:
    rows = "".join(f"{n};2025-02-13;{each}\n" for n, each in enumerate(values.split(), 1))
    path = written(tmp_path, f"customer;on;score\n{rows}")
    assert words in said({"responses": path}, {})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("275 725 1843 62", 'style = "seconds"'),
        ("4:35 12:05", "can be read as"),
        ("0:35 0:05", "can be read as"),
        ("1h 4 min 275s x", "is not a length of time"),
        ("00:04:35 4:35", "is not a length of time"),
    ],
)
def test_lengths_of_time_in_another_unit(values: str, words: str, tmp_path: Path) -> None:
    separator = "|" if "h 4" in values else " "
    each = values.split(separator) if separator == " " else [values]
    rows = "".join(f"{n};2025-02-13;{value}\n" for n, value in enumerate(each, 1))
    path = written(tmp_path, f"customer;on;minutes\n{rows}")
    assert words in said({"contacts": path}, {})


FILES = [
    ("1.234,56", "1,234.56", "amount"),
    ("12,50", "12.50", "amount"),
    ("€ 12,50", "$ 12,50", "amount"),
    ("31-01-2025", "01/31/2025", "on"),
    ("2025-01-31", "31-01-2025", "on"),
    ("2025-01-31 10:15:00+01:00", "2025-01-31 10:15:00", "on"),
]


@pytest.mark.parametrize(("one", "other", "field"), FILES)
def test_two_files_of_one_table_that_are_written_differently(
    one: str, other: str, field: str, tmp_path: Path
) -> None:
    def row(value: str) -> str:
        on, amount = (value, "5") if field == "on" else ("2025-01-31", value)
        return f"customer;on;amount\n7;{on};{amount}\n"

    first = written(tmp_path, row(one), "first.csv")
    second = written(tmp_path, row(other), "second.csv")
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(orders=[first, second])
    told = str(caught.value)
    assert one in told or f"second.csv, column '{field}'" in told


def test_there_are_enough_mutants() -> None:
    families = (WORDS, SIGNS, TAXED, [*product(range(3), TAX)], PRICES, DATES, TWICE, TWICE, FILES)
    assert sum(map(len, families)) >= 180
