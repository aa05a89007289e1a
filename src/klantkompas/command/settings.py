"""``klantkompas settings``: what is in force, and where each value comes from."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.settings import SettingsInForce
from klantkompas.wording.catalogue import Translator

__all__ = ["command"]


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "settings",
        _run,
        _,
        shares=[options.reading, options.reviewing, options.shows],
        result=SettingsInForce,
    )


def _run(asked: Asked) -> Answer:
    found = asked.settings.in_force()
    return Answer(found.text(asked.writer), found)
