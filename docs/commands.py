"""Writes the part of the command's page that its declarations say: what each command takes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import click

from klantkompas.command.declared import EXIT_CODES, Argument, Command, Option
from klantkompas.command.group import COMMANDS, PROGRAM, command_line
from klantkompas.command.terminal import Terminal
from klantkompas.wording.catalogue import translator
from klantkompas.wording.schema import schema_of

SCHEMAS = Path(__file__).with_name("_static") / "schemas"
PAGE = Path(__file__).with_name("reference") / "catalogue" / "commands.inc"


def contexts() -> Iterator[click.Context]:
    """Yield a context of the whole command, then one of each command, with its options."""
    terminal = Terminal(io.StringIO(), io.StringIO(), [], {"KLANTKOMPAS_DISABLE_PLUGINS": "1"})
    group = command_line(translator("en"))
    whole = group.make_context(PROGRAM, [], resilient_parsing=True, obj=terminal)
    yield whole
    for name in COMMANDS:
        command = group.get_command(whole, name)
        if command is not None:
            yield command.make_context(name, [], parent=whole, resilient_parsing=True)


def rows(context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield each argument and option of a command, with what it says."""
    for each in context.command.params:
        if isinstance(each, Argument):
            yield f"`{each.metavar}`", each.told
    by_section: dict[str, list[Option]] = {}
    for each in context.command.params:
        if isinstance(each, Option):
            by_section.setdefault(each.section, []).append(each)
    for section, options in by_section.items():
        if all(not each.help for each in options):  # one row for the tables
            yield ", ".join(f"`{each.opts[0]}`" for each in options), section
            continue
        for each in options:
            record = each.get_help_record(context)
            if record is not None:
                yield f"`{record[0]}`", record[1]


def section(context: click.Context) -> str:
    """Return the section of a command."""
    command = context.command
    pieces = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {context.command_path}", "", str(command.help), ""]
    lines += ["```text", f"{context.command_path} {pieces}", "```", ""]
    lines += ["| what | it says |", "| --- | --- |"]
    lines += [f"| {what.replace('|', chr(92) + '|')} | {says} |" for what, says in rows(context)]
    if isinstance(command, Command) and command.result is not None:
        schema = f"{{download}}`schema </_static/schemas/{command.name}-command.json>`"
        lines += ["", f"With `--json` it shows a `{command.result.__name__}`: its {schema}."]
    return "\n".join([*lines, ""])


def write_schemas() -> None:
    """Write the JSON Schema of what each command shows."""
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for context in contexts():
        command = context.command
        if isinstance(command, Command) and command.result is not None:
            schema = json.dumps(schema_of(command.result), indent=2)
            file = SCHEMAS / f"{command.name}-command.json"
            file.write_text(f"{schema}\n", encoding="utf-8")


def page() -> str:
    """Return what is generated of the page."""
    codes = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    table = "\n".join(["## Exit codes", "", "| code | meaning |", "| --- | --- |", *codes, ""])
    return "\n".join([table, *map(section, contexts())])


def write_page() -> None:
    """Write it where it differs from what is there."""
    content = page()
    if not PAGE.is_file() or PAGE.read_text("utf-8") != content:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(content, encoding="utf-8")
