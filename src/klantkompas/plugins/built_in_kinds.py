"""The kinds of interaction, shapes of exports and benchmarks, declared as by any plugin."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.domain.benchmarks import BENCHMARKS, Benchmark
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.hooks import hookimpl
from klantkompas.shapes import BUILT_IN_SHAPES

__all__ = [
    "klantkompas_benchmarks",
    "klantkompas_export_shapes",
    "klantkompas_interaction_kinds",
]


@hookimpl
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:
    """Declare the built-in kinds."""
    return BUILT_IN_KINDS


@hookimpl
def klantkompas_export_shapes() -> Sequence[ExportShape]:
    """Declare the built-in shapes."""
    return BUILT_IN_SHAPES


@hookimpl
def klantkompas_benchmarks() -> Sequence[Benchmark]:
    """Declare the built-in benchmarks."""
    return BENCHMARKS
