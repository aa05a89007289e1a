from __future__ import annotations

import pytest

from klantkompas.errors import ArgumentError
from klantkompas.io.parsing.locales import LOCALES, find_locale


@pytest.mark.parametrize("name", sorted(LOCALES))
def test_a_locale_is_found_however_its_name_is_typed(name: str) -> None:
    for typed in (name, name.upper(), name.lower(), name.replace("-", "_")):
        assert find_locale(typed) == LOCALES[name]


@pytest.mark.parametrize("name", ["en", "dutch", "", "de-CH"])
def test_an_unknown_locale_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(ArgumentError, match=r"There are: de, .*en-GB, en-US, .*nl-BE"):
        find_locale(name)
