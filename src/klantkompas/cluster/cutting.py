"""Tables cut into parts by customer, so that each part fits in memory.

Which part a row falls into depends on its customer's id alone, whether that is written as a number
or as text; rows without a customer stand together in the first part. Within a part the rows stay in
the order of the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas.cluster.sources import Source, readable
from klantkompas.errors import DataError
from klantkompas.io.parsing.written_ids import ADDED, AS_FLOAT

if TYPE_CHECKING:
    import polars

__all__ = ["Cutting"]


@frozen(eq=False, kw_only=True)
class Cutting:
    """The tables to cut into parts by customer, and into how many parts.

    Args:
        sources: the tables by name.
        ids: by table, the heading of the customers' ids; a table without such a column is left out.
        parts: into how many parts.
    """

    sources: Mapping[str, Source]
    ids: Mapping[str, str]
    parts: int

    def write(self, folder: Path) -> None:
        """Write the parts of all tables; the folder is there only once all are written.

        Args:
            folder: the folder to write the parts to.

        Raises:
            KlantkompasError: a file cannot be read.
            DataError: a column cannot hold ids.
        """
        import polars

        unfinished = folder.with_suffix(".unfinished")
        for left in (folder, unfinished):
            rmtree(left, ignore_errors=True)
        unfinished.mkdir()
        for name, source in self.sources.items():
            key = {source.free_name: self._part(source)}
            places = polars.PartitionBy(unfinished / name, key=key, include_key=False)
            with readable(source):
                source.scan().sink_ipc(
                    places, compression="uncompressed", mkdir=True, engine="streaming"
                )
        for part in range(self.parts):
            self._mark(unfinished, part).touch()
        unfinished.rename(folder)

    def holds(self, folder: Path, parts: Iterable[int]) -> bool:
        """Return whether a folder has the tables of some parts.

        Args:
            folder: the folder with the parts.
            parts: the numbers of the parts, from 0.
        """
        return all(self._mark(folder, part).exists() for part in parts)

    def tables(self, folder: Path, part: int) -> dict[str, polars.DataFrame]:
        """Return the tables of one part by name; one without rows has its columns nevertheless.

        Args:
            folder: the folder with the parts.
            part: the number of the part, from 0.
        """
        import polars

        tables = {}
        for name, source in self.sources.items():
            files = sorted(self._place(folder, source, part).glob("*.ipc"))
            rows = [polars.read_ipc(file) for file in files]
            tables[name] = polars.concat(rows or [source.nothing()])
        return tables

    def remove(self, folder: Path, part: int) -> None:
        """Remove the tables of one part.

        Args:
            folder: the folder with the parts.
            part: the number of the part, from 0.
        """
        self._mark(folder, part).unlink()
        for source in self.sources.values():
            rmtree(self._place(folder, source, part), ignore_errors=True)

    def _mark(self, folder: Path, part: int) -> Path:
        """Mark a part as whole: one without rows has nothing else to show it."""
        return folder / f"{part}.cut"

    def _place(self, folder: Path, source: Source, part: int) -> Path:
        return folder / source.table / f"{source.free_name}={part}"

    def located(self, error: DataError, part: int) -> DataError:
        """Return an error about a row of a part as one about a row of a file.

        Args:
            error: the error.
            part: the number of the part in which it was found.

        Returns:
            The error with the row of the file; an error that is about no row stays as it was.
        """
        source = self.sources.get(error.table or "")
        if source is None or error.row is None:
            return error
        name = source.free_name
        rows = source.scan().with_row_index(name).filter(self._part(source) == part).select(name)
        row = rows.slice(error.row - 1, 1).collect(engine="streaming").item()
        file, at = source.row_in_file(int(row))
        return error.located(
            at + 1, f"only part {part + 1} of {self.parts} was looked at", file=file.name
        )

    def _part(self, source: Source) -> polars.Expr:
        """Return the part of each row, from 0."""
        import polars

        key = self._key(source)
        part = polars.when(key.is_null()).then(0).otherwise(key.hash(0) % self.parts)
        return part.cast(polars.UInt32)

    def _key(self, source: Source) -> polars.Expr:
        """Return what decides on the part; null without an id."""
        import polars

        heading = self.ids.get(source.table)
        if heading is None:
            # Null in every row: polars wants a key that is as long as the table.
            some = polars.col(next(iter(source.schema)))
            return polars.when(some.is_null().is_null()).then(polars.lit(0))
        kind, values = source.schema[heading], polars.col(heading)
        texts = (polars.String, polars.Categorical, polars.Enum, polars.Null)
        if not (kind.is_numeric() or isinstance(kind, texts)):
            raise DataError(
                f"holds {kind}; an id is text or a whole number",
                table=source.table,
                column=heading,
            )
        if kind.is_float() or kind.is_decimal():
            values = values.cast(polars.Int64, strict=False)
        if all(each.is_numeric() for each in self._types()):
            return values.cast(polars.Int64, strict=False)
        # Ids that are read as the same one (`klantkompas.io.parsing.written_ids`) are the same
        # here, and perhaps some others with them.
        text = values.cast(polars.String, strict=False).str.normalize("NFC")
        text = text.str.replace_all(ADDED, "").str.normalize("NFC").str.replace(AS_FLOAT, "")
        return polars.when(text != "").then(text)

    def _types(self) -> Sequence[polars.DataType]:
        return [self.sources[table].schema[heading] for table, heading in self.ids.items()]
