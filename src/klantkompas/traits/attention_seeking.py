"""Does the customer seek attention?

Idea: they get in touch again and again (three or more contacts on their own initiative) and ask far
more minutes for an order than others do (in the top 10% and at least twice the median). Source: S4;
thresholds decided.

>>> TRAIT.name, [signal.name for signal in TRAIT.signals]
('attention_seeking', ['asks_much_attention'])
"""

from __future__ import annotations

from klantkompas._arrays import FloatArray
from klantkompas._thresholds import at_least
from klantkompas.domain.criteria import standing_out
from klantkompas.hooks import Signal, Trait
from klantkompas.portfolio import Measures
from klantkompas.traits import both, where_known
from klantkompas.wording.catalogue import mark

__all__ = ["TRAIT"]

OFTEN = 3


def _asks_much(measures: Measures) -> FloatArray:
    contacts, minutes = measures["own_contacts"], measures["attention_per_order"]
    stands_out = standing_out(minutes[measures.active_places]).met(minutes)
    often = where_known(at_least(contacts, OFTEN), contacts)
    return both(often, where_known(stands_out, minutes))


TRAIT = Trait(
    name="attention_seeking",
    title=mark("They got in touch more often and for longer than others."),
    signals=(
        Signal(
            name="asks_much_attention",
            fires=_asks_much,
            says=mark(
                "They got in touch in {own_contacts}, {attention_per_order}: far more than others."
            ),
        ),
    ),
    tags=("aandachtvrager", "aandachtvragers"),
)
