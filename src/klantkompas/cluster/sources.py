"""The Parquet files of a table: found, compared, and asked for their last days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from klantkompas._arrays import DayArray
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content, Role
from klantkompas.errors import DataError, KlantkompasError, MissingExtraError
from klantkompas.io.sources.contents import path_of

if TYPE_CHECKING:
    import polars

__all__ = ["Source", "open_source", "readable"]


@frozen(eq=False, kw_only=True)
class Source:
    """The files of one table.

    Args:
        table: the table's name.
        files: its files, in the order of their names.
        schema: the headings, and what type of values each column holds.
    """

    table: str
    files: tuple[Path, ...]
    schema: polars.Schema

    def scan(self) -> polars.LazyFrame:
        """Return all rows as a LazyFrame, so that nothing is read yet."""
        import polars

        return polars.scan_parquet(list(self.files), hive_partitioning=False)

    def nothing(self) -> polars.DataFrame:
        """Return the table without rows, with its columns and their types."""
        import polars

        return polars.DataFrame(schema=self.schema)

    @property
    def free_name(self) -> str:
        """A name that none of the table's columns has, for a column to add."""
        return "_" * (1 + max(map(len, self.schema), default=0))

    @property
    def rows(self) -> int:
        """How many rows all files have, as they say themselves."""
        import polars

        with readable(self):
            return int(self.scan().select(polars.len()).collect().item())

    def row_in_file(self, row: int) -> tuple[Path, int]:
        """Return the file that a row of the table is in, and the row's number there, from 0.

        Args:
            row: the row of the table, over all files, from 0.
        """
        import polars

        for file in self.files:
            rows = int(polars.scan_parquet(file).select(polars.len()).collect().item())
            if row < rows:
                break
            row -= rows
        return file, row

    def last_days(
        self, columns: Sequence[Column], headings: Mapping[str, Sequence[Heading]]
    ) -> DayArray:
        """Return the last two days on which something happened, in each column of such dates.

        Args:
            columns: the columns that the table may have.
            headings: by field, the headings.

        Returns:
            The days of all columns together, unsorted; empty where no column has dates of events.

        Raises:
            KlantkompasError: a file cannot be read.
        """
        import polars

        days = [np.empty(0, dtype="datetime64[D]")]
        for column in columns:
            tells = column.content is Content.MOMENT and column.role in (Role.EVENT, Role.STEP)
            if not tells or column.name not in headings:
                continue
            heading = headings[column.name][0].name
            if not isinstance(self.schema[heading], polars.Date | polars.Datetime):
                continue
            day = polars.col(heading).dt.date().alias("day")
            last = self.scan().select(day).drop_nulls().unique().top_k(2, by="day")
            with readable(self):
                found = last.collect(engine="streaming")["day"].to_numpy()
            days.append(found.astype("datetime64[D]"))
        return np.concatenate(days)


@contextmanager
def readable(source: Source) -> Iterator[None]:
    """Raise an error of this library where polars cannot read the files of a table.

    Args:
        source: the files.

    Raises:
        KlantkompasError: polars cannot read a file, or the disk is full or forbidden.
    """
    from polars.exceptions import PanicException, PolarsError

    try:
        yield
    except (PolarsError, PanicException) as error:
        raise _unreadable(source.table, source.files[0].parent) from error
    except OSError as error:
        raise KlantkompasError(
            f"reading it, or writing what is cut, failed: {error}",
            place=source.table,
            remedy="Is there room on disk, and may the folders be read and written?",
        ) from error


def _unreadable(table: str, path: Path) -> KlantkompasError:
    return KlantkompasError(
        f"{path} cannot be read as Parquet, or is damaged",
        place=table,
        remedy="Make the export again",
    )


def _find_files(table: str, given: object) -> tuple[Path, ...]:
    path = path_of(given)
    files = tuple(sorted(path.rglob("*.parquet"))) if path.is_dir() else (path,)
    if not files or not path.exists():
        raise KlantkompasError(
            f"{path} {'holds no .parquet files' if path.exists() else 'does not exist'}",
            place=table,
            remedy="Give a Parquet file, or a folder of them",
        )
    return files


def open_source(table: str, given: object) -> Source:
    """Return the files of a table, after a check that they have the same columns.

    Args:
        table: the table's name.
        given: a Parquet file, or a folder with files that end in ``.parquet``, also in folders
            within it.

    Returns:
        The files, in the order of their names.

    Raises:
        MissingExtraError: polars is not installed.
        KlantkompasError: a file cannot be found or read.
        DataError: a file's columns differ from those of the first.
    """
    try:
        import polars
        from polars.exceptions import PanicException, PolarsError
    except ImportError as error:
        raise MissingExtraError("files", "measuring in parts") from error
    files = _find_files(table, given)
    schemas = []
    for file in files:
        try:
            schemas.append(polars.Schema(polars.read_parquet_schema(file)))
        except (OSError, PolarsError, PanicException) as error:
            raise _unreadable(table, file) from error
    first = schemas[0]
    for file, schema in zip(files[1:], schemas[1:], strict=True):
        for heading in (*first, *schema):
            if first.get(heading) != schema.get(heading):
                raise DataError(
                    f"is {schema.get(heading, 'absent')} in {file.name} and "
                    f"{first.get(heading, 'absent')} in {files[0].name}",
                    remedy="Give all files of a table the same columns",
                    table=table,
                    column=heading,
                )
    return Source(table=table, files=files, schema=first)
