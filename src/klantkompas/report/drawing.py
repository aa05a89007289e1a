"""How the sections of a report become HTML, the report's own as well as those of plugins."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from functools import partial
from numbers import Real
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from klantkompas.compass import Reading
from klantkompas.drawing import Display
from klantkompas.errors import MissingExtraError, PluginError
from klantkompas.hooks import Block, Paragraph, Picture, Quantity, ReportSection, Table, Template
from klantkompas.hooks.declaration import PLUGIN_EXCEPTIONS, describe, plugin_failure
from klantkompas.report.writer import PageWriter
from klantkompas.wording.explanation import Text
from klantkompas.wording.writer import Writer

__all__ = ["Drawing"]

TEMPLATES = Path(__file__).parent / "templates"


def _lines(cell: object) -> Iterable[Any]:
    return cell if isinstance(cell, list | tuple) else (cell,)


def _sentences(writer: Writer, text: Text) -> tuple[str, ...]:
    """Return what the library itself says of all customers together, which names none of them."""
    return text.sentences(writer)


def _alignment(cell: object) -> str:
    """Return the class by which the style sheet aligns and labels a cell."""
    if isinstance(cell, list | tuple):
        return "several"
    return "number" if isinstance(cell, Real | Quantity) else "single"


def _environment(writer: PageWriter) -> Any:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as cause:
        raise MissingExtraError("report", "writing a report") from cause
    environment: Any = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=writer.in_template,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # Only the templates' own texts go through gettext, which trusts them; those of declarations and
    # of the data go through the filters `text` and `written`, and are escaped.
    environment.install_gettext_callables(
        writer.text, lambda one, many, count: writer.text(one if count == 1 else many), True
    )
    for name in ("day", "money", "number", "points", "quantity", "share", "text"):
        environment.filters[name] = getattr(writer, name)
    environment.filters["sentences"] = partial(
        _sentences, Writer(writer.language, writer.catalogues)
    )
    environment.filters["written"] = writer.written
    environment.filters["lines"] = _lines
    environment.filters["alignment"] = _alignment
    environment.filters["base64"] = lambda text: base64.b64encode(text.encode()).decode()
    del environment.filters["safe"]
    environment.globals["language"] = writer.language
    return environment


@frozen
class Drawing:
    """Writes the sections of a report as HTML.

    Args:
        writer: writes values in the reader's language, and customers as the report names them.

    Raises:
        MissingExtraError: the extra ``report`` is not installed.
    """

    writer: PageWriter
    _environment: Any = field(init=False, repr=False, eq=False)

    @_environment.default
    def _made(self) -> Any:
        return _environment(self.writer)

    def page(self, **values: object) -> str:
        """Return the whole page as HTML, from the values of its template."""
        written: str = self._environment.get_template("page.html.jinja").render(values)
        return written

    def body(self, section: ReportSection, reading: Reading) -> str:
        """Return the HTML of one section of a reading; empty where the section shows nothing.

        Args:
            section: the section.
            reading: the reading.

        Returns:
            HTML, marked as safe for the template of the page.

        Raises:
            PluginError: the section fails, or returns something that is not a block.
        """
        from markupsafe import Markup

        try:
            return Markup("\n").join(
                Markup(self._drawn(block, section))  # noqa: S704 (its values are escaped)
                for block in self._allowed(section.blocks(reading))
            )
        except PluginError as cause:
            raise PluginError(f"{describe(section)}: {cause}") from cause
        except PLUGIN_EXCEPTIONS as cause:
            raise plugin_failure(describe(section), cause) from cause

    def _allowed(self, blocks: Iterable[Block]) -> Iterable[Block]:
        """Leave out what speaks of who objects to profiling."""
        for block in blocks:
            if isinstance(block, Table):
                rows = [row for row in block.rows if self.writer.may_show([*row])]
                if rows:
                    yield evolve(block, rows=rows)
            elif isinstance(block, Template | Display) or self.writer.may_show(_text_of(block)):
                yield block

    def _drawn(self, block: Block, section: ReportSection) -> str:
        values: Mapping[str, Any]
        if isinstance(block, Display):
            return f'<figure class="picture">{block.svg(self.writer, inline=True)}</figure>'
        if isinstance(block, Template):
            template, values = self._environment.from_string(block.source), block.values
        else:
            name = f"{type(block).__name__.lower()}.html.jinja"
            template, values = self._environment.get_template(name), {"block": block}
        drawn: str = template.render({**values, "section": section})
        return drawn


def _text_of(block: Paragraph | Picture) -> Any:
    return block.text if isinstance(block, Paragraph) else block.says
