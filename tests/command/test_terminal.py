"""What a terminal shows: lines that fit it, tables by rich where that is there, else plain text."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest

from klantkompas.command import main
from klantkompas.command.terminal import folded
from klantkompas.report.progress import Progress
from klantkompas.wording.sentence import Sentence

SHOP = Path(__file__).parents[2] / "examples" / "shop"
COMMANDS = [
    ["classes"],
    ["review"],
    ["watch"],
    ["plugins"],
    ["explain", "0213"],
    ["letter", "0213"],
]


class Screen(StringIO):
    """A terminal that holds what is written to it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Narrow(Screen):
    """A terminal that has no lines to draw with."""

    encoding = "ascii"


def shown(*arguments: str, screen: StringIO | None = None) -> str:
    out, err = screen or Screen(), StringIO()
    assert main(arguments, out=out, err=err, environment={}) == 0, err.getvalue()
    return out.getvalue()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SHOP, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    return tmp_path


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda each: each[0])
def test_no_line_is_wider_than_the_terminal(
    arguments: list[str], columns: str, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = shown(*arguments)
    assert max(map(len, text.splitlines())) <= int(columns)


@pytest.mark.parametrize("arguments", [["watch"], ["explain", "0213"], ["letter", "0213"]])
def test_folding_changes_no_word(
    arguments: list[str], shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert shown(*arguments).split() == shown(*arguments, screen=StringIO()).split()


def test_what_a_program_reads_is_not_folded(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for arguments in (["nps", "--json"], ["columns", "orders.csv"]):
        assert shown(*arguments) == shown(*arguments, screen=StringIO())


def test_tables_are_plain_where_rich_is_not_installed(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert "─" in shown("review")
    assert "─" not in shown("review", screen=Narrow())
    monkeypatch.setattr("klantkompas.command.display.find_spec", lambda _: None)
    assert shown("review") == shown("review", screen=StringIO())
    assert "─" not in shown("review")


def test_an_error_fits_too(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    err = Screen()
    assert main(["repot"], out=StringIO(), err=err, environment={}) == 2
    lines = err.getvalue().splitlines()
    assert max(map(len, lines)) <= 50
    assert lines[0].startswith("klantkompas: there is no command 'repot'.")


def test_a_word_that_is_wider_than_the_terminal_is_left_whole() -> None:
    assert folded("  a " + "b" * 30 + " c", 20) == "  a\n    " + "b" * 30 + "\n    c"


class Spinner:
    """Keeps what it is told."""

    def __init__(self, text: str) -> None:
        self.said = [text]

    def start(self) -> None:
        self.said.append("start")

    def update(self, text: str) -> None:
        self.said.append(text)

    def stop(self) -> None:
        self.said.append("stop")


class Soon:
    """A timer that is up at once."""

    def __init__(self, _: float, act: object) -> None:
        self.act = act

    def start(self) -> None:
        self.act()  # type: ignore[operator]

    def cancel(self) -> None:
        pass


def test_progress_turns_and_stops() -> None:
    made: list[Spinner] = []

    def spinner(text: str) -> Spinner:
        made.append(Spinner(text))
        return made[-1]

    screen = Screen()
    with Progress(screen, spinner=spinner, timer=Soon) as progress:
        progress.stage(Sentence("Reading"))
        progress.stage(Sentence("Measuring"))
    assert [each.said for each in made] == [["Reading ...", "start", "Measuring ...", "stop"]]
    assert screen.getvalue() == ""


def test_nothing_turns_where_nothing_is_to_be_said() -> None:
    screen = Screen()
    with Progress(screen, silent=True, spinner=Spinner, timer=Soon) as progress:
        progress.stage(Sentence("Reading"))
    assert screen.getvalue() == ""
