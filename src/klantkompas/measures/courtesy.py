"""Who got some attention for its own sake: a call that only asks how they are (S2)."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period

__all__: list[str] = []


def count_courtesy(period: Period) -> FloatArray:
    """Count the contacts of the period that were a courtesy; unknown when all purposes are."""
    contacts = period.during("contacts").needing("purpose")
    courtesy = contacts.where(contacts.is_choice("purpose", Purpose.COURTESY)).count()
    known = contacts.where(contacts.chose("purpose")).count()
    return np.where((contacts.count() > 0) & (known == 0), np.nan, courtesy)


COURTESY_CONTACTS = Measure(
    name="courtesy_contacts",
    of=count_courtesy,
    unit="contacts",
    describes="contacts that only asked how they are",
    reads=("contacts.purpose",),
)
