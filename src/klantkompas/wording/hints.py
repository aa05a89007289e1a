"""The types that classes and functions declare, those that are imported for type checkers too.

>>> from klantkompas.compass import Reading
>>> types_declared(Reading.pareto.fget)["return"]
klantkompas.lenses.pareto.ParetoRanking | klantkompas.hooks.lenses.Unanswered
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import get_type_hints

__all__ = ["types_declared"]


def types_declared(owner: type | Callable[..., object]) -> dict[str, object]:
    """Return the types in the annotations of a class or function, by name.

    Args:
        owner: the class or function.

    Returns:
        The types; nothing where a name in an annotation cannot be found.
    """
    try:
        return get_type_hints(owner)
    except NameError:
        modules = {each.__module__ for each in getattr(owner, "__mro__", (owner,))}
        guarded = {name: each for module in modules for name, each in _guarded(module).items()}
    try:
        return get_type_hints(owner, localns=guarded)
    except NameError:
        return {}


@cache
def _guarded(module: str) -> dict[str, object]:
    """Return what a module imports under ``if TYPE_CHECKING``, by name."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    return {
        each.asname or each.name: getattr(import_module(statement.module or ""), each.name)
        for guard in tree.body
        if isinstance(guard, ast.If) and "TYPE_CHECKING" in ast.unparse(guard.test)
        for statement in guard.body
        if isinstance(statement, ast.ImportFrom)
        for each in statement.names
    }
