"""Cues: signs in what customers write, and in the channel that they choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from numbers import Real
from typing import Never

from attrs import Attribute, field, frozen

from klantkompas._arrays import BoolArray
from klantkompas._messages import mentions, read_words
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import HasName, ValueT, is_callable, whole_text
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import first_line, of_function

__all__ = ["Cue", "cue", "mentions", "read_words"]


def _a_push(cue: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if isinstance(value, bool) or not (isinstance(value, Real) and -1 <= float(value) <= 1):
        raise PluginError(f"Cue {cue.name!r}: {attribute.name} is from -1 to 1, not {value!r}")


def _a_weight(cue: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not (isinstance(value, Real) and 0 < float(value) < float("inf")):
        raise PluginError(f"Cue {cue.name!r}: weight is a number above 0, not {value!r}")


def _a_message(cue: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if value not in ("text", "channel"):
        raise PluginError(f"Cue {cue.name!r}: reads is 'text' or 'channel', not {value!r}")


@frozen(kw_only=True)
class Cue(Declaration):
    """A sign in a customer's messages, or in the channel that they chose, of how they are (S3).

    For each cue ``"cue_" + name`` is a measure: in how many messages of the period it fired.

    Args:
        name: an identifier.
        fires: a function of a sequence of texts that returns a one-dimensional array with True or
            False for each text, judged from that text alone; for words and phrases, see `mentions`
            and `read_words`.
        describes: what the customer does when it fires, as the end of a sentence that begins with
            them, such as ``"makes puns"``.
        extraversion: how far it moves the customer on this axis, from -1 (introvert) to 1
            (extravert); 0 is not at all.
        rationality: how far it moves the customer on this axis, from -1 (emotional) to 1
            (rational); 0 is not at all.
        counted_only: True for a cue that moves the customer on neither axis, but is counted for
            traits and rules of yours to read.
        weight: how much one firing weighs beside those of other cues.
        language: the language of the words that it looks for, such as ``"nl"``; None for any.
        reads: which column of the contacts `fires` gets: ``"text"`` or ``"channel"``.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, `fires` not a function, `describes` not a
            string, a number for an axis not from -1 to 1, the weight not above 0, or `reads`
            neither of the two; or the cue moves the customer on neither axis and is not
            `counted_only`.

    >>> cue = Cue(
    ...     name="puns", fires=mentions("pun intended"), describes="makes puns", extraversion=1
    ... )
    >>> cue.measure_name, cue.fires(["No pun intended.", "Where is it?"]).tolist()
    ('cue_puns', [True, False])
    """

    fires: Callable[[Sequence[str]], BoolArray] = field(validator=is_callable)
    describes: str = field(validator=whole_text)
    extraversion: float = field(default=0, validator=_a_push)
    rationality: float = field(default=0, validator=_a_push)
    counted_only: bool = False
    weight: float = field(default=1, validator=_a_weight)
    language: str | None = None
    reads: str = field(default="text", validator=_a_message)

    def __attrs_post_init__(self) -> None:
        """Refuse a cue that has no effect."""
        pushes = self.extraversion != 0 or self.rationality != 0
        if pushes == self.counted_only:
            found = "pushes and is counted_only" if pushes else "pushes on neither axis"
            raise PluginError(
                f"Cue {self.name!r} {found}: give extraversion= or rationality=, or "
                "counted_only=True for one that says nothing of a colour"
            )

    @property
    def measure_name(self) -> str:
        """The name of the measure that counts in how many messages the cue fired."""
        return f"cue_{self.name}"


def cue(
    *bare: Never,
    name: str | None = None,
    describes: str | None = None,
    extraversion: float = 0,
    rationality: float = 0,
    counted_only: bool = False,
    weight: float = 1,
    language: str | None = None,
    reads: str = "text",
) -> Callable[[Callable[[Sequence[str]], BoolArray]], Cue]:
    """Make a cue of a function of texts.

    Args:
        bare: nothing; what is here is a function whose ``@cue`` has no brackets.
        name: an identifier; the function's name unless given.
        describes: what the customer does when the cue fires; the first line of the docstring unless
            given.
        extraversion: how far it moves the customer on this axis, from -1 (introvert) to 1
            (extravert); 0 is not at all.
        rationality: how far it moves the customer on this axis, from -1 (emotional) to 1
            (rational); 0 is not at all.
        counted_only: True for a cue that moves the customer on neither axis.
        weight: how much one firing weighs beside those of other cues.
        language: the language of the words that it looks for, such as ``"nl"``.
        reads: which column of the contacts the function gets: ``"text"`` or ``"channel"``.

    Returns:
        A decorator that makes a `Cue` of the function.

    Raises:
        PluginError: the decorator has no brackets, or a number for an axis is not from -1 to 1.

    >>> import numpy as np
    >>> @cue(extraversion=-0.5)
    ... def asks(texts):
    ...     '''Asks a question.'''
    ...     return np.array(["?" in text for text in texts], dtype=np.bool_)
    >>> asks.measure_name, asks.describes
    ('cue_asks', 'asks a question')
    """
    if bare:
        raise PluginError("@cue needs brackets, such as @cue(extraversion=0.5)")

    def declare(function: Callable[[Sequence[str]], BoolArray]) -> Cue:
        fires, called = of_function(function, "cue", "fires")
        called = name or called
        return Cue(
            name=called,
            fires=fires,
            describes=describes or first_line(fires, called),
            extraversion=extraversion,
            rationality=rationality,
            counted_only=counted_only,
            weight=weight,
            language=language,
            reads=reads,
        )

    return declare
