"""The options that commands share, each declared once."""

from __future__ import annotations

from collections.abc import Sequence

import click

from klantkompas.command.declared import DAY, FILE, NUMBER, Argument, OneOf, Option
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.wording.catalogue import Translator

__all__ = ["SCALES", "exports", "plugins", "quiet", "reading", "table_option", "tables_of"]

SCALES = {"0-10": (0, 10), "1-10": (1, 10)}
Kinds = Sequence[InteractionKind]


def table_option(table: str) -> str:
    """Return the name under which a command takes the files of a table.

    >>> table_option("orders")
    'table_orders'
    """
    return f"table_{table}"


def tables_of(kinds: Kinds) -> list[str]:
    """Return the names of the tables that can be given."""
    return [*(kind.name for kind in kinds), "customers", NOMINATIONS]


def exports(text: Translator, kinds: Kinds, *, required: bool = False) -> list[click.Parameter]:
    """Return the argument with exports."""
    return [
        Argument(
            ["exports"],
            nargs=-1,
            required=required,
            metavar=text("EXPORT..."),
            type=FILE,
            told=text(
                "A file, or a folder of them, that is recognised by its headings: csv (also "
                "csv.gz), parquet, xlsx, json or xaf."
            ),
        )
    ]


def reading(text: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the exports and options of a command that reads."""
    section, file = text("How to read them"), text("FILE")
    found = exports(text, kinds)
    for table in tables_of(kinds):
        found.append(
            Option(
                [table_option(table), f"--{table.replace('_', '-')}"],
                multiple=True,
                type=FILE,
                metavar=file,
                section=text(
                    "Exports of one table (several files: the option again, a folder, or a pattern)"
                ),
            )
        )
    return [
        *found,
        Option(
            ["--columns"],
            type=FILE,
            metavar=file,
            section=section,
            help=text("A TOML file: which column is which field."),
        ),
        Option(
            ["--column"],
            multiple=True,
            metavar=text("TABLE.FIELD=HEADING"),
            section=section,
            help=text(
                "One such column, or a product: orders.amount=Quantity*Price; may be repeated."
            ),
        ),
        Option(
            ["--locale"],
            metavar=text("LOCALE"),
            section=section,
            help=text("How numbers and dates are written, such as nl or en-US."),
        ),
        Option(
            ["--as-of"],
            type=DAY,
            metavar="YYYY-MM-DD",
            section=section,
            help=text("The reference date; without it, the last date in the exports."),
        ),
        Option(
            ["--limit"],
            multiple=True,
            metavar=text("NAME=NUMBER"),
            section=section,
            help=text("How large what is read may be, such as id_length=2000; may be repeated."),
        ),
        Option(
            ["--months"],
            type=NUMBER,
            default=6,
            metavar=text("NUMBER"),
            section=section,
            help=text("The months of the period; without it, 6."),
        ),
        Option(
            ["--score-scale"],
            type=OneOf([*SCALES]),
            default="0-10",
            section=section,
            help=text("The lowest and highest score of the survey; without it, 0-10."),
        ),
        *plugins(text, kinds),
    ]


def plugins(text: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the options that say which plugins there are."""
    section, name = text("Plugins"), text("NAME")
    return [
        Option(
            ["--plugin"],
            multiple=True,
            metavar=text("FILE_OR_MODULE"),
            section=section,
            help=text(
                "A plugin: a file such as our_shop.py, or the name of a module; may be repeated."
            ),
        ),
        Option(
            ["--leave-out"],
            multiple=True,
            metavar=name,
            section=section,
            help=text(
                "A success factor, rule, cue, trait or advice to leave out; may be repeated."
            ),
        ),
        Option(
            ["--block"],
            multiple=True,
            metavar=name,
            section=section,
            help=text("An installed plugin that is not even imported; may be repeated."),
        ),
        Option(
            ["--skip-broken"],
            is_flag=True,
            section=section,
            help=text("Go on without plugins that cannot be used."),
        ),
    ]


def quiet(text: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the option that silences what was not asked for."""
    return [
        Option(
            ["--quiet"],
            is_flag=True,
            help=text("Show what was asked for and errors, but no progress and no summary."),
        )
    ]
