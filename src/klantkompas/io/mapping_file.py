"""Which column is which field, as written in a file or on a command line.

In a file, each table of the data is a table of TOML::

    [orders]
    customer = "Customer number"
    amount = ["Quantity", "Price"]
    on = { heading = "Order date", style = "d-m-y" }
    where = { Status = ["paid", "refunded"] }

>>> given = {"orders": {"amount": ["Quantity", "Price"], "on": {"heading": "Date"}}}
>>> mapping_of(given)["orders"]["on"]
Heading(name='Date', style=None)
>>> column_of("orders.amount=Quantity*Price")
('orders', 'amount', ('Quantity', 'Price'))
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.domain.export_shape import KEYS, shape_of
from klantkompas.domain.field_source import Heading
from klantkompas.errors import ArgumentError
from klantkompas.io.sources.contents import path_of, read_bytes
from klantkompas.io.sources.limits import DEFAULT_LIMITS

__all__ = ["LAYOUT", "column_of", "mapping_of", "read_mapping"]

EXPECTED = told(
    'Write field = "Heading", ["A", "B"] for their product, or {example}',
    example='{ heading = "A", style = "..." }',
)
FILE = "file"
"""The key that says which file or files hold a table."""
LAYOUT = "layout"
"""The key of what is said of each of the layouts that the files of a table have."""
Said = dict[str, object]
"""What is said of a table, or of one layout of its files."""
VERSION = 1
"""The version of what such a file may say."""
_FACTOR_ENDS = re.compile(r"(?<!\\)\*")
SAVE = told("Save it as UTF-8")


def _heading(given: object) -> object:
    if isinstance(given, Mapping) and {*given} <= {"heading", "style"}:
        return Heading(given["heading"], style=given.get("style"))
    if isinstance(given, list):
        return tuple(map(_heading, given))
    return given


def mapping_of(given: Mapping[str, object], file: str = "") -> dict[str, Said | list[Said]]:
    """Return the mapping of columns that a file of settings declares.

    Args:
        given: by table and field, a heading, a list of them, a heading with its style, or what else
            an `ExportShape` says of a field; and the keys that it has beside the fields.
        file: the file that says so, for errors.

    Returns:
        What ``columns=`` of `Portfolio.from_files` takes: of a table with several layouts, a list
        with what is said of each.

    Raises:
        ArgumentError: `given` holds something else.
    """
    mapping: dict[str, Said | list[Said]] = {}
    for table, fields in given.items():
        if table == "version":
            if fields != VERSION:
                raise ArgumentError(
                    told("version is {fields}", fields=shown(fields)),
                    place=file,
                    remedy=told("Write version = {version}", version=VERSION),
                )
            continue
        layouts = fields.get(LAYOUT) if isinstance(fields, Mapping) else None
        if isinstance(layouts, list | tuple):
            mapping[table] = [_of_table(table, each, file) for each in layouts]
            continue
        mapping[table] = _of_table(table, fields, file)
    return mapping


def _of_table(table: str, fields: object, file: str) -> Said:
    """Return what is said of a table, or of one of its layouts."""
    if not isinstance(fields, Mapping):
        raise ArgumentError(
            told(
                "{table} is {fields}, outside any table", table=shown(table), fields=shown(fields)
            ),
            place=file,
            remedy=told("Put it under the table that it is of, such as [orders]"),
        )
    named = {name: value for name, value in fields.items() if name != FILE}
    try:
        shape_of(table, named)
    except ArgumentError as error:
        raise ArgumentError(error.problem, place=file, remedy=error.remedy) from None
    return {name: value if name in KEYS else _heading(value) for name, value in named.items()}


def read_mapping(path: str | os.PathLike[str]) -> dict[str, Said | list[Said]]:
    r"""Return the mapping of columns in a TOML file.

    Args:
        path: a TOML file.

    Returns:
        What ``columns=`` of `Portfolio.from_files` takes.

    Raises:
        KlantkompasError: the file cannot be opened.
        ArgumentError: the file is not TOML, or does not map tables and fields to headings.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "columns.toml")
    ...     _ = file.write_text('[orders]\ncustomer = "Klantnummer"\n')
    ...     read_mapping(file)
    {'orders': {'customer': 'Klantnummer'}}
    """
    return mapping_of(_toml(path_of(path)), str(path))


def _toml(path: Path) -> dict[str, object]:
    try:
        text = read_bytes(path, str(path), DEFAULT_LIMITS).decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise ArgumentError(
            told("is not written in UTF-8"), place=str(path), remedy=SAVE
        ) from cause
    try:
        return tomllib.loads(text)
    # A number of too many digits is a ValueError, too many brackets a RecursionError.
    except (ValueError, RecursionError) as cause:
        raise ArgumentError(
            told("is not written as TOML should be: {cause}", cause=cause),
            place=str(path),
            remedy=EXPECTED,
        ) from cause


def column_of(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the table, field and headings in an argument of the command line.

    Args:
        text: such as ``"orders.amount=Price"``, or a product: ``"orders.amount=Quantity*Price"``;
            an asterisk that belongs to a heading has a backslash before it.

    Returns:
        The table, the field, and the headings whose product it is.

    Raises:
        ArgumentError: `text` does not have that form.
    """
    target, equals, headings = text.partition("=")
    table, dot, name = target.strip().partition(".")
    factors = _FACTOR_ENDS.split(headings)
    wanted = tuple(factor.replace(r"\*", "*").strip() for factor in factors)
    if not (equals and dot and table and name and all(wanted)):
        raise ArgumentError(
            told("{text} names no column", text=shown(text)),
            remedy=told(
                "Write table.field=heading, such as orders.customer=Client, or orders.amount="
                "Quantity*Price for a product; an asterisk of a heading itself as \\*"
            ),
        )
    return table, name, wanted
