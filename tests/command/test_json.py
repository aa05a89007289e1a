"""What a command shows for a program keeps to the schema of that command."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from klantkompas.command import main
from klantkompas.command.declared import Command
from klantkompas.command.group import COMMANDS, command_line
from klantkompas.command.terminal import Terminal
from klantkompas.wording.catalogue import translator
from klantkompas.wording.schema import schema_of

SHOP = Path(__file__).parents[2] / "examples" / "shop"
KEPT = ["--history", "shop.klantkompas"]
FINDING = ["--finding", "0094=their margin stays below 20%"]
SHOWN: dict[str, list[list[str]]] = {
    "report": [["--out", "page.html"]],
    "classes": [[]],
    "nps": [[], ["enquete.csv"]],
    "explain": [["0213"], ["0046"]],
    "letter": [["0213", "--sender", "Anna"]],
    "review": [["--as-of", "2024-02-29", *KEPT], ["--as-of", "2025-05-31", *KEPT]],
    "let-go": [[], KEPT],
    "approve": [["0138", "0094", "--by", "Anna", "--on", "2025-06-02", *FINDING, *KEPT]],
    "watch": [[], ["--list", "everybody"], ["--list", "changed", *KEPT]],
    "settings": [[]],
    "columns": [["orders.csv", "klanten.csv"]],
    "plugins": [[], ["--trace", "0213"]],
    "erase": [["0094", "--on", "2025-06-30", *KEPT]],
}
"""Command lines of each command that shows a result, run one after another."""


def commands() -> dict[str, Command]:
    group = command_line(translator("en"))
    terminal = Terminal(StringIO(), StringIO(), [], {})
    found = {}
    for name in COMMANDS:
        context = click.Context(group, obj=terminal, resilient_parsing=True)
        command = group.get_command(context, name)
        assert isinstance(command, Command)
        command.make_context(name, [], parent=context, resilient_parsing=True)
        found[name] = command
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(SHOP, folder, dirs_exist_ok=True)
    settings = (SHOP / "klantkompas.toml").read_text("utf-8")
    counted = 'leave_out = ["clear_orders", "keeps_what_it_orders", "quickly_satisfied", '
    settings = settings.replace("as_of", f'{counted}"rarely_complains"]\nas_of', 1)
    lines = [line for line in settings.splitlines() if not line.startswith('"nooit gedoe')]
    (folder / "klantkompas.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def shown(*arguments: str) -> Any:
    out, err = StringIO(), StringIO()
    assert main(arguments, out=out, err=err, environment={}) == 0, err.getvalue()
    assert err.getvalue() == ""
    assert out.getvalue().isascii()
    return json.loads(out.getvalue())


def test_every_command_that_shows_a_result_is_tried() -> None:
    found = commands()
    showing = {name for name, each in found.items() if each.result is not None}
    with_option = {
        name
        for name, each in found.items()
        if any("--json" in parameter.opts for parameter in each.params)
    }
    assert showing == with_option == {*SHOWN}


def test_what_is_shown_keeps_to_its_schema(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    found = commands()
    for name, lines in SHOWN.items():
        schema = schema_of(found[name].result)
        Draft202012Validator.check_schema(schema)
        for line in lines:
            Draft202012Validator(schema).validate(shown(name, *line, "--json"))


def test_numbers_in_json_are_those_of_the_library(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from klantkompas import Settings

    monkeypatch.chdir(folder)
    reading = Settings.read("klantkompas.toml").reading()
    assert shown("nps", "--json") == json.loads(reading.nps.to_json("nl"))
    explained = shown("explain", "0213", "--json", "--language", "en")
    assert explained["profile"]["why"]["label"] == reading.classes.label("0213")
