"""Where plugins come from: what is built in, what is installed, and what is given."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, get_args, get_type_hints

from klantkompas._told import told
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Plugin, hookimpl, specifications
from klantkompas.hooks.checks import HasName
from klantkompas.hooks.specifications import PROJECT

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "BUILT_IN",
    "GIVEN",
    "HOOKS",
    "PREFIX",
    "Found",
    "built_in_plugins",
    "given_plugins",
    "installed_plugins",
    "loaded_by",
    "name_of",
]

BUILT_IN = (
    "klantkompas.plugins.built_in_kinds",
    "klantkompas.measures",
    "klantkompas.factors",
    "klantkompas.rules",
    "klantkompas.cues",
    "klantkompas.traits",
    "klantkompas.lenses",
    "klantkompas.advice",
)
"""The built-in plugins, loaded by name as installed ones are."""
GIVEN = "plugins["
"""How the name begins under which pluggy knows a plugin that is given."""


def _declares(hook: str) -> tuple[type[HasName], ...]:
    (element,) = get_args(get_type_hints(getattr(specifications, hook))["return"])
    return get_args(element) or (element,)


PREFIX = f"{PROJECT}_"
HOOKS = {name: _declares(name) for name in specifications.__all__ if name.startswith(PREFIX)}
"""The hooks, and the types that each declares, as its specification says."""
Found = tuple[str, Plugin, Callable[[], object]]
"""The name under which pluggy knows a plugin, who it is, and what loads it."""


def _as_plugin(given: object) -> object:
    """Return a plugin that declares one bare declaration; any other plugin as it is."""
    for hook, types in HOOKS.items():
        if isinstance(given, types):
            plugin = ModuleType(given.name)
            setattr(plugin, hook, hookimpl(lambda: (given,)))
            return plugin
    return given


def name_of(plugin: object) -> str:
    """Return the name of a plugin: of a declaration or module, its own; of an object, its class."""
    try:
        name = getattr(_as_plugin(plugin), "__name__", None)
    except PLUGIN_EXCEPTIONS:  # its attributes are somebody else's
        name = None
    return name if isinstance(name, str) and name else type(plugin).__name__


def loaded_by(load: Callable[[], object]) -> object:
    """Return what is loaded, as a module where it has no hash, by which pluggy calls it alone.

    Args:
        load: loads a plugin.
    """
    loaded = load()
    if type(loaded).__hash__ is not None:
        return loaded
    plugin = ModuleType(name_of(loaded))
    for name in dir(loaded):
        if not name.startswith("__"):
            setattr(plugin, name, getattr(loaded, name))
    return plugin


def built_in_plugins() -> dict[str, Found]:
    """Return the built-in plugins, by name."""
    return {
        name: (name, Plugin(name=name, origin="built-in"), partial(importlib.import_module, name))
        for name in BUILT_IN
    }


def _changed(folder: str) -> tuple[str, int, int]:
    """Return what differs once a distribution comes to a folder of `sys.path`, or leaves it."""
    try:
        now = Path(folder).stat()
    except OSError:
        return folder, 0, 0
    return folder, now.st_ino, now.st_mtime_ns


@lru_cache(maxsize=1)
def _entries(folders: tuple[tuple[str, int, int], ...]) -> tuple[EntryPoint, ...]:
    """Return the entry points of plugins; every installed distribution is read to find them."""
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=PROJECT), key=lambda entry: entry.name))


def installed_plugins() -> dict[str, Found]:
    """Return the plugins that are installed, by name and sorted by it.

    Raises:
        PluginError: two of them have the same name.
    """
    found: dict[str, Found] = {}
    for entry in _entries(tuple(map(_changed, sys.path))):
        dist = entry.dist
        plugin = Plugin(
            name=entry.name,
            origin="installed",
            distribution="an unknown distribution" if dist is None else dist.name,
            version="" if dist is None else dist.version,
        )
        _, known, _ = found.setdefault(entry.name, (entry.name, plugin, entry.load))
        if known != plugin:
            raise PluginError(
                told(
                    "two installed plugins have the name {name}: the plugin {known} "
                    "and the plugin {plugin}",
                    name=repr(entry.name),
                    known=known,
                    plugin=plugin,
                ),
                remedy=told("Uninstall one of them"),
            )
    return found


def given_plugins(plugins: Sequence[object]) -> Iterator[Found]:
    """Yield the plugins that are given.

    Args:
        plugins: modules, objects or declarations.

    Raises:
        PluginError: one is a string.
    """
    for at, given in enumerate(plugins):
        if isinstance(given, str):
            raise PluginError(
                f"{given!r} is a string: a plugin is a module, an object or a declaration",
                remedy="Import it first",
            )
        name = name_of(given)
        # A given one may have the name of another, such as of the installed one that it replaces.
        yield f"{GIVEN}{at}] {name}", Plugin(name=name), partial(_as_plugin, given)
