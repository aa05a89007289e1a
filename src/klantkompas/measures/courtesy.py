"""Who got some attention for its own sake: a call that only asks how they are (S2)."""

from __future__ import annotations

from klantkompas._arrays import FloatArray, mask_unknown
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import measure
from klantkompas.portfolio import Period

__all__: list[str] = []


@measure(unit="contacts", reads=["contacts.purpose"])
def courtesy_contacts(period: Period) -> FloatArray:
    """Contacts that only asked how they are; unknown when all purposes are.

    Counted over the period: 0 for a customer without such contacts; NaN where they had contacts and
    the purpose of none is known.
    """
    contacts = period.during("contacts").require("purpose")
    courtesy = contacts.count(where=contacts.yes("purpose", Purpose.COURTESY))
    known = contacts.known("purpose").count()
    return mask_unknown(courtesy, (contacts.count() > 0) & (known == 0))
