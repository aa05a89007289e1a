"""Parquet measured in parts: the same as in memory to the last bit, resumable, nothing left."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantkompas._arrays import AnyArray
from klantkompas.cluster import measure_in_parts
from klantkompas.cluster.stored import read_measures, stored_measures
from klantkompas.compass import Compass
from klantkompas.domain.customers import CustomerKind
from klantkompas.domain.fields import identity, moment, money
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, DataError, KlantkompasError, PluginError
from klantkompas.hooks import Measure, Tally, hookimpl
from klantkompas.io.sources.limits import Limits
from klantkompas.portfolio import Measures, Portfolio, storage
from klantkompas.portfolio.measures import DECLARED

COMPASS = Compass(installed=False)
DAY = date(2026, 3, 1)
TYPES = {
    "id": pl.String,
    "customer": pl.String,
    "amount": pl.Float64,
    "refunded": pl.Float64,
    "open": pl.Float64,
    "margin": pl.Float64,
    "quantity": pl.Float64,
    "clear": pl.Boolean,
    "reference": pl.String,
    "by_customer": pl.Boolean,
    "minutes": pl.Float64,
    "rating": pl.Float64,
    "score": pl.Int64,
    "opted_out": pl.Boolean,
}
DATES = {"due", "issued", "paid", "resolved", "since"}


def same_arrays(column: AnyArray, wanted: AnyArray, name: str) -> None:
    assert column.dtype == wanted.dtype, name
    if column.dtype == np.object_:
        assert column.tolist() == wanted.tolist(), name
        assert [*map(type, column)] == [*map(type, wanted)], name
    else:
        assert column.tobytes() == wanted.tobytes(), name
    assert not column.flags.writeable


def same(one: Measures, other: Measures) -> None:
    """Everything of one is that of the other, to the last bit."""
    assert one.ids.tolist() == other.ids.tolist()
    assert [*one.columns] == [*other.columns]
    assert one.record.keys() == other.record.keys()
    for name, found in one.columns.items():
        wanted = other.columns[name]
        same_arrays(found.values, wanted.values, name)
        assert (found.basis is None) == (wanted.basis is None), name
        if found.basis is not None and wanted.basis is not None:
            same_arrays(found.basis, wanted.basis, name)
        for what in DECLARED:
            assert getattr(found, what) == getattr(wanted, what), (name, what)
    for name, column in one.record.items():
        same_arrays(column, other.record[name], name)
    for what in ("as_of", "months", "score_scale"):
        assert getattr(one, what) == getattr(other, what), what
    assert one.tallies == other.tallies
    assert one.notes == other.notes


def typed(columns: Mapping[str, list[Any]]) -> pl.DataFrame:
    """A frame of Python values, with types that do not depend on what happens to be there."""
    types = {}
    for name, values in columns.items():
        clock = any(isinstance(each, datetime) for each in values)
        days = pl.Datetime("us") if clock else pl.Date
        types[name] = days if name in DATES | {"on"} else TYPES.get(name, pl.String)
    return pl.DataFrame(columns, schema=types, strict=False)


def write(folder: Path, tables: Mapping[str, pl.DataFrame], files: int = 1) -> dict[str, Path]:
    """Write each table as a folder of so many files."""
    for name, frame in tables.items():
        (folder / name).mkdir(parents=True)
        at_a_time = max(1, -(-len(frame) // files))
        for number, start in enumerate(range(0, max(1, len(frame)), at_a_time)):
            frame.slice(start, at_a_time).write_parquet(folder / name / f"{number}.parquet")
    return {name: folder / name for name in tables}


def in_memory(
    tables: Mapping[str, Any], as_of: date | None = None, compass: Compass = COMPASS, **options: Any
) -> Measures:
    portfolio = Portfolio.from_tables(kinds=compass.kinds, **options, **tables)
    return compass.measure(portfolio, as_of)


def check(
    tables: Mapping[str, pl.DataFrame],
    as_of: date | None = None,
    compass: Compass = COMPASS,
    parts: int = 3,
    **options: Any,
) -> Measures:
    """Tables give in parts what they give in memory."""
    with tempfile.TemporaryDirectory() as folder:
        written: dict[str, Any] = dict(write(Path(folder), tables, files=2))
        measured = measure_in_parts(compass, as_of=as_of, parts=parts, **options, **written)
    same(measured, in_memory(tables, as_of, compass, **options))
    return measured


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data(), parts=st.integers(1, 5))
def test_parts_are_the_whole(awkward_businesses: Any, data: st.DataObject, parts: int) -> None:
    business = data.draw(awkward_businesses)
    tables = {name: typed(columns) for name, columns in business.mappings().items()}
    check(tables, business.as_of, parts=parts)


def orders(customers: list[Any], **columns: Any) -> pl.DataFrame:
    """Orders of these customers, one a day."""
    days = [date(2026, 1, 1 + at % 28) for at in range(len(customers))]
    amounts = [10.0 + at for at in range(len(customers))]
    return pl.DataFrame({"customer": customers, "on": days, "amount": amounts} | columns)


NUMBERS = [17, 4, 100, 23, 17, 9, 1000, 4]
IDS = {
    "whole": NUMBERS,
    "with gaps": [*NUMBERS[:-1], None],
    "as floats": [float(each) for each in NUMBERS],
    "floats with gaps": [17.0, None, float("nan"), 4.0, 17.0, 9.0, 1000.0, 4.0],
    "negative": [-each for each in NUMBERS],
    "text": ["17", "0017", "a", "é", "17", "", None, "z" * 40],
    "nearly numbers": ["17", "+17", "1_7", " 17", "\u0661\u0667", "4", str(2**63), str(2**70)],
    "words of few": pl.Series(["17", "b", "17", None, "4", "b", "4", "4"], dtype=pl.Categorical),
    "small": pl.Series(NUMBERS, dtype=pl.Int16),
    "unsigned": pl.Series([*NUMBERS[:-1], 2**64 - 1], dtype=pl.UInt64),
    "decimal": pl.Series(NUMBERS, dtype=pl.Decimal(10, 0)),
    "nobody's": pl.Series([None] * 8, dtype=pl.Null),
}


@pytest.mark.parametrize("other", IDS)
@pytest.mark.parametrize("one", IDS)
def test_ids_of_any_type_meet(one: str, other: str) -> None:
    """An id is its text, whichever table writes it as a number."""
    contacts = orders(IDS[other]).select("customer", "on")
    check({"orders": orders(IDS[one]), "contacts": contacts}, DAY)


def test_the_customers_own_table_and_those_outside_it() -> None:
    own = pl.DataFrame(
        {
            "id": [17, 4, 5, 6],
            "name": ["Bakkerij De Zon", None, "é", "x"],
            "kind": ["zakelijk", None, "intern", "particulier"],
            "stage": ["prospect", "suspect", None, "klant"],
            "since": [DAY, None, DAY, None],
            "opted_out": [True, None, False, False],
        }
    )
    measured = check({"customers": own, "orders": orders(NUMBERS)}, parts=5)
    assert [*measured.record["kind"]].count(CustomerKind.CONSUMER) == 5


def test_no_tables_and_no_rows() -> None:
    assert len(check({}, DAY)) == 0
    assert len(check({"orders": orders(NUMBERS).head(0)}, DAY)) == 0
    with pytest.raises(ArgumentError, match="nothing in this portfolio has happened"):
        check({"orders": orders(NUMBERS).head(0)})
    with pytest.raises(ArgumentError, match="as_of is a date"):
        check({"orders": orders(NUMBERS)}, "soon")


def test_the_last_date_is_found_and_noted_as_in_memory() -> None:
    late = pl.Series([date(2025, 11, 1)] * 7 + [date(2026, 8, 1)])
    steps = pl.DataFrame({"customer": [17, 4], "on": [DAY] * 2, "resolved": [None, DAY]})
    measured = check({"orders": orders(NUMBERS, on=late), "complaints": steps})
    assert measured.as_of == date(2026, 8, 1)
    assert measured.notes[-1].count == 153
    check({"orders": orders(NUMBERS), "complaints": steps})
    check({"orders": orders(NUMBERS, on=[DAY] * 8)})
    late = check({"orders": orders(NUMBERS)}, date(2035, 1, 1), parts=3)
    assert "after the last date" in str(late.notes[-1])


@pytest.mark.parametrize("as_of", [date(2026, 6, 10), date(2026, 6, 30)])
def test_what_is_open_is_known_from_the_last_day_of_the_whole_on(as_of: date) -> None:
    invoices = {
        "customer": ["1", "2"],
        "due": [date(2026, 5, 1)] * 2,
        "amount": [10.0, 10.0],
        "open": [4.0, 10.0],
        "issued": [date(2026, 3, 1), date(2026, 6, 20)],
        "paid": [None, None],
    }
    measured = check({"invoices": typed(invoices)}, as_of)
    assert measured["overdue_amount"].tolist() == ([10, 0] if as_of.day < 20 else [4, 10])


def test_notes_add_up_in_the_order_of_the_whole() -> None:
    floats = [float(each) for each in range(30)]
    rows = orders([*floats, None, None, 3.0, 3.0], on=[DAY] * 34, amount=[1.0] * 34)
    rows = rows.with_columns(reference=pl.Series([float("nan")] * 20 + [5.0] * 14))
    own = pl.DataFrame({"id": floats[:10], "stage": ["prospect"] * 10})
    contacts = pl.DataFrame({"customer": [None, "a", "a"], "on": [DAY] * 3})
    responses = pl.DataFrame({"on": [DAY] * 3, "score": [1, 1, 9]})
    tables = {"customers": own, "contacts": contacts, "orders": rows, "responses": responses}
    measured = check(tables, parts=7)
    assert [note.table for note in measured.notes].count("orders") == 4
    check(tables, parts=1)


def test_references_unite_rows_and_clocks_have_a_zone() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    clocks = [
        datetime(2025, 10, 26, hour % 4, 30, fold=hour // 4, tzinfo=zone) for hour in range(8)
    ]
    rows = orders(NUMBERS, on=clocks, reference=["r", "s", "r", None, "r", "s", "", "s"])
    departures = pl.DataFrame({"customer": [17, 9], "on": [date(2025, 10, 26)] * 2})
    check({"orders": rows, "departures": departures})
    plain = rows.with_columns(pl.col("on").dt.replace_time_zone(None))
    check({"orders": rows, "contacts": plain.select("customer", "on").head(3)})


def test_columns_are_mapped_and_the_scale_is_kept() -> None:
    rows = orders(NUMBERS).rename({"customer": "Klant", "amount": "Prijs"})
    rows = rows.with_columns(Aantal=pl.Series(range(8)), not_used=pl.lit("x"))
    responses = pl.DataFrame({"customer": [17, None], "on": [DAY] * 2, "score": [1, 10]})
    columns = {"orders": {"customer": "Klant", "amount": ("Aantal", "Prijs"), "quantity": "Aantal"}}
    options = {"columns": columns, "score_scale": (1, 10)}
    check({"orders": rows, "responses": responses}, **options)
    for wrong, message in [
        ({"columns": {"orders": {"custmer": "x"}}}, "has no field"),
        ({"columns": {"order": {}}}, "no table is called"),
        ({"score_scale": (0, 5)}, "score_scale"),
        ({"parts": 0}, "parts is a whole number"),
        ({"only": ["revenu"]}, "Did you mean 'revenue'"),
    ]:
        with pytest.raises(ArgumentError, match=message):
            check({"orders": rows}, **{**options, **wrong})
    with pytest.raises(ArgumentError, match="no table is called 'order'"):
        measure_in_parts(COMPASS, order="orders.parquet")


def test_blanks_around_text_go_as_they_do_from_files() -> None:
    customers = pl.DataFrame(
        {"id": ["a", "b"], "name": [" Anna", "\t"], "group": ["north ", "north"]}
    )
    tables = {"customers": customers, "orders": orders(["a", "b"])}
    measured = check(tables, date(2026, 6, 30))
    assert measured.record["name"].tolist() == ["Anna", None]
    assert measured.record["group"].tolist() == ["north", "north"]
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, Any] = dict(write(Path(folder), tables))
        portfolio = Portfolio.from_files(**{n: each / "0.parquet" for n, each in files.items()})
        same(COMPASS.measure(portfolio, date(2026, 6, 30)), measured)


def test_the_limit_that_is_advised_is_taken() -> None:
    rows = orders(["x" * 1200])
    with pytest.raises(DataError, match=r"limits=Limits\(id_length=1200\)"):
        check({"orders": rows})
    check({"orders": rows}, limits=Limits(id_length=1200))


@frozen(kw_only=True)
class Visit:
    """A visit to the shop."""

    customer: str = identity()
    on: date = moment(required=True)
    spent: float | None = money()


class _Visits:
    """A plugin with a kind of interaction, a measure and a tally."""

    def __init__(self, least: float = 0.0) -> None:
        self.least = least

    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[InteractionKind]:
        return [InteractionKind(name="visits", record=Visit)]

    @hookimpl
    def klantkompas_measures(self) -> list[Measure | Tally]:
        least = self.least

        def spent(period: Any) -> Any:
            visits = period.during("visits")
            return np.fmax(visits.sum("spent"), least), visits.count()

        def by_day(period: Any) -> dict[tuple[str, ...], int]:
            days, counts = np.unique(period.during("visits").days, return_counts=True)
            return {(str(day),): int(count) for day, count in zip(days, counts, strict=True)}

        return [
            Measure(name="spent", of=spent, unit="money", describes="spent", basis_unit="visits"),
            Tally(name="visits_by_day", of=by_day, keys=("day",), describes="visits by day"),
        ]


def test_kinds_and_measures_of_plugins() -> None:
    compass = Compass([_Visits(5.0)], installed=False, months=2)
    visits = orders(["17", "x", None, "4", "4", "17"]).rename({"amount": "spent"})
    measured = check({"orders": orders(NUMBERS), "visits": visits}, compass=compass)
    assert sum(measured.tallies["visits_by_day"].values()) == 6
    assert compass.read(measured).measures.tallies is measured.tallies


def test_lenses_read_what_was_measured_in_parts() -> None:
    customers = [*range(20)] * 3
    tables = {
        "orders": orders(customers, clear=[at % 3 > 0 for at in range(60)]),
        "responses": pl.DataFrame(
            {"customer": customers, "on": [DAY] * 60, "score": [9, 3, 7] * 20}
        ),
    }
    reading = COMPASS.read(check(tables, DAY))
    other = COMPASS.read(Portfolio.from_tables(**tables), DAY)
    assert reading.to_frame("polars").equals(other.to_frame("polars"))
    assert str(reading) == str(other)


def test_only_some_measures() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, Any] = write(Path(folder), {"orders": orders(NUMBERS)})
        measured = measure_in_parts(COMPASS, only=("revenue", "answers_by_month"), **files)
    assert list(measured.columns) == ["revenue"]
    assert list(measured.tallies) == ["answers_by_month"]


def test_a_customer_in_two_parts_is_refused(tmp_path: Path) -> None:
    for ids in (NUMBERS, ["a", "b"] * 4):
        stored = b"".join(stored_measures(in_memory({"orders": orders(ids)})))
        (tmp_path / "part").write_bytes(stored)
        for part in (read_measures(tmp_path / "part"), read_measures(stored)):
            same(Measures.join([part]), in_memory({"orders": orders(ids)}))
            with pytest.raises(ArgumentError, match="in two of the parts"):
                Measures.join([part, part])


def test_joining_reads_a_column_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whose = (NUMBERS, [f"other {number}" for number in range(8)])
    measured = [in_memory({"orders": orders(ids)}) for ids in whose]
    parts = [read_measures(b"".join(stored_measures(each))) for each in measured]
    read: list[str] = []
    decode = storage.decode_column

    def counted(key: str, *rest: Any) -> Any:
        read.append(key)
        return decode(key, *rest)

    monkeypatch.setattr(storage, "decode_column", counted)
    joined = Measures.join(parts)
    assert len(joined) == sum(map(len, measured))
    assert set(Counter(read).values()) == {2}, "once in each of the two parts"


# Errors


def test_an_error_names_the_row_of_the_file(tmp_path: Path) -> None:
    amounts = [1.0] * 30
    amounts[23] = float("inf")
    files: dict[str, Any] = write(
        tmp_path, {"orders": orders([*range(30)], amount=amounts)}, files=3
    )
    with pytest.raises(DataError, match=r"2\.parquet.* inf is not a finite number") as caught:
        measure_in_parts(COMPASS, parts=4, **files)
    error = caught.value
    assert (error.table, error.column, error.row, error.value) == ("orders", "amount", 4, np.inf)
    assert str(error).startswith(
        "orders, 2.parquet, column 'amount', row 4: inf is not a finite number"
    )


def test_what_is_wrong_with_ids_is_told(tmp_path: Path) -> None:
    wrong = {
        "half": (orders([1.0, 2.5]), "is not a whole number"),
        "days": (orders([DAY, DAY]), "an id is text or a whole number"),
    }
    for name, (frame, message) in wrong.items():
        files: dict[str, Any] = write(tmp_path / name, {"orders": frame})
        with pytest.raises(DataError, match=message) as caught:
            measure_in_parts(COMPASS, **files)
        assert (caught.value.table, caught.value.column) == ("orders", "customer")
    twice = pl.DataFrame({"id": ["a", "b", "a"], "name": ["A", "B", "C"]})
    with pytest.raises(DataError, match="stands in row 1 too") as caught:
        measure_in_parts(COMPASS, as_of=DAY, **write(tmp_path, {"customers": twice}))  # type: ignore[arg-type]
    assert caught.value.row == 3


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(KlantkompasError, match="does not exist"):
        measure_in_parts(COMPASS, orders=tmp_path / "orders.parquet")
    with pytest.raises(KlantkompasError, match=r"holds no \.parquet files"):
        measure_in_parts(COMPASS, orders=tmp_path)
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(KlantkompasError, match=r"b\.parquet cannot be read as Parquet"):
        measure_in_parts(COMPASS, orders=tmp_path)
    orders(NUMBERS).write_parquet(tmp_path / "a.parquet")
    orders(NUMBERS, amount=["x"] * 8).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(DataError, match=r"is String in b\.parquet and Float64 in a\.parquet"):
        measure_in_parts(COMPASS, orders=tmp_path)


def test_a_damaged_file_is_an_error_of_our_own(tmp_path: Path) -> None:
    file = tmp_path / "orders.parquet"
    orders([*range(5000)]).write_parquet(file)
    content = bytearray(file.read_bytes())
    content[200:4000] = bytes(3800)
    file.write_bytes(content)
    with pytest.raises(KlantkompasError, match=r"orders: .* cannot be read as Parquet"):
        measure_in_parts(COMPASS, as_of=DAY, orders=file)


# Working folders


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Any]:
    """Orders and contacts as files."""
    tables = {"orders": orders([*range(40)]), "contacts": orders([*range(20)]).drop("amount")}
    return dict(write(tmp_path / "files", tables, files=2))


class StopError(Exception):
    """Stands for whatever may end the work."""


def stop_at(when: int, seen: list[tuple[int, int]]) -> Callable[[int, int], None]:
    """Make a progress that stops the work when so many parts are done."""

    def progress(done: int, parts: int) -> None:
        seen.append((done, parts))
        if done == when:
            raise StopError

    return progress


@pytest.mark.parametrize(("rows", "parts"), [(1, 8), (2, 4), (3, 3), (4, 2), (100, 2)])
def test_without_a_number_of_parts_the_rows_decide(
    rows: int, parts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klantkompas.cluster.parts.ROWS_IN_A_PART", rows)
    days = [DAY] * 4
    frames = {
        "orders": pl.DataFrame({"customer": [*"abcd"], "on": days, "amount": [1.0, 2.0, 3.0, 4.0]}),
        "complaints": pl.DataFrame({"customer": [*"aabb"], "on": days}),
    }
    files = {name: tmp_path / f"{name}.parquet" for name in frames}
    for name, file in files.items():
        frames[name].write_parquet(file)
    seen = list[tuple[int, ...]]()
    found = measure_in_parts(COMPASS, progress=lambda *told: seen.append(told), **files)
    assert seen[-1] == (parts, parts)
    same(found, COMPASS.measure(Portfolio.from_tables(**frames)))


def test_nothing_is_left_behind(temporary: Path, files: dict[str, Any]) -> None:
    seen: list[tuple[int, int]] = []
    measure_in_parts(COMPASS, parts=3, progress=lambda *told: seen.append(told), **files)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [*temporary.iterdir()] == []
    for when in (0, 1, 3):
        with pytest.raises(StopError):
            measure_in_parts(COMPASS, parts=3, progress=stop_at(when, []), **files)
        assert [*temporary.iterdir()] == []


def test_finished_parts_are_not_measured_again(
    tmp_path: Path, temporary: Path, files: dict[str, Any]
) -> None:
    folder, seen = tmp_path / "work" / "here", list[tuple[int, int]]()
    with pytest.raises(StopError):
        measure_in_parts(COMPASS, parts=4, folder=folder, progress=stop_at(2, []), **files)
    measured = measure_in_parts(
        COMPASS, parts=4, folder=folder, progress=lambda *told: seen.append(told), **files
    )
    assert seen == [(2, 4), (3, 4), (4, 4)]
    whole = in_memory({name: pl.read_parquet(f"{path}/*") for name, path in files.items()})
    same(measured, whole)
    assert not (folder / "rows").exists()
    seen.clear()
    again = measure_in_parts(
        COMPASS, parts=4, folder=folder, progress=lambda *told: seen.append(told), **files
    )
    assert seen == [(4, 4)]
    same(again, whole)
    assert [*temporary.iterdir()] == []


def test_a_cut_that_was_stopped_is_made_anew(
    tmp_path: Path, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "work"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(StopError))
        with pytest.raises(StopError):
            measure_in_parts(COMPASS, folder=folder, **files)
    assert (folder / "rows.unfinished").exists()
    measured = measure_in_parts(COMPASS, folder=folder, **files)
    same(measured, in_memory({n: pl.read_parquet(f"{path}/*") for n, path in files.items()}))


def test_a_measured_part_that_was_lost_is_measured_from_its_rows(
    tmp_path: Path, files: dict[str, Any]
) -> None:
    folder = tmp_path / "work"
    with pytest.raises(StopError):
        measure_in_parts(COMPASS, parts=4, folder=folder, progress=stop_at(2, []), **files)
    next(iter((folder / "measured").glob("*.measures"))).unlink()
    measured = measure_in_parts(COMPASS, parts=4, folder=folder, **files)
    same(measured, in_memory({n: pl.read_parquet(f"{path}/*") for n, path in files.items()}))


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"parts": 3}, "parts"),
        ({"as_of": DAY}, "as_of"),
        ({"contacts": None}, "the files of contacts"),
        ({"only": ["revenue"]}, "what is measured"),
        ({"columns": {"orders": {"quantity": "amount"}}}, "the columns or the score scale"),
        ({"compass": Compass(installed=False, months=3)}, "what is measured"),
        ({"compass": Compass([_Visits()], installed=False)}, "what is measured"),
    ],
)
def test_a_stale_folder_is_refused(
    tmp_path: Path, files: dict[str, Any], changed: dict[str, Any], what: str
) -> None:
    given = {"compass": COMPASS, "parts": 2, "folder": tmp_path / "work", **files}
    measure_in_parts(**given)
    with pytest.raises(ArgumentError, match=f"results of a different run: {what} changed since"):
        measure_in_parts(**(given | changed))
    measure_in_parts(**given)


def test_files_written_anew_make_a_folder_stale(tmp_path: Path, files: dict[str, Any]) -> None:
    measure_in_parts(COMPASS, folder=tmp_path / "work", **files)
    file = files["orders"] / "0.parquet"
    pl.read_parquet(file).with_columns(pl.col("amount") + 1).write_parquet(file)
    with pytest.raises(ArgumentError, match="the files of orders changed since"):
        measure_in_parts(COMPASS, folder=tmp_path / "work", **files)


def test_a_plugin_with_another_threshold_makes_a_folder_stale(
    tmp_path: Path, files: dict[str, Any]
) -> None:
    for least in (1.0, 1.0, 2.0):
        compass = Compass([_Visits(least)], installed=False)
        if least == 2.0:
            with pytest.raises(ArgumentError, match="what is measured changed since"):
                measure_in_parts(compass, folder=tmp_path / "work", **files)
        else:
            measure_in_parts(compass, folder=tmp_path / "work", **files)


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, files: dict[str, Any]) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "letter.txt").write_text("dear")
    with pytest.raises(ArgumentError, match="holds something else"):
        measure_in_parts(COMPASS, folder=tmp_path / "work", **files)
    with pytest.raises(ArgumentError, match="is a file"):
        measure_in_parts(COMPASS, folder=tmp_path / "work" / "letter.txt", **files)
    assert [each.name for each in (tmp_path / "work").iterdir()] == ["letter.txt"]


def test_a_failing_measure_ends_it_and_leaves_nothing(
    temporary: Path, files: dict[str, Any]
) -> None:
    def fails(period: Any) -> Any:
        raise RuntimeError("no")

    class Plugin:
        @hookimpl
        def klantkompas_measures(self) -> list[Measure]:
            return [Measure(name="fails", of=fails, unit="", describes="fails")]

    with pytest.raises(PluginError, match=r"'fails'.* failed: RuntimeError: no"):
        measure_in_parts(Compass([Plugin()], installed=False), **files)
    assert [*temporary.iterdir()] == []
