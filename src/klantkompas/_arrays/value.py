"""Values that hold arrays, which stay read-only wherever they travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import attrs
import numpy as np

from klantkompas._arrays.kinds import freeze

__all__ = ["Value"]

Made = TypeVar("Made")


class Value:
    """A base for frozen classes that hold arrays: these stay read-only when pickled or copied.

    Without it, arrays become writable again when numpy unpickles or deep-copies them.

    >>> import copy
    >>> @attrs.frozen
    ... class Ranking(Value):
    ...     order: np.ndarray
    >>> copy.deepcopy(Ranking(np.array([1, 0]))).order.flags.writeable
    False
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it again."""
        kind = type(self)
        of_attrs = "__attrs_attrs__" in vars(kind)
        names = [each.name for each in attrs.fields(kind)] if attrs.has(kind) else []
        # A plain class on top of one of attrs may hold more, and need not have set its fields.
        if not of_attrs:
            names = [n for n in (*names, *getattr(self, "__dict__", ())) if hasattr(self, n)]
        return _made_again, (kind, {name: getattr(self, name) for name in names})


def _made_again(kind: type[Made], state: Mapping[str, object]) -> Made:
    made = object.__new__(kind)
    for name, value in state.items():
        _freeze_all(value)
        object.__setattr__(made, name, value)
    return made


def _freeze_all(value: object) -> None:
    if isinstance(value, np.ndarray):
        freeze(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            _freeze_all(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            _freeze_all(each)
