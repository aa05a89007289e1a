"""Columns that are read as two: ids above the rows that are their own, letters behind amounts.

Reports that are grouped by customer have the customer's name alone in a row, mostly in the first
column, where the days of their invoices stand below it. Ledgers may write which side an amount is
on behind it, as in ``121,00 C``.
"""

from __future__ import annotations

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.io.shaping.field_values import emptied
from klantkompas.io.sources.left_out import is_empty
from klantkompas.io.sources.raw_table import RawTable

__all__ = ["titles_apart"]

_LETTERS = r"(?:c|d|cr|dr|h|s|deb(?:et|it)?|cred(?:it)?|haben|soll)"
_SIDE = rf"(?i)\s*{_LETTERS}\.?\s*$|^\s*{_LETTERS}\.?\s+"


def titles_apart(raw: RawTable, shape: ExportShape) -> tuple[RawTable, ExportShape]:
    """Return an export in which what stands above its rows, or behind its amounts, is apart.

    Args:
        raw: the cells.
        shape: where the fields come from, by the columns' own names.

    Returns:
        The cells and the shape; the same where no column is shared.

    >>> import polars
    >>> frame = polars.DataFrame({"Date": ["Ann", "2025-01-13"], "Total": [None, "5"]})
    >>> above = FieldSource(headings=(Heading("Date"),), above=True)
    >>> fields = {"customer": above, "on": "Date", "amount": "Total"}
    >>> raw, shape = titles_apart(
    ...     RawTable(headings=("Date", "Total"), frame=frame),
    ...     ExportShape(table="orders", fields=fields),
    ... )
    >>> raw.frame["Date"].to_list(), raw.frame["Date (above)"].to_list()
    ([None, '2025-01-13'], ['Ann', None])
    """
    for name, source in shape.fields.items():
        if not source.above:
            continue
        (heading,) = source.headings
        others = [s for field, s in shape.fields.items() if field != name]
        used = {each.name for other in others for each in other.all_headings}
        if heading.name in used:
            raw, own = _apart(raw, heading.name, used - {heading.name})
            compared_as = source.compared_as
            made = FieldSource(headings=(Heading(own),), above=True, compared_as=compared_as)
            shape = evolve(shape, fields={**shape.fields, name: made})
    for name, source in shape.fields.items():
        if source.sign is not None and source.sign[0] in {each.name for each in source.headings}:
            raw, own = _letters_apart(raw, source.sign[0])
            made = evolve(source, sign=(own, source.sign[1]))
            shape = evolve(shape, fields={**shape.fields, name: made})
    return raw, shape


def _letters_apart(raw: RawTable, heading: str) -> tuple[RawTable, str]:
    """Leave the amounts without the letters behind them; put both in a column of their own."""
    import polars

    frame, own = raw.frame, f"{heading} (as written)"
    while own in frame.columns:
        own += " "
    texts = frame[heading].cast(polars.String)
    frame = frame.with_columns(texts.str.replace(_SIDE, "").alias(heading), texts.alias(own))
    return evolve(raw, frame=frame, headings=(*raw.headings, own)), own


def _apart(raw: RawTable, heading: str, others: set[str]) -> tuple[RawTable, str]:
    """Put the cells that stand alone among those of the fields in a column of their own."""
    import polars

    frame, own = raw.frame, f"{heading} (above)"
    while own in frame.columns:
        own += " "
    alone = polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)
    for other in others:
        alone &= is_empty(frame[other])
    texts = frame[heading].cast(polars.String)
    frame = frame.with_columns(
        emptied(frame[heading], ~alone).alias(heading), emptied(texts, alone).alias(own)
    )
    typed, width = raw.typed, len(raw.headings)
    return evolve(
        raw,
        frame=frame,
        headings=(*raw.headings, own),
        typed=lambda at, content: typed(at, content) if at < width else None,
    ), own
