"""Readings kept in the history, and what changed since the one before."""

from __future__ import annotations

from klantkompas._told import told
from klantkompas.command.asked import Asked
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError
from klantkompas.reviews.changes import ClassChange
from klantkompas.reviews.compare import Review, compare_reviews
from klantkompas.reviews.letting_go import LettingGoPlan, plan_letting_go
from klantkompas.reviews.lists import CustomerList
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import sentence

__all__ = ["before", "changes_of", "kept", "latest_review", "plan_of"]

CHANGES = mark("Who rose, then who fell, and why")


def kept(asked: Asked, reading: Reading) -> tuple[Text, ...]:
    """Keep a reading in the history, where there is one.

    Args:
        asked: names the history.
        reading: the reading.

    Returns:
        What changed since the reading of the last date before; nothing without one.
    """
    if asked.history_path is None:
        return ()
    with asked.history(new=True) as history:
        now = history.record(reading)
        before = [each for each in history.readings() if each.as_of < now.as_of]
        if not before:
            return (now,)
        last = max(before, key=lambda each: (each.as_of, each.sequence))
        review = history.review(last, now, rules=reading.classes.rules)
    return (review, changes_of(review))


def latest_review(asked: Asked) -> Review:
    """Return the last review of the history; without one, that of the settings.

    Args:
        asked: names the history, or the exports and the date to compare with.

    Raises:
        KlantkompasError: there are no two reviews.
    """
    if asked.history_path is None:
        if asked.settings.previous_review is None:
            raise ArgumentError(
                told("there is nothing to compare with"),
                remedy=told(
                    "Give --history shop.klantkompas, which keeps reviews, or --previous "
                    "2025-02-28, the date of the review before"
                ),
            )
        return asked.settings.review(asked.portfolio)
    with asked.history() as history:
        return history.review(rules=asked.compass.declarations.rules)


def before(asked: Asked, reading: Reading) -> tuple[Review | None, LettingGoPlan | None]:
    """Return a reading compared with the last review before it, and the plan for letting go.

    Args:
        asked: names the history, or the date to compare with.
        reading: the reading.

    Returns:
        The review and the plan; None and None where there is no review before.
    """
    path = asked.history_path
    if path is None or not path.exists():
        day = asked.settings.previous_review
        if day is None or day >= reading.as_of:
            return None, None
        review = compare_reviews(asked.settings.reading(asked.portfolio, as_of=day), reading)
        return review, plan_letting_go(review)
    with asked.history() as history:
        reviews = [e for e in history.readings() if e.review and e.as_of < reading.as_of]
        if not reviews:
            return None, None
        earlier = history.reading(max(reviews, key=lambda each: (each.as_of, each.sequence)))
        ledger = history.let_go()
    let_go = {each.customer: each.on for each in ledger if each.customer}
    review = compare_reviews(earlier, reading, let_go=let_go)
    return review, plan_letting_go(review, already=ledger)


def plan_of(asked: Asked) -> LettingGoPlan:
    """Return the proposal of who may be let go, by the last review.

    Args:
        asked: names the history, or the exports and the date to compare with.

    Raises:
        KlantkompasError: there are no two reviews.
    """
    review = latest_review(asked)
    if asked.history_path is None:
        return plan_letting_go(review)
    with asked.history() as history:
        return plan_letting_go(review, already=history.let_go())


def changes_of(review: Review) -> CustomerList[ClassChange]:
    """Return the customers whose class changed, those who rose first, as a list."""
    return CustomerList(
        kind=ClassChange,
        opening=sentence(CHANGES),
        listed=(*review.risen, *review.fallen),
    )
