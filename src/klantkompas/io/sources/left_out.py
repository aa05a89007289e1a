"""Rows of an export that are no rows of its table: blank ones, headings again, totals, footers.

What tells them is in the row itself, not where it stands, so that a sorted export reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from klantkompas.io.parsing.month_names import with_months_as_numbers
from klantkompas.io.parsing.written_ids import NOBODY
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["find_left_out", "is_empty", "is_footer", "is_total", "left_out_note", "total_of"]

BLANK = mark("{count} left out as empty, such as row {detail}")
HEADINGS = mark("{count} with headings left out, such as row {detail}")
TOTALS = mark("{count} with totals, titles or footers left out, such as row {detail}")
_TOTAL = (
    r"(?i)^\s*(?:(?:grand|sub|sous|eind|tussen|gesamt|zwischen)?[\s-]*"
    r"(?:total(?:s|en|e|aux|er)?|totaal|totalen|summe|somme)\b|gesamt(?:betrag|ergebnis|summe)?\b|"
    r"(?:(?:te )?transport(?:eren)?|(?:\u00fc|ue)bertrag|(?:carried|brought) forward|"
    r"(?:[a\u00e0] )?report(?:er)?)\s*:?\s*$)"
)
_TOTAL_OF = (
    r"(?i)\s(?:sub|eind|tussen|grand|gesamt)?\s?(?:totals?|totaal|gesamt|summe|somme|ergebnis)"
    r"\s*:?\s*$"
)
_OF = (
    r"(?i)^(?:sub|tussen|zwischen)?[\s-]*(?:totaal|total|summe|somme)\s+"
    r"(?:for |van |voor |f(?:\u00fc|ue)r |de )?"
)
_FOOTER = (
    r"(?i)\b(?:records?|rows|rijen|regels|zeilen|lignes|pagin[ag]|pagina|page|seite|aantal|anzahl|"
    r"nombre|printed|afgedrukt|gedruckt|imprim|generated|downloaded|copyright|seller id)\b|\u00a9"
)
_MOST_IN_A_FOOTER, _PART_IN_A_FOOTER = 2, 4
_DATE = r"^\s*m?[0-9]{1,4}[-/.]m?[0-9]{1,2}[-/.][0-9]{1,4}"
_ONLY_TOTAL = re.compile(
    rf"(?:{_TOTAL.removeprefix('(?i)')}|^\s*(?:som|sum|totaalbedrag|eindbedrag)\b)"
    r"\s*(?:g[e\u00e9]n[e\u00e9]ral|generaal|amount|bedrag|betrag)?\s*:?\s*$",
    re.IGNORECASE,
)


def is_total(text: str) -> bool:
    """Return whether an id is just a word for a total, in Dutch, English, German or French.

    >>> is_total("Totaal"), is_total("Grand total:"), is_total("Totaalbouw BV")
    (True, True, False)
    """
    return bool(_ONLY_TOTAL.match(text))


def total_of(text: str) -> str:
    """Return whose total an id says that it is; empty where it says so of nobody.

    >>> total_of("Anna BV Totaal"), total_of("Total for Anna BV"), total_of("Totaal")
    ('Anna BV', 'Anna BV', '')
    """
    behind = re.sub(_TOTAL_OF, "", text)
    return (
        behind if behind != text else re.sub(_OF, "", text) if re.match(_OF, text) else ""
    ).strip()


def is_footer(cells: Sequence[str]) -> bool:
    """Return whether the cells of a row, most of them empty, are those of a footer or a total.

    >>> is_footer(["2", "record(s) downloaded", ""]), is_footer(["Totaal", "", "12,50"])
    (True, True)
    >>> is_footer(["0017", "2025-02-1"])
    False
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    is_row = len(filled) > _most_in_a_footer(len(cells)) or any(
        re.match(_DATE, each) for each in filled
    )
    says = any(re.search(_TOTAL, each) or re.search(_FOOTER, each) for each in filled)
    return says and not is_row


