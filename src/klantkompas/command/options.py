"""The options that commands share, each declared once."""

from __future__ import annotations

from collections.abc import Sequence

import click

from klantkompas.command.declared import FILE, Argument, Option, as_day, as_number
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.wording.catalogue import Translator

__all__ = [
    "SCALES",
    "customer",
    "exports",
    "history",
    "plugins",
    "quiet",
    "reading",
    "reviewing",
    "settings",
    "shows",
    "table_option",
    "tables_of",
]

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


def exports(_: Translator, kinds: Kinds, *, required: bool = False) -> list[click.Parameter]:
    """Return the argument with exports."""
    return [
        Argument(
            ["exports"],
            nargs=-1,
            required=required,
            metavar=_("EXPORT...") if required else _("[EXPORT]..."),
            type=FILE,
            told=_(
                "A file, or a folder of them, that is recognised by its headings: csv (also "
                "csv.gz), parquet, xlsx, json or xaf."
            ),
        )
    ]


def reading(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the exports and options of a command that reads."""
    section, file = _("How to read them"), _("FILE")
    found = exports(_, kinds)
    for table in tables_of(kinds):
        found.append(
            Option(
                [table_option(table), f"--{table.replace('_', '-')}"],
                multiple=True,
                type=FILE,
                metavar=file,
                section=_(
                    "Exports of one table (several files: the option again, a folder, or a pattern)"
                ),
            )
        )
    return [
        *found,
        *settings(_, kinds),
        Option(
            ["--column"],
            multiple=True,
            metavar=_("TABLE.FIELD=HEADING"),
            section=section,
            help=_("One such column, or a product: orders.amount=Quantity*Price; may be repeated."),
        ),
        Option(
            ["--locale"],
            metavar=_("LOCALE"),
            section=section,
            help=_("How numbers and dates are written, such as nl or en-US."),
        ),
        Option(
            ["--as-of"],
            callback=as_day,
            metavar="YYYY-MM-DD",
            section=section,
            help=_("The reference date; without it, the last date in the exports."),
        ),
        Option(
            ["--limit"],
            multiple=True,
            metavar=_("NAME=NUMBER"),
            section=section,
            help=_("How large what is read may be, such as id_length=2000; may be repeated."),
        ),
        Option(
            ["--months"],
            callback=as_number,
            metavar=_("NUMBER"),
            section=section,
            help=_("The months of the period; without it, 6."),
        ),
        Option(
            ["--score-scale"],
            type=click.Choice([*SCALES]),
            section=section,
            help=_("The lowest and highest score of the survey; without it, 0-10."),
        ),
        *plugins(_, kinds),
    ]


def plugins(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the options that say which plugins there are."""
    section, name = _("Plugins"), _("NAME")
    return [
        Option(
            ["--plugin"],
            multiple=True,
            metavar=_("FILE_OR_MODULE"),
            section=section,
            help=_(
                "A plugin: a file such as our_shop.py, or the name of a module; may be repeated."
            ),
        ),
        Option(
            ["--leave-out"],
            multiple=True,
            metavar=name,
            section=section,
            help=_("A success factor, rule, cue, trait or advice to leave out; may be repeated."),
        ),
        Option(
            ["--block"],
            multiple=True,
            metavar=name,
            section=section,
            help=_("An installed plugin that is not even imported; may be repeated."),
        ),
        Option(
            ["--skip-broken"],
            is_flag=True,
            section=section,
            help=_("Go on without plugins that cannot be used."),
        ),
    ]


def customer(_: Translator) -> Argument:
    """Return the argument with a customer's id."""
    return Argument(["customer"], metavar=_("CUSTOMER"), told=_("The customer's id."))


def history(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the option with the history."""
    return [
        Option(
            ["--history"],
            type=FILE,
            metavar=_("FILE"),
            help=_("The history of readings, such as shop.klantkompas."),
        )
    ]


def reviewing(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the options of a command that looks back to the last review."""
    return [
        *history(_, kinds),
        Option(
            ["--previous"],
            callback=as_day,
            metavar="YYYY-MM-DD",
            help=_("The date of the review before, where no history is kept."),
        ),
    ]


def settings(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the option with the settings, of a command that reads no exports."""
    return [
        Option(
            ["--settings"],
            type=FILE,
            metavar=_("FILE"),
            help=_("What is settled in a file; without it, in klantkompas.toml if that is here."),
        )
    ]


def shows(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the options of a command that shows a result."""
    as_json = Option(["--json"], is_flag=True, help=_("Show it as JSON, for a program to read."))
    return [as_json, *quiet(_, kinds)]


def quiet(_: Translator, kinds: Kinds) -> list[click.Parameter]:
    """Return the option that silences what was not asked for."""
    return [
        Option(
            ["--quiet"],
            is_flag=True,
            help=_("Show what was asked for and errors, but no progress and no summary."),
        )
    ]
