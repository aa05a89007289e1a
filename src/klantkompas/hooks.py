"""What a plugin declares: the types of its declarations and the hooks that return them.

A plugin is a module or object with functions marked `hookimpl`. A hook takes no arguments and
returns declarations; it computes nothing. Every built-in measure, factor, rule and lens is declared
in this same way.

>>> class Plugin:
...     @hookimpl
...     def klantkompas_success_factors(self):
...         return [
...             SuccessFactor(
...                 name="buys_much", measure="revenue", criterion=AtLeast(1000), title="buys much"
...             )
...         ]
>>> Plugin().klantkompas_success_factors()[0].measure_name
'revenue'
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from numbers import Real
from types import ModuleType
from typing import Any, Protocol, TypeVar

import pluggy
from attrs import field, frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray, ObjectArray
from klantkompas._messages import mentions, read_words
from klantkompas.domain.benchmarks import Benchmark
from klantkompas.domain.criteria import AtLeast, Criterion
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import PluginError
from klantkompas.portfolio import Measures, Period, TallyCounts

__all__ = [
    "AtLeast",
    "Benchmark",
    "ClassificationRule",
    "Cue",
    "Lens",
    "Measure",
    "MeasuredValues",
    "ScorecardLike",
    "Signal",
    "SuccessFactor",
    "Tally",
    "Trait",
    "Unanswered",
    "declared_in",
    "hookimpl",
    "hookspec",
    "klantkompas_benchmarks",
    "klantkompas_classification_rules",
    "klantkompas_cues",
    "klantkompas_interaction_kinds",
    "klantkompas_lenses",
    "klantkompas_measures",
    "klantkompas_success_factors",
    "klantkompas_traits",
    "mentions",
    "read_words",
    "tag_word",
]

hookspec: pluggy.HookspecMarker = pluggy.HookspecMarker("klantkompas")
hookimpl: pluggy.HookimplMarker = pluggy.HookimplMarker("klantkompas")
"""Marks a plugin's functions."""

MeasuredValues = FloatArray | tuple[FloatArray, FloatArray]
"""A float for each customer, NaN where unknown; or those and how much lies behind each."""


class ScorecardLike(Protocol):
    """What a rule may ask of a score card; each array has a place per active customer."""

    @property
    def ids(self) -> ObjectArray:
        """The active customers' ids."""
        ...

    @property
    def factors(self) -> tuple[str, ...]:
        """The names of the success factors."""
        ...

    @property
    def met(self) -> BoolArray:
        """Whether each customer (row) meets each factor (column)."""
        ...

    @property
    def unknown(self) -> BoolArray:
        """Whether it is unknown for each customer (row) and factor (column)."""
        ...

    @property
    def count(self) -> Codes:
        """How many factors each customer meets."""
        ...

    @property
    def shortlisted(self) -> BoolArray:
        """Whether each customer is on the shortlist."""
        ...

    def __getitem__(self, measure: str) -> FloatArray:
        """Give a measure of the active customers."""
        ...


def _a_name(declaration: Any, attribute: Any, value: Any) -> None:
    if not (isinstance(value, str) and value.isidentifier()):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} needs a name that is an identifier, not {value!r}")


def _callable(declaration: Any, attribute: Any, value: Any) -> None:
    if not callable(value):
        kind = type(declaration).__name__
        raise PluginError(f"{kind} {declaration.name!r}: {attribute.name} must be a function")


@frozen(kw_only=True)
class Measure:
    """Something known of each customer as one number.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives a float for each customer, NaN where unknown; or
            those and their basis.
        unit: money, minutes, days, share, orders, ...
        describes: what it is, in a few words.
        basis: what the basis counts, such as orders or invoices; ``"money"`` for a sum of money.
        counts: whether the value is the share of hits among what the basis counts.
        reads: the tables, or columns as ``"orders.clear"``, that it needs: what to add when it is
            unknown for everyone.

    Raises:
        PluginError: the name is no identifier, or `of` no function.
    """

    name: str = field(validator=_a_name)
    of: Callable[[Period], MeasuredValues] = field(validator=_callable)
    unit: str
    describes: str
    basis: str = ""
    counts: bool = False
    reads: tuple[str, ...] = ()


@frozen(kw_only=True)
class Tally:
    """Something counted by keys, so that the counts of disjoint groups of customers add up.

    Args:
        name: an identifier.
        of: a function of a `Period` that gives the counts by key.
        keys: what the places of a key stand for.
        describes: what it counts, in a few words.

    Raises:
        PluginError: the name is no identifier, or `of` no function.
    """

    name: str = field(validator=_a_name)
    of: Callable[[Period], TallyCounts] = field(validator=_callable)
    keys: tuple[str, ...]
    describes: str


