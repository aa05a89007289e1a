"""How a result prints, shows itself in a notebook, and becomes a data frame."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from klantkompas.errors import ArgumentError

__all__ = ["Result", "frame_of"]


def frame_of(columns: Mapping[str, Any], backend: Any) -> Any:
    """Make a data frame of columns.

    Args:
        columns: arrays of one length, by heading; NaN and None are unknown.
        backend: any eager backend that narwhals knows: ``"pandas"``, ``"polars"``, ``"pyarrow"``...

    Returns:
        The library's own data frame; unknown numbers are null where the library has nulls.

    Raises:
        ArgumentError: the library is not known or not installed.
    """
    import narwhals as nw

    types = {"f": nw.Float64(), "i": nw.Int64(), "b": nw.Boolean(), "O": nw.String()}
    arrays = {name: np.asarray(values) for name, values in columns.items()}
    try:
        frame = nw.from_dict(
            {name: a.tolist() if a.dtype.kind == "O" else a for name, a in arrays.items()},
            schema={name: types[a.dtype.kind] for name, a in arrays.items()},
            backend=backend,
        )
    except (TypeError, ValueError, ImportError) as cause:
        raise ArgumentError(
            f"backend={backend!r} cannot make a data frame ({cause}); install it, or use another: "
            "pandas, polars, pyarrow, modin"
        ) from cause
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()]
    return frame.with_columns(
        nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in floats
    ).to_native()


class Result:
    """A result that shows itself: it has `columns`, and prints in a few lines."""

    __slots__ = ()

    def columns(self) -> dict[str, Any]:
        """Give the columns that the data frame has, by heading."""
        raise NotImplementedError

    def to_frame(self, backend: Any) -> Any:
        """Make a data frame of it.

        Args:
            backend: any eager backend that narwhals knows, such as ``"pandas"`` or ``"polars"``.

        Returns:
            The library's own data frame, a row for each customer; unknown values are null.

        Raises:
            ArgumentError: the library is not known or not installed.
        """
        return frame_of(self.columns(), backend)

    def __repr__(self) -> str:
        """Print in a few lines."""
        return str(self)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
