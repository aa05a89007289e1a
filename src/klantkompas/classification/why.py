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

from attrs import frozen

from klantkompas._texts import Translator, mark, translator
from klantkompas.domain.criteria import Cutoff

__all__ = ["FactorState", "Why"]

IS = mark("{customer} is {label} because {because}")
HAS_NO_CLASS = mark("{customer} has no class: {because}")
UNKNOWN = mark("unknown")
TOO_LITTLE = mark("unknown, as it rests on {basis} {unit} only")
OF = mark("{value} of {basis} {unit}")
COMPARISONS = {
    "at least": mark("at least {value}"),
    "above": mark("above {value}"),
    "at most": mark("at most {value}"),
}


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
        cutoff: the number to pass.
        basis: how much lies behind the value, where the measure has a basis.
        basis_unit: what the basis counts.
    """

    factor: str
    title: str
    measure: str
    met: bool
    unknown: bool
    value: float
    unit: str
    cutoff: Cutoff
    basis: float | None = None
    basis_unit: str = ""

    @property
    def state(self) -> str:
        """``"met"``, ``"not met"`` or ``"unknown"``."""
        return "unknown" if self.unknown else "met" if self.met else "not met"

    def _written(self, value: float) -> str:
        if self.unit == "share":
            return f"{100 * value:.3g}%"
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"

    def sentence(self, translate: Translator) -> str:
        """Say it in a language."""
        sign = {"met": "+", "not met": "-", "unknown": "?"}[self.state]
        counted = self.basis_unit and self.basis_unit != "money"
        if math.isnan(self.value):
            found = translate(UNKNOWN)
        elif self.unknown:
            found = translate(TOO_LITTLE).format(
                basis=f"{self.basis:g}", unit=translate(self.basis_unit)
            )
        elif counted and self.unit == "share":
            found = translate(OF).format(
                value=self._written(self.value),
                basis=f"{self.basis:g}",
                unit=translate(self.basis_unit),
            )
        else:
            found = self._written(self.value)
        wanted = (
            translate(UNKNOWN)
            if math.isnan(self.cutoff.value)
            else translate(COMPARISONS[self.cutoff.comparison]).format(
                value=self._written(self.cutoff.value)
            )
        )
        return f"{sign} {translate(self.title)}: {found}, {wanted}"


@frozen(kw_only=True)
class Why:
    """Why a customer is in its class, or in none.

    Args:
        customer: the customer's id.
        label: the class; None for who is not classed.
        because: the reason, as the end of a sentence.
        rule: the name of the rule that decided.
        shortlisted: whether it is on the shortlist.
        factors: each success factor, with how it stands.
    """

    customer: str
    label: str | None
    because: str
    rule: str | None = None
    shortlisted: bool = False
    factors: tuple[FactorState, ...] = ()

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Say it in a language.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The class and its reason, then each factor.
        """
        translate = translator(language)
        opening = translate(IS if self.label is not None else HAS_NO_CLASS).format(
            customer=self.customer, label=self.label, because=translate(self.because)
        )
        return (opening, *(f"  {each.sentence(translate)}" for each in self.factors))

    def __str__(self) -> str:
        """Say it in English."""
        return "\n".join(self.sentences())
