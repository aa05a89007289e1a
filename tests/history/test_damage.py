"""A history that was damaged says so; it never reads as something else.

python tests/history/test_damage.py COUNT flips COUNT single bits, and says what came of each.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from klantkompas import Compass, Customer, Order, Override, Portfolio
from klantkompas.errors import HistoryError
from klantkompas.history import History
from klantkompas.history.parts import encoded, head_checksum
from klantkompas.reviews.recorded import RecordedReading, record_of

DAYS = (date(2026, 3, 31), date(2026, 6, 30))
OVERRIDE = Override("b", "A", by="Anna", on=date(2026, 6, 1), because="our first")


def reading(on: date) -> RecordedReading:
    orders = [
        Order(customer=each, on=on, amount=10.0 * number, clear=number % 2 == 0)
        for number, each in enumerate([*"abcdefgh", *map(str, range(100))], 1)
    ]
    people = [Customer(id=each, name=f"Shop {each}") for each in "abc"]
    return record_of(Compass(installed=False).read(Portfolio.from_records(orders, people)))


def make(path: Path) -> None:
    with History(path) as history:
        for day in DAYS:
            history.record(reading(day), review=True)
        history.override(OVERRIDE)
        history.erase("h", on=date(2026, 7, 1))


def content(path: Path) -> list[Any]:
    """All that a history says, as bytes and plain values."""
    with History(path, timeout=0.1) as history:
        found: list[Any] = [history.overrides(), history.let_go(), history.erasures()]
        for each in history.readings():
            _, parts = encoded(history.reading(each))
            found.append((each, [(p.name, p.dtype, bytes(p.content)) for p in parts]))
        return found


def flipped(whole: bytes, path: Path, bit: int, wanted: list[Any]) -> str:
    """Flip one bit, and say what comes of it."""
    damaged = bytearray(whole)
    damaged[bit // 8] ^= 1 << bit % 8
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    path.write_bytes(damaged)
    try:
        found = content(path)
    except HistoryError:
        return "refused"
    except Exception as error:  # noqa: BLE001  # this is what must not be
        return f"{type(error).__name__}: {error}"
    return "the same" if found == wanted else "another reading"


def flip_many(count: int) -> Counter[str]:
    chance = random.Random(20261127)
    with TemporaryDirectory() as folder:
        path = Path(folder, "h")
        make(path)
        whole, wanted = path.read_bytes(), content(path)
        return Counter(
            flipped(whole, path, chance.randrange(8 * len(whole)), wanted) for _ in range(count)
        )


def test_a_flipped_bit_never_gives_another_reading() -> None:
    outcomes = flip_many(40)
    assert outcomes.keys() <= {"refused", "the same"}
    assert outcomes["refused"] > 10


DAMAGES = {
    "no reading": "DELETE FROM readings WHERE sequence = 1",
    "another date": "UPDATE readings SET as_of = '2026-03-30' WHERE sequence = 1",
    "no date": "UPDATE readings SET as_of = 'soon'",
    "a number for a date": "UPDATE readings SET as_of = 7",
    "another number of customers": "UPDATE readings SET customers = customers + 1",
    "readings that changed places": "UPDATE readings SET sequence = 3 - sequence + 100",
    "no part": "DELETE FROM parts WHERE place = 1",
    "no basis": "DELETE FROM parts WHERE name LIKE 'basis.%'",
    "no distinct texts": "DELETE FROM parts WHERE name LIKE 'texts:%'",
    "parts of another reading": "UPDATE parts SET (content, checksum) = "
    "(SELECT content, checksum FROM parts AS other WHERE other.reading = 2 "
    "AND (other.place, other.block) = (parts.place, parts.block)) WHERE reading = 1",
    "no head": "DELETE FROM heads WHERE reading = 2",
    "another head": "UPDATE heads SET content = (SELECT content FROM heads AS other WHERE "
    "other.reading = 1) WHERE reading = 2",
    "nobody gone": "UPDATE heads SET gone = x'' WHERE reading = 2",
    "others gone": "UPDATE heads SET gone = x'0000000000000000'",
    "another name": "UPDATE parts SET name = 'values.odd' WHERE name = 'values.revenue'",
    "names that changed places": "UPDATE parts SET name = CASE name WHEN 'labels' THEN 'computed' "
    "WHEN 'computed' THEN 'labels' ELSE name END",
    "another type": "UPDATE parts SET dtype = '<i8' WHERE name = 'values.revenue'",
    "no type": "UPDATE parts SET dtype = 'odd' WHERE name = 'values.revenue'",
    "text for bytes": "UPDATE parts SET content = 'text'",
    "nothing in it": "UPDATE parts SET content = x''",
    "no checksum": "UPDATE parts SET checksum = 0",
    "another override": "UPDATE overrides SET label = 'D'",
    "a number for a person": "UPDATE overrides SET person = 7",
    "no override": "DELETE FROM overrides",
    "no day of an override": "UPDATE overrides SET day = ''",
    "an approval from nowhere": "INSERT INTO let_go "
    "(customer, day, person, revenue, review, finding) "
    "VALUES ('a', 'x', 'y', 'z', 'w', 'v')",
    "no erasure": "DELETE FROM erasures",
    "an erasure on no day": "UPDATE erasures SET day = 'x', scrubbed = 'no'",
    "no seal": "DELETE FROM seals",
    "no seals at all": "DROP TABLE seals",
    "no parts at all": "DROP TABLE parts",
    "no overrides at all": "DROP TABLE overrides",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_by_hand_is_a_history_error(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "h"
    make(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(DAMAGES[damage])
    with pytest.raises(HistoryError):
        content(path)


HEADS: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda head: b"{",
    "no mapping": lambda head: b"7",
    "no bytes of text": lambda head: b"\xff" + head[1:],
    "no measures": lambda head: head.replace(b'"measures"', b'"treasures"'),
    "no date": lambda head: head.replace(b"2026-06-30", b"2026-06-31"),
    "an unknown field": lambda head: head.replace(b'"basis_unit"', b'"basis_odd"'),
    "no factors": lambda head: head.replace(b'"factors"', b'"tractors"'),
    "an override without a reason": lambda head: head.replace(b'"cutoff"', b'"cut"'),
}


@pytest.mark.parametrize("damage", HEADS)
def test_a_part_with_a_checksum_that_makes_no_sense_is_one_too(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "h"
    make(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        (head, gone) = connection.execute(
            "SELECT content, gone FROM heads WHERE reading = 2"
        ).fetchone()
        damaged = HEADS[damage](head)
        assert damaged != head
        connection.execute(
            "UPDATE heads SET content = ?, checksum = ? WHERE reading = 2",
            (damaged, head_checksum(2, damaged, gone)),
        )
    with History(path) as history:
        with pytest.raises(HistoryError, match="the review as of 30 June 2026"):
            history.reading(DAYS[1])
        assert history.reading(DAYS[0]).as_of == DAYS[0]


if __name__ == "__main__":
    for outcome, times in flip_many(int(sys.argv[1])).most_common():
        sys.stdout.write(f"{times:5} {outcome}\n")
