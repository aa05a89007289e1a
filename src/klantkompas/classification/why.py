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
...     is_proportion=True,
... )
>>> print(Why(customer="17", label="C", because="they contribute in exactly one way",
...           rule="c_transactional", factors=(state,)))
17 is C because they contribute in exactly one way
  + pays on time: 100% of 4 invoices, at least 95% (49% chance that the true rate meets \
the threshold)
"""

from __future__ import annotations

import math

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray
from klantkompas.domain.criteria import Criterion, Cutoff
from klantkompas.domain.overrides import Override
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)

__all__ = ["FactorState", "Why", "probability_of_passing"]

IS = mark("{customer} is {label} because {because}")
GIVEN = mark("{customer}: {override}. By the rules:")
HAS_NO_CLASS = mark("{customer} has no class: {because}")
UNKNOWN = mark("unknown")
STATE = "{sign} {title}: {found}"
PROBABLY = mark("{state} ({probability} chance that the true rate meets the threshold)")
TOO_LITTLE = mark("unknown, as it rests on {basis} only")
OF = mark("{value} of {basis}")
OVER = mark("{value}, over {basis}")
SIGNS = {"met": "+", "not met": "-", "unknown": "?"}
ADDED_BY = "{text} [{plugin}]"


def _added_by(text: Sentence, plugin: str, name: str | None) -> Sentence:
    """Return a sentence with the plugin behind it, where that has another name."""
    return text if plugin in ("", name) else sentence(ADDED_BY, text=text, plugin=plugin)


def probability_of_passing(
    share: FloatArray | float, basis: FloatArray | float, cutoff: Cutoff
) -> FloatArray:
    """Return how probable it is that a true share passes a number, from what was seen of it.

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
class FactorState(Text):
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
        rests_on: for a share of money, how many orders or invoices it rests on; else the basis.
        rests_on_unit: what that counts.
        least_basis: how much must be behind a share or rate for it to count.
        is_proportion: whether the value is a share of hits among what the basis counts.
        plugin: which plugin added the factor to those that are built in; empty for none. It is said
            where its name is not the factor's.
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
    rests_on: float | None = None
    rests_on_unit: str = ""
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

    @property
    def _found(self) -> Sentence:
        if math.isnan(self.value):
            return Sentence(UNKNOWN)
        value = Quantity(self.value, self.unit)
        behind = (self.basis, self.basis_unit)
        if self.rests_on is not None:
            behind = (self.rests_on, self.rests_on_unit)
        basis = None if behind[0] is None else Quantity(behind[0], behind[1])
        if basis is None or basis.unit in ("", "money"):
            return sentence("{value}", value=value)
        if self.unknown:
            return sentence(TOO_LITTLE, basis=basis)
        if self.unit != "share":
            return sentence("{value}", value=value)
        return sentence(OF if self.is_proportion else OVER, value=value, basis=basis)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """How the customer stands on the factor, in one sentence."""
        found: tuple[Sentence, ...] = (self._found,)
        if not (self.unknown and math.isnan(self.cutoff.value)):
            found = (*found, self.cutoff.of(self.unit))
        sign, title = SIGNS[self.state], Sentence(self.title)
        state = sentence(STATE, sign=sign, title=title, found=Listing(found))
        state = _added_by(state, self.plugin, self.factor)
        chance = self.probability
        if math.isnan(chance):
            return (state,)
        return (sentence(PROBABLY, state=state, probability=Quantity(chance, "percent")),)


@frozen(kw_only=True)
class Why(Text):
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
            where its name is not the rule's.
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

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The class and its reason, then each factor; first what a person decided."""
        customer = CustomerName(self.customer)
        opening = sentence(
            HAS_NO_CLASS if self.label is None else IS,
            customer=customer,
            label=self.label if self.override is None else self.computed,
            because=Sentence(self.because),
        )
        given: tuple[Sentence, ...] = ()
        if self.override is not None:
            (decided,) = self.override.parts
            given = (sentence(GIVEN, customer=customer, override=decided),)
        factors = indented(line for each in self.factors for line in each.parts)
        return (*given, _added_by(opening, self.plugin, self.rule), *factors)
