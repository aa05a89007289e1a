"""What is taken out of XML Auditfiles Financieel: one ledger, of one file or of several years.

Version 3.1 to 3.2.1 and 4.0 have the same elements here; 4.0 has no sub-ledgers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from attrs import Factory, define, evolve, frozen

from klantkompas._told import told
from klantkompas.errors import KlantkompasError
from klantkompas.io.sources.xml_records import Record, each_record

__all__ = ["Books", "Line", "not_readable", "read_books"]

SALES, PURCHASES, OPENING = "S", "P", "O"
"""The types of journals that are told apart."""
_CODES = ("RGScode", "leadReference", "leadCode")
_MATCHING = ("matchKeyID", "recRef")
EXPORT = told("Export it as XML Auditfile Financieel 3.2 or 4.0")
_AGAIN = told("Make the export again")
_OTHER_ROOTS = {
    "Invoice": told(
        "An invoice in XML (UBL) is only one: export the list of invoices as csv or xlsx, or an "
        "XML Auditfile Financieel"
    ),
    "Workbook": told("Open it in a spreadsheet, and save it as a workbook (xlsx)"),
}


@frozen
class Line:
    """A line of a transaction, with what the sub-ledger says of it; empty where nothing is said.

    Args:
        journal: the journal's id.
        kind: the journal's type.
        account: the account; empty for what a sub-ledger has outstanding at the start.
        day: the day of the transaction, as y-m-d.
        cents: money in cents, above zero where it is debit.
        effective: the day that the line itself has.
        customer: the customer or supplier.
        invoice: the invoice's number.
        document: the number of the document that it was entered from.
        matching: what lines that settle each other have in common.
        issued: when the invoice was made.
        due: when the invoice has to be paid.
    """

    journal: str
    kind: str
    account: str
    day: str
    cents: int
    effective: str = ""
    customer: str = ""
    invoice: str = ""
    document: str = ""
    matching: str = ""
    issued: str = ""
    due: str = ""


@define
class Books:
    """A ledger.

    Args:
        relations: customers and suppliers, by id.
        kinds: the type of each account: B of the balance, P of profit and loss.
        codes: the code of each account in the reference scheme, where it has one.
        entries: the lines of each transaction.
        outstanding: by the first day of a file, what its sub-ledger has outstanding then.
        in_ledger: the accounts whose lines of sales a sub-ledger of customers tells more of.
        spans: the first and last day of each file, where it says them.
    """

    relations: dict[str, Record] = Factory(dict)
    kinds: dict[str, str] = Factory(dict)
    codes: dict[str, str] = Factory(dict)
    entries: list[list[Line]] = Factory(list)
    outstanding: dict[str, list[Line]] = Factory(lambda: defaultdict(list))
    in_ledger: set[str] = Factory(set)
    spans: list[tuple[str, str]] = Factory(list)

    @property
    def lines(self) -> Iterable[Line]:
        """Every line, in the order of the files."""
        return (line for entry in self.entries for line in entry)

    def coded(self, begin: str) -> set[str]:
        """Return the accounts whose code begins so."""
        return {name for name, code in self.codes.items() if code.startswith(begin)}

    def is_supplier(self, relation: str) -> bool:
        """Return whether the file says that a relation is a supplier, and no customer."""
        return self.relations.get(relation, {}).get("custSupTp") == "S"


def read_books(files: Sequence[tuple[str, bytes]]) -> Books:
    """Return the ledger of some auditfiles, such as those of several years.

    Args:
        files: of each its name, for errors, and its bytes.

    Raises:
        KlantkompasError: a file is not an auditfile that can be read.
    """
    books = Books()
    for name, content in files:
        _File(name, books).read(content)
    return books


def not_readable(name: str, reason: str, remedy: str = EXPORT) -> KlantkompasError:
    """Return the error that a file is not an auditfile that can be read.

    Args:
        name: the file.
        reason: why not.
        remedy: what to do about it.
    """
    problem = told("is not an auditfile that can be read: {error}", error=reason)
    return KlantkompasError(problem, place=name, remedy=remedy)


@define
class _File:
    """One file, while it is read: its sub-ledgers stand behind the lines that they tell more of."""

    name: str
    books: Books
    entry: list[Line] = Factory(list)
    places: list[tuple[int, int, tuple[str, ...]]] = Factory(list)
    details: dict[tuple[str, ...], list[Record]] = Factory(lambda: defaultdict(list))
    start: str = ""
    is_auditfile: bool = False

    def read(self, content: bytes) -> None:
        handlers = {
            "header": self.add_header,
            "customerSupplier": self.add_relation,
            "ledgerAccount": self.add_account,
            "obSbLine": self.add_outstanding,
            "trLine": self.add_line,
            "transaction": self.add_entry,
            "sbLine": self.add_detail,
        }
        try:
            root = each_record(content, handlers)
        except EOFError as error:
            raise not_readable(self.name, told("it ends too early"), _AGAIN) from error
        except ValueError as error:
            raise not_readable(self.name, str(error)) from error
        if root.casefold() != "auditfile":
            reason = told("it is a file of the kind {root} in XML", root=root[:50])
            raise not_readable(self.name, reason, _OTHER_ROOTS.get(root, EXPORT))
        if not self.is_auditfile:
            raise not_readable(
                self.name, told("it has no accounts of a ledger, as an auditfile has")
            )
        self._tell_more()

    def add_header(self, records: Sequence[Record]) -> None:
        header = records[-1]
        if version := header.get("auditfileVersion"):
            raise not_readable(
                self.name, told("it is of the version {version}, an older one", version=version)
            )
        self.start = header.get("startDate", "") or header.get("fiscalYear", "")
        if header.get("startDate") and header.get("endDate"):
            self.books.spans.append((header["startDate"][:10], header["endDate"][:10]))

    def add_relation(self, records: Sequence[Record]) -> None:
        name = records[-1].get("custSupID", "")
        if records[-1].get("custSupTp") != "S" or name not in self.books.relations:
            self.books.relations[name] = records[-1]

    def add_account(self, records: Sequence[Record]) -> None:
        account = records[-1]
        name = account.get("accID", "")
        self.is_auditfile |= bool(name)
        self.books.kinds[name] = account.get("accTp", "")
        code = next((account[each] for each in _CODES if account.get(each)), "")
        self.books.codes[name] = code

    def add_outstanding(self, records: Sequence[Record]) -> None:
        opening, ledger, line = records[-4], records[-2], records[-1]
        if _is_of_customers(ledger) and line.get("invPurSalTp") != PURCHASES:
            day = opening.get("opBalDate") or self.start
            self.books.outstanding[day].append(
                evolve(self._line({}, {"trDt": day}, line), kind=OPENING)
            )

    def add_line(self, records: Sequence[Record]) -> None:
        journal, transaction, line = records[-3:]
        place = (journal.get("jrnID", ""), transaction.get("nr", ""), line.get("nr", ""))
        self.places.append((len(self.books.entries), len(self.entry), place))
        self.entry.append(self._line(journal, transaction, line))

    def add_entry(self, records: Sequence[Record]) -> None:
        self.books.entries.append(self.entry)
        self.entry = []

    def add_detail(self, records: Sequence[Record]) -> None:
        ledger, line = records[-2:]
        if _is_of_customers(ledger):
            place = (line.get("jrnID", ""), line.get("trNr", ""), line.get("trLineNr", ""))
            if not line.get("trNr"):
                place = _invoice(line.get("custSupID", ""), line.get("invRef", ""))
            self.details[place].append(line)

    def _line(self, journal: Record, transaction: Record, line: Record) -> Line:
        effective = line.get("effDate", "")[:10]
        return Line(
            journal=journal.get("jrnID", ""),
            kind=journal.get("jrnTp", ""),
            account=line.get("accID", ""),
            day=transaction.get("trDt", "")[:10] or effective,
            cents=self._cents(line),
            effective=effective,
            customer=line.get("custSupID", ""),
            invoice=line.get("invRef", ""),
            document=line.get("docRef", ""),
            matching=next((line[each] for each in _MATCHING if line.get(each)), ""),
            issued=line.get("invDt", "")[:10],
            due=line.get("invDueDt", "")[:10],
        )

    def _cents(self, line: Record) -> int:
        amount = line.get("amnt", "")
        try:
            cents = int((Decimal(amount) * 100).to_integral_value())
        except (InvalidOperation, ValueError, OverflowError) as error:
            reason = told(
                "line {line} has the amount {amount}",
                line=line.get("nr", ""),
                amount=repr(amount),
            )
            raise not_readable(self.name, reason) from error
        return -cents if line.get("amntTp") == "C" else cents

    def _tell_more(self) -> None:
        """Put with each line what the sub-ledgers say of it, by its place or its invoice too."""
        for entry, at, place in self.places:
            line = self.books.entries[entry][at]
            found = self.details.get(place, []) if place[2] else []
            found = found or self.details.get(_invoice(line.customer, line.invoice), [])
            own = [each for each in found if line.invoice in ("", each.get("invRef", ""))]
            if not own:
                continue
            detail = own[0]
            if line.kind == SALES:
                self.books.in_ledger.add(line.account)
            self.books.entries[entry][at] = evolve(
                line,
                customer=line.customer or detail.get("custSupID", ""),
                invoice=line.invoice or detail.get("invRef", ""),
                matching=line.matching
                or next((detail[each] for each in _MATCHING if detail.get(each)), ""),
                issued=detail.get("invDt", "")[:10],
                due=detail.get("invDueDt", "")[:10],
            )


def _invoice(customer: str, reference: str) -> tuple[str, str, str]:
    """Return the place of what a sub-ledger says of an invoice, and of no line."""
    return ("\0", customer, reference)


def _is_of_customers(ledger: Record) -> bool:
    """Return whether a sub-ledger is of customers, or of customers and suppliers."""
    return ledger.get("sbType", "").startswith("C")
