"""What notebooks show: text, small pictures and tables, all of it escaped and of a few lines."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import (
    ArgumentError,
    Compass,
    Complaint,
    Contact,
    Customer,
    Departure,
    History,
    Nomination,
    Order,
    Period,
    Portfolio,
    Response,
    almost_list,
    compare_reviews,
    guard_list,
    overdue_list,
    peak_and_end,
    plan_letting_go,
    watch_list,
)
from klantkompas._arrays import as_objects
from klantkompas.drawing import Pictured
from klantkompas.results import Result
from klantkompas.wording.explanation import Text
from klantkompas.wording.markup import html_lines, html_table

PAYLOAD = "<script>alert('&\"x')</script>"
COMPASS = Compass(installed=False)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All that a notebook can show, of customers whose ids, names and words are HTML."""
    ids = [f"{PAYLOAD}{number}" for number in range(12)]
    customers = [
        Customer(id=id, name=PAYLOAD, group=PAYLOAD, extraversion=0.5, rationality=-0.5)
        for id in ids
    ]
    records: list[Any] = []
    for number, id in enumerate(ids):
        for month in range(1, 7):
            on = date(2026, month, 1 + number)
            records += [
                Order(customer=id, on=on, amount=10.0 * number + month, margin=3.0, clear=True),
                Response(customer=id, on=on, score=number % 11, reason=PAYLOAD),
                Contact(customer=id, on=on, text=PAYLOAD, rating=number % 11, tags=(PAYLOAD,)),
            ]
        records.append(Complaint(customer=id, on=date(2026, 5, 2)))
    records.append(
        Departure(
            customer=ids[0], on=date(2026, 6, 5), stated_reason=PAYLOAD, believed_reason="price"
        )
    )
    lists = [Nomination(customer=id, by=PAYLOAD, reason=PAYLOAD) for id in ids[:3]]
    portfolio = Portfolio.from_records(records, customers, nominations=lists)
    before = COMPASS.read(portfolio, as_of="2026-03-31")
    reading = COMPASS.read(portfolio, as_of="2026-06-30", shortlist=ids[:2])
    review = compare_reviews(before, reading)
    history = History(tmp_path_factory.mktemp("history") / "klantkompas")
    history.record(reading)
    last = ids[-1]
    return {
        **reading.results,
        "reading": reading,
        "review": review,
        "plan": plan_letting_go(review),
        "watch": watch_list(reading, before),
        "almost": almost_list(reading),
        "guard": guard_list(reading),
        "overdue": overdue_list(reading),
        "provenance": reading.provenance,
        "why": reading.classes.why(last),
        "what if": reading.classes.what_if(last),
        "profile": reading.profile(last),
        "colour": reading.colours.why(last),
        "remembered": peak_and_end([7, 2, 8]),
        "score": reading.nps.score,
        "portfolio": portfolio,
        "measures": reading.measures,
        "period": Period(portfolio, np.datetime64("2026-06-30")),
        "history": history,
        "nobody": COMPASS.read(Portfolio.from_records([]), as_of="2026-06-30"),
    }


def test_all_that_a_notebook_shows_is_escaped_html(shown: dict[str, Any]) -> None:
    for name, each in shown.items():
        written = each._repr_html_()
        root = ET.fromstring(written)
        tags = {tag.tag for tag in root.iter()}
        assert "script" not in tags, name
        assert "<script" not in written
        assert tags <= {
            *("div", "p", "table", "thead", "tbody", "tr", "th", "td"),
            *("svg", "title", "desc", "path", "rect", "text"),
        }


def test_results_have_a_table_and_those_with_a_picture_show_it(shown: dict[str, Any]) -> None:
    for name, each in shown.items():
        root = ET.fromstring(each._repr_html_())
        if isinstance(each, Result):
            assert root.find(".//table") is not None, name
        if isinstance(each, Pictured):
            assert root.find(".//svg") is not None, name
    assert len(ET.fromstring(shown["reading"]._repr_html_()).findall(".//svg")) == 3


def test_they_print_in_a_few_lines(shown: dict[str, Any]) -> None:
    for name, each in shown.items():
        lines = repr(each).splitlines()
        assert 1 <= len(lines) <= 45, name


@pytest.mark.parametrize("rows", [0, 1, 10, 11, 4000])
def test_a_long_table_says_how_much_it_leaves_out(rows: int) -> None:
    written = html_table({"id": as_objects(map(str, range(rows))), "n": np.arange(rows) * 1.5})
    root = ET.fromstring(f"<div>{written}</div>")
    assert len(root.findall("table/tbody/tr")) == min(rows, 10)
    assert (f"10 of {rows:,} rows" in written) == (rows > 10)


def test_a_table_in_dutch_has_dutch_numbers_and_says_in_dutch_what_it_leaves_out() -> None:
    columns = {"n": np.arange(12) * 1000.5, "sure": np.array([True, False] * 6)}
    written = html_table(columns, language="nl")
    assert "10 van 12 rijen en 2 van 2 kolommen; to_frame() heeft alles" in written
    for told in (">1.000,5<", ">ja<", ">nee<", ">sure<"):
        assert told in written
    assert "... en nog 2 regels" in html_lines(["a"] * 32, "nl")


@given(st.lists(st.text(), max_size=50))
def test_lines_are_xml_whatever_they_hold(lines: list[str]) -> None:
    root = ET.fromstring(f"<div>{html_lines(lines)}</div>")
    assert len(root) == min(len(lines), 31)


def test_a_result_is_shown_in_the_language_that_is_asked_for() -> None:
    orders = [Order(customer=id, on=date(2026, 6, 1), amount=1234.0) for id in "ab"]
    reading = Compass(installed=False, currency="EUR").read(Portfolio.from_records(orders))
    for result in (reading, reading.classes, reading.pareto, reading.profile("a")):
        assert isinstance(result, Text)
        dutch, english = result.in_language("nl"), result.in_language("en")
        assert str(english) == result.text(reading.writer("en") if result is reading else "en")
        assert str(dutch) == repr(dutch) != str(english)
        assert dutch._repr_html_() != english._repr_html_() != ""
    shown = reading.in_language("nl")
    assert "Klassen" in shown._repr_html_()
    assert "Pareto" in reading.pareto.in_language("nl")._repr_html_()
    with pytest.raises(ArgumentError):
        reading.in_language("xx")
