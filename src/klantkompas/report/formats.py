"""How numbers, shares and dates are written in a language; what is not known is said to be so.

>>> formats = Formats("nl")
>>> formats.share(0.7312), formats.money(12345.6), formats.points(-3.81)
('73%', '12.346', '-3,8')
>>> formats.number(float("nan"))
'onbekend'
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import field, frozen

from klantkompas.domain.criteria import Cutoff
from klantkompas.errors import MissingExtraError
from klantkompas.wording.catalogue import Catalogues, Translator, mark, translator
from klantkompas.wording.notes import DataNote
from klantkompas.wording.units import named

__all__ = ["Formats"]

UNKNOWN = mark("unknown")
COLUMNS_OF = mark("{table} (columns: {columns})")
OF_TABLE = mark("{table}: {sentence}")
TABLES = {
    "customers": mark("customers"),
    "orders": mark("orders"),
    "invoices": mark("invoices"),
    "complaints": mark("complaints"),
    "contacts": mark("contacts"),
    "responses": mark("responses"),
    "departures": mark("departures"),
}
COMPARISONS = {
    "at least": mark("at least {value}"),
    "above": mark("above {value}"),
    "at most": mark("at most {value}"),
}


def _numbers() -> Any:
    try:
        from babel import numbers
    except ImportError as cause:
        raise MissingExtraError("report", "writing a report") from cause
    return numbers


@frozen
class Formats:
    """Writes values for people.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: translations of plugins' texts, by language.

    Raises:
        ArgumentError: there is no such language, or a catalogue is something else.
    """

    language: str
    catalogues: Catalogues | None = field(default=None, repr=False, eq=False)
    text: Translator = field(init=False, repr=False, eq=False)

    @text.default
    def _translator(self) -> Translator:
        return translator(self.language, self.catalogues)

    def _written(self, value: float, pattern: str) -> str:
        if not math.isfinite(value):
            return self.text(UNKNOWN)
        written: str = _numbers().format_decimal(value, pattern, locale=self.language)
        return written

    def number(self, value: float) -> str:
        """Write a number, with two decimals at most."""
        return self._written(value, "#,##0.##")

    def money(self, value: float) -> str:
        """Write money, in whole units from a thousand."""
        return self._written(value, "#,##0" if abs(value) >= 1000 else "#,##0.00")

    def share(self, value: float, decimals: int = 0) -> str:
        """Write a share as a percentage."""
        return self._written(value, f"#,##0.{'0' * decimals}%" if decimals else "#,##0%")

    def points(self, value: float) -> str:
        """Write a score of -100 to 100 with its sign."""
        rounded = round(value, 1) if math.isfinite(value) else value
        return self._written(rounded, "+0.0;-0.0" if rounded else "0.0")

    def day(self, value: date) -> str:
        """Write a date out."""
        _numbers()
        from babel.dates import format_date

        return format_date(value, "d MMMM y", locale=self.language)

    def quantity(self, value: float, unit: str) -> str:
        """Write a measure's value with its unit."""
        if unit == "share":
            return self.share(value)
        if unit in ("", "money") or not math.isfinite(value):
            return self.money(value) if unit == "money" else self.number(value)
        return f"{self.number(value)} {self.text(named(value, unit))}"

    def cutoff(self, cutoff: Cutoff, unit: str) -> str:
        """Write the number to pass."""
        if math.isnan(cutoff.value):
            return self.text(UNKNOWN)
        value = self.quantity(cutoff.value, unit)
        return self.text(COMPARISONS[cutoff.comparison]).format(value=value)

    def note(self, note: DataNote) -> str:
        """Write a data note, with its table in front."""
        sentence = self.text(note.message).format(
            count=self.number(note.count), column=note.column, detail=note.detail
        )
        if not note.table:
            return sentence
        table = self.text(TABLES.get(note.table, note.table))
        return self.text(OF_TABLE).format(table=table, sentence=sentence)

    def needed(self, reads: Iterable[str]) -> str:
        """Write which tables, or columns such as ``"orders.clear"``, would help."""
        columns: dict[str, list[str]] = {}
        for each in reads:
            table, _, column = each.partition(".")
            columns.setdefault(table, []).extend([column] if column else [])
        written = []
        for table, some in columns.items():
            called = self.text(TABLES.get(table, table))
            if some:
                called = self.text(COLUMNS_OF).format(table=called, columns=", ".join(some))
            written.append(called)
        return "; ".join(written)
