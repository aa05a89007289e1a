"""``klantkompas nps``: the Net Promoter Score, with the margin that the answers leave."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.lenses.nps import SurveyScore
from klantkompas.wording.catalogue import Translator

__all__ = ["command"]


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "nps",
        _run,
        _,
        shares=[options.reading, options.history, options.shows],
        result=SurveyScore,
    )


def _run(asked: Asked) -> Answer:
    reading = asked.reading
    return Answer(reading.nps.text(asked.writer), reading.nps)
