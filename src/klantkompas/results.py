"""What all results share: they print, show themselves in a notebook, and become a data frame.

A result of each customer is a `CustomerResult`: it holds who the customers are and who objects to
profiling, and shows nothing of those, so that no lens has to think of it.

>>> @frozen(eq=False, repr=False, kw_only=True)
... class Visits(CustomerResult):
...     visits: FloatArray = per_customer()
...
...     def row_columns(self):
...         return {"visits": self.visits}
>>> found = Visits(
...     ids=as_objects(["8", "9", "17"]),
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
from importlib.util import find_spec
from typing import Any

import numpy as np
from attrs import evolve, field, fields, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    Lazy,
    ObjectArray,
    Value,
    as_objects,
    freeze,
    read_only,
)
from klantkompas._ids import position_of
from klantkompas._printable import encodable, shown
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import OPTED_OUT, Explanation, Text
from klantkompas.wording.markup import html_table
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Sentence, sentence

__all__ = [
    "CustomerResult",
    "RankedCustomers",
    "Result",
    "frame_of",
    "ids_or_positions",
    "of_backend",
    "per_customer",
]

PER_CUSTOMER = "per customer"
"""By this a field says that it has a row for each customer."""
RANKED = mark("Rank {rank} of {customers}.")


def frame_of(columns: Mapping[str, AnyArray], backend: Any) -> Any:
    r"""Return a data frame of columns.

    Args:
        columns: one-dimensional arrays of one length, by heading; NaN, NaT and None stand for an
            unknown value.
        backend: any eager backend that narwhals knows: ``"pandas"``, ``"polars"``, ``"pyarrow"``...

    Returns:
        The library's own data frame; unknown numbers are null where the library has nulls.

    Raises:
        ArgumentError: the library is not known or not installed.

    A character that no encoding can hold (an unpaired surrogate) is written as its escape.

    >>> frame_of({"id": np.array(["a\ud800"], dtype=np.object_)}, "polars")["id"].to_list()
    ['a\\ud800']
    """
    import narwhals as nw

    types = {"f": nw.Float64(), "i": nw.Int64(), "b": nw.Boolean(), "O": nw.String()}
    arrays = {name: np.asarray(values) for name, values in columns.items()}
    try:
        frame = nw.from_dict(
            {name: _texts(a) if a.dtype.kind == "O" else a for name, a in arrays.items()},
            schema={name: types[a.dtype.kind] for name, a in arrays.items()},
            backend=backend,
        )
    except (TypeError, ValueError, ImportError) as cause:
        raise ArgumentError(
            f"backend={shown(backend)} cannot make a data frame",
            remedy="Install it, or use another: pandas, polars, pyarrow, modin",
        ) from cause
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()]
    return frame.with_columns(
        nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in floats
    ).to_native()


def _texts(values: ObjectArray) -> list[Any]:
    """Return texts, unpaired surrogates in them written out."""
    texts: list[Any] = values.tolist()
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError:
        return [None if each is None else encodable(each, "utf-8") for each in texts]
    return texts


FRAMES = ("polars", "pandas", "pyarrow")
"""The libraries that make a data frame where the data did not come in one, the first first."""


def _installed() -> str:
    found = next((each for each in FRAMES if find_spec(each)), None)
    if found is None:
        raise MissingExtraError("files", "making a data frame")
    return found


@frozen(eq=False, repr=False, kw_only=True)
class Result(Value, Text):
    """A result that prints: it has `columns` for a data frame, and `parts`, its sentences.

    Args:
        backend: the library in whose data frames the data came in, and `to_frame` returns them;
            None where it came in none. A reading fills it in.
    """

    backend: str | None = field(default=None, metadata=UNTOLD)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`, by heading: one-dimensional arrays of one length."""
        raise NotImplementedError

    def to_frame(self, backend: object = None) -> Any:
        """Return the result as a data frame.

        Args:
            backend: any eager backend that narwhals knows, such as ``"pandas"`` or ``"polars"``.
                Without it, that of the data frames that the data came in; of files, records and
                databases polars, else what is installed.

        Returns:
            The library's own data frame; unknown values are null.

        Raises:
            ArgumentError: the library is not known or not installed.
            MissingExtraError: no library for data frames is installed.
        """
        return self.frame(self.columns(), backend)

    def frame(self, columns: Mapping[str, AnyArray], backend: object = None) -> Any:
        """Return columns as a data frame, as `to_frame` does of all.

        Args:
            columns: the columns, by heading.
            backend: as for `to_frame`.
        """
        # A class that is not of attrs need not have set it.
        own = getattr(self, "backend", None)
        return frame_of(columns, backend or own or _installed())

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """Return the rows as an Arrow stream, which pyarrow, polars, duckdb and others read.

        Args:
            requested_schema: the schema that the reader would like, as the protocol has it.

        Raises:
            MissingExtraError: neither pyarrow nor polars is installed.
        """
        library = next((each for each in ("pyarrow", "polars") if find_spec(each)), None)
        if library is None:
            raise MissingExtraError("files", "making an Arrow stream")
        return self.to_frame(library).__arrow_c_stream__(requested_schema)

    def _html_parts(self) -> Iterable[str]:
        yield from super()._html_parts()
        yield html_table(self.columns())


def of_backend(result: Any, backend: str | None) -> Any:
    """Return a result that knows in whose data frames the data came in.

    Args:
        result: anything; only a `Result` of attrs that does not know it yet changes.
        backend: the library; None where the data came in no data frame.
    """
    of_attrs = isinstance(result, Result) and "__attrs_attrs__" in vars(type(result))
    if backend is None or not of_attrs or result.backend is not None:
        return result
    return evolve(result, backend=backend)


def per_customer() -> Any:
    """Make a field of a `CustomerResult` that holds a value for each customer, in id order.

    The field may also be a mapping of such arrays. The values of customers who object to profiling
    are replaced: by NaN in an array of floats, None in one of objects, False in one of booleans.

    The rows of customers who object to profiling become unknown: NaN, None or False.
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
