"""Which column is which field, as written in a file or on a command line.

In a file, each table of the data is a table of TOML::

    [orders]
    customer = "Customer number"
    amount = ["Quantity", "Price"]
    on = { heading = "Order date", style = "d-m-y" }

>>> given = {"orders": {"amount": ["Quantity", "Price"], "on": {"heading": "Date"}}}
>>> mapping_of(given)["orders"]["on"]
Heading(name='Date', style=None)
>>> column_of("orders.amount=Quantity*Price")
('orders', 'amount', ('Quantity', 'Price'))
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.headings import ColumnMapping, Heading

__all__ = ["column_of", "mapping_of", "read_mapping"]

EXPECTED = (
    'write field = "Heading", ["A", "B"] for their product, or {heading = "A", style = "..."}'
)


def _heading(where: str, given: Any) -> str | Heading:
    if isinstance(given, str) and given.strip():
        return given
    if (
        isinstance(given, Mapping)
        and given.keys() <= {"heading", "style"}
        and isinstance(given.get("heading"), str)
        and isinstance(given.get("style"), str | None)
    ):
        return Heading(given["heading"], style=given.get("style"))
    raise ArgumentError(f"{where} is {given!r}: {EXPECTED}")


def mapping_of(given: Mapping[str, Any]) -> dict[str, ColumnMapping]:
    """Make the mapping of columns from what a file says.

    Args:
        given: by table and field, a heading, a list of them, or a heading with its style.

    Returns:
        What ``columns=`` of `Portfolio.from_files` takes.

    Raises:
        ArgumentError: something else stands there.
    """
    mapping: dict[str, ColumnMapping] = {}
    for table, fields in given.items():
        if not isinstance(fields, Mapping):
            raise ArgumentError(f"{table} is {fields!r}, outside any table: put it under [orders]")
        mapping[table] = {
            name: tuple(_heading(f"{table}.{name}", each) for each in value)
            if isinstance(value, list) and value
            else _heading(f"{table}.{name}", value)
            for name, value in fields.items()
        }
    return mapping


def read_mapping(path: str | os.PathLike[str]) -> dict[str, ColumnMapping]:
    """Read which column is which field from a file.

    Args:
        path: a TOML file.

    Returns:
        What ``columns=`` of `Portfolio.from_files` takes.

    Raises:
        KlantkompasError: the file cannot be opened.
        ArgumentError: it is no TOML, or says something else.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as cause:
        raise KlantkompasError(f"{path} cannot be read: {cause.strerror or cause}") from cause
    except UnicodeDecodeError as cause:
        raise ArgumentError(f"{path} is not written in UTF-8; save it so") from cause
    try:
        return mapping_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as cause:
        raise ArgumentError(f"{path} is not written as TOML should be: {cause}") from cause
    except ArgumentError as cause:
        raise ArgumentError(f"{path}: {cause}") from cause


def column_of(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Take apart what a command line says of one column.

    Args:
        text: such as ``"orders.amount=Price"``, or a product: ``"orders.amount=Quantity*Price"``.

    Returns:
        The table, the field, and the headings whose product it is.

    Raises:
        ArgumentError: it is not written so.
    """
    target, equals, headings = text.partition("=")
    table, dot, name = target.strip().partition(".")
    wanted = tuple(heading.strip() for heading in headings.split("*"))
    if not (equals and dot and table and name and all(wanted)):
        raise ArgumentError(
            f"{text!r} names no column: write table.field=heading, such as orders.customer=Client, "
            "or orders.amount=Quantity*Price for a product"
        )
    return table, name, wanted
