"""Paths that are none, and files of settings that no one would write."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, Order, Portfolio, Reading, read_mapping, write_report
from klantkompas.errors import KlantkompasError

PATHS: dict[str, tuple[Any, str]] = {
    "a number": (3, "3 is not a path. Give a string or a pathlib.Path"),
    "bytes": (b"a.html", "b'a.html' is not a path"),
    "a list": (["a.html"], "['a.html'] is not a path"),
    "nothing": (None, "None is not a path"),
    "the character NUL": ("a\0.html", r"'a\x00.html' holds the character NUL"),
}
SETTINGS: dict[str, tuple[bytes, str]] = {
    "three thousand brackets": (
        b"[orders]\namount = " + b"[" * 3000 + b"]" * 3000,
        "is not written as TOML should be: ",
    ),
    "six thousand digits": (
        b"[orders]\namount = " + b"9" * 6001,
        "is not written as TOML should be: ",
    ),
    "a control character": (b'[orders]\namount = "\x1b"', "is not written as TOML should be: "),
    "no list": (b"[orders]\namount = []", "orders.amount is []"),
    "no table": (b"orders = 3", "'orders' is 3, outside any table"),
    "Latin letters": (b'[orders]\namount = "\xe9"', "is not written in UTF-8"),
    "UTF-16": ("[orders]".encode("utf-16"), "is not written in UTF-8"),
}
TITLES: dict[str, tuple[Any, str]] = {
    "a number": (5, "title is 5. Give a string"),
    "nothing in it": (" ", "title is ' '. Give a string"),
    "an unpaired surrogate": ("a\ud800", r"title is 'a\ud800', which holds an unpaired surrogate"),
    "bytes": (b"a", "title is b'a'. Give a string"),
}


@pytest.fixture(scope="module")
def reading() -> Reading:
    orders = [Order(customer="a", on=date(2026, 1, 2), amount=1.0)]
    return Compass(installed=False).read(Portfolio.from_records(orders))


@pytest.mark.parametrize(("path", "told"), PATHS.values(), ids=PATHS)
def test_what_is_no_path(path: Any, told: str, reading: Reading) -> None:
    for use in (read_mapping, lambda path: write_report(reading, path)):
        with pytest.raises(KlantkompasError) as caught:
            use(path)
        assert str(caught.value).startswith(told)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no such device")
def test_a_device_without_an_end_is_no_file() -> None:
    with pytest.raises(KlantkompasError, match="cannot be read: it is not a file"):
        read_mapping("/dev/zero")


@pytest.mark.parametrize(("content", "told"), SETTINGS.values(), ids=SETTINGS)
def test_settings_that_say_nothing(content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "columns.toml"
    file.write_bytes(content)
    with pytest.raises(KlantkompasError) as caught:
        read_mapping(file)
    assert str(caught.value).startswith(f"{file}: {told}")
    assert len(str(caught.value)) < 1500


@pytest.mark.parametrize(("title", "told"), TITLES.values(), ids=TITLES)
def test_titles_that_are_none(title: Any, told: str, reading: Reading, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with pytest.raises(KlantkompasError) as caught:
        write_report(reading, page, title=title)
    assert str(caught.value).startswith(told)
    assert not page.exists()
