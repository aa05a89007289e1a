"""Families of declarations, found by walking the module or package that they are written in."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

__all__ = ["declared_in"]


DeclarationT = TypeVar("DeclarationT")


def declared_in(family: ModuleType, *types: type[DeclarationT]) -> tuple[DeclarationT, ...]:
    """Return the declarations in a module; of a package, those in its modules too.

    Args:
        family: a module that holds declarations; or a package, whose modules do.
        types: the types of declaration to look for.

    Returns:
        The declarations, sorted by the name of their module and then as they are written in it.

    >>> from klantkompas.hooks import Measure
    >>> import klantkompas.hooks
    >>> declared_in(klantkompas.hooks, Measure)
    ()
    """
    inside = pkgutil.iter_modules(getattr(family, "__path__", ()))
    names = sorted(f"{family.__name__}.{each.name}" for each in inside)
    found: dict[int, DeclarationT] = {}
    for module in (family, *map(importlib.import_module, names)):
        for value in vars(module).values():
            if isinstance(value, types):
                found[id(value)] = value
    return tuple(found.values())
