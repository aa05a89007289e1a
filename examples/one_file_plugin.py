"""A plugin in one file: ``import one_file_plugin``, then ``Compass([one_file_plugin])``."""

from __future__ import annotations

from klantkompas import AtMost, ClassificationRule, SuccessFactor, hookimpl

ORDERED_LATELY = SuccessFactor(
    name="ordered_recently",
    measure="recency_days",
    criterion=AtMost(30),
    title="ordered in the last month",
)
STAR = ClassificationRule(
    name="star",
    label="Star",
    when=lambda card: card.shortlisted & (card.count >= 5),
    because="they are on the shortlist and contribute in five or more ways",
    above="A",
)


@hookimpl
def klantkompas_success_factors() -> list[SuccessFactor]:
    return [ORDERED_LATELY]


@hookimpl
def klantkompas_classification_rules() -> list[ClassificationRule]:
    return [STAR]
