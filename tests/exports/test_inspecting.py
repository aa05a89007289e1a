"""What is proposed for exports that nobody declared a shape of: by words of four languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from klantkompas import Portfolio, inspect_export
from klantkompas.io.headings.synonyms import likely_heading, likely_headings

PROPOSED: list[tuple[str, str, str, dict[str, str]]] = [
    (
        "orders",
        "Klantnummer;Orderdatum;Ordernummer;Totaal excl. btw;Totaal incl. btw;Status",
        "1001;13-02-2025;A1;10,00;12,10;Betaald",
        {
            "customer": "Klantnummer",
            "on": "Orderdatum",
            "amount": "Totaal excl. btw",
            "reference": "Ordernummer",
        },
    ),
    (
        "orders",
        "Relatienr.;Relatienaam;Fact.datum;Factuurnr;Netto omzet;Btw-bedrag",
        "1001;Anna;13-02-2025;F1;10,00;2,10",
        {
            "customer": "Relatienr.",
            "on": "Fact.datum",
            "amount": "Netto omzet",
            "reference": "Factuurnr",
        },
    ),
    (
        "orders",
        "Order ID;Order Date;Customer ID;Customer Name;Sales;Quantity;Profit",
        "A1;2025-02-13;C1;Anna;10.00;1;2.5",
        {
            "customer": "Customer ID",
            "on": "Order Date",
            "amount": "Sales",
            "reference": "Order ID",
            "quantity": "Quantity",
            "margin": "Profit",
        },
    ),
    (
        "invoices",
        "Debiteur;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand bedrag",
        "1001;Anna;F1;13-02-2025;13-03-2025;10,00;5,00",
        {
            "customer": "Debiteur",
            "issued": "Factuurdatum",
            "due": "Vervaldatum",
            "amount": "Factuurbedrag",
            "open": "Openstaand bedrag",
            "reference": "Factuurnummer",
        },
    ),
    (
        "invoices",
        "Customer;Invoice Date;Due Date;Invoice #;Amount;Balance Due;Date Paid",
        "Anna;2025-02-13;2025-03-13;F1;10.00;5.00;",
        {
            "customer": "Customer",
            "issued": "Invoice Date",
            "due": "Due Date",
            "amount": "Amount",
            "open": "Balance Due",
            "paid": "Date Paid",
            "reference": "Invoice #",
        },
    ),
    (
        "invoices",
        "Kundennummer;Rechnungsnummer;Rechnungsdatum;Fällig am;Bruttobetrag;Bezahlt am",
        "1001;R1;13.02.2025;13.03.2025;10,00;",
        {
            "customer": "Kundennummer",
            "issued": "Rechnungsdatum",
            "due": "Fällig am",
            "amount": "Bruttobetrag",
            "paid": "Bezahlt am",
            "reference": "Rechnungsnummer",
        },
    ),
    (
        "invoices",
        "Code client;N° facture;Date facture;Date d'échéance;Montant TTC;Date de paiement",
        "1001;R1;13/02/2025;13/03/2025;10,00;",
        {
            "customer": "Code client",
            "issued": "Date facture",
            "due": "Date d'échéance",
            "amount": "Montant TTC",
            "paid": "Date de paiement",
            "reference": "N° facture",
        },
    ),
    (
        "orders",
        "Kunden-Nr.;Bestelldatum;Bestell-Nr.;Nettobetrag;MwSt",
        "1001;13.02.2025;B1;10,00;1,90",
        {
            "customer": "Kunden-Nr.",
            "on": "Bestelldatum",
            "amount": "Nettobetrag",
            "reference": "Bestell-Nr.",
        },
    ),
    (
        "orders",
        "Référence client;Date de commande;N° commande;Total HT",
        "1001;13/02/2025;B1;10,00",
        {
            "customer": "Référence client",
            "on": "Date de commande",
            "amount": "Total HT",
            "reference": "N° commande",
        },
    ),
    (
        "responses",
        "E-mailadres;Datum ingevuld;Hoe waarschijnlijk is het dat u ons aanbeveelt?;Toelichting",
        "a@x.nl;13-02-2025;9;x",
        {
            "customer": "E-mailadres",
            "on": "Datum ingevuld",
            "score": "Hoe waarschijnlijk is het dat u ons aanbeveelt?",
            "reason": "Toelichting",
        },
    ),
    (
        "responses",
        "Email;Submitted At;NPS Score;Comments",
        "a@x.nl;2025-02-13;9;x",
        {"customer": "Email", "on": "Submitted At", "score": "NPS Score", "reason": "Comments"},
    ),
    (
        "responses",
        "E-Mail-Adresse;Zeitstempel;Wie wahrscheinlich ist es, dass Sie uns empfehlen?;Kommentar",
        "a@x.nl;13.02.2025;9;x",
        {
            "customer": "E-Mail-Adresse",
            "on": "Zeitstempel",
            "score": "Wie wahrscheinlich ist es, dass Sie uns empfehlen?",
            "reason": "Kommentar",
        },
    ),
    (
        "complaints",
        "Klantnr;Meldingsdatum;Klachtnr;Afgehandeld op;Gegrond",
        "1001;13-02-2025;K1;14-02-2025;ja",
        {
            "customer": "Klantnr",
            "on": "Meldingsdatum",
            "resolved": "Afgehandeld op",
            "justified": "Gegrond",
        },
    ),
    (
        "complaints",
        "Customer ID;Complaint date;Date resolved;Complaint",
        "1001;2025-02-13;2025-02-14;x",
        {"customer": "Customer ID", "on": "Complaint date", "resolved": "Date resolved"},
    ),
    (
        "contacts",
        "Klantnr;Contactdatum;Kanaal;Duur;Richting",
        "1001;13-02-2025;telefoon;00:04:35;in",
        {
            "customer": "Klantnr",
            "on": "Contactdatum",
            "channel": "Kanaal",
            "minutes": "Duur",
            "by_customer": "Richting",
        },
    ),
    (
        "contacts",
        "Contact ID;Call time;Call duration;Direction;Agent",
        "1001;2025-02-13 10:15;00:04:35;inbound;x",
        {
            "customer": "Contact ID",
            "on": "Call time",
            "minutes": "Call duration",
            "by_customer": "Direction",
        },
    ),
    (
        "departures",
        "Klantnr;Opzegdatum;Opzegreden",
        "1001;13-02-2025;te duur",
        {"customer": "Klantnr", "on": "Opzegdatum", "stated_reason": "Opzegreden"},
    ),
    (
        "departures",
        "Customer ID;Cancellation date;Cancellation reason",
        "1001;2025-02-13;price",
        {
            "customer": "Customer ID",
            "on": "Cancellation date",
            "stated_reason": "Cancellation reason",
        },
    ),
    (
        "customers",
        "Klantnr;Bedrijfsnaam;Klant sinds;Segment;Plaats",
        "1001;Anna BV;13-02-2020;A;Delft",
        {"id": "Klantnr", "name": "Bedrijfsnaam", "since": "Klant sinds"},
    ),
    (
        "customers",
        "Kundennummer;Firma;Kunde seit;Ort",
        "1001;Anna;13.02.2020;Bonn",
        {"id": "Kundennummer", "name": "Firma", "since": "Kunde seit"},
    ),
    (
        "customers",
        "Customer ID;Company;Created;City",
        "1001;Anna;2020-02-13;Delft",
        {"id": "Customer ID", "name": "Company", "since": "Created"},
    ),
    (
        "customers",
        "Klantnr;Naam;Type;Fase;Geen profilering;Regio",
        "1001;Anna;Zakelijk;Klant;nee;Noord",
        {"kind": "Type", "stage": "Fase", "opted_out": "Geen profilering", "group": "Regio"},
    ),
    (
        "orders",
        "ID;Order number;Created at;Payment status;E-mail;Price excl.;Price incl.;Currency",
        "1;ORD1;2025-02-13 10:00:00;paid;anna@x.nl;100.00;121.00;eur",
        {"customer": "E-mail", "amount": "Price excl.", "reference": "Order number"},
    ),
    (
        "orders",
        "ID;Date;Amount;Status;Consumer name;Amount refunded",
        "tr_1;2025-02-13 10:00:00;121.00;paid;Anna;0.00",
        {"customer": "Consumer name", "amount": "Amount", "refunded": "Amount refunded"},
    ),
    (
        "invoices",
        "Invoice ID;Contact;Customer ID;Invoice date;Due date;Paid at;Total price excl. tax",
        "F1;Anna;101;2025-02-13;2025-03-13;;100.00",
        {"customer": "Customer ID", "amount": "Total price excl. tax", "due": "Due date"},
    ),
    (
        "complaints",
        "Klachtnummer;Ontvangen;Klant;Afgehandeld;Gegrond",
        "1;13-02-2025;17;;Ja",
        {"on": "Ontvangen", "resolved": "Afgehandeld", "justified": "Gegrond"},
    ),
    (
        "complaints",
        "Ticket ID;Klant;Aangemaakt op;Opgelost op;Terecht",
        "1;17;13-02-2025;;Ja",
        {"on": "Aangemaakt op", "resolved": "Opgelost op", "justified": "Terecht"},
    ),
    (
        "departures",
        "Klantnr;Opzegdatum;Reden klant;Reden volgens ons",
        "17;28-02-2025;Service;Prijs",
        {"stated_reason": "Reden klant", "believed_reason": "Reden volgens ons"},
    ),
]


@pytest.mark.parametrize(("table", "headings", "row", "expected"), PROPOSED)
def test_the_table_and_its_columns_are_proposed(
    table: str, headings: str, row: str, expected: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{headings}\n{row}\n", encoding="utf-8")
    report = inspect_export(path)
    assert report.table == table
    assert {name: report.mapping[name][0] for name in expected} == expected
    assert report.missing == ()


def test_pieces_and_their_price_are_proposed_as_a_product_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "retail.csv"
    path.write_text(
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A,6,12/13/2010 8:26,2.55,17850,United Kingdom\n"
    )
    report = inspect_export(path)
    assert (report.table, [*report.made], report.missing) == (
        "orders",
        ["amount"],
        (),
    )
    said = tomllib.loads(report.to_toml())["orders"]
    columns = {name: each for name, each in said.items() if name != "file"}
    portfolio = Portfolio.from_files(orders=path, columns={"orders": columns})
    assert portfolio.tables["orders"].columns["amount"].tolist() == pytest.approx([15.3])


def test_a_currency_is_proposed_as_such_and_a_field_is_no_condition(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Klantnr;Orderdatum;Bedrag;Valuta;Soort;Status\n17;13-02-2025;9,50;EUR;a;b\n")
    remarks = [line for line in inspect_export(path).to_toml().splitlines() if line[0:1] == "#"]
    assert remarks == [
        '# currency = "Valuta"',
        '# where = { "Soort" = ["a"], "Status" = ["b"] }  # leave out what does not count',
    ]
    path.write_text("Klantnr;Naam;Type\n17;Anna;Zakelijk\n18;Bas;Particulier\n")
    assert "# where" not in inspect_export(path, table="customers").to_toml()


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("amount", "Country"),
        ("amount", "Openstaand bedrag"),
        ("amount", "BTW-bedrag"),
        ("amount", "Verzendkosten"),
        ("amount", "Unit price"),
        ("on", "Vervaldatum"),
        ("on", "Geboortedatum"),
        ("on", "Delivery date"),
        ("on", "Candidate"),
        ("on", "Sentiment"),
        ("on", "Lifetime value"),
        ("amount", "Tax excl."),
        ("customer", "Klanttevredenheid"),
        ("customer", "Account manager"),
        ("reference", "Order date"),
        ("paid", "Betaalstatus"),
        ("paid", "Amount paid"),
    ],
)
def test_silent_rather_than_silly(field: str, heading: str) -> None:
    assert likely_heading("orders", field, [heading]) is None


def test_who_sold_is_no_amount() -> None:
    assert likely_headings("orders", "amount", ["Salesperson", "Sales", "Sales team"]) == ["Sales"]
