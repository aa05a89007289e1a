"""Arguments checked at the door: what is given is an instance of what is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from klantkompas._printable import shown
from klantkompas.errors import ArgumentError

__all__ = ["checked_instance", "checked_instances"]

_Kind = TypeVar("_Kind")


def checked_instance(given: object, kind: type[_Kind], expected: str) -> _Kind:
    """Return an argument, after a check that it is an instance of a class.

    Args:
        given: the argument.
        kind: the class.
        expected: what the argument is, as the beginning of a sentence.

    Raises:
        ArgumentError: it is an instance of another class.

    >>> checked_instance(3, str, "text is a string")
    Traceback (most recent call last):
        ...
    klantkompas.errors.ArgumentError: text is a string, not int
    """
    if not isinstance(given, kind):
        raise ArgumentError(f"{expected}, not {type(given).__name__}")
    return given


def checked_instances(given: object, kind: type[_Kind], expected: str) -> tuple[_Kind, ...]:
    """Return an argument as a tuple, after a check that its elements are of a class.

    Args:
        given: the argument; any iterable.
        kind: the class of its elements.
        expected: what the argument is, as the beginning of a sentence.

    Raises:
        ArgumentError: it is not an iterable, a string or a mapping, or holds something else.

    >>> checked_instances([3], str, "texts is a list of strings")
    Traceback (most recent call last):
        ...
    klantkompas.errors.ArgumentError: texts is a list of strings; it holds 3
    """
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise ArgumentError(f"{expected}, not {type(given).__name__}")
    every = tuple(given)
    for each in every:
        if not isinstance(each, kind):
            raise ArgumentError(f"{expected}; it holds {shown(each)}")
    return every
