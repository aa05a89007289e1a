"""One customer's profile card: what every lens says of it, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from klantkompas.classification.why import Why, written
from klantkompas.domain.preferences import Preferences
from klantkompas.wording.catalogue import mark, translator
from klantkompas.wording.sentence import OPTED_OUT, Sentence

__all__ = ["Profile"]

RANK = mark("By revenue it is number {rank} of {count} active customers ({share} of the total).")
SCORE = mark("Its latest survey score is {score:g}.")


@frozen(kw_only=True)
class Profile:
    """What is known of one customer, and why it is in its class.

    Args:
        id: the customer's id.
        name: how it is called; None where unknown.
        why: the class, with the rule and the factors that decided.
        rank: its place by revenue among the active customers, from 1; None where it has none.
        ranked: how many active customers there are.
        share: its share of their revenue; None where unknown.
        last_score: its latest survey score of the period; None where it gave none.
        opted_out: whether it objects to profiling; then only its own preferences are said.
        measures: every measure by name; None where unknown.
        preferences: its own, as far as they still hold; they go before advice.
        first: what cannot wait: that it is about to escalate, open steps of recovery.
        advice: what customers of its class are owed.
        rest: colour, traits, attitude, memory and loyalty, each with its advice.
    """

    id: str
    name: str | None
    why: Why
    rank: int | None
    ranked: int
    share: float | None
    last_score: float | None
    opted_out: bool
    measures: Mapping[str, float | None]
    preferences: Preferences = field(factory=Preferences)
    first: tuple[Sentence, ...] = ()
    advice: tuple[Sentence, ...] = ()
    rest: tuple[Sentence, ...] = ()

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            What cannot wait; its own preferences; the class with its reasons, rank and score; and
            what the other lenses say.
        """
        translate = translator(language)

        def said(sentences: tuple[Sentence, ...]) -> list[str]:
            return [each.said(translate) for each in sentences]

        wishes = [" ".join(said(told))] if (told := self.preferences.told) else []
        if self.opted_out:
            return (*said((OPTED_OUT,)), *wishes)
        lines = [*said(self.first), *wishes, *self.why.sentences(language), *said(self.advice)]
        if self.rank is not None:
            share = "?" if self.share is None else written(self.share, "share")
            lines.append(translate(RANK).format(rank=self.rank, count=self.ranked, share=share))
        if self.last_score is not None:
            lines.append(translate(SCORE).format(score=self.last_score))
        return (*lines, *said(self.rest))

    def __str__(self) -> str:
        """Print the card in English."""
        title = self.id if self.name is None else f"{self.id} {self.name}"
        return "\n".join([title, *self.sentences()])
