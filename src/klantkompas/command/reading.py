"""From the exports on a command line to a reading."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.command.asked import Asked
from klantkompas.command.options import SCALES, table_option, tables_of
from klantkompas.command.settled import from_folder, settings_in, settings_of
from klantkompas.compass import Compass, Reading
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.headings.index import goes_by_own_names
from klantkompas.io.mapping_file import column_of
from klantkompas.io.sources.limits import Limits, limits_of
from klantkompas.io.sources.opening import ENDINGS, parts_of
from klantkompas.io.sources.table_files import files_of
from klantkompas.portfolio import Portfolio
from klantkompas.portfolio.export_report import ExportReport
from klantkompas.portfolio.inspecting import inspect_export
from klantkompas.settings import Settings
from klantkompas.settings.checks import CHOICES
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import table_name
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["inspected", "portfolio_of", "read", "settled"]

READING = mark("Reading {tables}")
MEASURING = mark("Measuring {customers}")
LOOKING = mark("Looking through every lens")
Tables = Mapping[str, Mapping[str, object]]


def portfolio_of(asked: Asked) -> Portfolio:
    """Return the portfolio of the exports that were asked for.

    Args:
        asked: the exports, and how to read them.

    Raises:
        KlantkompasError: there are none, or they cannot be read.
    """
    settings = asked.settings
    if not settings.tables:
        raise KlantkompasError(
            told("no export is given"),
            remedy=told(
                "Give at least one, such as --orders orders.csv (all options: klantkompas "
                "{command} --help)",
                command=asked.name,
            ),
        )
    asked.progress.stage(sentence(READING, tables=Listing(map(table_name, settings.tables))))
    return settings.portfolio(limits=_limits(asked.given["limit"]))


def read(asked: Asked) -> Reading:
    """Return the reading that was asked for.

    Args:
        asked: the exports, and how to read them.

    Raises:
        KlantkompasError: there are none, or they cannot be read.
    """
    settings, portfolio = asked.settings, asked.portfolio
    asked.progress.stage(sentence(MEASURING, customers=Quantity(len(portfolio), "customers")))
    measures = settings.compass().measure(portfolio, settings.as_of)
    asked.progress.stage(Sentence(LOOKING))
    path = asked.history_path
    if path is None or not path.exists():
        return settings.reading(measures)
    with asked.history() as history:
        return settings.reading(measures, overrides=history.overrides())


def settled(asked: Asked) -> Settings:
    """Return the settings in force: those that were found, with what the options say.

    Args:
        asked: the exports, and how to read them.

    Raises:
        KlantkompasError: a setting has no meaning, or an export is not recognised.
    """
    given, settings = asked.given, asked.found
    if "exports" not in given:
        return settings
    exports = [*given["exports"]]
    folder = next(filter(None, map(settings_in, exports)), None) if len(exports) == 1 else None
    if folder is not None:
        settings, exports = settings_of(asked.arguments, asked.terminal, file=folder), []
        asked.speak_as(settings)
    scale = given["score_scale"]
    tables = {
        table: {"file": tuple(from_folder(each, settings.folder) for each in found)}
        for table in tables_of(settings.compass().kinds)
        if (found := given.get(table_option(table)))
    }
    columns = _columns(given["column"])
    if exports:
        settings = _of_exports(settings, exports)
    day, before = given["as_of"], settings.previous_review
    if day is not None and before is not None and before >= day:
        settings = evolve(settings, previous_review=None)  # it is of a later reading
    return settings.with_options(
        as_of=day,
        months=given["months"],
        locale=given["locale"],
        previous_review=given.get("previous"),
        score_scale=None if scale is None else SCALES[scale],
        tables={
            table: {**columns.get(table, {}), **tables.get(table, {})}
            for table in {**tables, **columns}
        },
    )


def inspected(exports: Sequence[str], compass: Compass) -> list[ExportReport]:
    """Return what every export holds, and every file of a folder."""
    return [_look(file, compass) for file in _files(exports)]


def _files(exports: Sequence[str]) -> list[str]:
    files = files_of(exports, ENDINGS) if exports else []
    return [str(part) for file in files for part in parts_of(file)]


def _look(file: str, compass: Compass) -> ExportReport:
    return inspect_export(file, kinds=compass.kinds, shapes=compass.export_shapes)


def _of_exports(settings: Settings, exports: Sequence[str]) -> Settings:
    """Return settings that read some exports alone: as settled, or else as recognised."""
    settled_as = {
        Path(file).resolve(): table for table, files in settings.files().items() for file in files
    }
    found: dict[str, list[str]] = {}
    recognised: dict[str, list[str]] = {}
    unknown = list[str]()
    for file in _files(exports):
        table = settled_as.get(Path(file).resolve())
        if table is not None:
            found.setdefault(table, []).append(file)
            continue
        table = _recognised(_look(file, settings.compass()), settings.compass())
        if table is None:
            unknown.append(file)
        else:
            recognised.setdefault(table, []).append(file)
    if unknown:
        raise KlantkompasError(
            told("not recognised by the headings: {files}", files=", ".join(unknown)),
            remedy=told(
                "Look the names over in the one file that this writes for all of them: "
                "klantkompas columns {files} --write klantkompas.toml",
                files=shlex.join(exports),
            ),
        )
    tables = {table: settings.tables[table] for table in found} | {t: {} for t in recognised}
    return _with_files(settings, tables, {**found, **recognised})


def _recognised(report: ExportReport, compass: Compass) -> str | None:
    """Return the table of an export: by its shape, or as all its headings are fields of one."""
    if report.shape is not None:
        return report.shape.table
    headings = [each.heading for each in report.columns]
    tables = columns_by_table(compass.kinds)
    fitting = [t for t, columns in tables.items() if goes_by_own_names(headings, columns)]
    return fitting[0] if len(fitting) == 1 else None


def _with_files(settings: Settings, tables: Tables, files: Mapping[str, Iterable[str]]) -> Settings:
    whole = {
        table: {**tables[table], "file": tuple(from_folder(f, settings.folder) for f in each)}
        for table, each in files.items()
    }
    by_team = NOMINATIONS not in whole
    return evolve(
        settings,
        tables=whole,
        reasons={} if by_team else settings.reasons,
        shortlist=None if by_team and settings.shortlist in CHOICES else settings.shortlist,
    )


def _columns(named: Sequence[str]) -> dict[str, dict[str, object]]:
    columns: dict[str, dict[str, object]] = {}
    for text in named:
        table, name, headings = column_of(text)
        if name in columns.get(table, {}):
            raise ArgumentError(
                told("--column names {field} twice", field=f"{table}.{name}"),
                remedy=told("Name it once"),
            )
        columns.setdefault(table, {})[name] = headings
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
