"""What is built in, as one value that prints as its name.

It is the default of arguments, and a signature should be short enough to read.

>>> BuiltIn("SHAPES", ["one", "other"]), BuiltIn("SHAPES", ["one", "other"])[1]
(SHAPES, 'other')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeVar

__all__ = ["BuiltIn"]

_Declared_co = TypeVar("_Declared_co", covariant=True)


class BuiltIn(tuple[_Declared_co, ...]):
    """A tuple of declarations that prints as the name by which it can be imported.

    Args:
        name: that name.
        declared: the declarations.
    """

    _name: str

    def __new__(cls, name: str, declared: Iterable[_Declared_co]) -> Self:
        """Make the tuple."""
        made = super().__new__(cls, declared)
        made._name = name
        return made

    def __getnewargs__(self) -> tuple[str, tuple[_Declared_co, ...]]:
        """Return what a pickle makes it of again."""
        return self._name, tuple(self)

    def __repr__(self) -> str:
        """Return the name."""
        return self._name
