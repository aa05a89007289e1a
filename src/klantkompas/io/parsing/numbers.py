"""Numbers as people write them: ``1.234,56``, ``1,234.56``, ``1 234,56``, ``EUR 5``, ``12,50-``.

A grammar per style, strict: groups of exactly three digits, one sign, one currency. Both styles
take blanks and apostrophes between groups; only the English one exponents and Indian groups
(decided, issue 2). Brackets around an amount are a minus, and ``12,-`` is a whole sum. Cents are
read by their style only (decided, issue 14).

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> column = WrittenColumn(
...     "orders", "amount", Heading("Bedrag"), polars.Series(["1.234", "EUR 2,50", None])
... )
>>> numbers, notes = read_numbers(column)
>>> numbers.to_list()
[1234.0, 2.5, None]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

from klantkompas._told import told
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.domain.fields import Content
from klantkompas.errors import DataError
from klantkompas.io.headings.naming import in_settings, in_toml, with_shape
from klantkompas.io.parsing.columns import WrittenColumn, as_text, without_nothing
from klantkompas.io.parsing.distinct import (
    HEAD,
    Converted,
    parse_distinct,
    parse_remaining,
    repeats,
)
from klantkompas.io.parsing.locales import Locale
from klantkompas.io.parsing.styles import decide, styles_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = [
    "have_points",
    "in_whole_money",
    "number_styles",
    "read_each_number",
    "read_numbers",
    "unit_of_heading",
]

_CURRENCY_SIGNS = {
    "\u20ac": "EUR",
    "$": "USD",
    "US$": "USD",
    "R$": "BRL",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "\u20ba": "TRY",
    "\u20bd": "RUB",
    "\u20a9": "KRW",
    "\u20aa": "ILS",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "DOLLAR": "USD",
    "DOLLARS": "USD",
    "FR.": "CHF",
    "SFR.": "CHF",
    "RS.": "INR",
    "RS": "INR",
    "Z\u0141": "PLN",
}
_CURRENCY = (
    r"\x{20ac}|(?:US|R|AU?|CA?|NZ|HK|S)?\$|\x{20ba}|\x{20bd}|\x{20a9}|\x{20aa}|\x{a3}|\x{a5}|\x{20b9}|(?i:EUROS?|EUR|DOLLARS?|USD|GBP|CHF|S?FR\.|DKK|NOK|SEK|"
    r"KR\.?|PLN|z\x{142}|CZK|K\x{10d}|HUF|FT|RON|BGN|JPY|CNY|INR|RS\.?|AUD|CAD|NZD|ZAR|TRY|BRL|SRD|ANG|AWG)"
)
_BLANKS = "[\u00a0\u2007\u2009\u202f]"
_APOSTROPHES = "[\u2018\u2019]"
_DASHES = "[\u2212\u2013\u2014]"
_BRACKETS = rf"^({_CURRENCY})? *\( *([^()+-]+?) *\) *({_CURRENCY})?$"

_ZERO = rf"^(?:({_CURRENCY}) *-{{1,2}}|-{{1,2}} *({_CURRENCY}))$"
"""How a spreadsheet program shows 0 in the format of accounts: a currency and a dash."""

_THOUSANDS = mark(
    "amounts in {column} were read with three decimals, as the locale writes them, such as "
    "{detail}. If these are thousands, give the column the other style"
)
CENTS = mark(
    "the numbers in {column} are counted as whole sums, and its heading says cents: if these are "
    "cents, write in its settings: {line}"
)
THOUSANDS = mark(
    "the numbers in {column} are counted as whole sums, and its heading says thousands: if these "
    "are thousands, write in its settings: {line}"
)
_UNITS = {"cents": (1.0, 100.0), "thousands": (1000.0, 1.0)}
"""What they are multiplied and divided by, by the style of a column of numbers."""
_NAMED = {
    "cents": r"(?i)(?<!per)(?<!per )(?<![a-z])(?:cents?|centen|centimes)(?![a-z])|minor.?units?|"
    r"_money\.amount$",
    "thousands": r"(?i)\bx\s?1[., ]?000\b|[*\u00d7]\s?1[., ]?000\b|\bin (?:duizend(?:en)?|"
    r"thousands|tausend|milliers)\b|\b[kt](?:eur|\u20ac)|\u20ac\s?k\b|\bk\u20ac",
}
_SIDE = re.compile(r"(?i)[^a-z]*[0-9][ ]?(?:cr|dr|c|d)\.?|(?:cr|dr|c|d)\.?[ ]?[0-9][^a-z]*")
"""An amount with a letter for its side, behind or in front."""
_POINTS = "1,234.56"
_STYLES = {"1.234,56": (",", "."), _POINTS: (".", ",")}
_MARKED = r"^-?[0-9]+(?:[.,][0-9]{3})*(?:[.,][0-9]+)?$"
"""Of such numbers those that `_plain_pattern` knows are the only ones that a style has."""


def _pattern(decimal: str, group: str) -> str:
    groups = "|".join(f"(?:[{separator}][0-9]{{3}})+" for separator in (group, " ", "'"))
    whole = f"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{groups}))"
    number = f"{whole}(?:[{decimal}](?:[0-9]+|-{{1,2}}))?|[{decimal}][0-9]+"
    if decimal == ".":
        indian = r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"
        number += rf"|[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+|{indian}"
    sign, currency = "([+-])? *", f"({_CURRENCY})? *"
    return f"^{sign}{currency}{sign}({number}) *{sign}{currency}{sign}$"


def _plain_pattern(decimal: str, group: str) -> str:
    groups = f"|[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})+" if group else ""
    fraction = f"(?:[{decimal}][0-9]+)?" if decimal else ""
    return f"^-?(?:[0-9]+{groups}){fraction}$"


def read_numbers(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of numbers, read in the one style in which all of it can be read.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Floats, null where the column is empty, and what is to be noted.

    Raises:
        ArgumentError: the heading's style is not a style of numbers.
        DataError: a value is not a number, the column can be read in two ways, or it holds two
            currencies.
    """
    unstyled = column
    if column.heading.style in _UNITS:
        unstyled = evolve(column, heading=evolve(column.heading, style=None))
    by_value = repeats(column)
    numbers, notes = (
        parse_distinct(_read_plain, unstyled, locale) if by_value else _read_plain(unstyled, locale)
    )
    whole, remarks = in_whole_money(column, numbers)
    return whole, (*notes, *remarks)


