"""Looking up what declarations refer to by name: measures, tallies, tables, classes and traits."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import singledispatch

from attrs import frozen

from klantkompas._nearest import nearest
from klantkompas.classification.order import class_order
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Advice,
    ClassificationRule,
    Declaration,
    Measure,
    SuccessFactor,
    Tally,
    Trait,
    describe,
)
from klantkompas.portfolio.quantities import measure_at

__all__ = ["look_up"]

Names = Collection[str]
Reference = tuple[str, str, Names]
"""How a declaration refers to a name, the name, and the names that there are."""


@frozen
class _Known:
    """The names that declarations can refer to."""

    measures: Names
    tallies: Names
    tables: Mapping[str, Names]
    said: Mapping[str, Names]
    """By subject of advice, what can be said of a customer."""


def look_up(
    *,
    kinds: Sequence[InteractionKind],
    export_shapes: Sequence[ExportShape],
    measures: Sequence[Measure | Tally],
    factors: Sequence[SuccessFactor],
    rules: Sequence[ClassificationRule],
    traits: Sequence[Trait],
    advice: Sequence[Advice],
) -> None:
    """Refuse a declaration that refers to what is not there.

    What is built in refers to what is built in, which a business may leave out; only a factor
    cannot be counted without its measure.

    Args:
        kinds: all kinds of interaction.
        export_shapes: the shapes of exports.
        measures: the measures and tallies.
        factors: the success factors.
        rules: the classification rules.
        traits: the traits.
        advice: the advice.

    Raises:
        PluginError: a name is not there.
    """
    there = {kind.name for kind in kinds}
    absent = [kind for kind in BUILT_IN_KINDS if kind.name not in there]
    columns = columns_by_table([*kinds, *absent]).items()
    known = _Known(
        measures={each.name for each in measures if isinstance(each, Measure)},
        tallies={each.name for each in measures if isinstance(each, Tally)},
        tables={table: {each.name for each in every} for table, every in columns},
        said={"class": class_order(rules), "trait": {each.name for each in traits}},
    )
    brought = (each for each in (*measures, *traits, *advice) if each.added_by)
    for declared in (*factors, *export_shapes, *brought):
        for how, name, names in _references(declared, known):
            if name not in names:
                raise PluginError(
                    f"{_called(declared)} {how} {name!r}, which is not there",
                    remedy=nearest(name, names),
                )


def _called(declared: Declaration | ExportShape) -> str:
    if isinstance(declared, Declaration):
        return describe(declared)
    return f"the export shape {declared.name!r}"


@singledispatch
def _references(declared: object, known: _Known) -> Iterator[Reference]:
    """Return the names that a declaration refers to."""
    yield from ()


@_references.register
def _(declared: SuccessFactor, known: _Known) -> Iterator[Reference]:
    yield "needs the measure", declared.measure_name, known.measures
    for place in _places(declared.still_open, declared) if declared.added_by else ():
        yield "says as still open the measure", measure_at(place), known.measures


@_references.register
def _(declared: Measure, known: _Known) -> Iterator[Reference]:
    named = {
        "counted_by": (declared.counted_by, known.measures),
        "out_of": (declared.out_of, known.measures),
        "unknown_without": (declared.unknown_without, known.tallies),
    }
    yield from ((f"has as {how}", name, names) for how, (name, names) in named.items() if name)
    for read in declared.reads:
        table, _, column = read.partition(".")
        yield "reads the table", table, known.tables
        if column:
            yield f"reads of {table} the column", column, known.tables[table]


@_references.register
def _(declared: Trait, known: _Known) -> Iterator[Reference]:
    for signal in declared.signals:
        for place in _places(signal.says, declared):
            yield f"says in {signal.name!r} the measure", measure_at(place), known.measures


@_references.register
def _(declared: ExportShape, known: _Known) -> Iterator[Reference]:
    yield "is of the table", declared.table, known.tables
    for name in declared.fields:
        yield f"has of {declared.table} the field", name, known.tables[declared.table]


@_references.register
def _(declared: Advice, known: _Known) -> Iterator[Reference]:
    if declared.about in known.said:
        yield f"is about the {declared.about}", declared.of, known.said[declared.about]


def _places(text: str, declared: Declaration) -> list[str]:
    """Return the names in braces."""
    try:
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as cause:
        raise PluginError(
            f"{describe(declared)} says {text!r}, which cannot be filled in: {cause}",
            remedy="Name measures in braces, such as {order_count}",
        ) from cause
