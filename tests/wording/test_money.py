"""Sums of money bear the sign of their currency as the language writes it."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.numbers import format_currency, list_currencies

from klantkompas.wording.writer import Writer


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("value", [0.0, 12.5, -3.005, 999.994, 1000.0, -12345.6])
def test_the_sign_is_that_of_babel_for_each_currency(language: str, value: float) -> None:
    pattern = Locale.parse(language).currency_formats["standard"].pattern
    if abs(value) >= 1000:
        pattern = pattern.replace("#,##0.00", "#,##0")
    for currency in list_currencies():
        written = Writer(language, currency=currency).money(value)
        assert written == format_currency(
            value, currency, pattern, locale=language, currency_digits=False
        )
