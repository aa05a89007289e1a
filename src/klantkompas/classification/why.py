"""Why a customer is in its class: data that a program can check, printed as sentences (S1 step 7).

>>> from klantkompas.domain.criteria import Cutoff
>>> state = FactorState(
...     factor="pays_on_time",
...     title="pays on time",
...     measure="on_time_share",
...     state="met",
...     value=1.0,
...     unit="share",
...     cutoff=Cutoff(0.95),
...     basis=4.0,
...     basis_unit="invoices",
...     rests_on=4.0,
...     rests_on_unit="invoices",
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
from datetime import date

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray
from klantkompas.classification.class_range import ClassRange
from klantkompas.classification.evidence import State
from klantkompas.domain.criteria import Criterion, Cutoff
from klantkompas.domain.overrides import Override
from klantkompas.hooks.factors import LEAST_BASIS
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    Value,
    indented,
    sentence,
)

__all__ = ["FactorState", "Look", "Why", "probability_of_passing"]

IS = mark("{customer} is {label} because {because}")
GIVEN = mark("{customer}: {override}. By the rules:")
NO_CLASS = mark("No class: {because}")
HAS_NO_CLASS = mark("{customer} has no class: {because}")
UNKNOWN = mark("unknown")
IN_BRIEF = "{title} ({found})"
CHANCE = mark("{title} ({found}; chance {chance})")
ALL_MET = mark("Met in {months}: {factors}.")
ALL_MET_EVER = mark("Met: {factors}.")
NOT_MET = mark("Not met: {factors}.")
NOT_KNOWN = mark("Unknown: {factors}.")
BECAUSE = mark("{label}, because {because}")
STATE = "{sign} {title}: {found}"
PROBABLY = mark("{state} ({probability} chance that the true rate meets the threshold)")
TOO_LITTLE = mark("too little to judge by (rests on {counted})")
SEEN_OF = mark("unknown (known of {counted})")
LESS = mark("less than {chance}")
LEAST_CHANCE = 0.01
COUNTED = mark("{count}, {least} needed")
NOT_MEASURED = mark("not measured")
PROVISIONAL = mark("provisional: they may be {best}, given what is unknown of them")
OF_NOBODY = mark("not measured: {factors}")
BY_LOOK = "{found} {look}"
AND_OPEN = "{found}; {open}"
IN_YEARS = mark("in {years} years")
IN_MONTHS = mark("in {months}")
SINCE = mark("since {day}")
OF = mark("{value} of {basis}")
OVER = mark("{value}, over {basis}")
SIGNS = {"met": "+", "not met": "-"}
ADDED_BY = "{text} [{plugin}]"


def _likely(chance: float) -> Value:
    """Return a chance in whole percents; below one percent it is said as less than that."""
    if 0 < chance < LEAST_CHANCE:
        return sentence(LESS, chance=Quantity(LEAST_CHANCE, "percent"))
    return Quantity(chance, "percent")


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
class Look(Text):
    """How far back a factor looked for a customer of whom the period shows too little.

    Args:
        months: how many months it looks back.
        since: the first day of the export, where that is later.

    >>> print(Look(months=24))
    in 2 years
    """

    months: int
    since: date | None = None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """How far back."""
        if self.since is not None:
            return (sentence(SINCE, day=self.since),)
        years, more = divmod(self.months, 12)
        if years > 1 and not more:
            return (sentence(IN_YEARS, years=years),)
        return (sentence(IN_MONTHS, months=Quantity(self.months, "months")),)


@frozen(kw_only=True)
class FactorState(Text):
    """How one customer stands on one success factor.

    Args:
        factor: the factor's name.
        title: what it says of the customer.
        measure: its measure.
        state: ``"met"``, ``"not met"``, or why it is unknown: ``"missing"``, which can be found
            out; ``"too little"``, as it rests on too few; ``"not measured"`` for anybody.
        value: the measure, by the look that the factor took; NaN where unknown.
        unit: the measure's unit.
        cutoff: the number to pass: the criterion, resolved.
        criterion: what the factor asks; None where only the number was kept.
        basis: how much is behind the value, where the measure has a basis.
        basis_unit: what the basis counts.
        rests_on: on how many orders or invoices the value rests; None where it counts nothing.
        rests_on_unit: what that counts.
        could: on how many it could rest, were every empty cell filled; None where unknown.
        least_basis: how much must be behind a share or rate for it to count.
        look: how far back the factor looked beyond the period; None for the period.
        months: how many months the period has; 0 where that is not known.
        still_open: what is open from before, which the factor does not judge; None for nothing.
        is_proportion: whether the value is a share of hits among what the basis counts.
        plugin: which plugin added the factor to those that are built in; empty for none. It is said
            where its name is not the factor's.
    """

    factor: str
    title: str
    measure: str
    state: str
    value: float
    unit: str
    cutoff: Cutoff
    criterion: Criterion | None = None
    basis: float | None = None
    basis_unit: str = ""
    rests_on: float | None = None
    rests_on_unit: str = ""
    could: float | None = None
    least_basis: float = LEAST_BASIS
    look: Look | None = None
    months: int = 0
    still_open: Sentence | None = None
    is_proportion: bool = False
    plugin: str = ""

    @property
    def met(self) -> bool:
        """Whether the criterion is met."""
        return self.state == State.MET.words

    @property
    def unknown(self) -> bool:
        """Whether that is unknown, of whichever sort."""
        return self.state not in (State.MET.words, State.NOT_MET.words)

    @property
    def probability(self) -> float:
        """How probable it is that the true share passes; NaN where nothing was counted."""
        if not self.is_proportion or self.basis is None:
            return math.nan
        found: float = probability_of_passing(self.value, self.basis, self.cutoff).item()
        return found

    @property
    def counted(self) -> Sentence:
        """How much there is, and how much it takes: 2 orders, 3 needed."""
        return sentence(COUNTED, count=self._count, least=Quantity(self.least_basis))

    @property
    def _count(self) -> Sentence:
        """On how many orders or invoices it rests, and how far back."""
        number = 0 if math.isnan(self.rests_on or 0) else self.rests_on or 0
        return self._looked(sentence("{count}", count=Quantity(number, self.rests_on_unit)))

    def _looked(self, found: Sentence) -> Sentence:
        if self.look is None:
            return found
        return sentence(BY_LOOK, found=found, look=self.look.parts[0])

    @property
    def found(self) -> Sentence:
        """What was found of the customer, in words, and in how long; never what does not count.

        A share or rate is of the period, and something older may still be open.
        """
        found = self._found
        if not (self.unknown or self.rests_on is None or self.look is not None or not self.months):
            found = sentence(BY_LOOK, found=found, look=Look(months=self.months).parts[0])
        return self._and_open(found)

    def _and_open(self, found: Sentence) -> Sentence:
        """Return what was found, with what is open from before behind it."""
        if self.still_open is None:
            return found
        return sentence(AND_OPEN, found=found, open=self.still_open)

    @property
    def _found(self) -> Sentence:
        """What was found, without the period."""
        if self.state == State.NOT_MEASURED.words:
            return Sentence(NOT_MEASURED)
        if self.state == State.TOO_LITTLE.words:
            return sentence(TOO_LITTLE, counted=self.counted)
        if math.isnan(self.value):
            return Sentence(UNKNOWN)
        if self.unknown:
            return sentence(SEEN_OF, counted=self.counted)
        value = self.cutoff.beside(self.value, self.unit)
        if self.rests_on is None:
            return sentence("{value}", value=value)
        if self.unit != "share":
            return self._looked(sentence("{value}", value=value))
        basis = Quantity(self.rests_on, self.rests_on_unit)
        return self._looked(sentence(OF if self.is_proportion else OVER, value=value, basis=basis))

    @property
    def in_brief(self) -> Sentence:
        """The factor and what was found, without threshold and period, the same for all."""
        title, chance = Sentence(self.title), self.probability
        if self._found == Sentence(UNKNOWN):
            return title
        if self.state == State.TOO_LITTLE.words:
            return sentence(IN_BRIEF, title=title, found=self._count)
        found = self._and_open(self._found)
        if self.unknown or math.isnan(chance):
            return sentence(IN_BRIEF, title=title, found=found)
        return sentence(CHANCE, title=title, found=found, chance=_likely(chance))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """How the customer stands on the factor, in one sentence."""
        found: tuple[Sentence, ...] = (self.found,)
        if not (self.unknown and math.isnan(self.cutoff.value)):
            found = (*found, self.cutoff.of(self.unit, self.value))
        sign = SIGNS.get(self.state, "?")
        state = sentence(STATE, sign=sign, title=Sentence(self.title), found=Listing(found))
        state = _added_by(state, self.plugin, self.factor)
        chance = self.probability
        if math.isnan(chance):
            return (state,)
        return (sentence(PROBABLY, state=state, probability=_likely(chance)),)


@frozen(kw_only=True, repr=False)
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
        range: the classes that they may be in, where more than one.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> why = reading.classes.why("a")
    >>> why.label, why.rule
    ('A', 'a_best_fitting')
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
    range: ClassRange | None = None

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
        absent = State.NOT_MEASURED.words
        lines = [line for each in self.factors if each.state != absent for line in each.parts]
        if nobody := [Sentence(each.title) for each in self.factors if each.state == absent]:
            lines.append(sentence(OF_NOBODY, factors=Listing(nobody)))
        if self.range is not None:
            lines.insert(0, sentence(PROVISIONAL, best=self.range.best))
        return (*given, _added_by(opening, self.plugin, self.rule), *indented(lines))

    @property
    def in_brief(self) -> tuple[Sentence, ...]:
        """The class and its reason; then the factors by state, each with what was found.

        Those that are met say in how long: something older may still be open.
        """
        opening, *_ = self.parts
        if self.label is None:
            opening = sentence(NO_CLASS, because=Sentence(self.because))
        if self.label is not None and self.override is None:
            opening = sentence(BECAUSE, label=self.label, because=Sentence(self.because))
        months = max((each.months for each in self.factors), default=0)
        sorts = {
            (ALL_MET if months else ALL_MET_EVER): [each for each in self.factors if each.met],
            NOT_MET: [each for each in self.factors if each.state == State.NOT_MET.words],
            NOT_KNOWN: [
                each
                for each in self.factors
                if each.unknown and each.state != State.NOT_MEASURED.words
            ],
        }
        return (
            opening,
            *(
                sentence(
                    message,
                    months=Quantity(months, "months"),
                    factors=Listing((each.in_brief for each in found), "; "),
                )
                for message, found in sorts.items()
                if found
            ),
        )
