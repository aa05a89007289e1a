"""A catalogue is checked when it is made, and goes with a compass to other processes."""

from __future__ import annotations

import pickle
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from klantkompas import Compass
from klantkompas.errors import PluginError
from klantkompas.hooks import Catalogue


def compiled(**texts: str) -> GNUTranslations:
    """Return what gettext reads of a compiled catalogue, plural forms and all."""
    made, file = Catalog(locale="nl"), BytesIO()
    for english, dutch in texts.items():
        made.add(english, dutch)
    write_mo(file, made)
    file.seek(0)
    return GNUTranslations(file)


@pytest.mark.parametrize(
    ("language", "translations", "told"),
    [
        ("nl", {"Orders": "Bestellingen"}, "translations are what gettext returns.*not dict"),
        ("NL", NullTranslations(), "language is one of en, nl, not 'NL'"),
    ],
)
def test_what_is_no_catalogue_is_refused(language: str, translations: Any, told: str) -> None:
    with pytest.raises(PluginError, match=told):
        Catalogue(name="ours", language=language, translations=translations)


def test_a_catalogue_can_be_sent_to_another_process() -> None:
    given = compiled(Customer="Gast")
    given.add_fallback(compiled(Order="Bestelling"))
    catalogue = Catalogue(name="ours", language="nl", translations=given)
    compass = pickle.loads(pickle.dumps(Compass([catalogue], installed=False)))
    (sent,) = compass.declarations.catalogues
    assert sent.translations.gettext("Customer") == "Gast"
    assert sent.translations.gettext("Order") == "Bestelling"
    assert sent.translations.ngettext("one", "many", 2) == "many"
