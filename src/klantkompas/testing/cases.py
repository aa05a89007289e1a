"""What plugins are tried on: exports that hypothesis makes up, the same ones each time.

The same exports are tried on every check and declaration, so that what is made of them is made
once. What fails is looked for again, from the same seed, and shrunk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import count
from random import Random

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import HypothesisException

from klantkompas.domain.interactions import InteractionKind
from klantkompas.testing.exports import Exports
from klantkompas.testing.row_strategies import one_among
from klantkompas.testing.strategies import exports

__all__ = ["cases_of", "smallest"]

ATTEMPTS = 200
"""How many smaller exports are tried at most."""

Kinds = tuple[InteractionKind, ...]


def _search(
    kinds: Kinds, wanted: Callable[[Exports], bool], *, seed: int, most: int = 5, examples: int = 2
) -> None:
    """Let hypothesis make up exports until one is wanted, and then smaller ones.

    The first ones are always the simplest there are. The second ones are drawn from the seed, and
    only those after them may resemble others: so each seed gives other exports.
    """
    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    made = one_among([False, False, False, True]).flatmap(
        lambda whole: exports(kinds=kinds, least=2, most=most, whole=whole)
    )
    # That nothing is found, or not again, is no error here: a plugin may answer at random.
    with suppress(HypothesisException):
        find(made, wanted, settings=quiet, random=Random(seed))  # noqa: S311


def _drawn(kinds: Kinds, seed: int) -> Exports:
    made: list[Exports] = []

    def kept(case: Exports) -> bool:
        made.append(case)
        return False

    _search(kinds, kept, seed=seed)
    return made[-1]


@lru_cache(maxsize=4)
def cases_of(kinds: Kinds, examples: int) -> Mapping[int, Exports]:
    """Return exports of two customers or more, the same ones each time.

    Args:
        kinds: the kinds of interaction.
        examples: how many are wanted.

    Returns:
        Those of so many seeds, those with the most rows first.
    """
    made = {seed: _drawn(kinds, seed) for seed in range(examples)}
    largest = sorted(made, key=lambda seed: -sum(map(len, made[seed].tables.values())))
    return {seed: made[seed] for seed in largest}


def smallest(
    kinds: Kinds, examples: int, seed: int, fails: Callable[[Exports], bool]
) -> Exports | None:
    """Return the smallest exports with which something fails.

    Args:
        kinds: the kinds of interaction.
        examples: how many exports were wanted.
        seed: that of exports with which it failed.
        fails: whether it fails.

    Returns:
        The smallest that were found; None where it does not fail again.
    """
    failing: list[Exports] = []
    tried = count()

    def wanted(case: Exports) -> bool:
        found = next(tried) < ATTEMPTS and fails(case)
        if found:
            failing.append(case)
        return found

    # Two customers show most faults, and in less time than it takes to leave out the others.
    _search(kinds, wanted, seed=seed, most=2, examples=examples)
    if not failing:
        _search(kinds, wanted, seed=seed)
    # Hypothesis tries larger ones too while it shrinks, so the last is not always the smallest.
    return min(failing, key=lambda case: len(str(case)), default=None)
