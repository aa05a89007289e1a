"""The tables in an XML Auditfile Financieel, the file that Dutch bookkeeping packages export.

Versions 3.2 and 4.0. Revenue is what the lines of sales journals put on revenue accounts, per
customer. An invoice is what they put on the accounts of debtors; it is paid when the lines of other
journals, by the same customer and invoice number, have brought it to nothing. Only the sub-ledger
of 3.2 holds due dates; 4.0 has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from attrs import Factory, define, frozen

from klantkompas.io.raw_table import RawTable
from klantkompas.io.xml_records import Record, each_record
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["AUDITFILE_TABLES", "read_auditfile"]

AUDITFILE_TABLES = ("customers", "orders", "invoices")
"""The tables that such a file holds."""
_SALES = "S"
_REVENUE, _DEBTORS = "WOmz", "BVorDeb"
"""How the codes of the Dutch reference scheme of accounts (RGS) begin."""
_CODES = ("RGScode", "leadReference", "leadCode")
_ORDERS = ("custSupID", "invRef", "trDt", "accID", "amnt")
_INVOICES = ("custSupID", "invRef", "invDt", "invDueDt", "paidDt", "invAmnt", "openAmnt")
_NO_DUE_DATES = mark("the file holds no due dates of invoices: give the days to pay, with term")
_EARLIER = mark("{count} of customers for invoices that the file does not hold left out")


@frozen
class _Line:
    """A line of a transaction: money in cents, above zero where it is debit."""

    place: tuple[str, str, str]
    journal: str
    account: str
    day: str
    cents: int
    customer: str
    invoice: str


@define
class _Books:
    """What is taken out of the file."""

    customers: list[Record] = Factory(list)
    kinds: dict[str, str] = Factory(dict)
    codes: dict[str, str] = Factory(dict)
    transactions: dict[tuple[str, str], list[_Line]] = Factory(lambda: defaultdict(list))
    details: dict[tuple[str, str, str], Record] = Factory(dict)

    def add_customer(self, records: Sequence[Record]) -> None:
        if records[-1].get("custSupTp", "C") != "S":
            self.customers.append(records[-1])

    def add_account(self, records: Sequence[Record]) -> None:
        account = records[-1]
        name = account.get("accID", "")
        self.kinds[name] = account.get("accTp", "")
        self.codes[name] = next((account[each] for each in _CODES if account.get(each)), "")

    def add_line(self, records: Sequence[Record]) -> None:
        journal, transaction, line = records[-3:]
        place = (journal.get("jrnID", ""), transaction.get("nr", ""), line.get("nr", ""))
        self.transactions[place[:2]].append(
            _Line(
                place,
                journal.get("jrnTp", ""),
                line.get("accID", ""),
                (transaction.get("trDt") or line.get("effDate", ""))[:10],
                _cents(line),
                line.get("custSupID", ""),
                line.get("invRef") or line.get("docRef", ""),
            )
        )

    def add_detail(self, records: Sequence[Record]) -> None:
        ledger, line = records[-2:]
        if ledger.get("sbType") in ("CU", "CS"):
            place = (line.get("jrnID", ""), line.get("trNr", ""), line.get("trLineNr", ""))
            self.details[place] = line

    @property
    def lines(self) -> Iterable[_Line]:
        return (line for lines in self.transactions.values() for line in lines)

    def coded(self, begin: str) -> set[str]:
        return {name for name, code in self.codes.items() if code.startswith(begin)}


def read_auditfile(content: bytes, table: str) -> RawTable:
    """Return one of the tables of an auditfile.

    Args:
        content: the bytes of the file.
        table: one of `AUDITFILE_TABLES`.

    Returns:
        Its rows, under the names that the format's elements have.

    Raises:
        ValueError: it is not an auditfile, or it does not say which accounts are those of debtors.
    """
    books = _Books()
    each_record(
        content,
        {
            "customerSupplier": books.add_customer,
            "ledgerAccount": books.add_account,
            "trLine": books.add_line,
            "sbLine": books.add_detail,
        },
    )
    if not books.kinds:
        raise ValueError("it has no accounts of a ledger, as an auditfile has")
    if table == "customers":
        headings = list(dict.fromkeys(name for each in books.customers for name in each))
        return _table(headings, [[each.get(n) for n in headings] for each in books.customers])
    if not any(line.journal == _SALES for line in books.lines):
        raise ValueError("it has no lines in a journal of the type S, of sales")
    return _table(_ORDERS, _revenue(books)) if table == "orders" else _invoices(books, table)


def _cents(line: Record) -> int:
    amount = line.get("amnt", "")
    try:
        cents = int((Decimal(amount) * 100).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(f"line {line.get('nr', '')} has the amount {amount!r}") from error
    return -cents if line.get("amntTp") == "C" else cents


def _revenue(books: _Books) -> list[list[str | float | None]]:
    """Rows of revenue; a line without a customer has that of its transaction, if it has one."""
    accounts = books.coded(_REVENUE) or {name for name, kind in books.kinds.items() if kind == "P"}
    rows: list[list[str | float | None]] = []
    for lines in books.transactions.values():
        customers = {line.customer for line in lines} - {""}
        invoices = {line.invoice for line in lines if line.customer} - {""}
        customer = customers.pop() if len(customers) == 1 else ""
        invoice = invoices.pop() if len(invoices) == 1 else ""
        rows.extend(
            [
                line.customer or customer or None,
                (line.invoice if line.customer else invoice) or line.invoice or None,
                line.day,
                line.account,
                -line.cents / 100,
            ]
            for line in lines
            if line.journal == _SALES and line.account in accounts
        )
    return rows


def _debtors(books: _Books) -> set[str]:
    sold = [line for line in books.lines if line.journal == _SALES and line.customer]
    by_ledger = {line.account for line in sold if line.place in books.details}
    if accounts := by_ledger or books.coded(_DEBTORS):
        return accounts
    accounts = {line.account for line in sold if books.kinds.get(line.account) == "B"}
    if len(accounts) != 1:
        raise ValueError(
            f"it does not say which of its accounts are those of debtors: {len(accounts)} accounts "
            "of the balance have lines of customers in the journals of sales"
        )
    return accounts


def _invoices(books: _Books, table: str) -> RawTable:
    accounts = _debtors(books)
    invoices: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for line in books.lines:
        if line.account in accounts and line.customer:
            invoices[line.customer, line.invoice].append(line)
    rows: list[list[str | float | None]] = []
    earlier = 0
    for (customer, invoice), lines in invoices.items():
        sold = [line for line in lines if line.journal == _SALES]
        if not sold:
            earlier += len(lines)
            continue
        details = [books.details.get(line.place, {}) for line in sold]
        settled = [line.day for line in lines if line.journal != _SALES]
        balance = sum(line.cents for line in lines)
        rows.append(
            [
                customer,
                invoice or None,
                _first(details, "invDt") or sold[0].day,
                _first(details, "invDueDt"),
                max(settled) if settled and not balance else None,
                sum(line.cents for line in sold) / 100,
                balance / 100,
            ]
        )
    notes = []
    if not any(row[3] for row in rows):
        notes.append(DataNote(_NO_DUE_DATES, table=table))
    if earlier:
        notes.append(DataNote(_EARLIER, table=table, count=earlier))
    return _table(_INVOICES, rows, tuple(notes))


def _first(details: Sequence[Record], name: str) -> str | None:
    return next((each[name][:10] for each in details if each.get(name)), None)


def _table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str | float | None]],
    notes: tuple[DataNote, ...] = (),
) -> RawTable:
    import polars

    schema: dict[str, type[polars.DataType]] = {
        name: polars.Float64 if name.lower().endswith("amnt") else polars.String
        for name in headings
    }
    frame = polars.DataFrame(rows, schema=schema, orient="row")
    return RawTable(headings=headings, frame=frame, notes=notes)
