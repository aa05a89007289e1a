"""Measured on a real Spark, with two local executors: the same as in memory to the last bit."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantkompas.cluster.executors import _settle, cut_rows
from klantkompas.cluster.spark import SparkMeasures, measure_on_spark
from klantkompas.compass import Compass
from klantkompas.errors import (
    ArgumentError,
    DataError,
    KlantkompasError,
    MissingExtraError,
    PluginError,
)
from klantkompas.hooks import Measure, Tally, hookimpl
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.portfolio.measures import DECLARED

pytest.importorskip("pyspark", reason="pyspark is not installed: python3 noxfile.py -s spark")
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

COMPASS = Compass(installed=False)
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "on-spark.md"
FIRST_DAY = date(2025, 10, 1)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark of this machine only, which speaks to nobody else."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "Europe/Amsterdam",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").appName("klantkompas")
        for name, value in settings.items():
            builder = builder.config(name, value)
        with chdir(folder):
            session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


def in_spark(spark: Any, table: pa.Table) -> Any:
    """Hand an Arrow table to Spark, with clock times without a zone as what they are."""
    frame = spark.createDataFrame(table)
    for column in table.schema:
        if pa.types.is_timestamp(column.type) and column.type.tz is None:
            frame = frame.withColumn(column.name, frame[column.name].cast("timestamp_ntz"))
    return frame


@pytest.fixture
def measure(spark: Any) -> Iterator[Any]:
    """Measures Arrow tables on Spark, and lets go of them afterwards."""
    made: list[SparkMeasures] = []

    def measured(tables: Mapping[str, pa.Table], compass: Compass = COMPASS, **options: Any) -> Any:
        frames = {name: in_spark(spark, table) for name, table in tables.items()}
        made.append(measure_on_spark(compass, **frames, **options))
        return made[-1]

    yield measured
    for each in made:
        each.unpersist()


def locally(tables: Mapping[str, Any], compass: Compass = COMPASS, **options: Any) -> Measures:
    as_of = options.pop("as_of", None)
    portfolio = Portfolio.from_tables(**tables, kinds=compass.kinds, **options)
    return compass.measure(portfolio, as_of)


def same(one: Measures, other: Measures) -> None:
    """Everything of one is that of the other, to the last bit."""
    assert one.ids.tolist() == other.ids.tolist()
    assert list(one.columns) == list(other.columns)
    for name, found in one.columns.items():
        wanted = other.columns[name]
        assert found.values.tobytes() == wanted.values.tobytes(), name
        assert (found.basis is None) == (wanted.basis is None), name
        if found.basis is not None and wanted.basis is not None:
            assert found.basis.tobytes() == wanted.basis.tobytes(), name
        for what in DECLARED:
            assert getattr(found, what) == getattr(wanted, what), (name, what)
    assert list(one.record) == list(other.record)
    for name, column in one.record.items():
        assert column.dtype == other.record[name].dtype, name
        if column.dtype == np.object_:
            assert column.tolist() == other.record[name].tolist(), name
            assert [*map(type, column)] == [*map(type, other.record[name])], name
        else:
            assert column.tobytes() == other.record[name].tobytes(), name
    for name in ("as_of", "months", "tallies", "notes", "score_scale"):
        assert getattr(one, name) == getattr(other, name), name


def as_text(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array([None if np.isnan(n) else ("é" if n == 3 else f"K{n:.0f}") for n in numbers])


def as_integers(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(numbers, from_pandas=True).cast(pa.int64())


def as_floats(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(numbers)


def as_digits(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return as_integers(numbers).cast(pa.string())


def as_decimals(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return as_integers(numbers).cast(pa.decimal128(21, 2))


def skewed(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return as_integers(np.where(numbers % 10 < 9, 4, numbers))


ONE_WAY = ("orders", "invoices", "complaints", "contacts", "responses", "departures", "customers")
WAYS = {
    "integers": dict.fromkeys(ONE_WAY, as_integers),
    "text": dict.fromkeys(ONE_WAY, as_text),
    "skewed": {**dict.fromkeys(ONE_WAY, skewed), "customers": as_integers},
    "one id written in many ways": {
        **dict.fromkeys(ONE_WAY, as_digits),
        "orders": as_integers,
        "invoices": as_floats,
        "responses": as_decimals,
    },
}


def business(way: str, count: int = 60) -> dict[str, pa.Table]:
    """A business that keeps everything, with gaps, thirds of money, repeated rows and orders."""
    random = np.random.default_rng(20260630)
    zone = ZoneInfo("Europe/Amsterdam")

    def some(values: list[Any]) -> pa.Array:
        known = random.random(count) < 0.8
        return pa.array([v if k else None for v, k in zip(values, known, strict=True)])

    def chosen(*values: Any) -> pa.Array:
        return some([values[at] for at in random.integers(0, len(values), count)])

    def days() -> list[date]:
        return [FIRST_DAY + timedelta(int(at)) for at in random.integers(0, 240, count)]

    def clock() -> list[datetime]:
        minutes = random.integers(0, 240 * 24 * 60, count)
        return [datetime(2025, 10, 1, tzinfo=zone) + timedelta(minutes=int(at)) for at in minutes]

    def owners(table: str, low: int, high: int, gaps: float = 0.1) -> pa.Array:
        numbers = random.integers(low, high, count).astype(float)
        numbers[random.random(count) < gaps] = np.nan
        return WAYS[way][table](numbers)

    money = np.round(random.normal(40, 60, count), 2)
    tables: dict[str, dict[str, Any]] = {
        "orders": {
            "customer": owners("orders", 0, 25),
            "on": pa.array(clock(), pa.timestamp("us", "Europe/Amsterdam")),
            "amount": np.where(random.random(count) < 0.5, money, money / 3),
            "margin": some((money / 7).tolist()),
            "quantity": some(random.integers(1, 9, count).tolist()),
            "clear": chosen(True, False),
            "reference": chosen("r1", "r2", "r3"),
            "not used": chosen([1, 2], [3]),
        },
        "invoices": {
            "customer": owners("invoices", 5, 30),
            "due": days(),
            "issued": some(days()),
            "paid": some(days()),
            "amount": pa.array(money).cast(pa.decimal128(12, 2)),
        },
        "complaints": {
            "customer": owners("complaints", 20, 40),
            "on": days(),
            "justified": chosen(True, False),
            "resolved": some(days()),
            "offer": chosen("repair", "compensation"),
        },
        "contacts": {
            "customer": owners("contacts", 0, 40),
            "on": pa.array(clock(), pa.timestamp("us", "Europe/Amsterdam")),
            "channel": chosen("telephone", "e-mail"),
            "minutes": some((random.random(count) * 30).tolist()),
            "by_customer": chosen(True, False),
            "purpose": chosen("service", "Sales", "courtesy"),
            "rating": some(random.integers(0, 11, count).tolist()),
            "text": chosen("WHERE IS MY ORDER NOW!", "thank you"),
            "tags": chosen(["brazen"], ["top_service", "enraged"]),
        },
        "responses": {
            "customer": owners("responses", 0, 50, 0.3),
            "on": days(),
            "score": some(random.integers(0, 11, count).tolist()),
            "reason": chosen("price", "service"),
        },
        "departures": {
            "customer": owners("departures", 30, 60),
            "on": days(),
            "stated_reason": chosen("service", "price"),
            "believed_reason": chosen("price", "product"),
        },
        "customers": {
            "id": WAYS[way]["customers"](np.arange(10, 10 + count, dtype=float)),
            "name": chosen("Zon", "Maan"),
            "kind": chosen("consumer", "zakelijk", "internal"),
            "stage": chosen("suspect", "prospect", "customer"),
            "group": chosen("north", "south"),
            "since": some(days()),
            "extraversion": some(np.round(random.uniform(-1, 1, count), 1).tolist()),
            "opted_out": chosen(True, False, False),
        },
    }
    made = {name: pa.table(columns) for name, columns in tables.items()}
    made["orders"] = pa.concat_tables([made["orders"], made["orders"].slice(0, 4)])
    return made


def test_cut_rows_come_back_by_part_however_many_are_cut_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    headings = ["Klant nr.", "row"]
    whose, parts = [5, 2, 5, 7, 2], [1, 0, 1, 1, 0]
    columns = {"0": whose, "1": [*range(5)], "owner": whose, "part": parts}
    batches = pa.table(columns).to_batches(max_chunksize=2)
    for together, each in ((1, 3), (4, 2), (1000, 1)):
        monkeypatch.setattr("klantkompas.cluster.executors.ROWS_IN_A_PART", together)
        made = list(cut_rows(batches, "orders", headings))
        found: dict[int, list[int]] = {0: [], 1: []}
        for table, owner, rows in (row.values() for batch in made for row in batch.to_pylist()):
            read = pa.ipc.open_stream(rows).read_all()
            assert (table, read.column_names) == ("orders", headings)
            assert owner in read["Klant nr."].to_pylist(), "so that it goes where they go"
            found[parts[whose.index(owner)]] += read["row"].to_pylist()
        assert (len(made), found) == (each, {0: [1, 4], 1: [0, 2, 3]})


def test_what_a_worker_has_loaded_is_set_aside_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_aside = []
    monkeypatch.setattr("gc.freeze", lambda: set_aside.append("once"))
    _settle.cache_clear()
    batches = pa.table({"0": [5], "owner": [5], "part": [0]}).to_batches()
    for _ in range(3):
        assert len(list(cut_rows(batches, "orders", ["customer"]))) == 1
    assert set_aside == ["once"]
    _settle.cache_clear()


@pytest.mark.parametrize("way", WAYS)
def test_the_measures_and_the_date_are_those_of_one_machine(way: str, measure: Any) -> None:
    tables = business(way)
    whole = locally(tables)
    measured = measure(tables)
    same(measured.collect(), whole)
    assert len(measured) == len(whole)
    assert measured.totals.notes == whole.notes
    assert measured.totals.tallies == whole.tallies
    assert len({note.message for note in whole.notes}) >= 4


@pytest.mark.parametrize("parts", [1, 12])
def test_the_number_of_parts_does_not_matter(parts: int, measure: Any) -> None:
    tables = business("one id written in many ways", count=20)
    measured = measure(tables, as_of=date(2026, 4, 30), parts=parts)
    same(measured.collect(), locally(tables, as_of=date(2026, 4, 30)))


def test_only_what_is_asked_for_is_measured(measure: Any) -> None:
    tables = business("text", count=20)
    whole = locally(tables)
    measures = measure(tables, only=["answers", "revenue", "last_score"]).collect()
    assert [*measures.columns] == [name for name in whole.columns if name in measures.columns]
    assert {*measures.columns} == {"revenue", "last_score"}
    assert measures["revenue"].tobytes() == whole["revenue"].tobytes()
    assert measures.tallies == {"answers": whole.tallies["answers"]}
    assert (measures.notes, measures.ids.tolist()) == (whole.notes, whole.ids.tolist())
    with pytest.raises(ArgumentError, match=r"only: no measure is called 'revenu'.*revenue"):
        measure(tables, only=["revenu"])


def test_lenses_read_them(measure: Any) -> None:
    tables = business("text")
    whole = COMPASS.read(Portfolio.from_tables(**tables))
    reading = COMPASS.read(measure(tables).collect())
    assert str(reading) == str(whole)
    assert reading.to_frame("pyarrow").equals(whole.to_frame("pyarrow"))


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_business_is_measured_as_on_one_machine(
    awkward_businesses: Any, spark: Any, data: st.DataObject
) -> None:
    drawn = data.draw(awkward_businesses)
    tables = {name: pa.table(columns) for name, columns in drawn.mappings().items()}
    if not tables:
        return
    frames = {name: in_spark(spark, table) for name, table in tables.items()}
    measured = measure_on_spark(COMPASS, as_of=drawn.as_of, **frames)
    same(measured.collect(), locally(tables, as_of=drawn.as_of))
    measured.unpersist()


def test_tables_without_rows_are_there_by_their_columns(measure: Any) -> None:
    tables = {name: table.slice(0, 0) for name, table in business("integers").items()}
    measured = measure(tables, as_of=date(2026, 4, 30))
    same(measured.collect(), locally(tables, as_of=date(2026, 4, 30)))
    assert measured.frame.count() == 0


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "+02:00"])
def test_an_instant_is_of_the_day_that_it_has_in_the_zone_of_the_session(
    zone: str, spark: Any, measure: Any
) -> None:
    night = [datetime(2026, 3, 1, 14, 59), datetime(2026, 3, 1, 15), datetime(2026, 2, 28, 22)]
    instants = pa.array(night, pa.timestamp("us", "UTC"))
    rows = {"customer": ["a", "b", "a"], "on": instants, "amount": [1.0, 2.0, 3.0]}
    paid = {"customer": ["b"], "due": [date(2026, 3, 1)], "amount": [5.0], "paid": instants[:1]}
    tables = {"orders": pa.table(rows), "invoices": pa.table(paid)}
    there = {
        "orders": tables["orders"].set_column(1, "on", instants.cast(pa.timestamp("us", zone))),
        "invoices": tables["invoices"].set_column(
            3, "paid", instants[:1].cast(pa.timestamp("us", zone))
        ),
    }
    usual = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", zone)
    try:
        measures = measure(tables).collect()
    finally:
        spark.conf.set("spark.sql.session.timeZone", usual)
    same(measures, locally(there))
    assert measures.as_of == date(2026, 3, 2 if zone == "Asia/Tokyo" else 1)


def test_clock_times_without_a_zone_are_taken_as_they_are(measure: Any) -> None:
    late = [datetime(2026, 3, 1, 23, 59), datetime(2026, 3, 1, 0, 1)]
    orders = pa.table({"customer": [1, 2], "on": late, "amount": [1.0, 2.0]})
    same(measure({"orders": orders}).collect(), locally({"orders": orders}))


def test_clock_times_with_a_zone_stand_beside_those_without(measure: Any) -> None:
    noon = [datetime(2026, 3, 1, 12)] * 3
    tables = simple(
        orders={"on": pa.array(noon, pa.timestamp("us"))},
        responses={"on": pa.array(noon, pa.timestamp("us", "Europe/Amsterdam"))},
    )
    same(measure(tables).collect(), locally(tables))


def test_headings_are_mapped_and_multiplied(measure: Any) -> None:
    lines = {
        "Klant nr.": [3, 3, 10],
        "Datum": [date(2026, 3, day) for day in (1, 2, 3)],
        "Prijs.per stuk": [2.55, 0.1, 7.0],
        "Aantal": [6, 3, 1],
        "order `nr`": ["x", "x", "y"],
    }
    fields = {
        "customer": "Klant nr.",
        "on": "Datum",
        "amount": ("Prijs.per stuk", "Aantal"),
        "reference": "order `nr`",
    }
    tables, columns = {"orders": pa.table(lines)}, {"orders": fields}
    measures = measure(tables, columns=columns).collect()
    same(measures, locally(tables, columns=columns))
    assert measures["revenue"].tolist() == [15.6, 7.0]


def simple(**changed: Any) -> dict[str, pa.Table]:
    """Orders of three customers, and their answers; some of it changed."""
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2025, 3, 3)]
    columns = {
        "orders": {"customer": ["a", "b", "c"], "on": days, "amount": [1.0, 2.0, 3.0]},
        "responses": {"customer": ["a", "b", "c"], "on": days, "score": [9, 7, 8]},
    }
    for table, found in changed.items():
        columns[table] = columns.get(table, {}) | found
    return {name: pa.table(each) for name, each in columns.items()}


def test_a_last_date_that_stands_alone_is_noted(measure: Any) -> None:
    days = [date(2026, 3, 1), date(2024, 3, 2), date(2025, 3, 3)]
    tables = simple(orders={"on": days}, responses={"on": [days[2]] * 3})
    measured = measure(tables)
    same(measured.collect(), locally(tables))
    assert measured.totals.notes[-1].count == (days[0] - days[2]).days


WRONG: dict[str, tuple[dict[str, Any], str, str, Any]] = {
    "off the scale": ({"responses": {"score": [9, 11, 8]}}, "responses", "score", 11.0),
    "no date": ({"orders": {"on": ["1-3-2026", None, None]}}, "orders", "on", "1-3-2026"),
    "no number": ({"orders": {"amount": ["1,50", None, None]}}, "orders", "amount", "1,50"),
    "no id": ({"orders": {"customer": [1.0, 2.5, 3.0]}}, "orders", "customer", None),
    "empty": ({"orders": {"amount": [1.0, None, 3.0]}}, "orders", "amount", None),
    "twice": (
        {"customers": {"id": ["x", "y", "x"], "name": ["Ann", "Bob", "Cas"]}},
        *("customers", "id", "x"),
    ),
    "a far day": (
        {"orders": {"on": [date(2026, 3, 1), date(1, 1, 1), date(2026, 3, 1)]}},
        *("orders", "on", "0001-01-01"),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_the_data_is_told_as_on_one_machine(wrong: str, measure: Any) -> None:
    changed, table, column, value = WRONG[wrong]
    tables = simple(**changed)
    with pytest.raises(DataError) as here:
        locally(tables)
    with pytest.raises(DataError) as there:
        measure(tables)
    told = there.value
    assert (told.table, told.column, told.row, told.value) == (table, column, None, value)
    assert here.value.row is not None
    said = str(here.value).replace(f", row {here.value.row}", "")
    problem = str(here.value.problem)
    without = f"{problem} (as one part of the data has it; rows in Spark have no number)"
    assert str(told) == said.replace(problem, without)
    assert told.__cause__ is None


@pytest.mark.parametrize(
    ("tables", "options"),
    [
        ({"invoices": pa.table({"customer": [1], "due": [FIRST_DAY], "amount": [2.0]})}, {}),
        (simple(), {"as_of": "01-03-2026"}),
        (simple(), {"score_scale": (1, 5)}),
        (simple(), {"columns": {"orders": {"amount": "Bedrag"}}}),
        (simple(), {"columns": {"orders": {"price": "amount"}}}),
        ({"visits": simple()["orders"]}, {}),
        ({"orders": simple()["orders"].drop(["on"])}, {}),
    ],
)
def test_a_mistake_in_names_or_options_is_told_as_on_one_machine(
    tables: dict[str, pa.Table], options: dict[str, Any], measure: Any
) -> None:
    with pytest.raises(KlantkompasError) as here:
        locally(tables, **options)
    with pytest.raises(type(here.value)) as there:
        measure(tables, **options)
    assert str(there.value) == str(here.value)


def test_only_frames_of_spark_are_taken(spark: Any) -> None:
    with pytest.raises(
        DataError, match=r"orders: is a Table, not a Spark DataFrame\. Give a Spark DataFrame"
    ):
        measure_on_spark(COMPASS, orders=simple()["orders"])
    with pytest.raises(ArgumentError, match="no table was given"):
        measure_on_spark(COMPASS, orders=None)
    with pytest.raises(ArgumentError, match="no table is called 'order'"):
        measure_on_spark(COMPASS, order=None)
    with pytest.raises(ArgumentError, match="parts is a whole number from 1, not 0"):
        measure_on_spark(COMPASS, orders=spark.range(1), parts=0)
    strange = spark.sql("select 1 as customer, interval 1 month as on")
    with pytest.raises(DataError, match="orders: has a column that cannot leave Spark"):
        measure_on_spark(COMPASS, orders=strange)


def test_the_frame_has_a_row_for_each_customer_that_does_not_object(measure: Any) -> None:
    tables = business("text")
    measured = measure(tables)
    measures, frame = measured.collect(), measured.frame
    rows = {row.id: row.asDict() for row in frame.collect()}
    shown = {each for each, o in zip(measures.ids, measures.opted_out, strict=True) if not o}
    assert rows.keys() == shown < set(measures.ids)
    assert frame.schema["since"].dataType.typeName() == "date"
    assert len(frame.columns) == len(set(frame.columns))
    expected = {
        **{name: column for name, column in measures.record.items() if name != "opted_out"},
        **{name: column.values for name, column in measures.columns.items()},
        **{
            f"{name}_basis": column.basis
            for name, column in measures.columns.items()
            if column.basis is not None
        },
    }
    for name, column in expected.items():
        for each, value in zip(measures.ids, column.tolist(), strict=True):
            if each in shown:
                assert rows[each][name] == (None if value != value else value), (each, name)


def plugin(**declared: Any) -> Any:
    """A plugin whose functions Spark pickles, as no executor could import them."""

    class Plugin:
        @hookimpl
        def klantkompas_measures(self) -> Any:
            return [*declared.values()]

    return Plugin()


def test_a_plugin_of_this_session_only_is_pickled(measure: Any) -> None:
    def of(period: Any) -> Any:
        orders = period.ever("orders")
        return orders.sum("amount") / 3, orders.count()

    def by_size(period: Any) -> Any:
        return {("large",): int((period.ever("orders")["amount"] > 1).sum())}

    given = plugin(
        third=Measure(name="third", of=of, unit="money", describes="a third", basis_unit="orders"),
        sizes=Tally(name="sizes", of=by_size, keys=("size",), describes="orders by size"),
    )
    compass = Compass((given,), installed=False)
    measured = measure(simple(), compass)
    same(measured.collect(), locally(simple(), compass))
    assert measured.totals.tallies["sizes"] == {("large",): 2}
    assert sorted(row.third for row in measured.frame.collect()) == [1 / 3, 2 / 3, 1.0]


def test_a_plugin_that_fails_on_an_executor_is_named(measure: Any) -> None:
    def of(period: Any) -> Any:
        raise ZeroDivisionError("nobody")

    given = plugin(bad=Measure(name="bad", of=of, unit="money", describes="fails"))
    with pytest.raises(PluginError, match=r"'bad'.* failed: ZeroDivisionError: nobody"):
        measure(simple(), Compass((given,), installed=False))


MODULE = """
from klantkompas import Measure, hookimpl

