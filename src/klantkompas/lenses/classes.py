"""Which customers fit best, which can become so, and which may be let go?

Rules read the score card; the first that holds decides. The built-in ones give A, B, C and D.

Source: S1 steps 3-6.

>>> [rule.label for rule in DEFAULT]
['A', 'B', 'C', 'D']
"""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas._checked import checked_instance
from klantkompas.classification.classify import Classification, classify_by_rules
from klantkompas.classification.scorecard import Scorecard, count_factors
from klantkompas.domain.overrides import Override
from klantkompas.hooks import ClassificationRule, lens
from klantkompas.portfolio import Measures
from klantkompas.rules import klantkompas_classification_rules

__all__ = ["DEFAULT", "classes", "classify"]

DEFAULT = tuple(klantkompas_classification_rules())
"""The built-in rules."""


def classify(
    scorecard: Scorecard,
    rules: Sequence[ClassificationRule] = DEFAULT,
    shortlist: Sequence[str] | None = None,
    overrides: Sequence[Override] = (),
) -> Classification:
    """Return the class of each active customer.

    Args:
        scorecard: the score card: which success factors each active customer meets.
        rules: the classification rules; the first that holds for a customer, sorted by priority and
            then name, decides their class.
        shortlist: the ids of the customers whom people chose as fitting best; without it, the score
            card's own shortlist.
        overrides: classes that people gave to customers; such a class replaces the computed one,
            which stays on record beside it.

    Returns:
        The class of every customer; None for a customer who is not active or who objects to
        profiling.

    Raises:
        PluginError: a rule fails, or does not answer with a bool for each customer.
        ArgumentError: an id on the shortlist, or the class of an override, is not known.

    >>> from datetime import date
    >>> from klantkompas.compass import Compass
    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.portfolio import Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> print(classify(reading.scorecard))
    Classes: A 1, B 0, C 0, D 0
    """
    if shortlist is not None:
        checked_instance(
            scorecard, Scorecard, "scorecard is a Scorecard, such as reading.scorecard"
        )
        scorecard = count_factors(scorecard.measures, scorecard.declared, shortlist)
    return classify_by_rules(scorecard, rules, overrides)


@lens(question="Which customers fit best, which can become so, and which may be let go?")
def classes(
    measures: Measures,
    scorecard: Scorecard,
    rules: Sequence[ClassificationRule],
    overrides: Sequence[Override],
) -> Classification:
    """Return the class of each customer, by the rules and by what people decided.

    Args:
        measures: what is known of each customer.
        scorecard: which success factors each active customer meets.
        rules: the classification rules; the first that holds decides.
        overrides: classes that people gave to customers, which replace the computed ones.

    Returns:
        The class of every customer, with its reason; None for a customer who is not active or who
        objects to profiling.
    """
    return classify(scorecard, rules, overrides=overrides)
