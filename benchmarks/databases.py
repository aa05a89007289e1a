"""Orders out of DuckDB and SQLite, beside what pandas and polars read of the same query.

    python benchmarks/databases.py [orders] [folder]

Each contender runs in a process of its own, which tells its processor time and by how much its
memory grew at most. The columns in memory are those that the portfolio keeps: a number of the
customer, a day and an amount for each order. The sums are compared before anything is told.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

QUERY = 'select customer, "on", amount from orders'
CUSTOMERS_PER_ORDER = 0.1


def make(orders: int, folder: Path) -> None:
    import duckdb

    customers = max(1, int(orders * CUSTOMERS_PER_ORDER))
    made = f"""
        select 'K' || lpad(cast(hash(i) % {customers} as varchar), 8, '0') as customer,
            date '2024-01-01' + cast(hash(i + 7) % 900 as integer) as "on",
            cast(hash(i + 13) % 100000 as double) / 100 as amount
        from range({orders}) each(i)
    """
    with duckdb.connect(folder / "orders.duckdb") as connection:
        connection.execute(f"create table orders as {made}")
        rows = connection.execute(f'select customer, cast("on" as varchar), amount from ({made})')
        with closing(sqlite3.connect(folder / "orders.db")) as file, file:
            file.execute('create table orders (customer text, "on" text, amount real)')
            while found := rows.fetchmany(1 << 16):
                file.executemany("insert into orders values (?, ?, ?)", found)


def connected(kind: str, folder: Path) -> Any:
    if kind == "sqlite":
        return sqlite3.connect(folder / "orders.db")
    import duckdb

    connection = duckdb.connect(folder / "orders.duckdb", read_only=True)
    connection.execute("set threads = 1")
    return connection


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def contend(who: str, kind: str, folder: Path) -> dict[str, float]:
    """Read the orders in this process, and return what it took."""
    import duckdb  # noqa: F401
    import pandas
    import polars
    import pyarrow  # noqa: F401

    from klantkompas import Portfolio

    tiny = sqlite3.connect(":memory:")
    Portfolio.from_database(tiny, orders='select 1 as customer, "2026-01-05" as "on", 1 as amount')
    connection = connected(kind, folder)
    before, begin, busy = peak(), perf_counter(), process_time()
    if who == "klantkompas":
        portfolio = Portfolio.from_database(connection, orders=QUERY)
        table = portfolio.tables["orders"]
        held = [table.codes, *table.columns.values(), *table.times.values()]
        size, total = sum(each.nbytes for each in held), float(table.columns["amount"].sum())
    elif who == "pandas":
        frame = pandas.read_sql(QUERY, connection)
        size, total = int(frame.memory_usage(deep=False).sum()), float(frame["amount"].sum())
    else:
        found = polars.read_database(QUERY, connection)
        size, total = int(found.estimated_size()), float(found["amount"].sum())
    took, wall = process_time() - busy, perf_counter() - begin
    return {"sum": total, "processor": took, "wall": wall, "grew": peak() - before, "size": size}


def main(orders: int, parent: str | None) -> None:
    with TemporaryDirectory(dir=parent) as folder:
        make(orders, Path(folder))
        for kind in ("duckdb", "sqlite"):
            found = {}
            for who in ("klantkompas", "pandas", "polars"):
                command = [sys.executable, __file__, "--contend", who, kind, folder]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                found[who] = json.loads(done.stdout)
            totals = [each["sum"] for each in found.values()]
            assert max(totals) - min(totals) < 1e-6 * max(totals), totals
            columns = found["klantkompas"]["size"]
            for who, each in found.items():
                print(
                    f"{kind}, {orders} orders, {who}: processor {each['processor']:.2f} s, wall "
                    f"{each['wall']:.2f} s, memory grew by {each['grew'] / 1e6:.0f} MB, "
                    f"{each['grew'] / columns:.2f} times the {columns / 1e6:.0f} MB of columns"
                )


if __name__ == "__main__":
    if "--contend" in sys.argv:
        print(json.dumps(contend(sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, (sys.argv[2:] or [None])[0])
