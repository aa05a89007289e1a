"""One customer's profile card: what every lens says of it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from klantkompas._texts import mark, translator
from klantkompas.classification.why import Why

__all__ = ["Profile"]

RANK = mark("By revenue it is number {rank} of {count} active customers ({share} of the total).")
SCORE = mark("Its latest survey score is {score:g}.")
OBJECTS = mark("It objects to profiling: it counts in totals only.")


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
        objects: whether it objects to profiling; then nothing else is said.
        measures: every measure by name; None where unknown.
    """

    id: str
    name: str | None
    why: Why
    rank: int | None
    ranked: int
    share: float | None
    last_score: float | None
    objects: bool
    measures: Mapping[str, float | None]

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The class with its reasons, then rank and score.
        """
        translate = translator(language)
        if self.objects:
            return (translate(OBJECTS),)
        lines = [*self.why.sentences(language)]
        if self.rank is not None:
            share = "?" if self.share is None else f"{100 * self.share:.2g}%"
            lines.append(translate(RANK).format(rank=self.rank, count=self.ranked, share=share))
        if self.last_score is not None:
            lines.append(translate(SCORE).format(score=self.last_score))
        return tuple(lines)

    def __str__(self) -> str:
        """Print the card in English."""
        title = self.id if self.name is None else f"{self.id} {self.name}"
        return "\n".join([title, *self.sentences()])
