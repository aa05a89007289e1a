"""``klantkompas review``: what changed since the last review, for whom, and why (S1 step 7)."""

from __future__ import annotations

import click

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.command.keeping import compared, latest_review
from klantkompas.wording.catalogue import Translator

__all__ = ["command"]


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "review",
        _run,
        _,
        shares=[options.reading, options.reviewing, options.shows],
    )


def _run(asked: Asked) -> Answer:
    if asked.history_path is None or not asked.settings.tables:
        return compared(asked, latest_review(asked))
    reading = asked.reading
    with asked.history(new=True) as history:
        now = history.record(reading, review=True)
        if any(each.review and each.as_of < now.as_of for each in history.readings()):
            review = history.review(current=now, rules=reading.classes.rules)
            return compared(asked, review)
        due = history.due(now.as_of)
    said = [each.text(asked.writer) for each in (now, due)]
    return Answer("\n".join(said), {"kept": now, "due": due})
