"""Families of declarations: a file for each addition, found by walking their folder."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

__all__ = ["declared_in"]


DeclarationT = TypeVar("DeclarationT")


def declared_in(package: ModuleType, *types: type[DeclarationT]) -> tuple[DeclarationT, ...]:
    """Find the declarations in the modules of a package: a file for each addition.

    Args:
        package: a package whose modules hold declarations.
        types: the types of declaration to look for.

    Returns:
        The declarations, by module name and then as they stand.
    """
    found: dict[int, DeclarationT] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for value in vars(module).values():
            if isinstance(value, types):
                found[id(value)] = value
    return tuple(found.values())
