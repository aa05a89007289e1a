"""Registering plugins with pluggy, and asking each what it declares.

Pluggy finds the marked functions, checks them against the hook specifications, leaves out what is
blocked, and calls them; each call is logged. What it does not know is here: a broken plugin that is
skipped, and what an option of pluggy would mean where nothing depends on the order of calls.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType

import pluggy
from attrs import evolve, field, frozen

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    PLUGIN_EXCEPTIONS,
    Declaration,
    Plugin,
    plugin_failure,
    specifications,
)
from klantkompas.hooks.checks import HasName
from klantkompas.hooks.specifications import PROJECT
from klantkompas.plugins.found import (
    BUILT_IN,
    GIVEN,
    HOOKS,
    PREFIX,
    Found,
    built_in_plugins,
    given_plugins,
    installed_plugins,
    loaded_by,
)

__all__ = ["Examined", "examine"]

LOG = logging.getLogger(__name__)
MEANINGLESS = {
    "tryfirst": "nothing depends on the order in which hooks are called",
    "trylast": "nothing depends on the order in which hooks are called",
    "wrapper": "a hook declares, and there is nothing to wrap",
    "hookwrapper": "a hook declares, and there is nothing to wrap",
}
"""Options of `hookimpl` that would change nothing, and why."""


@frozen(kw_only=True)
class Examined:
    """A plugin, and what it declares.

    Args:
        plugin: the plugin.
        declared: the declarations by the name of the hook; empty where the plugin is blocked or
            broken.
    """

    plugin: Plugin
    declared: Mapping[str, tuple[HasName, ...]] = field(factory=dict)


def _hooks(manager: pluggy.PluginManager, loaded: object) -> list[tuple[str, pluggy.HookImpl]]:
    callers = manager.get_hookcallers(loaded) or ()
    every = ((caller.name, each) for caller in callers for each in caller.get_hookimpls())
    return sorted((item for item in every if item[1].plugin is loaded), key=lambda item: item[0])


def _known_as(manager: pluggy.PluginManager, loaded: object, key: str) -> str | None:
    """Return the name under which a plugin is in use already, be it a built-in one; else None."""
    if loaded is None or manager.is_registered(loaded):
        return manager.get_name(loaded)
    if isinstance(loaded, ModuleType) and loaded.__name__ in BUILT_IN and key not in BUILT_IN:
        return None if manager.is_blocked(loaded.__name__) else loaded.__name__
    return None


def _register(manager: pluggy.PluginManager, loaded: object, key: str, whose: str) -> None:
    """Have pluggy register and check a plugin, and put in words what it refuses."""
    if (there := _known_as(manager, loaded, key)) is not None:
        raise _given_twice(whose, there)
    try:
        manager.register(loaded, key)
        manager.check_pending()
    except pluggy.PluginValidationError as cause:
        for hook, _ in _hooks(manager, loaded):
            if hook not in HOOKS:
                raise _no_hook(whose, hook) from cause
        raise PluginError(
            f"{whose}: {'; '.join(str(cause).splitlines()[1:])}",
            remedy="A hook takes no argument: it declares, and what it returns holds the functions "
            "that compute",
        ) from cause
    for name in dir(loaded):
        if name.startswith(PREFIX) and not manager.parse_hookimpl_opts(loaded, name):
            if name in HOOKS:
                raise PluginError(
                    f"{whose}: {name} is not marked", remedy="Write a function, and @hookimpl above"
                )
            if inspect.isroutine(getattr(loaded, name)):
                raise _no_hook(whose, name)


def _given_twice(whose: str, there: str) -> PluginError:
    problem = f"{whose} is given twice; the other is {there!r}"
    if there in BUILT_IN:
        return PluginError(problem, remedy="Do not give it: every compass has it")
    if there.startswith(GIVEN):
        return PluginError(problem, remedy="Give it once")
    return PluginError(
        problem,
        remedy="The other is installed: do not give it, or look for no installed plugins, by "
        "Compass([...], installed=False)",
        command=f"The other is installed: leave it out here, or use --block {there}",
    )


def _no_hook(whose: str, name: str) -> PluginError:
    return PluginError(f"{whose}: there is no hook {name!r}", remedy=nearest(name, HOOKS))


def _check_call(loaded: object, hook: str, marked: pluggy.HookImpl, whose: str) -> None:
    for option, why in MEANINGLESS.items():
        if getattr(marked, option):
            raise PluginError(
                f"{whose}: {hook}() is marked with {option}=True, which means nothing here: {why}",
                remedy="Write @hookimpl without it",
            )
    try:
        inspect.signature(marked.function).bind()
    except (TypeError, ValueError) as cause:
        kind = loaded.__name__ if inspect.isclass(loaded) else ""
        raise PluginError(
            f"{whose} is a class" if kind else f"{whose}: {hook}() has no self",
            remedy=f"Pass an instance, {kind}()" if kind else f"Write def {hook}(self):",
        ) from cause


def _called(manager: pluggy.PluginManager, hook: str, loaded: object) -> list[object]:
    """Have pluggy call a hook of one plugin; None for what a function of it does not return."""
    others = [each for each in manager.get_plugins() if each is not loaded]
    caller = manager.subset_hook_caller(hook, others)
    returned = caller()
    return [*returned, *[None] * (len(caller.get_hookimpls()) - len(returned))]


def _declared(hook: str, returned: object, whose: str) -> Iterator[HasName]:
    expected = " or ".join(each.__name__ for each in HOOKS[hook])
    given: tuple[object, ...] | None = None
    try:
        if isinstance(returned, Iterable) and not isinstance(returned, (str, Mapping)):
            given = tuple(returned)
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(f"{whose}: {hook}()", cause) from cause
    for each in [returned] if given is None else given:
        if given is None or not isinstance(each, HOOKS[hook]):
            kind = "None" if each is None else type(each).__name__
            one = given is None
            what = f"a list of {expected} declarations" if one else f"{expected} declarations"
            raise PluginError(f"{whose}: {hook}() must return {what}, not {kind}")
        yield each


def _used(manager: pluggy.PluginManager, found: Found) -> Examined:
    """Load, register and call one plugin; raise what is wrong with it."""
    key, plugin, load = found
    whose = told("the plugin {plugin}", plugin=plugin)
    try:
        loaded = loaded_by(load)
    except PLUGIN_EXCEPTIONS as cause:
        raise PluginError(
            told(
                "{whose} cannot be imported: {kind}: {cause}",
                whose=whose,
                kind=type(cause).__name__,
                cause=cause,
            )
        ) from cause
    try:
        _register(manager, loaded, key, whose)
    except PluginError:
        raise
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(whose, cause) from cause
    marked = [each for each in _hooks(manager, loaded) if each[0] in HOOKS]
    for hook, each in marked:  # an optional one may be of another version
        _check_call(loaded, hook, each, whose)
    declared: dict[str, tuple[HasName, ...]] = {}
    for hook in dict(marked):
        try:
            returned = _called(manager, hook, loaded)
        except PLUGIN_EXCEPTIONS as cause:
            raise plugin_failure(f"{whose}: {hook}()", cause) from cause
        declared[hook] = tuple(d for each in returned for d in _declared(hook, each, whose))
    if not declared:
        raise PluginError(
            told("{whose} declares nothing", whose=whose),
            remedy=told(
                "Mark its functions with @hookimpl and name them {names}", names=", ".join(HOOKS)
            ),
        )
    for hook, every in declared.items():
        LOG.debug("%s declares %d by %s", whose, len(every), hook)
    return Examined(plugin=evolve(plugin, hooks=tuple(declared)), declared=declared)


@cache
def _built_in_used(key: str) -> Examined:
    """Return a built-in plugin with what it declares, signed: the same for every compass."""
    used = _used(_manager(), built_in_plugins()[key])

    def signed(each: HasName) -> HasName:
        return evolve(each, plugin=used.plugin) if isinstance(each, Declaration) else each

    declared = {hook: tuple(map(signed, every)) for hook, every in used.declared.items()}
    return evolve(used, declared=declared)


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(specifications)
    manager.add_hookcall_monitoring(_calling, _was_called)
    return manager


def _calling(hook: str, marked: Sequence[pluggy.HookImpl], given: Mapping[str, object]) -> None:
    LOG.debug("calling %s of %s", hook, ", ".join(each.plugin_name for each in marked))


def _was_called(
    outcome: pluggy.Result[object],
    hook: str,
    marked: Sequence[pluggy.HookImpl],
    given: Mapping[str, object],
) -> None:
    if outcome.exception is not None:
        names = ", ".join(each.plugin_name for each in marked)
        LOG.debug("%s of %s raised %s", hook, names, type(outcome.exception).__name__)


def _examined(manager: pluggy.PluginManager, found: Found, on_broken: str) -> Examined:
    key, plugin, _ = found
    if manager.is_blocked(key):
        return Examined(plugin=evolve(plugin, status="blocked"))
    if plugin.origin == "built-in":
        return _built_in_used(key)
    try:
        return _used(manager, found)
    except PluginError as cause:
        if plugin.origin != "installed":
            raise
        if on_broken == "skip":
            if manager.has_plugin(key):
                manager.unregister(name=key)
            return Examined(plugin=evolve(plugin, status="broken", problem=str(cause)))
        ways = f'Compass(block={{"{key}"}})', 'Compass(on_broken="skip")'
        options = f"--block {key}", "--skip-broken"
        raise cause.advised(_leave_out(*ways), command=_leave_out(*options)) from cause


def _leave_out(this: str, every: str) -> str:
    """Return how to leave out one broken plugin, or every one."""
    return (
        f"Fix it, or leave it out with {this}; {every} leaves out all that are broken, and notes it"
    )


def examine(
    plugins: Sequence[object] = (),
    *,
    installed: bool = True,
    block: frozenset[str] = frozenset(),
    on_broken: str = "raise",
) -> tuple[Examined, ...]:
    """Return every plugin with what it declares, not yet checked against the other plugins.

    Args:
        plugins: modules, objects or declarations.
        installed: whether to look for installed plugins.
        block: names of built-in and installed plugins that are not even imported.
        on_broken: ``"raise"``, or ``"skip"`` for installed plugins that cannot be used.

    Returns:
        The built-in plugins, then the installed ones by name, then the given ones.

    Raises:
        PluginError: a plugin cannot be used, or no plugin has a name that is to be blocked.
    """
    manager = _manager()
    found = built_in_plugins()
    others = installed_plugins() if installed or not found.keys() >= block else {}
    for name in sorted(block):
        if name not in found and name not in others:
            raise PluginError(
                told("block names the plugin {name}", name=repr(name)),
                remedy=nearest(name, [*others, *found]),
            )
        manager.set_blocked(name)
    every = (*found.values(), *(others.values() if installed else ()), *given_plugins(plugins))
    return tuple(_examined(manager, each, on_broken) for each in every)
