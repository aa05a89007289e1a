"""Lenses: questions that are answered from what is known of each customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from klantkompas.hooks.checks import as_tuple, is_callable, nonempty_text, strings
from klantkompas.hooks.declaration import Declaration

__all__ = ["Lens", "Unanswered"]


@frozen(kw_only=True)
class Lens(Declaration):
    """A question that is answered from what is known of each customer.

    Args:
        name: an identifier; the result is ``reading[name]``.
        question: what it answers.
        look: a function of `Measures`, and of what it needs, that gives the result.
        needs: names of other lenses whose results it is given; or of what every reading has:
            ``"cues"``, ``"traits"``, ``"factors"``, ``"rules"``, ``"benchmarks"``, ``"shortlist"``
            and ``"overrides"``. Where one of these cannot tell, neither can this one.
        uses: names of lenses whose results it is given after those, `Unanswered` too.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is no identifier, the question no text, `look` no function, or what it
            needs or uses no names.

    >>> Lens(name="size", question="How many?", look=lambda measures: len(measures)).needs
    ()
    """

    question: str = field(validator=nonempty_text)
    look: Callable[..., Any] = field(validator=is_callable)
    needs: tuple[str, ...] = field(default=(), converter=as_tuple, validator=strings)
    uses: tuple[str, ...] = field(default=(), converter=as_tuple, validator=strings)


@frozen
class Unanswered:
    """What a lens gives when these tables cannot answer its question.

    Args:
        because: why not, and what would help.

    >>> print(Unanswered("nobody ordered in the period"))
    It cannot be told: nobody ordered in the period
    """

    because: str

    def __str__(self) -> str:
        """Say so."""
        return f"It cannot be told: {self.because}"
