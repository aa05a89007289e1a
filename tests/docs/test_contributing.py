"""The page for contributors quotes the source, and draws the route that an amount takes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from klantkompas.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ORDERS = "customer,on,amount\na,2026-01-05,1234.56\na,2026-02-05,20.00\nb,2026-03-05,30.00\n"
QUOTED = re.findall(r"^ *```python\n *# (\S+)\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
UPWARDS = ("io", "measures", "lenses", "report")


def drawn() -> Iterator[tuple[str, ...]]:
    """Each function of the drawing, after those that it is called by."""
    above: list[str] = []
    for line in re.search(r"^command\.running\.main.*?(?=^```)", PAGE, re.MULTILINE | re.DOTALL)[
        0
    ].splitlines():
        name = re.search(r"[\w.]+", line)
        assert name is not None
        above = [*above[: name.start() // 3], name[0]]
        yield tuple(above)


def called(folder: Path) -> list[tuple[str, ...]]:
    """Make a page; return the calls of drawn functions, each after those that called it."""
    names = {path[-1] for path in drawn()}
    stack: list[str] = []
    calls: list[tuple[str, ...]] = []

    def name_of(frame: FrameType) -> str:
        module = frame.f_globals.get("__name__", "").removeprefix("klantkompas.")
        return f"{module}.{frame.f_code.co_qualname}"

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event not in ("call", "return") or (name := name_of(frame)) not in names:
            return
        if event == "call":
            stack.append(name)
            calls.append(tuple(stack))
        else:
            stack.pop()

    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    command = ["report", "--orders", str(folder / "orders.csv"), "--out", str(folder / "page.html")]
    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        assert main(command) == 0
    finally:
        sys.setprofile(before)
    return calls


def test_an_amount_takes_the_route_that_is_drawn(tmp_path: Path) -> None:
    calls = called(tmp_path)
    route = list(drawn())
    assert [calls.index(path) for path in route] == sorted(calls.index(path) for path in route)
    assert ">1,255<" in (tmp_path / "page.html").read_text("utf-8")
    last = [max(at for at, path in enumerate(calls) if path[-1].startswith(f)) for f in UPWARDS]
    assert last == sorted(last), "a floor is returned to after a higher one has begun"


@pytest.mark.parametrize(("path", "code"), QUOTED, ids=[path for path, _ in QUOTED])
def test_the_page_quotes_the_source(path: str, code: str) -> None:
    source = " ".join((ROOT / path).read_text("utf-8").split())
    assert " ".join(code.split()) in source
