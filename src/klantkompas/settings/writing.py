r"""Settings as TOML.

>>> print(toml_of({"months": 6, "orders": {"file": "orders.csv", "once": ["Order"]}}))
months = 6
<BLANKLINE>
[orders]
file = "orders.csv"
once = ["Order"]
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantkompas._printable import clipped, printable
from klantkompas.io.naming import quoted

__all__ = ["toml_of", "toml_shown", "toml_value"]

_LONGEST = 120
_BARE = re.compile("[A-Za-z0-9_-]+")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def toml_value(value: object) -> str:
    """Return a value as TOML writes it on a line.

    Args:
        value: text, a number, a boolean, a date, a list or a mapping of these.

    >>> toml_value({"heading": "Prijs", "less": ("Btw", 1.5, True)})
    '{ heading = "Prijs", less = ["Btw", 1.5, true] }'
    """
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(name)} = {toml_value(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    return str(value)


def toml_shown(value: object) -> str:
    """Return a value as errors show it: as it is written, shortened.

    Args:
        value: anything.

    >>> toml_shown((0, True)), len(toml_shown("x" * 9999)) < 200
    ('[0, true]', True)
    """
    return printable(clipped(toml_value(value), _LONGEST))


def toml_of(data: Mapping[str, object]) -> str:
    """Return a mapping as a TOML text: what is on its own first, then each mapping as a table.

    Args:
        data: the values by name; in a mapping, a mapping of mappings is a table of its own for each
            of these where all are mappings.
    """
    alone = {name: each for name, each in data.items() if not isinstance(each, Mapping)}
    blocks = ["\n".join(f"{_key(name)} = {toml_value(each)}" for name, each in alone.items())]
    for name, table in data.items():
        if isinstance(table, Mapping):
            blocks += _tables(_key(name), table)
    return "\n\n".join(filter(None, blocks))


def _tables(name: str, table: Mapping[str, object]) -> list[str]:
    inner = {key: each for key, each in table.items() if isinstance(each, Mapping)}
    if inner and len(inner) == len(table):
        return [
            block for key, each in inner.items() for block in _tables(f"{name}.{_key(key)}", each)
        ]
    lines = [f"{_key(key)} = {toml_value(each)}" for key, each in table.items()]
    return ["\n".join([f"[{name}]", *lines])]
