"""Texts that stay English in a plugin that is translated, and units without a singular."""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from klantkompas.hooks import (
    Catalogue,
    Item,
    Items,
    KeyFigure,
    KeyFigures,
    Measure,
    Paragraph,
    ReportSection,
    Table,
    Unit,
    sentence,
)
from klantkompas.testing import check_plugin


def dutch(*texts: str | tuple[str, str]) -> Catalogue:
    made, file = Catalog(locale="nl"), BytesIO()
    for text in texts:
        several = text if isinstance(text, tuple) else None
        made.add(several or text, ("levering", "leveringen") if several else "leveringen")
    write_mo(file, made)
    file.seek(0)
    return Catalogue(name="ours_nl", language="nl", translations=GNUTranslations(file))


def counting(unit: str) -> Measure:
    return Measure(
        name="ours",
        of=lambda period: np.full(period.customers, np.nan),
        unit=unit,
        describes="what we count",
    )


def section(*blocks: Any) -> ReportSection:
    return ReportSection(name="ours", title="Deliveries", show=lambda reading: blocks)


DELIVERIES = Unit("deliveries", one="delivery")
PLAIN = {
    "a paragraph": Paragraph("We deliver on Fridays."),
    "a heading in the catalogue": Table(["signed for"], []),
    "a cell in the catalogue": Table([sentence("signed for")], [["signed for"]]),
    "a list's title": Items(title="signed for"),
    "what a list says": Items(title=sentence("x"), items=[Item(about="1", says=["Call them!"])]),
    "a figure": KeyFigures([KeyFigure(title="signed for", value=1, detail=sentence("x"))]),
}
SAID = {
    "sentences": Paragraph(sentence("We deliver on Fridays.")),
    "a name": Table([sentence("signed for")], [["De Dwarse Theepot"]]),
    "a customer's own words": Table([sentence("signed for")], [["I will never order again."]]),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain_text_in_a_translated_plugin_is_found(
    case: str, shop: Any, complaint: Any, failed: Any
) -> None:
    shown = section(PLAIN[case])
    told = complaint(shown, dutch("Deliveries", "signed for"), max_examples=2)
    assert failed(told) == {"plain_text"}
    assert "is plain text" in told
    check_plugin(shop(shown), max_examples=2)  # nobody translates it


@pytest.mark.parametrize("case", SAID)
def test_what_is_a_sentence_or_data_passes(case: str, shop: Any) -> None:
    plugin = shop(section(SAID[case]), dutch("Deliveries", "signed for"))
    check_plugin(plugin, max_examples=2)


def test_a_unit_says_what_one_of_it_is_called(shop: Any, complaint: Any, failed: Any) -> None:
    told = complaint(counting("deliveries"), max_examples=2)
    assert failed(told) == {"units"}
    assert "unit is 'deliveries', and one of it would be said as '1 deliveries'" in told
    assert 'Unit("deliveries", one="delivery")' in told
    check_plugin(shop(counting(DELIVERIES)), max_examples=2)
    check_plugin(shop(counting("share")), max_examples=2)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("deliveries",), "'delivery' is not in the catalogue for 'nl'"),
        ((("deliveries", "deliveries"), "delivery"), "an entry of each, without msgid_plural"),
        ((("delivery", "deliveries"),), "'deliveries' is not in the catalogue for 'nl'"),
    ],
)
def test_both_names_of_a_unit_are_translated_apart(
    texts: Any, said: str, shop: Any, complaint: Any, failed: Any
) -> None:
    told = complaint(counting(DELIVERIES), dutch(*texts), max_examples=2)
    assert failed(told) == {"translation"}
    assert said in told
    check_plugin(shop(counting(DELIVERIES), dutch("deliveries", "delivery")), max_examples=2)
