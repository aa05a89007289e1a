"""Finding plugins: the built-in, the installed and the given ones, and what each declares."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from attrs import evolve, field, frozen

from klantkompas.errors import PluginError, nearest
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Plugin
from klantkompas.plugins.validate import as_plugin, declared_by, hooks_of, name_of

__all__ = ["BUILT_IN", "GROUP", "Examined", "examine"]

GROUP = "klantkompas"
"""The entry-point group in which installed plugins are found."""
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
LEAVE_OUT = "Fix it, or leave it out with {}; {} leaves out all that are broken, and notes it"


@frozen(kw_only=True)
class Examined:
    """A plugin, and what it declares.

    Args:
        plugin: the plugin.
        declared: by hook, what it declares; nothing where it is blocked or broken.
    """

    plugin: Plugin
    declared: Mapping[str, tuple[Any, ...]] = field(factory=dict)


def _examined(plugin: Plugin, loaded: Any) -> Examined:
    whose = f"the plugin {plugin}"
    hooks = hooks_of(loaded, whose)
    return Examined(
        plugin=evolve(plugin, hooks=tuple(hooks)), declared=declared_by(loaded, hooks, whose)
    )


def _load(entry: EntryPoint, plugin: Plugin) -> Any:
    try:
        return entry.load()
    except PLUGIN_EXCEPTIONS as cause:
        raise PluginError(
            f"the plugin {plugin} cannot be imported: {type(cause).__name__}: {cause}"
        ) from cause


def _installed(block: frozenset[str], on_broken: str) -> Iterable[Examined]:
    found: dict[str, tuple[Plugin, EntryPoint]] = {}
    for entry in entry_points(group=GROUP):
        dist = entry.dist
        plugin = Plugin(
            name=entry.name,
            origin="installed",
            distribution="an unknown distribution" if dist is None else dist.name,
            version="" if dist is None else dist.version,
        )
        if entry.name in found and found[entry.name][0] != plugin:
            raise PluginError(
                f"two installed plugins are called {entry.name!r}: the plugin "
                f"{found[entry.name][0]} and the plugin {plugin}; uninstall one of them"
            )
        found[entry.name] = plugin, entry
    for name in sorted(block - found.keys() - set(BUILT_IN)):
        raise PluginError(f"block names the plugin {name!r}. {nearest(name, [*found, *BUILT_IN])}")
    for name, (plugin, entry) in sorted(found.items()):
        if name in block:
            yield Examined(plugin=evolve(plugin, status="blocked"))
            continue
        try:
            yield _examined(plugin, _load(entry, plugin))
        except PluginError as cause:
            if on_broken == "skip":
                yield Examined(plugin=evolve(plugin, status="broken", problem=str(cause)))
                continue
            ways = f'Compass(block={{"{name}"}})', 'Compass(on_broken="skip")'
            options = f"--block {name}", "--skip-broken"
            raise cause.advised(
                LEAVE_OUT.format(*ways), command=LEAVE_OUT.format(*options)
            ) from cause


def _built_in(block: frozenset[str]) -> Iterable[Examined]:
    for name in BUILT_IN:
        plugin = Plugin(name=name, origin="built-in")
        if name in block:
            yield Examined(plugin=evolve(plugin, status="blocked"))
        else:
            yield _examined(plugin, importlib.import_module(name))


def _given(plugins: Sequence[Any]) -> Iterable[Examined]:
    for at, given in enumerate(plugins):
        plugin = Plugin(name=name_of(given))
        if any(given is other for other in plugins[:at]):
            raise PluginError(f"the plugin {plugin} is given twice")
        if isinstance(given, str):
            raise PluginError(
                f"{given!r} is a text: a plugin is a module, an object or a declaration, so "
                "import it first"
            )
        yield _examined(plugin, as_plugin(given))


def examine(
    plugins: Sequence[Any] = (),
    *,
    installed: bool = True,
    block: frozenset[str] = frozenset(),
    on_broken: str = "raise",
) -> tuple[Examined, ...]:
    """Find the plugins and what each declares, apart from the others.

    Args:
        plugins: modules, objects or declarations.
        installed: whether to look for installed plugins.
        block: names of plugins that are not even imported.
        on_broken: ``"raise"``, or ``"skip"`` for installed plugins that cannot be used.

    Returns:
        The built-in ones, the installed ones by name, and the given ones.

    Raises:
        PluginError: a plugin cannot be used, or there is none to block.
    """
    return (
        *_built_in(block),
        *(_installed(block, on_broken) if installed else ()),
        *_given(plugins),
    )
