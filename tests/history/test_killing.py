"""Other programs: killed while they write, or writing at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klantkompas.history import History

RECORDER = Path(__file__).with_name("recorder.py")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no SIGKILL")


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(RECORDER), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told_by(program: subprocess.Popen[str]) -> str:
    told, _ = program.communicate()
    assert program.returncode == 0
    return told.strip()


@forks
def test_killed_while_recording_it_loses_nothing_and_leaves_nothing_half(tmp_path: Path):
    told = told_by(start("kill", tmp_path, "200"))
    assert told.startswith("killed 200, lost 0, half 0, cut short ")
    assert int(told.rpartition(" ")[2]) > 50, "few were killed in the midst of a recording"


@forks
def test_killed_while_erasing_the_customer_is_wholly_there_or_gone(tmp_path: Path):
    told = told_by(start("kill-erasing", tmp_path, "40"))
    assert told.startswith("killed 40, half 0, traces 0, erased ")
    assert 0 < int(told.rpartition(" ")[2]) < 40


def test_two_programs_may_record_at_once(tmp_path: Path):
    programs = [start("record", tmp_path / "h", numbers) for numbers in ("0:15", "15:30")]
    assert [told_by(each) for each in programs] == ["", ""]
    with History(tmp_path / "h") as history:
        kept = history.readings()
        assert [each.sequence for each in kept] == list(range(1, 31))
        assert {each.customers for each in kept} == {200}
        assert all(len(history.reading(each).ids) == 200 for each in kept)


def test_of_two_programs_that_approve_the_last_one_allowed_one_is_refused(tmp_path: Path):
    History(tmp_path / "h").close()
    programs = [start("approve", tmp_path / "h", customer) for customer in ("x", "y")]
    assert sorted(told_by(each) for each in programs) == ["approved", "refused"]
    with History(tmp_path / "h") as history:
        assert len(history.let_go()) == 1
