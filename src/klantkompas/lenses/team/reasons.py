"""Why customers fit, as colleagues say it; and which success factor measures each reason.

>>> given = [Nomination(customer="17", by="Anna", reason="Betaalt altijd op tijd")]
>>> covers = {"betaalt altijd op tijd": "pays_on_time"}
>>> factors_by_reason(given, covers, {"pays_on_time": "pays on time"})["betaalt altijd op tijd"]
'pays_on_time'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas.domain.nominations import Nomination
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Beside", "ReasonGiven", "beside", "count_reasons", "factors_by_reason", "plain_reason"]

MEASURED = mark(
    "{reason}: {customers}, measured by {factor}: so of {agrees}, otherwise of {disagrees}, "
    "unknown of {unknown}"
)
NOT_MEASURED = mark("{reason}: {customers}, not measured yet")


class Beside(StrEnum):
    """What was measured of a customer, beside a reason that colleagues gave for them."""

    AGREES = mark("measured so")
    DISAGREES = mark("measured otherwise")
    UNKNOWN = mark("unknown of them")
    NOT_MEASURED = mark("not measured")


def beside(factor: str | None, met: Mapping[str, bool]) -> Beside:
    """Return how a reason stands beside what was measured of a customer.

    Args:
        factor: the name of the factor that covers the reason; None where none does.
        met: by factor, whether the customer meets it; without those for which that is unknown.

    >>> beside("pays_on_time", {"pays_on_time": False}).value
    'measured otherwise'
    """
    if factor is None:
        return Beside.NOT_MEASURED
    if factor not in met:
        return Beside.UNKNOWN
    return Beside.AGREES if met[factor] else Beside.DISAGREES


def plain_reason(text: str | None) -> str:
    """Return a reason as it is compared: trimmed, and without capitals."""
    return " ".join((text or "").split()).lower()


@frozen(kw_only=True)
class ReasonGiven(Text):
    """A reason why customers fit, as colleagues gave it.

    Args:
        reason: the reason, trimmed and in lower case.
        customers: for how many customers somebody gave it.
        factor: the success factor that covers it; None where nobody measures it yet.
        title: what that factor says of a customer.
        agrees: of how many of those customers it was measured so.
        disagrees: of how many it was measured otherwise; of the others it is unknown.
    """

    reason: str
    customers: int
    factor: str | None = None
    title: str = ""
    agrees: int = 0
    disagrees: int = 0

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says for how many customers it was given, and what measures it."""
        customers = Quantity(self.customers, "customers")
        if self.factor is None:
            return (sentence(NOT_MEASURED, reason=self.reason, customers=customers),)
        return (
            sentence(
                MEASURED,
                reason=self.reason,
                customers=customers,
                factor=Sentence(self.title),
                agrees=self.agrees,
                disagrees=self.disagrees,
                unknown=self.customers - self.agrees - self.disagrees,
            ),
        )


def factors_by_reason(
    given: Iterable[Nomination], covers: Mapping[str, str], factors: Mapping[str, str]
) -> dict[str, str]:
    """Return the factor that covers each reason, after checking that reasons and factors exist.

    Args:
        given: the nominations.
        covers: by reason, the name of the factor that covers it.
        factors: the success factors' titles, by name.

    Returns:
        The factors' names, by reason in lower case; each title and name of a factor among them.

    Raises:
        ArgumentError: nobody gave one of the reasons, or a factor does not exist.
    """
    known = {plain_reason(each.reason) for each in given} - {""}
    for reason, factor in covers.items():
        if plain_reason(reason) not in known:
            raise ArgumentError(
                f"nobody gave the reason {shown(reason)}",
                remedy=nearest(plain_reason(reason), known),
            )
        if factor not in factors:
            raise ArgumentError(
                f"no success factor is called {shown(factor)}", remedy=nearest(factor, factors)
            )
    own = {plain_reason(words): name for name, title in factors.items() for words in (name, title)}
    return own | {plain_reason(reason): factor for reason, factor in covers.items()}


def count_reasons(
    given: Sequence[Mapping[str, Beside]], covers: Mapping[str, str], factors: Mapping[str, str]
) -> tuple[ReasonGiven, ...]:
    """Return for how many customers each reason was given, and the factor that covers it.

    Args:
        given: for each customer who was named, what was measured beside each reason.
        covers: by reason, the name of the factor that covers it.
        factors: the success factors' titles, by name.

    Returns:
        The reasons; those given for most customers come first, then alphabetically.
    """
    counts = Counter(reason for reasons in given for reason in reasons)
    found = Counter(each for reasons in given for each in reasons.items())
    return tuple(
        ReasonGiven(
            reason=reason,
            customers=count,
            factor=covers.get(reason),
            title=factors.get(covers.get(reason, ""), ""),
            agrees=found[reason, Beside.AGREES],
            disagrees=found[reason, Beside.DISAGREES],
        )
        for reason, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )
