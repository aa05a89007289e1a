"""Is the customer enraged?

Idea: they write a sentence in capitals while something is wrong: a complaint is open, or their last
score is 3 or lower. Source: S4, S3 (capitals); thresholds decided.

>>> TRAIT.name, [signal.name for signal in TRAIT.signals]
('enraged', ['capitals_while_wronged'])
"""

from __future__ import annotations

from klantkompas._arrays import FloatArray
from klantkompas._thresholds import above, at_most
from klantkompas.hooks import Signal, Trait
from klantkompas.portfolio import Measures
from klantkompas.traits import both, cue_fired, either, where_known
from klantkompas.wording.catalogue import mark

__all__ = ["TRAIT"]

LOW_SCORE = 3


def _capitals_while_wronged(measures: Measures) -> FloatArray:
    complaints, score = measures["open_complaints"], measures["last_score"]
    wronged = either(
        where_known(above(complaints, 0), complaints),
        where_known(at_most(score, LOW_SCORE), score),
    )
    return both(cue_fired(measures, "capital_sentences"), wronged)


TRAIT = Trait(
    name="enraged",
    title=mark("They wrote in capitals, and something is still to be put right."),
    signals=(
        Signal(
            name="capitals_while_wronged",
            fires=_capitals_while_wronged,
            says=mark(
                "They wrote sentences in capitals, in {cue_capital_sentences}, on "
                "{days_of_cue_capital_sentences}."
            ),
        ),
    ),
    tags=("woedend",),
    hostile=True,
)
