"""What every declaration checks when it is made."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from numbers import Real
from typing import Any

from klantkompas.errors import PluginError

__all__ = [
    "as_tuple",
    "finite_number",
    "identifier",
    "is_callable",
    "is_string",
    "nonempty_text",
    "strings",
]


def as_tuple(given: str | Iterable[str]) -> tuple[str, ...]:
    """Make a tuple of several texts, or of one: ``needs="classes"`` names one lens.

    >>> as_tuple("classes"), as_tuple(["classes", "nps"])
    (('classes',), ('classes', 'nps'))
    """
    every: Any = given
    several = isinstance(every, Iterable) and not isinstance(every, str)
    return tuple(every) if several else (every,)


def _refusal(declaration: Any, attribute: Any, expected: str, value: Any) -> PluginError:
    kind = type(declaration).__name__
    return PluginError(
        f"{kind} {declaration.name!r}: {attribute.name} is {expected}, not {value!r}"
    )


def identifier(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse a name that is not an identifier."""
    if not (isinstance(value, str) and value.isidentifier()):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} needs a name that is an identifier, not {value!r}")


def is_callable(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse what cannot be called."""
    if not callable(value):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} {declaration.name!r}: {attribute.name} must be a function")


def finite_number(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse what is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise _refusal(declaration, attribute, "a finite number", value)


def is_string(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse what is not a string."""
    if not isinstance(value, str):
        raise _refusal(declaration, attribute, "a string", value)


def nonempty_text(declaration: Any, attribute: Any, value: Any) -> None:
    """Refuse what is not a string, or an empty one."""
    if not (isinstance(value, str) and value.strip()):
        raise _refusal(declaration, attribute, "a string", value)


def strings(declaration: Any, attribute: Any, value: tuple[Any, ...]) -> None:
    """Refuse several things that are not all strings."""
    if not all(isinstance(each, str) for each in value):
        raise _refusal(declaration, attribute, "a string or several", value)
