"""Names of a package whose modules are imported when a name is first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["lazy_names"]


def lazy_names(
    package: str, homes: Mapping[str, tuple[str, ...]]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the `__getattr__` and `__dir__` of a package that imports its names on use.

    The same names are imported for type checkers under ``if TYPE_CHECKING``, and a test compares
    the two lists.

    Args:
        package: the name of the package, such as ``"klantkompas"``.
        homes: the modules below the package, by their names within it, and the names from each.

    Returns:
        The two functions; a name that was found once is an attribute of the package from then on,
        and so is a module or package in which names are at home.

    >>> __getattr__, __dir__ = lazy_names("klantkompas", {"domain.classes": ("LETTERS",)})
    >>> __getattr__("unknown")
    Traceback (most recent call last):
    AttributeError: module 'klantkompas' has no attribute 'unknown'
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    modules = {home.partition(".")[0] for home in homes}

    def attribute(name: str) -> object:
        if name in modules:
            return import_module(f"{package}.{name}")
        try:
            home = home_of[name]
        except KeyError:
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}",
                name=name,
                obj=sys.modules[package],
            ) from None
        found = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *home_of, *modules})

    return attribute, names
