"""``klantkompas plugins``: which plugins there are, and how their rules class a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command, Option
from klantkompas.command.terminal import DISABLED
from klantkompas.hooks import Plugin
from klantkompas.plugins.discover import examine
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import Grid, sentence

__all__ = ["command"]

BROKEN = 1
LEFT_OUT = mark("{variable} is set: installed plugins are left out")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "plugins",
        _run,
        _,
        own=[
            Option(
                ["--trace"],
                metavar=_("CUSTOMER"),
                help=_("Ask each rule of one customer, in order; needs exports."),
            )
        ],
        shares=[options.reading, options.shows],
        purpose="list",
    )


def _run(asked: Asked, trace: str | None) -> Answer:
    compass, writer = asked.found.compass(), asked.writer
    examined = examine(
        compass.plugins, installed=compass.installed, block=compass.block, on_broken="skip"
    )
    plugins = [each.plugin for each in examined]
    said = [writer.grid(_rows(plugins))]
    if not compass.installed:
        said.append(writer.say(sentence(LEFT_OUT, variable=DISABLED)))
    said += [each.problem for each in plugins if each.problem]
    found: dict[str, Any] = {"plugins": plugins}
    if trace is not None:
        reading = asked.reading
        found["trace"] = reading.classes.trace(trace)
        said.append(found["trace"].text(asked.writer))
    broken = any(each.status == "broken" for each in plugins)
    return Answer("\n\n".join(said), found, BROKEN if broken else 0)


def _rows(plugins: Sequence[Plugin]) -> Grid:
    rows = [("name", "version", "distribution", "status", "hooks")]
    for each in plugins:
        hooks = ", ".join(hook.removeprefix("klantkompas_") for hook in each.hooks)
        rows.append((each.name, each.version, each.distribution or each.origin, each.status, hooks))
    return Grid(rows)
