"""What is handed to a function of the face and is something else, is refused in words there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import (
    Compass,
    Customer,
    Order,
    Portfolio,
    Reading,
    capital_sentences,
    classify,
    colours,
    compare_reviews,
    count_success_factors,
    plan_letting_go,
    reason_gap,
    write_report,
)
from klantkompas.errors import KlantkompasError

DAY = date(2026, 1, 7)
ORDERS = [
    Order(customer=f"00{customer}", on=date(2026, 1, day), amount=10.0 * customer)
    for customer in range(1, 7)
    for day in (5, 6, 7)
]
COMPASS = Compass(installed=False)
READING = COMPASS.read(Portfolio.from_records(ORDERS, [Customer(id="003", opted_out=True)]))
SCORECARD = "scorecard is a Scorecard, such as reading.scorecard, not "
MEASURES = "measures is Measures, such as compass.measure(...), not "
REVIEW = "a review is of a Reading, such as compass.read(...), not "
LIST_OF_FACTORS = "factors is a list of SuccessFactor(...)"
LIST_OF_RULES = "rules is a list of ClassificationRule(...)"
LIST_OF_OVERRIDES = "overrides is a list of Override(...)"
ARGUMENTS: dict[str, tuple[Callable[[Any], object], Any, str]] = {
    "a number as a text": (capital_sentences, 3, "text is a string, not int"),
    "bytes as a text": (capital_sentences, b"", "text is a string, not bytes"),
    "nothing as a text": (capital_sentences, None, "text is a string, not NoneType"),
    "nothing to review": (lambda x: compare_reviews(x, READING), None, f"{REVIEW}NoneType"),
    "a number to review": (lambda x: compare_reviews(READING, x), 3, f"{REVIEW}int"),
    "nobody to let go": (plan_letting_go, None, f"{REVIEW}NoneType"),
    "a file to let go": (plan_letting_go, "a.history", f"{REVIEW}str"),
    "no score card": (classify, None, f"{SCORECARD}NoneType"),
    "measures as a score card": (classify, 3, f"{SCORECARD}int"),
    "no score card, and a list": (lambda x: classify(x, shortlist=["001"]), 3, f"{SCORECARD}int"),
    "no rules": (lambda x: classify(READING.scorecard, x), None, f"{LIST_OF_RULES}, not NoneType"),
    "rules as a text": (lambda x: classify(READING.scorecard, x), "A", f"{LIST_OF_RULES}, not str"),
    "a number as a rule": (lambda x: classify(READING.scorecard, x), [1], f"{LIST_OF_RULES}; it"),
    "an override as a text": (
        lambda x: classify(READING.scorecard, overrides=x),
        ["A"],
        f"{LIST_OF_OVERRIDES}; it holds 'A'",
    ),
    "no measures": (count_success_factors, None, f"{MEASURES}NoneType"),
    "a reading as measures": (count_success_factors, 3, f"{MEASURES}int"),
    "no factors": (
        lambda x: count_success_factors(READING.measures, x),
        None,
        f"{LIST_OF_FACTORS}, not NoneType",
    ),
    "a factor by its name": (
        lambda x: count_success_factors(READING.measures, x),
        ["pays_on_time"],
        f"{LIST_OF_FACTORS}; it holds 'pays_on_time'",
    ),
    "factors by their names": (
        lambda x: count_success_factors(READING.measures, x),
        {"pays_on_time": 1},
        f"{LIST_OF_FACTORS}, not dict",
    ),
    "a shortlist as a text": (
        lambda x: count_success_factors(READING.measures, shortlist=x),
        "001",
        "shortlist is a list of ids, not a string",
    ),
    "no reasons": (lambda x: reason_gap(x, x), None, "believed is a list of reasons, not NoneType"),
    "one reason": (
        lambda x: reason_gap(["price"], x),
        "price",
        "stated is a list of reasons, not str",
    ),
    "a number as a reason": (
        lambda x: reason_gap(x, x),
        [3],
        "column 'believed', row 1: a int is not the text of a reason",
    ),
    "axes of text": (lambda x: colours(x, [1]), ["a"], "extraversion is an array of <U1 with 1"),
    "axes of tables": (lambda x: colours([1], x), [[1]], "rationality is an array of int64 with 2"),
    "axes without an end": (lambda x: colours([1], x), [float("inf")], "rationality has 1 of 1"),
    "axes that differ in length": (
        lambda x: colours(x, [1]),
        [1, 2],
        "2 values of extraversion and 1 of rationality were given. Give one of each",
    ),
    "no reading to write": (
        lambda x: write_report(x, Path("never-written.html")),
        None,
        "reading is a Reading, such as compass.read(...), not NoneType",
    ),
    "a library that there is not": (
        READING.to_frame,
        "pandsa",
        "backend='pandsa' cannot make a data frame. Install it, or use another: pandas, polars",
    ),
    "a number as a library": (READING.to_frame, 3, "backend=3 cannot make a data frame. Install"),
    "a lens that there is not": (lambda x: READING[x], "nsp", "no lens is called 'nsp'"),
    "a lens by its number": (lambda x: READING[x], 3, "no lens is called 3"),
    "a customer that there is not": (READING.profile, "0071", "no customer has the id '0071'"),
    "a customer by a list": (READING.classes.why, ["001"], "no customer has the id \"['001']\""),
    "a customer by bytes": (READING.classes.what_if, b"001", "no customer has the id \"b'001'\""),
    "nobody": (READING.classes.range, None, "no customer has the id 'None'"),
}


@pytest.mark.parametrize(("use", "given", "told"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_what_is_something_else(use: Callable[[Any], object], given: Any, told: str) -> None:
    with pytest.raises(KlantkompasError) as caught:
        use(given)
    assert str(caught.value).startswith(told)
    assert len(str(caught.value)) < 500


def surrogates() -> Reading:
    order = Order(customer="a\ud800", on=DAY, amount=1.0)
    return COMPASS.read(
        Portfolio.from_records([order], [Customer(id="a\ud800", name="b\udfff", group="c\udcff")])
    )


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_half_a_character_is_written_out_in_data_frames(backend: str) -> None:
    frame = surrogates().to_frame(backend)
    found = [next(iter(frame[name])) for name in ("id", "name", "group")]
    assert list(map(str, found)) == [r"a\ud800", r"b\udfff", r"c\udcff"]


def test_who_objects_to_profiling_gets_the_reason_and_no_way_to_a_place() -> None:
    assert str(READING.classes.what_if("003")) == "003 has no class: they object to profiling"
    assert str(READING.classes.why("003")) == "003 has no class: they object to profiling"
