"""Decorators that make a declaration of a function: the one way to write what computes something.

What a decorator returns is the declaration itself: a hook returns it, and
``Compass(plugins=[...])`` takes it as it is. Its name is the function's, and the first line of the
docstring says what it is. What is built in is written in the same way.

>>> @success_factor(at_least=0.95, unit="share")
... def returns_little(measures):
...     '''Returns little.'''
...     return 1 - measures["credited_share"]
>>> returns_little.title, returns_little.criterion
('returns little', AtLeast(value=0.95))
>>> @rule("A", priority=50)
... def small_but_steady(card):
...     '''It orders every month.'''
...     return card["order_days"] >= 6
>>> small_but_steady.because
'it orders every month'
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Never

from klantkompas._arrays import BoolArray, FloatArray
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Criterion, TopShare
from klantkompas.errors import PluginError
from klantkompas.hooks.blocks import Block
from klantkompas.hooks.cues import Cue
from klantkompas.hooks.factors import SuccessFactor
from klantkompas.hooks.lenses import Lens
from klantkompas.hooks.measures import Measure, MeasuredValues, Tally
from klantkompas.hooks.rules import ClassificationRule
from klantkompas.hooks.sections import ReportSection
from klantkompas.hooks.traits import Signal
from klantkompas.portfolio import TallyCounts

__all__ = ["cue", "lens", "measure", "report_section", "rule", "signal", "success_factor", "tally"]

DERIVES = {"period": "of", "measures": "from_measures"}
"""What the parameter of a measure's function is called, and which field of the measure it is."""


def _of_function(given: object, decorator: str, held_by: str) -> tuple[Callable[..., Any], str]:
    """Return a decorated function and its name, with a qualified name that leads to it still.

    The module's attribute of that name is the declaration from now on, so the function is found by
    what holds it there: ``revenue.of``. Pickle looks it up by that name.
    """
    if not inspect.isfunction(given):
        raise PluginError(f"@{decorator} is written above a function, not above {given!r}")
    given.__qualname__ = f"{given.__qualname__}.{held_by}"
    return given, given.__name__


def _first_line(function: Callable[..., Any], name: str) -> str:
    """Return the first line of a docstring as a phrase, without its full stop and capital."""
    lines = (inspect.getdoc(function) or "").strip().splitlines()
    phrase = lines[0].rstrip(" .") if lines else name.replace("_", " ")
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() else phrase


def _parameter(function: Callable[..., Any], what: str, name: str, *allowed: str) -> str:
    parameters = list(inspect.signature(function).parameters)
    if len(parameters) != 1 or (allowed and parameters[0] not in allowed):
        expected = {
            "": "the score card",
            "period": "called period (the interactions) or measures (what is measured already)",
        }[allowed[0] if allowed else ""]
        raise PluginError(
            f"the {what} {name!r} is made of {function.__name__}({', '.join(parameters)}): "
            f"its function has one parameter, {expected}"
        )
    return parameters[0]


def _one_of(**criteria: Criterion | None) -> Criterion:
    given = [each for each in criteria.values() if each is not None]
    if len(given) != 1:
        raise PluginError(
            f"@success_factor needs one of {', '.join(f'{name}=' for name in criteria)}, such as "
            f"@success_factor(at_least=0.95); {len(given)} are given"
        )
    return given[0]


