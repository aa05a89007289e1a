"""A letter as one page: no script, no network, readable by every reader and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klantkompas._told import told
from klantkompas.errors import MissingExtraError
from klantkompas.report.letter.section import Section
from klantkompas.wording.writer import Writer

__all__ = ["page_of"]

TEMPLATE = Path(__file__).with_name("letter.html.jinja")


def page_of(sections: Sequence[Section], writer: Writer) -> str:
    """Return the sections of a letter as HTML.

    Args:
        sections: the sections; the first has the title of the letter.
        writer: writes their values.

    Raises:
        MissingExtraError: the extra `report` is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as cause:
        raise MissingExtraError("report", told("writing a letter as a page")) from cause
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["say"] = writer.say
    environment.filters["plain"] = writer.plain
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(sections=sections, language=writer.language)
