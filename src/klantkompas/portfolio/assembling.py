"""Checked tables put together: customers numbered once, each table's rows given their number."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    Lazy,
    ObjectArray,
    freeze,
    is_known,
)
from klantkompas._ids import CustomerIds, IdColumn, text_of
from klantkompas._told import told
from klantkompas.domain.customers import Customer, Stage
from klantkompas.domain.fields import Content, columns_of
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS, Nomination, as_record
from klantkompas.errors import DataError
from klantkompas.io.columns.owners import known_codes, owners_of, similar_ids_note
from klantkompas.io.columns.values import Place, first_of
from klantkompas.io.frames import CheckedTable
from klantkompas.io.sources.limits import Limits
from klantkompas.portfolio.merging import looks_like_a_reference, merge_rows
from klantkompas.portfolio.overlap import few_in_common
from klantkompas.portfolio.table import Table
from klantkompas.portfolio.zones import by_clock, one_zone, times_in_order
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["Assembled", "assemble"]

LOG = logging.getLogger(__name__)
WITHOUT_CUSTOMER = mark("{count} without a customer, left out of everything per customer")
ONLY_IN_INTERACTIONS = mark("{count} in interactions only")
NAME_CUSTOMERS = told(
    "Correct the id, or give the table that the customer is in; being nominated makes nobody one"
)
GIVE_IDS = told("Each customer needs an id: give it, or leave the row out")
REPEATED = mark("{count} of a customer who has an earlier one, taken together with it")
HAS_ORDERED = mark("suspects or prospects who ordered, and so count as customers: {count}")


@frozen(eq=False, kw_only=True)
class Assembled:
    """The tables of a portfolio, with their customers numbered.

    Args:
        ids: the customers' ids, in id order.
        tables: the tables that are present, by kind.
        listed: the columns of the customers' own table, one value per customer; where there are
            nominations, what these say of each.
        is_listed: whether a customer stands in that table.
        notes: what was odd in the data.
        backend: the library in whose data frames the data came in; None where it came in none.
    """

    ids: CustomerIds
    tables: Mapping[str, Table]
    listed: Mapping[str, AnyArray]
    is_listed: BoolArray
    notes: Lazy[tuple[DataNote, ...]]
    backend: str | None = None


def assemble(
    customers: CheckedTable | None,
    nominations: CheckedTable | None,
    checked: Mapping[str, CheckedTable],
    kinds: Sequence[InteractionKind],
    limits: Limits,
) -> Assembled:
    """Return the parts of a portfolio, with the customers of all tables numbered together.

    Args:
        customers: the customers' own table, where there is one.
        nominations: the team's own lists, where there are any.
        checked: the tables, by kind.
        kinds: the kinds of interaction.
        limits: how long an id may be.

    Returns:
        The customers' ids, the tables with each row's customer, and notes.

    Raises:
        DataError: a customer has no id, or two rows that differ, or somebody is nominated who is in
            no other table.
    """
    lists = {} if nominations is None else {NOMINATIONS: nominations}
    every = [*([customers] if customers else []), *checked.values(), *lists.values()]
    notes = list[DataNote]()
    noted = [table.noted for table in every]
    zone = one_zone([each for each in every if each is not nominations])
    with_lists = {**checked, **lists}
    owners = {name: _owners(table) for name, table in with_lists.items()}
    own = _nobody(0) if customers is None else customers.identities["id"]
    places = [_place(customers, "customers", "id")]
    places += [_place(table, name, "customer") for name, table in with_lists.items()]
    try:
        found = owners_of([own, *owners.values()], places, limits)
    except DataError as error:
        raise next(each for each in every if each.name == error.table).in_file(error) from None
    distinct, codes, count = found.ids, found.codes, len(found.ids)
    notes += found.notes
    if customers is not None:
        _each_has_one(places[0], codes[0], count)
        notes += _repeated(customers, codes[0], distinct)
    if nominations is not None:
        _each_is_a_customer(places[-1], codes, found.ids)
    of_tables = codes[1 : 1 + len(checked)]
    clocked = None if zone is None else by_clock([*checked.values()], of_tables, count)
    tables = {}
    for (name, table), coded in zip(checked.items(), of_tables, strict=True):
        kind = next(kind for kind in kinds if kind.name == name)
        references = {
            field: freeze(known_codes(ids, _place(table, name, field)))
            for field, ids in table.identities.items()
            if field != "customer"
        }
        tables[name] = Table(
            kind=kind,
            customers=count,
            codes=freeze(coded),
            columns={**table.columns, **references},
            times=times_in_order(
                table, kind.moments, zone, None if clocked is None else clocked[coded]
            ),
            reference_heading=looks_like_a_reference(table.unread),
            currencies=table.currencies,
        )
        if without := int(np.count_nonzero(coded == count)):
            notes.append(DataNote(WITHOUT_CUSTOMER, name, without))
    is_listed = np.zeros(count, dtype=np.bool_)
    is_listed[codes[0]] = True
    kept = _listed(customers, codes[0], count)
    if nominations is not None:
        kept[NOMINATIONS] = _nominated(nominations, codes[-1], count)
    if customers is not None:
        if unlisted := int((~is_listed).sum()):
            notes.append(DataNote(ONLY_IN_INTERACTIONS, "customers", unlisted, unit="customers"))
        if ordered := _ordered_before_they_were_customers(kept["stage"], tables.get("orders")):
            notes.append(DataNote(HAS_ORDERED, "customers", ordered, unit=""))
    fields = ["id", *("customer" for _ in with_lists)]
    holding = {
        place: field
        for place, field, coded in zip(places, fields, codes, strict=True)
        if len(coded)
    }
    spoken_of = {"customers": codes[0], **dict(zip(checked, of_tables, strict=True))}
    return Assembled(
        ids=CustomerIds(freeze(distinct)),
        tables=tables,
        listed=kept,
        is_listed=freeze(is_listed),
        notes=Lazy(
            lambda: _logged(
                *_of_tables(noted),
                *notes,
                *few_in_common(spoken_of, count),
                *similar_ids_note(distinct, holding),
            )
        ),
    )


def _logged(*notes: DataNote) -> tuple[DataNote, ...]:
    for each in notes:
        LOG.info("noted in the table %s: %s (%d)", each.table or "any", each.message, each.count)
    return notes


def _of_tables(noted: Sequence[Lazy[tuple[DataNote, ...]]]) -> list[DataNote]:
    return [note for notes in noted for note in notes()]


def _nobody(rows: int) -> IdColumn:
    return IdColumn(np.zeros(rows, dtype=np.bool_))


def _owners(table: CheckedTable) -> IdColumn:
    return table.identities.get("customer", _nobody(table.rows))


def _place(table: CheckedTable | None, name: str, field: str) -> Place:
    return Place(name, field if table is None else table.headings.get(field, field))


def _each_has_one(place: Place, codes: Codes, nobody: int) -> None:
    is_nobody = codes == nobody
    if is_nobody.any():
        raise place.error(told("is empty, or names nobody"), first_of(is_nobody), remedy=GIVE_IDS)


def _repeated(customers: CheckedTable, places: Codes, distinct: AnyArray) -> list[DataNote]:
    """Note rows of customers who have an earlier one; refuse those that say something else."""
    repeated = customers.rows - int(np.count_nonzero(np.bincount(places)))
    for name, values in customers.columns.items() if repeated else ():
        rows, first = _known_first(values, places, len(distinct))
        earlier = first[places[rows]]
        differs = values[rows] != values[earlier]
        if differs.any():
            at = first_of(differs)
            raise DataError(
                told(
                    "stands in row {row} too, with another {field}",
                    row=int(earlier[at]) + 1,
                    field=name,
                ),
                table="customers",
                column=customers.headings["id"],
                row=int(rows[at]) + 1,
                value=text_of(distinct[[places[rows[at]]]])[0],
                remedy=told("Keep one row of each customer, or name that column in one file only"),
            )
    return [DataNote(REPEATED, "customers", repeated)] if repeated else []


def _known_first(values: AnyArray, places: Codes, count: int) -> tuple[Codes, Codes]:
    """Return the rows with a known value; and for each customer the first of those, 0 for none."""
    rows = np.flatnonzero(is_known(values))
    first = np.zeros(count, dtype=np.intp)
    first[places[rows[::-1]]] = rows[::-1]
    return rows, first


def _each_is_a_customer(place: Place, codes: Sequence[Codes], distinct: AnyArray) -> None:
    *others, named = codes
    _each_has_one(place, named, len(distinct))
    is_there = np.zeros(len(distinct) + 1, dtype=np.bool_)
    for each in others:
        is_there[each] = True
    if not (known := is_there[named]).all():
        at = first_of(~known)
        raise place.error(
            told("is not a customer of this portfolio"),
            at,
            text_of(distinct[named[[at]]])[0],
            remedy=NAME_CUSTOMERS,
        )


def _nominated(nominations: CheckedTable, places: Codes, count: int) -> ObjectArray:
    """Put what the team's lists say of each customer in a column of their record."""
    rows: dict[int, list[Nomination]] = {}
    nothing = [None] * len(places)
    columns = [
        nominations.columns[name].tolist() if name in nominations.columns else nothing
        for name in ("by", "on", "reason")
    ]
    for place, by, on, reason in zip(places.tolist(), *columns, strict=True):
        rows.setdefault(place, []).append(
            Nomination(customer="", by=by.strip(), on=on, reason=reason)
        )
    kept = np.full(count, None, dtype=np.object_)
    for place, named in rows.items():
        kept[place] = as_record(named)
    return freeze(kept)


