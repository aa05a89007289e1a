"""Where the command speaks, and in which language: its two streams, and what they can show.

The environment is read here and nowhere else.

>>> language_of(["report", "--language", "nl"], {"LANG": "en_GB.UTF-8"})
'nl'
>>> language_of([], {"LC_ALL": "nl_NL.UTF-8"}), language_of([], {"LANG": "C"})
('nl', 'en')
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import TextIO

from klantkompas._printable import encodable, printable
from klantkompas.errors import KlantkompasError
from klantkompas.wording.catalogue import LANGUAGES, Translator, translator

__all__ = [
    "DISABLED",
    "Terminal",
    "folded",
    "language_of",
    "options_in",
    "values_of",
    "width_of",
]

NARROWEST = 20
"""No narrower than this: a terminal that says so says nothing."""
DISABLED = "KLANTKOMPAS_DISABLE_PLUGINS"
"""An environment variable: anything but 0 leaves out the installed plugins."""
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The environment variables that name a language; the first that is set counts."""


def options_in(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command line up to two bare hyphens."""
    return list(takewhile(lambda each: each != "--", arguments))


def values_of(option: str, arguments: Sequence[str]) -> list[str]:
    """Return what is given for an option, before the command line is taken apart.

    Args:
        option: such as ``"--plugin"``.
        arguments: the command line.

    >>> values_of("--plugin", ["report", "--plugin", "a.py", "--plugin=b.py"])
    ['a.py', 'b.py']
    """
    given = options_in(arguments)
    parts = [each.partition("=") for each in given]
    follows = [*given[1:], ""][: len(given)]
    found = [
        value if equals else after
        for (name, equals, value), after in zip(parts, follows, strict=True)
        if name == option
    ]
    return list(filter(None, found))


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language to speak: that of the command line, else that of the locale.

    Args:
        arguments: the command line.
        environment: the environment variables.

    Returns:
        ``"en"`` or ``"nl"``; English where another is asked for.
    """
    asked = [each for each in values_of("--language", arguments) if each in LANGUAGES]
    if asked:
        return asked[-1]
    locale = next(filter(None, (environment.get(name) for name in LOCALE)), "")
    spoken = locale[:2].lower()
    return spoken if spoken in LANGUAGES else "en"


def width_of(stream: TextIO) -> int | None:
    """Return how many characters a line of a terminal holds; None of what is no terminal."""
    return max(get_terminal_size().columns, NARROWEST) if stream.isatty() else None


def folded(text: str, width: int) -> str:
    """Return a text with its lines folded between words; what continues a line is indented.

    Args:
        text: lines, which may be indented.
        width: how many characters a line may have.

    >>> print(folded("  a: one two three", 12))
      a: one two
        three
    """
    return "\n".join(
        line if len(line) <= width else _folded(line, width) for line in text.split("\n")
    )


def _folded(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return fill(
        line.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


class Terminal:
    """The streams that the command writes to, and the language that it writes in.

    Args:
        out: where what is asked for goes.
        err: where progress and errors go.
        arguments: the command line.
        environment: the environment variables.
    """

    def __init__(
        self,
        out: TextIO,
        err: TextIO,
        arguments: Sequence[str],
        environment: Mapping[str, str],
    ) -> None:
        self.out: TextIO = out
        self.err: TextIO = err
        self.language: str = language_of(arguments, environment)
        self._asked = bool(values_of("--language", arguments))
        self.text: Translator = translator(self.language)
        self.installed: bool = environment.get(DISABLED, "") in ("", "0")

    def settle(self, language: str) -> None:
        """Speak the language of the settings, unless the command line asks for another.

        Args:
            language: ``"en"`` or ``"nl"``.
        """
        if not self._asked:
            self.language, self.text = language, translator(language)

    def say(self, text: str, *, folds: bool = False) -> None:
        """Print what was asked for.

        Args:
            text: what to print.
            folds: whether its lines are folded where a terminal is narrower.
        """
        _say(text, self.out, folds=folds)

    def refuse(self, error: KlantkompasError) -> None:
        """Print an error as one message."""
        self.warn(error.text(error.command_remedy, self.text))

    def warn(self, text: str) -> None:
        """Print a message beside what was asked for."""
        _say(f"klantkompas: {text}", self.err, folds=True)

    def flush(self) -> None:
        """Send on what was printed."""
        self.out.flush()
        self.err.flush()

    def close(self) -> None:
        """Let what is still to be written go nowhere, or Python would fail on it once more."""
        for stream in (self.out, self.err):
            with suppress(OSError, ValueError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def _say(text: str, stream: TextIO, *, folds: bool) -> None:
    """Print a text as the stream can show it, without what would steer a terminal."""
    shown, width = encodable(printable(text), stream.encoding), width_of(stream)
    print(shown if width is None or not folds else folded(shown, width), file=stream)
