"""From the exports on a command line to a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from klantkompas._printable import shown
from klantkompas.command.asked import Asked
from klantkompas.command.options import SCALES, table_option, tables_of
from klantkompas.compass import Compass, Reading
from klantkompas.errors import ArgumentError, KlantkompasError, told
from klantkompas.io.limits import Limits, limits_of
from klantkompas.io.mapping_file import column_of, named_files, read_mapping
from klantkompas.io.opening import ENDINGS, parts_of
from klantkompas.io.table_files import files_of
from klantkompas.portfolio import Portfolio
from klantkompas.portfolio.inspecting import ExportReport, inspect_export
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import table_name
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["inspected", "read"]

READING = mark("Reading {tables}")
MEASURING = mark("Measuring {customers}")
LOOKING = mark("Looking through every lens")


def read(asked: Asked) -> Reading:
    """Return the reading that was asked for.

    Args:
        asked: the exports, and how to read them.

    Raises:
        KlantkompasError: there are none, or they cannot be read.
    """
    given, compass = asked.given, asked.compass
    files = _files(asked)
    asked.progress.stage(sentence(READING, tables=Listing(map(table_name, files))))
    portfolio = Portfolio.from_files(
        columns=_columns(given["columns"], given["column"]),
        locale=given["locale"],
        score_scale=SCALES[given["score_scale"]],
        kinds=compass.kinds,
        shapes=compass.export_shapes,
        limits=_limits(given["limit"]),
        **files,
    )
    asked.progress.stage(sentence(MEASURING, customers=Quantity(len(portfolio), "customers")))
    measures = compass.measure(portfolio, given["as_of"])
    asked.progress.stage(Sentence(LOOKING))
    return compass.read(measures)


def inspected(exports: Sequence[str], compass: Compass) -> list[ExportReport]:
    """Return what every export holds, and every file of a folder."""
    kinds, shapes = compass.kinds, compass.export_shapes
    files = files_of(exports, ENDINGS) if exports else []
    parts = [part for file in files for part in parts_of(file)]
    return [inspect_export(str(part), kinds=kinds, shapes=shapes) for part in parts]


def _files(asked: Asked) -> dict[str, Any]:
    given, columns = asked.given, asked.given["columns"]
    tables = tables_of(asked.compass.kinds)
    files = {table: [*found] for table in tables if (found := given[table_option(table)])}
    if columns is not None and not files:
        files = named_files(columns)
    files |= _recognised(given["exports"], asked.compass)
    if not files:
        raise KlantkompasError(
            told("no export is given"),
            remedy=told(
                "Give at least one, such as --orders orders.csv (all options: klantkompas "
                "{command} --help)",
                command=asked.name,
            ),
        )
    return files


def _recognised(exports: Sequence[str], compass: Compass) -> dict[str, Any]:
    """Return which table each export holds, or refuse with all that has to be said of them."""
    files: dict[str, Any] = {}
    unknown = list[ExportReport]()
    for report in inspected(exports, compass):
        if report.shape is None:
            unknown.append(report)
        else:
            files.setdefault(report.shape.table, []).append(report.file)
    if unknown:
        raise KlantkompasError(
            told(
                "not recognised by the headings: {files}",
                files=", ".join(report.file for report in unknown),
            ),
            remedy=told(
                "Look the names over in what this writes, and give that file with --columns: "
                "klantkompas columns {files} --write klantkompas.toml",
                files=" ".join(report.file for report in unknown),
            ),
        )
    return {table: each[0] if len(each) == 1 else each for table, each in files.items()}


def _columns(file: str | None, named: Sequence[str]) -> dict[str, dict[str, Any]]:
    columns = {} if file is None else read_mapping(file)
    seen = set()
    for text in named:
        table, name, headings = column_of(text)
        if (table, name) in seen:
            raise ArgumentError(
                told("--column names {field} twice", field=f"{table}.{name}"),
                remedy=told("Name it once"),
            )
        seen.add((table, name))
        columns[table] = {**columns.get(table, {}), name: headings}
    return columns


def _limits(given: Sequence[str]) -> Limits:
    pairs = [text.partition("=") for text in given]
    for text, (_, _, number) in zip(given, pairs, strict=True):
        if not number.isdecimal():
            raise ArgumentError(
                told("--limit {given} is not a limit", given=shown(text)),
                remedy=told("Write it so: id_length=2000"),
            )
    return limits_of({name: int(number) for name, _, number in pairs})
