"""What is recorded is read back to the last bit, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import ArgumentError, Override
from klantkompas.history import History
from klantkompas.reviews.recorded import RecordedReading

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]


@settings(max_examples=60)
@given(data=st.data())
def test_any_reading_is_read_back_to_the_last_bit(data: st.DataObject, readings: Any, same: Same):
    recorded = data.draw(readings)
    with TemporaryDirectory() as folder, History(Path(folder, "h")) as history:
        kept = history.record(recorded)
        back = history.reading(kept)
    assert same(recorded, back)


def test_the_shop_is_read_back_from_the_closed_file(shop: Shop, same: Same, tmp_path: Path):
    override = Override("0002", "A", by="Anna", on=date(2026, 3, 1), because="our first customer")
    dates = (date(2025, 2, 28), date(2025, 8, 31))
    recorded = [shop(dates[0]), shop(dates[1], shortlist=["0293"], overrides=[override])]
    with History(tmp_path / "h") as history:
        for each in recorded:
            history.record(each, review=True)
    with History(tmp_path / "h") as history:
        for each in recorded:
            assert same(each, history.reading(each.as_of))


def test_the_comparison_of_these_tests_sees_one_bit(shop: Shop, same: Same):
    reading = shop(date(2025, 8, 31))
    revenue = reading.measures["revenue"].copy()
    revenue[0] = np.nextafter(revenue[0], np.inf)
    revenue.flags.writeable = False
    changed = reading.measures.with_values({"revenue": revenue})
    assert same(reading, reading)
    assert not same(reading, evolve(reading, measures=changed))


def test_a_column_of_other_objects_is_refused_and_nothing_is_kept(shop: Shop, tmp_path: Path):
    reading = shop(date(2025, 8, 31))
    odd = np.array([[1]] * len(reading.ids), dtype=object)[:, 0]
    record = {**reading.measures.record, "name": odd}
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match=r"'record\.name' holds what is not text"):
            history.record(evolve(reading, measures=evolve(reading.measures, record=record)))
        assert history.readings() == ()


@pytest.mark.parametrize("field", ["library_version", "rules"])
def test_half_a_character_is_refused_and_nothing_is_kept(field: str, shop: Shop, tmp_path: Path):
    half = "\ud800"
    reading = evolve(shop(date(2025, 8, 31)), **{field: half if field != "rules" else (half,)})
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match="an unpaired surrogate"):
            history.record(reading)
        with pytest.raises(ArgumentError, match="an unpaired surrogate"):
            history.erase(half, on=date(2026, 7, 1))
        assert history.readings() == ()
