"""What a column that nobody named may be to the amount beside it: its tax, its pieces, its rest.

>>> import polars
>>> from klantkompas.domain.export_shape import ExportShape
>>> frame = polars.DataFrame({"Total": ["12,10"], "Tax": ["2,10"]})
>>> shape = ExportShape(table="orders", fields={"amount": "Total"})
>>> export = Export(shape, polars.Series([12.1]), "amount")
>>> for note in notes_beside_amount(frame, export, ["Tax"]):
...     print(note.line)
amount = { heading = "Total", less = ["Tax"] }
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.io.headings.synonyms import CREDIT, DEBIT, is_fee
from klantkompas.io.suspicions.export import LINES, Export
from klantkompas.io.suspicions.parts_of_amount import (
    TAX as TAX_COLUMN,
)
from klantkompas.io.suspicions.parts_of_amount import (
    WITHOUT_TAX,
    are_tax,
    numbers_in,
    parts_beside,
    total_less_tax,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["is_tax", "notes_beside_amount"]

TAX = mark(
    "amounts read as they are, with tax in {column} beside them. If they include it, write in its "
    "settings: {line}"
)
NET = mark(
    "amounts read from {detail}, which include tax, though {column} is there. To read those "
    "without it, write in its settings: {line}"
)
OTHER_SIDE = mark(
    "{count} with an amount in {column}, not subtracted from {detail}. If it should be, write in "
    "its settings: {line}"
)
PIECES = mark(
    "amounts read from {detail}, perhaps those of one piece, with how many in {column}. If so, "
    "write in its settings: {line}"
)
RATE = mark(
    "amounts in {detail} counted as they are, with a rate of exchange in {column} beside them: are "
    "they in one currency?"
)
_RATE = re.compile(r"(?i)(?:^|[\s_-])(?:koers|wisselkoers|wechselkurs|kurs|exchange.?rate|cours)$")
DISCOUNT = mark(
    "amounts read from {detail}, with a discount in {column} beside them. If it is still to be "
    "taken off, write in its settings: {line}"
)
DISCOUNT_OF_PRODUCT = mark(
    "amounts are {detail}, with a discount in {column} that is not taken off: if there is a column "
    "with what remained, take that"
)
_DISCOUNT = re.compile(r"(?i)\b(?:korting|discount|rabatt|remise)(?:s|en|bedrag|[\s_-]*amount)?\b")
_BEFORE_DISCOUNT = re.compile(
    r"(?i)sub.?tot|sous.?total|zwischensumme|brut(?:o|to)|gross|before|voor korting|prijs|price|"
    r"preis|prix"
)
NET_OF_PIECES = mark(
    "amounts read with tax; without it there are those of one piece, in {column}, and {detail} "
    "beside them"
)
BESIDE = mark("amounts read from {detail}, perhaps without what stands in {column} beside them")
WITH_PARTS = mark(
    "amounts read from {detail}, without what stands in {column} beside them. To count that too, "
    "write in its settings: {line}"
)
CUT_OFF = mark(
    "amounts in {detail} are all whole, and {column} behind it holds two digits in each row: if "
    "commas cut the amounts, export them between quotation marks or with another separator"
)
_CUT_ROWS, _SEVERAL, _CENTS = 2, 2, 0.02
_NET_OF_TAX = re.compile(r"(?i)ex[ck]l|\bht\b|zonder|ohne|hors|before")
_WITH_TAX = re.compile(r"(?i)in[ck]l|\bttc\b|brutto|\bbruto\b|\bgross\b|mit mwst")
_PRICE = re.compile(
    r"(?i)per stuk|stuks?prijs|(?:unit|item).?(?:price|cost)|price.?each|einzelpreis|unitaire|"
    r"st(?:\u00fc|ue)ckpreis|^(?:prijs|price|preis|prix)$"
)
_IN_PARTS = re.compile(
    r"(?i)sub.?tot|sous.?total|zwischensumme|goederen|goods|artikelen|producten|items|merchandise|"
    r"waren"
)
_WHOLE = re.compile(r"(?i)(?<!sub)(?<!sub[ -])tota|gesamt|summe")
_PIECES = re.compile("(?i)^(?:aantal|quantity|qty|menge|anzahl|quantit\u00e9|stuks|pieces)\\b")

_Look = Callable[["polars.DataFrame", Export, Heading, str], DataNote | None]


def is_tax(heading: str) -> bool:
    """Return whether a heading is one of a column of taxes.

    >>> is_tax("BTW"), is_tax("Total")
    (True, False)
    """
    return TAX_COLUMN.search(heading) is not None


def notes_beside_amount(
    frame: polars.DataFrame, export: Export, unnamed: Sequence[str]
) -> tuple[DataNote, ...]:
    """Return a note where another column seems to belong to the amount.

    Args:
        frame: the rows that count.
        export: what is known of the export.
        unnamed: the columns that nobody named.

    Returns:
        The note on the first column that does; none where the amount is made of several columns.
    """
    source = export.shape.fields.get(export.money, FieldSource())
    is_one = len(source.headings) == 1 and not source.less and source.combine is not Combine.FIRST
    if len(source.headings) > 1 and source.combine is Combine.PRODUCT:
        found = _discounted(frame, export, source, unnamed)
        return found or _beside_pieces(frame, export, source, unnamed)
    if export.amount is None or not is_one:
        return ()
    (amount,) = source.headings
    is_sale = export.shape.table == "orders"
    first: list[_Look] = [_net, _tax] if is_sale else []
    then: list[_Look] = [_cut_off, _other_side, _pieces, _discount, _rate]
    quantity = export.shape.fields.get("quantity", FieldSource())
    named = [each.name for each in quantity.headings if len(quantity.headings) == 1]
    every = chain(
        (look(frame, export, amount, name) for look in first for name in unnamed),
        (each(frame, export, amount, unnamed) for each in [_with_parts] * is_sale),
        (look(frame, export, amount, name) for look in then for name in unnamed),
        (_pieces(frame, export, amount, name) for name in named),
        (each(frame, export, amount, unnamed) for each in [_beside] * is_sale),
    )
    found_first = next((note for note in every if note is not None), None)
    return () if found_first is None else (found_first,)


def _with_parts(
    frame: polars.DataFrame, export: Export, amount: Heading, unnamed: Sequence[str]
) -> DataNote | None:
    """Look whether a total less its tax is the amount with shipping and discounts."""
    refunded = export.shape.fields.get("refunded")
    gross = [] if refunded is None or refunded.gross is None else [refunded.gross.name]
    if not any(map(TAX_COLUMN.search, unnamed)):
        return None
    parts = parts_beside(frame, unnamed)
    both = total_less_tax(frame, amount, parts, [*unnamed, *gross])
    if both is None:
        return None
    total, tax = (Heading(each, amount.style) for each in both)
    line = export.amount_from([total], [tax], added=True)
    return DataNote(WITH_PARTS, export.shape.table, 1, ", ".join(parts), amount.name, line=line)


def _beside(
    frame: polars.DataFrame, export: Export, amount: Heading, unnamed: Sequence[str]
) -> DataNote | None:
    """Look whether shipping or a discount stands beside what is but a part of what was paid."""
    is_part = _IN_PARTS.search(amount.name) or WITHOUT_TAX.search(amount.name)
    if not is_part or _WHOLE.search(amount.name) or any(map(is_fee, frame.columns)):
        return None
    parts = ", ".join(parts_beside(frame, unnamed))
    if not parts or _is_whole(frame, amount, unnamed):
        return None
    return DataNote(BESIDE, export.shape.table, 1, parts, amount.name)


def _is_whole(frame: polars.DataFrame, amount: Heading, unnamed: Sequence[str]) -> bool:
    """Return whether the amount and its tax are a total that stands beside them."""
    own = numbers_in(frame, amount.name, amount.style)
    others = [numbers_in(frame, each, amount.style) for each in unnamed if _WHOLE.search(each)]
    taxes = [numbers_in(frame, each, amount.style) for each in filter(TAX_COLUMN.search, unnamed)]
    return own is not None and any(
        bool(((total - tax - own).abs() <= _CENTS).all())
        for total in others
        for tax in [*taxes, own * 0.0]
        if total is not None and tax is not None
    )


def _beside_pieces(
    frame: polars.DataFrame, export: Export, source: FieldSource, unnamed: Sequence[str]
) -> tuple[DataNote, ...]:
    """Look for shipping beside pieces and a price."""
    parts = ", ".join(parts_beside(frame, unnamed)) if export.shape.table == "orders" else ""
    detail = " \u00d7 ".join(each.name for each in source.headings)
    return (DataNote(BESIDE, export.shape.table, 1, parts, detail),) if parts else ()


def _cut_off(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    """Look whether the column behind the amount holds the digits that a comma has cut off."""
    from polars import String

    at = frame.get_column_index(name)
    if at == 0 or frame.to_series(at - 1).name != amount.name:
        return None
    values, whole = frame[name].head(LINES), export.amount
    if values.dtype != String or whole is None or len(values) < _CUT_ROWS:
        return None
    digits = values.str.contains("^[0-9]{2}$").fill_null(value=False).all()
    if not digits or not (whole == whole.floor()).fill_null(value=False).all():
        return None
    return DataNote(CUT_OFF, export.shape.table, 1, name, amount.name)


def _net(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not (_WITH_TAX.search(amount.name) and WITHOUT_TAX.search(name)):
        return None
    # Beside fees, what is called net is what was left after them.
    if not _NET_OF_TAX.search(name) and any(map(is_fee, frame.columns)):
        return None
    net, gross = (numbers_in(frame, each, amount.style) for each in (name, amount.name))
    if net is None or gross is None:
        return None
    if _PRICE.search(name):
        return _net_of_pieces(frame, export, amount, name)
    for tax in filter(TAX_COLUMN.search, frame.columns):
        numbers = numbers_in(frame, tax, amount.style)
        if numbers is None or not are_tax(numbers, gross):
            continue
        if ((gross - numbers - net).abs() > _CENTS).any():
            return _tax(frame, export, amount, tax)  # the net one lacks a part, such as shipping
    line = export.amount_from([Heading(name)])
    return DataNote(NET, export.shape.table, 1, name, amount.name, line=line)


def _net_of_pieces(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    """Look for what makes a price of one piece without tax an amount: how many there were."""
    pieces = next(filter(_PIECES.search, frame.columns), None)
    if pieces is None:
        return None
    others = ", ".join(parts_beside(frame, frame.columns))
    if others:
        return DataNote(NET_OF_PIECES, export.shape.table, 1, name, others)
    line = export.amount_from([Heading(pieces), Heading(name)]) + export.each_line
    return DataNote(NET, export.shape.table, 1, name, amount.name, line=line)


def _tax(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not TAX_COLUMN.search(name) or WITHOUT_TAX.search(amount.name):
        return None
    tax, gross = (numbers_in(frame, each, amount.style) for each in (name, amount.name))
    if tax is None or gross is None or not are_tax(tax, gross):
        return None
    line = export.amount_line(less=[export.name(name)])
    return DataNote(TAX, export.shape.table, 1, name, line=line)


def _other_side(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    if not (DEBIT.search(amount.name) and CREDIT.search(name)):
        return None
    other = numbers_in(frame, name, amount.style)
    count = 0 if other is None else int((other != 0).sum())
    if not count:
        return None
    line = export.amount_line(less=[export.name(name)])
    return DataNote(OTHER_SIDE, export.shape.table, count, name, amount.name, line=line)


def _pieces(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not (_PRICE.search(amount.name) and _PIECES.search(name)):
        return None
    pieces = numbers_in(frame, name, None)
    if pieces is None or not (pieces.abs() > 1).any():
        return None
    line = export.amount_from([Heading(name), amount]) + export.each_line
    return DataNote(PIECES, export.shape.table, 1, name, amount.name, line=line)


def _discount(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    if not (_DISCOUNT.search(name) and _BEFORE_DISCOUNT.search(amount.name)) or "%" in name:
        return None
    discount = numbers_in(frame, name, amount.style)
    if discount is None or not (discount != 0).any() or _is_repeated(frame, export, discount):
        return None
    line = export.amount_line(less=[export.name(name)])
    if not (discount > 0).any():
        line = export.amount_from([amount, Heading(name)], added=True)
    return DataNote(DISCOUNT, export.shape.table, 1, name, amount.name, line=line)


def _is_repeated(frame: polars.DataFrame, export: Export, numbers: polars.Series) -> bool:
    """Return whether numbers are those of an order, repeated on each of its several lines."""
    import polars

    reference = export.shape.fields.get("reference", FieldSource()).headings
    if export.shape.once or len(reference) != 1:
        return False
    lines = polars.DataFrame({"of": frame[reference[0].name].head(LINES), "number": numbers})
    orders = lines.group_by("of").agg(
        polars.len().alias("lines"),
        polars.col("number").n_unique().alias("different"),
        (polars.col("number") != 0).any().alias("some"),
    )
    several = orders.filter((orders["lines"] > 1) & orders["some"])
    return several.height > 0 and bool((several["different"] == 1).all())


def _rate(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not _RATE.search(name) or export.shape.currency is not None:
        return None
    rates = numbers_in(frame, name, None)
    if rates is None or rates.filter(rates != 0).n_unique() < _SEVERAL:
        return None
    return DataNote(RATE, export.shape.table, 1, name, amount.name)


def _discounted(
    frame: polars.DataFrame, export: Export, source: FieldSource, unnamed: Sequence[str]
) -> tuple[DataNote, ...]:
    """Look for a discount beside pieces and a price."""
    if any(_DISCOUNT.search(each.name) for each in source.headings):
        return ()
    for name in filter(_DISCOUNT.search, unnamed):
        discount = numbers_in(frame, name, None)
        if discount is not None and (discount > 0).any():
            detail = " \u00d7 ".join(each.name for each in source.headings)
            return (DataNote(DISCOUNT_OF_PRODUCT, export.shape.table, 1, name, detail),)
    return ()
