"""``klantkompas export``: everything that the history holds about one customer (n=1, S4)."""

from __future__ import annotations

import json
from pathlib import Path

import click

from klantkompas._printable import printable
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option
from klantkompas.command.written import check_ending, write_new
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import sentence

__all__ = ["command"]

WRITTEN = mark("Everything that is held about this customer is in {path}")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "export",
        _run,
        _,
        own=[
            options.customer(_),
            Option(
                ["--out"],
                type=FILE,
                metavar=_("FILE"),
                help=_("A new file to write it to; without it, it is shown."),
            ),
        ],
        shares=[options.history, options.settings, options.quiet],
        purpose="list",
    )


def _run(asked: Asked, customer: str, out: str | None) -> Answer:
    if out is not None:
        check_ending(Path(out), ".json")
    with asked.history() as history:
        held = history.export(customer)
    if out is None:
        # What would steer a terminal is written as JSON writes it, not as Python does.
        same = printable(held) == held
        return Answer(held if same else json.dumps(json.loads(held), indent=2), folds=False)
    path = write_new(Path(out), held + "\n")
    written = asked.writer.say(sentence(WRITTEN, path=str(path)))
    return Answer("" if asked.quiet else written)