def measure(
    *,
    unit: str,
    name: str | None = None,
    describes: str | None = None,
    basis_unit: str = "",
    is_proportion: bool = False,
    counted_by: str = "",
    out_of: str = "",
    looks_back: int = 0,
    steers: bool = True,
    unknown_without: str = "",
    reads: Iterable[str] = (),
) -> Callable[[Callable[..., MeasuredValues]], Measure]:
    """Make a measure of a function: one number for each customer.

    The function has one parameter: `period`, a `Period`, where it measures interactions; or
    `measures`, `Measures`, where it derives from what is measured already. It returns a float for
    each customer, NaN where unknown; or a pair of those and their basis: for each customer, how
    many orders, invoices and the like the value rests on.

    Args:
        unit: money, minutes, days, share, orders, ...
        name: an identifier; the function's name unless given.
        describes: what the measure is, in a few words; the first line of the docstring unless
            given.
        basis_unit: what the basis counts, such as orders; ``"money"`` for a sum of money.
        is_proportion: whether the value is the share of hits among what the basis counts.
        counted_by: for a share of money, the name of the measure that counts on how many orders the
            share rests.
        out_of: the name of the measure that counts on how many orders the value could rest, if no
            cell of the tables were empty.
        looks_back: over how many months up to the reference date a success factor judges a customer
            whose basis in the period is too small; 0 for the period only.
        steers: whether a business can steer by it; bookkeeping is not listed by what fits.
        unknown_without: the name of a tally: where that counts nothing, the measure is NaN for
            everyone.
        reads: the tables, or columns as ``"orders.clear"``, that it needs.

    Returns:
        A decorator that makes a `Measure` of the function.

    Raises:
        PluginError: the function has other parameters.

    >>> @measure(unit="pieces")
    ... def pieces(period):
    ...     '''Pieces ordered, those that came back not counted.'''
    ...     return period.during("orders").sum("quantity")
    >>> pieces.name, pieces.describes
    ('pieces', 'pieces ordered, those that came back not counted')
    """

    def declare(function: Callable[..., MeasuredValues]) -> Measure:
        held_by = DERIVES.get(next(iter(inspect.signature(function).parameters), ""), "of")
        of, called = _of_function(function, "measure", held_by)
        called = name or called
        _parameter(of, "measure", called, *DERIVES)
        return Measure(
            name=called,
            of=of if held_by == "of" else None,
            from_measures=of if held_by == "from_measures" else None,
            unit=unit,
            describes=describes or _first_line(of, called),
            basis_unit=basis_unit,
            is_proportion=is_proportion,
            counted_by=counted_by,
            out_of=out_of,
            looks_back=looks_back,
            steers=steers,
            unknown_without=unknown_without,
            reads=reads,
        )

    return declare


def tally(
    *, keys: Iterable[str], name: str | None = None, describes: str | None = None
) -> Callable[[Callable[..., TallyCounts]], Tally]:
    """Make a tally of a function of a `Period`: counts by key, which add up over customers.

    Args:
        keys: what each item of a key (a tuple of texts) stands for.
        name: an identifier; the function's name unless given.
        describes: what it counts; the first line of the docstring unless given.

    Returns:
        A decorator that makes a `Tally` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> @tally(keys=["product"])
    ... def products(period):
    ...     '''Order lines by product.'''
    ...     return {}
    >>> products.keys, products.describes
    (('product',), 'order lines by product')
    """

    def declare(function: Callable[..., TallyCounts]) -> Tally:
        of, called = _of_function(function, "tally", "of")
        called = name or called
        return Tally(name=called, of=of, keys=keys, describes=describes or _first_line(of, called))

    return declare