@frozen(kw_only=True)
class SuccessFactor:
    """A way in which a customer contributes to success: a measure with a criterion (S1 step 2).

    Args:
        name: an identifier.
        measure: a measure, or the name of one.
        criterion: `AtLeast`, `AtMost`, `TopShare` or `AtLeastOverall`.
        title: what the customer does, in a few words.
        least_basis: on how many orders or invoices a share or rate must rest to count (decided: 3).

    Raises:
        PluginError: the name is no identifier.

    >>> from klantkompas.domain.criteria import AtMost
    >>> SuccessFactor(
    ...     name="rarely_complains", measure="complaint_rate", criterion=AtMost(0.05), title="..."
    ... ).least_basis
    3
    """

    name: str = field(validator=_a_name)
    measure: str | Measure
    criterion: Criterion
    title: str
    least_basis: float = 3

    @property
    def measure_name(self) -> str:
        """The name of its measure."""
        return self.measure if isinstance(self.measure, str) else self.measure.name


@frozen(kw_only=True)
class ClassificationRule:
    """A rule that gives a class to the customers it holds for; the first that holds decides.

    It answers each row of the score card from that row alone.

    Args:
        name: an identifier.
        label: the class: A, B, C, D, or one of your own.
        when: a function of a score card that gives a bool for each of its customers.
        because: the reason, as the end of a sentence that begins with the class.
        priority: smaller goes first; the built-in rules stand at 100.
        version: changed when the rule comes to mean something else, so that reviews can tell.
        above: for a class of your own, the class that it stands just above.
        below: or the class that it stands just below.

    Raises:
        PluginError: the name is no identifier, `when` no function, or both places are given.

    >>> ClassificationRule(
    ...     name="star", label="Star", when=lambda card: card.count >= 5, because="x", above="A"
    ... ).priority
    0
    """

    name: str = field(validator=_a_name)
    label: str
    when: Callable[[ScorecardLike], BoolArray] = field(validator=_callable)
    because: str
    priority: float = 0
    version: str = "1"
    above: str | None = None
    below: str | None = field(default=None)

    @below.validator
    def _one_place(self, attribute: Any, value: str | None) -> None:
        if value is not None and self.above is not None:
            raise PluginError(f"ClassificationRule {self.name!r}: give above or below, not both")


def _a_push(cue: Any, attribute: Any, value: Any) -> None:
    if not (isinstance(value, Real) and -1 <= float(value) <= 1):
        raise PluginError(f"Cue {cue.name!r}: {attribute.name} is from -1 to 1, not {value!r}")


def _a_weight(cue: Any, attribute: Any, value: Any) -> None:
    if not (isinstance(value, Real) and 0 < float(value) < float("inf")):
        raise PluginError(f"Cue {cue.name!r}: weight is a number above 0, not {value!r}")


def _a_message(cue: Any, attribute: Any, value: Any) -> None:
    if value not in ("text", "channel"):
        raise PluginError(f"Cue {cue.name!r}: reads is 'text' or 'channel', not {value!r}")


@frozen(kw_only=True)
class Cue:
    """A sign in a customer's messages, or in the channel that it chose, of how it is (S3).

    For each cue ``"cue_" + name`` is a measure: in how many messages of the period it fired.

    Args:
        name: an identifier.
        fires: a function of texts that tells of each whether it fires, from that text alone; for
            words and phrases, see `mentions` and `read_words`.
        describes: what the customer does then, to follow the customer's name.
        extraversion: its push on this axis, from -1 (introvert) to 1 (extravert); 0 is none.
        rationality: its push on this axis, from -1 (emotional) to 1 (rational); 0 is none.
        weight: how much one firing weighs beside those of other cues.
        language: for words of one language, which, such as ``"nl"``.
        reads: ``"text"`` of contacts, or their ``"channel"``.

    Raises:
        PluginError: the name is no identifier, `fires` no function, a push is not from -1 to 1,
            the weight not above 0, or `reads` neither of the two.

    >>> cue = Cue(name="puns", fires=mentions("pun intended"), describes="makes puns")
    >>> cue.measure_name, cue.fires(["No pun intended.", "Where is it?"]).tolist()
    ('cue_puns', [True, False])
    """

    name: str = field(validator=_a_name)
    fires: Callable[[Sequence[str]], BoolArray] = field(validator=_callable)
    describes: str
    extraversion: float = field(default=0, validator=_a_push)
    rationality: float = field(default=0, validator=_a_push)
    weight: float = field(default=1, validator=_a_weight)
    language: str | None = None
    reads: str = field(default="text", validator=_a_message)

    @property
    def measure_name(self) -> str:
        """The name of the measure that counts its firings."""
        return f"cue_{self.name}"


