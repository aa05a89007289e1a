"""Lenses: questions that are answered from what is known of each customer."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import Attribute, field, frozen

from klantkompas.errors import PluginError
from klantkompas.hooks.checks import ValueT, is_callable, whole_text
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import of_function
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["Lens", "Unanswered", "lens"]

UNANSWERED = mark("Unknown: {because}")

BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def _may_be_none(annotation: object) -> bool:
    """Return whether an annotation, resolved or as text, allows None."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    while text != (outside := re.sub(r"\[[^][]*\]", "", text)):
        text = outside
    alternatives = {each.strip().rpartition(".")[2] for each in text.split("|")}
    return not alternatives.isdisjoint(("None", "Optional"))


def _needs_of(name: str, look: Callable[..., object]) -> dict[str, bool]:
    """Return what a lens needs, by name, and whether it does without."""
    try:
        parameters = list(inspect.signature(look).parameters.values())
    except ValueError as cause:
        raise PluginError(
            f"Lens {name!r}: look does not say which parameters it has; wrap it in a function"
        ) from cause
    for each in parameters:
        option = each.kind is each.KEYWORD_ONLY and each.default is not each.empty
        if each.kind not in BY_POSITION and not option:
            raise PluginError(
                f"Lens {name!r}: {each} of look names nothing that it needs: write each need "
                "as a parameter of its own, and an option as a keyword with a default"
            )
    given = [each for each in parameters if each.kind in BY_POSITION]
    if not given:
        raise PluginError(f"Lens {name!r}: look needs a parameter for the measures")
    return {each.name: _may_be_none(each.annotation) for each in given[1:]}


def _names_its_needs(lens: Lens, attribute: Attribute[ValueT], value: ValueT) -> None:
    lens.all_needs  # noqa: B018


@frozen(kw_only=True)
class Lens(Declaration):
    """A question that is answered from what is known of each customer.

    Args:
        name: an identifier; the result is ``reading[name]``.
        question: the question that the lens answers.
        look: a function that returns the result. Its first parameter is the `Measures`. Each other
            one has the name of what it needs: another lens, for that one's result; or what every
            reading has: ``cues``, ``traits``, ``factors``, ``rules``, ``benchmarks``,
            ``shortlist``, ``overrides`` and ``reasons``. Where a lens that it needs is
            `Unanswered`, so is this one; unless the parameter is annotated ``| None``: it is None
            then. A keyword-only parameter with a default is an option, and keeps its default.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, the question not a string, or `look` not a
            function with such parameters.

    >>> def best(measures, classes, nps: SurveyScore | None): ...
    >>> lens = Lens(name="best", question="Who?", look=best)
    >>> lens.needs, lens.uses
    (('classes',), ('nps',))
    """

    question: str = field(validator=whole_text)
    look: Callable[..., object] = field(validator=(is_callable, _names_its_needs))

    @cached_property
    def all_needs(self) -> Mapping[str, bool]:
        """What the lens needs or uses, by name, and whether it does without."""
        return _needs_of(self.name, self.look)

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the results that the lens cannot do without, as its parameters name them."""
        return tuple(name for name, absent in self.all_needs.items() if not absent)

    @property
    def uses(self) -> tuple[str, ...]:
        """The names of results that may be `Unanswered`: parameters annotated ``| None``."""
        return tuple(name for name, absent in self.all_needs.items() if absent)

    def answer(self, measures: object, available: Callable[[str], object]) -> object:
        """Return the result of the lens for measures and for what else it needs.

        Args:
            measures: the `Measures`.
            available: a function that returns, for a name, the result of a lens or what every
                reading has, such as ``rules``.

        Returns:
            The result; `Unanswered` where a lens that this one cannot do without is. An exception
            of its function is passed on.

        >>> size = Lens(name="size", question="How many?", look=lambda measures: len(measures))
        >>> size.answer(["a", "b"], {}.get)
        2
        """
        given = []
        for name, may_be_absent in self.all_needs.items():
            each = available(name)
            if isinstance(each, Unanswered):
                if not may_be_absent:
                    return each
                each = None
            given.append(each)
        return self.look(measures, *given)


@frozen(repr=False)
class Unanswered(Text):
    """What a lens returns in place of a result, when the tables cannot answer its question.

    Args:
        because: why the question cannot be answered, and what would help.

    >>> print(Unanswered("nobody ordered in the period"))
    Unknown: nobody ordered in the period
    """

    because: str

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says why there is no answer."""
        return (sentence(UNANSWERED, because=Sentence(self.because)),)


def lens(*, question: str, name: str | None = None) -> Callable[[Callable[..., object]], Lens]:
    """Make a lens of a function of `Measures` and of other results, named by its parameters.

    Args:
        question: the question that the lens answers.
        name: an identifier; the function's name unless given. The result is ``reading[name]``.

    Returns:
        A decorator that makes a `Lens` of the function.

    Raises:
        PluginError: a parameter is ``*rest`` or ``**rest``, which names no need.

    >>> @lens(question="How many customers have a class?")
    ... def with_a_class(measures, classes):
    ...     return sum(classes.counts().values())
    >>> with_a_class.name, with_a_class.needs
    ('with_a_class', ('classes',))
    """

    def declare(function: Callable[..., object]) -> Lens:
        look, called = of_function(function, "lens", "look")
        return Lens(name=name or called, question=question, look=look)

    return declare
