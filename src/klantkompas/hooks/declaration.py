"""What all declarations share: a name, who declared them, and how errors speak of them.

>>> plugin = Plugin(name="our_shop", origin="installed", distribution="our-shop", version="1.2")
>>> print(plugin)
'our_shop' (our-shop 1.2)
>>> describe(Declaration(name="buys_much", plugin=plugin))
"the declaration 'buys_much' of the plugin 'our_shop' (our-shop 1.2)"
"""

from __future__ import annotations

import re
from functools import cache

from attrs import field, frozen
from attrs.exceptions import FrozenInstanceError

from klantkompas.errors import PluginError
from klantkompas.hooks.checks import identifier
from klantkompas.wording.plain import Named

__all__ = ["PLUGIN_EXCEPTIONS", "Declaration", "Plugin", "describe", "kind_of", "plugin_failure"]

PLUGIN_EXCEPTIONS = (Exception, SystemExit)
"""What a function of a plugin raises by a defect of its own; an interrupt of the user passes."""
EACH = (
    "There is a value for each customer: write & instead of and, | instead of or, ~ instead of "
    "not, each comparison in brackets, and np.where(...) instead of if"
)


@frozen(kw_only=True)
class Plugin:
    """A plugin: who declared something.

    Args:
        name: what the plugin is called.
        origin: ``"built-in"``, ``"installed"`` or ``"given"``.
        distribution: the installed distribution that the plugin came with; empty without one.
        version: the version of that distribution.
        hooks: the names of the hooks that it implements.
        status: ``"in use"``, ``"blocked"`` or ``"broken"``.
        problem: what is wrong with a broken plugin.

    >>> print(Plugin(name="our_shop", distribution="our-shop", version="1.2"))
    'our_shop' (our-shop 1.2)
    """

    name: str
    origin: str = "given"
    distribution: str = ""
    version: str = ""
    hooks: tuple[str, ...] = ()
    status: str = "in use"
    problem: str = ""

    def __str__(self) -> str:
        """Name it, with its distribution."""
        came_with = f"{self.distribution} {self.version}".strip()
        return f"{self.name!r} ({came_with})" if came_with else repr(self.name)


@frozen(kw_only=True)
class Declaration(Named):
    """Something that a plugin declares, such as a measure, a rule or a lens.

    Args:
        name: an identifier.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier.
    """

    name: str = field(validator=identifier)
    plugin: Plugin | None = field(default=None, eq=False, repr=False)

    @property
    def added_by(self) -> str:
        """The name of the plugin that added the declaration; empty for a built-in declaration."""
        if self.plugin is None or self.plugin.origin == "built-in":
            return ""
        return self.plugin.name


@cache
def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def kind_of(declared: type) -> str:
    """Return the name of a type of declaration in words, for errors.

    >>> kind_of(Declaration)
    'declaration'
    """
    return _words(declared.__name__)


def describe(declared: Declaration) -> str:
    """Return the name of a declaration as errors write it, with the plugin that declared it.

    Args:
        declared: the declaration.

    >>> describe(Declaration(name="buys_much"))
    "the declaration 'buys_much'"
    """
    whose = f" of the plugin {declared.plugin}" if declared.plugin is not None else ""
    return f"the {kind_of(type(declared))} {declared.name!r}{whose}"


def plugin_failure(what: str, cause: BaseException) -> PluginError:
    """Return the error for a function of a plugin that raised an exception.

    Args:
        what: whose function it is, as `describe` returns it.
        cause: the exception that the function raised.

    Returns:
        The error to raise; where the function tried to change its read-only input, or took a value
        for each customer for a single one, it says so.

    >>> print(plugin_failure("the measure 'x'", ValueError("assignment destination is read-only")))
    the measure 'x' changed its input, which is read-only: copy it first, such as values.copy()
    """
    told = str(cause)
    if isinstance(cause, ValueError) and "truth value" in told and "ambiguous" in told:
        found = told.partition(". ")[0]  # what numpy advises would make one answer of all
        return PluginError(f"{what} failed: ValueError: {found}", remedy=EACH)
    if isinstance(cause, FrozenInstanceError) or "read-only" in told or "WRITEABLE" in told:
        return PluginError(
            f"{what} changed its input, which is read-only: copy it first, such as values.copy()"
        )
    return PluginError(f"{what} failed: {type(cause).__name__}{f': {told}' if told else ''}")
