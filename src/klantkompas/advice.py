"""Advice: what to do for the customers of whom a lens says something.

Advice for a segment is replaced by what the customer prefers (S4, n=1), unless it says what is owed
to a class (S1), or how to act towards one whose attitude is clear (S0).

>>> CLASS_A.replaced_by, MEMORY_SURPRISE.replaced_by
((), ('note', 'channel', 'contact_every_days'))
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import Advice, declared_in, hookimpl
from klantkompas.wording.catalogue import mark

__all__ = ["klantkompas_advice"]


@hookimpl
def klantkompas_advice() -> Sequence[Advice]:
    """Return the built-in advice: what to do for customers of whom a lens says something."""
    return declared_in(sys.modules[__name__], Advice)


# Of classes: the better they fit, the more service (S1 steps 3-6).

CLASS_A = Advice(
    name="class_a",
    about="class",
    of="A",
    text=mark("Cherish them and do not lose them to a competitor."),
    replaced_by=(),
    attention="more",
)
CLASS_B = Advice(
    name="class_b",
    about="class",
    of="B",
    text=mark("Serve them well: the next A's come from here."),
    replaced_by=(),
    attention="more",
)
CLASS_C = Advice(
    name="class_c",
    about="class",
    of="C",
    text=mark("Serve them less than a B, and follow how they develop: some become one."),
    replaced_by=(),
)
CLASS_D = Advice(
    name="class_d",
    about="class",
    of="D",
    text=mark("Ask why you deliver to them at all; let go with care, and only when replaced."),
    replaced_by=(),
    attention="more",
)

# Of colours (S3).

COLOUR_GREEN = Advice(
    name="colour_green",
    about="colour",
    of="green",
    text=mark(
        "Take the lead: show that you value their getting in touch, check that it is clear, and "
        "say that you will solve it."
    ),
)
COLOUR_RED = Advice(
    name="colour_red",
    about="colour",
    of="red",
    text=mark("Do not argue: acknowledge the feeling first, then look for the solution together."),
)
COLOUR_YELLOW = Advice(
    name="colour_yellow",
    about="colour",
    of="yellow",
    text=mark("Have a chat, remember what they tell, and come back to that later."),
)
COLOUR_BLUE = Advice(
    name="colour_blue",
    about="colour",
    of="blue",
    text=mark("Be short, clear and businesslike, leave feelings out, and keep your word."),
)

# Of traits of demanding customers (S4).

TRAIT_TOP_SERVICE = Advice(
    name="trait_top_service",
    about="trait",
    of="top_service",
    text=mark(
        "Let somebody who decides see to it, before they have to ask; promise only what is certain."
    ),
    attention="more",
)
TRAIT_ATTENTION_SEEKING = Advice(
    name="trait_attention_seeking",
    about="trait",
    of="attention_seeking",
    text=mark("Get in touch before they do, at set times, and agree beforehand how long it takes."),
    replaced_by=("note", "contact_every_days"),
)
TRAIT_BRAZEN = Advice(
    name="trait_brazen",
    about="trait",
    of="brazen",
    text=mark("Stay friendly and clear: say what you do and do not do, and keep to the terms."),
)
TRAIT_ENRAGED = Advice(
    name="trait_enraged",
    about="trait",
    of="enraged",
    text=mark("Listen first and do not argue: one person, today, with the power to put it right."),
    attention="more",
)

# Of attitudes; whoever is at fault, something is done for a negative customer (S0).

ACT = mark("Act, whoever is at fault.")

ATTITUDE_HOSTILE = Advice(
    name="attitude_hostile",
    about="attitude",
    of="negative hostile",
    text=ACT,
    replaced_by=(),
    attention="more",
)
ATTITUDE_DISAPPOINTED = Advice(
    name="attitude_disappointed",
    about="attitude",
    of="negative disappointed",
    text=ACT,
    replaced_by=(),
    attention="more",
)
ATTITUDE_POSITIVE = Advice(
    name="attitude_positive",
    about="attitude",
    of="positive",
    text=mark("Find out what you did well for them, and keep doing it."),
    replaced_by=(),
)
ATTITUDE_ONE_OFF = Advice(
    name="attitude_one_off",
    about="attitude",
    of="middle one-off",
    text=mark("Find out why they did not come back."),
    replaced_by=(),
    attention="more",
)
ATTITUDE_HIGH_ATTENTION = Advice(
    name="attitude_high_attention",
    about="attitude",
    of="middle high attention",
    text=mark("Ask yourself whether the time that they ask is worth what they bring."),
    replaced_by=("note", "contact_every_days"),
    attention="less",
)
ATTITUDE_SHOPPER = Advice(
    name="attitude_shopper",
    about="attitude",
    of="middle shopper",
    text=mark("Do not spend much attention on them."),
    replaced_by=("note", "contact_every_days"),
    attention="less",
)

# Of what is remembered: S2, whose example is a call that only asks how they are.

MEMORY_SURPRISE = Advice(
    name="memory_surprise",
    about="memory",
    of="surprise",
    text=mark("Surprise them: a call that only asks how they are will do."),
    replaced_by=("note", "channel", "contact_every_days"),
    instead=mark("Surprise them, in a way that fits their own wishes."),
    attention="more",
)

# Of what cannot wait: who leaves invoices unpaid for three months, an A who is slipping away (S1).

PAYMENT_LONG_UNPAID = Advice(
    name="payment_long_unpaid",
    about="payment",
    of="long unpaid",
    text=mark("Ask what keeps them from paying, and agree on a day."),
    replaced_by=(),
    attention="more",
)
PAYMENT_PAST_DUE = Advice(
    name="payment_past_due",
    about="payment",
    of="past due",
    text=mark("Send a reminder of what is past due."),
    replaced_by=(),
)
ORDERING_SLIPPING_AWAY = Advice(
    name="ordering_slipping_away",
    about="ordering",
    of="slipping away",
    text=mark("Get in touch now, before a competitor does."),
    replaced_by=(),
    attention="more",
)

# Of who orders in one season: S0 spends little on who ordered little lately; these will be back.

ORDERING_BY_SEASON = Advice(
    name="ordering_by_season",
    about="ordering",
    of="by season",
    text=mark("Get in touch shortly before that season comes again."),
    replaced_by=("note", "contact_every_days"),
    attention="more",
)
