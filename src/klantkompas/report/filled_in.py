"""What people filled in on a workbook of lists: steps that they took, and why customers buy.

A row counts once something was done or heard: then it needs who and when. Rows in which only those
two are filled in are plans, and are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import IO

from attrs import frozen

from klantkompas._checked import checked_instance
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.domain.buying_reasons import BuyingReason
from klantkompas.domain.steps import StepTaken
from klantkompas.errors import DataError
from klantkompas.io.sources import workbooks
from klantkompas.io.sources.contents import read_bytes
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.io.sources.table_files import name_of
from klantkompas.report.list_cells import FILLED_IN, HEADINGS
from klantkompas.report.naming import pseudonym
from klantkompas.reviews.work_list import TITLES
from klantkompas.wording.catalogue import LANGUAGES, Translator, translator

__all__ = ["read_workbook"]

WANTED = {"customer": HEADINGS["customer"], **FILLED_IN}
SAID = ("done", "buys", "buys_not")
Noted = BuyingReason | StepTaken


def read_workbook(
    file: str | os.PathLike[str] | IO[bytes],
    reading: Reading,
    *,
    pseudonyms: str | bytes | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Noted, ...]:
    """Return what people filled in on a workbook that `write_workbook` wrote.

    Sheets are known by their headings, in English or Dutch; sheets without these are left out, and
    so are rows in which nothing was done or heard. Needs the extra `files`.

    Args:
        file: the path of the workbook (xlsx or ods), or a file open for reading bytes.
        reading: the reading whose customers the lists are of.
        pseudonyms: the key that the workbook was written with, if any.
        limits: how large it may be.

    Returns:
        The steps that were taken and the reasons that were heard, in the order of sheets and rows;
        `History.keep` keeps those that it does not hold yet.

    Raises:
        DataError: a customer is not known, who or when is missing, or when is not a date; with the
            sheet, the column and the row as the sheet counts it.
        KlantkompasError: the file cannot be read.
        MissingExtraError: the extra `files` is not installed.
    """
    checked_instance(reading, Reading, "reading is a Reading, such as compass.read(...)")
    content = read_bytes(file, name_of(file), limits)
    words = _Words(tuple(translator(each, reading.translations) for each in LANGUAGES))
    sheets = workbooks.read_workbook(
        content, table="lists", limits=limits, heading_row=words.heading_row
    )
    ids = reading.measures.ids.tolist()
    known = {each: each for each in ids}
    if pseudonyms is not None:
        known = {pseudonym(each, pseudonyms): each for each in ids}
    return tuple(noted for sheet in sheets for noted in _Sheet.of(sheet, known, words).noted())


@frozen
class _Words:
    """What headings and sheets are called in the languages that a workbook is written in."""

    translators: tuple[Translator, ...]

    def places(self, cells: Sequence[str]) -> dict[str, int] | None:
        """Return the positions of the headings in a row; None where one lacks."""
        at = {cell.strip(): place for place, cell in reversed([*enumerate(cells)])}
        for text in self.translators:
            headings = {name: text(each) for name, each in WANTED.items()}
            if all(each in at for each in headings.values()):
                return {name: at[each] for name, each in headings.items()}
        return None

    def heading_row(self, rows: Sequence[Sequence[str]]) -> tuple[int, int]:
        """Return the position of the headings among the first rows; and -1 if they are there."""
        found = [at for at, cells in enumerate(rows) if self.places(cells) is not None]
        return (found[0], -1) if found else (0, 0)

    def list_of(self, title: str) -> str:
        """Return the name of the list of a sheet; empty for a sheet with another title."""
        names = {text(each): name for text in self.translators for name, each in TITLES.items()}
        return names.get(title, "")


@frozen
class _Sheet:
    """A sheet, and where its columns are."""

    raw: RawTable
    places: Mapping[str, int]
    known: Mapping[str, str]
    work_list: str

    @classmethod
    def of(cls, raw: RawTable, known: Mapping[str, str], words: _Words) -> _Sheet:
        places = words.places(raw.headings)
        if places is None:
            headings = ", ".join(WANTED.values())
            raise DataError(
                told("no sheet has the headings {headings} (or the Dutch ones)", headings=headings),
                table="lists",
                remedy=told("Give a workbook that write_workbook wrote, its headings as they were"),
            )
        return cls(raw, places, known, words.list_of(raw.name))

    def noted(self) -> Iterable[Noted]:
        """Return what was done and heard, row by row."""
        columns = {name: self.raw.frame.to_series(at).to_list() for name, at in self.places.items()}
        for row in range(self.raw.frame.height):
            cells = {name: column[row] for name, column in columns.items()}
            said = {name: _text(cells[name]) for name in SAID}
            if not any(said.values()):
                continue
            customer = self._customer(cells, row)
            by, on = self._by(cells, row), self._on(cells, row)
            if said["done"]:
                yield StepTaken(customer, said["done"], by=by, on=on, work_list=self.work_list)
            for name, buys in (("buys", True), ("buys_not", False)):
                if said[name]:
                    yield BuyingReason(customer, buys, said[name], by=by, on=on)

    def _customer(self, cells: Mapping[str, object], row: int) -> str:
        found = self.known.get(_text(cells["customer"]))
        if found is None:
            raise self._wrong(
                "this is not a customer of the reading",
                "customer",
                row,
                "Leave the first column as it was written; a workbook with pseudonyms is read with "
                "their key: pseudonyms=...",
            )
        return found

    def _by(self, cells: Mapping[str, object], row: int) -> str:
        if not (by := _text(cells["by"])):
            raise self._wrong(
                "is empty, while something was done or heard", "by", row, "Write who it was"
            )
        return by

    def _on(self, cells: Mapping[str, object], row: int) -> date:
        found = cells["on"]
        if isinstance(found, str):
            found = _as_date(found)
        if found is None and not _text(cells["on"]):
            raise self._wrong(
                "is empty, while something was done or heard", "on", row, "Write the day"
            )
        if not isinstance(found, date):
            raise self._wrong(
                f"{shown(_text(cells['on']))} is not a date", "on", row, "Write it as 2026-09-01"
            )
        return found.date() if isinstance(found, datetime) else found

    def _wrong(self, problem: str, name: str, row: int, remedy: str) -> DataError:
        return DataError(
            problem,
            table=f"sheet {shown(self.raw.name)}",
            column=self.raw.headings[self.places[name]],
            row=int(self.raw.spreadsheet_row(row)),
            remedy=remedy,
        )


def _text(cell: object) -> str:
    """Return a cell as a text: whole numbers without a point, and nothing of an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _as_date(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
