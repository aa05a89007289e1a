"""Classes from a score card: the first rule that holds decides (domain section 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import Codes, ObjectArray, freeze, is_known, sum_by
from klantkompas._display import Shown
from klantkompas._texts import mark
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.why import FactorState, Why
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.errors import PluginError, nearest
from klantkompas.hooks import ClassificationRule
from klantkompas.portfolio import place_of

__all__ = ["ClassShare", "Classification", "class_order", "classify_by_rules", "in_turn"]

UNDECIDED = -1

NOT_CLASSED = {
    "objects": mark("it objects to profiling"),
    "internal": mark("it is an internal customer: counted, not classed"),
    "unknown": mark("without orders it is unknown who is active"),
    "never": mark("it has not ordered yet"),
    "inactive": mark("it is not active: no order in the period, or departed since"),
    "no rule": mark("no classification rule holds for it"),
}
"""Why a customer has no class."""


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
class Classification(Shown):
    """The class of every customer of the portfolio, and why.

    Args:
        ids: the customers' ids.
        computed: the class that the rules give; None for who is not classed.
        decided_by: which rule decided, as a place in `rules`; negative where none did.
        scorecard: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
    """

    ids: ObjectArray
    computed: ObjectArray
    decided_by: Codes
    scorecard: Scorecard
    rules: tuple[ClassificationRule, ...]
    order: tuple[str, ...] = field(default=tuple(each.label for each in CLASSES))

    @property
    def labels(self) -> ObjectArray:
        """The class that holds for each customer; None for who is not classed."""
        return self.computed

    def label(self, customer_id: str | int) -> str | None:
        """Give a customer's class; None when it is not classed.

        Raises:
            ArgumentError: there is no such customer.
        """
        found: str | None = self.labels[place_of(self.ids, customer_id)]
        return found

    def counts(self) -> dict[str, int]:
        """Count the customers of each class, best first."""
        labels = self.labels.tolist()
        return {label: labels.count(label) for label in self.order}

    def shares(self) -> tuple[ClassShare, ...]:
        """Give what each class brings, best first (domain section 6)."""
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
        """Say why a customer is in its class, or in none (S1 step 7).

        Args:
            customer_id: the customer.

        Returns:
            The rule that decided, and each factor with its state, value and cut-off.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = place_of(self.ids, customer_id)
        card = self.scorecard
        row = int(np.searchsorted(card.places, place))
        if self.computed[place] is None:
            return Why(customer=self.ids[place], label=None, because=self._why_not(place))
        rule = self.rules[self.decided_by[place]]
        facts = []
        for column, factor in enumerate(card.declared):
            basis = card.measures.basis(factor.measure_name)
            facts.append(
                FactorState(
                    factor=factor.name,
                    title=factor.title,
                    measure=factor.measure_name,
                    met=bool(card.met[row, column]),
                    unknown=bool(card.unknown[row, column]),
                    value=float(card.measures[factor.measure_name][place]),
                    unit=card.measures.units.get(factor.measure_name, ""),
                    cutoff=card.cutoffs[column],
                    basis=None if basis is None else float(basis[place]),
                    basis_unit=card.measures.basis_units.get(factor.measure_name, ""),
                )
            )
        return Why(
            customer=self.ids[place],
            label=self.labels[place],
            because=rule.because,
            rule=rule.name,
            shortlisted=bool(card.shortlisted[row]),
            factors=tuple(facts),
        )

    def _why_not(self, place: int) -> str:
        measures = self.scorecard.measures
        record = measures.record
        if record["objects"][place]:
            return NOT_CLASSED["objects"]
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
        """Say how many customers each class has."""
        counts = ", ".join(f"{label} {count}" for label, count in self.counts().items())
        rest = int((~is_known(self.labels)).sum())
        return f"Classes: {counts}; not classed {rest}"

    def columns(self) -> dict[str, Any]:
        """Give the columns that `to_frame` shows: id, class, computed class.

        A customer that objects to profiling has no row.
        """
        rows = ~self.scorecard.measures.record["objects"]
        return {
            "id": self.ids[rows],
            "class": self.labels[rows],
            "computed": self.computed[rows],
        }


def in_turn(rules: Sequence[ClassificationRule]) -> tuple[ClassificationRule, ...]:
    """Put rules in the order in which they are asked: by priority, then by name."""
    return tuple(sorted(rules, key=lambda rule: (rule.priority, rule.name)))


def class_order(rules: Sequence[ClassificationRule]) -> tuple[str, ...]:
    """Put the classes that rules give in order, best first.

    Args:
        rules: the rules; those that give a class of their own say where it stands.

    Returns:
        A, B, C, D and the others between them.

    Raises:
        PluginError: a class of one's own has no place, or stands beside an unknown one.
    """
    order = [each.label for each in CLASSES]
    waiting = [rule for rule in in_turn(rules) if rule.label not in order]
    while waiting:
        ready = [rule for rule in waiting if (rule.above or rule.below) in order]
        if not ready:
            rule = waiting[0]
            beside = rule.above or rule.below
            remedy = (
                f"the class {beside!r} is not known. {nearest(beside, order)}"
                if beside
                else f'say where it stands, such as above="{order[0]}"'
            )
            raise PluginError(f"ClassificationRule {rule.name!r} gives {rule.label!r}: {remedy}")
        for rule in ready:
            if rule.label not in order:
                beside = rule.above or rule.below or ""
                order.insert(order.index(beside) + (rule.above is None), rule.label)
        waiting = [rule for rule in waiting if rule.label not in order]
    return tuple(order)


def _answer(rule: ClassificationRule, card: Scorecard) -> np.ndarray[Any, np.dtype[np.bool_]]:
    ask: Callable[..., Any] = rule.when
    try:
        answer = np.asarray(ask(card))
    except Exception as cause:
        raise PluginError(
            f"ClassificationRule {rule.name!r} failed: {type(cause).__name__}: {cause}"
        ) from cause
    if answer.shape != (len(card),) or answer.dtype != np.bool_:
        raise PluginError(
            f"ClassificationRule {rule.name!r} must answer with a bool for each of the "
            f"{len(card)} active customers; it gave {answer.dtype} of shape {answer.shape}"
        )
    return answer


def classify_by_rules(scorecard: Scorecard, rules: Sequence[ClassificationRule]) -> Classification:
    """Give each active customer the class of the first rule that holds for it.

    A customer that objects to profiling gets none.

    Args:
        scorecard: the score card.
        rules: the rules, in any order.

    Returns:
        The classes of all customers of the portfolio.

    Raises:
        PluginError: a rule fails, or does not answer with a bool for each customer.
    """
    asked = in_turn(rules)
    measures = scorecard.measures
    decided = np.full(len(scorecard), UNDECIDED, dtype=np.intp)
    for number, rule in enumerate(asked):
        holds = _answer(rule, scorecard)
        decided[holds & (decided == UNDECIDED)] = number
    decided[measures.record["objects"][scorecard.places].astype(np.bool_)] = UNDECIDED
    decided_by = np.full(len(measures), UNDECIDED, dtype=np.intp)
    decided_by[scorecard.places] = decided
    labels = np.array([*(rule.label for rule in asked), None], dtype=np.object_)
    return Classification(
        ids=measures.ids,
        computed=freeze(labels[decided_by]),
        decided_by=freeze(decided_by),
        scorecard=scorecard,
        rules=asked,
        order=class_order(asked),
    )
