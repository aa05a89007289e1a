"""What click says of a command line that it cannot take apart, as one of our messages."""

from __future__ import annotations

import click

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.errors import ArgumentError, KlantkompasError

__all__ = ["explained"]


def explained(error: click.ClickException) -> KlantkompasError:
    """Return an error of click as an error with a remedy, which can be told in any language.

    Args:
        error: what click raised.
    """
    context = getattr(error, "ctx", None)
    path = "klantkompas" if context is None else context.command_path
    remedy = told("All that can be given: {command} --help", command=path)
    match error:
        case click.NoSuchOption():
            known = [] if context is None else _options(context)
            return ArgumentError(
                told("there is no option {option}", option=error.option_name),
                remedy=nearest(error.option_name, known),
            )
        case click.BadOptionUsage():
            valueless = context is not None and error.option_name in _flags(context)
            problem = (
                told("{option} takes no value", option=error.option_name)
                if valueless
                else told("{option} has no value behind it", option=error.option_name)
            )
            return ArgumentError(problem, remedy=remedy)
        case click.MissingParameter(param=click.Argument() as argument):
            named = argument.metavar or str(argument.name)
            problem = told("{argument} is not given", argument=named.rstrip("."))
            return ArgumentError(problem, remedy=remedy)
        case click.MissingParameter(param=click.Option() as option):
            return ArgumentError(told("{option} is needed", option=option.opts[0]), remedy=remedy)
        case click.BadParameter(param=click.Parameter(type=click.Choice() as words) as option):
            choices = ", ".join(map(str, words.choices))
            return ArgumentError(
                told("{option} is one of {choices}", option=option.opts[0], choices=choices),
                remedy=told("Write one of them as it stands here"),
            )
    return ArgumentError(error.format_message().rstrip("."), remedy=remedy)


def _options(context: click.Context) -> list[str]:
    return [each for param in context.command.params for each in param.opts if each[:1] == "-"]


def _flags(context: click.Context) -> list[str]:
    return [each for p in context.command.params if getattr(p, "is_flag", 0) for each in p.opts]
