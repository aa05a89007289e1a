"""Sections of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import field, frozen

from klantkompas.errors import PluginError
from klantkompas.hooks.blocks import Block
from klantkompas.hooks.checks import a_function
from klantkompas.hooks.declaration import Declaration

__all__ = ["ReportSection"]


def _a_title(section: ReportSection, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise PluginError(f"ReportSection {section.name!r}: title is a text, not {value!r}")


@frozen(kw_only=True)
class ReportSection(Declaration):
    """A section of the report.

    The report's own sections stand at 100 to 1100; how it was made, at 2000 to 2200.

    Args:
        name: an identifier.
        title: its heading.
        show: a function of a `Reading` that gives the section's blocks; where there are none, the
            section is left out.
        priority: smaller comes first; of two that are equal, by name.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is no identifier, the title no text, or `show` no function.

    >>> from klantkompas.hooks.blocks import Paragraph
    >>> section = ReportSection(
    ...     name="size",
    ...     title="How many",
    ...     show=lambda reading: [Paragraph(f"There are {len(reading.measures)}.")],
    ... )
    >>> section.priority
    1500
    """

    title: str = field(validator=_a_title)
    show: Callable[[Any], Iterable[Block]] = field(validator=a_function)
    priority: float = 1500
