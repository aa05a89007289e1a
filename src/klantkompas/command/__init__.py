"""The command: S1's seven steps, and all that the library answers, from a terminal.

A command is a module of its own, which is imported when it is run: `klantkompas --help` loads the
standard library and click. Its line in `klantkompas.command.group.COMMANDS` says what it does.
"""

from __future__ import annotations

from klantkompas.command.running import main

__all__ = ["main"]
