"""``klantkompas let-go``: who may be let go, in turn, with a reason for each (S1 step 6)."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.command.keeping import plan_of
from klantkompas.reviews.letting_go import LettingGoPlan
from klantkompas.wording.catalogue import Translator

__all__ = ["command"]


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "let-go",
        _run,
        _,
        shares=[options.reading, options.reviewing, options.shows],
        result=LettingGoPlan,
    )


def _run(asked: Asked) -> Answer:
    plan = plan_of(asked)
    return Answer(plan.text(asked.writer), plan)
