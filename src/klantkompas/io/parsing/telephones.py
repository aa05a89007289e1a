"""Telephone numbers, in one form however people write them (decided, issue 14).

``06-12345678`` is the number that is called ``+31 6 12345678`` from abroad: what is written without
the code of a country is of one country, which has to be said.

>>> import polars
>>> texts = ["06-12345678", "+31 (0)6 1234 5678", "0031612345678", "31612345678", "anna@x.nl"]
>>> as_telephones(polars.Series(texts), "+31").unique(maintain_order=True).to_list()
['+31612345678', 'anna@x.nl']
>>> written_otherwise(["06-12345678", "+31 6 12345678", "0032470123456", "17"])
('+31', [('+31 6 12345678', '06-12345678')])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

__all__ = ["as_telephones", "code_of", "written_otherwise"]

_TELEPHONE = r"^(?:\+|00?)?[1-9(][0-9 ()./\x{a0}\x{2011}\x{2013}-]{6,24}$"
_LIKELY = re.compile(r"^(?:\+|00?)[1-9(][0-9 ()./\u00a0\u2011\u2013-]{8,24}$", re.MULTILINE)
_LEAST_OF_A_COUNTRY = 8
"""A number has so many digits or more behind the code of its country."""
_ONE_DIGIT, _TWO_DIGITS = (
    re.compile("[17]"),
    re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"),
)
"""The codes of countries (ITU-T E.164): the others are of three digits."""
_AT_HOME = "+31"
_AS_TELEPHONE = re.compile(r"telephone (\+[1-9][0-9]{0,2})")


def code_of(said: str) -> str | None:
    """Return the code of the country of numbers without one, of what settings say of a column.

    >>> code_of("telephone +32"), code_of("e-mail")
    ('+32', None)
    """
    found = _AS_TELEPHONE.fullmatch(said)
    return None if found is None else found[1]


def as_telephones(values: polars.Series, code: str) -> polars.Series:
    """Return telephone numbers as ``+`` and digits; what is none stays as it is.

    Args:
        values: the numbers as they are written.
        code: the code of the country of those that are written without one, such as ``"+31"``.
    """
    import polars

    text = polars.col("text")
    digits = (
        text.str.replace_all("(0)", "", literal=True)
        .str.replace_all("[^0-9+]", "")
        .str.replace("^00", "+")
    )
    own = code.removeprefix("+")
    has_code = digits.str.starts_with(own) & (
        digits.str.len_bytes() >= len(own) + _LEAST_OF_A_COUNTRY
    )
    whole = (
        polars.when(digits.str.starts_with("+"))
        .then(digits)
        .when(digits.str.starts_with("0"))
        .then(digits.str.replace("^0", code))
        .when(has_code)
        .then("+" + digits)
        .otherwise(code + digits)
    )
    texts = values.cast(polars.String).str.strip_chars().rename("text").to_frame()
    is_number = text.str.contains(_TELEPHONE) & (digits.str.len_bytes() > _LEAST_OF_A_COUNTRY - 2)
    return texts.select(polars.when(is_number).then(whole).otherwise(text)).to_series()


def written_otherwise(ids: Sequence[str]) -> tuple[str, list[tuple[str, ...]]]:
    """Return the code of a country, and groups of ids that are one telephone number with it.

    Args:
        ids: ids, each once.

    Returns:
        The code that most numbers have that are written with one; and the groups, sorted. None are
        found without polars, which reads numbers in one form.
    """
    if _LIKELY.search("\n".join(ids)) is None:
        return _AT_HOME, []
    try:
        import polars
    except ImportError:
        return _AT_HOME, []
    likely = [each for each in ids if _LIKELY.fullmatch(each)]
    codes = [code for each in likely if (code := _code(each))]
    code = max(sorted(set(codes)), key=codes.count, default=_AT_HOME)
    groups: dict[str, list[str]] = {}
    for number, text in zip(as_telephones(polars.Series(likely), code), likely, strict=True):
        groups.setdefault(number, []).append(text)
    several = [tuple(sorted(group)) for group in groups.values() if len(group) > 1]
    return code, sorted(several)


def _code(text: str) -> str | None:
    """Return the code of a country that a number is written with; None without one."""
    digits = re.sub("^00", "+", re.sub("[^0-9+]", "", text))
    if not digits.startswith("+"):
        return None
    own = digits[1:]
    found = _ONE_DIGIT.match(own) or _TWO_DIGITS.match(own)
    return f"+{own[:3] if found is None else found[0]}"
