"""An erased customer is nowhere: not in what is read back, and not in the bytes of the files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import ArgumentError, Compass, Customer, Order, Override, Portfolio
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.errors import HistoryError
from klantkompas.history import Erasure, History, held, parts
from klantkompas.history.parts import COLUMNS
from klantkompas.portfolio.latest import latest_of_unit
from klantkompas.reviews.letting_go import LettingGoPlan, Verdict
from klantkompas.reviews.recorded import RecordedReading, record_of

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]
ID, NAME = "QZXJ-77-Ëq", "Zwartkoop & Dochters"
DAY = date(2026, 7, 1)


def plan(*customers: str) -> LettingGoPlan:
    return LettingGoPlan(
        previous_as_of=date(2025, 12, 31),
        current_as_of=date(2026, 6, 30),
        won=("w", "v"),
        lost=(),
        already=(),
        revenue_won=100.0,
        revenue_lost=0.0,
        verdicts=tuple(
            Verdict(
                customer=customer,
                proposed=True,
                because="it contributes least",
                contribution=1.0,
                revenue=10.0,
                attention_minutes=0.0,
            )
            for customer in customers
        ),
    )


def reading(as_of: date, **settings: Any) -> RecordedReading:
    """Five customers, of whom the one to erase is the last, and the only one, on the shortlist."""
    orders = [
        Order(customer=customer, on=as_of, amount=900.0 if customer == ID else 10.0)
        for customer in (ID, "a", "b", "c", "d")
    ]
    people = [Customer(id=ID, name=NAME), Customer(id="a", name="De Buren")]
    read = Compass(installed=False).read(Portfolio.from_records(orders, people), **settings)
    return record_of(read)


def traces(path: Path, *texts: str) -> list[str]:
    """Where the texts occur in the files of a history, in any usual encoding."""
    found = []
    for file in sorted(path.parent.iterdir()):
        content = file.read_bytes()
        for text in texts:
            as_json = json.dumps(text)[1:-1].encode()
            written = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")]
            if any(each in content for each in (as_json, *written)):
                found.append(file.name)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history in which the customer stands in every place where one can."""
    because = f"{NAME} was our first"
    override = Override(ID, "A", by="Anna", on=DAY, because=because)
    with History(tmp_path / "h") as history:
        for month in (4, 5, 6):
            kept = reading(date(2026, month, 30), overrides=[override])
            assert kept.shortlist_cutoff is not None
            assert kept.shortlist_cutoff.id == ID
            history.record(kept, review=True)
        history.override(override)
        history.approve(plan(ID, "b"), [ID], by="Anna", on=DAY)
    return tmp_path / "h"


def test_no_byte_of_it_is_left_in_any_file(path: Path):
    assert traces(path, ID, NAME)
    with History(path) as other, History(path) as history:
        assert len(other.readings()) == 3
        history.erase(ID, on=DAY)
        assert {each.name for each in path.parent.iterdir()} == {"h", "h-wal", "h-shm"}
        assert traces(path, ID, NAME) == []
    assert traces(path, ID, NAME) == []


def test_no_byte_of_it_is_left_of_a_recording_that_is_still_in_the_log(tmp_path: Path):
    with History(tmp_path / "h") as history:
        history.record(reading(date(2026, 6, 30)))
        assert traces(tmp_path / "h", ID, NAME) != []
        history.erase(ID, on=DAY)
        assert traces(tmp_path / "h", ID, NAME) == []


def test_that_it_happened_is_on_record_and_not_to_whom(path: Path):
    with History(path) as history:
        assert history.erasures() == ()
        assert history.erase(ID, on=DAY) == Erasure(1, DAY, rewritten=True)
        assert history.erasures() == (Erasure(1, DAY, rewritten=True),)
        assert history.erasures()[0].complete
        names = [field.name for field in attrs.fields(Erasure)]
        assert names == ["sequence", "on", "rewritten", "mentions", "places"]


def test_the_ledger_counts_it_without_its_name(path: Path):
    with History(path) as history:
        before = history.let_go()
        history.erase(ID, on=DAY)
        assert history.let_go() == tuple(evolve(each, customer="") for each in before)
        history.approve(plan("b", "c"), ["b"], by="Anna", on=DAY)
        with pytest.raises(ArgumentError, match="2 let go since leave 0"):
            history.approve(plan("b", "c"), ["c"], by="Anna", on=DAY)


