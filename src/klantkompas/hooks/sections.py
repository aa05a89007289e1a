"""Sections of the report, and the blocks that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from klantkompas.domain.explanation import Sentence
from klantkompas.hooks.checks import a_function, a_name

__all__ = ["Block", "Cell", "Paragraph", "Picture", "ReportSection", "Table"]


Cell = str | Sentence | float | date | None
"""What stands in a table: a text, a number, a day, or None for unknown."""


@frozen
class Paragraph:
    """A paragraph.

    Args:
        text: a marked text, or a sentence with what fills it in.
    """

    text: str | Sentence


@frozen
class Table:
    """A table.

    Args:
        headings: of the columns, marked texts.
        rows: a cell for each column.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@frozen
class Picture:
    """A picture.

    Args:
        svg: the picture as SVG.
        says: what it shows, for those who cannot see it; a marked text.
    """

    svg: str
    says: str | Sentence


Block = Paragraph | Table | Picture
"""What a section is made of."""


@frozen(kw_only=True)
class ReportSection:
    """A section of the report.

    Args:
        name: an identifier.
        title: its heading, a marked text.
        show: a function of a `Reading` that gives the section's blocks; none to leave it out.
        priority: smaller comes first.

    Raises:
        PluginError: the name is no identifier, or `show` no function.

    >>> section = ReportSection(
    ...     name="size",
    ...     title="How many",
    ...     show=lambda reading: [Paragraph(f"{len(reading.measures)} customers")],
    ... )
    >>> section.priority
    1000
    """

    name: str = field(validator=a_name)
    title: str
    show: Callable[[Any], Sequence[Block]] = field(validator=a_function)
    priority: float = 1000
