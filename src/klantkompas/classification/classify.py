"""Classes from a score card: the first rule that holds decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    FloatArray,
    Lazy,
    ObjectArray,
    freeze,
    is_known,
    sum_by,
)
from klantkompas.classification.hypothetical import UNDECIDED, decide
from klantkompas.classification.order import class_order, in_order
from klantkompas.classification.ranges import ClassRange, best_decisions, worth_finding_out
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.trace import Trace, trace_rules
from klantkompas.classification.what_if import Lift, WhatIf, find_lifts
from klantkompas.classification.why import Why
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError, checked_instance, checked_instances, nearest
from klantkompas.hooks import ClassificationRule
from klantkompas.results import CustomerResult
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote, in_words
from klantkompas.wording.sentence import Sentence, sentence
from klantkompas.wording.writer import Writer

__all__ = ["ClassShare", "Classification", "classify_by_rules"]

NOT_CLASSED = {
    "opted_out": mark("they object to profiling"),
    "internal": mark("they are an internal customer: counted, not classed"),
    "unknown": mark("without orders it is unknown who is active"),
    "never": mark("they have not ordered yet"),
    "inactive": mark("they are not active: no order in the period, or departed since"),
    "no rule": mark("no classification rule holds for them"),
}
"""Why a customer has no class."""
OVERRIDES_WAIT = mark("waiting, as their customers have no class now: {count}")
CANNOT_SHOW = mark(
    "These tables cannot show who is A or B: fewer than two success factors are known of anyone. "
    "What would help: {tables}."
)


@frozen
class ClassShare:
    """What one class brings.

    Args:
        label: the class.
        customers: how many customers it has.
        customer_share: their share of the classed customers.
        orders: how many orders they placed in the period.
        order_share: their share of those of the classed customers.
        revenue: what they brought in the period.
        revenue_share: its share of that of the classed customers; NaN where that is not positive.
    """

    label: str
    customers: int
    customer_share: float
    orders: int
    order_share: float
    revenue: float
    revenue_share: float


@frozen(eq=False, kw_only=True, repr=False)
class Classification(CustomerResult):
    """The class of every customer of the portfolio, and why.

    Args:
        computed: the class that the rules give; None for who is not classed.
        decided_by: which rule decided, as a place in `rules`; negative where none did.
        scorecard: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        overrides: by customer, the class that a person gave. It holds as long as the rules class
            the customer at all; until then it waits.
    """

    computed: ObjectArray
    decided_by: Codes
    scorecard: Scorecard
    rules: tuple[ClassificationRule, ...]
    order: tuple[str, ...] = field(default=tuple(each.label for each in CLASSES))
    overrides: Mapping[str, Override] = field(factory=dict)

    @cached_property
    def labels(self) -> ObjectArray:
        """The class that holds for each customer; None for who is not classed."""
        labels = self.computed.copy()
        for override in self.in_force:
            labels[self.position(override.customer)] = override.label
        return freeze(labels)

    @property
    def in_force(self) -> list[Override]:
        """The overrides that hold: those of customers that the rules class."""
        known = set(self.ids) if self.overrides else set()
        return [
            override
            for customer, override in self.overrides.items()
            if customer in known and self.computed[self.position(customer)] is not None
        ]

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Overrides that wait, because the rules do not class those customers now."""
        waiting = len(self.overrides) - len(self.in_force)
        return (DataNote(OVERRIDES_WAIT, count=waiting, unit="overrides"),) if waiting else ()

    @cached_property
    def _best(self) -> ObjectArray:
        labels = np.array([*(rule.label for rule in self.rules), None], dtype=np.object_)
        best = np.full(len(self.computed), None, dtype=np.object_)
        best[self.scorecard.places] = labels[best_decisions(self.scorecard, self.rules)]
        return freeze(best)

    @property
    def provisional(self) -> BoolArray:
        """Whether each customer may be in more than one class, given what is unknown of it."""
        return np.not_equal(self.computed, self._best).astype(np.bool_)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Who is on a list that people supplied and contributes in fewer than two ways."""
        card = self.scorecard
        odd = card.shortlisted & (card.count < 2) & card.listed_by_people
        return tuple(card.ids[odd])

    @property
    def new(self) -> FloatArray:
        """Whether each customer is new in the period: 1, 0, or NaN where unknown.

        New since its own record says so, else by its first order; unknown where that cannot tell
        because the portfolio's own first order lies in the period too.
        """
        measures = self.scorecard.measures
        period = measures.as_of - measures.start
        days = measures["days_since_first_order"]
        if not np.nanmax(days, initial=-np.inf) >= period.days:
            days = np.full(len(days), np.nan)
        since = measures.record["since"]
        stated = np.datetime64(measures.as_of, "D") - since
        days = np.where(np.isnat(since), days, stated.astype(np.float64))
        return np.where(np.isnan(days), np.nan, days < period.days)

    @property
    def remark(self) -> Sentence | None:
        """What to know first: that these tables cannot show who is A or B; None where they can."""
        card = self.scorecard
        if not len(card) or int((~card.unknown).sum(axis=1).max(initial=0)) >= 2:
            return None
        missing = {
            table
            for column, factor in enumerate(card.declared)
            if card.unknown[:, column].all()
            for table in card.measures.column(factor.measure_name).reads
        }
        return sentence(CANNOT_SHOW, tables=in_words(sorted(missing)))

    def range(self, customer_id: str | int) -> ClassRange:
        """Return the classes that a customer may be in, given what is unknown of it.

        Args:
            customer_id: the customer.

        Returns:
            The worst and the best, and the factor most worth finding out.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.position(customer_id)
        present, best = self.computed[place], self._best[place]
        if present is None or best is None:
            return ClassRange(customer=self.ids[place], worst=present, best=best)
        worst, best = sorted((present, best), key=self.order.index, reverse=True)
        row = int(np.searchsorted(self.scorecard.places, place))
        return ClassRange(
            customer=self.ids[place],
            worst=worst,
            best=best,
            worth_finding_out=worth_finding_out(self.scorecard, self.rules, self.order, row),
        )

    def what_if(self, customer_id: str | int) -> WhatIf:
        """Return what would lift a customer to a better class than the rules give it.

        Args:
            customer_id: the customer.

        Returns:
            Every smallest set of up to three changes, with the value that each needs.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.position(customer_id)
        lifts: tuple[Lift, ...] = ()
        if self.computed[place] is not None:
            row = int(np.searchsorted(self.scorecard.places, place))
            lifts = find_lifts(self.scorecard, self.rules, self.order, row)
        return WhatIf(
            customer=self.ids[place],
            label=self.computed[place],
            lifts=lifts,
            because="" if self.computed[place] is not None else self._why_not(place),
            shortlist_cutoff=self.scorecard.shortlist_cutoff,
            best=self.computed[place] == self.order[0],
        )

    def label(self, customer_id: str | int) -> str | None:
        """Return a customer's class; None when it is not classed.

        Raises:
            ArgumentError: there is no such customer.
        """
        found: str | None = self.labels[self.position(customer_id)]
        return found

    def counts(self) -> dict[str, int]:
        """Return how many customers each class has, best first."""
        labels = self.labels.tolist()
        return {label: labels.count(label) for label in self.order}

    def shares(self) -> tuple[ClassShare, ...]:
        """Return what each class brings, best first."""
        measures = self.scorecard.measures

        def part(of: float, whole: float) -> float:
            return of / whole if whole > 0 else np.nan

        number = {label: at for at, label in enumerate(self.order)}
        classed = np.flatnonzero(is_known(self.labels))
        codes = np.array([number[label] for label in self.labels[classed]], dtype=np.intp)

        def by_class(measure: str) -> list[float]:
            values = measures[measure][classed]
            sums: list[float] = sum_by(
                codes, values, len(self.order), lambda: np.arange(len(codes))
            ).tolist()
            return sums

        customers = np.bincount(codes, minlength=len(self.order)).tolist()
        orders, revenue = by_class("order_count"), by_class("revenue")
        return tuple(
            ClassShare(
                label=label,
                customers=customers[at],
                customer_share=part(customers[at], len(classed)),
                orders=round(orders[at]),
                order_share=part(orders[at], sum(orders)),
                revenue=revenue[at],
                revenue_share=part(revenue[at], sum(revenue)),
            )
            for label, at in number.items()
        )

    def why(self, customer_id: str | int) -> Why:
        """Return why a customer is in its class, or in none (S1 step 7).

        Args:
            customer_id: the customer.

        Returns:
            The rule that decided, and each factor with its state, value and cut-off.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.position(customer_id)
        card = self.scorecard
        row = int(np.searchsorted(card.places, place))
        if self.computed[place] is None:
            return Why(customer=self.ids[place], label=None, because=self._why_not(place))
        rule = self.rules[self.decided_by[place]]
        return Why(
            customer=self.ids[place],
            label=self.labels[place],
            because=rule.because,
            computed=self.computed[place],
            rule=rule.name,
            shortlisted=bool(card.shortlisted[row]),
            factors=tuple(card.state(row, column) for column in range(len(card.declared))),
            override=self.overrides.get(self.ids[place]),
            plugin=rule.added_by,
        )

    def trace(self, customer_id: str | int) -> Trace:
        """Return what every rule says of a customer, in order.

        Args:
            customer_id: the customer.

        Returns:
            What each rule says, and which decides; no rule for one that gets no class whatever they
            say.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.position(customer_id)
        card = self.scorecard
        row = int(np.searchsorted(card.places, place))
        on_card = row < len(card) and card.places[row] == place
        if not on_card or self.opted_out[place]:
            return Trace(self.ids[place], ())
        return Trace(self.ids[place], trace_rules(card, self.rules, row))

    def _why_not(self, place: int) -> str:
        measures = self.scorecard.measures
        record = measures.record
        if self.opted_out[place]:
            return NOT_CLASSED["opted_out"]
        if record["kind"][place] == CustomerKind.INTERNAL:
            return NOT_CLASSED["internal"]
        if np.isnan(measures["active"][place]):
            return NOT_CLASSED["unknown"]
        if record["stage"][place] != Stage.CUSTOMER:
            return NOT_CLASSED["never"]
        if measures["active"][place] == 0:
            return NOT_CLASSED["inactive"]
        return NOT_CLASSED["no rule"]

    def __str__(self) -> str:
        """Return how many customers each class has."""
        counts = ", ".join(f"{label} {count}" for label, count in self.counts().items())
        rest = int((~is_known(self.labels)).sum())
        told = f"Classes: {counts}; not classed {rest}"
        if provisional := int(self.provisional.sum()):
            told += f"; provisional {provisional}"
        if self.overrides:
            told += f"; overridden {len(self.overrides)}"
        return told if self.remark is None else f"{Writer().say(self.remark)}\n{told}"

    def row_columns(self) -> dict[str, AnyArray]:
        """Return the class that holds, and the one that the rules give, of each customer."""
        return {"class": self.labels, "computed": self.computed}


def classify_by_rules(
    scorecard: Scorecard,
    rules: Sequence[ClassificationRule],
    overrides: Sequence[Override] = (),
) -> Classification:
    """Return classes: each active customer has that of the first rule that holds for it.

    A customer that objects to profiling gets none.

    Args:
        scorecard: the score card.
        rules: the rules, in any order.
        overrides: classes that people gave; of two for one customer the later in the list holds,
            and one for a customer that has no class now waits.

    Returns:
        The classes of all customers of the portfolio.

    Raises:
        ArgumentError: an override names an unknown class, or an argument is something else.
        PluginError: a rule fails, or does not answer with a bool for each customer.
    """
    checked_instance(scorecard, Scorecard, "scorecard is a Scorecard, such as reading.scorecard")
    rules = checked_instances(
        rules, ClassificationRule, "rules is a list of ClassificationRule(...)"
    )
    overrides = checked_instances(overrides, Override, "overrides is a list of Override(...)")
    asked, order = in_order(rules), class_order(rules)
    measures = scorecard.measures
    for override in overrides:
        if override.label not in order:
            raise ArgumentError(
                f"the override of customer {override.customer!r} gives the class "
                f"{override.label!r}",
                remedy=nearest(override.label, order),
            )
    decided_by = np.full(len(measures), UNDECIDED, dtype=np.intp)
    decided_by[scorecard.places] = decide(scorecard, asked)
    labels = np.array([*(rule.label for rule in asked), None], dtype=np.object_)
    return Classification(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.record["opted_out"],
        computed=freeze(labels[decided_by]),
        decided_by=freeze(decided_by),
        scorecard=scorecard,
        rules=asked,
        order=order,
        overrides={override.customer: override for override in overrides},
    )
