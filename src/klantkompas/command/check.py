"""``klantkompas check``: does a plugin keep to what klantkompas relies on?"""

from __future__ import annotations

import click

from klantkompas._told import told
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Argument, Command
from klantkompas.errors import MissingExtraError, PluginError
from klantkompas.plugins.load import load_plugin
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import sentence

__all__ = ["command"]

FAILED = 1
PASSES = mark("The plugin {plugin} passes every check")
CHECKING = mark("Trying the plugin {plugin} on exports of every kind")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "check",
        _run,
        _,
        own=[
            Argument(
                ["plugin"],
                metavar=_("FILE_OR_MODULE"),
                told=_("A plugin: a file such as our_shop.py, or the name of a module."),
            )
        ],
        shares=[options.quiet],
        purpose="look",
    )


def _run(asked: Asked, plugin: str) -> Answer:
    loaded = load_plugin(plugin)
    asked.progress.stage(sentence(CHECKING, plugin=plugin))
    try:
        from klantkompas.testing import check_plugin
    except ImportError as cause:
        raise MissingExtraError("testing", told("checking a plugin")) from cause
    try:
        check_plugin(loaded)
    except PluginError as error:
        return Answer(
            error.text(error.command_remedy, asked.terminal.text), status=FAILED, folds=False
        )
    passes = asked.writer.say(sentence(PASSES, plugin=plugin))
    return Answer("" if asked.quiet else passes)
