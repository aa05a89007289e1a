"""A kind of interaction of a plugin comes in by every way that the built-in kinds do."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest
import xlsxwriter
from attrs import frozen

from klantkompas import (
    AtLeast,
    Compass,
    InteractionKind,
    Measure,
    Order,
    Period,
    Portfolio,
    SuccessFactor,
    hookimpl,
)
from klantkompas.domain.fields import (
    Role,
    choice,
    columns_of,
    flag,
    identity,
    moment,
    money,
    number,
    score,
    tags,
    text,
)
from klantkompas.errors import ArgumentError, DataError, PluginError
from klantkompas.io.headings.named import resolve_headings


class Aim(StrEnum):
    """What a visit was for; with a capital, as a plugin may have it."""

    TASTING = "Tasting"
    ADVICE = "advice"


@frozen(kw_only=True)
class Visit:
    """A visit to the customer, with a column of every content."""

    customer: str = identity(headings=("Klantnummer", "Klant"))
    on: date = moment(required=True, headings=("Datum",))
    minutes: float = number(required=True, low=0, headings=("Duur",))
    again: date | None = moment(Role.STEP, headings=("Terug op",))
    costs: float | None = money(headings=("Kosten",))
    sold: bool | None = flag(headings=("Verkocht",))
    aim: Aim | None = choice(Aim, proeverij=Aim.TASTING, headings=("Doel",))
    grade: int | None = score(headings=("Cijfer",))
    remarks: str | None = text(headings=("Opmerking",))
    labels: tuple[str, ...] | None = tags(headings=("Labels",))
    report: str | None = identity(required=False, groups_by=True, headings=("Verslag",))
    seen_by: str = "us"
    """No column: nothing is read into it."""


def visit_minutes(period: Period) -> Any:
    return period.during("visits").sum("minutes")


class Visits:
    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[InteractionKind]:
        return [InteractionKind(name="visits", record=Visit)]

    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        minutes = Measure(
            name="visit_minutes", of=visit_minutes, unit="minutes", describes="minutes of visits"
        )
        return [
            SuccessFactor(
                name="is_hospitable",
                measure=minutes,
                criterion=AtLeast(45),
                title="has time for our visits",
            )
        ]


COMPASS = Compass([Visits()], installed=False)
KINDS = COMPASS.kinds
CSV = """Klantnummer;Datum;Duur;Terug op;Kosten;Verkocht;Doel;Cijfer;Opmerking;Labels;Verslag;Wie
0017;31-1-2025;30,5;1-3-2025;1.250,00;ja;Proeverij;8;Fijn;warm, lang;R1;Jan
0017;31-1-2025;30;;;ja;;;;;R1;Jan
0023;1-2-2025;20;;-3,5;nee;ADVICE;;;;R2;Piet
;2-2-2025;99;;;;tasting;;;;;
"""
RECORDS = [
    Visit(
        customer="0017",
        on=date(2025, 1, 31),
        minutes=30.5,
        again=date(2025, 3, 1),
        costs=1250.0,
        sold=True,
        aim=Aim.TASTING,
        grade=8,
        remarks="Fijn",
        labels=("warm", "lang"),
        report="R1",
    ),
    Visit(customer="0017", on=date(2025, 1, 31), minutes=30, sold=True, report="R1"),
    Visit(
        customer="0023",
        on=date(2025, 2, 1),
        minutes=20,
        costs=-3.5,
        sold=False,
        aim=Aim.ADVICE,
        report="R2",
    ),
]
DATA: dict[str, list[Any]] = {
    "Klantnummer": ["0017", "0017", "0023", None],
    "Datum": [date(2025, 1, 31), date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 2)],
    "Duur": [30.5, 30.0, 20.0, 99.0],
    "Terug op": [date(2025, 3, 1), None, None, None],
    "Kosten": [1250.0, None, -3.5, None],
    "Verkocht": [True, True, False, None],
    "Doel": ["Proeverij", None, "ADVICE", "tasting"],
    "Cijfer": [8, None, None, None],
    "Opmerking": ["Fijn", None, None, None],
    "Labels": ["warm, lang", None, None, None],
    "Verslag": ["R1", "R1", "R2", None],
    "Wie": ["Jan", "Jan", "Piet", None],
}


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
    for at, (heading, values) in enumerate(DATA.items()):
        sheet.write(0, at, heading)
        for row, value in enumerate(values, 1):
            if isinstance(value, date):
                sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(row, at, value)
    book.close()
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    polars.DataFrame(DATA).write_parquet(buffer)
    return buffer.getvalue()


def check(portfolio: Portfolio) -> None:
    """Check what is told alike whichever way the visits came in."""
    assert portfolio.ids.tolist() == ["0017", "0023"]
    measures = COMPASS.measure(portfolio, date(2025, 3, 31))
    assert measures["visit_minutes"].tolist() == [60.5, 20.0]
    period = Period(portfolio, np.datetime64("2025-03-31"))
    assert period.ever("visits").count().tolist() == [1, 1]
    rows = period.ever("visits", lines=True)
    rows = rows.where(rows["customer"] < 2)
    assert rows["costs"].tolist()[::2] == [1250.0, -3.5]
    assert rows["again"].tolist() == [date(2025, 3, 1), None, None]
    assert rows["sold"].tolist() == [1, 1, 0]
    assert rows["aim"].tolist() == [Aim.TASTING, None, Aim.ADVICE]
    assert rows["grade"].tolist()[0] == 8
    assert rows["remarks"].tolist() == ["Fijn", None, None]
    assert rows["labels"].tolist() == [("warm", "lang"), None, None]


def test_a_csv_under_dutch_headings_needs_no_mapping(save: Callable[..., Path]) -> None:
    check(Portfolio.from_files(visits=save("visits.csv", CSV), kinds=KINDS, locale="nl"))


def test_a_workbook(save: Callable[..., Path]) -> None:
    check(Portfolio.from_files(visits=save("visits.xlsx", workbook()), kinds=KINDS))


def test_parquet(save: Callable[..., Path]) -> None:
    check(Portfolio.from_files(visits=save("visits.parquet", parquet()), kinds=KINDS))


def test_records() -> None:
    check(Portfolio.from_records(RECORDS, kinds=KINDS))


@pytest.mark.parametrize(
    "frame",
    [polars.DataFrame, pandas.DataFrame, pyarrow.table, lambda data: data],
    ids=["polars", "pandas", "pyarrow", "mapping"],
)
def test_frames(frame: Callable[[Any], Any]) -> None:
    check(Portfolio.from_tables(visits=frame(DATA), kinds=KINDS))


def test_visits_stand_beside_orders_and_count_for_the_class() -> None:
    orders = [Order(customer="0017", on=date(2025, 3, day), amount=10.0) for day in (1, 2, 3)]
    reading = COMPASS.read(Portfolio.from_records([*RECORDS, *orders], kinds=KINDS))
    assert "has time for our visits: 60.5 minutes, at least 45" in str(reading.classes.why("0017"))
    assert reading.to_frame("polars")["is_hospitable_met"].to_list()[0]


def test_a_visit_is_something_that_happened_and_later_ones_have_not_yet() -> None:
    portfolio = Portfolio.from_records(RECORDS, kinds=KINDS)
    assert COMPASS.measure(portfolio).as_of == date(2025, 3, 1)
    assert COMPASS.measure(portfolio, date(2025, 1, 31))["visit_minutes"].tolist() == [60.5, 0]
    earlier = portfolio.until(np.datetime64("2025-02-28")).tables["visits"]
    assert np.isnat(earlier.columns["again"]).all()


def test_without_the_table_its_measures_are_unknown() -> None:
    order = Order(customer="0017", on=date(2025, 3, 1), amount=10.0)
    portfolio = Portfolio.from_records([order], kinds=KINDS)
    assert np.isnan(COMPASS.measure(portfolio)["visit_minutes"]).all()


@pytest.mark.parametrize(
    ("heading", "values", "message"),
    [
        ("Duur", [1, -2], "visits, column 'Duur', row 2: -2.0 is below 0, the lowest allowed"),
        ("Duur", [1, None], "visits, column 'Duur', row 2: is empty; a number is needed in every"),
        ("Duur", [1, "x"], "visits, column 'Duur', row 2: 'x' is not a number"),
        ("Doel", [None, "golf"], "row 2: 'golf' is none of: Tasting, advice, proeverij"),
        ("Verkocht", [True, 3], "visits, column 'Verkocht', row 2: 3 is not yes or no"),
        ("Cijfer", [1, 11], "visits, column 'Cijfer', row 2: 11.0 is not a whole number from 0 to"),
        ("Datum", [date(2025, 1, 1), None], "visits, column 'Datum', row 2: is empty; a date"),
        ("Klantnummer", ["a", 1.5], "visits, column 'Klantnummer', row 2: 1.5 is not an id"),
    ],
)
def test_a_wrong_value_is_named_with_its_table_column_and_row(
    heading: str, values: list[Any], message: str
) -> None:
    table = {"Klantnummer": ["a", "b"], "Datum": [date(2025, 1, 1)] * 2, "Duur": [1, 2]}
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(visits={**table, heading: values}, kinds=KINDS)
    assert message in str(caught.value)
    assert (caught.value.table, caught.value.column, caught.value.row) == ("visits", heading, 2)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0017;31-1-2025;veel", "visits, column 'Duur', row 1: 'veel' is not a number"),
        (
            "0017;13-13-2025;3",
            "visits, column 'Datum', row 1: '13-13-2025' is not an existing date",
        ),
        ("0017;31-1-2025;-3", "visits, column 'Duur', row 1: -3.0 is below 0, the lowest allowed"),
    ],
)
def test_so_is_a_wrong_value_in_a_file(
    written: str, message: str, save: Callable[..., Path]
) -> None:
    path = save("visits.csv", f"Klantnummer;Datum;Duur\n{written}\n")
    with pytest.raises(DataError) as caught:
        Portfolio.from_files(visits=path, kinds=KINDS)
    assert str(caught.value).startswith(message)


def test_a_missing_column_is_named_with_the_headings_that_it_goes_by() -> None:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(visits={"Klantnr": ["a"], "on": [date(2025, 1, 1)]}, kinds=KINDS)
    assert str(caught.value) == (
        "visits, column 'customer': no column is found for customer, minutes. Name them, such as "
        'columns={"visits": {"customer": "Klantnr", "minutes": "HEADING"}}. '
        "There are: Klantnr, on."
    )


def test_the_callers_heading_goes_before_those_of_the_kind() -> None:
    columns = columns_of(Visit)
    headings = ["Klantnummer", "Klant", "Datum", "Duur"]
    found = resolve_headings("visits", columns, headings, {"customer": "Klant"})
    assert {field: each[0].name for field, each in found.items()} == {
        "customer": "Klant",
        "on": "Datum",
        "minutes": "Duur",
    }


@pytest.mark.parametrize("both", [("Klantnummer", "Klant"), ("customer", "Klant")])
def test_two_columns_that_may_both_be_it_are_not_guessed_between(both: tuple[str, str]) -> None:
    with pytest.raises(DataError) as caught:
        resolve_headings("visits", columns_of(Visit), [*both, "on", "minutes"])
    assert str(caught.value) == (
        f"visits, column 'customer': may be {both[0]!r} and {both[1]!r}: both are in the data. "
        f'Say which: columns={{"visits": {{"customer": "{both[0]}"}}}}'
    )


def test_a_field_may_name_its_own_name_as_a_heading() -> None:
    @frozen(kw_only=True)
    class Call:
        customer: str = identity(headings=("customer", "Klant"))
        on: date = moment(required=True)

    found = resolve_headings("calls", columns_of(Call), ["customer", "on"])
    assert found["customer"][0].name == "customer"


def test_the_built_in_kinds_go_by_their_own_names_only() -> None:
    kinds = Compass(installed=False).kinds
    assert not any(column.headings for kind in kinds for column in kind.columns)


def test_headings_are_several_words() -> None:
    with pytest.raises(ArgumentError, match=r'headings is a tuple of words, such as \("Datum",\)'):
        moment(headings="Datum")


def test_a_table_without_a_plugin_for_it_is_refused_by_name() -> None:
    with pytest.raises(ArgumentError, match="no table is called 'visits'"):
        Portfolio.from_tables(visits=DATA)


def test_a_table_without_the_kinds_of_its_plugin_is_told_of_them() -> None:
    """The likeliest mistake of who uses a plugin with a kind: `kinds=` is left out."""
    remedy = r"kinds=compass\.kinds, of a Compass with that plugin"
    with pytest.raises(ArgumentError, match=remedy):
        Portfolio.from_files(visits="bezoeken.csv")
    with pytest.raises(ArgumentError, match=remedy):
        Portfolio.from_tables(columns={"visits": {"customer": "Klant"}})
    with pytest.raises(DataError, match=remedy):
        Portfolio.from_records(RECORDS)
    with pytest.raises(DataError) as caught:
        Portfolio.from_records([17])
    assert "compass" not in str(caught.value)
    with pytest.raises(ArgumentError) as refused:
        Portfolio.from_tables(vists=DATA, kinds=COMPASS.kinds)
    assert str(refused.value).startswith("no table is called 'vists'. Did you mean 'visits'?")
    assert "compass" not in str(refused.value)


def test_a_record_without_a_plugin_for_it_is_refused_by_its_class() -> None:
    with pytest.raises(DataError, match=r"records of type Visit were given\. Give some of: Order"):
        Portfolio.from_records(RECORDS)


class OtherVisits:
    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[InteractionKind]:
        return [InteractionKind(name="visits", record=Visit)]


class OtherOrders:
    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[InteractionKind]:
        return [InteractionKind(name="orders", record=Visit)]


@pytest.mark.parametrize(
    ("plugins", "names"),
    [
        ([Visits(), OtherVisits()], ("visits", "Visits", "OtherVisits")),
        ([OtherOrders()], ("orders", "klantkompas", "OtherOrders")),
    ],
)
def test_one_name_for_two_kinds_names_both_plugins(
    plugins: list[Any], names: tuple[str, ...]
) -> None:
    with pytest.raises(PluginError) as caught:
        _ = Compass(plugins, installed=False).kinds
    assert all(name in str(caught.value) for name in (*names, "rename"))


def test_own_kinds_follow_the_built_in_ones_by_name() -> None:
    class Calls:
        @hookimpl
        def klantkompas_interaction_kinds(self) -> list[InteractionKind]:
            return [InteractionKind(name="calls", record=Visit)]

    names = [kind.name for kind in Compass([Visits(), Calls()], installed=False).kinds]
    assert names[-2:] == ["calls", "visits"]
    assert names[0] == "orders"


@pytest.mark.parametrize(
    "name", ["customers", "columns", "locale", "kinds", "score_scale", "class", "Visits", "a b", 3]
)
def test_a_name_that_cannot_be_a_keyword_of_its_own_is_refused(name: Any) -> None:
    with pytest.raises(ArgumentError, match="needs another name"):
        InteractionKind(name=name, record=Visit)


@frozen
class NoCustomer:
    on: date = moment(required=True)


@frozen
class CustomerInWords:
    on: date = moment(required=True)
    customer: str | None = text()


@frozen
class NoMoment:
    customer: str = identity()
    follow_up: date | None = moment(Role.STEP)


@frozen
class MomentThatMayBeAbsent:
    customer: str = identity()
    on: date | None = moment()


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (dict, "needs an attrs class for its record"),
        (RECORDS[0], "needs an attrs class for its record"),
        (NoCustomer, r"needs a field: customer = identity\(\)"),
        (CustomerInWords, r"needs a field: customer = identity\(\)"),
        (NoMoment, r"needs a field: on = moment\(required=True\)"),
        (MomentThatMayBeAbsent, r"needs a field: on = moment\(required=True\)"),
    ],
)
def test_a_record_that_cannot_be_placed_is_refused(record: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=f"the kind 'visits' {message}"):
        InteractionKind(name="visits", record=record)


@frozen(kw_only=True)
class Delivery:
    """A kind without a value by which rows of one moment are sorted."""

    customer: str = identity()
    on: date = moment(required=True)
    minutes: float | None = number()
    signed: bool | None = flag()


def test_of_a_kind_without_a_value_the_fields_decide_which_row_is_the_last() -> None:
    """In the order in which the record declares them, whatever the order of the rows."""
    kinds = [InteractionKind(name="deliveries", record=Delivery)]
    on = date(2025, 3, 1)
    rows = [
        Delivery(customer="17", on=on, minutes=20.0, signed=True),
        Delivery(customer="17", on=on, minutes=30.0, signed=False),
        Delivery(customer="17", on=on, minutes=30.0, signed=True),
    ]
    for given in (rows, rows[::-1]):
        portfolio = Portfolio.from_records(given, kinds=kinds)
        deliveries = Period(portfolio, np.datetime64("2025-03-31")).during("deliveries")
        assert deliveries.last("minutes").tolist() == [30.0]
        assert deliveries.last("signed").tolist() == [1.0]
        assert deliveries.first("minutes").tolist() == [20.0]
        assert deliveries.first("signed").tolist() == [1.0]
