"""Scores as surveys write them: ``9``, ``9/10``, ``10 - Extremely likely``.

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> texts = polars.Series(["10 - Extremely likely", "9/10", "6", None])
>>> read_scores(WrittenColumn("responses", "score", Heading("NPS"), texts))[0].to_list()
[10.0, 9.0, 6.0, None]
"""

from __future__ import annotations

from attrs import evolve

from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.distinct import Converted
from klantkompas.io.parsing.locales import Locale
from klantkompas.io.parsing.numbers import read_numbers

__all__ = ["read_scores"]

_OUT_OF_TEN = r"^\s*([0-9]{1,2}) ?/ ?10\s*$"
_LABELLED = r"^\s*([0-9]{1,2})\s*(?:[-\u{2013}\u{2014}:=]\s*|\()\p{L}.*$"


def read_scores(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of scores, read from numbers with or without a label.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Floats, null where the column is empty; and what is to be noted.

    Raises:
        ArgumentError: the heading's style is not a style of numbers.
        DataError: a value is not a number, or the column can be read in two ways.
    """
    plain = column.values.str.replace(_OUT_OF_TEN, "$1").str.replace(_LABELLED, "$1")
    return read_numbers(evolve(column, values=plain), locale)
