"""The settings of a command line: those of a file, with what the options say in their place."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from klantkompas._told import told
from klantkompas.command.terminal import Terminal, options_in, values_of
from klantkompas.errors import PluginError
from klantkompas.settings import Settings

__all__ = ["FILE", "from_folder", "refuse_clashes", "settings_in", "settings_of"]

FILE = "klantkompas.toml"
"""The file of settings that is read where it is in the current folder."""


def settings_in(folder: str) -> str | None:
    """Return the file of settings in a folder, if there is one."""
    path = Path(folder, FILE)
    return os.path.normpath(path) if path.is_file() else None


def from_folder(path: str, folder: Path) -> str:
    """Return a path from the current folder as one from another folder."""
    if Path(path).is_absolute() or folder == Path():
        return path
    return os.path.relpath(path, folder)


def settings_of(
    arguments: Sequence[str], terminal: Terminal, *, purpose: str = "use", file: str | None = None
) -> Settings:
    """Return the settings, with the plugins that a command line names.

    Args:
        arguments: the command line.
        terminal: says whether installed plugins are used.
        purpose: ``"use"`` plugins, ``"list"`` them with those that are broken, or ``"look"`` at
            exports before there are settings.
        file: the file of settings; without one, that of the command line or the current folder.

    Raises:
        KlantkompasError: a setting has no meaning, or a plugin cannot be used.
    """
    asked = values_of("--settings", arguments)
    found = file or (asked[-1] if asked else None)
    if found is None and purpose != "look":
        found = settings_in(".")
    folder = Path() if found is None else Path(found).parent
    plugins = {each: _source(each, folder) for each in values_of("--plugin", arguments)}
    skips = purpose == "list" or "--skip-broken" in options_in(arguments)
    said: dict[str, object] = {
        "block": tuple(values_of("--block", arguments)) or None,
        "leave_out": tuple(values_of("--leave-out", arguments)) or None,
        "installed": None if terminal.installed else False,
        "skip_broken": True if skips else None,
        "plugins": plugins or None,
        "tables": None if found is None else _files(found, folder, arguments),
    }
    return Settings.of_options(**said) if found is None else Settings.read(found, **said)


def _source(plugin: str, folder: Path) -> dict[str, str]:
    if plugin.endswith(".py"):
        return {"file": from_folder(plugin, folder)}
    return {"module": plugin}


def _files(file: str, folder: Path, arguments: Sequence[str]) -> dict[str, dict[str, object]]:
    """Return the files that options name of tables in a file of settings, which may lack them."""
    named: dict[str, dict[str, object]] = {}
    with suppress(OSError, ValueError, RecursionError):  # what is wrong with it is said elsewhere
        settings = tomllib.loads(Path(file).read_text(encoding="utf-8-sig"))
        for table, said in settings.items():
            given = values_of(f"--{table.replace('_', '-')}", arguments)
            if given and isinstance(said, dict):
                named[table] = {"file": tuple(from_folder(each, folder) for each in given)}
    return named


def refuse_clashes(parameters: Iterable[click.Parameter], settings: Settings) -> None:
    """Refuse a plugin's kind of interaction with the name of an option.

    Args:
        parameters: all options of a command.
        settings: know which plugin declares the kind.

    Raises:
        PluginError: two options have the same name.
    """
    compass = settings.compass()
    options = [each for parameter in parameters for each in parameter.opts]
    for kind in compass.kinds:
        option = f"--{kind.name.replace('_', '-')}"
        if options.count(option) > 1:
            plugin = compass.declarations.provenance.plugin_of("interaction kind", kind.name)
            raise PluginError(
                told(
                    "the interaction kind {kind} of the plugin {plugin} has the same name as the "
                    "option {option}: rename the kind",
                    kind=repr(kind.name),
                    plugin=plugin,
                    option=option,
                )
            )
