"""What every declaration checks when it is made."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from numbers import Real
from typing import Any, Protocol, TypeVar

from attrs import Attribute

from klantkompas.errors import PluginError

__all__ = [
    "HasName",
    "ValueT",
    "as_tuple",
    "finite_number",
    "identifier",
    "is_callable",
    "is_string",
    "nonempty_text",
    "strings",
    "whole_text",
]


ValueT = TypeVar("ValueT")


class HasName(Protocol):
    """What errors name: a declaration, or an attribute of one."""

    @property
    def name(self) -> str:
        """Its name."""
        ...


def as_tuple(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return several texts as a tuple, and a single text as a tuple of one.

    So that ``needs="classes"`` names one lens.

    >>> as_tuple("classes"), as_tuple(["classes", "nps"])
    (('classes',), ('classes', 'nps'))
    """
    every: Any = given
    several = isinstance(every, Iterable) and not isinstance(every, str)
    return tuple(every) if several else (every,)


def _refusal(declaration: HasName, attribute: HasName, expected: str, value: object) -> PluginError:
    kind = type(declaration).__name__
    return PluginError(
        f"{kind} {declaration.name!r}: {attribute.name} is {expected}, not {value!r}"
    )


def identifier(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Refuse the value of an attribute (an attrs validator) that is not an identifier of Python.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    if not (isinstance(value, str) and value.isidentifier()):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} needs a name that is an identifier, not {value!r}")


def is_callable(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Raise an error, as a validator of attrs, where an attribute's value is not callable.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    if not callable(value):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} {declaration.name!r}: {attribute.name} must be a function")


def finite_number(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Refuse the value of an attribute (an attrs validator) that is not a finite number.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise _refusal(declaration, attribute, "a finite number", value)


def is_string(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Refuse the value of an attribute (an attrs validator) that is not a string.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    if not isinstance(value, str):
        raise _refusal(declaration, attribute, "a string", value)


def nonempty_text(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Refuse the value of an attribute (an attrs validator) that is not a string, or empty.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    if not (isinstance(value, str) and value.strip()):
        raise _refusal(declaration, attribute, "a string", value)


def whole_text(declaration: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    """Refuse the value of an attribute that is not text, is empty, or has places to fill in.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: the value is something else.
    """
    nonempty_text(declaration, attribute, value)
    if not {"{", "}"}.isdisjoint(str(value)):
        raise _refusal(declaration, attribute, "a text without braces", value)


def strings(
    declaration: HasName, attribute: Attribute[tuple[ValueT, ...]], value: tuple[ValueT, ...]
) -> None:
    """Refuse a tuple (an attrs validator) that holds anything but strings.

    Args:
        declaration: the declaration that is being made.
        attribute: the attribute, for its name in the error.
        value: its value.

    Raises:
        PluginError: an item of the value is something else.
    """
    if not all(isinstance(each, str) for each in value):
        raise _refusal(declaration, attribute, "a string or several", value)
