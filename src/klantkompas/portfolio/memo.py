"""What a period has worked out: kept for whoever asks again, and gone with the period."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

__all__ = ["Memo"]

Found = TypeVar("Found")


class Memo:
    """Values that are computed once and kept by key.

    >>> memo = Memo()
    >>> memo.get("answer", lambda: 42), memo.get("answer", lambda: 43)
    (42, 42)
    """

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}

    def __reduce__(self) -> tuple[type[Memo], tuple[()]]:
        """Travel empty: what is asked for elsewhere is worked out there."""
        return Memo, ()

    def get(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return the value of a key, which is computed when it is first asked for.

        Args:
            key: what identifies the value.
            make: a function without arguments that computes the value.
        """
        if key not in self._values:
            self._values[key] = make()
        found: Found = self._values[key]
        return found
