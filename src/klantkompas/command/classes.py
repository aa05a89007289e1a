"""``klantkompas classes``: how many customers are A, B, C and D, and what each class brings."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
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
    return Command("classes", _run, _, shares=[options.reading, options.history, options.shows])


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
    return Answer(
        "\n\n".join([classes.text(writer), table, reading.scorecard.text(writer)]), classes
    )
