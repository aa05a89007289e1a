"""Classification rules, and what they may ask of a score card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from attrs import field, frozen
from attrs.validators import optional

from klantkompas._arrays import BoolArray, Codes, FloatArray, ObjectArray
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import (
    finite_number,
    is_callable,
    is_string,
    nonempty_text,
    whole_text,
)
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import first_line, of_function, one_parameter

__all__ = ["ClassificationRule", "ScorecardLike", "rule"]


class ScorecardLike(Protocol):
    """What a rule may read of a score card; each array has a value or row per active customer."""

    @property
    def ids(self) -> ObjectArray:
        """The ids of the active customers, in id order."""
        ...

    @property
    def factors(self) -> tuple[str, ...]:
        """The names of the success factors."""
        ...

    @property
    def met(self) -> BoolArray:
        """Whether each customer (row) meets each factor (column)."""
        ...

    @property
    def unknown(self) -> BoolArray:
        """Whether it is unknown if each customer (row) meets each factor (column)."""
        ...

    @property
    def count(self) -> Codes:
        """How many success factors each customer meets."""
        ...

    @property
    def shortlisted(self) -> BoolArray:
        """Whether each customer is on the shortlist."""
        ...

    def __getitem__(self, measure: str) -> FloatArray:
        """Return a measure of the active customers."""
        ...


@frozen(kw_only=True)
class ClassificationRule(Declaration):
    """A rule that gives a class to customers; the first rule that holds for one decides.

    It judges each customer (a row of the score card) from that row alone.

    Args:
        name: an identifier.
        label: the class: A, B, C, D, or one of your own.
        when: a function of a score card that returns an array with True or False for each active
            customer, in the order of the card.
        because: the reason, as the end of a sentence that begins with the class.
        priority: the rule with the smallest number is tried first; the built-in rules have 100 (A)
            to 130 (D).
        version: a text that you change when the rule means something else, so that reviews can see
            that it did.
        above: for a class of your own, the class that it stands just above.
        below: or the class that it stands just below.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, `when` no function, the priority no number, the
            class, its reason or its place no text, or both places are given.

    >>> ClassificationRule(
    ...     name="star", label="Star", when=lambda card: card.count >= 5, because="x", above="A"
    ... ).priority
    0
    """

    label: str = field(validator=nonempty_text)
    when: Callable[[ScorecardLike], BoolArray] = field(validator=is_callable)
    because: str = field(validator=whole_text)
    priority: float = field(default=0, validator=finite_number)
    version: str = field(default="1", validator=is_string)
    above: str | None = field(default=None, validator=optional(is_string))
    below: str | None = field(default=None, validator=optional(is_string))

    @below.validator
    def _one_place(self, attribute: object, value: str | None) -> None:
        if value is not None and self.above is not None:
            raise PluginError(f"ClassificationRule {self.name!r}: give above or below, not both")


def rule(
    label: str,
    *,
    name: str | None = None,
    because: str | None = None,
    priority: float = 0,
    version: str = "1",
    above: str | None = None,
    below: str | None = None,
) -> Callable[[Callable[..., BoolArray]], ClassificationRule]:
    """Make a classification rule of a function of a score card.

    Args:
        label: the class that the rule gives to the customers for whom it holds.
        name: an identifier; the function's name unless given.
        because: the reason, as the end of a sentence; the first line of the docstring unless given.
        priority: of the rules, the one with the smallest number is tried first; the built-in rules
            are at 100 (A) to 130 (D).
        version: changed when the rule means something else.
        above: for a class of your own, the class that it is just above.
        below: or the class that it is just below.

    Returns:
        A decorator that makes a `ClassificationRule` of the function.

    Raises:
        PluginError: the class is left out, or the function has not one parameter.

    >>> @rule("Star", above="A")
    ... def contributes_in_every_way(card):
    ...     return card.count == len(card.factors)
    >>> contributes_in_every_way.because
    'contributes in every way'
    """
    if not isinstance(label, str):
        raise PluginError('@rule needs the class that it gives, such as @rule("A")')

    def declare(function: Callable[..., BoolArray]) -> ClassificationRule:
        when, called = of_function(function, "rule", "when")
        called = name or called
        one_parameter(when, f"the classification rule {called!r}", "the score card")
        return ClassificationRule(
            name=called,
            label=label,
            when=when,
            because=because or first_line(when, called),
            priority=priority,
            version=version,
            above=above,
            below=below,
        )

    return declare
