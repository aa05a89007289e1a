"""``klantkompas classes``: the classes, what each brings, by which factors (S1 steps 1-4)."""

from __future__ import annotations

import click

from klantkompas.classification.classify import Classification
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.lenses.team import Team
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import Grid, Quantity, Sentence

__all__ = ["command"]

HEADINGS = (
    mark("class"),
    mark("customers"),
    mark("too little known"),
    mark("share of orders"),
    mark("revenue"),
    mark("share of revenue"),
)


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "classes",
        _run,
        _,
        shares=[options.reading, options.history, options.shows],
        result=Classification,
    )


def _run(asked: Asked) -> Answer:
    reading = asked.reading
    writer, classes = asked.writer, reading.classes
    rows = [
        (
            each.label,
            each.customers,
            each.provisional,
            Quantity(each.order_share, "percent"),
            Quantity(each.revenue, "money"),
            Quantity(each.revenue_share, "percent"),
        )
        for each in classes.shares()
    ]
    table = writer.grid(Grid([tuple(map(Sentence, HEADINGS)), *rows]))
    said = [classes.text(writer), table, reading.scorecard.text(writer)]
    if isinstance(reading.team, Team):
        said.append(reading.team.text(writer))
    return Answer("\n\n".join(said), classes)
