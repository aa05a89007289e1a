"""``klantkompas explain``: why a customer has their class, what would lift them, a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from attrs import frozen

from klantkompas._told import told
from klantkompas.classification.what_if import WhatIf
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command, Option, as_day
from klantkompas.command.keeping import before
from klantkompas.compass import Profile, Reading
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError
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
        own=[
            options.customer(_),
            Option(
                ["--class", "label"],
                metavar=_("CLASS"),
                help=_(
                    "Give this class instead, and keep in the history who decided so, when and why."
                ),
            ),
            Option(["--by"], metavar=_("NAME"), help=_("Who gives another class.")),
            Option(
                ["--on"],
                callback=as_day,
                metavar="YYYY-MM-DD",
                help=_("The day on which another class is given."),
            ),
            Option(["--because"], metavar=_("TEXT"), help=_("Why another class is given.")),
        ],
        shares=[options.reading, options.reviewing, options.shows],
        result=Explained,
    )


def _run(asked: Asked, customer: str, **correction: Any) -> Answer:
    given = any(each is not None for each in correction.values())
    reading = _corrected(asked, customer, correction) if given else asked.reading
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


def _corrected(asked: Asked, customer: str, correction: Mapping[str, Any]) -> Reading:
    """Keep the class that a person gives, and return the reading with it."""
    for name, value in correction.items():
        if value is None:
            option = "--class" if name == "label" else f"--{name}"
            raise ArgumentError(
                told("{option} is needed", option=option),
                remedy=told("Another class takes all four: --class, --by, --on and --because"),
            )
    measures = asked.reading.measures
    measures.place(customer)
    override = Override(customer, **correction)
    with asked.history() as history:
        reading = asked.settings.reading(measures, overrides=(*history.overrides(), override))
        history.override(override)
    return reading
