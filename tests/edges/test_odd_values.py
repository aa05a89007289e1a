"""Values that are taken for something else, or that no reader expects: right, or refused in words.

Each stands for its kind. What is expected is the whole beginning of the error, or the value.
"""

from __future__ import annotations

from collections import OrderedDict, UserDict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest

from klantkompas import Customer, Order, Portfolio
from klantkompas.errors import KlantkompasError

DAY = date(2026, 1, 2)


class Unruly:
    """A number, by its name, that fails whatever it is asked."""

    def __float__(self) -> float:
        raise RuntimeError

    def __repr__(self) -> str:
        raise RuntimeError


Real.register(Unruly)


class Nowhere(tzinfo):
    """A time zone that nobody has written."""


def orders(**columns: Any) -> dict[str, Any]:
    given = {"customer": ["a", "b"], "on": [DAY, DAY], "amount": [1.0, 2.0], **columns}
    return {name: column for name, column in given.items() if column is not None}


def contacts(**columns: Any) -> dict[str, Any]:
    return {"customer": ["a", "b"], "on": [DAY, DAY], **columns}


COLUMN = "orders, column"
AMOUNT, ON, CUSTOMER = f"{COLUMN} 'amount'", f"{COLUMN} 'on'", f"{COLUMN} 'customer'"
LOST = "is so large that the sum of this column is not a finite number"
TABLES: dict[str, tuple[dict[str, Any], str]] = {
    # something that is not a column taken for one
    "a set": (orders(customer={"a", "b"}), f"{CUSTOMER}: is a set, which has no rows. Give"),
    "a frozen set": (orders(amount=frozenset({1, 2})), f"{AMOUNT}: is a frozenset, which has no"),
    "keys": (orders(customer={"a": 1, "b": 2}.keys()), f"{CUSTOMER}: is a dict_keys, which has no"),
    "a mapping": (orders(amount={0: 1.0, 1: 2.0}), f"{AMOUNT}: is a dict, which has no rows"),
    "a string": (orders(customer="ab"), f"{CUSTOMER}: is a str, which has no rows"),
    "bytes": (orders(customer=b"ab"), f"{CUSTOMER}: is a bytes, which has no rows"),
    "a number": (orders(amount=3), f"{AMOUNT}: is a int, which has no rows"),
    "two dimensions": (orders(amount=np.ones((2, 2))), f"{AMOUNT}: has 2 dimensions"),
    "no dimension": (orders(amount=np.float64(3)), f"{AMOUNT}: is a float64, which has no rows"),
    "another length": (orders(amount=[1.0]), "orders: columns differ in length"),
    # ids
    "ids that are bytes": (
        orders(customer=[b"abc", b"d"]),
        f"{CUSTOMER}, row 1: b'abc' is not an id",
    ),
    "ids that are bytes of numpy": (
        orders(customer=np.array([b"abc", b"d"])),
        f"{CUSTOMER}, row 1: b'abc' is not an id",
    ),
    "ids that are yes and no": (
        orders(customer=[True, False]),
        f"{CUSTOMER}, row 1: True is not an id",
    ),
    "ids that are not whole": (
        orders(customer=[1.5, 2.0]),
        f"{CUSTOMER}, row 1: is an id that is not a whole number",
    ),
    "ids beyond exact floats": (
        orders(customer=np.array([1.0, 2.0**53])),
        f"{CUSTOMER}, row 2: is",
    ),
    "ids that are lists": (orders(customer=[["a"], "b"]), f"{CUSTOMER}, row 1: ['a'] is not an id"),
    "ids that are dates": (orders(customer=[DAY, DAY]), f"{CUSTOMER}, row 1: datetime.date(2026"),
    "an id of 5,000 digits": (
        orders(customer=[10**5000, 1]),
        f"{CUSTOMER}, row 1: an integer of 16610 bits is not an id",
    ),
    "an id that is unruly": (
        orders(customer=[Unruly(), 1]),
        f"{CUSTOMER}, row 1: <Unruly instance at",
    ),
    "an infinite id": (
        orders(customer=[float("inf"), 1]),
        f"{CUSTOMER}, row 1: is an id that is not a whole number",
    ),
    "ids in fractions": (
        orders(customer=[Fraction(1, 2), 1]),
        f"{CUSTOMER}, row 1: Fraction(1, 2) is",
    ),
    # numbers
    "an amount that is text": (
        orders(amount=["1", "2"]),
        f"{AMOUNT}, row 1: '1' is not a number; text",
    ),
    "an amount that is yes": (orders(amount=[True, 1.0]), f"{AMOUNT}, row 1: True is not a number"),
    "an amount that is complex": (orders(amount=[1j, 1.0]), f"{AMOUNT}, row 1: 1j is not a number"),
    "an amount that is unruly": (
        orders(amount=[Unruly(), 1.0]),
        f"{AMOUNT}, row 1: <Unruly instance",
    ),
    "an amount that is infinite": (
        orders(amount=[1.0, float("-inf")]),
        f"{AMOUNT}, row 2: -inf is not a",
    ),
    "amounts whose sum is infinite": (
        orders(amount=[1e308, 1e308]),
        f"{AMOUNT}, row 1: 1e+308 {LOST}",
    ),
    "amounts that cancel out": (orders(amount=[1e308, -1e308]), f"{AMOUNT}, row 1: 1e+308 {LOST}"),
    "quantities whose sum is infinite": (
        orders(quantity=[None, 1.7e308], margin=[1.0, 1.0], amount=[1e308, 1.0]),
        "Portfolio of 2 customers",
    ),
    "margins whose sum is infinite": (
        orders(margin=[-1e308, -1e308]),
        f"{COLUMN} 'margin', row 1: -1e+308 {LOST}",
    ),
    "an amount of 5,000 digits": (
        orders(amount=[10**5000, 1]),
        f"{AMOUNT}, row 1: an integer of 16610 bits is not a number",
    ),
    "an amount that is empty": (orders(amount=[None, 1.0]), f"{AMOUNT}, row 1: is empty"),
    "an amount that is not a number": (orders(amount=[Decimal("sNaN"), 1]), f"{AMOUNT}, row 1: "),
    "minutes below nothing": (
        contacts(minutes=[-1, 2]),
        "contacts, column 'minutes', row 1: -1.0 is below 0",
    ),
    # moments
    "a time of day": (
        orders(on=[time(10), DAY]),
        f"{ON}, row 1: datetime.time(10, 0) is not a date",
    ),
    "what a spreadsheet makes of one": (
        orders(on=[datetime(1899, 12, 31, 10), datetime(2026, 1, 2)]),
        f"{ON}, row 1: is a time of day, not a date",
    ),
    "that, in an array": (
        orders(on=np.array(["1899-12-30T10:15", "2026-01-02"], "datetime64[ms]")),
        f"{ON}, row 1: is a time of day, not a date",
    ),
    "a date that is text": (
        orders(on=["2026-01-02", DAY]),
        f"{ON}, row 1: '2026-01-02' is not a date; text",
    ),
    "a date that is a number": (orders(on=[45691, DAY]), f"{ON}, row 1: 45691 is not a date"),
    "a date that is a duration": (
        orders(on=[timedelta(1), DAY]),
        f"{ON}, row 1: datetime.timedelta(",
    ),
    "a day of the year 1": (
        orders(on=[date(1, 1, 1), DAY]),
        f"{ON}, row 1: '0001-01-01' is not a day of",
    ),
    "attoseconds": (
        orders(on=np.array(["1970-01-01T00:00:01", "1970-01-01"], "datetime64[as]")),
        "Portfolio of 2 customers",
    ),
    "the end of all days, west": (
        orders(
            on=[
                datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
                datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=-12))),
            ]
        ),
        f"{ON}, row 1: datetime.datetime(9999, 12, 31",
    ),
    "a zone that nobody wrote": (
        orders(on=[datetime(2026, 1, 2, tzinfo=Nowhere())] * 2),
        f"{ON}, row 1: datetime.datetime(2026",
    ),
    "a date that is empty": (orders(on=[None, DAY]), f"{ON}, row 1: is empty"),
    "dates of which one has a zone": (
        orders(on=[datetime(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC)]),
        f"{ON}, row 2: '2026-01-02 00:00:00+00:00' has the time zone UTC where",
    ),
    # words
    "text that is bytes": (
        contacts(channel=[b"mail", "visit"]),
        "contacts, column 'channel', row 1: b'mail' is not a",
    ),
    "text that is a list": (
        contacts(text=[["a"], "b"]),
        "contacts, column 'text', row 1: ['a'] is not a string",
    ),
    "text that is a mapping": (
        contacts(text=[{"a": 1}, "b"]),
        "contacts, column 'text', row 1: {'a': 1} is not a",
    ),
    "tags that are a mapping": (
        contacts(tags=[{"vip": 1}, None]),
        "contacts, column 'tags', row 1: {'vip': 1} is not",
    ),
    "tags that are another mapping": (
        contacts(tags=[OrderedDict(vip=1), UserDict(a=1)]),
        "contacts, column 'tags', row 1: OrderedDict",
    ),
    "tags that are bytes": (
        contacts(tags=[b"vip", None]),
        "contacts, column 'tags', row 1: b'vip' is not a list of",
    ),
    "tags that are a number": (
        contacts(tags=[3, None]),
        "contacts, column 'tags', row 1: 3 is not a list of words",
    ),
    "yes or no that is text": (
        orders(clear=["yes", True]),
        f"{COLUMN} 'clear', row 1: 'yes' is not yes or no",
    ),
    "yes or no that is two": (
        orders(clear=[2, True]),
        f"{COLUMN} 'clear', row 1: 2 is not yes or no",
    ),
    "a purpose that there is not": (
        contacts(purpose=["chat", None]),
        "contacts, column 'purpose', row 1: 'chat' is none",
    ),
    "a purpose that is a list": (
        contacts(purpose=[["sales"], None]),
        "contacts, column 'purpose', row 1: ['sales'] is none",
    ),
}


