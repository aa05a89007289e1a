"""Is the customer used to top service?

Idea: they are accustomed to the best, and ask for whoever decides when something goes wrong;
without the right treatment they become enraged. It shows by asking for the management, or by orders
that are both large (in the top 20% and above twice the median) and paid well (a margin share in the
top 20% and above the median). Source: S4; thresholds decided.

>>> TRAIT.name, [signal.name for signal in TRAIT.signals]
('top_service', ['asks_for_management', 'large_orders_paid_well'])
"""

from __future__ import annotations

from functools import partial

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas._thresholds import above
from klantkompas.domain.criteria import TopShare
from klantkompas.hooks import Signal, Trait
from klantkompas.portfolio import Measures
from klantkompas.traits import both, cue_fired, where_known
from klantkompas.wording.catalogue import mark

__all__ = ["TRAIT"]

LEADING = 0.20
TIMES_MEDIAN = 2.0


def _leads(measures: Measures, name: str, times_median: float) -> FloatArray:
    """Return who is in the top share of the active customers and well above their median."""
    values = measures[name]
    known = values[measures.active_places]
    known = known[~np.isnan(known)]
    median = float(np.median(known)) if len(known) else np.nan
    leads = TopShare(LEADING).cutoff(known).met(values) & above(values, times_median * median)
    return where_known(leads, values)


def _large_and_paid_well(measures: Measures) -> FloatArray:
    return both(
        _leads(measures, "average_order_value", TIMES_MEDIAN),
        _leads(measures, "margin_share", 1.0),
    )


TRAIT = Trait(
    name="top_service",
    title=mark("They asked for the management, or placed large orders at a good margin."),
    signals=(
        Signal(
            name="asks_for_management",
            fires=partial(cue_fired, name="asks_for_management"),
            says=mark(
                "They asked for the management, in {cue_asks_for_management}, on "
                "{days_of_cue_asks_for_management}."
            ),
        ),
        Signal(
            name="large_orders_paid_well",
            fires=_large_and_paid_well,
            says=mark(
                "Their orders are among the largest, {average_order_value} on average, and their "
                "margin share, {margin_share}, among the highest."
            ),
        ),
    ),
    tags=("topservice", "topservice gewend"),
    escalates=True,
)
