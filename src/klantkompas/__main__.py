"""The command: from a business's own exports to a page to read.

``python -m klantkompas report --orders orders.csv --out report.html``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TextIO

from klantkompas._texts import LANGUAGES
from klantkompas.compass import Compass, Reading
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import KlantkompasError
from klantkompas.io.headings import ColumnMapping
from klantkompas.io.mapping_file import column_of, read_mapping
from klantkompas.portfolio import Portfolio
from klantkompas.report.html import write_report
from klantkompas.report.progress import Progress

__all__ = ["main"]

FAILED = 2
SCALES = {"0-10": (0, 10), "1-10": (1, 10)}


def _option(table: str) -> str:
    return f"--{table.replace('_', '-')}"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date written as YYYY-MM-DD, such as 2026-06-30"
        ) from None


def _parser(kinds: Sequence[InteractionKind]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klantkompas",
        description="Who is A, B, C or D and why, whether 80/20 holds, and what the NPS is.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser(
        "report", help="read exports and write a page about them", allow_abbrev=False
    )
    tables = report.add_argument_group(
        "exports", "csv (also csv.gz), parquet or xlsx files; give those that you have"
    )
    for table in (*(kind.name for kind in kinds), "customers"):
        tables.add_argument(_option(table), dest=f"table {table}", metavar="FILE")
    reading = report.add_argument_group("how to read them")
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
    reading.add_argument("--months", type=int, default=6, help="the period (default: 6 months)")
    reading.add_argument(
        "--score-scale", choices=SCALES, default="0-10", help="of the survey (default: 0-10)"
    )
    page = report.add_argument_group("the page")
    page.add_argument("--language", choices=LANGUAGES, default="en")
    page.add_argument("--title")
    page.add_argument("--out", default="report.html", metavar="FILE", help="default: report.html")
    return parser


def _columns(arguments: argparse.Namespace) -> dict[str, ColumnMapping]:
    columns = {} if arguments.columns is None else read_mapping(arguments.columns)
    for text in arguments.column:
        table, name, headings = column_of(text)
        columns[table] = {**columns.get(table, {}), name: headings}
    return columns


def _read(arguments: argparse.Namespace, compass: Compass, progress: Progress) -> Reading:
    given = vars(arguments)
    files = {
        name.removeprefix("table "): file
        for name, file in given.items()
        if name.startswith("table ") and file is not None
    }
    if not files:
        raise KlantkompasError(
            "no export is given: give at least one, such as --orders orders.csv "
            "(all options: klantkompas report --help)"
        )
    progress.stage(f"Reading {', '.join(files)}")
    portfolio = Portfolio.from_files(
        columns=_columns(arguments),
        locale=arguments.locale,
        score_scale=SCALES[arguments.score_scale],
        kinds=compass.kinds,
        **files,
    )
    progress.stage(f"Measuring {len(portfolio)} customers")
    measures = compass.measure(portfolio, arguments.as_of)
    progress.stage("Looking through every lens")
    return compass.read(measures)


def _report(arguments: argparse.Namespace, compass: Compass, progress: Progress) -> str:
    reading = _read(arguments, compass, progress)
    progress.stage("Writing the page")
    path = write_report(reading, arguments.out, language=arguments.language, title=arguments.title)
    return f"{reading}\n\nThe report is in {path.resolve()}"


def main(
    arguments: Sequence[str] | None = None,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run the command.

    Args:
        arguments: the command line; without one, that of the process.
        out: where the summary goes; standard output unless given.
        err: where progress and errors go; standard error unless given.

    Returns:
        The exit status: 0, or 2 when something cannot be done, said in one message.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        parsed = _parser(Compass().kinds).parse_args(arguments)
        with Progress(err) as progress:
            told = _report(parsed, Compass(months=parsed.months), progress)
    except KlantkompasError as error:
        print(f"klantkompas: {error}", file=err)
        return FAILED
    print(told, file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
