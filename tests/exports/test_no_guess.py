"""No wrong guess: what can be meant in two ways is an error with both, or a note; never silent.

Mutants of headings and values are made by script from every pair of readings; each is read without
a locale, and again with everything decided, so that the mutant is known to have a meaning.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import polars
import pytest

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import Contact, Order
from klantkompas.errors import DataError, KlantkompasError
from klantkompas.io.files import read_file
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.dates import read_dates
from klantkompas.io.parsing.numbers import read_numbers

GROUPS = ["1{}234", "12{}500", "999{}000", "-3{}125", "+7{}001", "5{}000-", "EUR 2{}750"]
WRAPS = ["%s", "\u20ac %s", "%s EUR", "(%s)", "$%s"]
NUMBERS = sorted(
    {
        wrap % group.format(mark)
        for mark, group, wrap in product(".,", GROUPS, WRAPS)
        if not (wrap != "%s" and ("EUR" in group or "-" in group or "+" in group))
    }
)
"""A mark with three digits behind it: thousands in one country, a fraction in another."""
DAYS = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12), (2, 1), (12, 11)]
DATES = sorted(
    {
        f"{first:0{width}}{mark}{second:0{width}}{mark}{year}{clock}"
        for (first, second), mark, width, year, clock in product(
            DAYS, "-/.", (1, 2), ("2025", "25"), ("", " 10:15", " 9:05 PM")
        )
    }
)
"""Both day and month below 13; with years of two digits the year may stand in front as well."""
YEAR_FIRST = sorted(
    f"{year}{mark}{month:02}{mark}{day:02}"
    for year, month, day, mark in product((13, 25, 28), (1, 2), (13, 28, 30), "-/.")
    if year != day and not (month == 2 and day == 30)
)
"""The day could be the year, and the year the day."""


def written(text: str, style: str | None = None) -> WrittenColumn:
    return WrittenColumn("orders", "x", Heading("Kolom", style), polars.Series([text]))


def test_there_are_enough_mutants() -> None:
    assert len(NUMBERS) + len(DATES) + len(YEAR_FIRST) + len(HEADINGS) >= 300


@pytest.mark.parametrize("text", NUMBERS)
def test_a_mark_that_may_be_decimal_or_not(text: str) -> None:
    readings = [read_numbers(written(text, style))[0][0] for style in ("1.234,56", "1,234.56")]
    assert readings[0] != readings[1]
    with pytest.raises(DataError) as caught:
        read_numbers(written(text))
    for reading in readings:
        assert f"{reading:.15g}" in str(caught.value)


@pytest.mark.parametrize("text", [*DATES, *YEAR_FIRST])
def test_a_date_that_may_be_read_in_two_orders(text: str) -> None:
    readings = set[date]()
    for style in ("d-m-y", "m-d-y", "y-m-d"):
        try:
            found = read_dates(written(text, style))[0][0]
        except DataError:
            continue
        readings.add(found.date() if isinstance(found, datetime) else found)
    assert len(readings) > 1
    with pytest.raises(DataError) as caught:
        read_dates(written(text))
    for reading in readings:
        assert reading.isoformat() in str(caught.value)


HEADINGS = [
    *(
        f"{heading};Datum;{amount}"
        for heading, amount in product(
            ("Klantnr;klantnr", "Klant nr;KLANTNR", "Klantnr;Klantnr", "KlantNr; Klant nr "),
            ("Bedrag", "bedrag", "BEDRAG"),
        )
    ),
    *(
        f"Klantnr;{day};Bedrag"
        for day in ("Datum;datum", "Datum;Datum", "Da tum;DATUM", "datum;Da\u00a0tum")
    ),
    *(
        f"Klantnr;Datum;{amount}"
        for amount in ("Bedrag;bedrag", "Bedrag;Bedrag", "BEDRAG;bedrag", "Bed rag;bedrag")
    ),
]
"""Two columns that the same name could mean."""


@pytest.mark.parametrize("headings", HEADINGS)
def test_a_name_that_may_be_two_columns(headings: str, tmp_path: Path) -> None:
    names = headings.split(";")
    path = tmp_path / "orders.csv"
    path.write_text(f"{headings}\n{';'.join(['2025-01-31'] * len(names))}\n", encoding="utf-8")
    mapping = {"customer": "KLANT NR", "on": "DAT UM", "amount": "BEDR AG"}
    with pytest.raises(DataError, match="is the heading of more than one column") as caught:
        read_file(path, table="orders", columns=columns_of(Order), mapping=mapping)
    assert '#1" or "' in str(caught.value)


@pytest.mark.parametrize(
    "names", ["Customer;Created;Value", "Debiteur;Boekdatum;Omzet", "Kunde;Rechnungsdatum;Betrag"]
)
def test_what_headings_mean_is_proposed_and_never_taken(names: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(f"{names}\n17;2025-01-31;12.50\n")
    with pytest.raises(KlantkompasError, match="Name"):
        read_file(path, table="orders", columns=columns_of(Order))


@pytest.mark.parametrize("text", ["4:35", "0:59", "12:30", "59:59"])
def test_minutes_or_hours(text: str, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(f"customer;on;minutes\n17;2025-01-31;{text}\n")

    def minutes(style: str | None) -> Any:
        columns = {"minutes": Heading("minutes", style)}
        read = read_file(path, table="contacts", columns=columns_of(Contact), mapping=columns)
        return read.frame["minutes"][0]

    assert minutes("hh:mm") != minutes("mm:ss")
    with pytest.raises(DataError, match="can be read as"):
        minutes(None)
