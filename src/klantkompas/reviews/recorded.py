"""A reading as it is kept: what is needed to explain and to compare it later."""

from __future__ import annotations

from datetime import date

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, FloatArray, ObjectArray, Value, freeze
from klantkompas._checked import checked_instance
from klantkompas.classification.order import in_order
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.compass import Reading
from klantkompas.domain.criteria import Criterion, Cutoff
from klantkompas.domain.overrides import Override
from klantkompas.hooks import ClassificationRule, SuccessFactor
from klantkompas.portfolio import Measures
from klantkompas.reviews.unsettled import unsettled_of

__all__ = ["RecordedFactor", "RecordedReading", "record_of", "version_of"]


@frozen(kw_only=True)
class RecordedFactor:
    """A success factor as it was at a reading, with the value to reach.

    Args:
        name: the name of the factor.
        title: what it says of a customer.
        measure: the name of its measure.
        least_basis: how large the basis of a share or rate had to be for it to count.
        version: the factor in words: it differs when the factor means something else.
        cutoff: the value that a customer had to reach.
    """

    name: str
    title: str
    measure: str
    least_basis: float
    version: str
    cutoff: Cutoff

    def declared(self) -> SuccessFactor:
        """Return the declaration of a success factor with the same cut-off as a fixed number."""
        return SuccessFactor(
            name=self.name,
            measure=self.measure,
            criterion=_Resolved(self.cutoff),
            title=self.title,
            least_basis=self.least_basis,
        )


@frozen
class _Resolved(Criterion):
    number: Cutoff

    def cutoff(self, values: object, basis: object = None) -> Cutoff:
        return self.number


@frozen(eq=False, kw_only=True)
class RecordedReading(Value):
    """What is kept of a reading: enough to explain it, and to compare it with a later one.

    Args:
        measures: what was known of each customer.
        labels: the class that held for each customer; None for who was not classed.
        computed: the class that the rules gave to each customer; None for who was not classed.
        shortlisted: whether each customer was on the shortlist.
        provisional: whether each customer may have been in more than one class.
        new: whether each customer was new in the period: 1, 0, or NaN where unknown.
        factors_met: how many success factors each customer met; NaN for who was not active.
        missing: the factors that were missing for each customer and could be found out, by name, as
            `klantkompas.reviews.unsettled.missing_names` takes apart; None for who had none.
        hanging: whether the class of each customer was sure, and would have been provisional if
            what was not measured had been.
        listed_by_people: whether people supplied the shortlist.
        shortlist_cutoff: the last customer on a computed shortlist, with what they met and brought;
            None where people supplied it.
        factors: the success factors, with their cut-offs.
        not_measured: the names of the success factors that were unknown for every active customer.
        rules: the rules in words, in the order in which they were asked: they differ when a rule
            means something else.
        order: the classes, best first.
        overrides: classes that people gave.
        library_version: the version of klantkompas that made the reading.
    """

    measures: Measures
    labels: ObjectArray
    computed: ObjectArray
    shortlisted: BoolArray
    provisional: BoolArray
    new: FloatArray
    factors_met: FloatArray
    missing: ObjectArray
    hanging: BoolArray
    listed_by_people: bool
    shortlist_cutoff: ShortlistCutoff | None
    factors: tuple[RecordedFactor, ...]
    not_measured: tuple[str, ...]
    rules: tuple[str, ...]
    order: tuple[str, ...]
    overrides: tuple[Override, ...]
    library_version: str

    @property
    def as_of(self) -> date:
        """The reference date."""
        return self.measures.as_of

    @property
    def ids(self) -> ObjectArray:
        """The customers' ids, in id order."""
        return self.measures.ids


def version_of(declared: ClassificationRule | SuccessFactor) -> str:
    """Return a rule or factor as text that differs when it means something else.

    >>> from klantkompas.factors import PAYS_ON_TIME
    >>> version_of(PAYS_ON_TIME)
    'pays_on_time: on_time_share AtLeast(value=0.95), resting on 3 or more'
    """
    if isinstance(declared, ClassificationRule):
        return f"{declared.name}: {declared.label}, version {declared.version}"
    return (
        f"{declared.name}: {declared.measure_name} {declared.criterion!r}, "
        f"resting on {str(declared.least_basis).removesuffix('.0')} or more"
    )


def record_of(reading: Reading | RecordedReading) -> RecordedReading:
    """Return what is kept of a reading; a reading that is recorded already is returned as it is.

    Args:
        reading: a reading, or the record of one.

    Returns:
        The record of it.

    Raises:
        ArgumentError: the argument is neither.
    """
    if isinstance(reading, RecordedReading):
        return reading
    from importlib.metadata import version

    checked_instance(reading, Reading, "a review is of a Reading, such as compass.read(...)")

    card, classes = reading.scorecard, reading.classes
    unsettled = unsettled_of(classes)
    shortlisted = np.zeros(len(reading.measures), dtype=np.bool_)
    shortlisted[card.places] = card.shortlisted
    met = np.full(len(reading.measures), np.nan)
    met[card.places] = card.count
    return RecordedReading(
        measures=reading.measures,
        labels=classes.labels,
        computed=classes.computed,
        shortlisted=freeze(shortlisted),
        provisional=unsettled.provisional,
        new=freeze(classes.new),
        factors_met=freeze(met),
        missing=unsettled.missing,
        hanging=unsettled.hanging,
        listed_by_people=card.listed_by_people,
        shortlist_cutoff=card.shortlist_cutoff,
        factors=tuple(
            RecordedFactor(
                name=factor.name,
                title=factor.title,
                measure=factor.measure_name,
                least_basis=factor.least_basis,
                version=version_of(factor),
                cutoff=cutoff,
            )
            for factor, cutoff in zip(card.declared, card.cutoffs, strict=True)
        ),
        not_measured=unsettled.not_measured,
        rules=tuple(version_of(rule) for rule in in_order(classes.rules)),
        order=classes.order,
        overrides=tuple(classes.overrides.values()),
        library_version=version("klantkompas"),
    )
