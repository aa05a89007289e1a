"""Each shape reads an export of our own, made after the page or file that its module names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from klantkompas import Compass, Portfolio, inspect_export
from klantkompas.errors import KlantkompasError
from klantkompas.shapes import BUILT_IN_SHAPES

COMPASS = Compass(installed=False)


@frozen(kw_only=True)
class Case:
    """An export, the table that it is, and what is measured of it by customer."""

    table: str
    text: str
    measures: dict[str, dict[str, float]]
    notes: tuple[str, ...] = ()
    named: str = ""
    locale: str | None = None


CASES = {
    "Stripe's invoices": Case(
        table="invoices",
        text=(
            "id,Customer,Subscription,Status,Currency,Amount Due,Subtotal,Tax,Total,Amount Paid,"
            "Date (UTC),Due Date (UTC),Paid At (UTC),Voided At (UTC)\n"
            "in_1,cus_A,,paid,eur,121.00,100.00,21.00,121.00,121.00,2025-01-03 10:15,"
            "2025-02-02 10:15,2025-01-20 08:00,\n"
            "in_2,cus_B,,open,eur,60.50,50.00,10.50,60.50,20.50,2025-01-10 09:00,"
            "2025-02-09 09:00,,\n"
            "in_3,cus_C,,void,eur,605.00,500.00,105.00,605.00,0.00,2025-01-11 09:00,"
            "2025-02-10 09:00,,2025-01-12 09:00\n"
            "in_4,cus_D,,draft,eur,60.50,50.00,10.50,60.50,0.00,2025-03-10 09:00,,,\n"
            "in_5,cus_A,sub_1,paid,eur,12.10,10.00,2.10,12.10,12.10,2025-03-12 09:00,,"
            "2025-03-12 09:01,\n"
        ),
        measures={
            "on_time_share": {"cus_A": 1.0, "cus_B": 0.0},
            "overdue_amount": {"cus_A": 0.0, "cus_B": 40.0},
        },
        notes=("draft 1, void 1", "1 row without a value in Due Date (UTC)"),
    ),
    "Square's transactions": Case(
        table="orders",
        text=(
            "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Gift Card Sales,Tax,Tip,"
            "Total Collected,Transaction ID,Payment ID,Event Type,Customer ID,Customer Name\n"
            '02/13/2025,2:30:00 PM,Eastern Time (US & Canada),"$1,240.00",-$40.00,"$1,200.00",'
            '$0.00,$96.00,$10.00,"$1,306.00",T1,P1,Payment,C1,Dee\n'
            "02/14/2025,9:05:10 AM,Eastern Time (US & Canada),$30.00,$0.00,$30.00,$0.00,$2.40,"
            "$0.00,$32.40,T2,P2,Payment,,\n"
            "02/20/2025,10:00:00 AM,Eastern Time (US & Canada),-$200.00,$0.00,-$200.00,$0.00,"
            "-$16.00,$0.00,-$216.00,T3,P3,Refund,C1,Dee\n"
        ),
        measures={"order_count": {"C1": 1}, "revenue": {"C1": 1000.0}},
        notes=("1 row without a customer",),
    ),
    "Zoho's deals": Case(
        table="orders",
        text=(
            "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,"
            "Account Name,Stage\n"
            "zcrm_11,zcrm_1,Eva,1200.50,Dakwerk,2025-02-03,zcrm_71,Anna BV,Closed Won\n"
            "zcrm_12,zcrm_1,Eva,900,Gevel,2025-02-10,zcrm_72,Bas VOF,Closed Lost\n"
            "zcrm_13,zcrm_1,Eva,300,Kozijn,2025-12-01,zcrm_71,Anna BV,Negotiation/Review\n"
        ),
        measures={"order_count": {"zcrm_71": 1}, "revenue": {"zcrm_71": 1200.5}},
        notes=("Closed Lost 1, Negotiation/Review 1",),
    ),
    "Salesforce, by the account's id": Case(
        table="orders",
        text=(
            '"Account ID","Account Name","Opportunity Name","Stage","Close Date","Amount"\n'
            '"0015g1","Anna BV","Dak","Closed Won","13-2-2025","1.200,50"\n'
            '"0015g2","Bas VOF","Gevel","Prospecting","14-2-2025","900,00"\n'
            "\n"
            '"Opportunities 2025"\n'
            '"Copyright (c) 2000-2025 salesforce.com, inc. All rights reserved."\n'
        ),
        measures={"order_count": {"0015g1": 1}, "revenue": {"0015g1": 1200.5}},
        notes=("Prospecting 1", "footers"),
    ),
    "Salesforce, by the account's name": Case(
        table="orders",
        text=(
            "Opportunity Name,Account Name,Stage,Close Date,Amount\n"
            'Dak,Anna BV,Closed Won,2/13/2025,"$1,200.50"\n'
        ),
        measures={"revenue": {"Anna BV": 1200.5}},
        notes=("by the account's name",),
    ),
    "Freshdesk as complaints": Case(
        table="complaints",
        text=(
            "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,"
            "Resolved time,Closed time,Full name,Contact ID\n"
            "1,Kapot,Closed,Low,Email,Question,Jan,Support,2025-02-03 10:15:32,"
            "2025-02-05 10:15:32,2025-02-04 09:00:00,2025-02-06 09:00:00,Anna,501\n"
            "2,Vraag,Open,Low,Phone,Question,Jan,Support,2025-02-10 09:00:00,"
            "2025-02-12 09:00:00,,,Bas,502\n"
        ),
        measures={"open_complaints": {"501": 0, "502": 1}},
    ),
    "Typeform": Case(
        table="responses",
        text=(
            "#,How likely are you to recommend us?,Why?,What is your email address?,"
            "Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID\n"
            "aa1,9,Fijn,Anna@voorbeeld.nl,completed,2025-02-03 10:10:00,,2025-02-03 10:15:32,f1\n"
            "aa2,6,,bas@voorbeeld.nl,completed,2025-02-10 09:00:00,,2025-02-10 09:02:00,f2\n"
            "aa3,,,cor@voorbeeld.nl,started,2025-02-11 09:00:00,2025-02-11 09:01:00,,f3\n"
        ),
        measures={"last_score": {"anna@voorbeeld.nl": 9, "bas@voorbeeld.nl": 6}},
        notes=("1 row without a value in Submit Date (UTC)",),
    ),
    "Google Forms": Case(
        table="responses",
        text=(
            "Timestamp,Email Address,How likely are you to recommend us to a friend?,Why?\n"
            '2/13/2025 10:15:32,Anna@voorbeeld.nl,9,"Fijn, snel"\n'
            '2/14/2025 9:00:00,bas@voorbeeld.nl,6,"Te\nduur"\n'
        ),
        measures={"last_score": {"anna@voorbeeld.nl": 9, "bas@voorbeeld.nl": 6}},
    ),
    "Google Forms, as its csv writes moments": Case(
        table="responses",
        text=(
            "Timestamp,Email Address,How likely are you to recommend us to a friend?\n"
            "2025/02/13 10:15:32 AM GMT+1,anna@voorbeeld.nl,9\n"
            "2025/02/14 3:00:00 PM GMT+1,bas@voorbeeld.nl,6\n"
        ),
        measures={"last_score": {"anna@voorbeeld.nl": 9, "bas@voorbeeld.nl": 6}},
    ),
    "Google Forms in Dutch": Case(
        table="responses",
        text=(
            "Tijdstempel,E-mailadres,Hoe waarschijnlijk is het dat je ons aanbeveelt?\n"
            "13-02-2025 10:15:32,anna@voorbeeld.nl,9\n"
        ),
        measures={"last_score": {"anna@voorbeeld.nl": 9}},
    ),
    "WooCommerce Analytics": Case(
        table="orders",
        text=(
            'Date,"Order #","N. Revenue (formatted)",Status,Customer,"Customer type",Product(s),'
            '"Items sold",Coupon(s),"Net Sales",Attribution\n'
            '"2025-02-03 10:15:32",2001,"\u20ac100,00",completed,"Anna A",new,"1\u00d7 X",1,,100,'
            "Direct\n"
            '"2025-02-10 09:00:00",2002,"\u20ac50,00",refunded,"Bas B",new,"1\u00d7 X",1,,50,'
            "Direct\n"
            '"2025-02-12 09:00:00",2002,"-\u20ac50,00",completed,"Bas B",returning,"-1\u00d7 X",'
            "-1,,-50,Direct\n"
            '"2025-02-13 09:00:00",2003,"\u20ac70,00",on-hold,"Cor C",new,"1\u00d7 X",1,,70,'
            "Direct\n"
        ),
        measures={
            "order_count": {"Anna A": 1, "Bas B": 0},
            "revenue": {"Anna A": 100.0, "Bas B": 0.0},
            "credited_share": {"Anna A": 0.0},
        },
        notes=("by the customer's name", "on-hold 1"),
    ),
    "WooCommerce Analytics as it was": Case(
        table="orders",
        text=(
            "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),"
            "Items sold,Coupon(s),N. Revenue\n"
            "2021-02-03 10:15:32,2001,\u20ac100.00,completed,Anna A,new,1\u00d7 X,1,,100\n"
        ),
        measures={"revenue": {"Anna A": 100.0}},
    ),
    "Advanced Order Export": Case(
        table="orders",
        text=(
            '"Order Number","Order Status","Order Date","Customer Note","First Name (Billing)",'
            '"Email (Billing)","Order Refund Amount","Order Total Amount",'
            '"Order Total Tax Amount","SKU","Item #","Item Name"\n'
            '"2001","Completed","2025-02-03 10:15","","Anna","Anna@voorbeeld.nl","0","121.00",'
            '"21.00","X","1","X"\n'
            '"2001","Completed","2025-02-03 10:15","","Anna","Anna@voorbeeld.nl","0","121.00",'
            '"21.00","Y","2","Y"\n'
            '"2002","Refunded","2025-02-10 09:00","","Bas","bas@voorbeeld.nl","60.50","60.50",'
            '"10.50","X","1","X"\n'
            '"2003","Cancelled","2025-02-11 09:00","","Cor","cor@voorbeeld.nl","0","605.00",'
            '"105.00","X","1","X"\n'
        ),
        measures={
            "order_count": {"anna@voorbeeld.nl": 1, "bas@voorbeeld.nl": 1},
            "revenue": {"anna@voorbeeld.nl": 100.0, "bas@voorbeeld.nl": 0.0},
        },
        notes=("Cancelled 1", "refunds that include tax"),
    ),
    "Advanced Order Export without refunds": Case(
        table="orders",
        text=(
            "Order Number,Order Status,Order Date,Email (Billing),Order Total Amount,"
            "Order Total Tax Amount\n"
            "2001,Completed,2025-02-03 10:15,anna@voorbeeld.nl,121.00,21.00\n"
            "2002,Refunded,2025-02-10 09:00,bas@voorbeeld.nl,60.50,10.50\n"
        ),
        measures={"revenue": {"anna@voorbeeld.nl": 100.0}},
        notes=("without refunds", "Refunded 1"),
    ),
    "SnelStart, by name": Case(
        table="invoices",
        named="snelstart_open_items",
        text=(
            "Relatienr;Relatie;Boekstuk;Boekdatum;Vervaldatum;Bedrag;Saldo;Dagboek\n"
            "1001;Anna BV;F1;03-01-2025;17-01-2025;1.210,00;1.000,00;Verkoop\n"
        ),
        measures={"overdue_amount": {"1001": 1000.0}},
        notes=("SnelStart's outstanding items, whose headings are shown by no public file",),
    ),
    "e-Boekhouden, by name": Case(
        table="invoices",
        named="e_boekhouden_open_items",
        text=(
            "Relatiecode;Relatie;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Soort\n"
            "K1;Anna BV;F1;03-01-2025;17-01-2025;1.210,00;1.000,00;Debiteur\n"
        ),
        measures={"overdue_amount": {"K1": 1000.0}},
    ),
    "Moneybird, by name": Case(
        table="invoices",
        named="moneybird_open_items",
        text=(
            "Contact,ContactID,InvoiceID,InvoiceDate,DueDate,TotalPriceIncl,OutstandingAmount,"
            "Type\nAnna BV,71,2025-0001,2025-01-03,2025-01-17,1210.00,1000.00,invoice\n"
        ),
        measures={"overdue_amount": {"71": 1000.0}},
    ),
    "Exact Online, by name": Case(
        table="invoices",
        named="exact_open_items",
        text=(
            "AccountCode,AccountName,InvoiceNumber,InvoiceDate,DueDate,AmountDC,OutstandingDC,"
            "Type\n1001,Anna BV,25700001,2025-01-03,2025-01-17,1210.00,1000.00,20\n"
        ),
        measures={"overdue_amount": {"1001": 1000.0}},
    ),
}
IN_SHARED_DATA = {
    "07-bolcom.csv": ("orders", "bol_orders", "revenue", {"Anna A 1234AB": 30.0}),
    "11-moneybird.csv": ("invoices", "moneybird_invoices", "on_time_share", {"K0001": 1.0}),
    "15-twinfield.csv": ("invoices", "twinfield_transactions", "on_time_share", {}),
    "16-afas.csv": ("invoices", "afas_invoices", "on_time_share", {"100001": 1, "100002": 0}),
    "25-delighted.csv": ("responses", "delighted_responses", "last_score", {"bas@voorbeeld.nl": 6}),
    "12-exact-openstaand.xlsx": ("invoices", "exact_report", "on_time_share", {}),
}
"""Exports of systems whose shapes are used by name, and part of what each must give."""


def measured(portfolio: Portfolio, measure: str, day: date | None) -> dict[str, float]:
    """Return a measure of those customers of whom it is known."""
    measures = COMPASS.measure(portfolio, day)
    values = zip(measures.ids.tolist(), measures[measure].tolist(), strict=True)
    return {id_: value for id_, value in values if value == value}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_read_untouched(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(case.text, encoding="utf-8")
    columns: Any = {case.table: {"shape": case.named}} if case.named else None
    portfolio = Portfolio.from_files(columns=columns, locale=case.locale, **{case.table: path})
    day = None if "2021" in case.text else date(2025, 3, 31)
    for measure, expected in case.measures.items():
        assert measured(portfolio, measure, day) == pytest.approx(expected), measure
    notes = "\n".join(map(str, portfolio.notes))
    assert "read as" in notes
    for each in case.notes:
        assert each in notes


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_recognised_is_what_it_is_inspected_as(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(case.text, encoding="utf-8")
    report = inspect_export(path, table=case.table)
    assert (report.shape is None) == bool(case.named)


@pytest.mark.parametrize("name", IN_SHARED_DATA)
def test_a_shape_without_a_signature_is_used_by_name(name: str, shared_data: Path) -> None:
    table, shape, measure, some = IN_SHARED_DATA[name]
    file = shared_data / "exports" / name
    with pytest.raises(KlantkompasError, match=r"no column is found for|is required"):
        Portfolio.from_files(**{table: file})
    columns: Any = {table: {"shape": shape}}
    portfolio = Portfolio.from_files(columns=columns, **{table: file})
    found = measured(portfolio, measure, date(2025, 3, 31)) if some else {}
    assert some.items() <= found.items()
    assert "shown by no public file" in "\n".join(map(str, portfolio.notes))


@pytest.mark.parametrize("shape", BUILT_IN_SHAPES, ids=lambda shape: str(shape.name))
def test_every_shape_says_where_its_headings_were_seen(shape: Any) -> None:
    assert shape.title
    assert shape.how_to.endswith(".")
    assert not shape.signature or "read 2026-11-27" in shape.source


def test_no_two_shapes_of_a_table_have_one_signature() -> None:
    known = [(each.table, frozenset(each.signature)) for each in BUILT_IN_SHAPES if each.signature]
    assert len(set(known)) == len(known)
