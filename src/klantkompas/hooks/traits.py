"""Traits of demanding customers, and the signals that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import field, frozen

from klantkompas._arrays import FloatArray
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import (
    HasName,
    as_tuple,
    identifier,
    is_callable,
    nonempty_text,
    strings,
    whole_text,
)
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.decorating import of_function
from klantkompas.portfolio import Measures

__all__ = ["Signal", "Trait", "signal", "tag_word"]


@frozen(kw_only=True)
class Signal:
    """A sign that a customer has a trait, read from their measures.

    Args:
        name: an identifier.
        fires: a function of `Measures` that returns an array with 1, 0 or NaN (unknown) for each
            customer, in id order.
        says: what the customer did when it fires, as a sentence with places for measures such as
            ``{order_count}``; ``{day_of_x}`` is the day that lies the measure ``days_since_x``
            before the reference date, and ``{days_of_cue_x}`` are the latest days on which the cue
            ``x`` fired.

    Raises:
        PluginError: the name is not an identifier, `fires` no function, or `says` no text.

    >>> Signal(name="buys", fires=lambda measures: measures["active"], says="It buys.").name
    'buys'
    """

    name: str = field(validator=identifier)
    fires: Callable[[Measures], FloatArray] = field(validator=is_callable)
    says: str = field(validator=nonempty_text)


def _signals(given: Signal | Iterable[Signal]) -> tuple[Signal, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


def _each_a_signal(trait: HasName, attribute: object, value: tuple[object, ...]) -> None:
    for each in value:
        if not isinstance(each, Signal):
            raise PluginError(
                f"Trait {trait.name!r}: signals are made with Signal(...), not {each!r}"
            )


@frozen(kw_only=True)
class Trait(Declaration):
    """A way in which a customer is demanding, and the signals that show it (S4).

    For each trait ``"tagged_" + name`` is a measure: how many contacts of the period staff gave one
    of its tags.

    Args:
        name: an identifier; it is a tag as well.
        title: what the customer is, as a sentence.
        signals: the signals of the trait: one of them, or a tag, is enough to show it.
        tags: other words that staff may write for it; capitals do not matter.
        escalates: True where a customer with this trait is about to escalate when something goes
            wrong.
        hostile: True where a customer with this trait whose attitude is negative is hostile rather
            than disappointed.
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is not an identifier, the title or a tag not a string, or a signal not
            a `Signal`; or it has neither signals nor tags.

    >>> trait = Trait(name="haggles", title="It haggles.", tags=("pingelt",))
    >>> trait.measure_name, sorted(trait.tag_words)
    ('tagged_haggles', ['haggles', 'pingelt'])
    """

    title: str = field(validator=whole_text)
    signals: tuple[Signal, ...] = field(default=(), converter=_signals, validator=_each_a_signal)
    tags: tuple[str, ...] = field(default=(), converter=as_tuple, validator=strings)
    escalates: bool = False
    hostile: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a trait that nothing shows."""
        if not (self.signals or self.tags):
            raise PluginError(
                f"Trait {self.name!r}: nothing shows it: give signals=, or tags= that staff write"
            )

    @property
    def measure_name(self) -> str:
        """The name of the measure that counts the contacts with one of the tags."""
        return f"tagged_{self.name}"

    @property
    def tag_words(self) -> frozenset[str]:
        """The tags by which staff may record the trait, normalised by `tag_word`."""
        return frozenset(map(tag_word, (self.name, *self.tags)))


def tag_word(text: str) -> str:
    """Return a tag in lower case, with a space for each hyphen, underscore or run of spaces.

    Args:
        text: the tag.

    >>> tag_word(" Top-Service "), tag_word("top_service")
    ('top service', 'top service')
    """
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def signal(*, says: str, name: str | None = None) -> Callable[[Callable[..., FloatArray]], Signal]:
    """Make a signal of a function of `Measures`, for the ``signals=`` of a `Trait`.

    Args:
        says: what the customer does when the signal fires, as a sentence with places for measures,
            such as ``{order_count}``.
        name: an identifier; the function's name unless given.

    Returns:
        A decorator that makes a `Signal` of the function.

    Raises:
        PluginError: the decorator is not above a function.

    >>> @signal(says="They bought.")
    ... def buys(measures):
    ...     return measures["active"]
    >>> buys.name
    'buys'
    """

    def declare(function: Callable[..., FloatArray]) -> Signal:
        fires, called = of_function(function, "signal", "fires")
        return Signal(name=name or called, fires=fires, says=says)

    return declare
