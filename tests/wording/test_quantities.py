"""Two numbers that differ are never written as one and the same beside each other."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from klantkompas.classification.change import Change
from klantkompas.domain.criteria import Cutoff
from klantkompas.wording.writer import Writer

numbers = st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False)
units = st.sampled_from(["share", "percent", "money", "score", "days", ""])


@pytest.mark.parametrize(
    ("value", "threshold", "unit", "expected"),
    [
        (0.0503, 0.05, "share", ("5.03%", "at most 5.00%")),
        (0.0523, 0.05, "share", ("5.2%", "at most 5%")),
        (1534.3, 1534.1, "money", ("1,534.30", "at most 1,534.10")),
        (1535.3, 1534.1, "money", ("1,535", "at most 1,534")),
        (2.001, 2, "days", ("2.001 days", "at most 2.000")),
        (0.05, 0.05, "share", ("5%", "at most 5%")),
        (0.05 + 1e-12, 0.05, "share", ("5%", "at most 5%")),
        (math.nan, 0.05, "share", ("unknown", "at most 5%")),
    ],
)
def test_a_value_and_a_threshold_that_it_misses(
    value: float, threshold: float, unit: str, expected: tuple[str, str]
) -> None:
    cutoff, writer = Cutoff(threshold, "at most"), Writer("en")
    found = writer.plain(cutoff.beside(value, unit))
    assert (found, writer.say(cutoff.of(unit, value))) == expected


@given(value=numbers, other=numbers, unit=units)
@example(value=0.9999999, other=1.0, unit="share")
def test_numbers_that_differ_are_written_apart(value: float, other: float, unit: str) -> None:
    assume(abs(value - other) > 1e-8 * max(abs(value), abs(other), 1e-4))
    writer = Writer("nl")
    texts = {
        writer.quantity(value, unit, apart_from=other),
        writer.quantity(other, unit, apart_from=value),
    }
    assert len(texts) == 2


@given(value=numbers, unit=units)
def test_nothing_to_be_apart_from_changes_nothing(value: float, unit: str) -> None:
    writer = Writer("nl")
    assert writer.quantity(value, unit, apart_from=value) == writer.quantity(value, unit)


def test_what_would_lift_a_customer_says_both() -> None:
    change = Change(
        factor="keeps_what_it_orders",
        title="gets little money back",
        sort="doing",
        value=0.0503,
        needed=Cutoff(0.05, "at most"),
        unit="share",
    )
    assert str(change) == "gets little money back: at most 5.00% (now 5.03%)"


@given(st.floats(-10, 10, allow_subnormal=False), st.integers(0, 2))
@example(0.005, 0)
@example(0.0005, 1)
def test_a_share_that_is_not_0_is_not_written_as_0(value: float, decimals: int) -> None:
    for writer in (Writer("en"), Writer("nl")):
        for text in (writer.share(value, decimals), writer.quantity(value, "share")):
            assert any(digit in text for digit in "123456789") is (value != 0)
