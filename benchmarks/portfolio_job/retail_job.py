"""Orders alone: every measure and lens of ours beside three segmentations of openretailscience.

Both get the same orders and look at all of them. What they say alike is compared: how much each
customer bought, how often, and how many days ago. The rest is what each is for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from klantkompas import Compass, Portfolio
from portfolio_job.answer import Answer
from portfolio_job.generate import AS_OF, EPOCH, SPAN, Table

__all__ = ["RetailReading", "RetailSegments"]

COMPASS = Compass(installed=False, months=36)
MIDDLE = EPOCH - SPAN // 2
"""Where the first period ends, whose customers are compared with those of the second."""


def _orders(tables: dict[str, Table]) -> pl.DataFrame:
    """Return the orders, each with its number; none is a return, as those count differently."""
    table = tables["orders"]
    return pl.DataFrame(
        {
            "customer": tables["customers"]["id"][table["customer"]],
            "on": table["on"],
            "amount": np.abs(table["amount"]),
            "reference": np.arange(len(table["on"])),
        }
    )


class RetailReading:
    """A whole reading of ours."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make a frame; not timed."""
        return _orders(tables).drop("reference")

    def run(self, data: Any) -> Any:
        """Read through every lens."""
        return COMPASS.read(Portfolio.from_tables(orders=data), AS_OF)

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        names = ("revenue", "order_count", "recency_days")
        values = {name: result.measures[name] for name in names}
        ids = np.array(list(map(int, result.measures.ids)))
        return [Answer(values={"id": ids, **values}, counted={"customers": len(ids)})]


@frozen
class RetailSegments:
    """Recency, frequency and money; heavy, medium and light; new, lapsed and repeating.

    Args:
        arrow: whether they get an Arrow table, rather than pandas' frame that their pages show.
    """

    arrow: bool = False

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Make a frame; not timed."""
        orders = _orders(tables).select(
            customer_id="customer",
            transaction_id="reference",
            transaction_date="on",
            unit_spend="amount",
            period=pl.when(pl.col("on") < MIDDLE).then(pl.lit("before")).otherwise(pl.lit("after")),
        )
        if not self.arrow:
            return orders.to_pandas()
        import ibis

        return ibis.memtable(orders.to_arrow())

    def run(self, data: Any) -> Any:
        """Find the three segmentations."""
        from openretailscience.segmentation.hml import HMLSegmentation
        from openretailscience.segmentation.nlr import NLRSegmentation
        from openretailscience.segmentation.rfm import RFMSegmentation

        return (
            RFMSegmentation(data, current_date=AS_OF).df,
            HMLSegmentation(data).df,
            NLRSegmentation(data, period_col="period", p1_value="before", p2_value="after").df,
        )

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        found = result[0].sort_index()
        values = {
            "id": found.index.to_numpy(),
            "revenue": found["monetary"].to_numpy(),
            "order_count": found["frequency"].to_numpy(),
            "recency_days": found["recency_days"].to_numpy(),
        }
        assert all(len(each) == len(found) for each in result), "one of them misses customers"
        return [Answer(values=values, counted={"customers": len(found)})]
