"""Is the customer brazen?

Idea: they demand and disregard: in their wording, or by paying late (half or more of three or more
invoices). Source: S4; thresholds decided.

>>> TRAIT.name, [signal.name for signal in TRAIT.signals]
('brazen', ['demands_or_disregard', 'pays_late'])
"""

from __future__ import annotations

from functools import partial

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas._thresholds import at_least, at_most
from klantkompas.hooks import Signal, Trait
from klantkompas.portfolio import Measures
from klantkompas.traits import cue_fired, where_known
from klantkompas.wording.catalogue import mark

__all__ = ["TRAIT"]

ON_TIME = 0.5
INVOICES = 3


def _pays_late(measures: Measures) -> FloatArray:
    share = measures["on_time_share"]
    invoices = np.asarray(measures.basis("on_time_share"), dtype=np.float64)
    late = at_most(share, ON_TIME) & at_least(invoices, INVOICES)
    return where_known(late, share)


TRAIT = Trait(
    name="brazen",
    title=mark("They wrote demands, or paid invoices late."),
    signals=(
        Signal(
            name="demands_or_disregard",
            fires=partial(cue_fired, name="demands_or_disregard"),
            says=mark(
                "They wrote words that demand something, in {cue_demands_or_disregard}, on "
                "{days_of_cue_demands_or_disregard}."
            ),
        ),
        Signal(
            name="pays_late",
            fires=_pays_late,
            says=mark("They paid {on_time_share} on time."),
        ),
    ),
    tags=("brutaal", "brutalen"),
)
