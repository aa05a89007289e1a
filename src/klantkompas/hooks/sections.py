"""Sections of the report."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from attrs import field, frozen

from klantkompas.errors import PluginError
from klantkompas.hooks.blocks import Block
from klantkompas.hooks.checks import finite_number, is_callable, nonempty_text
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import of_function

__all__ = ["ReportSection", "report_section"]

BLOCKS: tuple[type, ...] = get_args(Block)
EXPECTED = "its show must take a Reading and give a list of " + ", ".join(
    each.__name__ for each in BLOCKS
)


@frozen(kw_only=True)
class ReportSection(Declaration):
    """A section of the report.

    The report's own sections stand at 100 to 1400; the cards and how it was made, from 1900.

    Args:
        name: an identifier.
        title: the heading of the section.
        show: a function of a `Reading` that returns or yields the section's blocks; where there are
            none, the section is left out. It may have further parameters, which it gets by name:
            ``review`` and ``plan``, the review and the plan for letting go that the report was
            given, or None; ``lists``, the lists to work from.
        priority: the section with the smallest number comes first; equal ones are sorted by name.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, the title no text, `show` no function, or the
            priority no number.

    >>> from types import SimpleNamespace as Reading
    >>> from klantkompas.hooks.blocks import Paragraph
    >>> section = ReportSection(
    ...     name="size",
    ...     title="How many",
    ...     show=lambda reading: [Paragraph(f"There are {len(reading.measures)}.")],
    ... )
    >>> section.priority, [block.text for block in section.blocks(Reading(measures=["a", "b"]))]
    (1500, ['There are 2.'])
    """

    title: str = field(validator=nonempty_text)
    show: Callable[..., Iterable[Block]] = field(validator=is_callable)
    priority: float = field(default=1500, validator=finite_number)

    @property
    def needs(self) -> frozenset[str]:
        """The names of the parameters of its function besides the reading."""
        return frozenset([*inspect.signature(self.show).parameters][1:])

    def blocks(self, reading: object, **given: object) -> Iterator[Block]:
        """Return the blocks (paragraphs, tables, pictures...) that the section shows of a reading.

        What the function of the section raises is passed on.

        Args:
            reading: the `Reading`.
            **given: what else there is to show; the section gets what its function has a parameter
                for.

        Returns:
            The section's blocks, one after the other.

        Raises:
            PluginError: the section returns something that is not a block.
        """
        needs = self.needs
        shown = self.show(reading, **{name: each for name, each in given.items() if name in needs})
        if isinstance(shown, (str, Mapping)) or not hasattr(shown, "__iter__"):
            raise PluginError(f"it gave {type(shown).__name__}, but {EXPECTED}")
        for block in shown:
            if not isinstance(block, BLOCKS):
                raise PluginError(f"it gave {type(block).__name__}, but {EXPECTED}")
            yield block


def report_section(
    *, title: str, name: str | None = None, priority: float = 1500
) -> Callable[[Callable[..., Iterable[Block]]], ReportSection]:
    """Make a section of the report of a function of a `Reading`.

    The function may have further parameters, ``review``, ``plan`` and ``lists``; see
    `ReportSection`.

    Args:
        title: the heading of the section.
        name: an identifier; the function's name unless given.
        priority: the section with the smallest number comes first; the report's own are at 100 to
            1400 and from 1900.

    Returns:
        A decorator that makes a `ReportSection` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> from klantkompas.hooks import Paragraph
    >>> @report_section(title="Our shop")
    ... def our_shop(reading):
    ...     return [Paragraph("We sell bicycles.")]
    >>> our_shop.name, our_shop.priority
    ('our_shop', 1500)
    """

    def declare(function: Callable[..., Iterable[Block]]) -> ReportSection:
        show, called = of_function(function, "report_section", "show")
        return ReportSection(name=name or called, title=title, show=show, priority=priority)

    return declare
