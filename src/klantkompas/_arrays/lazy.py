"""Values that are worked out when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

__all__ = ["Lazy"]

Value = TypeVar("Value")


class Lazy(Generic[Value]):
    """A value that is computed when it is first asked for, by calling the instance.

    Args:
        of: a function without arguments that computes the value; it is released afterwards.

    >>> later = Lazy(lambda: sum(range(5)))
    >>> later(), later()
    (10, 10)
    """

    def __init__(self, of: Callable[[], Value]) -> None:
        self._of: Callable[[], Value] | None = of

    def __call__(self) -> Value:
        """Return the value."""
        of = self._of
        if of is not None:
            self._value = of()
            self._of = None
        return self._value

    def __reduce__(self) -> tuple[type[Lazy[Value]], tuple[Callable[[], Value]]]:
        """Travel as the value that is worked out now: what it is made of stays here."""
        return Lazy, (partial(_itself, self()),)


def _itself(value: Value) -> Value:
    return value
