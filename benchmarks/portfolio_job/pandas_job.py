"""The job by pandas: group by, join, and whole columns; nothing row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from attrs import frozen

from portfolio_job.answer import Answer
from portfolio_job.generate import GROUPS, PURPOSES, Table, start_of

NEAR = 1e-9
LEAST = 3


@frozen
class PandasJob:
    """The job by pandas, once for each date."""

    dates: tuple[date, ...]

    def prepare(self, tables: dict[str, Table]) -> dict[str, pd.DataFrame]:
        """Bring the tables into its own form; not timed."""
        own = tables["customers"]["id"]
        own = own.astype(object) if own.dtype.kind == "U" else own
        found = {}
        for name, table in tables.items():
            columns = dict(table)
            if "customer" in columns:
                columns["customer"] = own[columns["customer"]]
            if "id" in columns:
                columns["id"] = own
            if "group" in columns:
                columns["group"] = pd.Categorical.from_codes(columns["group"], GROUPS)
            if "purpose" in columns:
                columns["purpose"] = pd.Categorical.from_codes(columns["purpose"], PURPOSES)
            for moment in ("on", "due", "paid"):
                if moment in columns:
                    columns[moment] = columns[moment].astype("datetime64[s]")
            found[name] = pd.DataFrame(columns)
        return found

    def run(self, data: dict[str, pd.DataFrame]) -> Any:
        """Do the job."""
        return [finished(measured(data, as_of), data, as_of) for as_of in self.dates]

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        return [answer_of(table.sort_index(), counted) for table, counted in result]


def answer_of(table: pd.DataFrame, counted: dict[str, Any]) -> Answer:
    """Put together what was found on one date."""
    ids = table.index.to_numpy()
    values = {name: table[name].to_numpy() for name in table.columns}
    values["id"] = ids.astype(str) if ids.dtype.kind == "O" else ids
    return Answer(values=values, counted=counted)


def of_period(frame: pd.DataFrame, column: str, as_of: date) -> pd.DataFrame:
    """Cut out the rows of the period."""
    days = frame[column].to_numpy()
    after = days > np.datetime64(start_of(as_of), "s")
    return frame[after & (days <= np.datetime64(as_of, "s"))]


def until(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Cut out the rows up to a date."""
    return frame[frame["on"].to_numpy() <= np.datetime64(as_of, "s")]


