"""How does a customer of each colour like to be treated?

Source: S3.

>>> [advice.of for advice in (GREEN, RED, YELLOW, BLUE)]
['green', 'red', 'yellow', 'blue']
"""

from __future__ import annotations

from klantkompas.hooks import Advice
from klantkompas.wording.catalogue import mark

__all__ = ["BLUE", "GREEN", "RED", "YELLOW"]

GREEN = Advice(
    name="colour_green",
    about="colour",
    of="green",
    text=mark(
        "Take the lead: show that you value its getting in touch, check that it is clear, and say "
        "that you will solve it."
    ),
)
RED = Advice(
    name="colour_red",
    about="colour",
    of="red",
    text=mark("Do not argue: acknowledge the feeling first, then look for the solution together."),
)
YELLOW = Advice(
    name="colour_yellow",
    about="colour",
    of="yellow",
    text=mark("Have a chat, remember what it tells, and come back to that later."),
)
BLUE = Advice(
    name="colour_blue",
    about="colour",
    of="blue",
    text=mark("Be short, clear and businesslike, leave feelings out, and keep your word."),
)
