"""From files, frames with text ids and records to a reading, beside polars where it can follow."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from klantkompas import Measures, Order, Portfolio
from klantkompas.compass.measuring import measure_portfolio
from portfolio_job.generate import AS_OF, START, generate
from portfolio_job.klantkompas_job import COMPASS
from portfolio_job.polars_job import frames, share
from portfolio_job.timing import in_turns

NAMES = ("order_count", "revenue", "margin", "margin_share", "clear_share", "recency_days")
MEASURES = tuple(each for each in COMPASS.declarations.measures if each.name in NAMES)


def measured(orders: Any) -> Measures:
    """Measure what is in a file of orders."""
    return measure_portfolio(Portfolio.from_files(orders=orders), MEASURES, AS_OF)


def by_polars(orders: pl.DataFrame) -> pl.DataFrame:
    """Find the same by polars."""
    col = pl.col
    is_order, known = col("amount") > 0, col("margin").is_not_null()
    recent = orders.lazy().filter((col("on") > START) & (col("on") <= AS_OF))
    ordered = recent.group_by("customer").agg(
        order_count=is_order.sum(),
        revenue=col("amount").sum(),
        margin=col("margin").sum(),
        basis=col("amount").filter(known).sum(),
        clear=(is_order & col("clear")).sum(),
    )
    ever = orders.lazy().filter(is_order).group_by("customer").agg(last=col("on").max())
    everyone = orders.lazy().select("customer").unique()
    return (
        everyone.join(ever, on="customer", how="left")
        .join(ordered, on="customer", how="left")
        .with_columns(
            margin_share=share(col("margin"), col("basis")),
            clear_share=share(col("clear"), col("order_count")),
            recency_days=(pl.lit(AS_OF) - col("last")).dt.total_days(),
        )
        .sort("customer")
        .collect()
    )


def ways_in(count: int, rounds: int, patience: float) -> None:
    """Time the ways in; the files hold `count` orders, and are written first.

    Args:
        count: how many orders there are.
        rounds: how often each way is taken.
        patience: how many seconds each waits for quiet.
    """
    orders = frames(generate(2 * count))["orders"]
    text = frames(generate(2 * count, "text"))["orders"]
    made: list[object] = [
        Order(customer=str(customer), on=on, amount=amount, margin=margin, quantity=pieces, clear=c)
        for customer, on, amount, margin, pieces, c in orders.select(
            "customer", "on", "amount", "margin", "quantity", "clear"
        ).iter_rows()
    ]
    with tempfile.TemporaryDirectory() as folder:
        csv, parquet = Path(folder, "orders.csv"), Path(folder, "orders.parquet")
        orders.write_csv(csv)
        orders.write_parquet(parquet)
        same(measured(csv), by_polars(pl.read_csv(csv, try_parse_dates=True)))
        works: dict[str, Callable[[], Any]] = {
            "csv, klantkompas": lambda: measured(csv),
            "csv, polars": lambda: by_polars(pl.read_csv(csv, try_parse_dates=True)),
            "parquet, klantkompas": lambda: measured(parquet),
            "parquet, polars": lambda: by_polars(pl.read_parquet(parquet)),
            "text ids, klantkompas": lambda: measure_portfolio(
                Portfolio.from_tables(orders=text), MEASURES, AS_OF
            ),
            "text ids, polars": lambda: by_polars(text),
            "attrs records to a portfolio": lambda: Portfolio.from_records(made),
        }
        for name, each in in_turns(works, rounds, patience).items():
            print(f"{count} orders, {name:30s} {each.median * 1e3:9.1f} ms")


def same(ours: Measures, theirs: pl.DataFrame) -> None:
    """Refuse to time what differs."""
    place = pl.DataFrame({"customer": ours.ids.astype(int), "place": range(len(ours))})
    table = theirs.join(place, on="customer").sort("place")
    for name in ("revenue", "clear_share", "recency_days"):
        given = pl.Series(ours[name]).fill_nan(None)
        found = table[name].cast(pl.Float64)
        if name == "revenue":
            found = found.fill_null(0)
        gap = (given - found).abs().max()
        if (given.is_null() != found.is_null()).any() or not float(gap or 0) < 1e-6:
            raise SystemExit(f"{name} differs between klantkompas and polars")