@pytest.mark.parametrize(("table", "told"), TABLES.values(), ids=TABLES)
def test_a_table_of_arrays(table: dict[str, Any], told: str) -> None:
    name = "orders" if "amount" in table else "contacts"
    try:
        found = str(Portfolio.from_tables(**{name: table}))
    except KlantkompasError as error:
        found = str(error)
    assert found.startswith(told)
    assert len(found) < 1500


FRAMES: dict[str, tuple[Callable[[], Any], str]] = {
    "two headings of pyarrow": (
        lambda: pyarrow.table([["a"], ["b"], [1.0]], names=["customer", "customer", "amount"]),
        "orders, column 'customer': is the heading of more than one column. Rename all but one",
    ),
    "two headings of pandas": (
        lambda: pandas.DataFrame(
            [["a", DAY, 1.0, 2.0]], columns=["customer", "on", "amount", "amount"]
        ),
        "orders, column 'amount': is the heading of more than one column. Rename all but one",
    ),
    "text that is no UTF-8": (
        lambda: pyarrow.table(
            {
                "customer": pyarrow.Array.from_buffers(
                    pyarrow.string(),
                    1,
                    [
                        None,
                        pyarrow.py_buffer(np.array([0, 2], np.int32).tobytes()),
                        pyarrow.py_buffer(b"\xff\xfe"),
                    ],
                ),
                "on": [DAY],
                "amount": [1.0],
            }
        ),
        "orders, column 'customer': holds text that is not UTF-8",
    ),
    "objects of polars": (
        lambda: polars.DataFrame(
            {
                "customer": polars.Series([object()], dtype=polars.Object),
                "on": [DAY],
                "amount": [1.0],
            }
        ),
        "orders, column 'customer', row 1: <object object at",
    ),
    "bytes of polars": (
        lambda: polars.DataFrame({"customer": [b"abc"], "on": [DAY], "amount": [1.0]}),
        "orders, column 'customer', row 1: b'abc' is not an id",
    ),
    "times of polars": (
        lambda: polars.DataFrame({"customer": ["a"], "on": [time(10)], "amount": [1.0]}),
        "orders, column 'on', row 1: datetime.time(10, 0) is not a date",
    ),
    "dates of a time of day": (
        lambda: polars.DataFrame(
            {"customer": ["a"], "on": [datetime(1899, 12, 31, 10)], "amount": [1.0]}
        ),
        "orders, column 'on', row 1: is a time of day, not a date",
    ),
    "lists of polars": (
        lambda: polars.DataFrame({"customer": [["a"]], "on": [DAY], "amount": [1.0]}),
        "orders, column 'customer', row 1: ['a'] is not an id",
    ),
    "headings that are not strings": (
        lambda: pandas.DataFrame({1: ["a"], "on": [DAY], "amount": [1.0]}),
        "orders, column 'customer': is required",
    ),
    "None": (lambda: [1, 2], "orders: is a list, not a table. Give a data frame"),
    "a string": (lambda: "orders.csv", "orders: is a str, not a table"),
    "a generator": (lambda: (each for each in ()), "orders: is a generator, not a table"),
    "a series": (lambda: pandas.Series([1]), "orders: is a Series, not a table"),
}


