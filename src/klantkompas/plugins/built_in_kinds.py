"""The kinds of interaction and the benchmarks, declared as a plugin declares its own."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.domain.benchmarks import BENCHMARKS, Benchmark
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.hooks import hookimpl

__all__ = ["klantkompas_benchmarks", "klantkompas_interaction_kinds"]


@hookimpl
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:
    """Declare the built-in kinds."""
    return BUILT_IN_KINDS


@hookimpl
def klantkompas_benchmarks() -> Sequence[Benchmark]:
    """Declare the built-in benchmarks."""
    return BENCHMARKS
