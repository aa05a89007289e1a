"""The job by polars: lazy queries, collected together by the in-memory or streaming engine.

The period's rows are cut out first; only the last order and the last departure look at all rows.
What happened within a day is ordered by packing day, kind and value into one whole number, so that
the last and the peak are maxima. Money is rounded to 1/10,000 before it decides anything, as other
orders of adding give other last digits.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from attrs import frozen

from portfolio_job.answer import Answer
from portfolio_job.generate import GROUPS, PURPOSES, Table, start_of

NEAR = 1e-9
LEAST = 3


def frames(tables: dict[str, Table]) -> dict[str, pl.DataFrame]:
    """Put the tables into frames, with a type for each column that suits it best."""
    own = pl.Series(tables["customers"]["id"])
    found = {}
    for name, table in tables.items():
        columns = {field: pl.Series(values, nan_to_null=True) for field, values in table.items()}
        if "customer" in columns:
            columns["customer"] = own.gather(columns["customer"])
        if "group" in columns:
            words = pl.Series(GROUPS).gather(columns["group"])
            columns["group"] = words.cast(pl.Enum(GROUPS))
        if "purpose" in columns:
            words = pl.Series(PURPOSES).gather(columns["purpose"].cast(pl.UInt32))
            columns["purpose"] = words.cast(pl.Enum(PURPOSES))
        if "score" in columns:
            columns["score"] = columns["score"].cast(pl.Int8)
        found[name] = pl.DataFrame(columns).rechunk()
    return found


@frozen
class PolarsJob:
    """The job by polars, once for each date."""

    dates: tuple[date, ...]
    engine: Any = "in-memory"

    def prepare(self, tables: dict[str, Table]) -> dict[str, pl.DataFrame]:
        """Bring the tables into its own form; not timed."""
        return frames(tables)

    def run(self, data: dict[str, pl.DataFrame]) -> Any:
        """Do the job."""
        return [
            finish(*pl.collect_all(queries(data, as_of), engine=self.engine))
            for as_of in self.dates
        ]

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        sorted_by_id = [(table.sort("id"), counted) for table, counted in result]
        return [
            Answer(values={name: table[name].to_numpy() for name in table.columns}, counted=counted)
            for table, counted in sorted_by_id
        ]


def day(column: str = "on") -> pl.Expr:
    """Return a day as a whole number."""
    return pl.col(column).to_physical().cast(pl.Int64)


def share(hits: pl.Expr, of: pl.Expr) -> pl.Expr:
    """Divide, where there is something to divide by."""
    return pl.when(of > 0).then(hits / of)


def queries(data: dict[str, pl.DataFrame], as_of: date) -> list[pl.LazyFrame]:
    """Write the job as two queries: what is known of each customer, and the answers by group."""
    col, start = pl.col, start_of(as_of)

    def of_period(column: str) -> pl.Expr:
        return (col(column) > start) & (col(column) <= as_of)

    lazy = {name: frame.lazy() for name, frame in data.items()}
    is_order = col("amount") > 0
    ever = (
        lazy["orders"]
        .filter(is_order & (col("on") <= as_of))
        .group_by("customer")
        .agg(last_order=col("on").max())
    )
    orders = lazy["orders"].filter(of_period("on"))
    known = col("margin").is_not_null()
    ordered = orders.group_by("customer").agg(
        order_count=is_order.sum(),
        revenue=col("amount").sum().round(4),
        quantity=col("quantity").sum(),
        margin=col("margin").sum(),
        lines=pl.len(),
        margins=known.sum(),
        margin_basis=col("amount").filter(known).sum().round(4),
        clear=(is_order & col("clear")).sum(),
    )
    invoiced = (
        lazy["invoices"]
        .filter(of_period("due") & (col("amount") > 0))
        .filter((col("paid") <= as_of) | (col("due") < as_of))
        .group_by("customer")
        .agg(invoices=pl.len(), in_time=(col("paid") <= col("due")).sum())
    )
    complained = lazy["complaints"].filter(of_period("on")).group_by("customer")
    contacts = lazy["contacts"].filter(of_period("on"))
    asked = contacts.filter(col("by_customer"))
    attention = asked.group_by("customer").agg(attention_minutes=col("minutes").sum())
    days = orders.filter(is_order).select("customer", "on", order_day="on")
    service = asked.filter(col("purpose") == "service").select("customer", "on")
    followed = (
        service.sort("on")
        .join_asof(days.sort("on"), on="on", by="customer", check_sortedness=False)
        .filter(col("order_day").is_not_null())
        .group_by("customer")
        .agg(followed=col("order_day").n_unique())
    )
    responses = lazy["responses"].filter(of_period("on"))
    score = col("score").cast(pl.Int64)
    latest = (
        responses.group_by("customer")
        .agg(key=(day() * 16 + 10 - score).max())
        .select("customer", last_score=10 - (col("key") & 15))
    )
    rating = col("rating").cast(pl.Int64)
    rated = pl.concat(
        [
            contacts.filter(col("rating").is_not_null()).select("customer", rating, on=day() * 2),
            responses.select("customer", rating=score, on=day() * 2 + 1),
        ]
    ).with_columns(end=col("on") * 16 + 10 - col("rating"))
    memory = (
        rated.with_columns(peak=(2 * col("rating") - 11).abs() * 2**40 + col("end"))
        .group_by("customer")
        .agg(col("end").max(), col("peak").max())
        .with_columns(peak=10.0 - (col("peak") & 15), end=10.0 - (col("end") & 15))
    )
    departed = (
        lazy["departures"].filter(col("on") <= as_of).group_by("customer").agg(left=col("on").max())
    )
    complaints = complained.agg(complaints=pl.len())
    table = lazy["customers"]
    for part in (
        *(ever, ordered, invoiced, complaints, attention),
        *(followed, latest, memory, departed),
    ):
        table = table.join(part, left_on="id", right_on="customer", how="left")
    nothing = ("order_count", "revenue", "quantity", "clear", "invoices", "in_time", "complaints")
    nothing += ("attention_minutes", "followed", "lines", "margins")
    table = table.with_columns(col(*nothing).fill_null(0)).with_columns(
        margin=pl.when((col("margins") > 0) | (col("lines") == 0)).then(col("margin").fill_null(0)),
        margin_share=share(col("margin"), col("margin_basis")),
        complaint_rate=share(col("complaints"), col("order_count")),
        clear_share=share(col("clear"), col("order_count")),
        on_time_share=share(col("in_time"), col("invoices")),
        settled_at_once_share=1 - share(col("followed"), col("order_count")),
        recency_days=(pl.lit(as_of) - col("last_order")).dt.total_days(),
        active=(col("order_count") > 0)
        & (col("left").is_null() | (col("left") < col("last_order"))),
        remembered=(col("peak") + col("end")) / 2,
    )
    by_group = (
        responses.join(lazy["customers"], left_on="customer", right_on="id")
        .group_by("group")
        .agg(
            detractors=(col("score") <= 6).sum(),
            promoters=(col("score") >= 9).sum(),
            answers=pl.len(),
        )
        .sort("group")
    )
    return [table, by_group]


def finish(table: pl.DataFrame, by_group: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Judge the active customers by the six factors, class and rank them."""
    col = pl.col
    enough = col("order_count") >= LEAST
    active = table.filter("active")
    with_basis = active.filter(col("margin_share").is_not_null())
    overall = with_basis["margin"].sum() / with_basis["margin_basis"].sum()
    revenue = active["revenue"]
    wanted = -(-len(revenue) // 5)
    edge = revenue.top_k(wanted).min()
    crowded = (revenue >= edge).sum() > 2 * wanted
    large = col("revenue") > max(edge, 0) if crowded or edge <= 0 else col("revenue") >= edge
    factors = {
        "clear_orders": enough & (col("clear_share") >= 0.90 - NEAR),
        "good_margin": col("margin_share") >= overall * (1 - NEAR),
        "large_volume": large,
        "pays_on_time": (col("invoices") >= LEAST) & (col("on_time_share") >= 0.95 - NEAR),
        "quickly_satisfied": enough & (col("settled_at_once_share") >= 0.80 - NEAR),
        "rarely_complains": enough & (col("complaint_rate") <= 0.05 + NEAR),
    }
    active = (
        active.with_columns(**{name: met.fill_null(False) for name, met in factors.items()})
        .with_columns(met=pl.sum_horizontal(col(*factors).cast(pl.Int32)))
        .sort("met", "revenue", "id", descending=[True, True, False])
        .with_row_index("fit")
        .with_columns(
            label=pl.when((col("fit") < max(1, round(len(active) / 5))) & (col("met") >= 2))
            .then(0)
            .when(col("met") >= 2)
            .then(1)
            .when(col("met") == 1)
            .then(2)
            .otherwise(3)
        )
        .sort("revenue", "id", descending=[True, False])
        .with_columns(cumulative_share=col("revenue").cum_sum() / col("revenue").sum())
    )
    rank = pl.int_range(1, pl.len() + 1)
    count = len(active)
    counted = {
        "vital_few": int((active["cumulative_share"] < 0.80 - NEAR).sum()) + 1,
        "gini": active.select(
            ((count + 1 - 2 * rank) * col("revenue")).sum() / col("revenue").sum() / count
        ).item(),
        "latest": tuple(
            table.select(
                (col("last_score") <= 6).sum(),
                col("last_score").is_between(7, 8).sum().alias("passives"),
                (col("last_score") >= 9).sum().alias("promoters"),
            ).row(0)
        ),
        "by_group": {row[0]: row[1:] for row in by_group.iter_rows()},
    }
    columns = [*factors, "label", "cumulative_share"]
    table = table.join(active.select("id", *columns), on="id", how="left")
    return table, counted
