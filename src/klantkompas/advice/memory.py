"""What to do for a customer that should have something good to remember?

Source: S2; its example is a call that only asks how they are.

>>> SURPRISE.gives_way_to
('note', 'channel', 'contact_every_days')
"""

from __future__ import annotations

from klantkompas.hooks import Advice
from klantkompas.wording.catalogue import mark

__all__ = ["SURPRISE"]

SURPRISE = Advice(
    name="memory_surprise",
    about="memory",
    of="surprise",
    text=mark("Surprise it: a call that only asks how it is will do."),
    gives_way_to=("note", "channel", "contact_every_days"),
    instead=mark("Surprise it, in a way that fits its own wishes."),
)
