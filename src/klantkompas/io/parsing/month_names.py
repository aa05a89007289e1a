"""Dates with the name of the month or of the day of the week, as dates with numbers.

The names may be Dutch, English, German or French; that of the day is left out.

The number of a month keeps a mark, since a name says which of the parts the month is:

>>> import polars
>>> texts = ["3 februari 2025", "Mon, Mar 31, 2025 10:15 AM", "31-DEC-2024", "Thu 02/13/2025"]
>>> for text in with_months_as_numbers(polars.Series(texts)):
...     print(text)
3-m02-2025
m03-31-2025 10:15 AM
31-m12-2024
02/13/2025
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

__all__ = ["with_months_as_numbers"]

_MONTHS = (
    "januari january januar janvier jänner janv jan",
    "februari february februar février fevrier févr fevr febr feb fév",
    "maart march märz maerz mars mrt mär mar",
    "april avril apr avr",
    "mei may mai",
    "juni june juin jun",
    "juli july juillet juil jul",
    "augustus august août aout aug",
    "september septembre sept sep",
    "oktober october octobre okt oct",
    "november novembre nov",
    "december dezember décembre decembre dez déc dec",
)
_NUMBERS = {
    name: f"{number:02}" for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
_NAMES = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WEEKDAYS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo mi fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim"
)
_WEEKDAY = re.compile(
    rf"^(?:{'|'.join(sorted(_WEEKDAYS.split(), key=len, reverse=True))})\.?,?\s+(?=\S)",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"(?<![^\W\d_])({_NAMES})(?![^\W\d_])\.?", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"^(\d{1,2})(?:e|st|nd|rd|th|er|ste|de|\.)?[\s./-]*(m\d\d)[\s.,/-]*(\d{2,4})"
)
_MONTH_FIRST = re.compile(r"^(m\d\d)[\s./-]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s./-]+)(\d{2,4})")
_YEAR_FIRST = re.compile(r"^(\d{4})[\s./-]*(m\d\d)[\s./-]*(\d{1,2})(?!\d)")


def with_months_as_numbers(values: polars.Series) -> polars.Series:
    """Return dates in which the name of the month is replaced by its number, marked by an m.

    Args:
        values: stripped text; only values with three letters in a row, or two in front, are looked
            at.

    Returns:
        The text; what is no such date stays as it is.
    """
    import polars

    named = values.str.contains(r"^\p{L}{2}|\p{L}{3}").fill_null(value=False)
    if not named.any():
        return values
    rows = named.arg_true()
    texts = values.gather(rows).to_list()
    read = {text: _numbered(text) for text in dict.fromkeys(texts)}
    return values.clone().scatter(rows, polars.Series([read[text] for text in texts]))


def _numbered(text: str) -> str:
    found = _WEEKDAY.sub("", text)
    if _MONTH.search(found) is None:
        return found
    found = _MONTH.sub(lambda match: f"m{_NUMBERS[match[1].lower()]}", found, count=1)
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.match(found):
            return f"{match[1]}-{match[2]}-{match[3]}{found[match.end() :]}"
    return found
