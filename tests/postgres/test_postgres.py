"""PostgreSQL as the how-to has it: a server of its own, asked by SQLAlchemy and by psycopg.

Run by the session `postgres`, as it takes a server: that of Debian's package.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest
import sqlalchemy

from klantkompas import Compass, DataError, Portfolio

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "databases.md"
ORDERS = 'select client::text as customer, placed as "on", total as amount from sales'
TABLE = """
    create table sales (
        client integer, placed timestamptz, total numeric(10, 2), odd text, raw bytea
    );
    insert into sales values
        (17, '2026-06-03 23:30+02', 80.00, 'much', 'x'),
        (17, '2026-06-10 09:00+02', 95.50, null, null),
        (21, '2026-06-12 12:00+02', 12.50, null, null)
"""


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is not installed: apt install postgresql"
    return found[-1].parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server in a folder of its own, that listens to a socket there; its folder."""
    folder = Path(mkdtemp(prefix="pg"))
    owner: Any = {}
    if os.geteuid() == 0:  # as root it refuses to run
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        owner = {"user": user.pw_uid, "group": user.pw_gid}

    def run(program: str, *arguments: str) -> None:
        command = [str(programs() / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)

    data = str(folder / "data")
    run("initdb", "--pgdata", data, "--username", "shop", "--auth", "trust", "--encoding", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c timezone='CET'"
    log = str(folder / "log")
    run("pg_ctl", "--pgdata", data, "--log", log, "--options", options, "-w", "start")
    try:
        run("createdb", "--host", str(folder), "--username", "shop", "shop")
        with psycopg.connect(f"host={folder} dbname=shop user=shop") as connection:
            connection.execute(TABLE)
        yield str(folder)
    finally:
        run("pg_ctl", "--pgdata", data, "--mode", "immediate", "stop")
        shutil.rmtree(folder)


def test_the_page_works(server: str) -> None:
    (block,) = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    block = block.replace("@localhost/shop", f"@/shop?host={server}")
    names: dict[str, Any] = {}
    exec(block.replace("host=localhost", f"host={server}"), names)
    for portfolio in (names["by_engine"], names["by_psycopg"]):
        reading = Compass(installed=False).read(portfolio)
        assert reading.measures["revenue"].tolist() == [175.5, 12.5]
        days = portfolio.tables["orders"].columns["on"].astype(str).tolist()
        assert days == ["2026-06-03", "2026-06-10", "2026-06-12"]


def test_what_is_wrong_is_told(server: str) -> None:
    engine = sqlalchemy.create_engine(f"postgresql+psycopg://shop@/shop?host={server}")
    for column, told in (("odd", "row 1: 'much'"), ("raw", "holds bytes"), ("nothing", "fails")):
        with pytest.raises(DataError, match=told):
            Portfolio.from_database(engine, orders=ORDERS.replace("total", column))
    engine.dispose()
