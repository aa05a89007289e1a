"""The measures of a part as one file of plain arrays, from which single columns are read again.

>>> import io
>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> portfolio = Portfolio.from_records([Order(customer="a", on=date(2026, 1, 5), amount=10.0)])
>>> file = io.BytesIO()
>>> write_measures(Compass(installed=False).measure(portfolio), file)
>>> with open_measures(file) as measures:
...     measures.ids.tolist(), measures["revenue"]
(['a'], array([10.]))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from threading import Lock
from typing import IO

import numpy as np

from klantkompas._arrays import AnyArray
from klantkompas.portfolio import Measures
from klantkompas.portfolio.storage import as_json, decode_measures, encode_measures, from_json

__all__ = ["open_measures", "write_measures"]

File = str | PathLike[str] | IO[bytes]
HEAD = "head"


def write_measures(measures: Measures, file: File) -> None:
    """Write the measures of a part to a file.

    Args:
        measures: the measures.
        file: a path that ends in ``.npz``, or an open binary file.
    """
    head, arrays = encode_measures(measures)
    np.savez(file, **{HEAD: as_json(head)}, **arrays)  # type: ignore[arg-type]


class _Locked(Mapping[str, AnyArray]):
    """The arrays of a file, read one at a time: read at once they mix up their bytes."""

    def __init__(self, arrays: Mapping[str, AnyArray]) -> None:
        self._arrays, self._reading = arrays, Lock()

    def __getitem__(self, key: str) -> AnyArray:
        with self._reading:
            return self._arrays[key]

    def __contains__(self, key: object) -> bool:
        return key in self._arrays

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


@contextmanager
def open_measures(file: File) -> Iterator[Measures]:
    """Open a file that `write_measures` wrote, as a context manager.

    Args:
        file: the path of the file, or an open binary file.

    Yields:
        The measures; each column is read from the file whenever it is asked for.
    """
    if not isinstance(file, str | PathLike):
        file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        yield decode_measures(from_json(arrays[HEAD]), _Locked(arrays), on_demand=True)
