"""What a profile card says, put in order: first what matters first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from klantkompas._texts import mark
from klantkompas.domain.advice import COLOUR_ADVICE, unless_wished
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.explanation import Sentence, sentence
from klantkompas.domain.preferences import Preferences
from klantkompas.hooks import Trait, Unanswered
from klantkompas.lenses.demands import ESCALATES
from klantkompas.lenses.memory import SURPRISE

__all__ = ["class_advice", "first_of", "rest_of"]

SEEMS = mark("It seems {colour}: a hypothesis, to check with the customer.")
OWED = mark("For {label} customers: {service}")
WISHED_SURPRISE = mark("Surprise it, in a way that fits its own wishes.")
OFTEN = {("middle", "shopper"), ("middle", "high attention")}
"""The attitudes whose advice is about how much attention to give."""


def _answers(results: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: each for name, each in results.items() if not isinstance(each, Unanswered)}


def _advice(trait: Trait, wishes: Preferences) -> tuple[Sentence, ...]:
    return unless_wished(trait.advice, wishes, *trait.about)


def class_advice(label: str | None) -> tuple[Sentence, ...]:
    """Say what customers of a class are owed; nothing for a class of one's own."""
    found = [each for each in CLASSES if each.label == label]
    return tuple(sentence(OWED, label=e.label, service=Sentence(e.service)) for e in found)


def first_of(
    results: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> tuple[Sentence, ...]:
    """Say what cannot wait: that a customer is about to escalate, and open steps of recovery.

    Args:
        results: each lens's result, by name.
        customer: the customer's id.
        place: its place.
        wishes: its own preferences, as far as they still hold.

    Returns:
        Sentences; often none.
    """
    lenses, told = _answers(results), list[Sentence]()
    demands, attitudes = lenses.get("demands"), lenses.get("attitudes")
    if demands is not None and demands.escalating[place]:
        told.append(demands.why(customer).told[0])
        told += [
            advice
            for trait in demands.traits_of(customer)
            if trait.name == ESCALATES
            for advice in _advice(trait, wishes)
        ]
    if attitudes is not None:
        recovery = attitudes.recovery_of(customer)
        steps = () if recovery is None else recovery.steps
        told += [step.sentence for step in steps if step.state == "open"]
    return tuple(told)


def rest_of(
    results: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> tuple[Sentence, ...]:
    """Say what the other lenses know: colour, traits, attitude, memory, loyalty, with advice.

    Args:
        results: each lens's result, by name.
        customer: the customer's id.
        place: its place.
        wishes: its own preferences, as far as they still hold; advice gives way to them.

    Returns:
        Sentences; nothing of a lens that cannot tell.
    """
    lenses = _answers(results)
    parts = (_colour, _traits, _attitude, _memory, _loyalty)
    return tuple(each for part in parts for each in part(lenses, customer, place, wishes))


def _colour(
    lenses: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> Iterable[Sentence]:
    colour = lenses["colours"].label(customer) if "colours" in lenses else None
    if colour is not None:
        yield sentence(SEEMS, colour=Sentence(colour))
        yield from unless_wished(COLOUR_ADVICE[colour], wishes)


def _traits(
    lenses: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> Iterable[Sentence]:
    if "demands" in lenses:
        demands = lenses["demands"]
        for trait in demands.traits_of(customer):
            yield from demands.evidence(trait, place)
            if not (trait.name == ESCALATES and demands.escalating[place]):
                yield from _advice(trait, wishes)


def _attitude(
    lenses: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> Iterable[Sentence]:
    if "attitudes" in lenses:
        attitudes = lenses["attitudes"]
        stands = (attitudes.group[place], attitudes.kind[place])
        if stands[0] and not (stands in OFTEN and wishes.speak_of("contact_every_days")):
            yield attitudes.why(customer).told[0]


def _memory(
    lenses: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> Iterable[Sentence]:
    memory = lenses.get("memory")
    if memory is None or (memory.of(customer) is None and not memory.surprises[place]):
        return
    asks_otherwise = wishes.speak_of("channel", "contact_every_days", "note")
    for each in memory.why(customer).told:
        if each.message == SURPRISE and asks_otherwise:
            yield Sentence(WISHED_SURPRISE)
        else:
            yield each


def _loyalty(
    lenses: Mapping[str, Any], customer: str, place: int, wishes: Preferences
) -> Iterable[Sentence]:
    if "loyalty" in lenses and lenses["loyalty"].labels[place] is not None:
        yield lenses["loyalty"].why(customer).told[0]
