"""The tables in an XML Auditfile Financieel, the file that Dutch bookkeeping packages export.

Versions 3.1 to 4.0. Revenue is what the lines of sales journals put on revenue accounts, per
customer. An invoice is what they put on the accounts of debtors, or what was outstanding at the
start; it is paid when the lines of other journals have brought it to nothing. Only the sub-ledger
of 3.2 holds due dates; 4.0 has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas._told import told
from klantkompas.io.sources.auditfile_books import (
    OPENING,
    PURCHASES,
    SALES,
    Books,
    Line,
    not_readable,
    read_books,
)
from klantkompas.io.sources.auditfile_invoices import invoices_of
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["read_auditfile"]

_REVENUE, _DEBTORS = "WOmz", "BVorDeb"
"""How the codes of the Dutch reference scheme of accounts (RGS) begin."""
_ORDERS = ("custSupID", "invRef", "trDt", "accID", "amnt")
_INVOICES = ("custSupID", "invRef", "invDt", "invDueDt", "paidDt", "invAmnt", "openAmnt")
_NO_DUE_DATES = mark(
    "the file holds no due dates of invoices. To count them from the days to pay, write in its "
    "settings: {line}"
)
_TERM = "due = { term = 30 }"
_EARLIER = mark("{count} of customers for invoices that the file does not hold left out")
_UNNAMED = mark(
    "{count} of customers that name no invoice, taken off the oldest ones, whose day of payment is "
    "then unknown"
)
_SUPPLIERS = mark("{count} of suppliers left out")
_UNTYPED = mark(
    "no journal has a type; those with revenue of customers are read as those of sales: {detail}"
)
_ELSEWHERE = mark("{count} of revenue in other journals than those of sales left out: {detail}")
_SPAN = mark("the file holds a part of a year, from {day} to {detail}")
_YEAR = 360

_Row = list[str | float | None]


def read_auditfile(files: Sequence[tuple[str, bytes]], table: str) -> RawTable:
    """Return one of the tables of an auditfile, or of several that follow each other.

    Args:
        files: of each its name, for errors, and its bytes.
        table: ``"customers"``, ``"orders"`` or ``"invoices"``.

    Returns:
        Its rows, under the names that the format's elements have.

    Raises:
        KlantkompasError: it is not an auditfile, or it does not say which accounts are those of
            debtors.
    """
    books = read_books(files)
    name = ", ".join(name for name, _ in files)
    selling = _selling(books)
    if selling:
        books.entries = [[_of_sales(line, selling) for line in each] for each in books.entries]
    if table == "customers":
        return _customers(books)
    kinds = {(line.journal, line.kind) for line in books.lines}
    if not any(kind == SALES for _, kind in kinds):
        reason = told("it has no lines in a journal of the type S, of sales")
        if kinds:
            known = ", ".join(f"{name} ({kind or '-'})" for name, kind in sorted(kinds)[:9])
            reason = told("{reason}; its journals are {known}", reason=reason, known=known)
        remedy = told(
            "Give the journals of sales the type S (verkoop) in your bookkeeping package, and make "
            "the export again; or export the invoices as csv or xlsx"
        )
        raise not_readable(name, reason, remedy)
    raw = _orders(books) if table == "orders" else _invoices(books, name)
    found = _counted(_UNTYPED, table, len(selling), ", ".join(sorted(selling)))
    return evolve(raw, notes=(*found, *raw.notes))


def _selling(books: Books) -> set[str]:
    """Return the journals with revenue of customers, where no journal of the file has a type."""
    if any(line.kind for line in books.lines if line.kind != OPENING):
        return set()
    accounts = _revenue_accounts(books)
    return {
        line.journal
        for entry in books.entries
        for line in entry
        if line.account in accounts and _is_revenue_elsewhere(line, entry, books)
    }


def _of_sales(line: Line, selling: set[str]) -> Line:
    return evolve(line, kind=SALES) if line.journal in selling else line


def _revenue_accounts(books: Books) -> set[str]:
    return books.coded(_REVENUE) or {name for name, kind in books.kinds.items() if kind == "P"}


def _customers(books: Books) -> RawTable:
    """Return the relations that are no suppliers: by their type, or by what they only do."""
    sells = {line.customer for line in books.lines if line.kind == PURCHASES}
    buys = {line.customer for line in books.lines if line.kind in (SALES, OPENING)}
    customers = [
        each
        for name, each in books.relations.items()
        if not books.is_supplier(name)
        and (each.get("custSupTp") or name in buys or name not in sells)
    ]
    headings = list(dict.fromkeys(name for each in customers for name in each))
    notes = _counted(_SUPPLIERS, "customers", len(books.relations) - len(customers))
    return _table(headings, [[each.get(n) for n in headings] for each in customers], notes)


def _orders(books: Books) -> RawTable:
    accounts = _revenue_accounts(books)
    rows, elsewhere = list[_Row](), Counter[str]()
    for entry in books.entries:
        for line in entry:
            if line.account not in accounts:
                continue
            if line.kind == SALES:
                rows.append(_revenue(line, entry))
            elif _is_revenue_elsewhere(line, entry, books):
                elsewhere[line.journal] += 1
    where = ", ".join(sorted(elsewhere))
    notes = _counted(_ELSEWHERE, "orders", elsewhere.total(), where)
    return _table(_ORDERS, rows, (*_span(books, "orders"), *notes))


def _revenue(line: Line, entry: Sequence[Line]) -> _Row:
    """Return a row of revenue; without a customer, with that of its invoice or transaction."""
    owned = [each for each in entry if each.customer]
    customers = {each.customer for each in owned}
    named = {each.customer for each in owned if each.invoice == line.invoice} - {""}
    found = line.customer or _only(named if line.invoice else ()) or _only(customers)
    invoices = {each.invoice for each in owned if each.customer == found} - {""}
    return [
        found or None,
        line.invoice or _only(invoices) or line.document or None,
        line.day,
        line.account,
        -line.cents / 100,
    ]


def _only(names: set[str] | tuple[str, ...]) -> str:
    return next(iter(names)) if len(names) == 1 else ""


def _is_revenue_elsewhere(line: Line, entry: Sequence[Line], books: Books) -> bool:
    if line.kind in (PURCHASES, OPENING) or line.cents >= 0:
        return False
    customer = line.customer or _only({each.customer for each in entry} - {""})
    return bool(customer) and not books.is_supplier(customer)


def _debtors(books: Books, name: str) -> set[str]:
    """Return the accounts of debtors: as the file says, or the only one that sales debit."""
    if accounts := books.in_ledger or books.coded(_DEBTORS):
        return accounts
    owed = Counter[str]()
    for line in books.lines:
        if line.kind == SALES and line.customer and books.kinds.get(line.account) != "P":
            owed[line.account] += line.cents
    debited = (
        {account for account, cents in owed.items() if cents > 0} if len(owed) > 1 else {*owed}
    )
    if len(debited) == 1:
        return debited
    reason = told(
        "it does not say which of its accounts are those of debtors: {count} accounts of the "
        "balance have lines of customers in the journals of sales",
        count=len(debited or owed),
    )
    if debited:
        known = ", ".join(sorted(debited)[:9])
        reason = told("{reason}: {known}", reason=reason, known=known)
    remedy = told(
        "Make the export with the codes of the reference scheme (RGS) or with the sub-ledger of "
        "customers; or export the invoices as csv or xlsx"
    )
    raise not_readable(name, reason, remedy)


def _invoices(books: Books, name: str) -> RawTable:
    settled = invoices_of(books, _debtors(books, name))
    rows: list[_Row] = [
        [
            each.customer,
            each.reference or None,
            each.issued or None,
            each.due,
            each.paid,
            each.cents / 100,
            each.open / 100,
        ]
        for each in settled.invoices
    ]
    notes = [*_span(books, "invoices")]
    if not any(row[3] for row in rows):
        notes.append(DataNote(_NO_DUE_DATES, table="invoices", line=_TERM))
    notes += _counted(_EARLIER, "invoices", settled.of_others)
    notes += _counted(_UNNAMED, "invoices", settled.unnamed)
    return _table(_INVOICES, rows, tuple(notes))


def _span(books: Books, table: str) -> tuple[DataNote, ...]:
    """Return a note on the days that the files hold, where these are less than a year."""
    if not books.spans:
        return ()
    first, last = min(start for start, _ in books.spans), max(end for _, end in books.spans)
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return ()
    return (DataNote(_SPAN, table=table, day=first, detail=last),) if days < _YEAR else ()


def _counted(message: str, table: str, count: int, detail: str = "") -> tuple[DataNote, ...]:
    return (DataNote(message, table=table, count=count, detail=detail),) if count else ()


def _table(
    headings: Sequence[str], rows: Sequence[_Row], notes: tuple[DataNote, ...] = ()
) -> RawTable:
    import polars

    schema: dict[str, type[polars.DataType]] = {
        name: polars.Float64 if name.lower().endswith("amnt") else polars.String
        for name in headings
    }
    frame = polars.DataFrame(rows, schema=schema, orient="row")
    return RawTable(headings=headings, frame=frame, notes=notes)
