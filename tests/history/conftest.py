"""Readings to keep: of the fictional shop, and made at random down to the last bit."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import strategies as st

from klantkompas import Compass, Measures, Override, Portfolio
from klantkompas._arrays import as_objects
from klantkompas._ids import id_order
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.domain.criteria import Cutoff
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.portfolio import MeasureColumn
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading, record_of
from klantkompas.wording.notes import DataNote

SHOP = Path(__file__).parents[2] / "examples" / "shop"
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "responses": "enquete.csv",
}


def _same_arrays(one: Any, other: Any) -> bool:
    if one.dtype != other.dtype or one.shape != other.shape or other.flags.writeable:
        return False
    if one.dtype != np.object_:
        return bool(one.tobytes() == other.tobytes())
    return all(
        type(a) is type(b) and a == b for a, b in zip(one.tolist(), other.tolist(), strict=True)
    )


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return _same_arrays(one, other)
    if attrs.has(type(one)):
        names = [each.alias for each in attrs.fields(type(one))]
        return type(one) is type(other) and all(
            _same(getattr(one, name), getattr(other, name)) for name in names
        )
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other or (one != one and other != other))


@pytest.fixture(scope="session")
def same() -> Callable[[Any, Any], bool]:
    """Whether two readings are the same in every field, arrays to the bit and read-only."""
    return _same


@pytest.fixture(scope="session")
def shop() -> Callable[..., RecordedReading]:
    """The fictional shop as it stood on a date."""
    columns = tomllib.loads((SHOP / "columns.toml").read_text(encoding="utf-8"))
    known: dict[str, Any] = {
        table: {name: tuple(h) if isinstance(h, list) else h for name, h in columns[table].items()}
        for table in FILES
    }
    files: dict[str, Any] = {table: SHOP / name for table, name in FILES.items()}
    portfolio = Portfolio.from_files(**files, columns=known, locale="nl")

    def read(as_of: date, **settings: Any) -> RecordedReading:
        return record_of(Compass(installed=False).read(portfolio, as_of, **settings))

    return read


@st.composite
def _readings(draw: Any) -> RecordedReading:
    ids = id_order(draw(st.lists(ANY_TEXT.filter(bool), unique=True, max_size=5)))
    count = len(ids)
    floats = st.one_of(
        st.floats(),
        st.integers(0, 2**64 - 1).map(lambda bits: np.uint64(bits).view(np.float64).item()),
        st.sampled_from([1.0, 100.0]),
    )

    def numbers() -> Any:
        return frozen(np.array(draw(st.lists(floats, min_size=count, max_size=count)), float))

    def flags() -> Any:
        return frozen(np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)), bool))

    def opted_out(one: Any) -> Any:
        return frozen(as_objects(draw(st.lists(one, min_size=count, max_size=count))))

    def frozen(array: Any) -> Any:
        array.flags.writeable = False
        return array

    days = st.lists(
        st.one_of(st.just("NaT"), st.dates().map(str)), min_size=count, max_size=count
    ).map(lambda texts: np.array(texts, dtype="datetime64[D]"))
    names = draw(st.lists(ANY_TEXT, unique=True, max_size=3))
    measures = Measures(
        ids=frozen(as_objects(ids)),
        as_of=draw(st.dates()),
        months=draw(st.integers(1, 24)),
        record={
            "name": opted_out(st.one_of(st.none(), ANY_TEXT)),
            "kind": opted_out(st.sampled_from([None, *CustomerKind])),
            "stage": opted_out(st.sampled_from([None, *Stage])),
            "since": frozen(draw(days)),
            "opted_out": flags(),
        },
        columns={
            name: MeasureColumn(
                values=numbers(),
                basis=numbers() if name in names[:1] else None,
                unit=draw(ANY_TEXT),
                basis_unit="orders" if name in names[:1] else "",
                is_proportion=name in names[1:],
                reads=("orders", "invoices.paid") if name in names[:2] else (),
            )
            for name in ("revenue", *names)
        },
        tallies=draw(
            st.dictionaries(
                ANY_TEXT,
                st.dictionaries(st.tuples(ANY_TEXT, ANY_TEXT), st.integers(0, 10**18), max_size=3),
                max_size=2,
            )
        ),
        score_scale=draw(st.sampled_from([(0, 10), (1, 10)])),
        notes=tuple(DataNote(text, "orders", 3, detail=text) for text in names),
    )
    cutoff = Cutoff(draw(st.floats()), draw(st.sampled_from(["at least", "above", "at most"])))
    people = st.sampled_from(ids) if ids else st.nothing()
    return RecordedReading(
        measures=measures,
        labels=opted_out(st.sampled_from([None, "A", "B"])),
        computed=opted_out(st.sampled_from([None, "A", "B"])),
        shortlisted=flags(),
        provisional=flags(),
        new=numbers(),
        factors_met=numbers(),
        missing=opted_out(st.sampled_from([None, "large", "large,other"])),
        hanging=flags(),
        listed_by_people=draw(st.booleans()),
        shortlist_cutoff=draw(
            st.one_of(st.none(), st.builds(ShortlistCutoff, st.integers(0, 9), floats, people))
        ),
        factors=(
            RecordedFactor(
                name="large",
                title=draw(ANY_TEXT),
                measure="revenue",
                least_basis=draw(st.one_of(st.integers(1, 5), st.floats(0, 5))),
                version=draw(ANY_TEXT),
                cutoff=cutoff,
            ),
        )[: draw(st.integers(0, 1))],
        not_measured=tuple(names),
        rules=tuple(names),
        order=("A", "B", "C", "D"),
        overrides=tuple(
            Override(each, "A", by="Anna", on=date(2026, 3, 1), because="our first")
            for each in draw(st.lists(people, max_size=2) if ids else st.just([]))
            if each.strip()
        ),
        library_version=draw(ANY_TEXT),
    )


@pytest.fixture(scope="session")
def readings() -> Any:
    """Readings of any content: as a recorded reading may be, not as one should be."""
    return _readings()
