"""Read-only arrays, missing values, sorting, and per-customer sums that do not depend on order."""

from __future__ import annotations

from klantkompas._arrays.blocks import (
    Places,
    between,
    blocks,
    never_fall,
    places_between,
    taken,
)
from klantkompas._arrays.extremes import highest_by, lowest_by
from klantkompas._arrays.growing import Growing
from klantkompas._arrays.kinds import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    IntegerArray,
    ObjectArray,
    TimeArray,
    all_known,
    as_int64,
    as_objects,
    as_texts,
    astype_readonly,
    freeze,
    is_known,
    mask_unknown,
    read_only,
)
from klantkompas._arrays.lazy import Lazy
from klantkompas._arrays.medians import medians
from klantkompas._arrays.memory import keep_freed_memory
from klantkompas._arrays.packed import latest_of, unpacked
from klantkompas._arrays.pairs import Pairs
from klantkompas._arrays.sorting import (
    descending,
    numbered,
    repeated_rows,
    sorted_by,
)
from klantkompas._arrays.sums import difference, product, sum_by, whole_sums
from klantkompas._arrays.value import Value

__all__ = [
    "MISSING",
    "AnyArray",
    "BoolArray",
    "Codes",
    "DayArray",
    "FloatArray",
    "Growing",
    "IntegerArray",
    "Lazy",
    "ObjectArray",
    "Pairs",
    "Places",
    "TimeArray",
    "Value",
    "all_known",
    "as_int64",
    "as_objects",
    "as_texts",
    "astype_readonly",
    "between",
    "blocks",
    "descending",
    "difference",
    "freeze",
    "highest_by",
    "is_known",
    "keep_freed_memory",
    "latest_of",
    "lowest_by",
    "mask_unknown",
    "medians",
    "never_fall",
    "numbered",
    "places_between",
    "product",
    "read_only",
    "repeated_rows",
    "sorted_by",
    "sum_by",
    "taken",
    "unpacked",
    "whole_sums",
]
