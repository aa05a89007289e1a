"""Why a customer is in its class: data that a program can check, printed as sentences (S1 step 7).

>>> from klantkompas.domain.criteria import Cutoff
>>> state = FactorState(
...     factor="pays_on_time",
...     title="pays on time",
...     measure="on_time_share",
...     met=True,
...     unknown=False,
...     value=1.0,
...     unit="share",
...     cutoff=Cutoff(0.95),
...     basis=4.0,
...     basis_unit="invoices",
... )
>>> print(Why(customer="17", label="C", because="it contributes in exactly one way",
...           rule="c_transactional", factors=(state,)))
17 is C because it contributes in exactly one way
  + pays on time: 100% of 4 invoices, at least 95%
"""

from __future__ import annotations

import math

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray
from klantkompas.domain.criteria import Criterion, Cutoff
from klantkompas.domain.overrides import MADE_IT, Override
from klantkompas.wording.catalogue import Translator, mark, translator
from klantkompas.wording.units import named

__all__ = ["FactorState", "Why", "probability_of_passing", "written", "written_cutoff"]

IS = mark("{customer} is {label} because {because}")
BY_THE_RULES = mark("By the rules:")
HAS_NO_CLASS = mark("{customer} has no class: {because}")
UNKNOWN = mark("unknown")
PROBABLY = mark("true share passes with a probability of {probability}")
TOO_LITTLE = mark("unknown, as it rests on {basis} {unit} only")
OF = mark("{value} of {basis} {unit}")
NO_CUTOFF = mark("the number to pass is unknown")
COMPARISONS = {
    "at least": mark("at least {value}"),
    "above": mark("above {value}"),
    "at most": mark("at most {value}"),
}


def written(value: float, unit: str) -> str:
    """Write a measure's value: a share as a percentage, money without cents when it is much."""
    if unit == "share":
        return f"{100 * value:.3g}%"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def written_cutoff(cutoff: Cutoff, unit: str, translate: Translator) -> str:
    """Write a number to pass, in a language."""
    if math.isnan(cutoff.value):
        return translate(NO_CUTOFF)
    return translate(COMPARISONS[cutoff.comparison]).format(value=written(cutoff.value, unit))


def probability_of_passing(
    share: FloatArray | float, basis: FloatArray | float, cutoff: Cutoff
) -> FloatArray:
    """Give how probable it is that a true share passes a number, from what was seen of it.

    The posterior is Beta with hits + 1/2 and misses + 1/2 (Jeffreys' prior).

    Args:
        share: the share of hits.
        basis: among how many.
        cutoff: the number to pass.

    Returns:
        A probability; NaN where the share is unknown.

    >>> probability_of_passing(1.0, 4.0, Cutoff(0.95)).round(4).item()
    0.4914
    """
    from scipy.special import betainc

    hits = np.asarray(share, np.float64) * basis
    edge = min(max(cutoff.value, 0.0), 1.0)
    below = np.asarray(betainc(hits + 0.5, basis - hits + 0.5, edge), np.float64)
    return below if cutoff.comparison == "at most" else 1 - below


@frozen(kw_only=True)
class FactorState:
    """How one customer stands on one success factor.

    Args:
        factor: the factor's name.
        title: what it says of the customer.
        measure: its measure.
        met: whether the criterion is met.
        unknown: whether that is unknown.
        value: the measure; NaN where unknown.
        unit: the measure's unit.
        cutoff: the number to pass: the criterion, resolved.
        criterion: what the factor asks; None where only the number was kept.
        basis: how much is behind the value, where the measure has a basis.
        basis_unit: what the basis counts.
        least_basis: how much must be behind a share or rate for it to count.
        is_proportion: whether the value is a share of hits among what the basis counts.
        plugin: which plugin added the factor to those that are built in; empty for none. It is said
            where it is not called as the factor is.
    """

    factor: str
    title: str
    measure: str
    met: bool
    unknown: bool
    value: float
    unit: str
    cutoff: Cutoff
    criterion: Criterion | None = None
    basis: float | None = None
    basis_unit: str = ""
    least_basis: float = 3
    is_proportion: bool = False
    plugin: str = ""

    @property
    def probability(self) -> float:
        """How probable it is that the true share passes; NaN where nothing was counted."""
        if not self.is_proportion or self.basis is None:
            return math.nan
        found: float = probability_of_passing(self.value, self.basis, self.cutoff).item()
        return found

    @property
    def state(self) -> str:
        """``"met"``, ``"not met"`` or ``"unknown"``."""
        return "unknown" if self.unknown else "met" if self.met else "not met"

    def _found(self, translate: Translator) -> str:
        if math.isnan(self.value):
            return translate(UNKNOWN)
        value = written(self.value, self.unit)
        counted = self.basis_unit not in ("", "money")
        if self.basis is None or not (self.unknown or (counted and self.unit == "share")):
            return value
        unit = translate(named(self.basis, self.basis_unit))
        found = translate(TOO_LITTLE if self.unknown else OF)
        return found.format(value=value, basis=f"{self.basis:g}", unit=unit)

    def sentence(self, translate: Translator) -> str:
        """Say it in a language."""
        sign = {"met": "+", "not met": "-", "unknown": "?"}[self.state]
        told = f"{sign} {translate(self.title)}: {self._found(translate)}"
        if not (self.unknown and math.isnan(self.cutoff.value)):
            told += f", {written_cutoff(self.cutoff, self.unit, translate)}"
        if self.plugin not in ("", self.factor):
            told += f" [{self.plugin}]"
        if math.isnan(self.probability):
            return told
        chance = translate(PROBABLY).format(probability=f"{100 * self.probability:.0f}%")
        return f"{told} ({chance})"


@frozen(kw_only=True)
class Why:
    """Why a customer is in its class, or in none.

    Args:
        customer: the customer's id.
        label: the class that holds; None for who is not classed.
        because: the reason that the rules give, as the end of a sentence.
        computed: the class that the rules give, where a person gave another.
        rule: the name of the rule that decided.
        shortlisted: whether it is on the shortlist.
        factors: each success factor, with how it stands.
        override: who gave it another class, when and why.
        plugin: which plugin added the rule to those that are built in; empty for none. It is said
            where it is not called as the rule is.
    """

    customer: str
    label: str | None
    because: str
    computed: str | None = None
    rule: str | None = None
    shortlisted: bool = False
    factors: tuple[FactorState, ...] = ()
    override: Override | None = None
    plugin: str = ""

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The class and its reason, then each factor.
        """
        translate = translator(language)
        found = self.label if self.override is None else self.computed
        opening = translate(IS if self.label is not None else HAS_NO_CLASS).format(
            customer=self.customer, label=found, because=translate(self.because)
        )
        if self.plugin not in ("", self.rule):
            opening += f" [{self.plugin}]"
        lines = [opening, *(f"  {each.sentence(translate)}" for each in self.factors)]
        if self.override is not None:
            given = self.override
            corrected = translate(MADE_IT).format(
                by=given.by, label=given.label, on=given.on, because=given.because
            )
            lines.insert(0, f"{self.customer}: {corrected}. {translate(BY_THE_RULES)}")
        return tuple(lines)

    def __str__(self) -> str:
        """Say it in English."""
        return "\n".join(self.sentences())
