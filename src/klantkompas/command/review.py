"""``klantkompas review``: what changed since the last review, for whom, and why (S1 step 7)."""

from __future__ import annotations

import click
from attrs import frozen

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command
from klantkompas.command.keeping import changes_of, latest_review
from klantkompas.reviews.compare import Review
from klantkompas.reviews.due import ReviewDue
from klantkompas.wording.catalogue import Translator
from klantkompas.wording.plain import Plain

__all__ = ["Reviewed", "command"]


@frozen
class Reviewed(Plain):
    """What changed since the last review.

    Args:
        review: this review compared with the one before; None of the first.
        due: when the next is due, where a history is kept.
    """

    review: Review | None
    due: ReviewDue | None


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "review",
        _run,
        _,
        shares=[options.reading, options.reviewing, options.shows],
        result=Reviewed,
    )


def _run(asked: Asked) -> Answer:
    if asked.history_path is None or not asked.settings.tables:
        return _answer(asked, latest_review(asked))
    reading = asked.reading
    with asked.history(new=True) as history:
        now = history.record(reading, review=True)
        due = history.due(now.as_of)
        if any(each.review and each.as_of < now.as_of for each in history.readings()):
            review = history.review(current=now, rules=reading.classes.rules)
            return _answer(asked, review, due)
    said = [each.text(asked.writer) for each in (now, due)]
    return Answer("\n".join(said), Reviewed(None, due))


def _answer(asked: Asked, review: Review, due: ReviewDue | None = None) -> Answer:
    said = [each.text(asked.writer) for each in (review, changes_of(review))]
    return Answer("\n\n".join(said), Reviewed(review, due))
