"""Numbers as people write them: ``1.234,56``, ``1,234.56``, ``1 234,56``, ``EUR 5``, ``12,50-``.

A grammar per style, strict: groups of exactly three digits, one sign, one currency. Both styles
take blanks and apostrophes between groups; only the English one exponents (decided, issue 2).

>>> import polars
>>> from klantkompas.io.headings import Heading
>>> column = WrittenColumn(
...     "orders", "amount", Heading("Bedrag"), polars.Series(["1.234", "EUR 2,50", None])
... )
>>> numbers, notes = read_numbers(column)
>>> numbers.to_list()
[1234.0, 2.5, None]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas.io.locales import Locale
from klantkompas.io.parse_columns import WrittenColumn, as_text, decide
from klantkompas.io.parse_distinct import HEAD, Converted, parse_distinct, parse_remaining, repeats

if TYPE_CHECKING:
    import polars

__all__ = ["have_points", "read_each_number", "read_numbers"]

_CURRENCY_SIGNS = {"\u20ac": "EUR", "$": "USD", "\u00a3": "GBP"}
_CURRENCY = r"\x{20ac}|\$|\x{a3}|(?i:EUR|USD|GBP|CHF|DKK|NOK|SEK|PLN|CZK|HUF)"
_BLANKS = "[\u00a0\u2007\u2009\u202f]"
_APOSTROPHES = "[\u2018\u2019]"
_MINUS = "\u2212"


_POINTS = "1,234.56"
_STYLES = {"1.234,56": (",", "."), _POINTS: (".", ",")}


def _pattern(decimal: str, group: str) -> str:
    groups = "|".join(f"(?:[{separator}][0-9]{{3}})+" for separator in (group, " ", "'"))
    whole = f"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{groups}))"
    number = f"{whole}(?:[{decimal}][0-9]+)?|[{decimal}][0-9]+"
    if decimal == ".":
        number += r"|[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+"
    sign, currency = "([+-])? *", f"({_CURRENCY})? *"
    return f"^{sign}{currency}{sign}({number}) *{sign}{currency}{sign}$"


def _plain_pattern(decimal: str, group: str) -> str:
    groups = f"|[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})+" if group else ""
    fraction = f"(?:[{decimal}][0-9]+)?" if decimal else ""
    return f"^-?(?:[0-9]+{groups}){fraction}$"


def read_numbers(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Read a column of numbers, in the one style in which all of it can be read.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Floats, null where the column is empty, and what is to be noted.

    Raises:
        ArgumentError: the heading's style is no style of numbers.
        DataError: a value is not a number, the column can be read in two ways, or it holds two
            currencies.
    """
    if repeats(column):
        return parse_distinct(_read_plain, column, locale)
    return _read_plain(column, locale)


def have_points(head: WrittenColumn, locale: Locale | None = None) -> bool:
    """Tell whether a column can but have decimal points, if all of it are digits with points.

    Args:
        head: the first values of the column.
        locale: decides where the column leaves a choice.

    Returns:
        Whether `read_numbers` makes of the column, without a note, what any program makes of it.
    """
    style = head.heading.style or (locale.numbers if locale else None)
    return style == _POINTS if style else _styles_of(head.values) == [_POINTS]


def read_each_number(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Do what `read_numbers` does, for a column of stripped text, value by value."""
    import polars

    plain = _with_plain_marks(column.values)
    parts = {style: _parts(plain, style) for style in _STYLES}
    style, notes = decide(
        column,
        {style: found["number"] for style, found in parts.items()},
        what="a number",
        home=locale.numbers if locale else None,
        show=lambda number: format(number, ".15g"),
    )
    currency = parts[style]["currency"]
    currencies = currency.drop_nulls().unique(maintain_order=True)
    if len(currencies) > 1:
        first, second = ((currency == each).arg_true()[0] for each in currencies[:2])
        raise column.error(
            f"is in another currency than row {first + 1} ({currencies[1]}, {currencies[0]}); "
            "convert the column to one currency",
            second,
        )
    return parts[style]["number"].cast(polars.Float64), notes


def _read_plain(column: WrittenColumn, locale: Locale | None) -> Converted:
    """Read the numbers that are but digits, marks and a minus by polars' own cast.

    A style in which one of the first values cannot be read is not that of the column, and no other
    value need be tried in it. Where this leaves two, whole numbers read alike in both. So what is
    decided on the first values, and those that are not plain, is decided on all of them.
    """
    from polars import Float64

    text, head = column.values, column.values.head(HEAD)
    styles = _styles_of(head)
    if column.heading.style in styles:
        styles = [column.heading.style]
    decimal, group = _STYLES[styles[0]] if len(styles) == 1 else ("", "")
    if group and head.str.contains(group, literal=True).any():
        text = text.str.replace_all(group, "", literal=True)
    else:
        group = ""
    if decimal == ",":
        text = text.str.replace(",", ".", literal=True)
    numbers = text.cast(Float64, strict=False)
    is_plain = column.values.str.contains(_plain_pattern(decimal, group)) & numbers.is_finite()
    return parse_remaining(read_each_number, column, locale, numbers, is_plain=is_plain)


def _styles_of(values: polars.Series) -> list[str]:
    text = _with_plain_marks(as_text(values))
    return [style for style, marks in _STYLES.items() if text.str.contains(_pattern(*marks)).all()]


def _with_plain_marks(values: polars.Series) -> polars.Series:
    return (
        values.str.replace_all(_BLANKS, " ")
        .str.replace_all(_APOSTROPHES, "'")
        .str.replace(_MINUS, "-", literal=True)
    )


def _parts(plain: polars.Series, style: str) -> polars.DataFrame:
    from polars import Float64, coalesce, col, concat_str, when

    decimal, group = _STYLES[style]
    groups = (
        plain.rename("text")
        .to_frame()
        .select(col("text").str.extract_groups(_pattern(decimal, group)).struct.unnest())
    )
    signs = concat_str("1", "3", "5", "7", ignore_nulls=True)
    once = (signs.str.len_bytes() < 2) & (col("2").is_null() | col("6").is_null())
    size = (
        col("4")
        .str.replace_all(f"[ '{group}]", "")
        .str.replace(decimal, ".", literal=True)
        .cast(Float64, strict=False)
    )
    return groups.select(
        number=when(once & size.is_finite()).then(when(signs == "-").then(-size).otherwise(size)),
        currency=coalesce("2", "6").replace(_CURRENCY_SIGNS).str.to_uppercase(),
    )
