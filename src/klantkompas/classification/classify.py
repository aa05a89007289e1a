"""Classes from a score card: the first rule that holds decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray, Lazy, freeze, is_known
from klantkompas._checked import checked_instance, checked_instances
from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.classification.change import Change, changes_to_all, place_of
from klantkompas.classification.class_range import ClassRange
from klantkompas.classification.hypothetical import UNDECIDED, decide
from klantkompas.classification.labels import Labels
from klantkompas.classification.opening import ENOUGH_FACTORS, Weight, cannot_show, weights_of
from klantkompas.classification.order import class_order, in_order
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.shares import ClassShare, shares_of
from klantkompas.classification.shortlist_cutoff import Short
from klantkompas.classification.trace import Trace, trace_rules
from klantkompas.classification.what_if import (
    Lift,
    WhatIf,
    find_lifts,
    place_short_of,
    rule_in_the_way,
)
from klantkompas.classification.why import Why
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.domain.overrides import Override
from klantkompas.drawing import ClassesDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import ClassificationRule
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Sentence, sentence

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
COUNTED = "{label} {number}"
IN_ALL = mark("Classes: {counts}")
BESIDES = {
    "rest": mark("without a class: {number}"),
    "overridden": mark("given by people: {number}"),
}
COUNTED_APART = mark("{label} {number} ({sure} sure, {provisional} too little known)")


@frozen(eq=False, kw_only=True, repr=False)
class Classification(Pictured, Labels):
    """The class of every customer of the portfolio, and why.

    Args:
        computed: the class that the rules give; None for who is not classed.
        decided_by: for each customer, the position in `rules` of the rule that decided; negative
            where none did.
        scorecard: the score card.
        rules: the rules, in the order in which they are tried.
        order: the classes, best first.
        overrides: by customer, the class that a person gave. It holds while the rules give the
            customer any class, and waits while they give none.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> classes = reading.classes
    >>> classes.label("a"), classes.counts()["A"], classes.provisional.tolist()
    ('A', 1, [False])
    """

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The ids of customers whom people listed but who contribute in fewer than two ways."""
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

    @cached_property
    def weights(self) -> tuple[Weight, ...]:
        """How many classes depend on each success factor, most first."""
        card = self.scorecard
        overridden = {override.customer for override in self.in_force}
        given = np.isin(card.ids, list(overridden)) if overridden else np.zeros(len(card), np.bool_)
        return weights_of(card, self.rules, self.order, given)

    @property
    def remark(self) -> Sentence | None:
        """The sentence that says what the tables cannot show; None where they show enough."""
        card, classed = self.scorecard, int(is_known(self.labels).sum())
        provisional = int(self.provisional.sum())
        if int(card.measured.sum()) >= ENOUGH_FACTORS and 2 * provisional <= classed:
            return None
        return cannot_show(card, self.weights, provisional, classed)

    def display(self) -> ClassesDisplay:
        """Return the picture: each class's share of the customers and of the revenue."""
        return ClassesDisplay.from_result(self)

    def range(self, customer_id: str | int) -> ClassRange:
        """Return the classes that one customer may be in, given what is unknown of them.

        Args:
            customer_id: the customer's id.

        Returns:
            The worst and the best class, and the factor most worth finding out.

        Raises:
            ArgumentError: there is no such customer.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> between = reading.classes.range("a")
        >>> between.worst, between.best, between.provisional
        ('A', 'A', False)
        """
        place = self.position(customer_id)
        present, best = self.labels[place], self._best[place]
        if not self.provisional[place] or present is None or best is None:
            return ClassRange(customer=self.ids[place], worst=present, best=present)
        worst, best = sorted((present, best), key=self.order.index, reverse=True)
        factor = self.most_worth_finding_out[place]
        titles = {each.name: each.title for each in self.scorecard.declared}
        return ClassRange(
            customer=self.ids[place],
            worst=worst,
            best=best,
            worth_finding_out=factor,
            title=titles.get(factor, ""),
        )

    def what_if(self, customer_id: str | int) -> WhatIf:
        """Return what would lift one customer to a better class than the rules give them.

        Args:
            customer_id: the customer's id.

        Returns:
            Every smallest set of up to three changes, with the value that each change needs.

        Raises:
            ArgumentError: there is no such customer.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.what_if("a").sentences()[0]
        'a is A: there is no better class.'
        """
        place = self.position(customer_id)
        lifts: tuple[Lift, ...] = ()
        in_the_way, best = None, self.computed[place] == self.order[0]
        listed, firmer = None, tuple[Change, ...]()
        short: tuple[Short | None, str] = (None, "")
        if self.computed[place] is not None:
            asked = (self.scorecard, self.rules, self.order)
            row = int(np.searchsorted(self.scorecard.places, place))
            lifts, short = find_lifts(*asked, row), place_short_of(*asked, row)
            in_the_way = None if lifts or best else rule_in_the_way(*asked, row)
            if best:
                listed = place_of(self.scorecard, row)
                firmer = changes_to_all(self.scorecard, row)
        return WhatIf(
            customer=self.ids[place],
            label=self.computed[place],
            lifts=lifts,
            because="" if self.computed[place] is not None else self._why_not(place),
            shortlist_cutoff=self.scorecard.shortlist_cutoff,
            best=best,
            in_the_way="" if in_the_way is None else in_the_way.because,
            range=self.range(customer_id) if self.provisional[place] else None,
            place=listed,
            listed=int(self.scorecard.shortlisted.sum()),
            firmer=firmer,
            short=short[0],
            listed_as=short[1],
        )

    @property
    def counted(self) -> Sentence:
        """The sentence that says how many customers each class has, and how many provisionally."""
        sure = self.sure_counts()
        return sentence(
            "{classes}",
            classes=Listing(
                sentence(
                    COUNTED if sure[label] == number else COUNTED_APART,
                    label=label,
                    number=number,
                    sure=sure[label],
                    provisional=number - sure[label],
                )
                for label, number in self.counts().items()
            ),
        )

    def shares(self) -> tuple[ClassShare, ...]:
        """Return what each class brings, best first, by the class that holds.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> best = reading.classes.shares()[0]
        >>> best.label, best.customers, best.revenue_share
        ('A', 1, 1.0)
        """
        return shares_of(self.labels, self.sure_counts(), self.scorecard.measures)

    def why(self, customer_id: str | int) -> Why:
        """Return why one customer has their class, or none (S1 step 7).

        Args:
            customer_id: the customer's id.

        Returns:
            The rule that decided, and each factor with its state, value and cut-off.

        Raises:
            ArgumentError: there is no such customer.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.classes.why("a").label
        'A'
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
            range=self.range(customer_id) if self.provisional[place] else None,
            plugin=rule.added_by,
        )

    def reason(self, position: int) -> Sentence:
        """Return in one sentence why a customer has their class, or none.

        Args:
            position: the position of the customer in `ids`.
        """
        if self.computed[position] is None:
            return Sentence(self._why_not(position))
        override = self.overrides.get(self.ids[position]) if self.overrides else None
        if override is not None:
            return override.parts[0]
        return Sentence(self.rules[self.decided_by[position]].because)

    def trace(self, customer_id: str | int) -> Trace:
        """Return what every rule says of one customer, in the order in which rules are tried.

        Args:
            customer_id: the customer's id.

        Returns:
            What each rule says, and which one decides; no rules for a customer who gets no class
            whatever the rules say.

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

    @property
    def in_all(self) -> Sentence:
        """The sentence that says how many customers each class has, and how many have none."""
        besides = {
            "rest": int((~is_known(self.labels)).sum()),
            "overridden": len(self.overrides),
        }
        counts = [sentence(IN_ALL, counts=self.counted)]
        counts += [sentence(BESIDES[name], number=n) for name, n in besides.items() if n]
        return sentence("{counts}", counts=Listing(counts, "; "))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: what to know first, and the size of each class."""
        return (self.in_all,) if self.remark is None else (self.remark, self.in_all)


def classify_by_rules(
    scorecard: Scorecard,
    rules: Sequence[ClassificationRule],
    overrides: Sequence[Override] = (),
) -> Classification:
    """Return the class of each active customer: that of the first rule that holds for them.

    A customer who objects to profiling gets no class.

    Args:
        scorecard: the score card.
        rules: the rules, in any order.
        overrides: classes that people gave; of two for one customer the later in the list holds,
            and one for a customer that has no class now waits.

    Returns:
        The class of every customer of the portfolio; None for a customer without one.

    Raises:
        ArgumentError: an override names an unknown class, or an argument is of another type.
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
                told(
                    "the override of customer {customer} gives the class {label}",
                    customer=repr(override.customer),
                    label=repr(override.label),
                ),
                remedy=nearest(override.label, order),
            )
    decided_by = np.full(len(measures), UNDECIDED, dtype=np.intp)
    decided_by[scorecard.places] = decide(scorecard, asked)
    labels = np.array([*(rule.label for rule in asked), None], dtype=np.object_)
    return Classification(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.opted_out,
        computed=freeze(labels[decided_by]),
        decided_by=freeze(decided_by),
        scorecard=scorecard,
        rules=asked,
        order=order,
        overrides={override.customer: override for override in overrides},
    )
