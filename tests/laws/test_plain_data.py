"""Results as plain data and JSON: valid by their schema, the same as the frame, and read back."""

from __future__ import annotations

import json
import math
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from klantkompas import (
    Compass,
    Order,
    Portfolio,
    Profile,
    Reading,
    Response,
    almost_list,
    compare_reviews,
    guard_list,
    inspect_export,
    lens,
    overdue_list,
    plan_letting_go,
    read_mapping,
    schema_of,
    stability_of,
    watch_list,
)
from klantkompas.errors import ArgumentError
from klantkompas.results import CustomerResult, Result, per_customer
from klantkompas.reviews.work_lists import work_lists
from klantkompas.wording.explanation import Text
from klantkompas.wording.plain import VERSION, types_of

COMPASS = Compass(installed=False)
SHOP = Path(__file__).parents[2] / "examples" / "shop"
FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
}


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    files = {table: SHOP / name for table, name in FILES.items()}
    return Portfolio.from_files(columns=dict(read_mapping(SHOP / "columns.toml")), **files)


@cache
def validator(kind: type) -> Draft202012Validator:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    for each in (schema, *schema["$defs"].values()):
        each["additionalProperties"] = False
    return Draft202012Validator(schema, format_checker=FormatChecker())


def told(result: Any, language: Any = "en") -> Any:
    """Return the JSON of a result, read back, after checking that its schema knows all of it."""
    text = result.to_json(language)
    text.encode("utf-8")
    back = json.loads(text, parse_constant=pytest.fail)
    assert back == result.to_dict(language)
    assert (back["version"], back["type"]) == (VERSION, type(result).__name__)
    validator(type(result)).validate(back)
    return back


def results_of(reading: Reading, before: Reading | None) -> list[Any]:
    lists = [each(reading) for each in (almost_list, guard_list, watch_list, overdue_list)]
    ones = [
        made
        for one in reading.measures.ids[:3]
        for made in (reading.profile(one), *explanations_of(reading, one))
    ]
    if before is None:
        return [reading, *lists, *ones, work_lists(reading)]
    review = compare_reviews(before, reading)
    stability = stability_of(review.transitions, reading.classes.order)
    later = [guard_list(reading, before), watch_list(reading, before)]
    return [
        reading,
        *lists,
        *ones,
        review,
        plan_letting_go(review),
        stability,
        *later,
        work_lists(reading),
    ]


def explanations_of(reading: Reading, one: str) -> list[Any]:
    classes = reading.classes
    return [classes.why(one), classes.what_if(one), classes.range(one), classes.trace(one)]


def subclasses(kind: type) -> list[type]:
    return [each for one in kind.__subclasses__() for each in (one, *subclasses(one))]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_all_of_the_shop(shop: Portfolio, language: str) -> None:
    before, reading = (COMPASS.read(shop, date(2025, month, 28)) for month in (2, 8))
    for result in results_of(reading, before):
        told(result, language)
    whole = reading.to_dict(language)["results"]
    for name, result in reading.results.items():
        # The shop's invoices have the sign of their currency, which the reading knows.
        assert {"version": VERSION, **whole[name]} == told(result, reading.writer(language))


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_any_portfolio(businesses: Any, data: Any) -> None:
    business = data.draw(businesses)
    portfolio = Portfolio.from_tables(**business.mappings())
    reading = COMPASS.read(portfolio, business.as_of)
    earlier = date(reading.as_of.year - 1, 1, 1)
    for result in results_of(reading, COMPASS.read(portfolio, earlier)):
        told(result)


def test_records_are_the_data_frame(shop: Portfolio) -> None:
    reading = COMPASS.read(shop, date(2025, 8, 28))
    for result in (reading, *reading.results.values()):
        if isinstance(result, Result):
            assert result.to_dict()["records"] == result.to_frame("polars").to_dicts()


def test_every_result_has_a_schema_that_describes_it() -> None:
    kinds = [
        each
        for each in subclasses(Text)
        if attrs.has(each)
        and each.__module__.startswith("klantkompas.")
        and not each.__name__.startswith("_")
    ]
    assert len(kinds) > 50
    for kind in kinds:
        schema = validator(kind).schema
        assert schema["description"]
        assert schema["properties"].keys() - {"version"} == set(schema["required"]) - {"version"}
        for name in {each.name for each in attrs.fields(kind)} & types_of(kind).keys():
            assert schema["properties"][name].get("description"), (kind, name)


