"""What one plugin declares: its hooks found, checked and called."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pluggy

from klantkompas.errors import PluginError, nearest
from klantkompas.hooks import hookimpl, specifications
from klantkompas.hooks.declaration import PLUGIN_EXCEPTIONS, plugin_failure

__all__ = ["TYPES", "as_plugin", "declared_by", "hooks_of", "name_of"]

PREFIX = "klantkompas_"


def _returned(hook: str) -> tuple[type[Any], ...]:
    (held,) = get_args(get_type_hints(getattr(specifications, hook))["return"])
    return get_args(held) or (held,)


TYPES = {hook: _returned(hook) for hook in specifications.__all__ if hook.startswith(PREFIX)}
"""The hooks, and what each declares, as its specification says."""
_MANAGER = pluggy.PluginManager("klantkompas")
"""Registers nothing: it only tells which functions are marked."""


def as_plugin(given: Any) -> Any:
    """Make a plugin of a bare declaration, called as that is; any other plugin stays as it is.

    >>> from klantkompas.domain.criteria import AtLeast
    >>> from klantkompas.hooks import SuccessFactor
    >>> factor = SuccessFactor(name="big", measure="revenue", criterion=AtLeast(9), title="big")
    >>> as_plugin(factor).__name__, hooks_of(as_plugin(factor), "'big'")
    ('big', {'klantkompas_success_factors': 'klantkompas_success_factors'})
    """
    for hook, types in TYPES.items():
        if isinstance(given, types):
            plugin = ModuleType(given.name)
            setattr(plugin, hook, hookimpl(lambda: (given,)))
            return plugin
    return given


def name_of(plugin: Any) -> str:
    """Name a plugin: a declaration or module as it is called, an object by its class."""
    try:
        name = getattr(as_plugin(plugin), "__name__", None)
    except PLUGIN_EXCEPTIONS:  # its attributes are somebody else's
        name = None
    return name if isinstance(name, str) and name else type(plugin).__name__


def _candidates(plugin: Any, whose: str) -> Iterator[tuple[str, Any, Any]]:
    """Find what is marked as a hook or called like one: its name, itself, and how it is marked."""
    name = "dir()"
    try:
        for name in dir(plugin):
            marked = _MANAGER.parse_hookimpl_opts(plugin, name)
            if marked is not None or name.startswith(PREFIX):
                yield name, getattr(plugin, name), marked
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(f"{whose}: {name}", cause) from cause


def hooks_of(plugin: Any, whose: str) -> dict[str, str]:
    """Find the hooks of a plugin.

    Args:
        plugin: a module or object.
        whose: the plugin in words.

    Returns:
        By hook, the name of the function that it is.

    Raises:
        PluginError: a function is misspelt, is not marked, takes an argument, two are one hook,
            or there is none.
    """
    found: dict[str, str] = {}
    for name, value, marked in _candidates(plugin, whose):
        hook = (marked and marked.get("specname")) or name
        if hook not in TYPES:
            if marked or inspect.isroutine(value):
                raise PluginError(f"{whose}: no hook is called {hook!r}. {nearest(hook, TYPES)}")
            continue
        if not inspect.isroutine(value):
            raise PluginError(
                f"{whose}: {name} is {value!r}, where it should be a function, marked @hookimpl, "
                "that returns that"
            )
        if marked is None:
            raise PluginError(f"{whose}: {name}() is not marked: write @hookimpl above it")
        _check_arguments(plugin, name, value, whose)
        if hook in found:
            raise PluginError(
                f"{whose}: {found[hook]}() and {name}() are both the hook {hook!r}: make them one"
            )
        found[hook] = name
    if not found:
        raise PluginError(
            f"{whose} declares nothing: mark its functions with @hookimpl and call them "
            f"{', '.join(TYPES)}"
        )
    return dict(sorted(found.items()))


def _check_arguments(plugin: Any, name: str, function: Any, whose: str) -> None:
    if inspect.isclass(plugin) and isinstance(vars(plugin).get(name), type(_check_arguments)):
        raise PluginError(
            f"{whose} is a class: give an object of it, {plugin.__name__}(), so that {name}() "
            "has its self"
        )
    try:
        parameters = list(inspect.signature(function).parameters)
    except ValueError as cause:
        raise PluginError(
            f"{whose}: {name}() is a method without its self: write def {name}(self):"
        ) from cause
    if parameters:
        raise PluginError(
            f"{whose}: {name}({', '.join(parameters)}) takes an argument, and a hook takes none: "
            "it declares, and computes nothing. Write "
            f"def {name}(): and let what it returns hold the functions that compute"
        )


def declared_by(plugin: Any, hooks: Mapping[str, str], whose: str) -> dict[str, tuple[Any, ...]]:
    """Call the hooks of a plugin.

    Args:
        plugin: a module or object.
        hooks: by hook, the name of its function.
        whose: the plugin in words.

    Returns:
        By hook, what it declares.

    Raises:
        PluginError: a hook fails, or returns something else.
    """
    return {
        hook: tuple(_declarations(getattr(plugin, function), hook, f"{whose}: {function}()"))
        for hook, function in hooks.items()
    }


def _declarations(function: Any, hook: str, what: str) -> Iterator[Any]:
    expected = " or ".join(each.__name__ for each in TYPES[hook])
    try:
        returned = function()
        several = hasattr(returned, "__iter__") and not isinstance(returned, (str, Mapping))
        given = tuple(returned) if several else ()
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(what, cause) from cause
    if not several:
        raise PluginError(
            f"{what} must return a list of {expected} declarations, not {_said(returned)}"
        )
    for each in given:
        if not isinstance(each, TYPES[hook]):
            raise PluginError(f"{what} must return {expected} declarations, not {_said(each)}")
        yield each


def _said(value: Any) -> str:
    return "None" if value is None else f"{type(value).__name__}"
