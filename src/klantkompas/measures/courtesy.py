"""Who got some attention for its own sake: a call that only asks how they are (S2)."""

from __future__ import annotations

from klantkompas._arrays import FloatArray, mask_unknown
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period

__all__: list[str] = []


def count_courtesy(period: Period) -> FloatArray:
    """Count the contacts of the period that were a courtesy; unknown when all purposes are."""
    contacts = period.during("contacts").require("purpose")
    courtesy = contacts.count(where=contacts.yes("purpose", Purpose.COURTESY))
    known = contacts.known("purpose").count()
    return mask_unknown(courtesy, (contacts.count() > 0) & (known == 0))


COURTESY_CONTACTS = Measure(
    name="courtesy_contacts",
    of=count_courtesy,
    unit="contacts",
    describes="contacts that only asked how they are",
    reads=("contacts.purpose",),
)