def test_overrides_of_others_stay(path: Path):
    other = Override("a", "B", by="Anna", on=DAY, because="a good neighbour")
    with History(path) as history:
        history.override(other)
        history.erase(ID, on=DAY)
        assert history.overrides() == (other,)
        assert all(history.reading(each).overrides == () for each in history.readings())


def test_who_was_erased_or_never_there_is_unknown(path: Path):
    with History(path) as history:
        history.erase(ID, on=DAY)
        for nobody in (ID, "nobody", ""):
            with pytest.raises(ArgumentError, match="nothing is held of"):
                history.erase(nobody, on=DAY)
            with pytest.raises(ArgumentError, match="nothing is held of"):
                history.export(nobody)
        assert len(history.erasures()) == 1


def without_place(column: Any, place: int) -> Any:
    shorter = np.delete(column, place)
    shorter.flags.writeable = False
    return shorter


@settings(max_examples=60)
@given(data=st.data())
def test_everything_else_is_read_back_as_it_was(data: st.DataObject, readings: Any, same: Same):
    whole = data.draw(readings.filter(lambda each: len(each.ids)))
    place = data.draw(st.integers(0, len(whole.ids) - 1))
    customer = whole.ids[place]
    with TemporaryDirectory() as folder, History(Path(folder, "h")) as history:
        history.record(whole)
        history.erase(customer, on=DAY)
        left = history.reading(whole.as_of)
        assert history.readings()[0].customers == len(whole.ids) - 1
    for name in COLUMNS:
        assert same(without_place(getattr(whole, name), place), getattr(left, name))
    assert same(without_place(whole.ids, place), left.ids)
    before, after = whole.measures, left.measures
    assert list(before.record) == list(after.record)
    for name, own in before.record.items():
        assert same(without_place(own, place), after.record[name])
    assert list(before.columns) == list(after.columns)
    for name, column in before.columns.items():
        assert same(column.map(lambda each: without_place(each, place)), after.columns[name])
    shorter = evolve(
        whole,
        measures=left.measures,
        **{name: getattr(left, name) for name in COLUMNS},
        overrides=tuple(each for each in whole.overrides if each.customer != customer),
        shortlist_cutoff=left.shortlist_cutoff,
    )
    assert same(shorter, left)
    unchanged = {"ids": whole.measures.ids, "record": {}, "columns": {}}
    assert same(evolve(whole.measures, **unchanged), evolve(left.measures, **unchanged))


def test_who_reached_the_cutoff_still_does_and_nobody_else(shop: Shop, tmp_path: Path):
    """The cut-off keeps its numbers; its name goes over to the last before it that ties with it."""
    whole = shop(date(2025, 8, 31))
    revenue = whole.measures["revenue"].copy()
    listed = np.flatnonzero(whole.shortlisted)
    tied = listed[:3]
    revenue[tied] = 77.0
    revenue.flags.writeable = False
    measures = whole.measures.with_values({"revenue": revenue})
    whole = evolve(
        whole, measures=measures, shortlist_cutoff=ShortlistCutoff(3, 77.0, whole.ids[tied[2]])
    )
    with History(tmp_path / "h") as history:
        history.record(whole)
        for expected in (whole.ids[tied[1]], whole.ids[tied[0]], ""):
            cutoff = history.reading(whole.as_of).shortlist_cutoff
            assert cutoff is not None
            history.erase(cutoff.id, on=DAY)
            after = history.reading(whole.as_of).shortlist_cutoff
            assert after == ShortlistCutoff(3, 77.0, expected)
    counts = np.full(3, 3)
    assert not ShortlistCutoff(3, 77.0, "").admits(counts, np.full(3, 77.0), whole.ids[tied]).any()


