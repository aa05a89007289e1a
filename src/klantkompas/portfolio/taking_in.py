"""Tables from outside, taken in: each checked as what it is, then all put together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from klantkompas._arrays import keep_freed_memory
from klantkompas._printable import shown
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.fields import Column
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table, unknown_table
from klantkompas.errors import ArgumentError
from klantkompas.io.checked_export import check_export, check_fetched, check_frame
from klantkompas.io.columns.fetched import Fetched
from klantkompas.io.files import read_file
from klantkompas.io.frames import CheckedTable
from klantkompas.io.headings.named import ColumnMapping
from klantkompas.io.records import checked_kinds
from klantkompas.io.sources.frame_cells import backend_of
from klantkompas.io.sources.limits import Limits
from klantkompas.io.sources.table_files import Sources
from klantkompas.portfolio.assembling import Assembled, assemble
from klantkompas.stats.answers import SCALES

__all__ = ["HowToRead"]

LOG = logging.getLogger(__name__)
OWN = ("customers", NOMINATIONS)
"""The tables that are of no kind of interaction."""


@frozen(kw_only=True)
class HowToRead:
    """How tables from outside are to be read, whichever way they come in.

    Args:
        columns: by table and field, the heading of the field's column, and what else a shape
            declares; of files in several layouts, a list of these.
        parse: whether text in data frames is converted to what its column should hold.
        locale: how text is written where it leaves a choice.
        zone: the time zone of clock times.
        score_scale: the lowest and highest score of the survey.
        kinds: the kinds of interaction.
        shapes: the known shapes.
        limits: the largest sizes that are accepted.

    Raises:
        ArgumentError: the scale is not one of the two, or a kind is not a kind.
    """

    kinds: tuple[InteractionKind, ...] = field(converter=checked_kinds)
    score_scale: tuple[int, int] = field()
    columns: Mapping[str, ColumnMapping | Sequence[ColumnMapping]] | None = None
    parse: bool = False
    locale: str | None = None
    zone: str | None = None
    shapes: Sequence[ExportShape] = ()
    limits: Limits

    @score_scale.validator
    def _one_of_two(self, attribute: object, scale: object) -> None:
        if not isinstance(scale, Sequence) or tuple(scale) not in SCALES:
            raise ArgumentError(f"score_scale is (0, 10) or (1, 10), not {shown(scale)}")

    def frame(self, table: object, name: str, known: tuple[Column, ...]) -> CheckedTable:
        """Return a data frame, a mapping of arrays or an Arrow stream as a table, checked.

        Args:
            table: the data.
            name: the table's name.
            known: the columns that it may have.
        """
        return check_frame(
            table,
            name,
            known,
            (self.columns or {}).get(name),
            parse=self.parse,
            locale=self.locale,
            zone=self.zone,
            shapes=self.shapes,
            score_scale=self.score_scale,
        )

    def fetched(
        self, table: Mapping[str, Fetched], name: str, known: tuple[Column, ...]
    ) -> CheckedTable:
        """Return what a database gives as a table, checked, and text read as it is in files.

        Args:
            table: the columns.
            name: the table's name.
            known: the columns that it may have.
        """
        return check_fetched(
            table,
            name,
            known,
            (self.columns or {}).get(name),
            locale=self.locale,
            zone=self.zone,
            score_scale=self.score_scale,
        )

    def file(self, file: Sources, name: str, known: tuple[Column, ...]) -> CheckedTable:
        """Return a file, or several, as a table, checked.

        Args:
            file: the file, or the files.
            name: the table's name.
            known: the columns that it may have.
        """
        export = read_file(
            file,
            table=name,
            columns=known,
            mapping=(self.columns or {}).get(name),
            locale=self.locale,
            zone=self.zone,
            shapes=self.shapes,
            limits=self.limits,
        )
        return check_export(export, name, known, self.score_scale)

    def assembled(
        self,
        tables: Mapping[str, Any],
        check: Callable[[Any, str, tuple[Column, ...]], CheckedTable],
    ) -> Assembled:
        """Return tables put together, with their customers numbered.

        Args:
            tables: what holds each table, the customers' own and the nominations among them; None
                for absent.
            check: a function that returns one as a table, by its name and columns.

        Raises:
            ArgumentError: a table is not known.
            DataError: a table holds a value that its field does not allow.
        """
        fields = columns_by_table(self.kinds)
        self._check_names(tables)
        given = {name: tables[name] for name in (*OWN, *fields) if name in tables}
        present = {name: each for name, each in given.items() if each is not None}
        keep_freed_memory()
        checked: dict[str, CheckedTable] = {}
        for name, each in present.items():
            checked[name] = check(each, name, fields[name])
            LOG.info("read the table %s: %d rows", name, checked[name].rows)
        own, lists = (checked.pop(name, None) for name in OWN)
        made = assemble(own, lists, checked, self.kinds, self.limits)
        return evolve(made, backend=backend_of(present.values()))

    def _check_names(self, tables: Mapping[str, object]) -> None:
        kinds = [kind.name for kind in self.kinds]
        for name in tables:
            if name not in (*kinds, *OWN):
                raise unknown_table(name, kinds, self.kinds)
        if self.columns is not None and not isinstance(self.columns, Mapping):
            raise ArgumentError(
                f"columns is a mapping of tables to their fields, not {self.columns!r}"
            )
        for name in self.columns or {}:
            if name not in (*kinds, *OWN):
                raise unknown_table(name, [*kinds, *OWN], self.kinds, "columns")
