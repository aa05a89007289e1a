"""The class of each customer: what the rules give, what people give, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import AnyArray, BoolArray, Codes, ObjectArray, freeze
from klantkompas.classification.ranges import best_decisions, worth_finding_out
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.overrides import Override
from klantkompas.hooks import ClassificationRule
from klantkompas.results import CustomerResult
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote
from klantkompas.wording.plain import UNTOLD

__all__ = ["Labels"]

OVERRIDES_WAIT = mark("waiting, as their customers have no class now: {count}")


@frozen(eq=False, kw_only=True, repr=False)
class Labels(CustomerResult):
    """The class of every customer of the portfolio, and how sure it is.

    Args:
        computed: the class that the rules give; None for who is not classed.
        decided_by: for each customer, the position in `rules` of the rule that decided; negative
            where none did.
        scorecard: the score card.
        rules: the rules, in the order in which they are tried.
        order: the classes, best first.
        overrides: by customer, the class that a person gave. It holds while the rules give the
            customer any class, and waits while they give none.
    """

    computed: ObjectArray
    decided_by: Codes
    scorecard: Scorecard = field(metadata=UNTOLD)
    rules: tuple[ClassificationRule, ...]
    order: tuple[str, ...] = field(default=tuple(each.label for each in CLASSES))
    overrides: Mapping[str, Override] = field(factory=dict, metadata=UNTOLD)

    @cached_property
    def labels(self) -> ObjectArray:
        """The class that holds for each customer; None for a customer without a class."""
        labels = self.computed.copy()
        for override in self.in_force:
            labels[self.position(override.customer)] = override.label
        return freeze(labels)

    @property
    def in_force(self) -> list[Override]:
        """The overrides that hold: those of customers to whom the rules give a class."""
        known = set(self.ids) if self.overrides else set()
        return [
            override
            for customer, override in self.overrides.items()
            if customer in known and self.computed[self.position(customer)] is not None
        ]

    @property
    def overridden(self) -> BoolArray:
        """Whether a person gave each customer the class that holds."""
        overridden = np.zeros(len(self), dtype=np.bool_)
        overridden[[self.position(each.customer) for each in self.in_force]] = True
        return freeze(overridden)

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on overrides that wait, because the rules give those customers no class now."""
        waiting = len(self.overrides) - len(self.in_force)
        return (DataNote(OVERRIDES_WAIT, count=waiting, unit="overrides"),) if waiting else ()

    @cached_property
    def _best(self) -> ObjectArray:
        labels = np.array([*(rule.label for rule in self.rules), None], dtype=np.object_)
        best = np.full(len(self.computed), None, dtype=np.object_)
        best[self.scorecard.places] = labels[best_decisions(self.scorecard, self.rules)]
        return freeze(best)

    @cached_property
    def provisional(self) -> BoolArray:
        """Whether each customer may be in more than one class, given what is unknown of them.

        A class that a person gave is sure.
        """
        provisional = np.not_equal(self.computed, self._best).astype(np.bool_)
        for override in self.in_force:
            provisional[self.position(override.customer)] = False
        return freeze(provisional)

    @cached_property
    def ranges(self) -> ObjectArray:
        """The classes that each customer may be in: one, or the worst and the best."""
        ranges = self.labels.copy()
        place = {label: at for at, label in enumerate(self.order)}
        for at in np.flatnonzero(self.provisional).tolist():
            ends = sorted((self.computed[at], self._best[at]), key=place.__getitem__, reverse=True)
            ranges[at] = " to ".join(ends)
        return freeze(ranges)

    @cached_property
    def most_worth_finding_out(self) -> ObjectArray:
        """The missing factor of each customer that is most worth finding out; None without one."""
        found = np.full(len(self.computed), None, dtype=np.object_)
        rows = np.flatnonzero(self.provisional[self.scorecard.places])
        found[self.scorecard.places[rows]] = worth_finding_out(
            self.scorecard, self.rules, self.order, rows
        )
        return freeze(found)

    def label(self, customer_id: str | int) -> str | None:
        """Return the class of one customer; None for a customer without a class.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.label("a")
        'A'
        """
        found: str | None = self.labels[self.position(customer_id)]
        return found

    def counts(self) -> dict[str, int]:
        """Return how many customers each class has, best first.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.counts()
        {'A': 1, 'B': 0, 'C': 0, 'D': 0}
        """
        labels = self.labels.tolist()
        return {label: labels.count(label) for label in self.order}

    def sure_counts(self) -> dict[str, int]:
        """Return how many customers of each class are surely in it, best first.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.sure_counts()["A"]
        1
        """
        labels = self.labels[~self.provisional].tolist()
        return {label: labels.count(label) for label in self.order}

    def row_columns(self) -> dict[str, AnyArray]:
        """Return each customer's class, that of the rules, and how sure it is."""
        return {
            "class": self.labels,
            "computed": self.computed,
            "provisional": self.provisional,
            "range": self.ranges,
            "most_worth_finding_out": self.most_worth_finding_out,
            "overridden": self.overridden,
        }
