"""The commands that there are; the module of one is imported when it is run."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.command.declared import Helpful, Option, everywhere
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import Translator, mark

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "PROGRAM", "Commands", "command_line"]

PROGRAM = "klantkompas"
COMMANDS = {
    "report": mark("Read exports and write a page about them."),
    "classes": mark("Show how many customers are A, B, C and D, and what they bring."),
    "nps": mark("Show the Net Promoter Score, with the margin that the answers leave."),
    "explain": mark("Show why a customer has their class, and what would lift them."),
    "review": mark("Keep a reading as a review, and show what changed since the last."),
    "let-go": mark("Show who may be let go, in turn, with a reason for each."),
    "approve": mark("Write down who let go of whom, as far as the plan allows."),
    "watch": mark("Show whom to look at now, and why."),
    "lists": mark("Write the lists to work from, as files to fill in."),
    "letter": mark("Write a customer all that is held of them, and what was made of it."),
    "columns": mark("Look at exports, and propose how to read them."),
    "settings": mark("Show what is settled, and where."),
    "plugins": mark("List the plugins, and how their rules class a customer."),
    "export": mark("Show everything that the history holds about a customer."),
    "erase": mark("Remove a customer from the history, and every trace of them."),
    "check": mark("Check a plugin on exports of every kind."),
}
"""By the name of a command, what it does; its module has the same name."""


class Commands(Helpful, click.Group):
    """The commands, each of which is imported when it is asked for.

    Args:
        text: translates into the language of help.
    """

    def __init__(self, text: Translator) -> None:
        _ = text
        super().__init__(
            PROGRAM,
            text=text,
            help=_("Who is A, B, C or D and why, whether 80/20 holds, and what the NPS is."),
            params=[_version(_), *everywhere(_)],
            callback=_one_is_asked_for,
            invoke_without_command=True,
            subcommand_metavar=_("COMMAND ..."),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of S1's steps."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, and return it."""
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:
                return None
            raise ArgumentError(
                told("there is no command {name}", name=repr(cmd_name)),
                remedy=nearest(cmd_name, COMMANDS),
            )
        module = import_module(f"klantkompas.command.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command(self.text)
        command.help = self.text(COMMANDS[cmd_name])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without importing any."""
        _ = self.text
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(does)) for name, does in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return how a command line can go on, without importing any command."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=self.text(does))
            for name, does in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


def command_line(text: Translator) -> Commands:
    """Return the whole command, in a language.

    Args:
        text: translates into the language of help.
    """
    return Commands(text)


def _one_is_asked_for(**_: object) -> None:
    if click.get_current_context().invoked_subcommand is None:
        raise ArgumentError(
            told("no command is given"),
            remedy=told("Give one, such as klantkompas report (all of them: klantkompas --help)"),
        )


def _version(_: Translator) -> Option:
    def tell(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            from importlib.metadata import version

            context.obj.say(f"{PROGRAM} {version(PROGRAM)}")
            context.exit()

    return Option(
        ["--version"],
        help=_("Show the version, and nothing else."),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=tell,
    )