def _most_in_a_footer(width: int) -> int:
    """Return how many cells of a footer are filled at most, in a table of so many columns."""
    return max(_MOST_IN_A_FOOTER, width // _PART_IN_A_FOOTER)


def left_out_note(
    message: str, table: str, which: polars.Series, row: Callable[[int], str]
) -> tuple[DataNote, ...]:
    """Return a note on rows that were left out, with their number and the first; empty if none."""
    count = int(which.sum())
    if not count:
        return ()
    first = which.arg_max() or 0
    return (DataNote(message, table=table, count=count, detail=row(first)),)


def find_left_out(
    frame: polars.DataFrame,
    *,
    table: str,
    ids: Sequence[str],
    moments: Sequence[str],
    needed: Sequence[str],
    row: Callable[[int], str],
    among: polars.Series | None = None,
) -> tuple[polars.Series | None, tuple[DataNote, ...]]:
    """Find the rows that are blank, repeat the headings, or are totals or footers.

    Args:
        frame: the cells.
        table: the table's name.
        ids: the columns that say whose a row is.
        moments: the columns of the dates that every row needs.
        needed: all columns that the table needs.
        row: takes a position, and returns the row's number in a spreadsheet.
        among: a mask of the rows to look at; None: all of them.

    Returns:
        A mask of those rows, None where there are none; and notes on them.
    """
    if not frame.height or not needed:
        return None, ()
    no_id, no_moment = _are_empty(frame, ids), _are_empty(frame, moments)
    nothing = _both(no_id, no_moment) if ids and moments else _are_empty(frame, needed)
    titles = _either(nothing, _titles(frame, no_id, no_moment, ids, moments))
    headings = _headings(frame, [*ids, *moments] or list(needed))
    left = _either(titles, headings)
    if left is not None and among is not None:
        left &= among
    if left is None or not left.any():
        return None, ()
    none = ~_every(frame)
    titles = none if titles is None else titles & left
    headings = none if headings is None else headings & left
    blank = _only(titles, frame, 0)
    notes = (
        *left_out_note(BLANK, table, blank, row),
        *left_out_note(HEADINGS, table, headings, row),
        *left_out_note(TOTALS, table, titles & ~blank & ~headings, row),
    )
    return left, notes


def is_empty(values: polars.Series) -> polars.Series:
    """Return a mask of the cells that are null, or text of blanks."""
    return values.is_null() if (empty := _empty_cells(values)) is None else empty


def _empty_cells(values: polars.Series) -> polars.Series | None:
    """Return a mask of the cells that are null, or text of blanks; None where no cell is."""
    import polars

    least = values.min() if values.dtype == polars.String else None
    # Blanks come before all that is printed, so the least text tells whether there are any.
    has_blanks = isinstance(least, str) and least[:1] <= " "
    if not has_blanks and not values.null_count():
        return None
    empty = values.is_null()
    return empty | (values.str.strip_chars() == "") if has_blanks else empty


def _are_empty(frame: polars.DataFrame, names: Sequence[str]) -> polars.Series | None:
    """Return a mask of the rows in which all of some columns are empty; None where it is no row."""
    found: polars.Series | None = None
    for name in names:
        empty = _empty_cells(frame[name])
        if empty is None:
            return None
        found = empty if found is None else found & empty
    return found


def _every(frame: polars.DataFrame) -> polars.Series:
    import polars

    return polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)


def _both(one: polars.Series | None, other: polars.Series | None) -> polars.Series | None:
    return None if one is None or other is None else one & other


def _either(one: polars.Series | None, other: polars.Series | None) -> polars.Series | None:
    return one | other if one is not None and other is not None else other if one is None else one


def _filled(frame: polars.DataFrame) -> polars.Series:
    """Count the cells of each row that are filled."""
    from polars import String, selectors, sum_horizontal

    texts = selectors.by_dtype(String)
    filled = (texts.str.strip_chars() != "", (~texts).is_not_null())
    return frame.select(sum_horizontal(*filled).alias("filled")).to_series()


def _only(which: polars.Series, frame: polars.DataFrame, filled: int) -> polars.Series:
    """Which of some rows have so many filled cells."""
    rows = which.arg_true()
    if not len(rows):
        return which
    return _mask(rows.filter(_filled(frame[rows]) == filled), frame.height)


