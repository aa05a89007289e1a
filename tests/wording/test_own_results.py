"""Results and pictures of one's own: what is read as a property is refused as a method."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pytest
from attrs import define, frozen

from klantkompas.drawing import Display, Figure
from klantkompas.errors import PluginError
from klantkompas.results import CustomerResult, Result
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

SAID = (sentence("Ordered twice."),)


@pytest.mark.parametrize("base", [Text, Result, CustomerResult])
def test_parts_as_a_method_are_refused_where_the_class_is_written(base: type) -> None:
    with pytest.raises(PluginError) as caught:

        @frozen(eq=False, repr=False, kw_only=True)
        class Ours(base):  # type: ignore[misc, valid-type]
            def parts(self) -> tuple[Sentence, ...]:
                return SAID

    assert str(caught.value).endswith(
        "Ours.parts is a method, and is read as a property. Write @property above it"
    )


def test_parts_may_be_a_property_or_a_field() -> None:
    class Ours(Text):
        @property
        def parts(self) -> tuple[Sentence, ...]:
            return SAID

    @frozen(repr=False)
    class Cached(Text):
        @cached_property
        def parts(self) -> tuple[Sentence, ...]:
            return SAID

    @frozen(repr=False)
    class Held(Text):
        parts: tuple[Sentence, ...]

    assert {str(Ours()), str(Cached()), str(Held(SAID))} == {"Ordered twice."}


def test_a_figure_as_a_method_is_refused() -> None:
    with pytest.raises(PluginError, match=r"Ours\.figure is a method.*Write @property above it"):

        @define(eq=False, kw_only=True)
        class Ours(Display):
            def figure(self) -> Figure:  # type: ignore[override]
                raise NotImplementedError


def test_a_picture_of_counts_has_a_title_of_its_own() -> None:
    from klantkompas.drawing import CountsDisplay

    given: Any = {"names": ["yes", "no"], "counts": [3, 1]}
    usual = CountsDisplay(**given).svg()
    ours = CountsDisplay(
        **given, title=sentence("Signed for"), counted=sentence("deliveries")
    ).svg()
    assert "How many customers there are of each sort" in usual
    assert "How many customers" not in ours
    assert "Signed for" in ours
    assert "deliveries" in ours
