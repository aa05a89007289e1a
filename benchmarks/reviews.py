"""How long it takes to explain one customer out of a million, and to compare two readings of them.

    python benchmarks/reviews.py [customers]

The measures are random; between the two readings every customer's share of clear orders moves.
Before any time is told, whys are checked against the measures alone, and the table of the review
against one counted by hand.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

import numpy as np
from attrs import evolve

from klantkompas import Compass, Measures, Order, Portfolio, Reading, compare_reviews
from klantkompas._arrays import as_objects, freeze
from klantkompas._ids import id_order
from klantkompas.testing.explanations import contradictions

RANGES = {
    "revenue": (1, 1000),
    "order_days": (1, 6),
    "clear_share": (0.7, 1),
    "complaint_rate": (0, 0.1),
    "on_time_share": (0.8, 1),
    "settled_at_once_share": (0.6, 1),
    "margin_share": (0.1, 0.5),
    "credited_share": (0, 0.1),
    "recency_days": (1, 100),
    "days_since_first_order": (1, 1000),
}


def timed(job: Callable[[], Any]) -> tuple[Any, float]:
    begin = perf_counter()
    return job(), perf_counter() - begin


def big_measures(customers: int, as_of: date, moved: bool) -> Measures:
    """Return the measures of many customers, made at random."""
    one = Compass(installed=False).measure(
        Portfolio.from_records([Order(customer="1", on=as_of, amount=1.0)]), as_of
    )
    random = np.random.default_rng(1)
    values = {
        name: np.rint(random.uniform(*of, customers) * 100) / 100 for name, of in RANGES.items()
    }
    if moved:
        values["clear_share"] = np.clip(
            values["clear_share"] + random.normal(0, 0.02, customers), 0, 1
        )
    everyone = one.take(np.zeros(customers, dtype=np.intp)).with_values(
        {name: freeze(each) for name, each in values.items()}
    )
    tens = freeze(np.full(customers, 10.0))
    return evolve(
        everyone,
        ids=as_objects(id_order(map(str, range(customers)))),
        columns={
            name: column if column.basis is None else evolve(column, basis=tens)
            for name, column in everyone.columns.items()
        },
    )


def counted_by_hand(before: Reading, now: Reading) -> Counter[tuple[str, str]]:
    return Counter(zip(before.classes.labels, now.classes.labels, strict=True))


def main(customers: int) -> None:
    compass = Compass(installed=False)
    before, now = (
        compass.read(big_measures(customers, day, moved))
        for day, moved in ((date(2025, 12, 31), False), (date(2026, 6, 30), True))
    )
    asked = [now.measures.ids[at] for at in np.linspace(0, customers - 1, 50).astype(int)]
    explained = [timed(lambda each=each: now.classes.why(each)) for each in asked]
    for why, _ in explained[:3]:
        assert contradictions(why, now.measures, now.classes.rules) == ()
    lifted = [timed(lambda each=each: now.classes.what_if(each))[1] for each in asked]
    review, seconds = timed(lambda: compare_reviews(before, now))
    by_hand = counted_by_hand(before, now)
    for row, old in enumerate(review.current.order):
        for column, new in enumerate(review.current.order):
            assert review.transitions[row, column] == by_hand[old, new]
    print(f"{customers:,} customers, {len(review.changes):,} changes of class")
    print(f"why: median {1000 * np.median([s for _, s in explained]):.2f} ms, ", end="")
    print(f"most {1000 * max(s for _, s in explained):.2f} ms")
    print(f"what if: median {1000 * np.median(lifted):.2f} ms, most {1000 * max(lifted):.2f} ms")
    print(f"review: {seconds:.2f} s")


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000)
