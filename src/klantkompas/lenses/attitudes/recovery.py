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
  Unknown whether it was done: say in public what you do better since, without naming them.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Listing, Sentence, indented, sentence

__all__ = ["Recovery", "RecoveryStep", "any_step_open", "steps_of"]

KINDS = {"hostile": mark("to be put right, and serious"), "disappointed": mark("to be put right")}
COMPLAINTS = {
    "talk": ("untalked_complaints", "days_since_talk"),
    "offer": ("unoffered_complaints", None),
    "publish": ("unpublished_complaints", "days_since_publication"),
}
"""By step: the measure of complaints for which it is open, and of days since it was taken."""
STEPS = {
    "talk": mark("talk about it"),
    "offer": mark("offer an alternative, compensation or repair"),
    "publish": mark("say in public what you do better since, without naming them"),
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


def any_step_open(measures: Measures, positions: list[int]) -> BoolArray:
    """Return for each of some customers whether any of the three steps is open.

    Args:
        measures: what is known of each customer.
        positions: the positions of the customers in the measures.
    """
    found: BoolArray = np.any([_open(measures, name, positions) for name in COMPLAINTS], axis=0)
    return found


def _open(measures: Measures, name: str, positions: list[int]) -> BoolArray:
    """Return for whom a step is open: for some complaint, or because there is none."""
    waiting = measures[COMPLAINTS[name][0]][positions]
    none = measures["recovery_complaints"][positions] == 0
    is_open: BoolArray = ~np.isnan(waiting) & (none | (waiting > 0))
    return is_open


def steps_of(measures: Measures, positions: list[int]) -> list[tuple[RecoveryStep, ...]]:
    """Return the three steps for each of some customers.

    Args:
        measures: what is known of each customer.
        positions: the positions of the customers in the measures.
    """
    return [*zip(*(_steps(measures, name, positions) for name in COMPLAINTS), strict=True)]


def _steps(measures: Measures, name: str, positions: list[int]) -> list[RecoveryStep]:
    open_for, since = COMPLAINTS[name]
    unknown = np.isnan(measures[open_for][positions])
    states = np.where(
        unknown, "unknown", np.where(_open(measures, name, positions), "open", "done")
    )
    on = np.full(len(positions), np.datetime64("NaT", "D"))
    if since is not None:
        days = measures[since][positions]
        dated = ~(unknown | np.isnan(days))
        on[dated] = np.datetime64(measures.as_of, "D") - days[dated].astype("m8[D]")
    taken = zip(states.tolist(), on.tolist(), strict=True)
    return [RecoveryStep(name, state, day) for state, day in taken]
