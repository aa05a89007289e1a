"""Advice: what to do for the customers of whom a lens says something."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from klantkompas.errors import PluginError, nearest
from klantkompas.hooks.checks import a_name

__all__ = ["SUBJECTS", "Advice"]

SUBJECTS = ("class", "colour", "trait", "attitude", "memory")
"""Of what lenses say there can be advice."""


def _a_subject(advice: Any, attribute: Any, value: Any) -> None:
    if value not in SUBJECTS:
        raise PluginError(f"Advice {advice.name!r}: about={value!r}. {nearest(value, SUBJECTS)}")


@frozen(kw_only=True)
class Advice:
    """What to do for the customers of whom a lens says something (S4).

    Advice for a segment gives way to what the customer itself prefers (S4, n=1).

    Args:
        name: an identifier.
        about: ``"class"``, ``"colour"``, ``"trait"``, ``"attitude"`` or ``"memory"``.
        of: which one, such as ``"A"``, ``"blue"``, ``"brazen"``, ``"middle shopper"`` or
            ``"surprise"``.
        text: what to do, as a sentence; marked for translation.
        gives_way_to: the customer's own preferences before which it gives way, beside a note:
            ``"channel"``, ``"form_of_address"``, ``"language"``, ``"contact_every_days"``.

    Raises:
        PluginError: the name is no identifier, or there is no such subject.

    >>> Advice(name="star", about="class", of="Star", text="Send flowers.").gives_way_to
    ()
    """

    name: str = field(validator=a_name)
    about: str = field(validator=_a_subject)
    of: str
    text: str
    gives_way_to: tuple[str, ...] = ()
