"""What answers look like on a terminal: no wider than that, tables and progress by rich.

Where standard output is not a terminal, or rich is not installed, all is plain text.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from io import StringIO
from numbers import Real
from typing import TextIO

from attrs import frozen

from klantkompas.report.progress import Spinner
from klantkompas.wording.sentence import Grid, Quantity
from klantkompas.wording.writer import Writer

__all__ = ["DisplayWriter", "is_rich", "spinner"]

LINES = "─━"


def is_rich(stream: TextIO) -> bool:
    """Return whether rich can draw on a stream: it is installed, and lines can be written."""
    try:
        LINES.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return stream.isatty() and find_spec("rich") is not None and os.environ.get("TERM") != "dumb"


def spinner(stream: TextIO, text: str) -> Spinner:
    """Return what turns on a terminal beside a text, once it is started.

    Args:
        stream: the terminal.
        text: what is being done.
    """
    from rich.console import Console
    from rich.text import Text

    return Console(file=stream).status(Text(text))


@frozen
class DisplayWriter(Writer):
    """Writes for a terminal: tables fit its width.

    Args:
        width: how many characters a line holds.
    """

    width: int = 80

    def grid(self, grid: Grid) -> str:
        """Return values in columns, below a line where the first row are headings."""
        from rich import box
        from rich.console import Console
        from rich.table import Table

        first, *others = grid.rows
        numbers = [
            any(isinstance(row[at], Real | Quantity) for row in grid.rows)
            for at in range(len(first))
        ]
        headed = any(numbers) and not any(isinstance(each, Real) for each in first)
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_header=headed)
        for value, right in zip(first, numbers, strict=True):
            table.add_column(
                self.plain(value) if headed else "",
                justify="right" if right else "left",
                overflow="fold",
            )
        for row in others if headed else grid.rows:
            table.add_row(*map(self.plain, row))
        made = StringIO()
        console = Console(
            file=made, width=self.width, color_system=None, markup=False, highlight=False
        )
        console.print(table)
        return "\n".join(line.rstrip() for line in made.getvalue().splitlines())
