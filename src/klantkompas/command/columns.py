"""``klantkompas columns``: where the table of an export is, and how it would be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from attrs import evolve, frozen

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option
from klantkompas.command.reading import inspected
from klantkompas.command.written import check_ending, write_new
from klantkompas.io.headings.naming import quoted
from klantkompas.io.mapping_file import LAYOUT
from klantkompas.portfolio.export_report import ExportReport
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import sentence
from klantkompas.wording.writer import Writer

__all__ = ["Looked", "command"]

WRITTEN = mark("A file of settings to start from is in {path}")


@frozen
class Looked(Plain):
    """What exports hold.

    Args:
        exports: what each of them holds.
    """

    exports: tuple[ExportReport, ...]


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
        shares=[options.plugins, options.shows],
        result=Looked,
        purpose="look",
    )


def _run(asked: Asked, exports: tuple[str, ...], write: str | None) -> Answer:
    if write is not None:
        check_ending(Path(write), ".toml")
    reports = inspected(exports, asked.found.compass())
    said = "\n\n".join(report.text(asked.writer) for report in reports)
    found = Looked(tuple(reports))
    if write is None:
        return Answer(said, found, folds=False)
    path = Path(write)
    beside = [
        evolve(report, file=os.path.relpath(report.file, path.resolve().parent))
        for report in reports
    ]
    written = write_new(path, "\n\n".join(["version = 1", *_tables(beside, asked.writer), ""]))
    where = asked.writer.say(sentence(WRITTEN, path=str(written)))
    return Answer("" if asked.quiet else f"{said}\n\n{where}", found, folds=False)


def _tables(reports: Iterable[ExportReport], writer: Writer) -> Iterator[str]:
    """Write each table once: files of one layout together, several layouts one after another.

    Beside exports that are a table, a file that is none is a remark.
    """
    tables: dict[str, dict[str, list[str]]] = {}
    reports = tuple(reports)
    of_tables = [report for report in reports if report.fits]
    for report in of_tables or reports:
        _, _, head, file, *fields = report.to_toml(writer).splitlines()
        files = tables.setdefault(head, {}).setdefault("\n".join(fields), [])
        files.append(file.removeprefix("file = "))
    for head, layouts in tables.items():
        above = head if len(layouts) == 1 else f"[{head[:-1]}.{LAYOUT}]]"
        for rest, files in layouts.items():
            several = files[0] if len(files) == 1 else f"[{', '.join(files)}]"
            yield "\n".join(filter(None, (above, f"file = {several}", rest)))
    for report in reports if of_tables else ():
        if not report.fits:
            yield f"# file = {quoted(report.file)}: {writer.say(report.verdict)}"
