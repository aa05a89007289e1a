"""What is known of each customer: record, measures and tallies.

A lens reads these and nothing else. They come from each customer's own interactions alone, so the
measures of disjoint groups of customers, joined, are the measures of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from klantkompas._arrays import AnyArray, Codes, FloatArray, Lazy, ObjectArray, freeze
from klantkompas._ids import CustomerIds, id_order, position_of
from klantkompas.domain.customers import CustomerKind
from klantkompas.errors import ArgumentError, nearest
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.tallies import TallyCounts
from klantkompas.wording.notes import DataNote

__all__ = ["Measures", "TallyCounts"]


def _customer_ids(ids: AnyArray | CustomerIds) -> CustomerIds:
    return ids if isinstance(ids, CustomerIds) else CustomerIds(ids)


@frozen(eq=False, kw_only=True)
class Measures:
    """What is known of each customer on a date.

    Args:
        customer_ids: the customers' ids, in id order: given as `ids`, text or whole numbers.
        as_of: the reference date.
        months: how many calendar months the period has.
        record: the customers' own record by field: name, kind, stage, group, objects, ...
        values: the measures by name; NaN is unknown.
        bases: for measures that have one, how much lies behind each value.
        units: the measures' units.
        basis_units: what the bases count.
        counted: the measures that are a share of hits among what the basis counts.
        reads: for measures, the tables or columns that they are made of.
        tallies: the tallies by name.
        score_scale: the lowest and highest score of the survey.
        notes: what was odd in the data.
    """

    customer_ids: CustomerIds = field(alias="ids", converter=_customer_ids)
    as_of: date
    months: int
    record: Mapping[str, AnyArray]
    values: Mapping[str, FloatArray]
    bases: Mapping[str, FloatArray]
    units: Mapping[str, str]
    basis_units: Mapping[str, str]
    tallies: Mapping[str, TallyCounts]
    counted: frozenset[str] = frozenset()
    reads: Mapping[str, tuple[str, ...]] = field(factory=dict)
    score_scale: tuple[int, int] = (0, 10)
    _notes: tuple[DataNote, ...] | Lazy[tuple[DataNote, ...]] = field(default=(), alias="notes")

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.customer_ids)

    @property
    def ids(self) -> ObjectArray:
        """The customers' ids as text, in id order."""
        return self.customer_ids.texts

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """What was odd in the data."""
        return self._notes() if isinstance(self._notes, Lazy) else self._notes

    def __getitem__(self, name: str) -> FloatArray:
        """Give a measure.

        Args:
            name: the measure's name.

        Returns:
            A float for each customer, NaN where unknown.

        Raises:
            ArgumentError: there is no such measure.
        """
        if name not in self.values:
            raise ArgumentError(f"no measure is called {name!r}. {nearest(name, self.values)}")
        return self.values[name]

    def basis(self, name: str) -> FloatArray | None:
        """Give how much lies behind each value of a measure; None for one without a basis."""
        self[name]
        return self.bases.get(name)

    @property
    def start(self) -> date:
        """The day before the period's first."""
        return date.fromisoformat(str(months_before(np.datetime64(self.as_of, "D"), self.months)))

    @cached_property
    def active_places(self) -> Codes:
        """The active customers, as places; internal ones are left out."""
        external = self.record["kind"] != CustomerKind.INTERNAL
        return freeze(np.flatnonzero((self["active"] == 1) & external))

    def place(self, customer_id: str | int) -> int:
        """Find a customer's place.

        Raises:
            ArgumentError: there is no such customer.
        """
        return position_of(self.ids, customer_id)

    @classmethod
    def join(cls, parts: Sequence[Measures]) -> Measures:
        """Join the measures of disjoint groups of customers into those of all.

        Args:
            parts: measures on the same date, of the same measures.

        Returns:
            The measures of all their customers.

        Raises:
            ArgumentError: there are no parts, they differ in date or measures, or a customer is in
                two of them.
        """
        if not parts:
            raise ArgumentError("there is nothing to join: give the measures of at least one part")
        first = parts[0]
        for part in parts[1:]:
            for what in ("as_of", "months", "score_scale"):
                if getattr(part, what) != getattr(first, what):
                    raise ArgumentError(
                        f"measures are joined only with one {what}; found "
                        f"{getattr(first, what)} and {getattr(part, what)}"
                    )
            if (part.values.keys(), part.tallies.keys()) != (
                first.values.keys(),
                first.tallies.keys(),
            ):
                raise ArgumentError("measures are joined only when they have the same names")
        ids: list[str] = [each for part in parts for each in part.ids]
        place = {each: at for at, each in enumerate(ids)}
        if len(place) < len(ids):
            raise ArgumentError("a customer is in two of the parts; cut them by customer")
        order = np.array([place[each] for each in id_order(ids)], dtype=np.intp)

        def joined(name: str) -> dict[str, Any]:
            every: Mapping[str, AnyArray] = getattr(first, name)
            return {
                key: freeze(np.concatenate([getattr(part, name)[key] for part in parts])[order])
                for key in every
            }

        def added(name: str) -> dict[tuple[str, ...], int]:
            total = reduce(Counter.__add__, (Counter(dict(p.tallies[name])) for p in parts))
            return dict(sorted(total.items()))

        return evolve(
            first,
            ids=freeze(np.concatenate([part.ids for part in parts])[order]),
            record=joined("record"),
            values=joined("values"),
            bases=joined("bases"),
            tallies={name: added(name) for name in first.tallies},
            notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        )
