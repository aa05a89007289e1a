"""How numbers and dates are written where the data come from.

A locale decides only where a column leaves a choice; a column that shows how it is written needs
none (issue 2, item 4).

>>> find_locale("nl_BE").numbers
'1.234,56'
>>> find_locale("en-US").dates
'm-d-y'
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.errors import ArgumentError

__all__ = ["LOCALES", "Locale", "find_locale"]


@frozen
class Locale:
    """How numbers and dates are written in a country.

    Args:
        numbers: ``"1.234,56"`` or ``"1,234.56"``.
        dates: ``"d-m-y"`` or ``"m-d-y"``.

    >>> Locale("1.234,56", "d-m-y").dates
    'd-m-y'
    """

    numbers: str
    dates: str


_CONTINENTAL = Locale("1.234,56", "d-m-y")

LOCALES: Mapping[str, Locale] = {
    "nl": _CONTINENTAL,
    "nl-NL": _CONTINENTAL,
    "nl-BE": _CONTINENTAL,
    "de": _CONTINENTAL,
    "de-DE": _CONTINENTAL,
    "fr": _CONTINENTAL,
    "fr-FR": _CONTINENTAL,
    "en-GB": Locale("1,234.56", "d-m-y"),
    "en-US": Locale("1,234.56", "m-d-y"),
}
"""The locales that can be named. English alone is none of them: its dates go both ways."""


def find_locale(name: object) -> Locale:
    """Return the locale of a name.

    Args:
        name: such as ``"nl"`` or ``"en-US"``, in upper or lower case, with a hyphen or underscore.

    Returns:
        How it writes numbers and dates.

    Raises:
        ArgumentError: the locale is not one of those known.

    >>> find_locale("EN_us") == LOCALES["en-US"]
    True
    """
    plain = str(name).replace("_", "-").lower()
    for known, locale in LOCALES.items():
        if known.lower() == plain:
            return locale
    raise ArgumentError(
        told("locale {name} is not known", name=shown(name)), remedy=nearest(name, LOCALES)
    )
