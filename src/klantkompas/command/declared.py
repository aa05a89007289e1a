"""What commands, options and arguments are declared with, and how their help is written.

Their texts are in the reader's language when they are made; so is what click would say in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.command.terminal import options_in
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import LANGUAGES, Translator, mark

if TYPE_CHECKING:
    from klantkompas.command.asked import Answer
    from klantkompas.domain.interactions import InteractionKind

__all__ = [
    "EXIT_CODES",
    "FILE",
    "Argument",
    "Command",
    "Helpful",
    "Option",
    "as_day",
    "as_number",
    "everywhere",
]


SETTINGS, GIVEN = "klantkompas.settings", "klantkompas.arguments"
"""Where a context keeps the settings, and the command line."""
EXIT_CODES = {
    "0": mark("it is done"),
    "1": mark("a plugin that is listed or checked does not pass"),
    "2": mark("it cannot be done: one message says what was found, and what to do"),
    "130": mark("it was interrupted"),
    "141": mark("nobody reads what it prints"),
}
"""By exit code, what it means."""


FILE = click.Path()


def as_day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Return the value of an option as a date, written as 2026-06-30."""
    if value is None:
        return None
    option = parameter.opts[0]
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentError(
            told(
                "{option} is {value}, which is not a date written as YYYY-MM-DD",
                option=option,
                value=shown(value),
            ),
            remedy=told("Write it so: {option} 2026-06-30", option=option),
        ) from None


def as_number(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return the value of an option as a whole number."""
    if value is None:
        return None
    option = parameter.opts[0]
    try:
        return int(value)
    except ValueError:
        raise ArgumentError(
            told(
                "{option} is {value}, which is not a whole number",
                option=option,
                value=shown(value),
            ),
            remedy=told("Write it so: {option} 6", option=option),
        ) from None


class Option(click.Option):
    """An option, which stands under a heading in the help.

    Args:
        section: the heading; without one, that of other options.
    """

    def __init__(self, *given: Any, section: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        self.section = section


class Argument(click.Argument):
    """An argument that the help says something of.

    Args:
        told: what it is.
    """

    def __init__(self, *given: Any, told: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.told = told


def everywhere(_: Translator) -> list[Option]:
    """Return the options that stand before and behind the name of every command."""

    def help_of(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            context.obj.say(context.get_help())
            context.exit()

    return [
        Option(
            ["--language"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_(
                "English or Dutch (Nederlands); without it, that of LC_ALL, LC_MESSAGES or LANG."
            ),
        ),
        Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=help_of,
            help=_("Show this help, and do nothing else."),
        ),
    ]


class Helpful(click.Command):
    """A command or group whose help is in one language throughout.

    Args:
        text: translates into the language of the help.
    """

    def __init__(self, name: str, *, text: Translator, **more: Any) -> None:
        _ = text
        options = _("[OPTIONS]")
        super().__init__(name, options_metavar=options, add_help_option=False, **more)
        self.text = text

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a command line apart; an error knows of which command it is."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: usage, what it does, arguments, options by section, exit codes."""
        _ = self.text
        usage, pieces = _("Usage:"), self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{usage} ")
        self.format_help_text(ctx, formatter)
        parameters = self.get_params(ctx)
        arguments = [each for each in parameters if isinstance(each, Argument)]
        if arguments:
            with formatter.section(_("Arguments")):
                formatter.write_dl([(_named(each, ctx), each.told) for each in arguments])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)
        options = [each for each in parameters if isinstance(each, Option)]
        for section in dict.fromkeys(each.section for each in options):
            records = [each.get_help_record(ctx) for each in options if each.section == section]
            with formatter.section(section or _("Options")):
                formatter.write_dl([each for each in records if each is not None])
        with formatter.section(_("Exit codes")):
            formatter.write_dl([(code, _(meaning)) for code, meaning in EXIT_CODES.items()])


def _named(argument: Argument, context: click.Context) -> str:
    (piece,) = argument.get_usage_pieces(context)
    return piece


Share = Callable[[Translator, "Sequence[InteractionKind]"], list[click.Parameter]]
"""What makes the options that several commands share, in a language and for kinds of tables."""


class Command(Helpful):
    """A command: a function that takes what was asked, and its own arguments by name.

    Args:
        name: as it is typed.
        run: takes an `Asked`, and by name the values of `own`; returns an `Answer`.
        text: translates into the language of the help.
        own: the arguments and options of this command alone.
        shares: functions that return the options which it shares with other commands, of a
            translator and the kinds of interaction that there are; `run` finds their values in
            what was asked.
        result: the class of what it answers; None where it shows no result.
        purpose: what it does with settings and plugins: ``"use"`` them, ``"list"`` plugins with
            those that are broken, or ``"look"`` at exports before there are settings.
    """

    def __init__(
        self,
        name: str,
        run: Callable[..., Answer],
        text: Translator,
        *,
        own: Sequence[click.Parameter] = (),
        shares: Sequence[Share] = (),
        result: type | None = None,
        purpose: str = "use",
    ) -> None:
        super().__init__(name, text=text, context_settings={"allow_extra_args": True})
        self.run: Callable[..., Answer] = run
        self.own: tuple[click.Parameter, ...] = tuple(own)
        self.shares: tuple[Share, ...] = tuple(shares)
        self.result: type | None = result
        self.purpose: str = purpose

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a command line apart; what cannot be right is refused."""
        from klantkompas.command.settled import refuse_clashes, settings_of

        given = [*args]
        _refuse_twice(["--settings", "--skip-broken"], args)
        settings = settings_of(args, ctx.obj, purpose=self.purpose)
        kinds = settings.compass().kinds
        shared = [each for share in self.shares for each in share(self.text, kinds)]
        self.params: list[click.Parameter] = [*self.own, *shared, *everywhere(self.text)]
        refuse_clashes(self.params, settings)
        if not ctx.resilient_parsing:
            once = [e for e in self.params if isinstance(e, Option) and not e.multiple]
            _refuse_twice([option for each in once for option in each.opts], args)
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise ArgumentError(
                told("{argument} is one argument too many", argument=shown(rest[0])),
                remedy=told(
                    "Leave it out; {command} --help says what it takes", command=ctx.command_path
                ),
            )
        ctx.meta[SETTINGS], ctx.meta[GIVEN] = settings, tuple(given)
        return rest

    def invoke(self, ctx: click.Context) -> int:
        """Run the command, print its answer, and return the exit code."""
        from klantkompas.command.asked import Asked

        asked = Asked.of(ctx, ctx.meta[SETTINGS], ctx.meta[GIVEN])
        with asked.progress:
            answer = self.run(asked, **{str(each.name): ctx.params[each.name] for each in self.own})
        asked.show(answer)
        status: int = answer.status
        return status


def _refuse_twice(options: Iterable[str], arguments: Sequence[str]) -> None:
    """Refuse an option that stands there twice, where only one of the two could count."""
    given = [each.partition("=")[0] for each in options_in(arguments)]
    for option in options:
        if given.count(option) > 1:
            raise ArgumentError(
                told("{option} is given twice", option=option), remedy=told("Give it once")
            )