def unit_of_heading(heading: str) -> str | None:
    """Return the style that a heading of money names, where it is not in whole money.

    Args:
        heading: the heading.

    >>> unit_of_heading("total_cents"), unit_of_heading("Omzet (x 1.000)")
    ('cents', 'thousands')
    >>> unit_of_heading("Percent") is None
    True
    """
    return next((style for style, named in _NAMED.items() if re.search(named, heading)), None)


def in_whole_money(column: WrittenColumn, numbers: polars.Series) -> Converted:
    """Return numbers of cents or thousands as sums, with a note where only the heading says so.

    Args:
        column: the column as it is written.
        numbers: its numbers.
    """
    style, name = column.heading.style, column.heading.name
    if style in _UNITS:
        times, over = _UNITS[style]
        return numbers * times / over, ()
    named = unit_of_heading(name) if column.column.content is Content.MONEY else None
    if named is None:
        return numbers, ()
    line = f"{column.field} = {in_toml(Heading(name, named))}"
    message = CENTS if named == "cents" else THOUSANDS
    return numbers, (evolve(column.note(message), line=line),)


def have_points(head: WrittenColumn, locale: Locale | None = None) -> bool:
    """Return whether a column of digits with points can only be numbers with decimal points.

    Args:
        head: the first values of the column.
        locale: decides where the column leaves a choice.

    Returns:
        Whether `read_numbers` makes of the column, without a note, what any program makes of it.
    """
    if style := head.heading.style:
        return style == _POINTS
    # What the locale alone decides may get a note.
    fits = locale is None or locale.numbers == _POINTS
    return fits and _styles_of(head.values) == [_POINTS]


