"""The job by duckdb: one table of customers by SQL, with what happened within a day packed."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl
from attrs import frozen

from portfolio_job.answer import Answer
from portfolio_job.generate import GROUPS, PURPOSES, Table, start_of
from portfolio_job.polars_job import frames

TABLE = """
create or replace temp table measured as
with ever as (
    select customer, max("on") last_order from orders
    where amount > 0 and "on" <= date '{as_of}' group by customer
), ordered as (
    select customer, count(*) filter (amount > 0) order_count, round(sum(amount), 4) revenue,
        sum(quantity) quantity, sum(margin) margin, count(*) lines, count(margin) margins,
        round(sum(amount) filter (margin is not null), 4) margin_basis,
        count(*) filter (amount > 0 and clear) clear
    from orders where "on" > date '{start}' and "on" <= date '{as_of}' group by customer
), invoiced as (
    select customer, count(*) invoices, count(*) filter (paid <= due) in_time
    from invoices
    where due > date '{start}' and due <= date '{as_of}' and amount > 0
        and (paid <= date '{as_of}' or due < date '{as_of}')
    group by customer
), complained as (
    select customer, count(*) complaints from complaints
    where "on" > date '{start}' and "on" <= date '{as_of}' group by customer
), asked as (
    select customer, sum(minutes) attention_minutes from contacts
    where "on" > date '{start}' and "on" <= date '{as_of}' and by_customer group by customer
), days as (
    select customer, "on" from orders
    where "on" > date '{start}' and "on" <= date '{as_of}' and amount > 0
), service as (
    select customer, "on" from contacts
    where "on" > date '{start}' and "on" <= date '{as_of}' and by_customer and purpose = 'service'
), followed as (
    select service.customer, count(distinct days."on") followed
    from service asof join days
        on service.customer = days.customer and service."on" >= days."on"
    group by service.customer
), answered as (
    select customer, 10 - (max(("on" - date '1970-01-01') * 16 + 10 - score) & 15) last_score
    from responses where "on" > date '{start}' and "on" <= date '{as_of}' group by customer
), moments as (
    select customer, rating::bigint rating, ("on" - date '1970-01-01') * 2 moment from contacts
    where "on" > date '{start}' and "on" <= date '{as_of}' and rating is not null
    union all
    select customer, score::bigint, ("on" - date '1970-01-01') * 2 + 1 from responses
    where "on" > date '{start}' and "on" <= date '{as_of}'
), remembered as (
    select customer, 10.0 - (max(moment * 16 + 10 - rating) & 15) "end",
        10.0 - (max((abs(2 * rating - 11) << 40) + moment * 16 + 10 - rating) & 15) peak
    from moments group by customer
), left_us as (
    select customer, max("on") departed from departures where "on" <= date '{as_of}'
    group by customer
)
select id, coalesce(order_count, 0) order_count, coalesce(revenue, 0) revenue,
    coalesce(quantity, 0) quantity,
    case when margins > 0 or lines is null then coalesce(margin, 0) end margin, margin_basis,
    case when margin_basis > 0 then margin / margin_basis end margin_share,
    case when order_count > 0 then coalesce(complaints, 0) / order_count end complaint_rate,
    case when order_count > 0 then clear / order_count end clear_share,
    invoices, in_time / invoices on_time_share,
    case when order_count > 0 then 1 - coalesce(followed, 0) / order_count end
        settled_at_once_share,
    coalesce(attention_minutes, 0) attention_minutes,
    date '{as_of}' - last_order recency_days,
    coalesce(order_count, 0) > 0 and (departed is null or departed < last_order) active,
    last_score, peak, "end", (peak + "end") / 2 remembered
