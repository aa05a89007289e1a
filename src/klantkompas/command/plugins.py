"""``klantkompas plugins``: which plugins there are, and how their rules class a customer."""

from __future__ import annotations

from collections.abc import Sequence

import click
from attrs import frozen

from klantkompas.classification.trace import Trace
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command, Option
from klantkompas.command.terminal import DISABLED
from klantkompas.hooks import Plugin
from klantkompas.plugins.discover import examine
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import Grid, Sentence, Value, sentence

__all__ = ["Listed", "command"]

BROKEN = 1
HEADINGS = (mark("name"), mark("version"), mark("distribution"), mark("status"), mark("hooks"))
SAID = (mark("built-in"), mark("given"), mark("in use"), mark("blocked"), mark("broken"))
"""Where plugins come from, and how they stand."""
LEFT_OUT = mark("{variable} is set: installed plugins are left out")


@frozen
class Listed(Plain):
    """Which plugins there are.

    Args:
        plugins: the plugins, the built-in ones first.
        trace: how their rules class a customer, where one was named.
    """

    plugins: tuple[Plugin, ...]
    trace: Trace | None


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
        result=Listed,
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
    traced = None
    if trace is not None:
        traced = asked.reading.classes.trace(trace)
        said.append(traced.text(asked.writer))
    broken = any(each.status == "broken" for each in plugins)
    return Answer("\n\n".join(said), Listed(tuple(plugins), traced), BROKEN if broken else 0)


def _rows(plugins: Sequence[Plugin]) -> Grid:
    rows: list[tuple[Value, ...]] = [tuple(map(Sentence, HEADINGS))]
    for each in plugins:
        hooks = ", ".join(hook.removeprefix("klantkompas_") for hook in each.hooks)
        came_with = each.distribution or Sentence(each.origin)
        rows.append((each.name, each.version, came_with, Sentence(each.status), hooks))
    return Grid(rows)
