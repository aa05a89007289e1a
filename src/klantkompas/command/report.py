"""``klantkompas report``: a page about the exports."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option
from klantkompas.command.keeping import before, kept
from klantkompas.compass import Reading
from klantkompas.report.html import write_report
from klantkompas.report.summary import summary_of
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["command"]

WRITING = mark("Writing the page")
WRITTEN = mark("The report is in {path}")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    section = _("The page")
    return Command(
        "report",
        _run,
        _,
        own=[
            Option(["--title"], metavar=_("TEXT"), section=section, help=_("Its title.")),
            Option(
                ["--out"],
                type=FILE,
                default="report.html",
                metavar=_("FILE"),
                section=section,
                help=_("Where it is written; without it, report.html."),
            ),
        ],
        shares=[options.reading, options.reviewing, options.shows],
        result=Reading,
    )


def _run(asked: Asked, title: str | None, out: str) -> Answer:
    reading = asked.reading
    review, plan = before(asked, reading)
    asked.progress.stage(Sentence(WRITING))
    path = write_report(
        reading, out, language=asked.language, title=title, review=review, plan=plan
    )
    writer = asked.writer
    where = writer.say(sentence(WRITTEN, path=str(path.resolve())))
    changed = kept(asked, reading)
    parts = [summary_of(reading, writer), *(each.text(writer) for each in changed), where]
    return Answer("" if asked.quiet else "\n\n".join(parts), reading)