def _mask(rows: polars.Series, height: int) -> polars.Series:
    import polars

    none = polars.repeat(False, height, dtype=polars.Boolean, eager=True)
    return none.scatter(rows, True) if len(rows) else none


def _titles(
    frame: polars.DataFrame,
    no_id: polars.Series | None,
    no_moment: polars.Series | None,
    ids: Sequence[str],
    moments: Sequence[str],
) -> polars.Series | None:
    """Find groups, footers and totals that stand in the column of the ids or of the dates."""
    import polars

    found: polars.Series | None = None
    if frame.width < 3 or not ids:
        return None
    suspect = _rows(no_id, no_moment)
    if len(suspect) and moments:
        first = _first_text(frame, suspect)
        # Few rows begin with words, so that the other questions are asked of few.
        worded = first.str.contains(r"\p{L}{3}").fill_null(value=False)
        suspect, first = suspect.filter(worded), first.filter(worded)
        is_date = with_months_as_numbers(first).str.contains(_DATE).fill_null(value=True)
        titles = (_filled(frame[suspect]) == 1) & ~is_date
        titles |= first.str.contains(_TOTAL).fill_null(value=False)
        found = _mask(suspect.filter(titles), frame.height)
    suspect = _rows(no_moment, no_id)
    if len(suspect) and no_moment is not None:
        some = frame[suspect]
        first = _first_text(frame, suspect)
        digits = frame[ids[0]].cast(polars.String).str.contains("[0-9]")
        have_digits = digits.filter(~no_moment).all()
        words = first.str.strip_chars().str.contains(r"\s").fill_null(value=False)
        if have_digits and bool((~no_moment).any()):
            words |= ~first.str.contains("[0-9]").fill_null(value=True)
        is_total_row = first.str.contains(_TOTAL).fill_null(value=False)
        is_total_row |= first.str.contains(_TOTAL_OF).fill_null(value=False)
        filled = _filled(some)
        most = _most_in_a_footer(frame.width)
        is_footer = (filled <= most) & _whole_text(some).str.contains(_FOOTER)
        words |= first.is_in([*NOBODY])
        titles = is_total_row | ((filled == 1) & words) | is_footer
        found = _either(found, _mask(suspect.filter(titles), frame.height))
    return found


def _rows(which: polars.Series | None, but: polars.Series | None) -> polars.Series:
    """Return the positions of the rows of one mask that are not among those of another."""
    import polars

    if which is None:
        return polars.Series([], dtype=polars.UInt32)
    return (which if but is None else which & ~but).arg_true()


def _first_text(frame: polars.DataFrame, rows: polars.Series) -> polars.Series:
    """Return the first filled cell of some rows, which is mostly in the first column."""
    import polars

    first = frame.to_series(0).gather(rows).cast(polars.String)
    blank = is_empty(first)
    if not blank.any():
        return first
    return first.scatter(blank.arg_true(), _first_filled(frame[rows.filter(blank)]))


def _first_filled(frame: polars.DataFrame) -> polars.Series:
    import polars

    texts = [
        polars.when(polars.col(name).cast(polars.String).str.strip_chars() != "").then(
            polars.col(name).cast(polars.String)
        )
        for name in frame.columns
    ]
    return frame.select(polars.coalesce(texts).alias("first")).to_series()


def _whole_text(frame: polars.DataFrame) -> polars.Series:
    import polars

    texts = polars.all().cast(polars.String)
    return frame.select(polars.concat_str(texts, separator=" ", ignore_nulls=True)).to_series()


def _headings(frame: polars.DataFrame, names: Sequence[str]) -> polars.Series | None:
    """Find rows that repeat the headings of some columns; None where no row does."""
    import polars

    pasted = "\ufeff"  # the mark at the start of a file that was pasted
    found: polars.Series | None = None
    for name in names:
        values = frame[name]
        if values.dtype != polars.String:
            continue
        if not values.str.ends_with(name).any():
            return None
        is_first = name == frame.columns[0]
        same = (values == name) | (is_first and values == pasted + name)
        same = same.fill_null(value=False)
        found = same if found is None else found & same
        if not found.any():
            return None
    return found
