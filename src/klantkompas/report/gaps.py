"""What is unknown in a reading, and which table would have answered it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from klantkompas.classification.scorecard import Scorecard
from klantkompas.compass import Reading
from klantkompas.hooks import Unanswered
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import in_words, table_name
from klantkompas.wording.sentence import Listing, Sentence, sentence

__all__ = ["MISSING", "Gap", "cannot_tell", "gaps_of", "knows_too_little", "opening_of"]

NO_CLASSES = mark("Without active customers nobody has a class.")
MISSING = mark("What would help, and what it would tell:")
HELPS = mark("{opening} What would help: {exports}.")
UNTOLD = mark(
    "Questions and success factors that these exports leave open: {number}; what would help: "
    "{exports}."
)
UNTOLD_ONLY = mark('Questions and success factors left open: {number}; see "{section}".')
SECTION = mark("What could not be answered")

WHO_IS_ACTIVE = mark("Who is active?")
NO_ORDERS = mark("whoever ordered recently is active, and there is no table of orders")
NOBODY = mark("nobody ordered in the period and stayed, so nobody has a class")
NO_ANSWERS = mark("no customer gave a score in the period")
ABSENT = mark("this is known of nobody")
TOO_LITTLE = mark("for every active customer it rests on too few orders or invoices")


@frozen
class Gap:
    """Something that is unknown in a reading.

    Args:
        what: the question that is not answered, or the success factor that is unknown.
        because: why it is unknown.
        remedy: the tables, or columns such as ``"orders.clear"``, that would make it known.
    """

    what: str
    because: str
    remedy: tuple[str, ...] = ()

    @property
    def needed(self) -> Sentence:
        """The tables and columns that would help, as text."""
        return in_words(self.remedy)


def knows_too_little(reading: Reading) -> bool:
    """Return whether the tables are too little for classes: nobody has one, or many are unsure."""
    return not len(reading.scorecard) or reading.classes.remark is not None


def opening_of(reading: Reading) -> Sentence:
    """Return the sentence that opens what these tables cannot show.

    Args:
        reading: a reading of which too little is known.
    """
    return reading.classes.remark or Sentence(NO_CLASSES)


def cannot_tell(reading: Reading) -> Sentence | None:
    """Return the sentence on what these exports cannot show, and which would; None for nothing.

    Args:
        reading: the reading.
    """
    gaps = gaps_of(reading)
    if reading.classes.remark is not None:
        return reading.classes.remark
    if not len(reading.scorecard):
        needed = [gap.needed for gap in gaps if gap.remedy]
        opening = opening_of(reading)
        return (
            sentence(HELPS, opening=opening, exports=Listing(needed, "; ")) if needed else opening
        )
    if not gaps:
        return None
    tables = sorted({each.partition(".")[0] for gap in gaps for each in gap.remedy})
    if not tables:
        return sentence(UNTOLD_ONLY, number=len(gaps), section=Sentence(SECTION))
    exports = Listing(map(table_name, tables), None)
    return sentence(UNTOLD, number=len(gaps), exports=exports)


def gaps_of(reading: Reading) -> tuple[Gap, ...]:
    """Return what is unknown in a reading, with the reason and what would help.

    Args:
        reading: the reading.

    Returns:
        The gaps, who is active, the lenses without an answer, a missing survey score, and the
        factors that are unknown for everyone.
    """
    return (*_activity(reading), *_lenses(reading), *_survey(reading), *_factors(reading.scorecard))


def _activity(reading: Reading) -> Iterable[Gap]:
    active = reading.measures["active"]
    if len(active) and np.isnan(active).all():
        yield Gap(WHO_IS_ACTIVE, NO_ORDERS, ("orders",))
    elif not len(reading.scorecard):
        yield Gap(WHO_IS_ACTIVE, NOBODY, () if len(active) else ("orders",))


def _lenses(reading: Reading) -> Iterable[Gap]:
    for name, result in reading.results.items():
        if isinstance(result, Unanswered):
            yield Gap(reading.questions[name], result.because)


def _survey(reading: Reading) -> Iterable[Gap]:
    if not isinstance(reading["nps"], Unanswered) and not reading.nps.score.answers:
        yield Gap(reading.questions["nps"], NO_ANSWERS, ("responses",))


def _factors(card: Scorecard) -> Iterable[Gap]:
    if not len(card):
        return
    for at, factor in enumerate(card.declared):
        if not card.unknown[:, at].all():
            continue
        if not card.measured[at]:
            yield Gap(factor.title, ABSENT, card.measures.column(factor.measure_name).reads)
        else:
            yield Gap(factor.title, TOO_LITTLE)
