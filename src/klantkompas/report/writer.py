"""How a report writes what sections give, and that it names nobody whom it may not name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from html import escape
from operator import attrgetter
from typing import Any

from attrs import evolve, field, frozen

from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Card,
    ClassLabel,
    Item,
    Items,
    KeyFigure,
    KeyFigures,
    Lines,
    Paragraph,
    Picture,
    Table,
)
from klantkompas.report.naming import Called, Naming
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import CustomerName, Listing, Sentence, sentence
from klantkompas.wording.writer import Writer

__all__ = ["PageWriter", "customers_in"]

LETTERS = "ABCD"
"""The classes that have a colour of their own."""
SPEAKS: dict[type, tuple[str, ...]] = {
    Card: ("customer", "beside", "chapters"),
    KeyFigure: ("title", "value", "detail", "since"),
    KeyFigures: ("figures",),
    Item: ("about", "beside", "weight", "says"),
    Items: ("items",),
    Lines: ("lines",),
    Paragraph: ("text",),
    Picture: ("says",),
    Table: ("rows",),
}
"""By kind of block, where it speaks of customers."""
NOT_THE_SAME = mark("not {others}")
NAMESAKES = 3
"""How many customers of the same name are told beside one of them."""
LINKED = re.compile("\ue000([^\ue000-\ue002]*)\ue001([^\ue000-\ue002]*)\ue002")
"""The anchor and name of a customer in a sentence, between characters that no text uses."""
PROVISIONAL = mark("too little known to be sure")


@frozen
class PageWriter(Writer):
    """Writes values as text for the reader of a report.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: translations of plugins' texts, by language.
        naming: how the report names customers.
    """

    naming: Naming = field(kw_only=True)

    def html(self, value: object) -> str:
        """Return a value as HTML: escaped text, a customer by name, a class by its letter.

        Raises:
            PluginError: the value cannot be written, or names a customer whom the report may not
                name.
        """
        if isinstance(value, CustomerName):
            return self.called(value).__html__()
        if isinstance(value, ClassLabel):
            return self._letter(value)
        if isinstance(value, Sentence):
            return LINKED.sub(r'<a href="#\1">\2</a>', escape(self._linking.say(value)))
        return escape(self.plain(value))

    @cached_property
    def _linking(self) -> _LinkingWriter:
        """The writer that marks customers who have a card."""
        return _LinkingWriter(self.language, self.catalogues, self.currency, naming=self.naming)

    def _letter(self, label: ClassLabel) -> str:
        fill = label.label if label.label in LETTERS else "own"
        doubt = "?" if label.provisional else ""
        letter = f'<span class="letter fill-{fill}">{escape(label.label)}{doubt}</span>'
        if not label.provisional:
            return letter
        hint = escape(self.text(PROVISIONAL))
        return (
            f'<span class="unsure" title="{hint}">{letter}<span class="aside">{hint}</span></span>'
        )

    def written(self, value: object) -> str | Called:
        """Return a value as text; a customer as a `Called`, which the page writes as HTML.

        Raises:
            PluginError: the value cannot be written, or names a customer whom the report may not
                name.
        """
        return self.called(value) if isinstance(value, CustomerName) else self.plain(value)

    def customer(self, customer: CustomerName) -> str:
        """Return the id, name or pseudonym by which the report names a customer.

        Raises:
            PluginError: the customer objects to profiling.
        """
        return str(self.called(customer))

    def string(self, text: str) -> str:
        """Return a text that a section gave, unchanged, once it is known to name nobody it may not.

        Raises:
            PluginError: the text holds the id or name of a customer whom the page may not name.
        """
        if self.naming.reveals(text):
            raise PluginError(
                "a text holds the id or name of a customer that this page may not name: give "
                "customers as CustomerName(id), and what only looks like one as Sentence(text)"
            )
        return text

    def called(self, customer: CustomerName) -> Called:
        """Return a customer as the report names them.

        Raises:
            PluginError: the customer objects to profiling.
        """
        if self.naming.opted_out(customer.id):
            raise PluginError(
                "a heading or template names a customer that objects to profiling: leave out those "
                "for whom reading.measures.opted_out holds"
            )
        found = self.naming.of(customer.id)
        if not found.namesakes:
            return found
        others = Listing(map(Sentence, found.namesakes[:NAMESAKES]))
        return evolve(found, aside=self.say(sentence(NOT_THE_SAME, others=others)))

    def in_template(self, value: object) -> object:
        """Return a value as a template writes it; a value of any other kind unchanged.

        Raises:
            PluginError: it names a customer who objects to profiling.
        """
        if isinstance(value, CustomerName):
            return self.called(value)
        return self.say(value) if isinstance(value, Sentence) else value

    def may_show(self, value: object) -> bool:
        """Return whether a cell or text names no customer who objects to profiling."""
        return not any(map(self.naming.opted_out, customers_in(value)))


@frozen
class _LinkingWriter(PageWriter):
    """Writes sentences in which each customer who has a card stands between marks."""

    def customer(self, customer: CustomerName) -> str:
        """Return how the report names a customer, between marks where they have a card."""
        called = self.called(customer)
        return f"\ue000{called.anchor}\ue001{called}\ue002" if called.anchor else str(called)


def customers_in(value: object) -> Iterable[str]:
    """Return the ids of the customers that a block, cell or sentence speaks of, in order."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        kind: Any = type(each)
        if isinstance(each, CustomerName):
            yield each.id
        elif parts_of := _parts_of(kind):
            waiting += reversed(parts_of(each))


@cache
def _parts_of(kind: type) -> Callable[[Any], Sequence[object]] | None:
    """Return how to take apart what may speak of customers, in order; None for text and numbers."""
    if issubclass(kind, list | tuple):
        return tuple
    if issubclass(kind, Sentence):
        return lambda said: tuple(said.values.values())
    if issubclass(kind, Listing):
        return attrgetter("items")
    names = SPEAKS.get(kind, ())
    return (lambda block: tuple(getattr(block, name) for name in names)) if names else None
