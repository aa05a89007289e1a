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
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.errors import DataError
from klantkompas.io.headings.naming import in_settings, quoted
from klantkompas.io.headings.synonyms import CREDIT, DEBIT, is_fee
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.numbers import read_numbers
from klantkompas.io.suspicions.unnamed_columns import LINES, Export
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
CUT_OFF = mark(
    "amounts in {detail} are all whole, and {column} behind it holds two digits in each row: if "
    "commas cut the amounts, export them between quotation marks or with another separator"
)
_CUT_ROWS, _SEVERAL = 2, 2
_TAX = re.compile(
    r"(?i)^(?:(?:total|order|item|sales|totaal|bedrag|som)[\s_-]*)*"
    r"(?:tax(?:es)?|btw|vat|mwst|ust|tva|gst)"
    r"(?:[\s_-]*(?:amount|total|bedrag|betrag|montant))?$"
)
_RATES = (0.0, 5.0, 5.5, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 19.0, 20.0, 21.0, 25.0)
_MOST_TAX = 0.35
_WITHOUT_TAX = re.compile(r"(?i)ex[ck]l|\bnett?o?\b|netto|\bht\b|sub.?tot|zonder|ohne|hors|before")
_NET_OF_TAX = re.compile(r"(?i)ex[ck]l|\bht\b|zonder|ohne|hors|before")
_WITH_TAX = re.compile(r"(?i)in[ck]l|\bttc\b|brutto|\bbruto\b|\bgross\b|mit mwst")
_PRICE = re.compile(
    r"(?i)per stuk|stuks?prijs|(?:unit|item).?(?:price|cost)|price.?each|einzelpreis|unitaire|"
    r"st(?:\u00fc|ue)ckpreis|^(?:prijs|price|preis|prix)$"
)
_PIECES = re.compile("(?i)^(?:aantal|quantity|qty|menge|anzahl|quantit\u00e9|stuks|pieces)\\b")

_Look = Callable[["polars.DataFrame", Export, Heading, str], DataNote | None]


def is_tax(heading: str) -> bool:
    """Return whether a heading is one of a column of taxes.

    >>> is_tax("BTW"), is_tax("Total")
    (True, False)
    """
    return _TAX.search(heading) is not None


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
        return _discounted(frame, export, source, unnamed)
    if export.amount is None or not is_one:
        return ()
    looks: list[_Look] = [_cut_off, _other_side, _pieces, _discount, _rate]
    if export.shape.table == "orders":
        looks = [_net, _tax, *looks]
    every = (look(frame, export, source.headings[0], name) for look in looks for name in unnamed)
    first = next((note for note in every if note is not None), None)
    return () if first is None else (first,)


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
    if not (_WITH_TAX.search(amount.name) and _WITHOUT_TAX.search(name)):
        return None
    # Beside fees, what is called net is what was left after them.
    if not _NET_OF_TAX.search(name) and any(map(is_fee, frame.columns)):
        return None
    if _numbers(frame, name, amount.style) is None:
        return None
    line = f"{export.money} = {export.quoted(name)}"
    return DataNote(NET, export.shape.table, 1, name, amount.name, line=line)


def _tax(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not _TAX.search(name) or _WITHOUT_TAX.search(amount.name):
        return None
    tax = _numbers(frame, name, amount.style)
    if tax is None or export.amount is None or not _is_tax(tax, export.amount.head(len(tax))):
        return None
    line = export.amount_line(less=[export.name(name)])
    return DataNote(TAX, export.shape.table, 1, name, line=line)


def _is_tax(tax: polars.Series, amount: polars.Series) -> bool:
    """Return whether numbers are a part of the amounts as tax is, and not percentages."""
    some = (tax != 0) & (amount != 0)
    tax, amount = tax.filter(some), amount.filter(some)
    part = (tax / amount).drop_nulls()
    rates = (100 * tax / (amount - tax)).round(1)  # of 21 in 121 it is 21
    are_rates = bool(tax.is_in(_RATES).all()) and not bool(rates.is_in(_RATES).all())
    return len(part) > 0 and bool(part.is_between(0, _MOST_TAX).all()) and not are_rates


def _other_side(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    if not (DEBIT.search(amount.name) and CREDIT.search(name)):
        return None
    other = _numbers(frame, name, amount.style)
    count = 0 if other is None else int((other != 0).sum())
    if not count:
        return None
    line = export.amount_line(less=[export.name(name)])
    return DataNote(OTHER_SIDE, export.shape.table, count, name, amount.name, line=line)


def _pieces(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not (_PRICE.search(amount.name) and _PIECES.search(name)):
        return None
    pieces = _numbers(frame, name, None)
    if pieces is None or not (pieces.abs() > 1).any():
        return None
    own = quoted(export.called.get(amount.name, amount.name))
    line = f"{export.money} = [{export.quoted(name)}, {own}]"
    return DataNote(PIECES, export.shape.table, 1, name, amount.name, line=line)


def _discount(
    frame: polars.DataFrame, export: Export, amount: Heading, name: str
) -> DataNote | None:
    if not (_DISCOUNT.search(name) and _BEFORE_DISCOUNT.search(amount.name)) or "%" in name:
        return None
    discount = _numbers(frame, name, amount.style)
    if discount is None or not (discount != 0).any():
        return None
    line = export.amount_line(less=[export.name(name)])
    if not (discount > 0).any():
        source = export.shape.fields[export.money]
        both = (*source.headings, Heading(export.name(name)))
        line = f"{export.money} = {in_settings(evolve(source, headings=both, combine=Combine.SUM))}"
    return DataNote(DISCOUNT, export.shape.table, 1, name, amount.name, line=line)


def _rate(frame: polars.DataFrame, export: Export, amount: Heading, name: str) -> DataNote | None:
    if not _RATE.search(name) or export.shape.currency is not None:
        return None
    rates = _numbers(frame, name, None)
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
        discount = _numbers(frame, name, None)
        if discount is not None and (discount > 0).any():
            detail = " \u00d7 ".join(each.name for each in source.headings)
            return (DataNote(DISCOUNT_OF_PRODUCT, export.shape.table, 1, name, detail),)
    return ()


def _numbers(frame: polars.DataFrame, name: str, style: str | None) -> polars.Series | None:
    """Return the first numbers of a column, 0 where it is empty; None where it holds others."""
    from polars import Float64

    values = frame[name].head(LINES)
    if values.dtype.is_numeric():
        return values.cast(Float64).fill_null(0.0)
    text = as_text(values)
    if text.null_count() == len(text):
        return None
    try:
        numbers, _ = read_numbers(WrittenColumn("", "", Heading(name, style), text))
    except DataError:
        return None
    return numbers.fill_null(0.0)
