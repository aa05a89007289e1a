r"""Settings as TOML.

>>> print(toml_of({"months": 6, "orders": {"file": "orders.csv", "once": ["Order"]}}))
months = 6
<BLANKLINE>
[orders]
file = "orders.csv"
once = ["Order"]
"""

from __future__ import annotations

from collections.abc import Mapping

from klantkompas._printable import clipped, printable
from klantkompas.io.headings.naming import in_toml, toml_key

__all__ = ["toml_of", "toml_shown"]

_LONGEST = 120


def toml_shown(value: object) -> str:
    """Return a value as errors show it: as it is written, shortened.

    Args:
        value: anything.

    >>> toml_shown((0, True)), len(toml_shown("x" * 9999)) < 200
    ('[0, true]', True)
    """
    return printable(clipped(in_toml(value), _LONGEST))


def toml_of(data: Mapping[str, object]) -> str:
    """Return a mapping as a TOML text: what is on its own first, then each mapping as a table.

    Args:
        data: the values by name; in a mapping, a mapping of mappings is a table of its own for each
            of these where all are mappings.
    """
    alone = {name: each for name, each in data.items() if not isinstance(each, Mapping)}
    blocks = ["\n".join(f"{toml_key(name)} = {in_toml(each)}" for name, each in alone.items())]
    for name, table in data.items():
        if isinstance(table, Mapping):
            blocks += _tables(toml_key(name), table)
    return "\n\n".join(filter(None, blocks))


def _tables(name: str, table: Mapping[str, object]) -> list[str]:
    inner = {key: each for key, each in table.items() if isinstance(each, Mapping)}
    if inner and len(inner) == len(table):
        return [
            block
            for key, each in inner.items()
            for block in _tables(f"{name}.{toml_key(key)}", each)
        ]
    lines = [f"{toml_key(key)} = {in_toml(each)}" for key, each in table.items()]
    return ["\n".join([f"[{name}]", *lines])]
