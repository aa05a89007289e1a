"""Measuring on Spark, on this machine, beside Spark SQL's own group-by of the simple job.

    python benchmarks/spark.py --n 1e6 --scratch DIRECTORY

Out of the same files as `parts.py`. Each contender runs in a session of its own that is warm: it
has measured a small business some times before. What is told is the processor time of the session,
its Java and its workers together, of the run that took least; and before that, what they found is
compared. All has come back to this process when a run ends.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from parts import COMPASS, JOB, alike, files_of, kept, make
from portfolio_job.generate import AS_OF, start_of

from klantkompas.cluster import measure_on_spark

WARMING = 5
"""How often the small business is measured first."""
JOB_IN_SQL = """
with ever as (
    select customer, max(on) last_order from orders
    where amount > 0 and on <= date '{as_of}' group by customer
), ordered as (
    select customer, count(*) filter (where amount > 0) order_count, round(sum(amount), 4) revenue,
        sum(quantity) quantity, sum(margin) margin, count(*) lines, count(margin) margins,
        round(sum(amount) filter (where margin is not null), 4) margin_basis,
        count(*) filter (where amount > 0 and clear) clear
    from orders where on > date '{start}' and on <= date '{as_of}' group by customer
), invoiced as (
    select customer, count(*) invoices, count(*) filter (where paid <= due) in_time
    from invoices
    where due > date '{start}' and due <= date '{as_of}' and amount > 0
        and (paid <= date '{as_of}' or due < date '{as_of}')
    group by customer
), complained as (
    select customer, count(*) complaints from complaints
    where on > date '{start}' and on <= date '{as_of}' group by customer
), asked as (
    select customer, sum(minutes) attention_minutes from contacts
    where on > date '{start}' and on <= date '{as_of}' and by_customer group by customer
), happened as (
    select customer, on, on ordered, false asks from orders
    where on > date '{start}' and on <= date '{as_of}' and amount > 0
    union all
    select customer, on, null, true from contacts
    where on > date '{start}' and on <= date '{as_of}' and by_customer and purpose = 'service'
), followed as (
    select customer, count(distinct ordered) followed from (
        select customer, asks, max(ordered) over (
            partition by customer order by on range between unbounded preceding and current row
        ) ordered from happened
    ) where asks group by customer
), answered as (
    select customer, 10 - (max(unix_date(on) * 16 + 10 - score) & 15) last_score
    from responses where on > date '{start}' and on <= date '{as_of}' group by customer
), moments as (
    select customer, bigint(rating) rating, unix_date(on) * 2L moment from contacts
    where on > date '{start}' and on <= date '{as_of}' and rating is not null
    union all
    select customer, bigint(score), unix_date(on) * 2L + 1 from responses
    where on > date '{start}' and on <= date '{as_of}'
), remembered as (
    select customer, 10.0D - (max(moment * 16 + 10 - rating) & 15) `end`,
        10.0D - (max(shiftleft(abs(2 * rating - 11), 40) + moment * 16 + 10 - rating) & 15) peak
    from moments group by customer
), left_us as (
    select customer, max(on) departed from departures where on <= date '{as_of}' group by customer
)
select id, coalesce(order_count, 0) order_count, coalesce(revenue, 0) revenue,
    coalesce(quantity, 0) quantity,
    case when margins > 0 or lines is null then coalesce(margin, 0) end margin,
    case when margin_basis > 0 then margin / margin_basis end margin_share,
    case when order_count > 0 then coalesce(complaints, 0) / order_count end complaint_rate,
    case when order_count > 0 then clear / order_count end clear_share,
    in_time / invoices on_time_share,
    case when order_count > 0 then 1 - coalesce(followed, 0) / order_count end
        settled_at_once_share,
    coalesce(attention_minutes, 0) attention_minutes,
    datediff(date '{as_of}', last_order) recency_days,
    int(coalesce(order_count, 0) > 0 and (departed is null or departed < last_order)) active,
    last_score, peak, `end`, (peak + `end`) / 2 remembered
