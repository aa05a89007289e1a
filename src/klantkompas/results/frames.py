"""Data frames of columns, in whatever library is there."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, TypeAlias

import numpy as np

from klantkompas._arrays import AnyArray, ObjectArray
from klantkompas._printable import encodable, shown
from klantkompas.errors import ArgumentError, MissingExtraError

__all__ = ["NativeFrame", "frame_of", "installed_library"]

NativeFrame: TypeAlias = Any
"""A data frame of whichever library."""
FRAMES = ("polars", "pandas", "pyarrow")
"""The libraries that make a data frame where the data did not come in one, the first first."""


def frame_of(columns: Mapping[str, AnyArray], backend: Any) -> NativeFrame:
    r"""Return a data frame of columns.

    Args:
        columns: one-dimensional arrays of one length, by heading; NaN, NaT and None stand for an
            unknown value.
        backend: any eager backend that narwhals knows: ``"pandas"``, ``"polars"``, ``"pyarrow"``...

    Returns:
        The library's own data frame; unknown numbers are null where the library has nulls.

    Raises:
        ArgumentError: the library is not known or not installed.

    A character that no encoding can hold (an unpaired surrogate) is written as its escape.

    >>> frame_of({"id": np.array(["a\ud800"], dtype=np.object_)}, "polars")["id"].to_list()
    ['a\\ud800']
    """
    import narwhals as nw

    types = {"f": nw.Float64(), "i": nw.Int64(), "b": nw.Boolean(), "O": nw.String()}
    arrays = {name: np.asarray(values) for name, values in columns.items()}
    try:
        frame = nw.from_dict(
            {name: _texts(a) if a.dtype.kind == "O" else a for name, a in arrays.items()},
            schema={name: types[a.dtype.kind] for name, a in arrays.items()},
            backend=backend,
        )
    except (TypeError, ValueError, ImportError) as cause:
        raise ArgumentError(
            f"backend={shown(backend)} cannot make a data frame",
            remedy="Install it, or use another: pandas, polars, pyarrow, modin",
        ) from cause
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()]
    return frame.with_columns(
        nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in floats
    ).to_native()


def _texts(values: ObjectArray) -> list[str | None]:
    """Return texts, unpaired surrogates in them written out."""
    texts: list[str | None] = values.tolist()
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError:
        return [None if each is None else encodable(each, "utf-8") for each in texts]
    return texts


def installed_library(*libraries: str, makes: str = "a data frame") -> str:
    """Return the first of some libraries that is installed.

    Args:
        *libraries: the names of their modules; those that make data frames unless given.
        makes: what is to be made with it, for the error.

    Raises:
        MissingExtraError: none of them is installed.
    """
    found = next((each for each in libraries or FRAMES if find_spec(each)), None)
    if found is None:
        raise MissingExtraError("files", f"making {makes}")
    return found
