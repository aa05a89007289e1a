"""What the options of a command say in the place of settings."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from klantkompas.settings.checks import FILE
from klantkompas.settings.places import Keys
from klantkompas.settings.written import Said, Written

__all__ = ["in_place"]

OPTIONS = {"plugins": "--plugin"}
"""The option that says a setting, where it has another name."""


def in_place(tables: Mapping[str, Mapping[str, object]], written: Written, said: Said) -> Said:
    """Return the settings that options say, with the tables and where each comes from.

    Args:
        tables: by table of the data, what the settings say of it.
        written: where the settings come from.
        said: by setting, what its option says; None where it was not given.

    Returns:
        The arguments of `Settings` to put in the place of others.
    """
    given = {name: each for name, each in said.items() if each is not None}
    options: dict[Keys, str] = {
        **written.options,
        **{
            (name,): OPTIONS.get(name, f"--{name.replace('_', '-')}")
            for name in given
            if name != "tables"
        },
    }
    settled = dict(tables)
    for table, fields_of_it in given.pop("tables", {}).items():
        settled[table] = {**settled.get(table, {}), **fields_of_it}
        for key in fields_of_it:
            option = f"--{table.replace('_', '-')}" if key == FILE else "--column"
            options[table, key] = option
    return {**given, "tables": settled, "written": evolve(written, options=options)}
