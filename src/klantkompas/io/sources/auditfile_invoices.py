"""The invoices in a ledger, and what was received for each.

What the bank received pays the invoice that it names, or that it is matched with. What names none
is taken off the customer's oldest invoices, as the law has it (Dutch Civil Code 6:43), so that what
is open is right in sum; the day on which one of these was paid is unknown then (decided).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from attrs import Factory, define, frozen

from klantkompas.io.sources.auditfile_books import OPENING, SALES, Books, Line

__all__ = ["Invoice", "Settled", "invoices_of"]

_Key = tuple[str, str]
"""A customer and the number of an invoice."""


@define
class Invoice:
    """An invoice, and what was received for it.

    Args:
        customer: the customer.
        reference: its number, if it has one.
        made: the lines that put it on an account of debtors.
        settled: the lines that took it off.
        spread: the cents taken off it of what named no invoice.
        closed: the day on which it was paid together with others.
    """

    customer: str
    reference: str
    made: list[Line] = Factory(list)
    settled: list[Line] = Factory(list)
    spread: int = 0
    closed: str = ""

    @property
    def is_opened(self) -> bool:
        """Whether it was outstanding at the start."""
        return any(line.kind == OPENING for line in self.made)

    @property
    def cents(self) -> int:
        """What it was made for."""
        return sum(line.cents for line in self.made)

    @property
    def open(self) -> int:
        """What is still to be paid, in cents."""
        settled = sum(line.cents for line in self.settled)
        return 0 if self.closed else self.cents + settled - self.spread

    @property
    def issued(self) -> str:
        """When it was made."""
        return next((line.issued for line in self.made if line.issued), self.made[0].day)

    @property
    def due(self) -> str | None:
        """When it has to be paid, if that is known."""
        return next((line.due for line in self.made if line.due), None)

    @property
    def paid(self) -> str | None:
        """When it was paid, if it was and the day is known."""
        if self.closed:
            return self.closed
        days = [self._day(line) for line in self.settled]
        is_paid = self.open <= 0 < self.cents or self.open == 0
        return max(days) if days and is_paid and not self.spread else None

    def _day(self, line: Line) -> str:
        """Return the line's own day, which some packages make that of the invoice."""
        return line.effective if line.effective > self.issued else line.day


@frozen
class Settled:
    """The invoices of a ledger, and how many receipts were for others or named none."""

    invoices: list[Invoice]
    of_others: int
    unnamed: int


def invoices_of(books: Books, accounts: set[str]) -> Settled:
    """Return the invoices that a ledger has on its accounts of debtors.

    Args:
        books: the ledger.
        accounts: the accounts of debtors.
    """
    made, receipts = dict[_Key, Invoice](), list[Line]()
    opened = {(day, ""): list(lines) for day, lines in books.outstanding.items()}
    for number, entry in enumerate(books.entries):
        for line in entry:
            if line.account not in accounts or not line.customer:
                continue
            if line.kind == SALES:
                _add(made, line, line.invoice or line.document or f"\0{number}")
            elif line.kind == OPENING:
                opened.setdefault((line.day, line.journal), []).append(line)
            else:
                receipts.append(line)
    for (day, _), lines in sorted(opened.items()):
        _add_opened(made, day, lines, books)
    return _settle(made, receipts)


def _add(made: dict[_Key, Invoice], line: Line, reference: str) -> None:
    key = (line.customer, reference)
    if key not in made:
        made[key] = Invoice(line.customer, "" if reference.startswith("\0") else reference)
    made[key].made.append(line)


def _add_opened(made: dict[_Key, Invoice], day: str, lines: list[Line], books: Books) -> None:
    """Add what was outstanding on a day, but for what was sold or outstanding before it."""
    earlier = {key for key, each in made.items() if each.made[0].day < day or each.is_opened}
    for line in lines:
        reference = line.invoice or line.document or "\0opened"
        is_customers = line.customer and not books.is_supplier(line.customer)
        if is_customers and (line.customer, reference) not in earlier:
            _add(made, line, reference)


def _settle(made: dict[_Key, Invoice], receipts: Iterable[Line]) -> Settled:
    matched = defaultdict[_Key, list[Invoice]](list)
    for invoice in made.values():
        for name in {line.matching for line in invoice.made} - {""}:
            matched[invoice.customer, name].append(invoice)
    together, unnamed = defaultdict[_Key, list[Line]](list), list[Line]()
    of_others = 0
    for line in receipts:
        named = made.get((line.customer, line.invoice)) if line.invoice else None
        key = (line.customer, line.matching)
        if named is None and key in matched:
            together[key].append(line)
        elif named is None and line.invoice:
            of_others += 1
        elif named is None and (named := made.get((line.customer, line.document))) is None:
            unnamed.append(line)
        if named is not None:
            named.settled.append(line)
    for key, lines in together.items():
        unnamed += _settle_matched(matched[key], lines)
    _spread(made.values(), unnamed)
    return Settled([*made.values()], of_others, len(unnamed))


def _settle_matched(invoices: list[Invoice], lines: list[Line]) -> list[Line]:
    """Settle invoices by what they are matched with; return what does not say for which it is."""
    if len(invoices) == 1:
        invoices[0].settled += lines
        return []
    if sum(each.open for each in invoices) + sum(line.cents for line in lines):
        return lines
    for each in invoices:
        each.closed = max(line.day for line in lines)
    return []


def _spread(invoices: Iterable[Invoice], unnamed: list[Line]) -> None:
    """Take what names no invoice off the customer's oldest ones that were there by then."""
    by_customer = defaultdict[str, list[Invoice]](list)
    for invoice in sorted(invoices, key=lambda each: each.issued):
        by_customer[invoice.customer].append(invoice)
    for line in sorted(unnamed, key=lambda each: each.day):
        rest = -line.cents
        for invoice in by_customer[line.customer]:
            if rest > 0 and invoice.issued <= line.day and invoice.open > 0:
                part = min(rest, invoice.open)
                invoice.spread += part
                rest -= part
