"""Results with a row for each customer, which show nothing of those who object to profiling.

A `CustomerResult` holds who the customers are and who objects, so that no lens has to think of it.

>>> import numpy as np
>>> from attrs import frozen
>>> from klantkompas.results import CustomerResult, per_customer
>>> @frozen(eq=False, repr=False, kw_only=True)
... class Visits(CustomerResult):
...     visits: np.ndarray = per_customer()
...
...     def row_columns(self):
...         return {"visits": self.visits}
>>> found = Visits(
...     ids=np.array(["8", "9", "17"], dtype=object),
...     opted_out=np.array([False, True, False]),
...     visits=np.array([1.0, 2.0, 3.0]),
... )
>>> found.visits.tolist()
[1.0, nan, 3.0]
>>> found.columns()["id"].tolist()
['8', '17']
>>> print(found.why("9"))
They object to profiling: they count in totals only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, fields, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    Lazy,
    ObjectArray,
    as_objects,
    freeze,
    read_only,
)
from klantkompas._ids import position_of
from klantkompas.errors import ArgumentError
from klantkompas.results.result import Result
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import OPTED_OUT, Explanation, Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["CustomerResult", "RankedCustomers", "ids_or_positions", "per_customer"]

PER_CUSTOMER = "per customer"
"""By this a field says that it has a row for each customer."""
RANKED = mark("Rank {rank} of {customers}.")


def per_customer() -> Any:
    """Make a field of a `CustomerResult` that holds a value for each customer, in id order.

    The field may also be a mapping of such arrays. The values of customers who object to profiling
    are replaced: by NaN in an array of floats, None in one of objects, False in one of booleans.

    >>> import numpy as np
    >>> from attrs import frozen
    >>> from klantkompas.results import CustomerResult
    >>> @frozen(eq=False, repr=False, kw_only=True)
    ... class Visits(CustomerResult):
    ...     visits: np.ndarray = per_customer()
    >>> ids, objects = np.array(["8", "9"], dtype=object), np.array([False, True])
    >>> Visits(ids=ids, opted_out=objects, visits=np.array([1.0, 2.0])).visits.tolist()
    [1.0, nan]
    """
    return field(metadata={PER_CUSTOMER: True})


def _without(values: AnyArray, opted_out: BoolArray) -> AnyArray:
    """Return values of each customer, unknown of those who object to profiling."""
    unknown = {"f": np.nan, "O": None, "b": False}[values.dtype.kind]
    hidden = values.copy(order="K")
    hidden[opted_out] = unknown
    return freeze(hidden)


@frozen(eq=False, repr=False, kw_only=True)
class CustomerResult(Result):
    """A result with a row for each customer, which shows nothing of those who object to profiling.

    A field made by `per_customer` holds NaN, None or False for those customers. Totals, in other
    fields, still count them.

    Args:
        ids: the customers' ids, in id order; or a `Lazy` that computes them when they are first
            asked for.
        opted_out: True for each customer who objects to profiling.
    """

    _ids: ObjectArray | Lazy[ObjectArray] = field(alias="ids")
    opted_out: BoolArray

    def __attrs_post_init__(self) -> None:
        if self.opted_out.any():
            for each in fields(type(self)):
                if PER_CUSTOMER in each.metadata:
                    held = getattr(self, each.name)
                    shown = (
                        {name: _without(array, self.opted_out) for name, array in held.items()}
                        if isinstance(held, Mapping)
                        else _without(held, self.opted_out)
                    )
                    object.__setattr__(self, each.name, shown)

    @property
    def ids(self) -> ObjectArray:
        """The customers' ids, in id order."""
        return self._ids() if isinstance(self._ids, Lazy) else self._ids

    def __len__(self) -> int:
        """Return how many customers there are, those who object to profiling among them."""
        return len(self.opted_out)

    def position(self, customer_id: str | int) -> int:
        """Return the position of a customer in `ids`, and so in every array with a value for each.

        Args:
            customer_id: the customer's id; a whole number is read as its digits.

        Returns:
            The position, from 0.

        Raises:
            ArgumentError: there is no such customer.
        """
        return position_of(self.ids, customer_id)

    @cached_property
    def shown(self) -> Codes:
        """The positions of the customers who are shown: all who do not object to profiling."""
        return freeze(np.flatnonzero(~self.opted_out))

    def ids_where(self, mask: BoolArray) -> tuple[str, ...]:
        """Return the ids of customers for whom a mask is True, but not of who objects to profiling.

        Args:
            mask: True or False for each customer, in id order.

        Returns:
            The ids, in id order.
        """
        return tuple(self.ids[mask & ~self.opted_out])

    def count_shown(self, *columns: AnyArray) -> Counter[tuple[object, ...]]:
        """Return how many customers have each combination of values, without those who object.

        Args:
            *columns: arrays with a value for each customer, in id order.

        Returns:
            How many customers there are for each tuple with a value of each column.
        """
        return Counter(zip(*(each[self.shown].tolist() for each in columns), strict=True))

    def row_columns(self) -> Mapping[str, AnyArray]:
        """Return the columns of `to_frame` besides the id, by heading: a value per customer."""
        raise NotImplementedError

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each who does not object to profiling."""
        rows = {"id": self.ids, **self.row_columns()}
        return {name: column[self.shown] for name, column in rows.items()}

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return the sentences that explain the result of one customer, the most important first.

        Args:
            position: the position of the customer in `ids`.
        """
        raise NotImplementedError

    def explained(
        self, customer_id: str | int, say: Callable[[int], Iterable[Sentence]]
    ) -> Explanation:
        """Return the explanation of one customer; of an objector to profiling, only that.

        Args:
            customer_id: the customer's id.
            say: a function that returns the sentences for the customer at a position in `ids`.

        Raises:
            ArgumentError: there is no such customer.
        """
        position = self.position(customer_id)
        parts = (OPTED_OUT,) if self.opted_out[position] else tuple(say(position))
        return Explanation(self.ids[position], parts)

    def why(self, customer_id: str | int) -> Text:
        """Return the explanation of one customer: what the result says of them, and why.

        Args:
            customer_id: the customer's id.

        Returns:
            The explanation, which prints as sentences; of a customer who objects to profiling, only
            that they do.

        Raises:
            ArgumentError: there is no such customer.
        """
        return self.explained(customer_id, self.sentences_of)


