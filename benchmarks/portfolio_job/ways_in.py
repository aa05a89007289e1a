"""Files, frames with text ids and records to a few measures, beside polars where it can follow.

Files are written into the folder in which the process runs, which is the folder of the tables.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from portfolio_job.answer import Answer
from portfolio_job.generate import AS_OF, Table, start_of
from portfolio_job.polars_job import frames, share

NAMES = ("order_count", "revenue", "margin", "margin_share", "clear_share", "recency_days")


def orders_file(tables: dict[str, Table], ending: str) -> Path:
    """Write the orders to a file."""
    path = Path(tempfile.mkdtemp(dir=Path.cwd()), f"orders.{ending}")
    getattr(frames(tables)["orders"], f"write_{ending}")(path)
    return path


def orders_frame(tables: dict[str, Table]) -> pl.DataFrame:
    """Return the orders in a frame, with ids that are text."""
    return frames(tables)["orders"].with_columns(pl.col("customer").cast(pl.String))


def by_polars(orders: pl.DataFrame) -> pl.DataFrame:
    """Measure by polars."""
    col = pl.col
    is_order, known = col("amount") > 0, col("margin").is_not_null()
    ever = orders.lazy().filter(col("on") <= AS_OF)
    ordered = (
        ever.filter(col("on") > start_of(AS_OF))
        .group_by("customer")
        .agg(
            order_count=is_order.sum(),
            revenue=col("amount").sum(),
            margin=col("margin").sum(),
            basis=col("amount").filter(known).sum(),
            lines=pl.len(),
            margins=known.sum(),
            clear=(is_order & col("clear")).sum(),
        )
    )
    last = ever.filter(is_order).group_by("customer").agg(last=col("on").max())
    return (
        orders.lazy()
        .select("customer")
        .unique()
        .join(last, on="customer", how="left")
        .join(ordered, on="customer", how="left")
        .with_columns(col("order_count", "revenue", "lines").fill_null(0))
        .with_columns(
            margin=pl.when((col("margins") > 0) | (col("lines") == 0)).then(
                col("margin").fill_null(0)
            ),
            margin_share=share(col("margin"), col("basis")),
            clear_share=share(col("clear"), col("order_count")),
            recency_days=(pl.lit(AS_OF) - col("last")).dt.total_days(),
        )
        .sort("customer")
        .collect()
    )


class Polars:
    """What polars' contenders share."""

    def answers(self, result: pl.DataFrame) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        frame = result.with_columns(id=pl.col("customer").cast(pl.String))
        frame = frame.sort(pl.col("id").str.len_chars(), "id")
        values = {name: frame[name].to_numpy() for name in ("id", *NAMES)}
        return [Answer(values=values, counted={})]


@frozen
class PolarsFile(Polars):
    """A file, by polars."""

    ending: str

    def prepare(self, tables: dict[str, Table]) -> Path:
        """Write the file; not timed."""
        return orders_file(tables, self.ending)

    def run(self, data: Path) -> pl.DataFrame:
        """Read and measure it."""
        csv = self.ending == "csv"
        return by_polars(pl.read_csv(data, try_parse_dates=True) if csv else pl.read_parquet(data))


class PolarsFrame(Polars):
    """A frame, by polars."""

    def prepare(self, tables: dict[str, Table]) -> pl.DataFrame:
        """Make the frame; not timed."""
        return orders_frame(tables)

    def run(self, data: pl.DataFrame) -> pl.DataFrame:
        """Measure it."""
        return by_polars(data)


class Ours:
    """What our contenders share."""

    def measured(self, **given: Any) -> Any:
        """Make a portfolio of files or tables, and measure it."""
        from portfolio_job.klantkompas_job import COMPASS, Portfolio, measure_portfolio

        chosen = [each for each in COMPASS.declarations.measures if each.name in NAMES]
        make = Portfolio.from_files if isinstance(given["orders"], Path) else Portfolio.from_tables
        return measure_portfolio(make(**given), chosen, AS_OF)

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        values = {name: result[name] for name in NAMES}
        return [Answer(values=values | {"id": np.asarray(result.ids)}, counted={})]


@frozen
class OurFile(Ours):
    """A file, by klantkompas."""

    ending: str

    def prepare(self, tables: dict[str, Table]) -> Path:
        """Write the file; not timed."""
        return orders_file(tables, self.ending)

    def run(self, data: Path) -> Any:
        """Read and measure it."""
        return self.measured(orders=data)


class OurFrame(Ours):
    """A frame, by klantkompas."""

    def prepare(self, tables: dict[str, Table]) -> pl.DataFrame:
        """Make the frame; not timed."""
        return orders_frame(tables)

    def run(self, data: pl.DataFrame) -> Any:
        """Measure it."""
        return self.measured(orders=data)


class OurRecords:
    """attrs records to a portfolio, by klantkompas."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make the records; not timed."""
        from klantkompas import Order

        fields = ("customer", "on", "amount", "margin", "quantity", "clear")
        rows = orders_frame(tables).select(fields).iter_rows()
        return [Order(**dict(zip(fields, row, strict=True))) for row in rows]

    def run(self, data: Any) -> Any:
        """Make a portfolio of them."""
        from klantkompas import Portfolio

        return Portfolio.from_records(data)

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        return [Answer(values={"id": np.asarray(result.ids)}, counted={})]
