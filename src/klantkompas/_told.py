"""Texts of errors that keep their message and what fills it, so that they can be told in Dutch too.

An error is made far below the languages: it is filled in in English where it is raised, and told
anew, in the reader's language, where somebody reads it.

>>> dutch = {"{option} is given twice": "{option} staat er tweemaal"}
>>> said = told("{option} is given twice", option="--out")
>>> said, said.translated(dutch.get)
('--out is given twice', '--out staat er tweemaal')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

__all__ = ["Told", "either", "in_language", "joined", "reason_of", "told"]


class Told(str):
    """A text that can be told in another language too: it keeps its message and its values.

    Attributes:
        message: the English text, with bare places such as ``{option}``.
        values: by place, what fills it: a text or number that is the same in every language, or a
            `Told` that is not.
    """

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, values: Mapping[str, object]) -> Self:
        """Return the text in English."""
        made = super().__new__(cls, message.format_map(values))
        made.message, made.values = message, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make it again, its values as they are shown."""
        shown_as = {name: v if isinstance(v, Told) else str(v) for name, v in self.values.items()}
        return type(self), (self.message, shown_as)

    def translated(self, text: Callable[[str], str]) -> str:
        """Return the text in another language.

        Args:
            text: translates the message.
        """
        values = {name: in_language(value, text) for name, value in self.values.items()}
        return Told(text(self.message), values)


def _marked(*texts: Told) -> frozenset[str]:
    return frozenset(map(str, texts))


def told(message: str, **values: object) -> Told:
    """Return a text of an error, marked for translation, with what fills its places.

    Args:
        message: the English text, with bare places such as ``{option}``.
        **values: by place, what fills it.

    >>> dutch = {"{option} is given twice": "{option} staat er tweemaal"}
    >>> said = told("{option} is given twice", option="--out")
    >>> said, said.translated(dutch.get)
    ('--out is given twice', '--out staat er tweemaal')
    """
    return Told(message, values)


REASONS = _marked(
    told("No such file or directory"),
    told("Permission denied"),
    told("Is a directory"),
    told("Not a directory"),
    told("File exists"),
    told("No space left on device"),
    told("File name too long"),
)
"""Why operating systems mostly refuse."""


def in_language(value: object, text: Callable[[str], str] | None) -> object:
    """Return a value, translated where it can be.

    Args:
        value: a `Told`, or anything else.
        text: translates a message; None for English.
    """
    return value.translated(text) if text and isinstance(value, Told) else value


def joined(separator: str, parts: Iterable[str]) -> str:
    """Return texts one behind another, those that are empty left out.

    Args:
        separator: what stands between two texts.
        parts: the texts; where one is `Told`, so is the whole.
    """
    given = [each for each in parts if each]
    if not any(isinstance(each, Told) for each in given):
        return separator.join(given)
    names = [f"part{number}" for number in range(len(given))]
    message = separator.join(f"{{{name}}}" for name in names)
    return Told(message, dict(zip(names, given, strict=True)))


def either(texts: Iterable[str]) -> str:
    """Return texts with "or" between them, which can be told in another language too.

    Args:
        texts: the texts.

    >>> either(["a", "b"])
    'a or b'
    """
    first, *others = texts
    if not others:
        return first
    return told("{one} or {another}", one=first, another=either(others))


def reason_of(cause: Exception) -> Told:
    """Return why the operating system does not do something, such as that there is no such file.

    Args:
        cause: its error.
    """
    reason = str(getattr(cause, "strerror", None) or cause)
    return Told(reason, {}) if reason in REASONS else told("{reason}", reason=reason)