@frozen(eq=False, repr=False, kw_only=True)
class RankedCustomers(CustomerResult):
    """A result with a row for each of some customers, ranked by value, largest first.

    Its other arrays are sorted in the same way: the first value is that of the largest.

    Args:
        order: the positions in `ids` of the ranked customers, largest value first; customers with
            equal values are sorted by position.
    """

    order: Codes

    @cached_property
    def ranked_ids(self) -> ObjectArray:
        """The ids of the ranked customers, largest value first.

        None stands in the place of a customer who objects to profiling.
        """
        ids = self.ids[self.order]
        ids[self.opted_out[self.order]] = None
        return freeze(ids)

    @cached_property
    def shown(self) -> Codes:
        """The ranks, from 0, of the customers who are shown: all who do not object to profiling."""
        return freeze(np.flatnonzero(~self.opted_out[self.order]))

    def position(self, customer_id: str | int) -> int:
        """Return the position in `ids` of a customer who is ranked.

        Returns:
            The position, from 0; it is not the rank.

        Raises:
            ArgumentError: there is no such customer among those that are ranked.
        """
        found = np.flatnonzero(self.ids == str(customer_id))
        if not len(found):
            raise ArgumentError(f"no customer with the id {str(customer_id)!r} is ranked")
        return int(found[0])

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each ranked customer shown, largest first."""
        rank = np.arange(1, len(self) + 1)
        rows = {"rank": rank, "id": self.ranked_ids, **self.row_columns()}
        return {name: column[self.shown] for name, column in rows.items()}

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return a sentence with the rank of the customer at a position in `ids`."""
        rank = int(np.flatnonzero(self.order == position)[0]) + 1
        return (sentence(RANKED, rank=rank, customers=len(self)),)


def ids_or_positions(
    ids: Sequence[str] | ObjectArray | None, count: int
) -> ObjectArray | Lazy[ObjectArray]:
    """Return ids as a read-only array; for customers without ids, their positions as text.

    Args:
        ids: the ids; None where the customers have none.
        count: how many customers there are.

    Raises:
        ArgumentError: there are not as many ids.
    """
    if ids is None:
        return Lazy(lambda: freeze(as_objects(map(str, range(count)))))
    if len(ids) != count:
        raise ArgumentError(
            f"{len(ids)} ids for {count} values were given", remedy="Give one for each value"
        )
    return read_only(as_objects(ids))
