"""Writes the gallery: every picture of the example shop, on light and on dark paper."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from klantkompas import (
    Compass,
    Heading,
    Portfolio,
    compare_reviews,
    drawing,
    peak_and_end,
    read_mapping,
    watch_list,
)
from klantkompas.drawing import Display

DOCS = Path(__file__).parent
SHOP = DOCS.parent / "examples" / "shop"
FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
    "departures": "vertrek.csv",
}
RATINGS = [7, 7, 2, 8, 6]
OPENING = """# Gallery

Every picture, of the example shop, on light and on dark paper.
{doc}`Pictures of results <how-to/pictures>` says how to make them; {doc}`reference/pictures` lists
what each keeps. Nothing in them depends on colour: fills, shapes, dashes and words tell the same.
"""
PAPERS = {"light": ("#ffffff", "#1d2733"), "dark": ("#12171d", "#e9edf0")}


def displays() -> Iterator[tuple[str, Display]]:
    """Return each picture, with the code that makes it."""
    columns: dict[str, Any] = {**read_mapping(SHOP / "columns.toml")}
    columns["departures"] = {**columns["departures"], "on": Heading("Per", style="d-m-y")}
    files: dict[str, Any] = {table: SHOP / name for table, name in FILES.items()}
    portfolio = Portfolio.from_files(columns=columns, **files)
    compass = Compass(installed=False)
    reading = compass.read(portfolio)
    before = compass.read(portfolio, as_of="2025-05-31")
    made: dict[str, Any] = {
        "TransitionsDisplay": (
            "compare_reviews(before, reading)",
            compare_reviews(before, reading),
        ),
        "WatchDisplay": ("watch_list(reading, before)", watch_list(reading, before)),
        "PeakEndDisplay": (f"peak_and_end({RATINGS})", peak_and_end(RATINGS)),
        "CountsDisplay": ("reading.attitudes", reading.attitudes),
    }
    for name in drawing.__all__:
        kind = getattr(drawing, name)
        if inspect.isclass(kind) and issubclass(kind, Display) and kind is not Display:
            if name in made:
                code, result = made[name]
                yield f"{code}.display()", kind.from_result(result)
            else:
                yield f"{name}.from_reading(reading)", kind.from_reading(reading)


def page() -> str:
    """Return the gallery as Markdown."""
    sections = [OPENING]
    for code, display in displays():
        kind = type(display)
        summary = (inspect.getdoc(kind) or "").partition("\n")[0]
        drawn = "\n".join(
            f'<div style="background:{paper};color:{ink};padding:8px;margin:8px 0">'
            f"{display.svg(inline=True)}</div>"
            for paper, ink in PAPERS.values()
        )
        sections.append(f"## {kind.__name__}\n\n{summary}\n\n`{code}`\n\n{drawn}\n")
    return "\n".join(sections)


def write_page() -> None:
    """Write the gallery beside the other pages."""
    (DOCS / "gallery.md").write_text(page(), encoding="utf-8")
