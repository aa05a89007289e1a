"""Writes the page of what is built in, from the declarations; nobody keeps a list of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from klantkompas import Compass, Measure

PAGE = Path(__file__).with_name("reference") / "built-in.md"
OPENING = """# What is built in

This page is generated from the declarations. What you declare in a plugin has the same form, and
`python -m klantkompas plugins` lists everything, with where it comes from.
"""


def table(title: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a section with a table.

    Args:
        title: of the section.
        heading: of each column.
        rows: the cells of each row.
    """
    lines = [heading, ["---"] * len(heading), *sorted(rows, key=lambda row: str(row[0]))]
    cells = [
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    ]
    return "\n".join([f"## {title}\n", *cells, ""])


def page() -> str:
    """Return the page."""
    declared = Compass(installed=False).declarations
    measures = {each.name: each for each in declared.measures if isinstance(each, Measure)}
    of = {each.name: measures[each.measure_name] for each in declared.factors}
    sections = [
        table(
            "Success factors",
            ("factor", "the customer", "what is measured", "met by", "needs"),
            (
                (
                    f"`{f.name}`",
                    f.title,
                    of[f.name].describes,
                    f"`{f.criterion}`",
                    needs(of[f.name]),
                )
                for f in declared.factors
            ),
        ),
        table(
            "Export shapes",
            ("shape", "read as", "table", "how to export it", "headings seen in"),
            (
                (f"`{each.name}`", each.title, each.table, each.how_to, each.source)
                for each in declared.export_shapes
            ),
        ),
        table(
            "Classification rules",
            ("priority", "rule", "class", "because"),
            (
                (each.priority, f"`{each.name}`", each.label, each.because)
                for each in declared.rules
            ),
        ),
        table(
            "Measures",
            ("measure", "what it is", "unit", "needs"),
            ((f"`{m.name}`", m.describes, m.unit, needs(m)) for m in measures.values()),
        ),
        table(
            "Lenses",
            ("lens", "its question"),
            ((f"`{each.name}`", each.question) for each in declared.lenses),
        ),
        table(
            "Cues",
            ("cue", "what the customer does"),
            ((f"`{each.name}`", each.describes) for each in declared.cues),
        ),
        table(
            "Traits",
            ("trait", "its signals"),
            (
                (f"`{each.name}`", ", ".join(f"`{signal.name}`" for signal in each.signals))
                for each in declared.traits
            ),
        ),
    ]
    return "\n".join([OPENING, *sections])


def needs(measure: Measure) -> str:
    """Return the tables and columns that a measure is made of."""
    return ", ".join(f"`{each}`" for each in measure.reads)


def write_page() -> None:
    """Write the page where it differs from what is there."""
    content = page()
    if not PAGE.is_file() or PAGE.read_text("utf-8") != content:
        PAGE.write_text(content, encoding="utf-8")
