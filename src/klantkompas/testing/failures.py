"""What a check finds, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import indent
from typing import Any

from attrs import frozen

from klantkompas.hooks.checks import HasName
from klantkompas.hooks.declaration import kind_of
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = ["Check", "Failure", "Law", "writes_to_its_input"]

Law = Callable[[Subject, Any, Exports], str | None]
"""Tries a declaration, of a type that it knows, on exports; says what is wrong, if anything."""


def _kind(declared: object) -> str:
    made: Any = type(declared)  # a class that a cache takes, as type checkers have it
    return str(kind_of(made))


def writes_to_its_input(error: BaseException | None) -> bool:
    """Return whether an error was raised by writing to a read-only array or mapping."""
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
        asks: the requirement, as a sentence.
        remedy: what to do when a declaration does not meet it.
        laws: by type of declaration, the function that returns what is wrong, or None.
        on_sound: whether only declarations are checked that return a result, and the same one each
            time.
        on_exports: whether the check is made on exports.
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
        found: what is wrong.
        exports: the smallest exports with which it is wrong; None where it is with any.
    """

    plugin: str
    declared: HasName | None
    check: Check
    found: str
    exports: Exports | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The check's name and the declaration's name, by which the failure may be expected."""
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
