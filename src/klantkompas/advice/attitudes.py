"""What to do for a customer, given how it stands towards you?

Source: S0. Whoever is at fault: for a negative customer something is to be done, which gives way to
no preference.

>>> SHOPPER.of, SHOPPER.gives_way_to
('middle shopper', ('note', 'contact_every_days'))
"""

from __future__ import annotations

from klantkompas.hooks import Advice
from klantkompas.wording.catalogue import mark

__all__ = ["DISAPPOINTED", "HIGH_ATTENTION", "HOSTILE", "ONE_OFF", "POSITIVE", "SHOPPER"]

ACT = mark("Act, whoever is at fault.")

HOSTILE = Advice(
    name="attitude_hostile", about="attitude", of="negative hostile", text=ACT, gives_way_to=()
)
DISAPPOINTED = Advice(
    name="attitude_disappointed",
    about="attitude",
    of="negative disappointed",
    text=ACT,
    gives_way_to=(),
)
POSITIVE = Advice(
    name="attitude_positive",
    about="attitude",
    of="positive",
    text=mark("Find out what earned that, and keep doing it."),
    gives_way_to=(),
)
ONE_OFF = Advice(
    name="attitude_one_off",
    about="attitude",
    of="middle one-off",
    text=mark("Find out why it did not come back."),
    gives_way_to=(),
)
HIGH_ATTENTION = Advice(
    name="attitude_high_attention",
    about="attitude",
    of="middle high attention",
    text=mark("Ask yourself whether it is worth what the customer brings."),
    gives_way_to=("note", "contact_every_days"),
)
SHOPPER = Advice(
    name="attitude_shopper",
    about="attitude",
    of="middle shopper",
    text=mark("Do not spend much attention on it."),
    gives_way_to=("note", "contact_every_days"),
)
