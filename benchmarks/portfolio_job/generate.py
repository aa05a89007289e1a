"""One deterministic portfolio: skewed activity, three years of all six kinds of interaction."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import numpy as np

Table = dict[str, Any]

AS_OF = date(2026, 1, 1)
MONTH_ENDS = tuple(date(2025, month, monthrange(2025, month)[1]) for month in range(1, 13))
EPOCH = np.datetime64(AS_OF, "D")
SPAN = 3 * 365
GROUPS = tuple(f"region {number}" for number in range(8))
PURPOSES = ("sales", "service", "courtesy")
SHARES = {
    "orders": 0.50,
    "invoices": 0.22,
    "contacts": 0.15,
    "responses": 0.10,
    "complaints": 0.028,
    "departures": 0.002,
}


def start_of(as_of: date) -> date:
    """Return the day before the first of the six months that end on a date."""
    year, month = divmod(as_of.year * 12 + as_of.month - 7, 12)
    return date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))


def ids_of(count: int, kind: str, random: np.random.Generator) -> np.ndarray[Any, Any]:
    """Make ids: whole numbers close together or far apart, or text."""
    numbers = random.choice(count * 8, count, replace=False).astype(np.int64) + 1_000_000
    if kind == "sparse":
        return numbers * np.int64(0x1E3779B97F4A7C1) & np.int64(0x7FFFFFFFFFFFFFFF)
    if kind == "text":
        digits = np.char.zfill(numbers.astype("U11"), 11)
        return np.char.add("K", digits)
    return numbers


def generate(count: int, ids: str = "whole", seed: int = 20260101) -> dict[str, Table]:
    """Make the tables of a business with `count` interactions of a twentieth as many customers.

    Args:
        count: how many interactions there are.
        ids: ``"whole"`` (close together), ``"sparse"`` (any 63 bits) or ``"text"``.
        seed: another one makes another business.

    Returns:
        Columns by table. Ids are positions in the customers' own ids; choices are positions in
        `PURPOSES`; days are ``datetime64[D]``; unknown is NaN, NaT or -1.
    """
    random = np.random.default_rng(seed)
    customers = max(count // 20, 10)
    busy = random.permutation(customers).astype(np.int32)
    level = np.exp(random.normal(0, 0.8, customers))
    quality = random.beta(5, 2, customers)
    tables: dict[str, Table] = {
        "customers": {
            "id": ids_of(customers, ids, random),
            "group": random.integers(0, len(GROUPS), customers),
        }
    }
    for kind, share in SHARES.items():
        rows = max(int(count * share), 1)
        whose = busy[(random.random(rows) ** 3 * customers).astype(np.int32)]
        day = EPOCH - random.integers(0, SPAN, rows)
        table: Table = {"customer": whose, "due" if kind == "invoices" else "on": day}
        table |= _columns(kind, rows, day, level[whose], quality[whose], random)
        tables[kind] = table
    return tables


def _columns(
    kind: str,
    rows: int,
    day: np.ndarray[Any, Any],
    level: np.ndarray[Any, Any],
    quality: np.ndarray[Any, Any],
    random: np.random.Generator,
) -> Table:
    def gaps(values: np.ndarray[Any, Any], share: float, nothing: object) -> np.ndarray[Any, Any]:
        values[random.random(rows) < share] = nothing
        return values

    if kind == "orders":
        cents = np.rint(random.gamma(2.0, 2500.0, rows) * level) + 100
        cents[random.random(rows) < 0.03] *= -1
        margin = np.rint(cents * (0.05 + 0.4 * random.random(rows) * quality))
        return {
            "amount": cents / 100,
            "margin": gaps(margin / 100, 0.05, np.nan),
            "quantity": random.integers(1, 20, rows).astype(np.float64),
            "clear": random.random(rows) < quality + 0.15,
        }
    if kind == "invoices":
        late = random.random(rows) > quality + 0.25
        after = np.where(late, random.integers(1, 60, rows), -random.integers(0, 20, rows))
        paid = gaps(day + after, 0.04, np.datetime64("NaT", "D"))
        paid[paid > EPOCH] = np.datetime64("NaT", "D")
        return {"paid": paid, "amount": np.rint(random.gamma(2.0, 5000.0, rows)) / 100 + 1}
    if kind == "contacts":
        rating = np.clip(np.rint(10.5 * quality + random.normal(0, 2, rows)), 0, 10)
        return {
            "minutes": np.rint(random.gamma(2.0, 8.0, rows)),
            "by_customer": random.random(rows) < 0.6,
            "purpose": random.choice(3, rows, p=[0.5, 0.4, 0.1]).astype(np.int8),
            "rating": gaps(rating, 0.5, np.nan),
        }
    if kind == "responses":
        score = np.clip(np.rint(10.5 * quality + random.normal(0, 2, rows)), 0, 10)
        return {"score": score}
    return {}
