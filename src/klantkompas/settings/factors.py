"""Success factors as settings say them: other thresholds, and factors of one's own.

>>> from klantkompas.settings.written import Written
>>> data = {"pays_on_time": {"at_least": 0.9}}
>>> known = [SuccessFactor(
...     name="pays_on_time", measure="on_time_share", criterion=AtLeast(0.95), title="pays on time"
... )]
>>> factors_of(At(Written())["factors"], data, known, ["on_time_share"])[0].criterion
AtLeast(value=0.9)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypedDict

from attrs import evolve, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Criterion, TopShare
from klantkompas.hooks import SuccessFactor, hookimpl
from klantkompas.settings.writing import toml_shown
from klantkompas.settings.written import At, line

__all__ = ["CRITERIA", "SettingsPlugin", "criterion_of", "factors_of"]

CRITERIA: Mapping[str, Callable[[Any], Criterion]] = {
    "at_least": AtLeast,
    "at_most": AtMost,
    "top_share": TopShare,
    "at_least_overall": lambda _: AtLeastOverall(),
}
"""The criteria by their keys."""
EXAMPLES = {
    "at_least": "at_least = 0.9",
    "at_most": "at_most = 0.05",
    "top_share": "top_share = 0.2",
    "at_least_overall": "at_least_overall = true",
}
KEYS = (*CRITERIA, "measure", "title", "least_basis")
WRITE = f"Write one of {', '.join(EXAMPLES.values())}"


class _Changes(TypedDict, total=False):
    criterion: Criterion
    measure: str
    title: str
    least_basis: float


@frozen
class SettingsPlugin:
    """A plugin that declares the factors of settings."""

    factors: tuple[SuccessFactor, ...]

    @property
    def __name__(self) -> str:
        """How it is known."""
        return "settings"

    @hookimpl
    def klantkompas_success_factors(self) -> Sequence[SuccessFactor]:
        """Return the factors."""
        return self.factors


def criterion_of(criterion: Criterion) -> tuple[str, object]:
    """Return a criterion as its key and value.

    >>> criterion_of(TopShare(0.2)), criterion_of(AtLeastOverall())
    (('top_share', 0.2), ('at_least_overall', True))
    """
    keys = {AtLeast: "at_least", AtMost: "at_most", TopShare: "top_share"}
    key = keys.get(type(criterion), "at_least_overall")
    value = getattr(criterion, "value", getattr(criterion, "share", True))
    return key, value


def factors_of(
    at: At, given: Mapping[str, object], known: Iterable[SuccessFactor], measures: Sequence[str]
) -> tuple[SuccessFactor, ...]:
    """Return the factors that settings change or add.

    Args:
        at: the table of factors.
        given: by factor, what is said of it.
        known: the factors that there are without the settings.
        measures: the names of the measures.

    Raises:
        SettingsError: what is said has no meaning.
    """
    by_name = {each.name: each for each in known}
    return tuple(
        _factor(at[name], each, by_name.get(name), [*by_name], measures)
        for name, each in given.items()
    )


def _factor(
    at: At,
    said: object,
    known: SuccessFactor | None,
    names: Sequence[str],
    measures: Sequence[str],
) -> SuccessFactor:
    if not isinstance(said, Mapping) or not said:
        raise at.error(
            told(
                "{setting} is {value}, which says nothing of a success factor",
                setting=at.name,
                value=toml_shown(said),
            ),
            told(
                "Write {line} behind the equals sign, or {other} below {table}",
                line=f"{{ {EXAMPLES['at_least']} }}",
                other=EXAMPLES["at_least"],
                table=f"[{at.name}]",
            ),
        )
    for key in said:
        if key not in KEYS:
            raise at[key].error(
                told("{setting} has no key {key}", setting=at.name, key=shown(key)),
                nearest(key, KEYS),
            )
    if known is not None and known.plugin is not None and known.plugin.origin == "given":
        raise at.error(
            told(
                "the success factor {name} is of the plugin {plugin}, which is given",
                name=repr(known.name),
                plugin=known.plugin,
            ),
            told(
                "Change it in the plugin {plugin}, or give one of your own another name",
                plugin=known.plugin,
            ),
        )
    changes = _Changes()
    if criterion := _criterion(at, said):
        changes["criterion"] = criterion
    if "measure" in said:
        changes["measure"] = _measure(at["measure"], said["measure"], measures)
    if "title" in said:
        changes["title"] = _title(at["title"], said["title"])
    if "least_basis" in said:
        changes["least_basis"] = _number(at["least_basis"], said["least_basis"], "least_basis = 3")
    name = str(at.path[-1])
    if known is not None:
        return evolve(known, plugin=None, **changes)
    _check_complete(at, changes, names)
    with at.whatever_is_wrong(
        told("Write a name of letters, digits and underscores, such as {name}", name="orders_much")
    ):
        return SuccessFactor(name=name, **changes)


def _check_complete(at: At, changes: _Changes, names: Sequence[str]) -> None:
    lines = {
        "measure": 'measure = "order_count"',
        "criterion": EXAMPLES["at_least"],
        "title": 'title = "orders often"',
    }
    lacking = [line for key, line in lines.items() if key not in changes]
    if lacking:
        name = str(at.path[-1])
        raise at.error(
            told("no success factor is called {name}", name=repr(name)),
            told(
                "{there} For one of your own, add: {lines}",
                there=nearest(name, names),
                lines="; ".join(lacking),
            ),
        )


def _criterion(at: At, said: Mapping[str, object]) -> Criterion | None:
    keys = [key for key in said if key in CRITERIA]
    if len(keys) > 1:
        raise at[keys[1]].error(
            told(
                "{setting} has {first} and {second}", setting=at.name, first=keys[0], second=keys[1]
            ),
            told("Leave one of them out, such as {key}", key=keys[1]),
        )
    if not keys:
        return None
    (key,) = keys
    value = said[key]
    if key == "at_least_overall":
        if value is not True:
            raise at[key].error(
                told("{setting} is {value}", setting=at[key].name, value=toml_shown(value)),
                told("Write {line}, or leave it out", line=EXAMPLES[key]),
            )
    else:
        _number(at[key], value, EXAMPLES[key])
    with at[key].whatever_is_wrong(line(EXAMPLES[key])):
        return CRITERIA[key](value)


def _number(at: At, value: object, example: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise at.error(
            told("{setting} is {value}, not a number", setting=at.name, value=toml_shown(value)),
            line(example),
        )
    return value


def _measure(at: At, value: object, measures: Sequence[str]) -> str:
    if value not in measures:
        raise at.error(
            told("no measure is called {name}", name=toml_shown(value)), nearest(value, measures)
        )
    return str(value)


def _title(at: At, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or {*"{}"} & {*value}:
        raise at.error(
            told(
                "{setting} is {value}, not what the customer does, in words",
                setting=at.name,
                value=toml_shown(value),
            ),
            line('title = "orders often"'),
        )
    return value
