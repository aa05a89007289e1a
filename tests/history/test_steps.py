"""Steps that people took for customers: kept once, exported, erased and searched."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from klantkompas import ArgumentError, BuyingReason, History, StepTaken

DAY = date(2026, 3, 1)
CALLED = StepTaken("a", "called", by="Anna", on=DAY, work_list="put_right")
WROTE = StepTaken("a", "wrote a card", by="Bo", on=date(2026, 2, 1))
OTHER = StepTaken("b", "asked how a likes it", by="Bo", on=DAY)
REASON = BuyingReason("a", True, "near", by="Anna", on=DAY)


def test_what_is_kept_already_is_not_kept_twice(tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        assert history.keep([CALLED, REASON, CALLED]) == 2
        assert history.keep([WROTE, CALLED, REASON]) == 1
    with History(tmp_path / "h") as history:
        assert history.steps() == (WROTE, CALLED)
        assert history.reasons() == (REASON,)
        exported = json.loads(history.export("a"))["steps"]
        assert [each["done"] for each in exported] == ["wrote a card", "called"]
        assert exported[1]["work_list"] == "put_right"


def test_all_are_kept_or_none(tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        for wrong in ([CALLED, "called"], "called", CALLED):
            with pytest.raises(ArgumentError, match="noted is a list of BuyingReason"):
                history.keep(wrong)  # type: ignore[arg-type]
        assert history.steps() == ()


def test_erasing_removes_them_and_finds_what_was_done_for_others(tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        history.keep([CALLED, OTHER])
        erasure = history.erase("a", on=DAY)
        assert history.steps() == (OTHER,)
        assert erasure.places == ("steps of 'b', done: 1",)
        history.redact(erasure, ["a"])
        assert history.steps()[0].done == "asked how [erased] likes it"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"customer": ""}, "needs 'customer'"),
        ({"done": " "}, "needs 'done'"),
        ({"by": None}, "needs 'by'"),
        ({"on": "2026-03-01"}, "needs the date 'on'"),
    ],
)
def test_it_needs_a_person_a_day_and_words(changes: dict[str, Any], told: str) -> None:
    whole = {"customer": "a", "done": "called", "by": "Anna", "on": DAY}
    with pytest.raises(ArgumentError, match=told):
        StepTaken(**(whole | changes))
    assert StepTaken(**(whole | {"on": datetime(2026, 3, 1, 12, 0)})).on == DAY
    assert "Gedaan door Anna op 1 maart 2026: called" in CALLED.text("nl")
