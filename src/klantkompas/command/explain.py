"""``klantkompas explain``: why a customer has their class, and what would lift them."""

from __future__ import annotations

import click
from attrs import frozen

from klantkompas.classification.what_if import WhatIf
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.command.keeping import before
from klantkompas.compass import Profile
from klantkompas.reviews.work_lists import work_lists
from klantkompas.wording.catalogue import Translator
from klantkompas.wording.plain import Plain

__all__ = ["Explained", "command"]


@frozen
class Explained(Plain):
    """Why a customer has their class.

    Args:
        profile: what is known of them, and why they have their class.
        what_if: what would lift them to a better one.
    """

    profile: Profile
    what_if: WhatIf


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "explain",
        _run,
        _,
        own=[options.customer(_)],
        shares=[options.reading, options.reviewing, options.shows],
        result=Explained,
    )


def _run(asked: Asked, customer: str) -> Answer:
    reading = asked.reading
    steps, path = work_lists(reading, *before(asked, reading), names=()).steps, asked.history_path
    if path is None or not path.exists():
        profile = reading.profile(customer, steps=steps)
    else:
        with asked.history() as history:
            profile = reading.profile(customer, reasons=history.reasons(), steps=steps)
    lifts = reading.classes.what_if(customer)
    writer = asked.writer
    said = [each.text(writer) for each in (profile, lifts)]
    return Answer("\n\n".join(filter(None, said)), Explained(profile, lifts))
