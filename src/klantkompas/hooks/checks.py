"""What every declaration checks when it is made."""

from __future__ import annotations

from typing import Any

from klantkompas.errors import PluginError

__all__ = ["a_function", "a_name"]


def a_name(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse a name that is no identifier."""
    if not (isinstance(value, str) and value.isidentifier()):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} needs a name that is an identifier, not {value!r}")


def a_function(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse what cannot be called."""
    if not callable(value):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} {declaration.name!r}: {attribute.name} must be a function")
