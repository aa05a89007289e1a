"""The kinds of interaction, shapes of exports and benchmarks, declared as by any plugin."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.hooks import hookimpl
from klantkompas.hooks.benchmarks import BENCHMARKS, Benchmark
from klantkompas.shapes import BUILT_IN_SHAPES

__all__ = [
    "klantkompas_benchmarks",
    "klantkompas_export_shapes",
    "klantkompas_interaction_kinds",
]


@hookimpl
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:
    """Return the built-in kinds of interaction, such as orders, invoices and contacts."""
    return BUILT_IN_KINDS


@hookimpl
def klantkompas_export_shapes() -> Sequence[ExportShape]:
    """Return the built-in layouts of exports (shapes): which columns mean what."""
    return BUILT_IN_SHAPES


@hookimpl
def klantkompas_benchmarks() -> Sequence[Benchmark]:
    """Return the built-in benchmarks: Net Promoter Scores of others to compare with."""
    return BENCHMARKS
