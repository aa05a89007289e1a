"""How a report writes what sections give: texts, numbers, days and customers, for its reader."""

from __future__ import annotations

import string
from collections.abc import Iterable
from datetime import date
from numbers import Real
from typing import Any

from attrs import frozen

from klantkompas.errors import PluginError
from klantkompas.hooks import CustomerName, Quantity
from klantkompas.report.formats import UNKNOWN, Formats
from klantkompas.report.naming import Called, Naming
from klantkompas.wording.sentence import Sentence

__all__ = ["Writer"]


class _Filler(string.Formatter):
    """Fills in a sentence; what it gives no format is written as the reader writes it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write what stands in one place."""
        return format(value, format_spec) if format_spec else self.writer.plain(value)


@frozen
class Writer:
    """Writes values for the reader of a report.

    Args:
        formats: how numbers and days are written.
        naming: how customers are called.
    """

    formats: Formats
    naming: Naming

    def say(self, told: Sentence) -> str:
        """Say a sentence, with what fills it in."""
        message = self.formats.text(told.message) if told.message else ""
        return _Filler(self).vformat(message, (), told.values)

    def plain(self, value: Any) -> str:
        """Write a text, customer, number, day, or None for unknown, as text.

        Raises:
            PluginError: it is none of these, or names a customer that it may not name.
        """
        return str(self.written(value))

    def written(self, value: Any) -> str | Called:
        """Write the same, where a customer may be written as HTML.

        Raises:
            PluginError: it is none of these, or names a customer that it may not name.
        """
        match value:
            case Sentence():
                return self.say(value)
            case CustomerName():
                return self._called(value)
            case str():
                return self._text(value)
            case Quantity():
                return self.formats.quantity(value.value, value.unit)
            case date():
                return self.formats.day(value)
            case None:
                return self.formats.text(UNKNOWN)
            case bool():
                pass
            case Real():
                return self.formats.number(float(value))
        raise PluginError(
            f"{type(value).__name__} cannot be written: give a text, a Sentence, a CustomerName, a "
            "number, a Quantity, a day, or None for unknown"
        )

    def _called(self, customer: CustomerName) -> Called:
        if self.naming.opted_out(customer.id):
            raise PluginError(
                "a heading or template names a customer that objects to profiling: leave out those "
                'for whom reading.measures.record["objects"] holds'
            )
        return self.naming.of(customer.id)

    def _text(self, text: str) -> str:
        if self.naming.reveals(text):
            raise PluginError(
                "a text holds the id or name of a customer that this page may not name: give "
                "customers as CustomerName(id), and what only looks like one as Sentence(text)"
            )
        return text

    def in_template(self, value: Any) -> Any:
        """Write what a template says, where it has no form of its own.

        Raises:
            PluginError: it names a customer that objects to profiling.
        """
        if isinstance(value, CustomerName):
            return self._called(value)
        return self.say(value) if isinstance(value, Sentence) else value

    def may_show(self, value: Any) -> bool:
        """Tell whether a cell or text speaks of nobody who objects to profiling."""
        return not any(map(self.naming.opted_out, _customers(value)))


def _customers(value: Any) -> Iterable[str]:
    """Find the customers that a cell or sentence speaks of."""
    match value:
        case CustomerName():
            yield value.id
        case Sentence():
            yield from _customers([*value.values.values()])
        case list() | tuple():
            for each in value:
                yield from _customers(each)
