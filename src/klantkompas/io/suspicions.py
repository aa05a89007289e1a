"""What is read as it stands, and yet is likely to be meant otherwise: noted, never changed.

Each column that nobody named is looked at once at most, and only where its heading says that it
may change which rows count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from klantkompas.domain.export_shape import ExportShape, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["is_status", "suspicions"]

STATUS = mark(
    "{count} counted in spite of {column}: {detail}. If they should not count, name the values "
    "that do, with where"
)
CURRENCIES = mark(
    "amounts were added as if in one currency, whatever {column} says: {detail}. Keep one of them, "
    "with currency"
)
TOTAL = mark("one amount is as large as all others together, in row {detail}: is it a total?")
REPEATED = mark(
    "the amount is the same on all lines of most values of {column}: if it is that of the whole, "
    "take it once, with once"
)
TWO_IDS = mark("{count} with more than one id in {column}, such as A;B, counted as of one customer")
CREDITS = mark(
    "{count} counted as they are in spite of {column}: {detail}. If their amounts should be "
    "negative, name the column with sign"
)
REFUNDS = mark(
    "{count} with money in {column}, which nobody named. If it was given back, name it with "
    "refunded"
)
ANONYMOUS = mark(
    "{count} with an id in {column} that looks like nobody's: {detail}. If it is, name it with "
    "nobody"
)
_STATUS = re.compile(
    "(?i)status|state|stage|fase|uitkomst|result|outcome|type|soort|kind|zustand|statut|etat"
)
_CANCELLED = re.compile("(?i)annul|cancel|storno|storniert|voided|deleted|verwijderd")
_CURRENCY = re.compile(r"(?i)^(?:.*[\s_])?(?:currency|valuta|munt|w(?:ä|ae)hrung|devise)$")
_REFUND = re.compile("(?i)refund|terugbetaald|gecrediteerd|erstattet|rembours")
_ANONYMOUS = (
    r"(?i)^(?:0+|anonymous|anon(?:iem|ymous.?user)?|unknown|onbekend|guest|gast|walk.?in|balie|"
    r"(?:deleted|removed|verwijderd)\b.*|(?:deleted|anonymous|guest).*@.*)$"
)
_CREDIT = r"(?i)credit.?not|creditnota|creditfactuur|gutschrift|\bavoir\b"
_CODE = re.compile(r"[A-Za-z]{3}|[$\u00a3\u20ac\u00a5]")
_NOT_COUNTED = (
    r"(?i)cancel|annul|\bvoid|failed|mislukt|pending|in afwachting|draft|concept|entwurf|brouillon|"
    r"\btest\b|\blost\b|verloren|storn|refus|geweigerd|declined|afgewezen|abandon|abgebrochen"
)
_NO = ("", "no", "nee", "false", "0", "n", "-", "onwaar", "nein", "non")
_FEW, _SHOWN, _LINES, _AT_LEAST = 60, 4, 10_000, 3
_CENT = 0.005


def is_status(heading: str) -> bool:
    """Return whether a heading is one of a column that may say which rows count.

    >>> is_status("Financial Status"), is_status("Total")
    (True, False)
    """
    return any(each.search(heading) for each in (_STATUS, _CANCELLED, _CURRENCY))


def suspicions(
    frame: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
    mapping: Mapping[str, Sequence[Heading]],
    made: Iterable[str] = (),
) -> tuple[DataNote, ...]:
    """Return notes on what is probably meant otherwise than it is read.

    Args:
        frame: the rows that count.
        shape: what was said of the export.
        columns: the columns that the table may have.
        mapping: which column of the frame each field is.
        made: columns that were made of others.

    Returns:
        The notes.
    """
    if not frame.height:
        return ()
    used = {*shape.headings, *made, *(each.name for e in mapping.values() for each in e)}
    notes = list[DataNote]()
    for name in frame.columns:
        if name not in used:
            notes += _of_unused(frame[name], name, shape, has_money=_has_money(columns, mapping))
    notes += _two_ids(frame, shape, mapping)
    notes += _anonymous(frame, shape, mapping)
    notes += _total(frame, shape, columns, mapping)
    notes += _repeated(frame, shape, columns, mapping)
    return tuple(notes)


def _has_money(columns: Sequence[Column], mapping: Mapping[str, Sequence[Heading]]) -> bool:
    return any(each.content is Content.MONEY and each.name in mapping for each in columns)


def _of_unused(
    values: polars.Series, name: str, shape: ExportShape, *, has_money: bool
) -> list[DataNote]:
    import polars

    kinds = (_CURRENCY, _CANCELLED, _REFUND, _STATUS)
    kind = next((each for each in kinds if each.search(name)), None)
    if kind is _REFUND and shape.table == "orders" and "refunded" not in shape.fields:
        filled = values.cast(polars.String).str.contains("[1-9]").fill_null(value=False)
        count = int(filled.sum())
        return [DataNote(REFUNDS, shape.table, count, name)] if count else []
    if kind is None or values.dtype != polars.String or values.head(_LINES).n_unique() > _FEW:
        return []
    counts = values.str.strip_chars().fill_null("").value_counts(sort=True).rows()
    counts = sorted(counts, key=lambda each: (-each[1], each[0]))
    if kind is _CURRENCY:
        found = [(value, count) for value, count in counts if value]
        codes = all(_CODE.fullmatch(value) for value, _ in found)
        if len(found) < 2 or not (has_money and codes):
            return []
        return [DataNote(CURRENCIES, shape.table, len(found), name, _listed(found))]
    if kind is _CANCELLED:
        found = [(value, count) for value, count in counts if value.lower() not in _NO]
        return _noted(STATUS, shape.table, name, found)
    return [
        *_noted(STATUS, shape.table, name, _saying(_NOT_COUNTED, counts)),
        *(_noted(CREDITS, shape.table, name, _saying(_CREDIT, counts)) if has_money else ()),
    ]


def _saying(pattern: str, counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(value, count) for value, count in counts if re.search(pattern, value)]


def _noted(message: str, table: str, name: str, found: Sequence[tuple[str, int]]) -> list[DataNote]:
    total = sum(count for _, count in found)
    return [DataNote(message, table, total, name, _listed(found))] if found else []


def _listed(found: Sequence[tuple[str, int]]) -> str:
    told = ", ".join(f"{value[:30]} {count}" for value, count in found[:_SHOWN])
    return f"{told}{', ...' if len(found) > _SHOWN else ''}"


def _two_ids(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    import polars

    (heading,) = mapping.get("customer", ()) or (None,)
    if heading is None or frame[heading.name].dtype != polars.String:
        return []
    several = frame[heading.name].str.contains(r"^[^;]+;[^;]+").fill_null(value=False)
    count = int(several.sum())
    return [DataNote(TWO_IDS, shape.table, count, heading.name)] if count else []


def _anonymous(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    """Look at the first rows: whether half of the ids or more are one that looks like nobody's."""
    (heading,) = mapping.get("customer", ()) or (None,)
    if heading is None:
        return []
    ids = frame[heading.name].drop_nulls()
    first = _looking_like_nobody(ids.head(_LINES))
    if len(ids) < _AT_LEAST or not first or 2 * first[0][1] < min(len(ids), _LINES):
        return []
    return _noted(ANONYMOUS, shape.table, heading.name, _looking_like_nobody(ids))


