"""Advice: what to do for the customers of whom a lens says something."""

from __future__ import annotations

from attrs import Attribute, field, frozen

from klantkompas._nearest import nearest
from klantkompas.domain.colours import Colour
from klantkompas.domain.preferences import SUBJECTS as PREFERENCES
from klantkompas.domain.preferences import Preferences
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import ValueT, as_tuple
from klantkompas.hooks.declaration import Declaration
from klantkompas.wording.sentence import Sentence

__all__ = ["SUBJECTS", "Advice"]

SUBJECTS: dict[str, tuple[str, ...]] = {
    "class": (),
    "colour": (*Colour,),
    "trait": (),
    "attitude": (
        "negative hostile",
        "negative disappointed",
        "positive",
        "middle one-off",
        "middle high attention",
        "middle shopper",
        "middle undecided",
    ),
    "memory": ("surprise",),
    "payment": ("long unpaid", "past due"),
    "ordering": ("slipping away", "by season"),
}
"""Of what there can be advice, and what a lens may say of it; of classes and traits any name."""
ATTENTION = ("", "more", "less")
"""Whether advice asks for attention to a customer, for less of it, or says nothing of that."""


def _a_subject(advice: Advice, attribute: Attribute[ValueT], value: ValueT) -> None:
    if value not in SUBJECTS:
        raise PluginError(
            f"Advice {advice.name!r}: about={value!r}. {nearest(str(value), SUBJECTS)}"
        )


def _said_of_it(advice: Advice, attribute: Attribute[ValueT], value: ValueT) -> None:
    known = SUBJECTS[advice.about]
    if known and value not in known:
        raise PluginError(f"Advice {advice.name!r}: of={value!r}. {nearest(str(value), known)}")


def _wishes(advice: Advice, attribute: object, value: tuple[str, ...]) -> None:
    for each in value:
        if each not in PREFERENCES:
            raise PluginError(
                f"Advice {advice.name!r}: replaced_by={each!r}. {nearest(str(each), PREFERENCES)}"
            )


def _a_direction(advice: Advice, attribute: Attribute[ValueT], value: ValueT) -> None:
    if value not in ATTENTION:
        raise PluginError(
            f"Advice {advice.name!r}: attention={value!r}. {nearest(str(value), ATTENTION)}"
        )


def _whole(advice: Advice, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not isinstance(value, str) or "{" in value or "}" in value:
        raise PluginError(
            f"Advice {advice.name!r}: {attribute.name} is a sentence without places to fill in, "
            f"not {value!r}"
        )


@frozen(kw_only=True)
class Advice(Declaration):
    """What to do for the customers of whom a lens says something (S4).

    Advice for a segment is replaced by what the customer prefers (S4, n=1).

    Args:
        name: an identifier.
        about: ``"class"``, ``"colour"``, ``"trait"``, ``"attitude"``, ``"memory"``, ``"payment"``
            or ``"ordering"``.
        of: which class, colour, trait, attitude or other of that subject, such as ``"A"``,
            ``"blue"``, ``"brazen"``, ``"middle shopper"``, ``"surprise"`` or ``"long unpaid"``.
        text: what to do, as a sentence.
        replaced_by: the preferences of the customer that replace it: by default a ``"note"``, which
            speaks of all; ``"channel"``, ``"form_of_address"``, ``"language"`` or
            ``"contact_every_days"``, where the advice speaks of the same thing.
        instead: what to say in its place where it is replaced; by default nothing.
        attention: ``"more"`` where it asks for attention to the customer, ``"less"`` where it
            advises against that, by default neither. What asks for less is left out for a customer
            of whom any advice asks for more, so that no card advises both (decided).
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, there is no such subject or preference, or the
            text has places to fill in.

    >>> short = Advice(name="short", about="colour", of="blue", text="Be short.")
    >>> [said.message for said in short.to(Preferences())]
    ['Be short.']
    """

    about: str = field(validator=_a_subject)
    of: str = field(validator=_said_of_it)
    text: str = field(validator=_whole)
    replaced_by: tuple[str, ...] = field(default=("note",), converter=as_tuple, validator=_wishes)
    instead: str = field(default="", validator=_whole)
    attention: str = field(default="", validator=_a_direction)

    def to(self, preferences: Preferences) -> tuple[Sentence, ...]:
        """Return the advice for one customer, unless their own preferences replace it.

        Args:
            preferences: the customer's preferences.

        Returns:
            The advice as one sentence, or what is said instead; an empty tuple where it is replaced
            by nothing.
        """
        text = self.instead if preferences.speak_of(*self.replaced_by) else self.text
        return (Sentence(text),) if text else ()
