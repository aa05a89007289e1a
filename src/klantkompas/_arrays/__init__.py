"""Arrays that nobody can change, ids as numbers, and per-customer sums that no order can change.

Customers are numbered in id order: shorter ids first, then by code point. A code equal to the
number of customers stands for a row without a customer: the nameless come last, so that a count per
customer simply drops the last place.
"""

from __future__ import annotations

from klantkompas._arrays.blocks import blocks, lie_within
from klantkompas._arrays.identifiers import (
    CustomerIds,
    Identifiers,
    distinct_objects,
    id_order,
    text_of,
    unite,
)
from klantkompas._arrays.keys import KeyTable
from klantkompas._arrays.kinds import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    ObjectArray,
    TimeArray,
    all_known,
    as_objects,
    as_texts,
    freeze,
    is_known,
    kept_as,
    read_only,
    unknown_where,
    whole,
)
from klantkompas._arrays.later import Later
from klantkompas._arrays.memory import keep_freed_memory
from klantkompas._arrays.sorting import descending, distinct_pairs, repeated_rows, sorted_by
from klantkompas._arrays.sums import product, sum_by
from klantkompas._arrays.texts import series_of

__all__ = [
    "MISSING",
    "AnyArray",
    "BoolArray",
    "Codes",
    "CustomerIds",
    "DayArray",
    "FloatArray",
    "Identifiers",
    "KeyTable",
    "Later",
    "ObjectArray",
    "TimeArray",
    "all_known",
    "as_objects",
    "as_texts",
    "blocks",
    "descending",
    "distinct_objects",
    "distinct_pairs",
    "freeze",
    "id_order",
    "is_known",
    "keep_freed_memory",
    "kept_as",
    "lie_within",
    "product",
    "read_only",
    "repeated_rows",
    "series_of",
    "sorted_by",
    "sum_by",
    "text_of",
    "unite",
    "unknown_where",
    "whole",
]
