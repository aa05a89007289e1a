"""Who is there: how many of each stage and kind, and how many are active?

Question: what does the portfolio hold, before anything is said of anyone?
Idea: count customers by how far the relation has come, by what kind they are, and by whether they
are active. Suspects and prospects are counted here and never classed; internal customers
(colleagues, partners, suppliers) can be left out or shown apart.
Source: S4 (stages and kinds), S1 step 1 (active).

>>> counted = take_inventory(
...     ["customer", "customer", "prospect"], ["business", "internal", None], [1, None, 0]
... )
>>> print(counted)
Inventory: 2 customers, beside 1 internal: prospect 1, customer 1; business 1, unknown 1; \
active 1, not active, or never ordered 1
>>> counted.counts("stage", internal=False)
{'prospect': 1, 'customer': 1}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

import numpy as np
from attrs import evolve, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, Lazy, ObjectArray, as_objects, freeze
from klantkompas._ids import distinct_objects
from klantkompas._nearest import nearest
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.drawing import CountsDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import lens
from klantkompas.portfolio import Measures
from klantkompas.results import CustomerResult, ids_or_positions
from klantkompas.stats.checks import checked_numbers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, counted, sentence

__all__ = ["ACTIVITY", "Inventory", "inventory", "take_inventory"]

UNKNOWN = mark("unknown")
ACTIVITY = (mark("active"), mark("not active"))
SAID = {"not active": mark("not active, or never ordered")}
"""What is said of a count, where its name alone may be taken for something else."""
STAGES = (mark("suspect"), mark("prospect"), mark("customer"))
KINDS = (mark("consumer"), mark("business"), mark("internal"))
COUNTED = mark("Inventory: {customers}")
BESIDE = mark("Inventory: {customers}, beside {internal} internal")
LISTED = mark("Stage: {stage}. Kind: {kind}. Activity: {activity}.")
NEVER_CLASSED = mark("Suspects and prospects are counted and get no class.")
INTERNAL = mark("Internal customers are counted and get no class.")
COUNTED_BY = ("stage", "kind", "activity")
_ORDER = {each: position for position, each in enumerate((*STAGES, *KINDS, *ACTIVITY, UNKNOWN))}


@frozen(eq=False, repr=False, kw_only=True)
class Inventory(Pictured, CustomerResult):
    """Customers by stage, kind and activity; arrays with a value for each.

    Args:
        stage: suspect, prospect, customer or unknown.
        kind: consumer, business, internal or unknown.
        activity: active, not active or unknown.
    """

    stage: ObjectArray
    kind: ObjectArray
    activity: ObjectArray

    @cached_property
    def _table(self) -> Mapping[tuple[str, str, str], int]:
        found = Counter(zip(*(getattr(self, name) for name in COUNTED_BY), strict=True))
        return dict(sorted(found.items(), key=lambda each: [_ORDER[part] for part in each[0]]))

    def named_counts(self) -> list[tuple[Sentence, int]]:
        """Return how many customers have each stage, kind and activity; internal ones left out."""
        return [each for by in COUNTED_BY for each in self._named(by)]

    def _named(self, by: str) -> list[tuple[Sentence, int]]:
        """Return how many customers there are of each stage, kind or activity but internal ones."""
        of = self.counts(by, internal=False)
        return [(Sentence(SAID.get(name, name)), count) for name, count in of.items()]

    def display(self) -> CountsDisplay:
        """Return the picture: how many customers have each stage, kind and activity."""
        return CountsDisplay.from_result(self)

    def counts(self, by: str, *, internal: bool | None = None) -> dict[str, int]:
        """Return how many customers there are of each stage, of each kind, or active and not.

        Args:
            by: ``"stage"``, ``"kind"`` or ``"activity"``.
            internal: False leaves out internal customers, True counts only these.

        Returns:
            How many customers there are for each value that occurs; unknown comes last.

        Raises:
            ArgumentError: `by` is none of the three.
        """
        if by not in COUNTED_BY:
            raise ArgumentError(f"nothing is counted by {by!r}. {nearest(by, COUNTED_BY)}")
        found = Counter[str]()
        for key, count in self.table(internal=internal).items():
            found[key[COUNTED_BY.index(by)]] += count
        return dict(sorted(found.items(), key=lambda each: _ORDER[each[0]]))

    def table(self, *, internal: bool | None = None) -> dict[tuple[str, str, str], int]:
        """Return how many customers there are by stage, kind and activity at once.

        Args:
            internal: False leaves out internal customers, True counts only these.

        Returns:
            How many customers there are for each (stage, kind, activity) that occurs.
        """
        return {
            (stage, kind, activity): count
            for (stage, kind, activity), count in self._table.items()
            if internal is None or (kind == CustomerKind.INTERNAL) == internal
        }

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return the stage, kind and activity of one customer, and whether they can have a class.

        Args:
            position: the position of the customer in `ids`.
        """
        stage, kind = self.stage[position], self.kind[position]
        yield sentence(
            LISTED,
            stage=Sentence(stage),
            kind=Sentence(kind),
            activity=Sentence(self.activity[position]),
        )
        if stage in (Stage.SUSPECT, Stage.PROSPECT):
            yield Sentence(NEVER_CLASSED)
        if kind == CustomerKind.INTERNAL:
            yield Sentence(INTERNAL)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: each combination, with how many customers it has."""
        table = self.table()
        parts: dict[str, AnyArray] = {
            name: as_objects(key[at] for key in table) for at, name in enumerate(COUNTED_BY)
        }
        return parts | {"customers": np.array([*table.values()], dtype=np.int64)}

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the result: how many customers there are by stage, kind and activity."""
        groups = [counted(self._named(by)) for by in COUNTED_BY]
        internal = sum(self.table(internal=True).values())
        others = len(self) - internal
        counted_all = sentence(
            BESIDE if internal else COUNTED,
            customers=Quantity(others, "customers"),
            internal=internal,
        )
        parts = (counted_all, Listing(groups, "; "))
        return (sentence("{parts}", parts=Listing(parts if others else parts[:1], ": ")),)


