"""Who is demanding, in which of four ways, and who is about to escalate?

Idea: a customer may be used to top service, seek attention, be brazen or be enraged: any number at
once. What shows it is listed: tags of staff, cues in their messages, measures. A customer used to
top service for whom something went wrong is about to escalate, and comes first. What share of
customers is demanding is a result, so no threshold fixes it. Source: S4; the signals in
`klantkompas.traits`.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Contact
>>> from klantkompas.portfolio import Portfolio
>>> contact = Contact(
...     customer="17",
...     on=date(2026, 6, 1),
...     text="I want to speak to your manager.",
...     rating=2,
...     tags=("brutaal",),
... )
>>> demands = Compass(installed=False).read(Portfolio.from_records([contact]))["demands"]
>>> demands.about_to_escalate
('17',)
>>> print(demands.why("17"))
This may escalate: one thing went wrong in the last 90 days: contacts rated 3 or lower: 1 (on 1 \
June 2026).
Staff gave 1 contact a tag for this: They wrote demands, or paid invoices late.
They asked for the management, or placed large orders at a good margin.
  They asked for the management, in 1 message, on 1 June 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, BoolArray, FloatArray, Lazy, freeze
from klantkompas._nearest import nearest
from klantkompas.drawing import CountsDisplay, Pictured
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Trait, Unanswered, describe, lens, plugin_failure
from klantkompas.measures.wrong_in_words import times_went_wrong, went_wrong_of
from klantkompas.portfolio import Measures
from klantkompas.portfolio.quantities import measured
from klantkompas.results import CustomerResult, per_customer
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)

__all__ = ["Demands", "demands", "shown_by"]

ABOUT_TO_ESCALATE = mark(
    "This is about to escalate: {times} things went wrong in the last 90 days: {what}."
)
MAY_ESCALATE = mark("This may escalate: one thing went wrong in the last 90 days: {what}.")
FIRM = 2
"""From how many things on that went wrong it is said to be about to escalate (decided)."""
TAGGED = mark("Staff gave {count} a tag for it.")
TAGGED_ONLY = mark("Staff gave {count} a tag for this: {title}")
ESCALATING = mark("About to escalate: {number}")
WHO = mark("About to escalate: {number} ({customers})")
FIRST = mark("About to escalate: {number} ({customers} and others)")
DEMANDING = mark("Who asks more than others: {demanding} of {customers}")
OPENING = 1
"""With how many sentences a warning opens, before the signals."""
NAMED = 5
"""How many customers that are about to escalate are printed."""
NO_TRAIT = mark("Nothing shows that they ask more than others.")
UNKNOWN = mark("Whether they ask more than others is unknown.")
NOTHING_KNOWN = mark(
    "no tags, messages, orders, invoices or contacts tell who asks more than others"
)


def shown_by(signals: FloatArray) -> FloatArray:
    """Return for each customer whether any signal shows a trait.

    Args:
        signals: for each customer (row) and signal (column) 1, 0 or NaN for unknown.

    Returns:
        A float for each customer, 1 where a signal is 1, NaN where all are NaN, otherwise 0.

    >>> shown_by(np.array([[1, np.nan], [0, np.nan], [np.nan, np.nan]]))
    array([ 1.,  0., nan])
    """
    return freeze(np.fmax.reduce(signals, axis=1))


@frozen(eq=False, repr=False, kw_only=True)
class Demands(Pictured, CustomerResult):
    """Which traits of demanding customers show; arrays with a value for each customer.

    Args:
        measures: what is known of each customer.
        traits: the traits.
        signals: by name of the trait, an array with a row for each customer: whether staff tagged
            them so (first column) and whether each signal fires (the other columns): 1, 0, or NaN
            for unknown. The rows of customers who object to profiling are NaN.
        went_wrong: how often something went wrong for each customer in the last 90 days; NaN where
            unknown.
    """

    measures: Measures
    traits: tuple[Trait, ...]
    signals: Mapping[str, FloatArray] = per_customer()
    went_wrong: FloatArray = per_customer()

    @cached_property
    def _shown(self) -> Mapping[str, FloatArray]:
        return {name: shown_by(each) for name, each in self.signals.items()}

    def shows(self, trait: str) -> FloatArray:
        """Return whether each customer shows a trait: 1 or 0, NaN where unknown.

        Args:
            trait: the name of the trait, such as ``"brazen"``.

        Raises:
            ArgumentError: there is no such trait.
        """
        if trait not in self.signals:
            raise ArgumentError(f"no trait is called {trait!r}. {nearest(trait, self.signals)}")
        return self._shown[trait]

    @property
    def enraged(self) -> FloatArray:
        """Whether each customer shows a hostile trait: 1 or 0, NaN where unknown.

        Which traits are hostile, each says by `Trait.hostile`.
        """
        return self._any_of(trait for trait in self.traits if trait.hostile)

    def _any_of(self, traits: Iterable[Trait]) -> FloatArray:
        nothing = np.full(len(self.measures), np.nan)
        shown = [self._shown[trait.name] for trait in traits]
        return shown_by(np.array([nothing, *shown]).T)

    def traits_of(self, customer_id: str | int) -> tuple[Trait, ...]:
        """Return the traits that one customer shows; none of a customer who objects to profiling.

        Raises:
            ArgumentError: there is no such customer.
        """
        return self._traits_at(self.position(customer_id))

    def _traits_at(self, position: int) -> tuple[Trait, ...]:
        return tuple(trait for trait in self.traits if self._shown[trait.name][position] == 1)

    @cached_property
    def escalating(self) -> BoolArray:
        """True for each customer who shows an escalating trait while something went wrong.

        Something went wrong: at least once in the last 90 days.
        """
        shows = self._any_of(trait for trait in self.traits if trait.escalates)
        escalating: BoolArray = (shows == 1) & (self.went_wrong > 0)
        return escalating

    @cached_property
    def about_to_escalate(self) -> tuple[str, ...]:
        """The ids of the customers about to escalate: most went wrong first, then by id."""
        positions = np.flatnonzero(self.escalating)
        return tuple(
            self.measures.ids[positions[np.argsort(-self.went_wrong[positions], kind="stable")]]
        )

    def counts(self) -> dict[str, int]:
        """Return how many customers show each trait, by its name."""
        return {name: int((each == 1).sum()) for name, each in self._shown.items()}

    def named_counts(self) -> list[tuple[Sentence, int]]:
        """Return how many customers have each trait, with its name."""
        return [(Sentence(each.title), self.counts()[each.name]) for each in self.traits]

    def display(self) -> CountsDisplay:
        """Return the picture: how many customers have each trait."""
        return CountsDisplay.from_result(self)

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return whether a customer is about to escalate, which traits they show, and the evidence.

        Args:
            position: the position of the customer in `ids`.
        """
        parts = [*self.warning(position)[:OPENING]]
        for trait in self._traits_at(position):
            parts += self.evidence(trait, position)
        if not parts:
            unknown = all(np.isnan(each[position]) for each in self._shown.values())
            parts.append(Sentence(UNKNOWN if unknown else NO_TRAIT))
        return parts

    def warning(self, position: int) -> tuple[Sentence, ...]:
        """Return that one customer is about to escalate, what went wrong, and by which signals.

        Empty where they are not.

        Args:
            position: the position of the customer in `ids`.
        """
        if not self.escalating[position]:
            return ()
        escalates = sentence(
            ABOUT_TO_ESCALATE if self.is_firm(position) else MAY_ESCALATE,
            times=Quantity(float(self.went_wrong[position])),
            what=self.what_went_wrong(position),
        )
        traits = [each for each in self.traits if each.escalates]
        return (escalates, *self.shown_by_any(position, traits))

    def is_firm(self, position: int) -> bool:
        """Return whether more than one thing went wrong for a customer about to escalate.

        Args:
            position: the position of the customer in `ids`.
        """
        return bool(self.went_wrong[position] >= FIRM)

    def what_went_wrong(self, position: int) -> Listing:
        """Return what went wrong for one customer in the last 90 days.

        Args:
            position: the position of the customer in `ids`.
        """
        return Listing(went_wrong_of(self.measures, "lately", position), "; ")

    def evidence(self, trait: Trait, position: int) -> tuple[Sentence, ...]:
        """Return that one customer shows a trait, and the tags and signals that show it.

        Where nothing shows it but a tag, it is said as what staff found, and not as what happened.

        Args:
            trait: the trait.
            position: the position of the customer in `ids`.
        """
        shown = self._shown_by(trait, position)
        if not shown:
            return (
                sentence(
                    TAGGED_ONLY, count=self._tags(trait, position), title=Sentence(trait.title)
                ),
            )
        if self.signals[trait.name][position, 0] == 1:
            shown = (sentence(TAGGED, count=self._tags(trait, position)), *shown)
        return (Sentence(trait.title), *indented(shown))

    def rage_of(self, position: int) -> tuple[Sentence, ...]:
        """Return what shows the hostile traits of one customer, without their titles.

        Args:
            position: the position of the customer in `ids`.
        """
        return self.shown_by_any(position, [each for each in self.traits if each.hostile])

    def shown_by_any(self, position: int, traits: Sequence[Trait]) -> tuple[Sentence, ...]:
        """Return what shows any of some traits of one customer, without their titles.

        Args:
            position: the position of the customer in `ids`.
            traits: the traits.
        """
        found = list[Sentence]()
        for trait in self._traits_at(position):
            if trait in traits:
                found += self._shown_by(trait, position) or self.evidence(trait, position)
        return tuple(found)

    def _tags(self, trait: Trait, position: int) -> Quantity:
        return Quantity(float(self.measures[trait.measure_name][position]), "contacts")

    def _shown_by(self, trait: Trait, position: int) -> tuple[Sentence, ...]:
        """Return what the signals say by which one customer shows a trait."""
        fired = self.signals[trait.name][position, 1:] == 1
        return tuple(
            measured(each.says, self.measures, position)
            for each, fires in zip(trait.signals, fired.tolist(), strict=True)
            if fires
        )

    def row_columns(self) -> dict[str, AnyArray]:
        """Return for each customer which traits they show, and how often something went wrong."""
        return {
            "about_to_escalate": self.escalating,
            **self._shown,
            "went_wrong_lately": self.went_wrong,
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: who is about to escalate, how many show each trait."""
        listed = self.about_to_escalate
        message = FIRST if len(listed) > NAMED else WHO if listed else ESCALATING
        customers = Listing(map(CustomerName, listed[:NAMED]))
        demanding = (np.array([*self._shown.values()]) == 1).any(axis=0).sum()
        counts = self.counts()
        return (
            sentence(message, number=len(listed), customers=customers),
            sentence(
                DEMANDING,
                demanding=int(demanding),
                customers=Quantity(len(self.shown), "customers"),
            ),
            *indented(
                sentence(
                    "{number}: {title}", number=counts[trait.name], title=Sentence(trait.title)
                )
                for trait in self.traits
            ),
        )


def _fired(trait: Trait, measures: Measures) -> FloatArray:
    tagged = measures[trait.measure_name]
    columns = [np.where(np.isnan(tagged), np.nan, tagged > 0)]
    for signal in trait.signals:
        what = f"the signal {signal.name!r} of {describe(trait)}"
        try:
            found = np.asarray(signal.fires(measures), dtype=np.float64)
        except PLUGIN_EXCEPTIONS as cause:
            raise plugin_failure(what, cause) from cause
        fits = (found == 0) | (found == 1) | np.isnan(found)
        if found.shape != (len(measures),) or not fits.all():
            raise PluginError(
                f"{what} must give 1, 0 or NaN for each of the {len(measures)} customers; it gave "
                f"an array of shape {found.shape}"
            )
        columns.append(found)
    return freeze(np.array(columns).T)


@lens(question="Who asks more than others, in which way, and what is about to escalate?")
def demands(measures: Measures, traits: Sequence[Trait]) -> Demands | Unanswered:
    """Return which customers are demanding, and in what way.

    Args:
        measures: what is known of each customer.
        traits: the traits; customers who object to profiling count in their cut-offs only.

    Returns:
        The traits that each customer shows, with the signals that fired; `Unanswered` where no
        tags, messages, orders, invoices or contacts tell.

    Raises:
        PluginError: a signal does not give 1, 0 or NaN for each customer.
    """
    signals = {trait.name: _fired(trait, measures) for trait in traits}
    shown = ~measures.opted_out
    if all(np.isnan(each[shown]).all() for each in signals.values()):
        return Unanswered(NOTHING_KNOWN)
    return Demands(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.opted_out,
        measures=measures,
        traits=tuple(traits),
        signals=signals,
        went_wrong=times_went_wrong(measures, "lately"),
    )
