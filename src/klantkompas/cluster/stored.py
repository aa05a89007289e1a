"""The measures of a part as bytes: an index, and plain arrays that are read when asked for.

The arrays stand one after the other as they are in memory, so that reading one copies its bytes and
nothing else; of measures that are bytes already, not even that.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> portfolio = Portfolio.from_records([Order(customer="a", on=date(2026, 1, 5), amount=10.0)])
>>> stored = stored_measures(Compass(installed=False).measure(portfolio))
>>> measures = read_measures(b"".join(stored))
>>> measures.ids.tolist(), measures["revenue"]
(['a'], array([10.]))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray
from klantkompas.portfolio import Measures
from klantkompas.portfolio.storage import as_json, decode_measures, encode_measures, from_json

__all__ = ["read_measures", "stored_measures"]

Stored = Path | bytes
WORD = np.dtype("<i8")


def stored_measures(measures: Measures) -> Iterator[bytes | memoryview]:
    """Yield what measures are stored as, to be written one after the other.

    Args:
        measures: the measures.
    """
    head, arrays = encode_measures(measures)
    # The widest go first: so every array begins where values of its type may.
    ordered = sorted(arrays.items(), key=lambda named: -named[1].dtype.itemsize)
    index = as_json([head, [[name, each.dtype.str, len(each)] for name, each in ordered]])
    yield len(index).to_bytes(WORD.itemsize, "little")
    yield index.tobytes() + bytes(-len(index) % WORD.itemsize)
    for _, each in ordered:
        yield np.ascontiguousarray(each).view(np.uint8).data


@frozen(eq=False)
class _Arrays(Mapping[str, AnyArray]):
    """Stored arrays by name, each read when it is asked for.

    Args:
        stored: what they are stored in.
        places: by name the type, how many values there are, and at which byte they begin.
    """

    stored: Stored
    places: Mapping[str, tuple[str, int, int]]

    def __getitem__(self, name: str) -> AnyArray:
        return _read(self.stored, *self.places[name])

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def _read(stored: Stored, kind: str, count: int, start: int) -> AnyArray:
    if isinstance(stored, Path):
        return np.fromfile(stored, dtype=kind, count=count, offset=start)
    return np.frombuffer(stored, dtype=kind, count=count, offset=start)


def read_measures(stored: Stored) -> Measures:
    """Return the measures that `stored_measures` was given.

    Args:
        stored: what it yielded, as bytes or in a file, which has to stay for as long as the
            measures are used: each column is read whenever it is asked for.
    """
    size = int(_read(stored, WORD.str, 1, 0)[0])
    head, listed = from_json(_read(stored, "u1", size, WORD.itemsize))
    places, start = {}, WORD.itemsize + size + -size % WORD.itemsize
    for name, kind, count in listed:
        places[name] = (kind, count, start)
        start += count * np.dtype(kind).itemsize
    return decode_measures(head, _Arrays(stored, places), on_demand=True)
