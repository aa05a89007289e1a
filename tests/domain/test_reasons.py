"""Which reason a text names, what a mapping may say, and who stands out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.domain.criteria import standing_out
from klantkompas.domain.reasons import (
    HARD,
    SOFT,
    Reason,
    as_category,
    checked_mapping,
    plain_text,
    reason_of,
)
from klantkompas.errors import ArgumentError


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("price", Reason.PRICE),
        ("PRIJS", Reason.PRICE),
        (" Product\n", Reason.PRODUCT),
        ("delivery  terms", Reason.DELIVERY_TERMS),
        ("delivery-terms", Reason.DELIVERY_TERMS),
        ("Leveringsvoorwaarden", Reason.DELIVERY_TERMS),
        ("service", Reason.SERVICE),
        ("aandacht", Reason.ATTENTION),
        ("houding", Reason.ATTITUDE),
        ("mentaliteit", Reason.MENTALITY),
        ("other", Reason.OTHER),
        ("the price", Reason.OTHER),
        ("", Reason.OTHER),
    ],
)
def test_words(text: str, reason: Reason) -> None:
    assert reason_of(text) is reason


def test_hard_and_soft_are_apart() -> None:
    assert not HARD & SOFT
    assert HARD | SOFT | {Reason.OTHER} == {*Reason}


@given(st.text(max_size=100))
def test_a_category_is_short_and_stays_itself(text: str) -> None:
    name = as_category(text)
    assert len(name) <= 80
    assert as_category(name) == name
    assert plain_text(plain_text(text)) == plain_text(text)


def test_the_longest_category() -> None:
    assert as_category("x" * 80) == "x" * 80
    assert as_category("x" * 81) == "..."


def test_accents_written_in_two_ways_are_one() -> None:
    assert plain_text("Cafe\u0301") == plain_text("CAF\u00c9")


@pytest.mark.parametrize("wrong", [{"x": "costly"}, {"x": 5}, {"x": None}, {5: "price"}])
def test_mappings_that_mean_nothing(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="mapping"):
        checked_mapping(wrong)


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ([1.0, 2.0], [False, False]),
        ([1.0, 1.0, 2.0], [False, False, True]),
        ([1.0, 1.0, 1.9999], [False, False, False]),
        ([np.nan, 1.0, 1.0, 2.0], [False, False, False, True]),
        ([5.0], [False]),
        ([0.0, 0.0, 0.0], [False, False, False]),
        ([], []),
        ([np.nan], [False]),
    ],
)
def test_standing_out(values: list[float], met: list[bool]) -> None:
    array = np.array(values)
    assert standing_out(array).met(array).tolist() == met


def test_how_much_it_takes_is_a_choice() -> None:
    array = np.array([1.0, 1.0, 2.0, 3.0])
    assert standing_out(array, share=0.5).met(array).tolist() == [False, False, False, True]
    assert standing_out(array, share=0.5, times_median=1).met(array).sum() == 2
