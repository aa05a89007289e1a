"""What people hand to a reading, looked at before any lens is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from klantkompas._checked import checked_instances
from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.classification.order import class_order
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError
from klantkompas.hooks import ClassificationRule, SuccessFactor
from klantkompas.lenses.team import factors_by_reason, nominations_in
from klantkompas.portfolio import Measures

__all__ = ["known_overrides", "known_reasons", "listed_ids"]


def listed_ids(shortlist: Iterable[str | int] | None, measures: Measures) -> tuple[str, ...] | None:
    """Return the ids of a shortlist, after checking that each is that of a customer.

    Args:
        shortlist: the ids, in any iterable; None for no list.
        measures: what is known of each customer.

    Returns:
        The ids as strings; None where there is no list.

    Raises:
        ArgumentError: the shortlist is not an iterable of ids, or an id is not that of a customer.
    """
    if shortlist is None:
        return None
    ids: tuple[Any, ...] = checked_instances(shortlist, object, "shortlist is a list of ids")
    for each in ids:
        measures.place(each)
    return tuple(map(str, ids))


def known_overrides(
    overrides: Iterable[Override], measures: Measures, rules: Sequence[ClassificationRule]
) -> tuple[Override, ...]:
    """Return overrides, after checking that the customer and the class of each exist.

    Args:
        overrides: the overrides, in any iterable.
        measures: what is known of each customer.
        rules: the classification rules.

    Returns:
        The same overrides, as a tuple.

    Raises:
        ArgumentError: one is not an override, or there is no such customer or class.
    """
    every = checked_instances(overrides, Override, "overrides is a list of Override(...)")
    classes = class_order(rules)
    for each in every:
        measures.place(each.customer)
        if each.label not in classes:
            raise ArgumentError(
                told(
                    "the override of customer {customer} gives the class {label}",
                    customer=repr(each.customer),
                    label=repr(each.label),
                ),
                remedy=nearest(each.label, classes),
            )
    return every


def known_reasons(
    reasons: Mapping[str, str] | None, measures: Measures, factors: Sequence[SuccessFactor]
) -> dict[str, str]:
    """Return the factors that cover reasons, after checking that reasons and factors exist.

    Args:
        reasons: by a reason that colleagues gave, the name of a success factor; None for none.
        measures: what is known of each customer, with the nominations.
        factors: the success factors.

    Returns:
        The same names, by reason.

    Raises:
        ArgumentError: `reasons` is not a mapping, nobody gave one of them, or a factor does not
            exist.
    """
    if reasons is None:
        return {}
    if not isinstance(reasons, Mapping):
        raise ArgumentError(
            f"reasons is a mapping of reasons to success factors, not {shown(reasons)}"
        )
    factors_by_reason(
        nominations_in(measures) or (), reasons, {each.name: each.title for each in factors}
    )
    return {**reasons}
