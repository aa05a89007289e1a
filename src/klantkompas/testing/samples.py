"""Exports made up value by value: by hypothesis, or the same ones each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import Any

from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.interactions import InteractionKind
from klantkompas.testing.awkward import AS_OF, IDS, ZONES, at_clock_times, days_around, values_of
from klantkompas.testing.exports import Exports, Row

__all__ = ["Choose", "draw_exports", "sample_exports"]

Choose = Callable[[Sequence[Any]], Any]
"""Picks one of some values."""


def _rows(choose: Choose, values: dict[str, list[Any]], count: int) -> tuple[Row, ...]:
    """Make up rows; now and then one of the columns that may be unknown is so in all of them."""
    optional = [name for name, each in values.items() if None in each]
    unknown = choose([None, None, None, *optional])
    drawn = values if unknown is None else {**values, unknown: [None]}
    return tuple({name: choose(each) for name, each in drawn.items()} for _ in range(count))


def draw_exports(
    choose: Choose, *, kinds: Sequence[InteractionKind], least: int, most: int, whole: bool
) -> Exports:
    """Return made-up tables of a business, with a reference date.

    Args:
        choose: takes a sequence of values, and returns one of them.
        kinds: the kinds of interaction.
        least: how many customers there are at least.
        most: how many there are at most.
        whole: whether all tables are there, with all their columns.

    Returns:
        The tables.
    """
    scale = choose([(0, 10), (0, 10), (1, 10)])
    as_of, zone = choose(AS_OF), choose(ZONES)
    near = days_around(as_of)
    left, many = [*IDS], choose(range(least, min(most, len(IDS)) + 1))
    whose = [left.pop(choose(range(len(left)))) for _ in range(many)]
    count = len(whose)

    def kept(columns: Sequence[Column]) -> list[Column]:
        return [each for each in columns if each.required or whole or choose([True] * 7 + [False])]

    tables: dict[str, tuple[Row, ...]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        if not (whole or choose([True] * 7 + [False])):
            continue
        moments = choose([near, at_clock_times(near, zone), [as_of]])
        values = {
            each.name: values_of(
                each, customers=whose, moments=moments, days=near, score_scale=scale
            )
            for each in kept(kind.columns)
        }
        size = choose((0, 1, 2 * count, 3 * count)) if count else 0
        columns[kind.name], tables[kind.name] = tuple(values), _rows(choose, values, size)
    occurring = {row.get("customer") for rows in tables.values() for row in rows} - {None}
    is_listed = choose([True, True, False])
    if is_listed or len(occurring) < least:
        listed = kept(columns_of(Customer)) if is_listed else []
        values = {each.name: values_of(each, days=near) for each in listed if each.name != "id"}
        own = _rows(choose, values, count)
        columns["customers"] = ("id", *values)
        tables["customers"] = tuple(
            {"id": each, **row} for each, row in zip(whose, own, strict=True)
        )
    return Exports(
        tables=tables, columns=columns, as_of=as_of, kinds=tuple(kinds), score_scale=scale
    )


@lru_cache(maxsize=4)
def sample_exports(kinds: tuple[InteractionKind, ...], count: int) -> tuple[Exports, ...]:
    """Return made-up exports of two customers or more, the same ones each time.

    Args:
        kinds: the kinds of interaction.
        count: how many exports; every fourth has all tables, with all their columns.

    Returns:
        The exports.
    """
    return tuple(
        draw_exports(
            Random(number).choice,  # noqa: S311 - nobody may guess differently
            kinds=kinds,
            least=2,
            most=5,
            whole=number % 4 == 0,
        )
        for number in range(count)
    )
