"""What a check finds, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import indent
from typing import Any

from attrs import frozen

from klantkompas.hooks.declaration import kind_of
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = ["Check", "Failure", "Law", "writes_to_its_input"]

Law = Callable[[Subject, Any, Exports], str | None]
"""Tries a declaration on exports, and says what is wrong; None when nothing is."""


def _kind(declared: Any) -> str:
    made: Any = type(declared)
    return kind_of(made)


def writes_to_its_input(error: BaseException | None) -> bool:
    """Return whether an error comes of writing to what is read-only."""
    while error is not None:
        if type(error).__name__ == "FrozenInstanceError" or any(
            words in str(error)
            for words in (
                "changed its input",
                "read-only",
                "does not support item assignment",
                "mappingproxy",
            )
        ):
            return True
        error = error.__cause__
    return False


@frozen(kw_only=True)
class Check:
    """Something that every plugin must keep to.

    Args:
        name: its name in a test.
        asks: what must be so.
        remedy: what to do when it is not.
        laws: by type of declaration, how to find out.
        on_sound: whether only declarations are tried that answer at all, and always the same.
        on_exports: whether exports are needed to find out.
    """

    name: str
    asks: str
    remedy: str
    laws: Mapping[type, Law]
    on_sound: bool = True
    on_exports: bool = True


@frozen(kw_only=True)
class Failure:
    """A check that a declaration does not pass.

    Args:
        plugin: the plugin.
        declared: its declaration; None for the plugin as a whole.
        check: the check.
        found: what was found.
        exports: the smallest exports with which it was; None where any would do.
    """

    plugin: str
    declared: Any
    check: Check
    found: str
    exports: Exports | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what it is expected: the check's name and the declaration's."""
        return self.check.name, "" if self.declared is None else self.declared.name

    def __str__(self) -> str:
        """Return a message: what was found, the smallest example, and the remedy."""
        whose = f"the plugin {self.plugin!r}"
        if self.declared is not None:
            whose += f", {_kind(self.declared)} {self.declared.name!r}"
        lines = [f"{whose}: {self.check.name}: {self.check.asks}", f"  found: {self.found}"]
        if self.exports is not None:
            lines += ["  with:", indent(str(self.exports), "    ")]
        return "\n".join([*lines, f"  remedy: {self.check.remedy}"])
