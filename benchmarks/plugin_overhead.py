"""What 200 declared success factors cost beside their own arithmetic: at most a tenth more.

    python benchmarks/plugin_overhead.py [customers]

Their own arithmetic is what anyone would write without plugins: call each measure's function on the
period, ask the criterion for its cut-off among the active customers, apply that to what is known,
and keep the values and both answers. What the compass takes for the same factors is the difference
between a compass with and one without them: collecting, measuring and reading through every lens.
Before any time is told, both answers are compared, customer by customer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any

import numpy as np

from klantkompas import (
    AtLeast,
    Compass,
    Measure,
    Period,
    Portfolio,
    Reading,
    SuccessFactor,
    hookimpl,
)

CUSTOMERS, ORDERS_EACH, FACTORS, TIMES = 50_000, 20, 200, 9
AS_OF = date(2026, 6, 30)
LAST = np.datetime64(AS_OF)
LIMIT = 1.10


def made_portfolio(customers: int) -> Portfolio:
    """Make orders at random, of two years."""
    random = np.random.default_rng(20260630)
    count = customers * ORDERS_EACH
    days = LAST - random.integers(0, 730, count)
    return Portfolio.from_tables(
        orders={
            "customer": random.integers(0, customers, count).astype(str),
            "on": days,
            "amount": np.round(np.exp(random.normal(3, 1, count)), 2),
        }
    )


def orders_above(amount: float) -> Callable[[Period], Any]:
    """Make a function that counts the orders above an amount."""

    def count(period: Period) -> Any:
        orders = period.during("orders")
        return orders.where(orders["amount"] > amount).count()

    return count


FACTOR_LIST = [
    SuccessFactor(
        name=f"factor_{number}",
        measure=Measure(
            name=f"orders_above_{number}",
            of=orders_above(float(number)),
            unit="orders",
            describes=f"orders above {number}",
        ),
        criterion=AtLeast(2),
        title=f"orders above {number} twice",
    )
    for number in range(FACTORS)
]


class Ours:
    """Declares them all."""

    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        """Declare the factors."""
        return FACTOR_LIST


def by_hand(portfolio: Portfolio, active: Any) -> tuple[Any, Any]:
    """Do the factors' own arithmetic."""
    period = Period(portfolio.until(LAST), LAST, 6)
    kept, met, unknown = [], [], []
    for factor in FACTOR_LIST:
        assert isinstance(factor.measure, Measure)
        assert factor.measure.of is not None
        kept.append(np.asarray(factor.measure.of(period)))
        values = kept[-1][active]
        known = ~np.isnan(values)
        cutoff = factor.criterion.cutoff(values[known])
        met.append(known & cutoff.met(values))
        unknown.append(~known)
    return np.column_stack(met), np.column_stack(unknown)


def reading(portfolio: Portfolio, *plugins: Any) -> Reading:
    """Collect, measure and read, all anew."""
    return Compass(plugins, installed=False).read(portfolio, AS_OF)


def main(customers: int) -> int:
    """Compare the answers, then tell the times."""
    portfolio = made_portfolio(customers)
    card = reading(portfolio, Ours()).scorecard
    own = [card.factors.index(factor.name) for factor in FACTOR_LIST]
    met, unknown = by_hand(portfolio, card.places)
    assert np.array_equal(card.met[:, own], met)
    assert np.array_equal(card.unknown[:, own], unknown)
    print(f"{len(portfolio)} customers, {len(card)} active, {FACTORS} factors: the same answers")
    jobs: dict[str, Callable[[], Any]] = {
        "the factors' own arithmetic": lambda: by_hand(portfolio, card.places),
        "a compass without them": lambda: reading(portfolio),
        "a compass with them": lambda: reading(portfolio, Ours()),
    }
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(TIMES):
        for name, job in jobs.items():
            start = process_time()
            job()
            found[name].append(process_time() - start)
    for name, times in found.items():
        print(f"{name:28} {1000 * min(times):8.1f} ms")
    arithmetic, without, with_them = (min(times) for times in found.values())
    ratio = (with_them - without) / arithmetic
    print(f"the difference is {ratio:.2f} times their own arithmetic (at most {LIMIT:.2f})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CUSTOMERS))