def read_each_number(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return numbers as `read_numbers` does, value by value; the text has to be stripped."""
    import polars

    column = evolve(column, values=without_nothing(column.values))
    plain = _with_plain_marks(column.values)
    parts = {style: _parts(plain, style) for style in _STYLES}
    style, notes = _decided(
        column,
        {style: found["number"] for style, found in parts.items()},
        locale,
    )
    currency = parts[style]["currency"]
    currencies = currency.drop_nulls().unique(maintain_order=True)
    if len(currencies) > 1:
        first, second = ((currency == each).arg_true()[0] for each in currencies[:2])
        raise column.error(
            told(
                "is in another currency than row {first} ({currencies}, "
                "{own}); convert the column to one currency",
                first=first + 1,
                currencies=currencies[1],
                own=currencies[0],
            ),
            second,
        )
    numbers = {each: found["number"].cast(polars.Float64) for each, found in parts.items()}
    (other,) = numbers.keys() - {style}
    if column.heading.style is None and column.column.content is Content.MONEY:
        notes += _like_thousands(column, numbers[style], numbers[other])
    return numbers[style], notes


def _like_thousands(
    column: WrittenColumn, read: polars.Series, other: polars.Series
) -> tuple[DataNote, ...]:
    """Note amounts that all have three decimals where they have any, as thousands would."""
    differ = (read != other).fill_null(value=False)
    thousands = (other == read * 1000).fill_null(value=False)
    if other.null_count() > read.null_count() or not differ.any() or (differ & ~thousands).any():
        return ()
    at = differ.arg_max() or 0
    detail = f"{np.format_float_positional(read[at], trim='-')} ({column.values[at]})"
    return (column.note(_THOUSANDS, column.count(differ), detail),)


def _decided(
    column: WrittenColumn, readings: Mapping[str, polars.Series], locale: Locale | None
) -> tuple[str, tuple[DataNote, ...]]:
    """Choose the style, and where there is none, say what else the values may be."""
    try:
        return decide(
            column,
            readings,
            what=told("a number"),
            home=locale.numbers if locale else None,
            show=partial(np.format_float_positional, trim="-"),
        )
    except DataError as error:
        value = error.value
        if isinstance(value, str) and _SIDE.fullmatch(value):
            own = column.source.all_headings or (column.heading,)
            credit = "C*" if value[0].isalpha() else "*C"
            letters = FieldSource(headings=own[:1], sign=(column.heading.name, (credit,)))
            so = told(
                "Where letters say whether it is debit or credit, say which are negative: {line}",
                line=f"{column.field} = {in_settings(letters)}",
            )
            raise with_shape(error.advised(so, command=so), column.shape) from None
        raise


def number_styles(column: WrittenColumn) -> list[str]:
    """Return the styles of numbers in which every value of a column can be read."""
    if not column.is_text:
        return [_POINTS] if column.was_text else []
    texts = evolve(column, values=without_nothing(as_text(column.values.unique())))
    plain = _with_plain_marks(texts.values)
    return styles_of(texts, {style: _parts(plain, style)["number"] for style in _STYLES})


def _read_plain(column: WrittenColumn, locale: Locale | None) -> Converted:
    """Read the numbers that are but digits, marks and a minus by polars' own cast.

    A style in which one of the first values cannot be read is not that of the column, and no other
    value need be tried in it. Where this leaves two, whole numbers read alike in both. So what is
    decided on the first values, and those that are not plain, is decided on all of them; and where
    all are plain and no locale or style says otherwise, nothing is left to decide, or to note.
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
    wanted = column.heading.style or (locale.numbers if locale else None)
    if wanted in (None, *styles) and is_plain.sum() == text.count():
        return numbers, ()
    return parse_remaining(read_each_number, column, locale, numbers, is_plain=is_plain)


def _styles_of(values: polars.Series) -> list[str]:
    """Return the styles in which all of some values can be read."""
    import polars

    plain = {style: _plain_pattern(*marks) for style, marks in _STYLES.items()}
    # All in one question: these are few values, of which each call costs more than the answer.
    texts = polars.col(values.name).str
    asked = {"marked": _MARKED, **plain}.items()
    fit = values.to_frame().select(texts.contains(each).all().alias(name) for name, each in asked)
    if fit["marked"].item():
        return [style for style in plain if fit[style].item()]
    text = _with_plain_marks(without_nothing(as_text(values)))
    return [style for style, marks in _STYLES.items() if text.str.contains(_pattern(*marks)).all()]


def _with_plain_marks(values: polars.Series) -> polars.Series:
    return (
        values.str.replace_all(_BLANKS, " ")
        .str.replace_all(_APOSTROPHES, "'")
        .str.replace_all(_DASHES, "-")
        .str.replace(_BRACKETS, "-$1$2$3")
        .str.replace(_ZERO, "$1 0 $2")
        .str.strip_chars()
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
        .str.replace(r"[,.]--?$", "")
        .str.replace_all(f"[ '{group}]", "")
        .str.replace(decimal, ".", literal=True)
        .cast(Float64, strict=False)
    )
    return groups.select(
        number=when(once & size.is_finite()).then(when(signs == "-").then(-size).otherwise(size)),
        currency=coalesce("2", "6").str.to_uppercase().replace(_CURRENCY_SIGNS),
    )
