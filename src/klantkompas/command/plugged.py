"""The compass of a command line, whose plugins may add options to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from klantkompas.command.terminal import Terminal, options_in, values_of
from klantkompas.compass import Compass
from klantkompas.errors import PluginError, told
from klantkompas.plugins.load import load_plugin

__all__ = ["compass_of", "refuse_clashes"]


def compass_of(arguments: Sequence[str], terminal: Terminal, purpose: str) -> Compass:
    """Return the compass with the plugins that a command line names.

    Args:
        arguments: the command line.
        terminal: says whether installed plugins are used.
        purpose: ``"use"`` them or ``"list"`` them, with those that are broken.

    Raises:
        PluginError: a plugin cannot be used.
    """
    skips = purpose == "list" or "--skip-broken" in options_in(arguments)
    return Compass(
        [load_plugin(each) for each in dict.fromkeys(values_of("--plugin", arguments))],
        installed=terminal.installed,
        block=values_of("--block", arguments),
        leave_out=values_of("--leave-out", arguments),
        on_broken="skip" if skips else "raise",
    )


def refuse_clashes(parameters: Iterable[click.Parameter], compass: Compass) -> None:
    """Refuse a plugin's kind of interaction with the name of an option.

    Args:
        parameters: all options of a command.
        compass: knows which plugin declares the kind.

    Raises:
        PluginError: two options have the same name.
    """
    options = [each for parameter in parameters for each in parameter.opts]
    for kind in compass.kinds:
        option = f"--{kind.name.replace('_', '-')}"
        if options.count(option) > 1:
            plugin = compass.declarations.provenance.plugin_of("interaction kind", kind.name)
            raise PluginError(
                told(
                    "the interaction kind {kind} of the plugin {plugin} has the same name as the "
                    "option {option}: rename the kind",
                    kind=repr(kind.name),
                    plugin=plugin,
                    option=option,
                )
            )
