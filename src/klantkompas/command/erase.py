"""``klantkompas erase``: remove a customer from the history, and every trace (n=1, S4)."""

from __future__ import annotations

from datetime import date

import click
from attrs import frozen

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command, Option, as_day
from klantkompas.errors import ArgumentError
from klantkompas.history import Erasure, History
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import Listing, Quantity, sentence

__all__ = ["Erased", "command"]

ERASED = mark(
    "Erased on {day}: the history holds nothing of this customer any more. Take them out of the "
    "exports too, or the next reading holds them again"
)
MENTIONED = mark(
    "Erased on {day}, but {mentions} of this customer are left in texts that people typed about "
    "others: {places}. The same command with --redact replaces the id and the name there"
)
REDACTED = mark("Replaced in texts about others: {places}")


@frozen
class Erased(Plain):
    """That a customer was erased.

    Args:
        erasure: the record of it, which does not say whom.
    """

    erasure: Erasure


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "erase",
        _run,
        _,
        own=[
            options.customer(_),
            Option(
                ["--on"],
                required=True,
                callback=as_day,
                metavar="YYYY-MM-DD",
                help=_("The day on which the customer asked for it."),
            ),
            Option(
                ["--redact"],
                is_flag=True,
                help=_("Replace their id and name in texts about others by [erased] too."),
            ),
        ],
        shares=[options.history, options.settings, options.shows],
        result=Erased,
        purpose="list",
    )


def _run(asked: Asked, customer: str, on: date, redact: bool) -> Answer:
    with asked.history() as history:
        erasure = _erased(history, customer, on, redact)
    places = Listing(erasure.places)
    mentions = Quantity(erasure.mentions, "mentions")
    said = (
        sentence(ERASED, day=erasure.on)
        if erasure.complete
        else sentence(MENTIONED, day=erasure.on, mentions=mentions, places=places)
    )
    lines = [said, *([sentence(REDACTED, places=places)] if redact and erasure.places else [])]
    return Answer("\n".join(map(asked.writer.say, lines)), Erased(erasure))


def _erased(history: History, customer: str, on: date, redact: bool) -> Erasure:
    """Erase a customer; of one who was erased already, redact the mentions that remain."""
    try:
        return history.erase(customer, on=on, redact=redact)
    except ArgumentError:
        mentioned = [each for each in history.erasures() if each.mentions]
        if not (redact and mentioned):
            raise
        return history.redact(mentioned[-1], [customer])