@pytest.mark.parametrize(("frame", "told"), FRAMES.values(), ids=FRAMES)
def test_a_frame(frame: Callable[[], Any], told: str) -> None:
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_tables(orders=frame())
    assert str(caught.value).startswith(told)


ORDER = Order(customer="a", on=DAY, amount=1.0)
ARGUMENTS: dict[str, tuple[Callable[[], object], str]] = {
    "no records": (
        lambda: Portfolio.from_records(None),
        "records were expected, not None. Give a list",
    ),
    "a number of records": (lambda: Portfolio.from_records(3), "records were expected, not 3"),
    "one record": (lambda: Portfolio.from_records(ORDER), "records were expected, not Order("),
    "a string of records": (
        lambda: Portfolio.from_records("orders"),
        "records were expected, not 'orders'",
    ),
    "a mapping of records": (
        lambda: Portfolio.from_records({"a": ORDER}),
        "records were expected, not {'a': Order(",
    ),
    "records of something else": (
        lambda: Portfolio.from_records([3]),
        "records of type int were given. Give some of",
    ),
    "customers among them": (
        lambda: Portfolio.from_records([Customer(id="a")]),
        "records of type Customer were given",
    ),
    "no customers": (
        lambda: Portfolio.from_records([ORDER], None),
        "records were expected, not None",
    ),
    "one customer": (
        lambda: Portfolio.from_records([ORDER], Customer(id="a")),
        "records were expected, not Customer(",
    ),
    "customers that are orders": (
        lambda: Portfolio.from_records([], [ORDER]),
        "customers: records of type Order were given",
    ),
    "a scale that there is not": (
        lambda: Portfolio.from_records([ORDER], score_scale=(1, 5)),
        "score_scale is (0, 10) or (1, 10), not (1, 5)",
    ),
    "a scale of arrays": (
        lambda: Portfolio.from_tables(orders=orders(), score_scale=np.array([0, 10])),
        "score_scale is (0, 10) or (1, 10), not array([ 0, 10])",
    ),
    "no kinds": (
        lambda: Portfolio.from_tables(orders=orders(), kinds=None),
        "kinds are None, not kinds of interaction",
    ),
    "kinds of something else": (
        lambda: Portfolio.from_tables(orders=orders(), kinds=[1]),
        "kinds are [1], not kinds of",
    ),
    "columns that are a list": (
        lambda: Portfolio.from_tables(orders=orders(), columns=[1]),
        "columns is a mapping",
    ),
    "columns of a number": (
        lambda: Portfolio.from_tables(orders=orders(), columns={"orders": 3}),
        "columns: orders is given",
    ),
    "a product of nothing": (
        lambda: Portfolio.from_tables(orders=orders(), columns={"orders": {"amount": ()}}),
        "columns: orders.amount is (). Write a heading",
    ),
    "a heading that is a number": (
        lambda: Portfolio.from_tables(orders=orders(), columns={"orders": {"amount": 3}}),
        "columns: orders.amount is 3. Write a heading",
    ),
    "a heading of a million letters": (
        lambda: Portfolio.from_tables(orders=orders(), columns={"orders": {"amount": "x" * 10**6}}),
        f"{COLUMN} 'xxxxx",
    ),
    "a locale that is a number": (
        lambda: Portfolio.from_files(orders="x.csv", locale=3),
        "locale 3 is not known",
    ),
    "a locale that is a list": (
        lambda: Portfolio.from_files(orders="x.csv", locale=["nl"]),
        "locale ['nl'] is not known",
    ),
}


@pytest.mark.parametrize(("call", "told"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_an_argument(call: Callable[[], object], told: str) -> None:
    with pytest.raises(KlantkompasError) as caught:
        call()
    assert str(caught.value).startswith(told)
    assert len(str(caught.value)) < 1500
