"""What to do for a customer that is demanding, in each way?

Source: S4.

>>> ATTENTION_SEEKING.gives_way_to
('note', 'contact_every_days')
"""

from __future__ import annotations

from klantkompas.hooks import Advice
from klantkompas.wording.catalogue import mark

__all__ = ["ATTENTION_SEEKING", "BRAZEN", "ENRAGED", "TOP_SERVICE"]

TOP_SERVICE = Advice(
    name="trait_top_service",
    about="trait",
    of="top_service",
    text=mark(
        "Let somebody who decides see to it, before it has to ask; promise only what is certain."
    ),
)
ATTENTION_SEEKING = Advice(
    name="trait_attention_seeking",
    about="trait",
    of="attention_seeking",
    text=mark("Get in touch before it does, at set times, and agree beforehand how long it takes."),
    gives_way_to=("note", "contact_every_days"),
)
BRAZEN = Advice(
    name="trait_brazen",
    about="trait",
    of="brazen",
    text=mark("Stay friendly and clear: say what you do and do not do, and keep to the terms."),
)
ENRAGED = Advice(
    name="trait_enraged",
    about="trait",
    of="enraged",
    text=mark("Listen first and do not argue: one person, today, with the power to put it right."),
)