def take_inventory(
    stages: Iterable[str | None],
    kinds: Iterable[str | None],
    active: ArrayLike,
    *,
    ids: Sequence[str] | ObjectArray | None = None,
    opted_out: ArrayLike | None = None,
) -> Inventory:
    """Return customers counted by stage, kind and activity.

    Args:
        stages: suspect, prospect or customer; None where unknown.
        kinds: consumer, business or internal; None where unknown.
        active: 1 for active, 0 for not; None or NaN where unknown.
        ids: the customers' ids in id order, if the result is to explain each.
        opted_out: True for each customer who objects to profiling; without it, nobody does.

    Returns:
        The inventory, how many customers there are by stage, kind and activity.

    Raises:
        ArgumentError: the arguments differ in length, or a stage or kind is none of those above.
    """
    stage, kind = _words("stages", stages, Stage), _words("kinds", kinds, CustomerKind)
    known = checked_numbers("active", active, unknown=True)
    objecting = (
        np.zeros(len(stage), np.bool_) if opted_out is None else np.asarray(opted_out, np.bool_)
    )
    lengths = {len(each) for each in (stage, kind, known, objecting)}
    if len(lengths) > 1:
        raise ArgumentError(
            f"there should be one of each for every customer; found {len(stage)} stages, "
            f"{len(kind)} kinds, {len(known)} activities"
        )
    activity = np.array([*ACTIVITY, UNKNOWN], dtype=np.object_)
    position = np.where(np.isnan(known), 2, known == 0).astype(np.intp)
    return Inventory(
        ids=ids_or_positions(ids, len(stage)),
        stage=freeze(stage),
        kind=freeze(kind),
        activity=freeze(activity[position]),
        opted_out=freeze(objecting.copy()),
    )


def _words(name: str, given: Iterable[str | None], known: Iterable[StrEnum]) -> ObjectArray:
    word = {each: str(each) for each in (*known, UNKNOWN)} | {None: UNKNOWN}
    which, distinct = distinct_objects(as_objects(given))
    try:
        return as_objects(map(word.__getitem__, distinct)).take(which)
    except (KeyError, TypeError):
        odd = min(str(each) for each in distinct if each not in [*word])
        raise ArgumentError(f"{name}: {odd!r} is none. {nearest(odd, map(str, known))}") from None


@lens(question="Who is there, by stage, kind and activity?")
def inventory(measures: Measures) -> Inventory:
    """Return how many customers there are by stage, kind and activity, objectors included.

    Args:
        measures: what is known of each customer.

    Returns:
        The inventory, in which customers who object to profiling count.
    """
    found = take_inventory(
        measures.record["stage"],
        measures.record["kind"],
        measures["active"],
        opted_out=measures.opted_out,
    )
    return evolve(found, ids=Lazy(lambda: measures.ids))