def test_an_erasure_that_another_program_prevents_is_finished_later(path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM readings").fetchall()
        with History(path, timeout=0.01) as history:
            with pytest.raises(HistoryError, match="is erased, but the bytes of the file hold"):
                history.erase(ID, on=DAY)
            assert history.erasures() == (Erasure(1, DAY, rewritten=False),)
        with History(path, timeout=0.01) as history:  # it can be used meanwhile
            assert ID not in history.reading(date(2026, 6, 30)).ids
    with History(path) as history:
        assert history.erasures() == (Erasure(1, DAY, rewritten=True),)
        assert traces(path, ID, NAME) == []


def test_the_export_holds_all_that_is_held_of_one_customer(path: Path):
    with History(path) as history:
        recorded = history.reading(date(2026, 6, 30))
        exported = json.loads(history.export(ID))
        others = history.export("b")
    place = recorded.measures.place(ID)
    assert exported["customer"] == ID
    assert [each["as_of"] for each in exported["readings"]] == [
        "2026-04-30",
        "2026-05-30",
        "2026-06-30",
    ]
    last = exported["readings"][-1]
    assert last["review"] is True
    assert last["record"]["name"] == NAME
    assert last["record"]["stage"] == "customer"
    assert last["record"]["since"] is None
    assert (last["labels"], last["computed"]) == ("A", recorded.computed[place])
    assert last["shortlisted"] is True
    assert last["last_on_the_list"] is True
    assert last["overrides"][0]["because"] == f"{NAME} was our first"
    for name, column in recorded.measures.columns.items():
        value, known = last["values"][name], column.values[place]
        if isinstance(value, list):
            assert len(value) == len(latest_of_unit(column.unit, known, date(2026, 6, 30)))
            continue
        assert np.isnan(known) if value is None else value == known
    columns = recorded.measures.columns
    assert last["values"].keys() == columns.keys()
    assert [*last["bases"]] == [n for n, each in columns.items() if each.basis is not None]
    assert exported["overrides"][0] == {
        "customer": ID,
        "label": "A",
        "by": "Anna",
        "on": "2026-07-01",
        "because": f"{NAME} was our first",
    }
    assert exported["let_go"][0]["revenue"] == 10.0
    assert ID not in others
    assert NAME not in others


@pytest.mark.parametrize("size", [64, 1 << 18])
@pytest.mark.parametrize("numbered", [True, False])
def test_no_value_of_it_is_left_and_every_value_of_others_is(
    size: int, numbered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every customer has an amount, a name and a group of their own."""
    for module in (parts, held):
        monkeypatch.setattr(module, "BLOCK", size)
    ids = [str(number) if numbered else f"customer-{number}" for number in range(100, 140)]
    amounts = {each: 1000.0 + np.pi * at for at, each in enumerate(ids)}
    orders = [Order(customer=each, on=DAY, amount=amounts[each]) for each in ids]
    people = [Customer(id=each, name=f"Name {each}ë", group=f"Group {each}") for each in ids]
    read = Compass(installed=False).read(Portfolio.from_records(orders, people))
    with History(tmp_path / "h") as history:
        history.record(read)
        history.record(read, review=True)
        history.record(evolve(record_of(read), library_version="another"))
        left = ids
        for gone in (ids[0], ids[-1], ids[17], ids[18]):
            history.erase(gone, on=DAY)
            left = [each for each in left if each != gone]
            found = b"".join(each.read_bytes() for each in tmp_path.iterdir())
            for each in ids:
                own = (np.float64(amounts[each]).tobytes(), f"Name {each}".encode())
                own = (*own, f"Group {each}".encode())
                own = own if numbered else (*own, f'"{each}"'.encode())
                there = {text in found for text in own}
                assert there == {each in left} or (each in left and size == 64)  # cut in two
            for summary in history.readings():
                kept = history.reading(summary)
                assert kept.ids.tolist() == left
                assert kept.measures["revenue"].tolist() == [amounts[each] for each in left]
                assert kept.measures.record["name"].tolist() == [f"Name {e}ë" for e in left]
        for each in left:
            history.erase(each, on=DAY)
        found = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert not any(np.float64(amount).tobytes() in found for amount in amounts.values())
        assert b"Name 1" not in found
        assert {len(history.reading(each).ids) for each in history.readings()} == {0}


def test_what_all_share_is_left_until_the_last_of_them_goes(tmp_path: Path):
    orders = [Order(customer=each, on=DAY, amount=1234.5678) for each in "ab"]
    people = [Customer(id=each, name="Zwartkoop") for each in "ab"]
    with History(tmp_path / "h") as history:
        history.record(Compass(installed=False).read(Portfolio.from_records(orders, people)))
        history.erase("a", on=DAY, redact=False)
        left = history.reading(DAY)
        assert left.measures.record["name"].tolist() == ["Zwartkoop"]
        assert left.measures["revenue"].tolist() == [1234.5678]
        history.erase("b", on=DAY)
        found = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert b"Zwartkoop" not in found
        columns = found.replace(np.float64(1234.5678).tobytes(), b"") == found
        assert columns
