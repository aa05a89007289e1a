"""Customers' ids as numbers: customers are numbered in id order, shorter ids first.

Among ids of one length, code points decide. A code equal to the number of customers stands for a
row without a customer: such rows come last, so that a count per customer drops the last position.
"""

from __future__ import annotations

from klantkompas._ids.encode import (
    CustomerIds,
    IdColumn,
    distinct_objects,
    encode_ids,
    id_order,
    text_of,
)
from klantkompas._ids.hash_table import HashTable
from klantkompas._ids.polars_text import TextNumbers, series_of
from klantkompas._ids.position import position_of

__all__ = [
    "CustomerIds",
    "HashTable",
    "IdColumn",
    "TextNumbers",
    "distinct_objects",
    "encode_ids",
    "id_order",
    "position_of",
    "series_of",
    "text_of",
]