from customers
left join ever on id = ever.customer left join ordered on id = ordered.customer
left join invoiced on id = invoiced.customer left join complained on id = complained.customer
left join asked on id = asked.customer left join followed on id = followed.customer
left join answered on id = answered.customer left join remembered on id = remembered.customer
left join left_us on id = left_us.customer
order by id
"""
"""What duckdb is asked in `portfolio_job.duckdb_job`, in Spark's dialect."""


def measured(only: tuple[str, ...] | None) -> Callable[[Any, Path, int | None], Any]:
    """Return what measures a folder of files with ours."""

    def run(spark: Any, folder: Path, parts: int | None) -> Any:
        frames = {name: spark.read.parquet(str(path)) for name, path in files_of(folder).items()}
        found = measure_on_spark(COMPASS, as_of=AS_OF, parts=parts, only=only, **frames)
        measures = found.collect()
        found.unpersist()
        return measures

    return run


def by_sql(spark: Any, folder: Path, parts: int | None) -> Any:
    """Measure the job's measures with Spark SQL, in as many partitions as it likes."""
    for name, path in files_of(folder).items():
        spark.read.parquet(str(path)).createOrReplaceTempView(name)
    found = spark.sql(JOB_IN_SQL.format(as_of=AS_OF, start=start_of(AS_OF))).toArrow()
    return {name: np.asarray(found[name]) for name in found.column_names}


CONTENDERS: dict[str, Callable[[Any, Path, int | None], Any]] = {
    "measure_on_spark, the job's": measured(JOB),
    "measure_on_spark, all": measured(None),
    "Spark SQL, the job's": by_sql,
}


def session(memory: str, scratch: Path) -> Any:
    """Return a Spark of this machine only, with two cores."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[2]").appName("klantkompas")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def processors() -> float:
    """Return the processor time of this process and all that it started, in seconds."""
    used, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text()
        except OSError:  # It has ended meanwhile.
            continue
        told = text[text.rindex(")") + 2 :].split()
        process = int(path.parent.name)
        parents[process], used[process] = int(told[1]), sum(map(int, told[11:15]))
    ours = {os.getpid()}
    while more := {each for each, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used[each] for each in ours & used.keys()) / os.sysconf("SC_CLK_TCK")


def run(name: str, given: argparse.Namespace, folder: Path, small: Path) -> None:
    """Run one contender, keep what it found, and tell what each run took."""
    spark = session(given.memory, given.scratch)
    for _ in range(WARMING):
        CONTENDERS[name](spark, small, None)
    runs = []
    for _ in range(given.runs):
        start, used = time.perf_counter(), processors()
        found = CONTENDERS[name](spark, folder, given.parts)
        runs.append((time.perf_counter() - start, processors() - used))
    np.savez(given.scratch / "result.npz", **kept(found))
    spark.stop()
    print(json.dumps(runs))


def main() -> None:
    """Run the contenders in turns, compare, and print what each took at least."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--n", type=float, default=1e6, help="how many interactions")
    parser.add_argument("--scratch", type=Path, required=True, help="where the files are made")
    parser.add_argument("--parts", type=int, help="by default as the library does")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", default="2g", help="what Java may use")
    parser.add_argument("--only", action="append", choices=CONTENDERS, help="repeatable")
    parser.add_argument("--run", choices=CONTENDERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.scratch = given.scratch.resolve()
    count = int(given.n)
    folder, small = given.scratch / str(count), given.scratch / "10000"
    if given.run:
        run(given.run, given, folder, small)
        return
    make(small, 10_000)
    make(folder, count)
    first: Any = None
    told = []
    for name in given.only or CONTENDERS:
        command = [sys.executable, __file__, *sys.argv[1:], "--run", name]
        done = subprocess.run(
            command,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"},
        )
        with np.load(given.scratch / "result.npz") as result:
            found = dict(result)
        first = first or found
        alike(first, found, exactly=not name.startswith("Spark"))
        runs = json.loads(done.stdout)
        told.append((name, *map(min, zip(*runs, strict=True))))
    print(
        f"{count} interactions, warm, local[2], parts: {given.parts}; load {os.getloadavg()[0]:.1f}"
    )
    for name, seconds, processor in told:
        print(f"{name:30} {seconds:7.1f} s, {processor:7.1f} s of processors")


if __name__ == "__main__":
    main()