def success_factor(
    *bare: Never,
    name: str | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    top_share: float | None = None,
    at_least_overall: bool = False,
    title: str | None = None,
    unit: str = "",
    describes: str | None = None,
    basis_unit: str = "",
    is_proportion: bool = False,
    reads: Iterable[str] = (),
    out_of: str = "",
    looks_back: int = 0,
    least_basis: float = 3,
) -> Callable[[Callable[..., MeasuredValues]], SuccessFactor]:
    """Make a success factor of a function that measures what the factor is about.

    The function is as `measure` describes. Give exactly one criterion: `at_least`, `at_most`,
    `top_share` or `at_least_overall`.

    Args:
        bare: nothing; what is here is a function whose ``@success_factor`` has no brackets.
        name: an identifier; the function's name unless given.
        at_least: the factor is met by a value of this much or more.
        at_most: the factor is met by a value of this much or less.
        top_share: the factor is met by this share, above 0 and at most 1, of the active customers:
            those with the highest values.
        at_least_overall: the factor is met by a value that is at least that of all active customers
            together.
        title: what the customer does, in a few words; the first line of the docstring unless given.
        unit: the unit of the measure: money, days, share, orders, ...
        describes: what the measure is; the title unless given.
        basis_unit: what the basis counts, where the function returns one.
        is_proportion: whether the value is the share of hits among what the basis counts.
        reads: the tables, or columns as ``"orders.clear"``, that it needs.
        out_of: the name of the measure that counts on how many orders the value could rest, if no
            cell of the tables were empty.
        looks_back: over how many months up to the reference date to judge a customer whose basis in
            the period is too small; 0 for the period only.
        least_basis: how large the basis of a share or rate must be for it to count.

    Returns:
        A decorator that makes a `SuccessFactor` of the function, with its `Measure`.

    Raises:
        PluginError: there is not one criterion, it is not given by name, or the function has other
            parameters.

    >>> @success_factor(top_share=0.2, unit="pieces")
    ... def buys_many(period):
    ...     return period.during("orders").sum("quantity")
    >>> buys_many.measure.name, buys_many.title
    ('buys_many', 'buys many')
    """
    if bare:
        raise PluginError(
            "@success_factor needs its criterion, in brackets and by name, such as "
            "@success_factor(at_least=0.95)"
        )
    criterion = _one_of(
        at_least=None if at_least is None else AtLeast(at_least),
        at_most=None if at_most is None else AtMost(at_most),
        top_share=None if top_share is None else TopShare(top_share),
        at_least_overall=AtLeastOverall() if at_least_overall else None,
    )

    def declare(function: Callable[..., MeasuredValues]) -> SuccessFactor:
        of, called = _of_function(function, "success_factor", "measure")
        called = name or called
        _parameter(of, "success factor", called, *DERIVES)
        does = title or _first_line(of, called)
        return SuccessFactor(
            name=called,
            measure=measure(
                name=called,
                unit=unit,
                describes=describes or does,
                basis_unit=basis_unit,
                is_proportion=is_proportion,
                reads=reads,
                out_of=out_of,
                looks_back=looks_back,
            )(of),
            criterion=criterion,
            title=does,
            least_basis=least_basis,
        )

    return declare


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
        when, called = _of_function(function, "rule", "when")
        called = name or called
        _parameter(when, "classification rule", called)
        return ClassificationRule(
            name=called,
            label=label,
            when=when,
            because=because or _first_line(when, called),
            priority=priority,
            version=version,
            above=above,
            below=below,
        )

    return declare


def lens(*, question: str, name: str | None = None) -> Callable[[Callable[..., Any]], Lens]:
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

    def declare(function: Callable[..., Any]) -> Lens:
        look, called = _of_function(function, "lens", "look")
        return Lens(name=name or called, question=question, look=look)

    return declare


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
        fires, called = _of_function(function, "cue", "fires")
        called = name or called
        return Cue(
            name=called,
            fires=fires,
            describes=describes or _first_line(fires, called),
            extraversion=extraversion,
            rationality=rationality,
            counted_only=counted_only,
            weight=weight,
            language=language,
            reads=reads,
        )

    return declare


def signal(*, says: str, name: str | None = None) -> Callable[[Callable[..., FloatArray]], Signal]:
    """Make a signal of a function of `Measures`, for the ``signals=`` of a `Trait`.

    Args:
        says: what the customer does when the signal fires, as a sentence with places for measures,
            such as ``{order_count}``.
        name: an identifier; the function's name unless given.

    Returns:
        A decorator that makes a `Signal` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> @signal(says="They bought.")
    ... def buys(measures):
    ...     return measures["active"]
    >>> buys.name
    'buys'
    """

    def declare(function: Callable[..., FloatArray]) -> Signal:
        fires, called = _of_function(function, "signal", "fires")
        return Signal(name=name or called, fires=fires, says=says)

    return declare


def report_section(
    *, title: str, name: str | None = None, priority: float = 1500
) -> Callable[[Callable[..., Iterable[Block]]], ReportSection]:
    """Make a section of the report of a function of a `Reading`.

    The function may have further parameters, ``review``, ``plan`` and ``lists``; see
    `ReportSection`.

    Args:
        title: the heading of the section.
        name: an identifier; the function's name unless given.
        priority: the section with the smallest number comes first; the report's own are at 100 to
            1400 and from 1900.

    Returns:
        A decorator that makes a `ReportSection` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> from klantkompas.hooks import Paragraph
    >>> @report_section(title="Our shop")
    ... def our_shop(reading):
    ...     return [Paragraph("We sell bicycles.")]
    >>> our_shop.name, our_shop.priority
    ('our_shop', 1500)
    """

    def declare(function: Callable[..., Iterable[Block]]) -> ReportSection:
        show, called = _of_function(function, "report_section", "show")
        return ReportSection(name=name or called, title=title, show=show, priority=priority)

    return declare
