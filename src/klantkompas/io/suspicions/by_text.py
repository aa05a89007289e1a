"""What the number or the description of a row says of it: a credit note, or an offer.

Bookkeeping numbers its credit notes and offers apart, mostly by the letters in front; where nothing
else says what a row is, those letters, or the first word of the description, do.

>>> import polars
>>> from klantkompas.domain.export_shape import ExportShape
>>> shape = ExportShape(table="orders", fields={"amount": "Bedrag"})
>>> export = Export(shape, polars.Series([100.0, 50.0, 20.0]), "amount")
>>> numbers = polars.Series(["F-1", "F-2", "CN-1"])
>>> [note.line for note in notes_by_number("Nr", numbers, export)]
['amount = { heading = "Bedrag", sign = { heading = "Nr", minus = ["CN*"] } }']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantkompas.io.suspicions.export import LINES, Export
from klantkompas.io.suspicions.unnamed_columns import CREDITS, STATUS, listed
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["notes_by_description", "notes_by_number", "notes_by_pieces"]

_FRONT = r"^\s*([A-Za-z]{1,10})[^A-Za-z]*[0-9]"
_CREDITED = re.compile(
    r"(?i)(?:c|cn|cr|cred|credit|creditnota|creditnote|cm|gs|gut|av|avoir|rk|ret|retour|refund)"
)
_OFFERED = re.compile(
    r"(?i)(?:off|offer|offerte|q|qt|quo|quote|est|ag|ang|dev|devis|pf|proforma|concept|draft)"
)
_CREDIT_TEXT = (
    r"(?i)^\s*(credit.?(?:nota|factuur|note|invoice|memo)|credit|gutschrift|avoir|"
    r"note de cr[e\u00e9]dit|refund|terugbetaling|retour|storno|r(?:\u00fc|ue)ckzahlung|"
    r"remboursement)\b"
)
_MOST_FRONTS = 12


def notes_by_number(name: str, numbers: polars.Series, export: Export) -> tuple[DataNote, ...]:
    """Return notes on rows that their number says are credit notes above 0, or offers.

    Args:
        name: the column with the numbers.
        numbers: the numbers of the rows that count.
        export: what is known of the export.
    """
    from polars import String

    if export.amount is None or numbers.dtype != String:
        return ()
    fronts = numbers.head(LINES).str.extract(_FRONT).fill_null("")
    kinds: list[str] = fronts.unique().sort().to_list()
    if not 1 < len(kinds) <= _MOST_FRONTS:
        return ()
    credited = [each for each in kinds if _CREDITED.fullmatch(each)]
    offered = [each for each in kinds if _OFFERED.fullmatch(each)]
    if not credited and not offered:
        return ()
    fronts = numbers.str.extract(_FRONT).fill_null("")
    return (
        *_credits(name, numbers, fronts, credited, export),
        *_offers(name, numbers, fronts, offered, export),
    )


def notes_by_description(name: str, texts: polars.Series, export: Export) -> tuple[DataNote, ...]:
    """Return a note on rows above 0 that their description says are credit notes.

    Args:
        name: the column with the descriptions.
        texts: the descriptions of the rows that count.
        export: what is known of the export.
    """
    if export.amount is None or not texts.head(LINES).str.contains(_CREDIT_TEXT).any():
        return ()
    words = texts.str.extract(_CREDIT_TEXT).str.to_lowercase()
    return _turned(name, words, words.drop_nulls().unique().sort().to_list(), export, front="*")


def notes_by_pieces(name: str, pieces: polars.Series, export: Export) -> tuple[DataNote, ...]:
    """Return a note on rows above 0 whose number of pieces is below 0, as of what came back.

    Args:
        name: the column with the numbers of pieces.
        pieces: how many there were in the rows that count.
        export: what is known of the export.
    """
    from polars import String

    source = export.shape.fields.get(export.money)
    if source is None or name in {each.name for each in source.headings}:
        return ()
    if pieces.dtype.is_numeric() and not (pieces < 0).any():
        return ()
    below = pieces.cast(String).str.extract(r"^\s*([-\u2212])\s?[0-9.,]*[1-9]")
    return _turned(name, below, below.drop_nulls().unique().sort().to_list(), export, front="*")


def _credits(
    name: str,
    numbers: polars.Series,
    fronts: polars.Series,
    credited: Sequence[str],
    export: Export,
) -> tuple[DataNote, ...]:
    """Note the credit notes, unless they are most rows, whose letters then mean something else."""
    which = fronts.is_in(list(credited))
    if not credited or 2 * int(which.sum()) > len(numbers):
        return ()
    patterns = [one for each in credited for one in _patterns(each, numbers, fronts)]
    return _turned(name, fronts, credited, export, patterns=patterns)


def _turned(
    name: str,
    words: polars.Series,
    found: Sequence[str],
    export: Export,
    *,
    patterns: Sequence[str] = (),
    front: str = "",
) -> tuple[DataNote, ...]:
    """Note rows above 0 of some words; where any of them is below 0, they are so already."""
    source, amount = export.shape.fields.get(export.money), export.amount
    if amount is None or source is None or source.sign is not None or not found:
        return ()
    which = words.is_in(list(found)).fill_null(value=False)
    if not (which & (amount > 0)).any() or (which & (amount < 0)).any() or which.all():
        return ()
    rows = words.filter(which & (amount > 0)).value_counts(sort=True, name="rows").rows()
    minus = [*patterns] or [f"{each}{front}" for each in found]
    line = export.amount_line(sign={"heading": export.name(name), "minus": minus})
    count = sum(count for _, count in rows)
    return (DataNote(CREDITS, export.shape.table, count, name, listed(rows), line=line),)


def _offers(
    name: str,
    numbers: polars.Series,
    fronts: polars.Series,
    offered: Sequence[str],
    export: Export,
) -> tuple[DataNote, ...]:
    which = fronts.is_in(list(offered))
    others = fronts.filter(~which).unique().sort().to_list()
    if not offered or not others or name in export.shape.where:
        return ()
    kept = [pattern for each in others for pattern in _patterns(each, numbers, fronts)]
    rows = fronts.filter(which).value_counts(sort=True, name="rows").rows()
    line = export.where_line(name, kept)
    count = int(which.sum())
    return (DataNote(STATUS, export.shape.table, count, name, listed(rows), line=line),)


def _patterns(front: str, numbers: polars.Series, fronts: polars.Series) -> list[str]:
    """Return patterns of the numbers with some letters in front, and of no others."""
    starts = [each.lower() for each in fronts.unique().to_list() if each != front]
    if front and not any(each.startswith(front.lower()) for each in starts):
        return [f"{front}*"]
    own = numbers.filter(fronts == front).str.strip_chars().fill_null("")
    begins = own.str.head(len(front) + 1).unique().sort().to_list()
    return [f"{each}*" if each else "" for each in begins]