@frozen(kw_only=True)
class Signal:
    """Something that shows a trait of a customer.

    Args:
        name: an identifier.
        fires: a function of `Measures` that gives 1, 0 or NaN (unknown) for each customer.
        says: what the customer does then, with places for measures such as ``{order_count:g}``.

    Raises:
        PluginError: the name is no identifier, or `fires` no function.

    >>> Signal(name="buys", fires=lambda measures: measures["active"], says="It buys.").name
    'buys'
    """

    name: str = field(validator=_a_name)
    fires: Callable[[Measures], FloatArray] = field(validator=_callable)
    says: str


@frozen(kw_only=True)
class Trait:
    """A way in which a customer is demanding, and the signals that show it (S4).

    For each trait ``"tagged_" + name`` is a measure: how many contacts of the period staff gave one
    of its tags.

    Args:
        name: an identifier; it is a tag as well.
        title: what the customer is, as a sentence.
        advice: what to do about it, as a sentence.
        signals: what shows it; any one does, and so does a tag.
        tags: other words that staff may write for it; capitals do not matter.
        about: of what the advice speaks, where a customer's own preferences go before it:
            ``"channel"``, ``"form_of_address"``, ``"language"``, ``"contact_every_days"``.

    Raises:
        PluginError: the name is no identifier.

    >>> trait = Trait(name="haggles", title="It haggles.", advice="...", tags=("pingelt",))
    >>> trait.measure_name, sorted(trait.tag_words)
    ('tagged_haggles', ['haggles', 'pingelt'])
    """

    name: str = field(validator=_a_name)
    title: str
    advice: str
    signals: tuple[Signal, ...] = ()
    tags: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def measure_name(self) -> str:
        """The name of the measure that counts its tags."""
        return f"tagged_{self.name}"

    @property
    def tag_words(self) -> frozenset[str]:
        """The words that staff may write for it, as `tag_word` makes them."""
        return frozenset(map(tag_word, (self.name, *self.tags)))


def tag_word(text: str) -> str:
    """Write a tag without regard to capitals, and to how its words are joined.

    >>> tag_word(" Top-Service "), tag_word("top_service")
    ('top service', 'top service')
    """
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


@frozen(kw_only=True)
class Lens:
    """A question that is answered from what is known of each customer.

    Args:
        name: an identifier; the result is ``reading[name]``.
        question: what it answers.
        look: a function of `Measures`, and of what it needs, that gives the result.
        needs: names of other lenses whose results it is given; or of what every reading has:
            ``"cues"``, ``"traits"``, ``"factors"``, ``"rules"``, ``"shortlist"`` and
            ``"overrides"``. Where one of these cannot tell, neither can this one.
        uses: names of lenses whose results it is given after those, `Unanswered` too.

    Raises:
        PluginError: the name is no identifier, or `look` no function.

    >>> Lens(name="size", question="How many?", look=lambda measures: len(measures)).needs
    ()
    """

    name: str = field(validator=_a_name)
    question: str
    look: Callable[..., Any] = field(validator=_callable)
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@frozen
class Unanswered:
    """What a lens gives when these tables cannot answer its question.

    Args:
        because: why not, and what would help.

    >>> print(Unanswered("nobody ordered in the period"))
    It cannot be told: nobody ordered in the period
    """

    because: str

    def __str__(self) -> str:
        """Say so."""
        return f"It cannot be told: {self.because}"


@hookspec
def klantkompas_measures() -> Sequence[Measure | Tally]:  # type: ignore[empty-body]
    """Declare measures and tallies."""


@hookspec
def klantkompas_success_factors() -> Sequence[SuccessFactor]:  # type: ignore[empty-body]
    """Declare success factors."""


@hookspec
def klantkompas_classification_rules() -> Sequence[ClassificationRule]:  # type: ignore[empty-body]
    """Declare classification rules."""


@hookspec
def klantkompas_cues() -> Sequence[Cue]:  # type: ignore[empty-body]
    """Declare cues."""


@hookspec
def klantkompas_traits() -> Sequence[Trait]:  # type: ignore[empty-body]
    """Declare traits of demanding customers."""


@hookspec
def klantkompas_lenses() -> Sequence[Lens]:  # type: ignore[empty-body]
    """Declare lenses."""


@hookspec
def klantkompas_interaction_kinds() -> Sequence[InteractionKind]:  # type: ignore[empty-body]
    """Declare kinds of interaction."""


@hookspec
def klantkompas_benchmarks() -> Sequence[Benchmark]:  # type: ignore[empty-body]
    """Declare Net Promoter Scores of others to compare with."""


DeclarationT = TypeVar("DeclarationT")


def declared_in(package: ModuleType, *types: type[DeclarationT]) -> tuple[DeclarationT, ...]:
    """Find the declarations in the modules of a package: a file for each addition.

    Args:
        package: a package whose modules hold declarations.
        types: the types of declaration to look for.

    Returns:
        The declarations, by module name and then as they stand.
    """
    found: dict[int, DeclarationT] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for value in vars(module).values():
            if isinstance(value, types):
                found[id(value)] = value
    return tuple(found.values())
