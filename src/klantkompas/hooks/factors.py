"""Success factors: the ways in which a customer contributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never

from attrs import Attribute, field, frozen
from attrs.validators import instance_of

from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Criterion, TopShare
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import HasName, ValueT, finite_number, whole_text
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import first_line, of_function
from klantkompas.hooks.measures import (
    Measure,
    MeasuredValues,
    measure,
    takes_what_is_measured,
)

__all__ = ["LEAST_BASIS", "SuccessFactor", "success_factor"]

LEAST_BASIS = 3
"""On how many orders or invoices a share or rate must rest to count (decided)."""


def _a_measure(factor: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not isinstance(value, str | Measure):
        raise PluginError(
            f"SuccessFactor {factor.name!r}: measure is a Measure or the name of one, not {value!r}"
        )


def _a_criterion(factor: HasName, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not isinstance(value, Criterion):
        raise PluginError(
            f"SuccessFactor {factor.name!r}: criterion is one such as AtLeast(0.95), not {value!r}"
        )


@frozen(kw_only=True)
class SuccessFactor(Declaration):
    """A way in which a customer contributes to success: a measure with a criterion (S1 step 2).

    Args:
        name: an identifier.
        measure: a measure, or the name of one.
        criterion: `AtLeast`, `AtMost`, `TopShare` or `AtLeastOverall`.
        title: what the customer does, in a few words.
        least_basis: on how many orders or invoices a share or rate must rest to count (decided: 3).
        still_open: what may be open from before, which the factor does not judge, as a text with
            the name of a measure in braces; it is said beside a met factor where that is above 0.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, or the measure, the criterion, the title or the
            least basis is something else.

    >>> from klantkompas.domain.criteria import AtMost
    >>> SuccessFactor(
    ...     name="rarely_complains", measure="complaint_rate", criterion=AtMost(0.05), title="..."
    ... ).least_basis
    3
    """

    measure: str | Measure = field(validator=_a_measure)
    criterion: Criterion = field(validator=_a_criterion)
    title: str = field(validator=whole_text)
    least_basis: float = field(default=LEAST_BASIS, validator=finite_number)
    still_open: str = field(default="", validator=instance_of(str))

    @property
    def measure_name(self) -> str:
        """The name of the factor's measure."""
        return self.measure if isinstance(self.measure, str) else self.measure.name


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
    basis_unit: str = "",
    is_proportion: bool = False,
    reads: Iterable[str] = (),
    out_of: str = "",
    looks_back: int = 0,
    least_basis: float = LEAST_BASIS,
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
        unit: the unit of the measure: money, days, share, orders, ..., or a
            `klantkompas.hooks.Unit` of your own.
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
        of, called = of_function(function, "success_factor", "measure")
        called = name or called
        takes_what_is_measured(of, f"the success factor {called!r}")
        does = title or first_line(of, called)
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
