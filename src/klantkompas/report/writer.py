"""How a report writes what sections give, and that it names nobody whom it may not name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from klantkompas.errors import PluginError
from klantkompas.report.naming import Called, Naming
from klantkompas.wording.sentence import CustomerName, Listing, Sentence
from klantkompas.wording.writer import Writer

__all__ = ["PageWriter"]


@frozen
class PageWriter(Writer):
    """Writes values as text for the reader of a report.

    Args:
        language: ``"en"`` or ``"nl"``.
        catalogues: translations of plugins' texts, by language.
        naming: how the report names customers.
    """

    naming: Naming = field(kw_only=True)

    def written(self, value: object) -> str | Called:
        """Return a value as text; a customer as a `Called`, which the page writes as HTML.

        Raises:
            PluginError: the value cannot be written, or names a customer whom the report may not
                name.
        """
        return self._called(value) if isinstance(value, CustomerName) else self.plain(value)

    def customer(self, customer: CustomerName) -> str:
        """Return the id, name or pseudonym by which the report names a customer.

        Raises:
            PluginError: the customer objects to profiling.
        """
        return str(self._called(customer))

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

    def _called(self, customer: CustomerName) -> Called:
        if self.naming.opted_out(customer.id):
            raise PluginError(
                "a heading or template names a customer that objects to profiling: leave out those "
                'for whom reading.measures.record["opted_out"] holds'
            )
        return self.naming.of(customer.id)

    def in_template(self, value: object) -> Any:
        """Return a value as a template writes it; a value of any other kind unchanged.

        Raises:
            PluginError: it names a customer who objects to profiling.
        """
        if isinstance(value, CustomerName):
            return self._called(value)
        return self.say(value) if isinstance(value, Sentence) else value

    def may_show(self, value: object) -> bool:
        """Return whether a cell or text names no customer who objects to profiling."""
        return not any(map(self.naming.opted_out, _customers(value)))


def _customers(value: object) -> Iterable[str]:
    """Return the customers that a cell or sentence speaks of."""
    match value:
        case CustomerName():
            yield value.id
        case Sentence():
            yield from _customers([*value.values.values()])
        case Listing():
            yield from _customers(value.items)
        case list() | tuple():
            for each in value:
                yield from _customers(each)
