"""What is known of each customer: record, measures and tallies.

A lens reads these and nothing else. They come from each customer's own interactions alone, so the
measures of disjoint groups of customers, joined, are the measures of all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
from attrs import evolve, field, fields, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    FloatArray,
    Lazy,
    ObjectArray,
    Value,
    as_objects,
    freeze,
)
from klantkompas._ids import CustomerIds, position_of
from klantkompas._nearest import nearest
from klantkompas.domain.customers import CustomerKind
from klantkompas.errors import ArgumentError
from klantkompas.portfolio.joining import joined_column, joined_ids
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.tallies import TallyCounts, add_tallies
from klantkompas.wording.catalogue import mark
from klantkompas.wording.markup import html_lines, html_table
from klantkompas.wording.notes import DataNote

__all__ = ["DECLARED", "MeasureColumn", "Measures", "longer_look"]

HAS_ALL = mark("columns has all")
AT_A_TIME = 2
"""How many columns are joined at a time: numpy releases the GIL, and only these are held twice."""


SEVERAL = ("latest days", "latest ratings")
"""The units of values that hold several (`klantkompas.portfolio.latest`)."""


def _customer_ids(ids: AnyArray | CustomerIds) -> CustomerIds:
    return ids if isinstance(ids, CustomerIds) else CustomerIds(ids)


def _how_many(values: FloatArray | None) -> str:
    return "None" if values is None else f"<{len(values)} values>"


@frozen(eq=False, kw_only=True)
class MeasureColumn(Value):
    """One measure of all customers, with what its declaration says of it.

    Args:
        values: a float for each customer, in id order; NaN where unknown.
        basis: how much each value rests on (a number of invoices or orders, or money), a float for
            each customer; None for a measure without a basis.
        unit: what the values are in, such as money, minutes or days.
        basis_unit: what the basis counts; ``"money"`` for a sum of money.
        is_proportion: whether a value is the share of hits among what the basis counts.
        counted_by: for a share of money, the measure that counts on how much it rests.
        out_of: the measure that counts on how much it could rest, were every empty cell filled.
        looks_back: of how many months the measure is also kept over a longer time than the period;
            0 where it is not.
        steers: whether the business can act on the measure; only such measures are listed by `fit`.
        unknown_without: the name of a tally; where that is empty, the measure is NaN for everyone.
        reads: the tables or columns that it is made of.
        describes: what it is, in a few words.

    >>> MeasureColumn(values=np.array([0.5]), unit="share", basis=np.array([4.0])).basis.tolist()
    [4.0]
    """

    values: FloatArray = field(repr=_how_many)
    basis: FloatArray | None = field(default=None, repr=_how_many)
    unit: str = ""
    basis_unit: str = ""
    is_proportion: bool = False
    counted_by: str = ""
    out_of: str = ""
    looks_back: int = 0
    steers: bool = True
    unknown_without: str = ""
    reads: tuple[str, ...] = field(default=(), converter=tuple)
    describes: str = ""

    @property
    def holds_several(self) -> bool:
        """Whether a value holds several days or ratings, and is not a number to reckon with."""
        return self.unit in SEVERAL

    def map(self, change: Callable[[FloatArray], FloatArray]) -> MeasureColumn:
        """Return the column with a function applied to its values and to its basis.

        Args:
            change: a function that takes and returns an array of floats, such as a selection of
                customers.
        """
        basis = None if self.basis is None else change(self.basis)
        return evolve(self, values=change(self.values), basis=basis)


def longer_look(name: str, months: int) -> str:
    """Return the name under which a measure over more months than the period is kept.

    Args:
        name: the measure's name.
        months: over how many calendar months it looks back.

    >>> longer_look("clear_share", 24)
    'clear_share_in_24_months'
    """
    return f"{name}_in_{months}_months"


DECLARED = tuple(one.name for one in fields(MeasureColumn) if one.name not in ("values", "basis"))
"""What a column and the declaration of its measure have alike."""


@frozen(eq=False, repr=False, kw_only=True)
class Measures(Value):
    """The measures, the own records and the tallies of all customers, on one date.

    Args:
        customer_ids: the customers' ids, in id order: given as `ids`, text or whole numbers.
        as_of: the reference date.
        months: how many calendar months the period has.
        record: the customers' own record by field: name, kind, stage, group, opted_out, ...
        columns: the measures by name.
        tallies: the tallies by name.
        score_scale: the lowest and highest score of the survey.
        notes: what was odd in the data.
        backend: the library in whose data frames the data came in; None where it came in none.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> measures = Compass(installed=False).measure(Portfolio.from_records(orders))
    >>> measures["revenue"].tolist(), measures.ids.tolist()
    ([30.0], ['a'])
    """

    customer_ids: CustomerIds = field(alias="ids", converter=_customer_ids)
    as_of: date
    months: int
    record: Mapping[str, AnyArray]
    columns: Mapping[str, MeasureColumn]
    tallies: Mapping[str, TallyCounts]
    score_scale: tuple[int, int] = (0, 10)
    _notes: tuple[DataNote, ...] | Lazy[tuple[DataNote, ...]] = field(default=(), alias="notes")
    backend: str | None = None

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.customer_ids)

    def __repr__(self) -> str:
        """Return a line: of how many customers, of when, and how many there are."""
        return (
            f"Measures of {len(self)} customers as of {self.as_of}, over {self.months} months: "
            f"{len(self.columns)} measures and {len(self.tallies)} tallies"
        )

    def _repr_html_(self) -> str:
        columns = [*self.columns.values()]
        known = [int(np.count_nonzero(~np.isnan(each.values))) for each in columns]
        shown = {
            "measure": as_objects(self.columns),
            "unit": as_objects(each.unit for each in columns),
            "customers of whom it is known": np.array(known, dtype=np.int64),
        }
        return f"<div>{html_lines([repr(self)])}{html_table(shown, rest=HAS_ALL)}</div>"

    @property
    def to_steer_by(self) -> tuple[str, ...]:
        """The names of the measures that a business can steer by, each over the period."""
        longer = {
            longer_look(name, each.looks_back)
            for name, each in self.columns.items()
            if each.looks_back
        }
        return tuple(n for n, each in self.columns.items() if each.steers and n not in longer)

    @property
    def ids(self) -> ObjectArray:
        """The customers' ids as text, in id order."""
        return self.customer_ids.texts

    @property
    def opted_out(self) -> BoolArray:
        """Whether each customer objects to profiling, in id order."""
        objects: BoolArray = self.record["opted_out"]
        return objects

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on what was odd in the data; empty where nothing was."""
        return self._notes() if isinstance(self._notes, Lazy) else self._notes

    @cached_property
    def numbers(self) -> Mapping[str, MeasureColumn]:
        """The measures whose values are numbers, by name: not those that hold several days."""
        return MappingProxyType(
            {name: each for name, each in self.columns.items() if not each.holds_several}
        )

    def column(self, name: str) -> MeasureColumn:
        """Return one measure with its basis, its unit and what else was declared of it.

        Args:
            name: the measure's name.

        Raises:
            ArgumentError: there is no such measure.
        """
        if name not in self.columns:
            raise ArgumentError(f"no measure is called {name!r}. {nearest(name, self.columns)}")
        return self.columns[name]

    def __getitem__(self, name: str) -> FloatArray:
        """Return the values of a measure.

        Args:
            name: the measure's name.

        Returns:
            A float for each customer, NaN where unknown.

        Raises:
            ArgumentError: there is no such measure.
        """
        return self.column(name).values

    def basis(self, name: str) -> FloatArray | None:
        """Return how much each value of a measure rests on, such as a number of orders.

        Args:
            name: the measure's name.

        Returns:
            A float for each customer, in id order; None for a measure that has no basis.

        Raises:
            ArgumentError: there is no such measure.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> measures = Compass(installed=False).measure(Portfolio.from_records(orders))
        >>> measures.basis("credited_share").tolist(), measures.basis("revenue") is None
        ([30.0], True)
        """
        return self.column(name).basis

    @property
    def start(self) -> date:
        """The last day before the period; a day is in the period where ``start < day <= as_of``."""
        return date.fromisoformat(str(months_before(np.datetime64(self.as_of, "D"), self.months)))

    @cached_property
    def active_places(self) -> Codes:
        """The positions of the active customers in id order; internal customers are left out."""
        active = np.flatnonzero(self["active"] == 1)
        return freeze(active[self.record["kind"].take(active) != CustomerKind.INTERNAL])

    def place(self, customer_id: str | int) -> int:
        """Return the position of a customer in id order, from 0.

        Args:
            customer_id: text, or a whole number.

        Raises:
            ArgumentError: there is no such customer.
        """
        return position_of(self.ids, customer_id)

    @cached_property
    def _bearers(self) -> Mapping[str, tuple[int, ...]]:
        """The positions of who bears a name that several customers bear, by name."""
        found = dict[str, list[int]]()
        for place, name in enumerate(self.record["name"].tolist()):
            if name is not None:
                found.setdefault(name.casefold(), []).append(place)
        return {name: tuple(places) for name, places in found.items() if len(places) > 1}

    def namesakes(self, customer_id: str | int) -> tuple[str, ...]:
        """Return the ids of the other customers with a customer's name, in id order.

        Who objects to profiling is left out. Two customers of one name may be one, with two
        numbers, or two who are taken for each other.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.place(customer_id)
        name = self.record["name"][place]
        bearers = () if name is None else self._bearers.get(name.casefold(), ())
        others = [each for each in bearers if each != place and not self.opted_out[each]]
        return tuple(self.ids[others].tolist())

    def take(self, customers: Codes | BoolArray) -> Measures:
        """Return the measures of some customers; the tallies and notes stay those of all customers.

        Args:
            customers: their positions, sorted upwards; or a mask with an element for each customer.
        """
        return evolve(
            self,
            ids=freeze(self.customer_ids.distinct[customers]),
            record={name: freeze(column[customers]) for name, column in self.record.items()},
            columns={
                name: column.map(lambda values: freeze(values[customers]))
                for name, column in self.columns.items()
            },
        )

    def with_values(self, values: Mapping[str, FloatArray]) -> Measures:
        """Return the measures with the values of some replaced; bases stay as they were.

        Args:
            values: by the name of a measure, the new values: a float for each customer, in id
                order.

        Raises:
            ArgumentError: there is no such measure.
        """
        changed = {name: evolve(self.column(name), values=new) for name, new in values.items()}
        return evolve(self, columns={**self.columns, **changed})

    @classmethod
    def join(
        cls, parts: Sequence[Measures], *, notes: tuple[DataNote, ...] | None = None
    ) -> Measures:
        """Join the measures of disjoint groups of customers into those of all.

        A column in which all customers are alike takes no memory.

        Args:
            parts: measures on the same date, of the same measures.
            notes: what was odd in all the data; without them, each note of any part once.

        Returns:
            The measures of all their customers.

        Raises:
            ArgumentError: there are no parts, they differ in date or measures, or a customer is in
                two of them.
        """
        from concurrent.futures import ThreadPoolExecutor

        first = _joinable(parts)
        ids, order = joined_ids([part.customer_ids for part in parts])
        counts = [len(part) for part in parts]

        def of_record(name: str) -> AnyArray:
            return joined_column([part.record[name] for part in parts], counts, order)

        def of_measures(name: str) -> MeasureColumn:
            columns = [part.columns[name] for part in parts]
            bases = [column.basis for column in columns if column.basis is not None]
            if len(bases) not in (0, len(parts)):
                raise ArgumentError(f"the measure {name!r} has a basis in some of the parts only")
            return evolve(
                columns[0],
                values=joined_column([column.values for column in columns], counts, order),
                basis=joined_column(bases, counts, order) if bases else None,
            )

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            record = dict(zip(first.record, pool.map(of_record, first.record), strict=True))
            columns = dict(zip(first.columns, pool.map(of_measures, first.columns), strict=True))
        if notes is None:
            notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
        return evolve(
            first,
            ids=ids,
            record=record,
            columns=columns,
            tallies={n: add_tallies([part.tallies[n] for part in parts]) for n in first.tallies},
            notes=notes,
        )


def _joinable(parts: Sequence[Measures]) -> Measures:
    if not parts:
        raise ArgumentError(
            "there is nothing to join", remedy="Give the measures of at least one part"
        )
    first = parts[0]
    for part in parts[1:]:
        for what in ("as_of", "months", "score_scale"):
            if getattr(part, what) != getattr(first, what):
                raise ArgumentError(
                    f"measures are joined only with one {what}; found "
                    f"{getattr(first, what)} and {getattr(part, what)}"
                )
        for family in ("record", "columns", "tallies"):
            if getattr(part, family).keys() != getattr(first, family).keys():
                raise ArgumentError("measures are joined only when they have the same names")
    return first
