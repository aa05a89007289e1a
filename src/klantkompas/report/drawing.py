"""How the sections of a report become HTML, the report's own as well as those of plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from attrs import evolve, frozen

from klantkompas.compass import Reading
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Block,
    Card,
    Display,
    Items,
    KeyFigures,
    Lines,
    Paragraph,
    Picture,
    ReportSection,
    Table,
    Template,
)
from klantkompas.hooks.declaration import PLUGIN_EXCEPTIONS, describe, plugin_failure
from klantkompas.report import lists
from klantkompas.report.environment import render, render_source
from klantkompas.report.tables import table_html
from klantkompas.report.writer import PageWriter

__all__ = ["Drawing"]

DoneT = TypeVar("DoneT")
HOLDS: dict[type, str] = {Table: "rows", Items: "items", Lines: "lines"}
"""The blocks that hold parts, each of which may speak of somebody else."""


@frozen
class Drawing:
    """Writes the sections of a report as HTML.

    Args:
        writer: writes values in the reader's language, and customers as the report names them.
    """

    writer: PageWriter

    def blocks(self, section: ReportSection, reading: Reading, **given: object) -> list[Block]:
        """Return the blocks of one section, without what speaks of who objects to profiling.

        Args:
            section: the section.
            reading: the reading.
            **given: what else the section may ask for.

        Raises:
            PluginError: the section fails, or returns something that is not a block.
        """
        return self._told(section, lambda: [*self._allowed(section.blocks(reading, **given))])

    def body(self, section: ReportSection, blocks: Sequence[Block]) -> str:
        """Return the HTML of one section; empty where there are no blocks.

        Args:
            section: the section.
            blocks: its blocks.

        Returns:
            HTML, marked as safe for the template of the page.

        Raises:
            PluginError: a block cannot be written.
        """
        from markupsafe import Markup

        parts = self._told(section, lambda: [*self._parts(section, blocks)])
        return Markup("\n").join(map(Markup, parts))  # its values are escaped

    def _told(self, section: ReportSection, act: Callable[[], DoneT]) -> DoneT:
        """Return what an act returns; where it fails, say of which section."""
        try:
            return act()
        except PluginError as cause:
            raise PluginError(f"{describe(section)}: {cause}") from cause
        except PLUGIN_EXCEPTIONS as cause:
            raise plugin_failure(describe(section), cause) from cause

    def _allowed(self, blocks: Iterable[Block]) -> Iterable[Block]:
        """Leave out what speaks of who objects to profiling: a row, a line, or the whole block."""
        shown = self.writer.may_show
        for block in blocks:
            held = HOLDS.get(type(block))
            if held is None:
                if shown(block):
                    yield block
            else:
                kept: Any = {held: [each for each in getattr(block, held) if shown(each)]}
                if kept[held] or not getattr(block, held):
                    yield evolve(block, **kept)

    def _parts(self, section: ReportSection, blocks: Sequence[Block]) -> Iterable[str]:
        for group in _together(blocks):
            drawn = [self._drawn(each, section) for each in group]
            if isinstance(group[0], Items):
                yield f'<div class="lists">{"".join(drawn)}</div>'
            elif len(group) > 1:
                sides = "".join(f"<div>{each}</div>" for each in drawn)
                yield f'<div class="beside">{sides}</div>'
            else:
                yield from drawn

    def _drawn(self, block: Block, section: ReportSection) -> str:
        writer = self.writer
        match block:
            case Template():
                return render_source(block.source, writer, {**block.values, "section": section})
            case Table():
                return table_html(block, writer, section.name)
            case Items():
                return lists.items_html(block, writer)
            case Lines():
                return lists.lines_html(block, writer, level=3)
            case KeyFigures():
                return lists.figures_html(block, writer)
            case Card():
                return lists.card_html(block, writer)
            case Display():
                return lists.picture_html(block, writer)
            case Picture():
                return render("picture.html.jinja", writer, {"block": block})
            case Paragraph():
                return lists.paragraph_html(block, writer)
        raise PluginError(f"{type(block).__name__} cannot be drawn")


def _together(blocks: Iterable[Block]) -> Iterable[list[Block]]:
    """Yield blocks that stand side by side: lists, or a picture and what is said of it."""
    group: list[Block] = []
    for block in blocks:
        lists_go_on = bool(group) and isinstance(group[0], Items) and isinstance(block, Items)
        is_said = len(group) == 1 and isinstance(group[0], Display) and isinstance(block, Lines)
        if group and not (lists_go_on or is_said):
            yield group
            group = []
        group.append(block)
    if group:
        yield group
