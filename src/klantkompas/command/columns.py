"""``klantkompas columns``: where the table of an export is, and how it would be read."""

from __future__ import annotations

import os
from pathlib import Path

import click
from attrs import evolve

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option
from klantkompas.command.reading import inspected
from klantkompas.errors import KlantkompasError, told
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import sentence
from klantkompas.wording.writer import Writer

__all__ = ["command"]

WRITTEN = mark("A file of settings to start from is in {path}")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "columns",
        _run,
        _,
        own=[
            *options.exports(_, (), required=True),
            Option(
                ["--write"],
                type=FILE,
                metavar=_("FILE"),
                help=_("A new file of settings, such as klantkompas.toml."),
            ),
        ],
        shares=[options.plugins, options.quiet],
        purpose="look",
    )


def _run(asked: Asked, exports: tuple[str, ...], write: str | None) -> Answer:
    reports = inspected(exports, asked.found.compass())
    said = "\n\n".join(map(str, reports))
    if write is None:
        return Answer(said)
    path = Path(write)
    beside = [
        evolve(report, file=os.path.relpath(report.file, path.resolve().parent))
        for report in reports
    ]
    tables = ["\n".join(report.to_toml().splitlines()[2:]) for report in beside]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n\n".join(["version = 1", *tables, ""]))
    except OSError as cause:
        raise KlantkompasError(
            told("cannot be written: {reason}", reason=cause.strerror or cause),
            place=str(path),
            remedy=told("Name a file that is not there yet"),
        ) from cause
    where = Writer(asked.language).say(sentence(WRITTEN, path=str(path.resolve())))
    return Answer("" if asked.quiet else f"{said}\n\n{where}")
