"""A section of a letter: paragraphs, a list and a table, which become text and a page alike."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from klantkompas.wording.sentence import Sentence, Value
from klantkompas.wording.writer import Writer

__all__ = ["Section"]


@frozen(kw_only=True)
class Section:
    """A section of a letter: paragraphs, and a table or none.

    Args:
        title: its title.
        paragraphs: what it says, before the table.
        headings: the headings of the table.
        rows: its rows; the first cell of each says what the row is about.
        items: a list, below the paragraphs.
        after: what it says after the list and the table.
        level: 1 for the title of the letter, 2 for a section, 3 for a part of one.
    """

    title: Sentence
    paragraphs: tuple[Sentence, ...] = ()
    items: tuple[Value, ...] = ()
    headings: tuple[Sentence, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    after: tuple[Sentence, ...] = ()
    level: int = 2

    def blocks(self, writer: Writer) -> Iterable[str]:
        """Yield the section as plain text, in blocks.

        Args:
            writer: writes the values.
        """
        title = writer.say(self.title)
        yield f"{title}\n{'=-~'[self.level - 1] * len(title)}"
        yield from map(writer.say, self.paragraphs)
        if self.items:
            yield "\n".join(f"- {writer.plain(each)}" for each in self.items)
        if self.rows:
            headings = [writer.say(each) for each in self.headings]
            yield "\n".join(_line(headings, [*map(writer.plain, row)]) for row in self.rows)
        yield from map(writer.say, self.after)


def _line(headings: list[str], cells: list[str]) -> str:
    """Return a row of a table as one line: each cell after its heading, but for empty ones."""
    rest = zip(headings[1:], cells[1:], strict=True)
    told = "; ".join(f"{heading}: {cell}" for heading, cell in rest if cell)
    return f"- {cells[0]}. {told}"