def of(period):
    return period.ever("orders").sum("amount") * 2

@hookimpl
def klantkompas_measures():
    return [Measure(name="double_revenue", of=of, unit="money", describes="twice the money")]
"""


def test_a_plugin_that_an_executor_lacks_is_named_and_can_be_sent_along(
    spark: Any, measure: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plugin_of_the_shop.py").write_text(MODULE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = __import__("plugin_of_the_shop")
    compass = Compass((module,), installed=False)
    with pytest.raises(PluginError, match=r"lacks .*'plugin_of_the_shop'.*addArtifacts") as told:
        measure(simple(), compass)
    assert told.value.__cause__ is None
    assert "Traceback" not in str(told.value)
    spark.addArtifacts(str(tmp_path / "plugin_of_the_shop.py"), pyfile=True)
    same(measure(simple(), compass).collect(), locally(simple(), compass))


def test_another_version_on_an_executor_is_refused(
    measure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klantkompas.cluster.spark.version", lambda name: "9.9")
    with pytest.raises(PluginError, match=r"an executor has klantkompas .*, and this session 9\.9"):
        measure(simple())


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql.functions", None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[spark\]"):
        measure_on_spark(COMPASS, orders=SimpleNamespace())


def test_the_page_about_spark_does_what_it_shows(
    spark: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    days = [date(2026, 3, day) for day in range(1, 25)]
    ids = [f"{each % 4}" for each in range(24)]
    amounts = [10.0 * (each % 4 + 1) for each in range(24)]
    orders = {"customer_id": [*ids, "gone"], "ordered_at": [*days, date(2020, 1, 1)]}
    tables = {
        "orders": orders | {"amount": [*amounts, 5.0]},
        "contacts": {"customer": ids, "on": days, "by_customer": [True] * 24},
    }
    for name, columns in tables.items():
        spark.createDataFrame(pa.table(columns)).createOrReplaceTempView(name)
    page: dict[str, Any] = {}
    classes = []
    blocks = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), page)
        measures = page["measured"].collect()
        classes.append(COMPASS.read(measures).classes)
    assert len(blocks) == 4
    assert "margin_share_basis" in capsys.readouterr().out
    assert classes[0].label("gone") is None
    shown = [*zip(classes[0].ids, classes[0].labels, strict=True)]
    assert [*zip(classes[3].ids, classes[3].labels, strict=True)] == shown[:-1]
    page["measured"].unpersist()
