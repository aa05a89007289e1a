"""What all results share: they print, show themselves in a notebook, and become a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from attrs import evolve, field, frozen

from klantkompas._arrays import AnyArray, Value
from klantkompas.results.frames import NativeFrame, frame_of, installed_library
from klantkompas.wording.explanation import Text
from klantkompas.wording.markup import html_table
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.writer import Language

__all__ = ["Result", "of_backend"]

ResultT = TypeVar("ResultT")


@frozen(eq=False, repr=False, kw_only=True)
class Result(Value, Text):
    """A result that prints: it has `columns` for a data frame, and `parts`, its sentences.

    Args:
        backend: the library in whose data frames the data came in, and `to_frame` returns them;
            None where it came in none. A reading fills it in.
    """

    backend: str | None = field(default=None, metadata=UNTOLD)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`, by heading: one-dimensional arrays of one length."""
        raise NotImplementedError

    def to_frame(self, backend: object = None) -> NativeFrame:
        """Return the result as a data frame.

        Args:
            backend: any eager backend that narwhals knows, such as ``"pandas"`` or ``"polars"``.
                Without it, that of the data frames that the data came in; of files, records and
                databases polars, else what is installed.

        Returns:
            The library's own data frame; unknown values are null.

        Raises:
            ArgumentError: the library is not known or not installed.
            MissingExtraError: no library for data frames is installed.
        """
        return self.frame(self.columns(), backend)

    def frame(self, columns: Mapping[str, AnyArray], backend: object = None) -> NativeFrame:
        """Return columns as a data frame, as `to_frame` does of all.

        Args:
            columns: the columns, by heading.
            backend: as for `to_frame`.
        """
        # A class that is not of attrs need not have set it.
        own = getattr(self, "backend", None)
        return frame_of(columns, backend or own or installed_library())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the rows as an Arrow stream, which pyarrow, polars, duckdb and others read.

        Args:
            requested_schema: the schema that the reader would like, as the protocol has it.

        Raises:
            MissingExtraError: neither pyarrow nor polars is installed.
        """
        library = installed_library("pyarrow", "polars", makes="an Arrow stream")
        stream: object = self.to_frame(library).__arrow_c_stream__(requested_schema)
        return stream

    def _html_parts(self, language: Language = "en") -> Iterable[str]:
        yield from super()._html_parts(language)
        yield html_table(self.columns(), language=language)


def of_backend(result: ResultT, backend: str | None) -> ResultT:
    """Return a result that knows in whose data frames the data came in.

    Args:
        result: anything; only a `Result` of attrs that does not know it yet changes.
        backend: the library; None where the data came in no data frame.
    """
    if not isinstance(result, Result) or "__attrs_attrs__" not in vars(type(result)):
        return result
    if backend is None or result.backend is not None:
        return result
    return evolve(result, backend=backend)
