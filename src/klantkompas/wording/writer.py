"""The one place where sentences, numbers and dates are written for people.

>>> writer = Writer("nl")
>>> writer.share(0.7312), writer.money(12345.6), writer.points(-3.81)
('73%', '12.346', '-3,8')
>>> writer.number(float("nan"))
'onbekend'
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from numbers import Real

from attrs import field, frozen

from klantkompas.errors import PluginError
from klantkompas.wording.catalogue import Catalogues, Translator, mark, translator
from klantkompas.wording.sentence import (
    CustomerName,
    Days,
    Grid,
    Listing,
    Month,
    Quantity,
    Sentence,
    Value,
)
from klantkompas.wording.units import PATTERNED, named

__all__ = ["UNKNOWN", "Language", "Writer", "is_currency_code", "writer_of"]

UNKNOWN = mark("unknown")
AND_EARLIER = mark("{days}, and earlier")
SMALL = 0.01
"""Numbers nearer to zero than this are written in two significant digits (decided)."""
SMALL_SHARE = 0.001
"""A share nearer to zero than this is written in one significant digit (decided)."""
REMEMBERED = 4096
"""How many numbers of each pattern are written once: tables repeat them (decided)."""
LARGE = 1000
"""Money from here on is written without cents (decided)."""
MOST_DECIMALS = 15


def is_currency_code(value: object) -> bool:
    """Return whether a value is written as the code of a currency: three capitals.

    Args:
        value: anything.
    """
    return isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None


@cache
def _apply(language: str, pattern: str) -> Callable[[float], str]:
    """Return what writes a number by a pattern of CLDR; parsing one takes longer than using it."""
    from babel import Locale
    from babel.numbers import parse_pattern

    locale, parsed = Locale.parse(language), parse_pattern(pattern)
    return lru_cache(REMEMBERED)(lambda value: str(parsed.apply(value, locale)))


@cache
def _with_sign(language: str, pattern: str, currency: str) -> str:
    """Return a pattern of numbers with the sign of a currency where the language has it.

    The sign stands in the pattern: Babel, given a currency, finds its name for every number too.
    """
    from babel import Locale
    from babel.numbers import get_currency_symbol

    whole = Locale.parse(language).currency_formats["standard"].pattern
    sign = get_currency_symbol(currency, language).replace("'", "''")
    return str(whole.replace("#,##0.00", pattern).replace("¤", f"'{sign}'"))


@frozen
class _Places(Mapping[str, str]):
    """The values of a sentence, each written when its place is reached."""

    writer: Writer
    given: Mapping[str, Value]

    def __getitem__(self, name: str) -> str:
        return self.writer.plain(self.given[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


@frozen
class Writer:
    r"""Writes sentences and values in one language.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: translations of plugins' texts, by language.
        currency: the code of the currency that money is in, such as ``"EUR"``; None where that is
            not known, and sums have no sign.

    Raises:
        ArgumentError: there is no such language, or a catalogue is something else.

    >>> Writer("nl", currency="EUR").money(12.5), Writer("en", currency="EUR").money(1250)
    ('€\xa012,50', '€1,250')
    """

    language: str = "en"
    catalogues: Catalogues | None = field(default=None, repr=False, eq=False)
    currency: str | None = None
    text: Translator = field(init=False, repr=False, eq=False)

    @text.default
    def _translator(self) -> Translator:
        return translator(self.language, self.catalogues)

    def say(self, sentence: Sentence) -> str:
        """Return a sentence as a string, with its placeholders filled in.

        Args:
            sentence: the sentence.

        Raises:
            PluginError: a placeholder has no value, or is more than a name.
        """
        if not sentence.message:
            return ""
        try:
            return self.text(sentence.message).format_map(_Places(self, sentence.values))
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as cause:
            raise PluginError(
                f"a sentence cannot be filled in ({type(cause).__name__}: {cause}): each place is "
                "a name in braces and nothing else, such as {orders}, with a value of that name; "
                "what has a unit is a Quantity(12, 'days'), a customer a CustomerName(id)"
            ) from cause

    def plain(self, value: object) -> str:
        """Return a value as a string: text, sentence, customer, number, list, grid, day, month.

        None is written as unknown.

        Raises:
            PluginError: it is none of these.
        """
        match value:
            case Sentence():
                return self.say(value)
            case CustomerName():
                return self.customer(value)
            case str():
                return self.string(value)
            case Quantity():
                return self.quantity(
                    value.value, value.unit, signed=value.signed, apart_from=value.apart_from
                )
            case Listing() | Grid() | Days():
                return self.several(value)
            case date() | Month():
                return self._when(value)
            case None:
                return self.text(UNKNOWN)
            case bool():
                pass
            case Real():
                return self.number(float(value))
        raise PluginError(
            f"{type(value).__name__} cannot be written: give a text, a Sentence, a CustomerName, a "
            "number, a Quantity, a day, or None for unknown"
        )

    def customer(self, customer: CustomerName) -> str:
        """Return a customer as a string: their id, unless this writer knows names or pseudonyms."""
        return customer.id

    def string(self, text: str) -> str:
        """Return a text from the data, unchanged; writers for other formats escape it."""
        return text

    def listed(self, items: Iterable[str], separator: str | None = None) -> str:
        """Return texts on one line, with a separator; None: commas and "and" in the language."""
        if separator is not None:
            return separator.join(items)
        from babel.lists import format_list

        return format_list(list(items), locale=self.language)

    def several(self, values: Listing | Grid | Days) -> str:
        """Return several values as a string: on one line, as a grid, or as days."""
        if isinstance(values, Days):
            return self.days(values)
        if isinstance(values, Grid):
            return self.grid(values)
        return self.listed(map(self.plain, values.items), values.separator)

    def grid(self, grid: Grid) -> str:
        """Return values in columns, a line for each row: numbers at the right, texts at the left.

        >>> print(Writer("nl").grid(Grid([("a", 1200), ("bcd", 5)])))
        a    1.200
        bcd      5
        """
        rows = [[self.plain(value) for value in row] for row in grid.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        numbers = [
            any(isinstance(value, Real | Quantity) for value in column)
            for column in zip(*grid.rows, strict=True)
        ]
        sides = [str.rjust if right else str.ljust for right in numbers]
        return "\n".join(
            "  ".join(
                side(cell, width) for side, cell, width in zip(sides, row, widths, strict=True)
            ).rstrip()
            for row in rows
        )

    def _written(self, value: float, pattern: str) -> str:
        if not math.isfinite(value):
            return self.text(UNKNOWN)
        # Of two zeros the positive one.
        return _apply(self.language, pattern)(value + 0.0)

    def number(self, value: float, *, signed: bool = False) -> str:
        """Return a number with at most two decimals; near zero with two significant digits."""
        pattern = "@@" if 0 < abs(value) < SMALL else "#,##0.##"
        return self._written(value, f"+{pattern};-{pattern}" if signed and value else pattern)

    def money(self, value: float) -> str:
        """Return a sum of money with two decimals; from a thousand in whole units.

        Before it stands the sign of the currency, where that is known.
        """
        pattern = "#,##0" if abs(value) >= LARGE else "#,##0.00"
        if self.currency is not None:
            pattern = _with_sign(self.language, pattern, self.currency)
        return self._written(value, pattern)

    def share(self, value: float, decimals: int = 0) -> str:
        """Return a share (0.5) as a percentage (50%); one that is not 0 is not written as 0.

        >>> Writer("en").share(0.003), Writer("en").share(0.0)
        ('0.3%', '0%')
        """
        if 0 < abs(value) <= 0.5 * 10.0 ** -(decimals + 2):
            return self._written(value, "@%")
        return self._written(value, f"#,##0.{'0' * decimals}%" if decimals else "#,##0%")

    def points(self, value: float) -> str:
        """Return a Net Promoter Score, -100 to 100, with its sign and one decimal."""
        rounded = round(value, 1) if math.isfinite(value) else value
        return self._written(rounded, "+0.0;-0.0" if rounded else "0.0")

    def day(self, value: date) -> str:
        """Return a date with the name of its month."""
        from babel.dates import format_date

        return format_date(value, "d MMMM y", locale=self.language)

    def month(self, value: Month) -> str:
        """Return a month by the short form of its name, and its year."""
        from babel.dates import format_date

        return format_date(date.fromisoformat(f"{value.month}-01"), "MMM y", locale=self.language)

    def _when(self, value: date | Month) -> str:
        return self.month(value) if isinstance(value, Month) else self.day(value)

    def days(self, given: Days) -> str:
        """Return several days written together, each month and year once.

        >>> from klantkompas.wording.sentence import Days
        >>> days = [date(2025, 12, 31), date(2026, 6, 3), date(2026, 6, 9)]
        >>> Writer("en").days(Days(days)), Writer("nl").days(Days(days[1:], more=True))
        ('31 December 2025 and 3 and 9 June 2026', '3 en 9 juni 2026, en eerder')
        """
        from babel.dates import format_date

        months = [[*each] for _, each in groupby(given.days, lambda day: (day.year, day.month))]
        written = []
        for at, days in enumerate(months):
            is_last = at + 1 == len(months) or months[at + 1][0].year != days[0].year
            month = format_date(days[0], "MMMM y" if is_last else "MMMM", locale=self.language)
            written.append(f"{self.listed(str(day.day) for day in days)} {month}")
        if not written:
            return self.text(UNKNOWN)
        on = self.listed(written)
        return self.say(Sentence(AND_EARLIER, {"days": on})) if given.more else on

    def quantity(
        self, value: float, unit: str, *, signed: bool = False, apart_from: float | None = None
    ) -> str:
        """Return a number with its unit, such as "1 order" or "2 orders".

        Args:
            value: the number; NaN for unknown.
            unit: its unit, as `Quantity` takes it.
            signed: whether a positive number has its sign too.
            apart_from: a number that it is not: so many decimals are written that the two differ.

        >>> Writer("nl").quantity(0.0503, "share"), Writer("nl").quantity(
        ...     0.0503, "share", apart_from=0.05
        ... )
        ('5%', '5,03%')
        """
        written = self._in_unit(value, unit, signed=signed)
        if apart_from is not None and written == self._in_unit(apart_from, unit, signed=signed):
            written = self._apart(value, apart_from, unit, written)
        if unit in PATTERNED or not unit or not math.isfinite(value):
            return written
        return f"{written} {self.text(named(value, unit))}"

    def _apart(self, value: float, other: float, unit: str, written: str) -> str:
        """Return a number with the fewest decimals by which it is not another, if it is not."""
        if not math.isfinite(other) or math.isclose(value, other):
            return written
        percent = "%" if unit in ("share", "percent") else ""
        patterns = [f"#,##0.{'0' * decimals}{percent}" for decimals in range(2, MOST_DECIMALS)]
        texts = ((self._written(value, each), self._written(other, each)) for each in patterns)
        return next((text for text, another in texts if text != another), written)

    def _in_unit(self, value: float, unit: str, *, signed: bool) -> str:
        match unit:
            case "share":
                return self._written(value, "@%" if 0 < abs(value) < SMALL_SHARE else "#,##0.#%")
            case "percent":
                return self.share(value)
            case "money":
                return self.money(value)
            case "score":
                return self.points(value)
            case "p":
                return self._written(value, "@@")
        return self.number(value, signed=signed)


Language = str | Writer
"""A language, or a writer that knows more: the texts of plugins, say."""


@cache
def _writer(language: str) -> Writer:
    return Writer(language)


def writer_of(language: Language) -> Writer:
    """Return the writer for a language; one that is given is returned as it is.

    Args:
        language: ``"en"``, ``"nl"``, or a writer.

    Raises:
        ArgumentError: there is no such language.
    """
    return language if isinstance(language, Writer) else _writer(language)