def _looking_like_nobody(ids: polars.Series) -> list[tuple[str, int]]:
    """Return the ids that look like nobody's with how often they are there, most first."""
    from polars import String

    counts = ids.cast(String).str.strip_chars().value_counts(name="rows").rows()
    return sorted(_saying(_ANONYMOUS, counts), key=lambda each: (-each[1], each[0]))


def _amount(
    frame: polars.DataFrame, columns: Sequence[Column], mapping: Mapping[str, Sequence[Heading]]
) -> polars.Series | None:
    name = next((c.name for c in columns if c.content is Content.MONEY and c.required), None)
    headings = mapping.get(name, ()) if name else ()
    if len(headings) != 1 or not frame[headings[0].name].dtype.is_numeric():
        return None
    return frame[headings[0].name]


def _total(
    frame: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
    mapping: Mapping[str, Sequence[Heading]],
) -> list[DataNote]:
    import polars

    amount = _amount(frame, columns, mapping)
    if amount is None or len(amount) < _AT_LEAST:
        return []
    largest, total = amount.cast(polars.Float64).max(), float(amount.sum())
    if not isinstance(largest, float) or largest <= 0 or abs(2 * largest - total) >= _CENT:
        return []
    return [DataNote(TOTAL, shape.table, detail=str((amount.arg_max() or 0) + 1))]


def _repeated(
    frame: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
    mapping: Mapping[str, Sequence[Heading]],
) -> list[DataNote]:
    """Look at the first rows: whether most references of several lines have one amount on all."""
    import polars

    amount = _amount(frame.head(_LINES), columns, mapping)
    group = next((c.name for c in columns if c.groups_by and c.name in mapping), None)
    if amount is None or group is None or shape.once:
        return []
    name = mapping[group][0].name
    lines = polars.DataFrame({"reference": frame[name].head(_LINES), "amount": amount}).drop_nulls()
    several = (
        lines.group_by("reference")
        .agg(polars.len().alias("lines"), polars.col("amount").n_unique().alias("amounts"))
        .filter(polars.col("lines") > 1)
    )
    alike = int((several["amounts"] == 1).sum())
    if alike < _AT_LEAST or 2 * alike <= several.height:
        return []
    return [DataNote(REPEATED, shape.table, alike, name)]
