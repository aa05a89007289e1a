"""Whether an amount is all of what was paid without tax, or shipping and discounts stand beside it.

>>> import polars
>>> columns = {"Subtotal": ["30.00"], "Shipping": ["5.00"], "Tax": ["7.35"], "Total": ["42.35"]}
>>> frame = polars.DataFrame(columns)
>>> parts = parts_beside(frame, ["Shipping", "Tax", "Total"])
>>> [*parts], total_less_tax(frame, Heading("Subtotal"), parts, ["Tax", "Total"])
(['Shipping'], ('Total', 'Tax'))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from klantkompas.domain.field_source import Heading
from klantkompas.errors import DataError
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.numbers import read_numbers
from klantkompas.io.suspicions.export import LINES

if TYPE_CHECKING:
    import polars

__all__ = ["are_tax", "numbers_in", "parts_beside", "total_less_tax"]

TAX = re.compile(
    r"(?i)^(?:(?:total|order|item|sales|totaal|bedrag|som)[\s_-]*)*"
    r"(?:tax(?:es)?|btw|vat|mwst|ust|tva|gst)"
    r"(?:[\s_-]*(?:amount|total|bedrag|betrag|montant))?$"
)
WITHOUT_TAX = re.compile(r"(?i)ex[ck]l|\bnett?o?\b|netto|\bht\b|sub.?tot|zonder|ohne|hors|before")
_PART = re.compile(
    r"(?i)\b(?:verzend|shipping|delivery|versand|livraison|frais de port|bezorg|freight|porto)|"
    r"korting|discount|rabatt|remise"
)
_NO_PART = re.compile(
    r"(?i)code|method|%|perc|\btax|btw|vat|mwst|tva|refund|name|naam|address|adres|date|datum|"
    r"\bid\b|status|country|land|zip|postcode|city|plaats|phone|company|service|type|total|totaal"
)
_TOTAL = re.compile(r"(?i)\btota?a?l|grand|gesamt|summe|montant ttc")
_RATES = (0.0, 5.0, 5.5, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 19.0, 20.0, 21.0, 25.0)
_MOST_TAX, _CENTS = 0.35, 0.02


def parts_beside(frame: polars.DataFrame, names: Iterable[str]) -> dict[str, polars.Series]:
    """Return the columns of shipping and discounts that hold more than 0, with their numbers.

    Args:
        frame: the rows.
        names: the columns to look at.
    """
    found = {}
    for name in names:
        if not _PART.search(name) or _NO_PART.search(re.sub("(?i)ex[ck]l.*", "", name)):
            continue
        numbers = numbers_in(frame, name, None)
        if numbers is not None and (numbers != 0).any():
            found[name] = numbers
    return found


def total_less_tax(
    frame: polars.DataFrame,
    amount: Heading,
    parts: Mapping[str, polars.Series],
    names: Sequence[str],
) -> tuple[str, str] | None:
    """Return the total and the tax of which the difference is the amount with all its parts.

    Args:
        frame: the rows.
        amount: the column of the amount.
        parts: what stands beside it (`parts_beside`).
        names: the columns to look at.

    Returns:
        The two columns; None where there are none, or the amount is that difference itself.
    """
    own = numbers_in(frame, amount.name, amount.style)
    taxes = [name for name in names if TAX.search(name)]
    totals = [each for each in names if _TOTAL.search(each) and not WITHOUT_TAX.search(each)]
    if not parts or own is None:
        return None
    for tax in taxes:
        for total in totals:
            less, whole = (numbers_in(frame, each, amount.style) for each in (tax, total))
            if less is None or whole is None or total == tax or not are_tax(less, whole):
                continue
            rest = whole - less - own
            if (rest.abs() > _CENTS).any() and _explained(rest, parts):
                return total, tax
    return None


def _explained(rest: polars.Series, parts: Mapping[str, polars.Series]) -> bool:
    """Return whether what is more or less than the amount is the sum of some of its parts."""
    for name, numbers in parts.items():
        is_less = re.search("(?i)korting|discount|rabatt|remise", name) is not None
        part = -numbers.abs() if is_less else numbers
        rest = rest - part.zip_with((rest - part).abs() < rest.abs(), part * 0.0)
    return bool((rest.abs() <= _CENTS).all())


def are_tax(tax: polars.Series, amount: polars.Series) -> bool:
    """Return whether numbers are a part of the amounts as tax is, and not percentages.

    Args:
        tax: the numbers.
        amount: the amounts, tax included.
    """
    some = (tax != 0) & (amount != 0)
    tax, amount = tax.filter(some), amount.filter(some)
    part = (tax / amount).drop_nulls()
    rates = (100 * tax / (amount - tax)).round(1)  # of 21 in 121 it is 21
    are_rates = bool(tax.is_in(_RATES).all()) and not bool(rates.is_in(_RATES).all())
    return len(part) > 0 and bool(part.is_between(0, _MOST_TAX).all()) and not are_rates


def numbers_in(frame: polars.DataFrame, name: str, style: str | None) -> polars.Series | None:
    """Return the first numbers of a column, 0 where it is empty; None where it holds others.

    Args:
        frame: the rows.
        name: the column.
        style: how its numbers are written, where that is said.
    """
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
