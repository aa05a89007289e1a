"""What is done for a negative customer, whoever is at fault: talk, offer, say so in public (S0).

>>> from datetime import date
>>> recovery = Recovery(
...     customer="17",
...     kind="disappointed",
...     steps=(
...         RecoveryStep("talk", "done", date(2026, 3, 1)),
...         RecoveryStep("offer", "open"),
...         RecoveryStep("publish", "unknown"),
...     ),
... )
>>> recovery.open
('offer',)
>>> print(recovery)
17, to be put right:
  Done, last on 1 March 2026: talk about it.
  To do: offer an alternative, compensation or repair.
  Unknown whether it was done: say in public what was done, preferably online.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Listing, Sentence, indented, sentence

__all__ = ["Recovery", "RecoveryStep"]

KINDS = {"hostile": mark("to be put right first"), "disappointed": mark("to be put right")}
STEPS = {
    "talk": mark("talk about it"),
    "offer": mark("offer an alternative, compensation or repair"),
    "publish": mark("say in public what was done, preferably online"),
}
OPEN = mark("To do: {step}.")
ALL_OPEN = mark("To put right: {steps}.")
DONE = mark("Done: {step}.")
DONE_ON = mark("Done, last on {on}: {step}.")
UNKNOWN = mark("Unknown whether it was done: {step}.")


@frozen
class RecoveryStep(Text):
    """One of the three steps of recovery for a negative customer, and whether it was taken.

    Args:
        name: ``"talk"``, ``"offer"`` or ``"publish"``.
        state: ``"open"``, ``"done"`` or ``"unknown"``.
        on: the day on which the step was last taken; None where unknown. An open step has a day
            where it was taken for an earlier complaint.
    """

    name: str
    state: str
    on: date | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence that says whether the step was taken, and what to do."""
        step = Sentence(STEPS[self.name])
        if self.state == "done" and self.on is not None:
            return sentence(DONE_ON, step=step, on=self.on)
        return sentence({"open": OPEN, "done": DONE, "unknown": UNKNOWN}[self.state], step=step)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """That sentence, in a tuple."""
        return (self.sentence,)


@frozen(kw_only=True)
class Recovery(Text):
    """The three steps of recovery for one negative customer.

    Args:
        customer: the customer's id.
        kind: ``"hostile"`` or ``"disappointed"``.
        steps: the three steps: talk, offer, publish.
    """

    customer: str
    kind: str
    steps: tuple[RecoveryStep, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The names of the steps that are open."""
        return tuple(step.name for step in self.steps if step.state == "open")

    @property
    def to_do(self) -> Sentence:
        """The steps that are open, in one sentence."""
        steps = Listing((Sentence(STEPS[name]) for name in self.open), "; ")
        return sentence(ALL_OPEN, steps=steps)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: the customer, and each step with its state."""
        who = CustomerName(self.customer)
        opening = sentence("{customer}, {kind}:", customer=who, kind=Sentence(KINDS[self.kind]))
        return (opening, *indented(step.sentence for step in self.steps))
