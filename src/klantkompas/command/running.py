"""Running the command: every end that it can come to is one message and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TextIO

import click

from klantkompas._told import reason_of, told
from klantkompas.command.group import PROGRAM, command_line
from klantkompas.command.mistakes import explained
from klantkompas.command.terminal import Terminal
from klantkompas.errors import KlantkompasError

__all__ = ["main"]

FAILED = 2
INTERRUPTED, CLOSED = 130, 141
NO_MEMORY = told("there is not enough memory for this")
COMPLETE = "_KLANTKOMPAS_COMPLETE"
"""An environment variable, by which a shell asks how a command line can go on."""


def main(
    arguments: Sequence[str] | None = None,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Run the command.

    Args:
        arguments: the command line; without one, that of the process.
        out: where what is asked for goes; standard output unless given.
        err: where progress and errors go; standard error unless given.
        environment: the environment variables; those of the process unless given.

    Returns:
        The exit code: 0; 1 where a plugin does not pass; 2 when something cannot be done, said in
        one message; 130 when it was interrupted; 141 when nobody reads what it prints.
    """
    if arguments is None:
        # The process is the command's own, and ends before a search for cycles would be repaid.
        gc.disable()
        atexit.register(gc.freeze)
    given = sys.argv[1:] if arguments is None else list(arguments)
    known = os.environ if environment is None else environment
    terminal = Terminal(out or sys.stdout, err or sys.stderr, given, known)
    try:
        status = _status(given, terminal, known.get(COMPLETE, ""))
        terminal.flush()
    except BrokenPipeError:  # nobody reads on
        terminal.close()
        return CLOSED
    except OSError as cause:
        with suppress(OSError):
            terminal.refuse(
                KlantkompasError(
                    told("what was asked for cannot be written: {reason}", reason=reason_of(cause))
                )
            )
        terminal.close()
        return FAILED
    return status


def _status(arguments: list[str], terminal: Terminal, completing: str) -> int:
    group = command_line(terminal.text)
    try:
        if completing:
            return _complete(group, terminal, completing)
        with group.make_context(PROGRAM, arguments, obj=terminal) as context:
            status: int = group.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        terminal.refuse(explained(error))
        return FAILED
    except KlantkompasError as error:
        terminal.refuse(error)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError:
        terminal.refuse(KlantkompasError(NO_MEMORY))
        return FAILED
    return status


def _complete(group: click.Group, terminal: Terminal, instruction: str) -> int:
    from click.shell_completion import shell_complete

    return shell_complete(group, {"obj": terminal}, PROGRAM, COMPLETE, instruction)