def _listed(customers: CheckedTable | None, places: Codes, count: int) -> dict[str, AnyArray]:
    never = np.datetime64("NaT", "D")
    unknown = {Content.TEXT: None, Content.NUMBER: np.nan, Content.MOMENT: never}
    own = [each for each in columns_of(Customer) if each.content is not Content.IDENTITY]
    # Nobody can write to them, so the columns that are absent can share one array of each kind.
    contents = {each.content for each in own}
    absent = {each: freeze(np.full(count, unknown.get(each, MISSING))) for each in contents}
    listed: dict[str, AnyArray] = {}
    for column in own:
        listed[column.name] = absent[column.content]
        if customers is not None and column.name in customers.columns:
            values, given = absent[column.content].copy(), customers.columns[column.name]
            rows, first = _known_first(given, places, count)
            values[places[rows]] = given[first[places[rows]]]
            listed[column.name] = freeze(values)
    return listed


def _ordered_before_they_were_customers(stage: AnyArray, orders: Table | None) -> int:
    """Count the suspects and prospects that have ordered."""
    stages = list(Stage)
    early = np.isin(stage, [stages.index(Stage.SUSPECT), stages.index(Stage.PROSPECT)])
    if orders is None or not early.any():
        return 0
    ordered = np.zeros(len(stage) + 1, dtype=np.bool_)
    entries, _ = merge_rows(orders)
    ordered[entries.codes[entries.columns["amount"] > 0]] = True
    return int((early & ordered[:-1]).sum())
