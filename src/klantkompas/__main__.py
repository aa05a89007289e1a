"""The command: from a business's own exports to a page to read, and what its plugins do.

``python -m klantkompas report --orders orders.csv --out report.html``
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any, TextIO

from attrs import evolve

from klantkompas._printable import encodable, printable, shown
from klantkompas.compass import Compass, Reading
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.errors import ArgumentError, KlantkompasError, PluginError
from klantkompas.hooks import Plugin
from klantkompas.io.limits import Limits, limits_of
from klantkompas.io.mapping_file import column_of, named_files, read_mapping
from klantkompas.io.opening import ENDINGS, parts_of
from klantkompas.io.table_files import files_of
from klantkompas.plugins.discover import examine
from klantkompas.plugins.load import load_plugin
from klantkompas.portfolio import Portfolio
from klantkompas.portfolio.inspecting import ExportReport, inspect_export
from klantkompas.report.html import write_report
from klantkompas.report.progress import Progress
from klantkompas.report.summary import summary_of
from klantkompas.wording.catalogue import LANGUAGES, mark
from klantkompas.wording.notes import table_name
from klantkompas.wording.sentence import Grid, Listing, Quantity, Sentence, sentence
from klantkompas.wording.writer import Writer

__all__ = ["main"]

BROKEN = 1
FAILED = 2
INTERRUPTED, CLOSED = 130, 141
REPEATED = ("--column", "--plugin", "--leave-out", "--block", "--limit")
SCALES = {"0-10": (0, 10), "1-10": (1, 10)}
READING = mark("Reading {tables}")
MEASURING = mark("Measuring {customers}")
LOOKING = mark("Looking through every lens")
WRITING = mark("Writing the page")
WRITTEN = mark("The report is in {path}")
DISABLED = "KLANTKOMPAS_DISABLE_PLUGINS"
"""An environment variable: anything but 0 leaves out the installed plugins."""


def _option(table: str) -> str:
    return f"--{table.replace('_', '-')}"


def _tables(kinds: Sequence[InteractionKind]) -> list[str]:
    return [*(kind.name for kind in kinds), "customers", NOMINATIONS]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date written as YYYY-MM-DD, such as 2026-06-30"
        ) from None


def _plugin_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    plugins = options.add_argument_group("plugins")
    plugins.add_argument(
        "--plugin",
        action="append",
        default=[],
        metavar="FILE_OR_MODULE",
        help="a plugin: a file such as our_shop.py, or the name of a module; may be repeated",
    )
    plugins.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="NAME",
        help="a success factor, rule, cue, trait or advice to leave out; may be repeated",
    )
    plugins.add_argument(
        "--block",
        action="append",
        default=[],
        metavar="NAME",
        help="an installed plugin that is not even imported; may be repeated",
    )
    plugins.add_argument(
        "--skip-broken", action="store_true", help="go on without plugins that cannot be used"
    )
    return options


def _reading_options(kinds: Sequence[InteractionKind]) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    tables = options.add_argument_group(
        "exports",
        "csv (also csv.gz), parquet, xlsx, json or xaf files; give those that you have. Several "
        "files of one table: the option again, a folder, or a pattern in quotation marks",
    )
    for table in _tables(kinds):
        tables.add_argument(_option(table), dest=f"table {table}", action="append", metavar="FILE")
    reading = options.add_argument_group("how to read them")
    reading.add_argument(
        "--columns", metavar="FILE", help="a TOML file: which column is which field"
    )
    reading.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="TABLE.FIELD=HEADING",
        help="one such column, or a product: orders.amount=Quantity*Price; may be repeated",
    )
    reading.add_argument("--locale", help="how numbers and dates are written, such as nl or en-US")
    reading.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the reference date")
    reading.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="how large what is read may be, such as id_length=2000; may be repeated",
    )
    reading.add_argument("--months", type=int, default=6, help="the period (default: 6 months)")
    reading.add_argument(
        "--score-scale", choices=SCALES, default="0-10", help="of the survey (default: 0-10)"
    )
    return options


def _parser(kinds: Sequence[InteractionKind]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klantkompas",
        description="Who is A, B, C or D and why, whether 80/20 holds, and what the NPS is.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    shared = [_reading_options(kinds), _plugin_options()]
    report = commands.add_parser(
        "report",
        help="read exports and write a page about them",
        allow_abbrev=False,
        parents=shared,
    )
    report.add_argument(
        "exports",
        nargs="*",
        metavar="EXPORT",
        help="a file, or a folder of them, that is recognised by its headings",
    )
    page = report.add_argument_group("the page")
    page.add_argument("--language", choices=LANGUAGES, default="en")
    page.add_argument("--title")
    page.add_argument("--out", default="report.html", metavar="FILE", help="default: report.html")
    report.set_defaults(run=_report)
    plugins = commands.add_parser(
        "plugins",
        help="list the plugins, and how their rules class a customer",
        description="Lists the plugins. The exit status is 1 when one of them is broken.",
        allow_abbrev=False,
        parents=shared,
    )
    plugins.add_argument(
        "--trace", metavar="CUSTOMER", help="ask each rule of one customer, in order; needs exports"
    )
    plugins.set_defaults(run=_plugins)
    columns = commands.add_parser(
        "columns",
        help="look at exports, and propose how to read them",
        description="Says where each table is, how its columns would be read, and what to name.",
        allow_abbrev=False,
        parents=[_plugin_options()],
    )
    columns.add_argument("exports", nargs="+", metavar="EXPORT", help="a file, or a folder of them")
    columns.add_argument(
        "--write", metavar="FILE", help="a new file of settings, such as klantkompas.toml"
    )
    columns.set_defaults(run=_show_columns, months=6)
    return parser


def _columns(arguments: argparse.Namespace) -> dict[str, dict[str, Any]]:
    columns = {} if arguments.columns is None else read_mapping(arguments.columns)
    named = set()
    for text in arguments.column:
        table, name, headings = column_of(text)
        if (table, name) in named:
            raise ArgumentError(f"--column names {table}.{name} twice", remedy="Name it once")
        named.add((table, name))
        columns[table] = {**columns.get(table, {}), name: headings}
    return columns


def _limits(given: Sequence[str]) -> Limits:
    pairs = [text.partition("=") for text in given]
    for text, (_, _, number) in zip(given, pairs, strict=True):
        if not number.isdecimal():
            raise ArgumentError(
                f"--limit {shown(text)} is not a limit", remedy="Write it so: id_length=2000"
            )
    return limits_of({name: int(number) for name, _, number in pairs})


def _read(arguments: argparse.Namespace, compass: Compass, progress: Progress) -> Reading:
    given = vars(arguments)
    files = {
        name.removeprefix("table "): file
        for name, file in given.items()
        if name.startswith("table ") and file is not None
    }
    if arguments.columns is not None and not files:
        files = named_files(arguments.columns)
    files |= _recognised(getattr(arguments, "exports", ()), compass)
    if not files:
        raise KlantkompasError(
            "no export is given",
            remedy="Give at least one, such as --orders orders.csv (all options: klantkompas "
            f"{arguments.command} --help)",
        )
    progress.stage(sentence(READING, tables=Listing(map(table_name, files))))
    portfolio = Portfolio.from_files(
        columns=_columns(arguments),
        locale=arguments.locale,
        score_scale=SCALES[arguments.score_scale],
        kinds=compass.kinds,
        shapes=compass.export_shapes,
        limits=_limits(arguments.limit),
        **files,
    )
    progress.stage(sentence(MEASURING, customers=Quantity(len(portfolio), "customers")))
    measures = compass.measure(portfolio, arguments.as_of)
    progress.stage(Sentence(LOOKING))
    return compass.read(measures)


def _inspected(exports: Sequence[str], compass: Compass) -> list[ExportReport]:
    """Look at every export, and at every file of a folder."""
    kinds, shapes = compass.kinds, compass.export_shapes
    files = files_of(exports, ENDINGS) if exports else []
    parts = [part for file in files for part in parts_of(file)]
    return [inspect_export(str(part), kinds=kinds, shapes=shapes) for part in parts]


def _recognised(exports: Sequence[str], compass: Compass) -> dict[str, Any]:
    """Return which table each export holds, or refuse with all that has to be said of them."""
    files: dict[str, Any] = {}
    unknown = list[ExportReport]()
    for report in _inspected(exports, compass):
        if report.shape is None:
            unknown.append(report)
        else:
            files.setdefault(report.shape.table, []).append(report.file)
    if unknown:
        names = ", ".join(report.file for report in unknown)
        typed = " ".join(report.file for report in unknown)
        raise KlantkompasError(
            f"not recognised by the headings: {names}",
            remedy="Look the names over in what this writes, and give that file with --columns: "
            f"klantkompas columns {typed} --write klantkompas.toml",
        )
    return {table: each[0] if len(each) == 1 else each for table, each in files.items()}


def _show_columns(
    arguments: argparse.Namespace, compass: Compass, progress: Progress
) -> tuple[str, int]:
    reports = _inspected(arguments.exports, compass)
    told = "\n\n".join(map(str, reports))
    if arguments.write is None:
        return told, 0
    path = Path(arguments.write)
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
            f"cannot be written: {cause.strerror or cause}",
            place=str(path),
            remedy="Name a file that is not there yet",
        ) from cause
    return f"{told}\n\nA file of settings to start from is in {path.resolve()}", 0


def _report(arguments: argparse.Namespace, compass: Compass, progress: Progress) -> tuple[str, int]:
    reading = _read(arguments, compass, progress)
    progress.stage(Sentence(WRITING))
    path = write_report(reading, arguments.out, language=arguments.language, title=arguments.title)
    writer = reading.writer(arguments.language)
    where = writer.say(sentence(WRITTEN, path=str(path.resolve())))
    return f"{summary_of(reading, writer)}\n\n{where}", 0


def _plugins(
    arguments: argparse.Namespace, compass: Compass, progress: Progress
) -> tuple[str, int]:
    examined = examine(
        compass.plugins, installed=compass.installed, block=compass.block, on_broken="skip"
    )
    plugins = [each.plugin for each in examined]
    told = [_table(plugins)]
    if not compass.installed:
        told.append(f"{DISABLED} is set: installed plugins are left out")
    told += [each.problem for each in plugins if each.problem]
    if arguments.trace is not None:
        told.append(str(_read(arguments, compass, progress).classes.trace(arguments.trace)))
    broken = any(each.status == "broken" for each in plugins)
    return "\n\n".join(told), BROKEN if broken else 0


def _table(plugins: Sequence[Plugin]) -> str:
    rows = [("name", "version", "distribution", "status", "hooks")]
    for each in plugins:
        hooks = ", ".join(hook.removeprefix("klantkompas_") for hook in each.hooks)
        rows.append((each.name, each.version, each.distribution or each.origin, each.status, hooks))
    return Writer().grid(Grid(rows))


def _compass(arguments: Sequence[str]) -> Compass:
    options = _plugin_options()
    options.add_argument("command", nargs="?")
    known, _ = options.parse_known_args(arguments)
    lists = known.command == "plugins"
    return Compass(
        [load_plugin(each) for each in dict.fromkeys(known.plugin)],
        installed=os.environ.get(DISABLED, "") in ("", "0"),
        block=known.block,
        leave_out=known.leave_out,
        on_broken="skip" if lists or known.skip_broken else "raise",
    )


def _parser_of(compass: Compass) -> argparse.ArgumentParser:
    try:
        return _parser(compass.kinds)
    except argparse.ArgumentError as clash:
        option = str(clash.argument_name)
        kind = option.removeprefix("--").replace("-", "_")
        plugin = compass.declarations.provenance.plugin_of("interaction kind", kind)
        raise PluginError(
            f"the interaction kind {kind!r} of the plugin {plugin} has the same name as the "
            f"option {option}: rename the kind"
        ) from clash


def main(
    arguments: Sequence[str] | None = None,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run the command.

    Args:
        arguments: the command line; without one, that of the process.
        out: where what is asked for goes; standard output unless given.
        err: where progress and errors go; standard error unless given.

    Returns:
        The exit status, 0; 1 when a plugin in the list is broken; 2 when something cannot be done,
        said in one message; 130 when it was interrupted; 141 when nobody reads what it prints.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        status = _status(sys.argv[1:] if arguments is None else arguments, out, err)
        out.flush()
        err.flush()
    except BrokenPipeError:  # nobody reads on
        _close(out, err)
        return CLOSED
    except OSError as cause:
        with suppress(OSError):
            _say(f"klantkompas: what was asked for cannot be written: {cause.strerror}", err)
        _close(out, err)
        return FAILED
    return status


def _status(arguments: Sequence[str], out: TextIO, err: TextIO) -> int:
    try:
        compass = _compass(arguments)
        _each_once(arguments, [_option(table) for table in _tables(compass.kinds)])
        parsed = _parser_of(compass).parse_args(arguments)
        run: Callable[..., tuple[str, int]] = parsed.run
        writer = Writer(getattr(parsed, "language", "en"))
        with Progress(err, writer) as progress:
            told, status = run(parsed, evolve(compass, months=parsed.months), progress)
    except KlantkompasError as error:
        _say(f"klantkompas: {error.text(error.command_remedy)}", err)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError:
        _say("klantkompas: there is not enough memory for this", err)
        return FAILED
    _say(told, out)
    return status


def _say(text: str, stream: TextIO) -> None:
    """Print a text as the stream can show it, without what would steer a terminal."""
    print(encodable(printable(text), stream.encoding), file=stream)


def _close(*streams: TextIO) -> None:
    """Let what is still to be written go nowhere, or Python would fail on it once more."""
    for stream in streams:
        with suppress(OSError, ValueError), Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


def _each_once(arguments: Sequence[str], tables: Sequence[str]) -> None:
    """Check that no option stands there twice of which only one could count."""
    given = takewhile(lambda each: each != "--", arguments)
    options = [each.partition("=")[0] for each in given if each.startswith("--")]
    for option in options:
        if option not in (*REPEATED, *tables) and options.count(option) > 1:
            raise ArgumentError(f"{option} is given twice", remedy="Give it once")


if __name__ == "__main__":
    sys.exit(main())
