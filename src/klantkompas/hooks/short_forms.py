"""Short forms for a notebook: a function becomes a success factor or a classification rule.

What they give is the declaration itself; hand it to ``Compass(plugins=[...])`` as it is.

>>> @success_factor(at_least=0.95, unit="share")
... def returns_little(measures):
...     '''Returns little.'''
...     return 1 - measures["credited_share"]
>>> returns_little.title, returns_little.criterion
('Returns little', AtLeast(value=0.95))
>>> @rule("A", priority=50)
... def small_but_steady(card):
...     '''it orders every month'''
...     return card["order_days"] >= 6
>>> small_but_steady.because
'it orders every month'
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, Never

from klantkompas._arrays import BoolArray
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Criterion, TopShare
from klantkompas.errors import PluginError
from klantkompas.hooks.factors import SuccessFactor
from klantkompas.hooks.measures import Measure, MeasuredValues
from klantkompas.hooks.rules import ClassificationRule

__all__ = ["rule", "success_factor"]


def _first_line(function: Callable[..., Any], name: str) -> str:
    lines = (inspect.getdoc(function) or "").strip().splitlines()
    return lines[0].rstrip(" .") if lines else name.replace("_", " ")


def _parameters(function: object, decorator: str) -> list[str]:
    if not inspect.isroutine(function):
        raise PluginError(f"@{decorator} stands above a function, not {function!r}")
    return list(inspect.signature(function).parameters)


def _one_of(**criteria: Criterion | None) -> Criterion:
    given = [each for each in criteria.values() if each is not None]
    if len(given) != 1:
        raise PluginError(
            f"@success_factor needs one of {', '.join(f'{name}=' for name in criteria)}, such as "
            f"@success_factor(at_least=0.95); {len(given)} are given"
        )
    return given[0]


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
    basis: str = "",
    counts: bool = False,
    reads: Sequence[str] = (),
    least_basis: float = 3,
) -> Callable[[Callable[..., MeasuredValues]], SuccessFactor]:
    """Make a success factor of a function, which measures what it asks.

    The function has one parameter: `period`, a `Period`, where it measures interactions; or
    `measures`, `Measures`, where it derives from what is measured already. It gives a float for
    each customer, NaN where unknown; or those and their basis.

    Args:
        bare: nothing; what stands here is a function whose ``@success_factor`` has no brackets.
        name: an identifier; the function's name unless given.
        at_least: met by so much or more,
        at_most: or by so much or less,
        top_share: or by the highest share of the active customers,
        at_least_overall: or by at least the share of all active customers together.
        title: what the customer does, in a few words; the first line of the docstring unless given.
        unit: of the measure: money, days, share, orders, ...
        describes: what the measure is; the title unless given.
        basis: what the basis counts, where the function gives one.
        counts: whether the value is the share of hits among what the basis counts.
        reads: the tables, or columns as ``"orders.clear"``, that it needs.
        least_basis: on how many a share or rate must rest to count.

    Returns:
        What makes a `SuccessFactor` of the function, with its `Measure`.

    Raises:
        PluginError: there is not one criterion, it is not said by name, or the function has other
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
        parameters = _parameters(function, "success_factor")
        called = name or function.__name__
        if parameters not in (["period"], ["measures"]):
            raise PluginError(
                f"the success factor {called!r} is made of {called}({', '.join(parameters)}): "
                "its function has one parameter, called period (the interactions) or measures "
                "(what is measured already)"
            )
        does = title or _first_line(function, called)
        return SuccessFactor(
            name=called,
            measure=Measure(
                name=called,
                of=function if parameters == ["period"] else None,
                from_measures=function if parameters == ["measures"] else None,
                unit=unit,
                describes=describes or does,
                basis=basis,
                counts=counts,
                reads=reads,
            ),
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
        label: the class that it gives.
        name: an identifier; the function's name unless given.
        because: the reason, as the end of a sentence; the first line of the docstring unless given.
        priority: smaller goes first; the built-in rules stand at 100.
        version: changed when the rule comes to mean something else.
        above: for a class of your own, the class that it stands just above.
        below: or the class that it stands just below.

    Returns:
        What makes a `ClassificationRule` of the function.

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
        parameters, called = _parameters(function, "rule"), name or function.__name__
        if len(parameters) != 1:
            raise PluginError(
                f"the classification rule {called!r} is made of {called}({', '.join(parameters)}): "
                "its function has one parameter, the score card"
            )
        return ClassificationRule(
            name=called,
            label=label,
            when=function,
            because=because or _first_line(function, called),
            priority=priority,
            version=version,
            above=above,
            below=below,
        )

    return declare