def test_what_is_unknown_is_null_beside_its_reason(shop: Portfolio) -> None:
    reading = COMPASS.read(shop, date(2025, 8, 28))
    silent = 0
    for one in reading.measures.ids[::10]:
        card = told(reading.profile(one))
        for name, value in {**card["measures"], "rank": card["rank"]}.items():
            assert (value is None) == (name in card["unknown"] and bool(card["unknown"][name]))
            silent += value is None
        for factor in card["why"]["factors"]:
            assert (factor["state"] in ("met", "not met")) <= (factor["value"] is not None)
    assert silent
    whole = told(reading)
    for name, because in whole["unknown"].items():
        assert because
        assert {row[name] for row in whole["records"]} == {None}
    unanswered = whole["results"]["departures"]
    assert (unanswered["type"], bool(unanswered["because"])) == ("Unanswered", True)


def test_numbers_dates_and_enumerations_are_plain(shop: Portfolio) -> None:
    reading = COMPASS.read(shop, date(2025, 8, 28))
    data = told(reading)
    assert data["as_of"] == "2025-08-28"
    score = data["results"]["nps"]
    assert math.isclose(score["value"], reading.nps.value)
    assert score["per_customer"]["promoters"] == reading.nps.per_customer.promoters
    assert {row["kind"] for row in data["records"]} <= {"consumer", "business", "internal"}


@attrs.frozen(eq=False, repr=False, kw_only=True)
class Visits(CustomerResult):
    """How often customers came by.

    Args:
        visits: how often each came.
        on: since when that was counted.
        most: the most that any came; infinite where nobody counted.
        odd: what has no schema.
    """

    visits: Any = per_customer()
    on: date
    most: float
    odd: Any

    def row_columns(self) -> Any:
        return {"visits": self.visits}

    @property
    def parts(self) -> Any:
        return ()


@lens(question="How often do they come by?")
def visits(measures: Any) -> Visits:
    counts = np.arange(float(len(measures)))
    return Visits(
        ids=measures.ids,
        opted_out=measures.opted_out,
        visits=counts,
        on=measures.as_of,
        most=math.inf,
        odd=np.array([[1.0, math.nan]]),
    )


def test_a_lens_of_a_plugin_is_told_by_the_same_means() -> None:
    orders = [Order(customer=each, on=date(2026, 1, 5), amount=9.0) for each in "ab"]
    reading = Compass([visits], installed=False).read(Portfolio.from_records(orders))
    data = told(reading)["results"]["visits"]
    assert data == {
        "type": "Visits",
        "visits": [0.0, 1.0],
        "on": "2026-01-05",
        "most": None,
        "odd": [[1.0, None]],
        "sentences": [],
        "records": [{"id": "a", "visits": 0.0}, {"id": "b", "visits": 1.0}],
    }
    told(reading["visits"])


def test_an_id_that_no_encoding_can_hold_is_told_as_the_frame_tells_it() -> None:
    answer = Response(customer="a\ud800", on=date(2026, 1, 5), score=9)
    reading = COMPASS.read(Portfolio.from_records([answer]))
    assert told(reading)["records"][0]["id"] == "a\\ud800"


def test_there_is_no_such_language(shop: Portfolio) -> None:
    with pytest.raises(ArgumentError, match="language"):
        COMPASS.read(shop, date(2025, 8, 28)).to_dict("fr")


def test_an_inspected_export_is_told(tmp_path: Any) -> None:
    path = tmp_path / "omzet.csv"
    path.write_text("Klantnr;Datum;Bedrag\n17;31-1-2025;12,50\n")
    data = told(inspect_export(path))
    assert (data["table"], data["mapping"]["customer"]) == ("orders", ["Klantnr"])


def test_the_schema_names_its_dialect_and_version() -> None:
    schema = schema_of(Profile)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["properties"]["version"] == {"const": VERSION}