from customers
left join ever on id = ever.customer left join ordered on id = ordered.customer
left join invoiced on id = invoiced.customer left join complained on id = complained.customer
left join asked on id = asked.customer left join followed on id = followed.customer
left join answered on id = answered.customer left join remembered on id = remembered.customer
left join left_us on id = left_us.customer;
"""
CLASSES = """
create or replace temp table result as
with active as (select * from measured where active),
overall as (
    select sum(margin) / sum(margin_basis) margin from active where margin_share is not null
), wanted as (
    select ceil(count(*) / 5)::bigint places from active
), edge as (
    select min(revenue) revenue from
        (select revenue from active order by revenue desc limit (select places from wanted))
), crowd as (
    select count(*) > 2 * (select places from wanted) crowded from active, edge
    where active.revenue >= edge.revenue
), judged as (
    select active.*,
        coalesce(order_count >= 3 and clear_share >= 0.90 - 1e-9, false) clear_orders,
        coalesce(margin_share >= overall.margin * (1 - 1e-9), false) good_margin,
        case when crowded or edge.revenue <= 0 then active.revenue > greatest(edge.revenue, 0)
            else active.revenue >= edge.revenue end large_volume,
        coalesce(invoices >= 3 and on_time_share >= 0.95 - 1e-9, false) pays_on_time,
        coalesce(order_count >= 3 and settled_at_once_share >= 0.80 - 1e-9, false)
            quickly_satisfied,
        coalesce(order_count >= 3 and complaint_rate <= 0.05 + 1e-9, false) rarely_complains
    from active, overall, edge, crowd
), counted as (
    select *, clear_orders::int + good_margin::int + large_volume::int + pays_on_time::int
        + quickly_satisfied::int + rarely_complains::int met from judged
), ranked as (
    select id, clear_orders, good_margin, large_volume, pays_on_time, quickly_satisfied,
        rarely_complains, met,
        row_number() over (order by met desc, revenue desc, id) fit,
        row_number() over (order by revenue desc, id) place,
        sum(revenue) over (order by revenue desc, id rows unbounded preceding)
            / sum(revenue) over () cumulative_share,
        revenue / sum(revenue) over () share, count(*) over () customers
    from counted
), labelled as (
    select *, case when met >= 2 and fit <= greatest(1, round_even(customers / 5, 0)) then 0
        when met >= 2 then 1 when met = 1 then 2 else 3 end "label"
    from ranked
)
select measured.*, labelled.* exclude (id) from measured left join labelled using (id);
"""
RANKING = """
select count(*) filter (cumulative_share < 0.80 - 1e-9) + 1,
    sum((customers + 1 - 2 * place) * share) / max(customers),
    count(*) filter (last_score <= 6), count(*) filter (last_score between 7 and 8),
    count(*) filter (last_score >= 9)
from result
"""
BY_GROUP = """
select "group", count(*) filter (score <= 6), count(*) filter (score >= 9), count(*)
from responses join customers on customer = id
where "on" > date '{start}' and "on" <= date '{as_of}' group by "group" order by "group"
"""


@frozen
class DuckdbJob:
    """The job by duckdb, once for each date."""

    dates: tuple[date, ...]

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Bring the tables into its own form; not timed."""
        connection = duckdb.connect(config={"threads": 2})
        connection.execute(f"create type regions as enum {GROUPS}")
        connection.execute(f"create type purposes as enum {PURPOSES}")
        for name, frame in frames(tables).items():
            connection.register("given", frame.to_arrow())
            connection.execute(f"create table {name} as select * from given")
            connection.unregister("given")
        connection.execute('alter table customers alter "group" type regions')
        connection.execute("alter table contacts alter purpose type purposes")
        return connection

    def run(self, data: Any) -> Any:
        """Do the job."""
        return [self.of(data, {"as_of": each, "start": start_of(each)}) for each in self.dates]

    def of(self, data: Any, period: dict[str, date]) -> Any:
        """Do the job of one date."""
        data.execute(TABLE.format(**period))
        data.execute(CLASSES)
        ranking = data.execute(RANKING).fetchone()
        groups = data.execute(BY_GROUP.format(**period)).fetchall()
        return data.sql("select * from result").to_arrow_table(), ranking, groups

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""
        return [answer_of(*each) for each in result]


def answer_of(table: Any, ranking: Any, groups: Any) -> Answer:
    """Put together what was found on one date."""
    frame = pl.from_arrow(table.sort_by("id"))
    vital_few, gini, *latest = ranking
    return Answer(
        values={name: frame[name].to_numpy() for name in frame.columns},
        counted={
            "vital_few": vital_few,
            "gini": gini,
            "latest": tuple(latest),
            "by_group": {row[0]: row[1:] for row in groups},
        },
    )
