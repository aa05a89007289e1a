"""``klantkompas letter``: all that is held of a customer and what was made of it (C-203/22)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option, as_day
from klantkompas.command.written import check_ending, write_new
from klantkompas.report.letter import Letter, letter
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import Listing, sentence

__all__ = ["command"]

WRITTEN = mark("The letter is in {path}")
TO_FILL_IN = mark("Still to fill in before you send it, there or by these options: {options}")
PAGE = (".html", ".htm")
"""How the name of a page ends."""


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "letter",
        _run,
        _,
        own=[
            options.customer(_),
            Option(
                ["--out"],
                type=FILE,
                metavar=_("FILE"),
                help=_(
                    "A new file to write it to: a page where it ends in .html, else text; without "
                    "it, it is shown."
                ),
            ),
            Option(
                ["--sender"],
                default="",
                metavar=_("TEXT"),
                help=_("Whom to write to about it: a name and an address."),
            ),
            Option(
                ["--on"],
                callback=as_day,
                metavar="YYYY-MM-DD",
                help=_("The date of the letter."),
            ),
            Option(
                ["--shared-with"],
                default="",
                metavar=_("TEXT"),
                help=_("To whom else you give the data."),
            ),
            Option(
                ["--kept-for"],
                default="",
                metavar=_("TEXT"),
                help=_("How long you keep the data."),
            ),
            Option(
                ["--remark", "remarks"],
                multiple=True,
                metavar=_("TEXT"),
                help=_("What else you have to add; may be repeated."),
            ),
        ],
        shares=[options.reading, options.history, options.shows],
        result=Letter,
    )


def _run(
    asked: Asked,
    customer: str,
    out: str | None,
    remarks: tuple[str, ...],
    **given: Any,
) -> Answer:
    if out is not None:
        check_ending(Path(out), *PAGE, ".txt")
    reading, path = asked.reading, asked.history_path
    made = partial(letter, reading, customer, language=asked.language, remarks=remarks, **given)
    if path is None or not path.exists():
        written = made()
    else:
        with asked.history() as history:
            written = made(history=history)
    if out is None:
        return Answer(written.text(), written)
    is_page = Path(out).suffix.lower() in PAGE
    path = write_new(Path(out), written.html() if is_page else written.text() + "\n")
    said = [sentence(WRITTEN, path=str(path))]
    if written.to_fill_in:
        options = Listing(f"--{name.replace('_', '-')}" for name in written.to_fill_in)
        said.append(sentence(TO_FILL_IN, options=options))
    return Answer("" if asked.quiet else "\n".join(map(asked.writer.say, said)), written)
