"""What a section of the report is made of: paragraphs, lists, tables, pictures, and templates.

A section says what is to be seen; the report writes it: a text as it stands, a `Sentence` in the
reader's language, numbers and days as that language writes them, and customers by name, id or
pseudonym.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from klantkompas.drawing import Display
from klantkompas.errors import PluginError
from klantkompas.wording.sentence import CustomerName, Quantity, Sentence, Value

__all__ = [
    "Block",
    "Card",
    "Cell",
    "ClassLabel",
    "CustomerName",
    "Display",
    "Item",
    "Items",
    "KeyFigure",
    "KeyFigures",
    "Lines",
    "Paragraph",
    "Picture",
    "Quantity",
    "Table",
    "Template",
]


@frozen
class ClassLabel:
    """A customer's class, shown as its letter.

    Args:
        label: the class, such as ``"A"``.
        provisional: whether too little is known to be sure of it.
    """

    label: str
    provisional: bool = False


Cell = Value | ClassLabel | Sequence[Value]
"""What stands in a table: a text, a customer, a class, a number, a day, None for unknown; or some
texts, below each other."""


@frozen
class Paragraph:
    """A paragraph of a section of the report.

    Args:
        text: a text, shown as it is; or a `Sentence`, which is shown in the reader's language.
    """

    text: str | Sentence


@frozen
class Lines:
    """Sentences below each other; those that are indented stand under the one before.

    Args:
        lines: the sentences, such as the ``parts`` of a result.
        title: a heading of their own; None without one.

    >>> Lines([Sentence("Bought twice.")]).title is None
    True
    """

    lines: Sequence[str | Sentence]
    title: str | Sentence | None = None


@frozen(kw_only=True)
class KeyFigure:
    """A headline number.

    Args:
        title: what it counts.
        value: the number; None for unknown.
        detail: what it is part of, or how sure it is.
        since: how it changed since the last review; None without one.
    """

    title: str | Sentence
    value: Value
    detail: str | Sentence
    since: str | Sentence | None = None


@frozen
class KeyFigures:
    """Headline numbers beside each other.

    Args:
        figures: the numbers, the most important first.
    """

    figures: Sequence[KeyFigure]


@frozen(kw_only=True)
class Item:
    """One line of a list: whom or what it is about, and what is to be said.

    Args:
        about: the customer, or a text.
        label: the customer's class; None without one.
        beside: what stands beside it, such as since when it waits; None for nothing.
        weight: what the lines of a list are compared by, such as revenue: it stands at the right;
            None for nothing.
        says: what is said below it, such as why it is on the list and what to do.
    """

    about: Value
    label: ClassLabel | None = None
    beside: str | Sentence | None = None
    weight: str | Sentence | None = None
    says: Sequence[str | Sentence] = ()


@frozen(kw_only=True)
class Items:
    """A list with a heading of its own; lists that follow each other stand side by side.

    Args:
        title: the heading.
        note: a sentence below the heading, such as how many there are; None for nothing.
        items: the lines, in order.
        shown: how many lines are visible; the reader can unfold the others.

    >>> Items(title="Call first", items=[Item(about=CustomerName("17"))]).shown
    5
    """

    title: str | Sentence
    note: str | Sentence | None = None
    items: Sequence[Item] = ()
    shown: int = 5


@frozen(kw_only=True)
class Card:
    """What there is to say of one customer; wherever the page names them, it links here.

    Args:
        customer: the customer.
        label: their class; None without one.
        beside: their rank, revenue and the like; None for nothing.
        chapters: what is said of them, each part under its own heading, and small pictures.
    """

    customer: CustomerName
    label: ClassLabel | None = None
    beside: str | Sentence | None = None
    chapters: Sequence[Lines | Display] = ()


@frozen
class Table:
    """A table in a section of the report; its first column says what each row is about.

    Args:
        headings: the heading of each column.
        rows: for each row, a cell for each column.
        shown: how many rows are visible; the reader can unfold the others.
        searched: whether the reader can search and sort the table, where the page may run scripts;
            then all rows are visible.

    Raises:
        PluginError: a row has more or fewer cells than there are headings.

    >>> Table(["customer", "revenue"], [[CustomerName("17"), Quantity(1200, "money")]]).shown
    50
    """

    headings: Sequence[str | Sentence]
    rows: Sequence[Sequence[Cell]] = field()
    shown: int = 50
    searched: bool = False

    @rows.validator
    def _of_one_width(self, attribute: object, rows: Sequence[Sequence[Cell]]) -> None:
        for at, row in enumerate(rows):
            if isinstance(row, str) or len(row) != len(self.headings):
                raise PluginError(
                    f"Table: row {at + 1} must have {len(self.headings)} cells, one for each "
                    "heading"
                )


@frozen
class Picture:
    """A picture of your own, shown so that it can neither run a script nor fetch anything.

    The picture of a result, such as ``reading.pareto.display()``, needs none: a `Display` is a
    block of itself, which the report draws in the reader's language and colours.

    Args:
        svg: the picture as SVG.
        says: a text alternative: what the picture shows, for readers who cannot see it.

    Raises:
        PluginError: `svg` is not SVG.

    >>> Picture('<svg xmlns="http://www.w3.org/2000/svg"/>', says="nothing").says
    'nothing'
    """

    svg: str = field()
    says: str | Sentence

    @svg.validator
    def _is_svg(self, attribute: object, svg: object) -> None:
        if not isinstance(svg, str) or "<svg" not in svg:
            raise PluginError("Picture: svg must be a text that holds an <svg> element")


@frozen
class Template:
    """A block of HTML of your own, written by the template engine Jinja.

    Values are escaped; a `CustomerName` and a `Sentence` are written as the report writes them. The
    filters ``number``, ``money``, ``share``, ``points`` and ``day`` write values in the reader's
    language, and ``text`` translates.

    Args:
        source: the template, or the path of a file that holds it: that is kept compiled.
        values: the variables of the template, by name.

    Raises:
        PluginError: the HTML would run a script or fetch something when the page is opened.

    >>> Template("<p>{{ customers | number }} customers</p>", {"customers": 1200}).source
    '<p>{{ customers | number }} customers</p>'
    """

    source: str | Path
    values: Mapping[str, object] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Refuse HTML that would run a script or fetch something."""
        from klantkompas.hooks.inert_html import refuse_active

        given = self.source
        source = given.read_text(encoding="utf-8") if isinstance(given, Path) else given
        refuse_active(re.sub(r"\{[{%#].*?[}%#]\}", "", source, flags=re.DOTALL))


Block = Paragraph | Lines | KeyFigures | Items | Card | Table | Picture | Display | Template