def day(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return days as whole numbers."""
    return column.astype("int64") // 86_400


def of_orders(every: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Measure the orders."""
    orders = of_period(every, "on", as_of)
    is_order, known = orders["amount"] > 0, orders["margin"].notna()
    table = (
        orders.assign(
            is_order=is_order,
            known=known,
            with_margin=orders["amount"].where(known, 0.0),
            was_clear=is_order & orders["clear"],
        )
        .groupby("customer", sort=False)
        .agg(
            order_count=("is_order", "sum"),
            revenue=("amount", "sum"),
            quantity=("quantity", "sum"),
            margin=("margin", "sum"),
            margins=("known", "sum"),
            margin_basis=("with_margin", "sum"),
            clear=("was_clear", "sum"),
        )
    )
    table["revenue"] = table["revenue"].round(4)
    table["margin_basis"] = table["margin_basis"].round(4)
    table.loc[table["margins"] == 0, "margin"] = np.nan
    every = until(every, as_of)
    ever = every[every["amount"].to_numpy() > 0].groupby("customer", sort=False)
    return table.join(ever["on"].max().rename("last_order"), how="outer")


def of_contacts(contacts: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Measure the attention asked, and the days with an order that was followed by a request."""
    asked = contacts[contacts["by_customer"].to_numpy()]
    days = orders.loc[orders["amount"].to_numpy() > 0, ["customer", "on"]].sort_values("on")
    days["order_day"] = days["on"]
    service = asked.loc[(asked["purpose"] == "service").to_numpy(), ["customer", "on"]]
    joined = pd.merge_asof(service.sort_values("on"), days, on="on", by="customer")
    joined = joined[joined["order_day"].notna()].drop_duplicates(["customer", "order_day"])
    return pd.concat(
        [
            asked.groupby("customer", sort=False)["minutes"].sum().rename("attention_minutes"),
            joined.groupby("customer", sort=False).size().rename("followed"),
        ],
        axis=1,
    )


def of_moments(contacts: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """Find the latest score, and the peak and end of the rated moments."""
    rated = contacts[contacts["rating"].notna()]
    rating = pd.concat([rated["rating"], responses["score"]]).astype("int64")
    moment = pd.concat([day(rated["on"]) * 2, day(responses["on"]) * 2 + 1])
    end = moment * 16 + 10 - rating
    packed = pd.DataFrame(
        {
            "customer": pd.concat([rated["customer"], responses["customer"]]),
            "end": end,
            "peak": (2 * rating - 11).abs() * 2**40 + end,
        }
    )
    left = packed.groupby("customer", sort=False).max()
    left = 10.0 - (left & 15)
    key = day(responses["on"]) * 16 + 10 - responses["score"].astype("int64")
    last = 10 - (key.groupby(responses["customer"], sort=False).max() & 15)
    return pd.concat([left, last.rename("last_score")], axis=1)


def measured(data: dict[str, pd.DataFrame], as_of: date) -> pd.DataFrame:
    """Put together what is known of each customer."""
    contacts = of_period(data["contacts"], "on", as_of)
    responses = of_period(data["responses"], "on", as_of)
    invoices = of_period(data["invoices"], "due", as_of)
    last = np.datetime64(as_of, "s")
    counts = (invoices["amount"] > 0) & ((invoices["paid"] <= last) | (invoices["due"] < last))
    invoices = invoices[counts.to_numpy()]
    in_time = (invoices["paid"] <= invoices["due"]).groupby(invoices["customer"], sort=False)
    complaints = of_period(data["complaints"], "on", as_of).groupby("customer", sort=False).size()
    departed = until(data["departures"], as_of).groupby("customer", sort=False)["on"].max()
    table = (
        data["customers"]
        .set_index("id")
        .join(
            [
                of_orders(data["orders"], as_of),
                in_time.agg(["size", "sum"]).set_axis(["invoices", "in_time"], axis=1),
                complaints.rename("complaints").to_frame(),
                of_contacts(contacts, of_period(data["orders"], "on", as_of)),
                of_moments(contacts, responses),
                departed.rename("departed").to_frame(),
            ]
        )
    )
    known = table["margin"].notna() | table["margins"].isna()
    nothing = ["order_count", "revenue", "quantity", "margin", "clear", "invoices", "in_time"]
    nothing += ["complaints", "attention_minutes", "followed"]
    table[nothing] = table[nothing].fillna(0)
    table["margin"] = table["margin"].where(known)
    orders = table["order_count"].where(table["order_count"] > 0)
    table["margin_share"] = table["margin"] / table["margin_basis"].where(table["margin_basis"] > 0)
    table["complaint_rate"] = table["complaints"] / orders
    table["clear_share"] = table["clear"] / orders
    table["on_time_share"] = table["in_time"] / table["invoices"].where(table["invoices"] > 0)
    table["settled_at_once_share"] = 1 - table["followed"] / orders
    table["recency_days"] = (last - table["last_order"]).dt.days
    here = table["departed"].isna() | (table["departed"] < table["last_order"])
    table["active"] = (table["order_count"] > 0) & here
    table["remembered"] = (table["peak"] + table["end"]) / 2
    return table


def finished(table: pd.DataFrame, data: dict[str, pd.DataFrame], as_of: date) -> Any:
    """Judge the active customers by the six factors, class and rank them; count the answers."""
    active = table[table["active"].to_numpy()]
    with_basis = active[active["margin_share"].notna()]
    overall = with_basis["margin"].sum() / with_basis["margin_basis"].sum()
    revenue, count = active["revenue"], len(active)
    wanted = -(-count // 5)
    edge = np.partition(revenue.to_numpy(), count - wanted)[count - wanted]
    crowded = (revenue >= edge).sum() > 2 * wanted
    large = revenue > max(edge, 0) if crowded or edge <= 0 else revenue >= edge
    enough = active["order_count"] >= LEAST
    factors = {
        "clear_orders": enough & (active["clear_share"] >= 0.90 - NEAR),
        "good_margin": active["margin_share"] >= overall * (1 - NEAR),
        "large_volume": large,
        "pays_on_time": (active["invoices"] >= LEAST) & (active["on_time_share"] >= 0.95 - NEAR),
        "quickly_satisfied": enough & (active["settled_at_once_share"] >= 0.80 - NEAR),
        "rarely_complains": enough & (active["complaint_rate"] <= 0.05 + NEAR),
    }
    judged = pd.DataFrame(factors)
    met = judged.sum(axis=1).to_numpy()
    ids = judged.index.to_numpy()
    fit = np.empty(count, dtype=np.intp)
    fit[np.lexsort((ids, -revenue.to_numpy(), -met))] = np.arange(count)
    best = (fit < max(1, round(count / 5))) & (met >= 2)
    judged["label"] = np.select([best, met >= 2, met == 1], [0, 1, 2], 3)
    order = np.lexsort((ids, -revenue.to_numpy()))
    ranked = revenue.to_numpy()[order]
    share = ranked.cumsum() / ranked.sum()
    cumulative = np.empty(count)
    cumulative[order] = share
    judged["cumulative_share"] = cumulative
    responses = of_period(data["responses"], "on", as_of)
    groups = table["group"].reindex(responses["customer"]).to_numpy()
    score = responses["score"].to_numpy()
    by_group = (
        pd.DataFrame({"detractors": score <= 6, "promoters": score >= 9, "answers": True})
        .groupby(groups)
        .sum()
    )
    latest = table["last_score"]
    counted = {
        "vital_few": int((share < 0.80 - NEAR).sum()) + 1,
        "gini": float(
            ((count + 1 - 2 * np.arange(1, count + 1)) * ranked).sum() / ranked.sum() / count
        ),
        "latest": (
            int((latest <= 6).sum()),
            int(latest.between(7, 8).sum()),
            int((latest >= 9).sum()),
        ),
        "by_group": {name: tuple(map(int, row)) for name, *row in by_group.itertuples()},
    }
    return table.drop(columns="group").join(judged), counted
