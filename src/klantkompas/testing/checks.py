"""Checks of plugins: does everything that one declares keep to what klantkompas relies on?

>>> import numpy as np
>>> from klantkompas.hooks import Measure, hookimpl
>>> class Shop:
...     @hookimpl
...     def klantkompas_measures(self):
...         return [
...             Measure(
...                 name="returns",
...                 of=lambda period: np.zeros(period.customers),
...                 unit="orders",
...                 describes="orders that came back",
...             )
...         ]
>>> try:
...     check_plugin(Shop(), max_examples=5)
... except PluginError as error:
...     print(str(error).splitlines()[1])
the plugin 'Shop', measure 'returns': unknown: what is absent is unknown (NaN), never zero
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError, MissingExtraError, PluginError
from klantkompas.hooks.checks import HasName
from klantkompas.plugins.found import name_of
from klantkompas.testing.cases import smallest
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import Check, Failure
from klantkompas.testing.laws import ANSWERS, CHECKS, COLLECTION, DETERMINISM, PURITY, SIGNATURE
from klantkompas.testing.subject import Subject

if TYPE_CHECKING:
    import pytest

__all__ = ["Expected", "PluginCheck", "check_plugin", "parametrize_plugin"]

Expected = Mapping[tuple[str, str], str]
"""By check and declaration, why it is expected to fail: ``{("clock", "campaign"): "..."}``."""


@frozen(eq=False)
class _Bench:
    """Makes the checks of one plugin."""

    subject: Subject
    _found: dict[tuple[str, int], Failure | None] = field(factory=dict, init=False)

    def failures(self, check: Check) -> Iterator[Failure]:
        """Yield what does not pass a check, each declaration once."""
        for declared in self.subject.declared:
            if check.on_sound and not self.is_sound(declared):
                continue
            failure = self.failure(check, declared)
            if failure is not None:
                yield failure

    def is_sound(self, declared: HasName) -> bool:
        """Whether a declaration answers at all, and always the same."""
        basics = (SIGNATURE, ANSWERS, DETERMINISM, PURITY)
        return all(self.failure(each, declared) is None for each in basics)

    def failure(self, check: Check, declared: HasName) -> Failure | None:
        """Return what is wrong with a declaration, with the smallest exports to show it."""
        key = check.name, id(declared)
        if key not in self._found:
            self._found[key] = self._failure(check, declared)
        return self._found[key]

    def _failure(self, check: Check, declared: HasName) -> Failure | None:
        law = check.laws.get(type(declared))
        if law is None:
            return None
        if check is not SIGNATURE and self._takes_something_else(declared):
            return None
        subject = self.subject

        def found(case: Exports) -> str | None:
            try:
                return law(subject, declared, case)
            except PluginError:  # that it fails is for `answers` and its like to tell
                return None

        for seed, case in [*subject.cases.items()][: None if check.on_exports else 1]:
            told = found(case)
            if told is not None:
                shown = self._smallest(seed, case, found) if check.on_exports else None
                return Failure(
                    plugin=subject.name,
                    declared=declared,
                    check=check,
                    found=(found(shown) if shown else None) or told,
                    exports=shown,
                )
        return None

    def _smallest(
        self, seed: int, case: Exports, found: Callable[[Exports], str | None]
    ) -> Exports:
        """Return the smallest exports that fail; of records, which are read best, if they do."""
        kinds, examples = self.subject.compass.kinds, self.subject.max_examples
        least = smallest(kinds, examples, seed, lambda each: found(each) is not None) or case
        return least if found(least.completed) is None else least.completed

    def _takes_something_else(self, declared: HasName) -> bool:
        law = SIGNATURE.laws.get(type(declared))
        return (
            law is not None
            and law(self.subject, declared, next(iter(self.subject.cases.values()))) is not None
        )


@frozen(eq=False)
class PluginCheck:
    """One check of one plugin: call it to run the check.

    Args:
        plugin: what the plugin is called.
        name: what the check is called.
    """

    plugin: str
    name: str
    _check: Check
    _bench: _Bench | None
    _expected: Expected
    _uncollected: str = ""

    def failures(self) -> tuple[list[Failure], list[str]]:
        """Run the check.

        Returns:
            The failures that were not expected, and those that were expected but passed; and the
            reasons why failures are expected.
        """
        if self._bench is None:
            found = [
                Failure(
                    plugin=self.plugin, declared=None, check=self._check, found=self._uncollected
                )
            ]
        else:
            found = list(self._bench.failures(self._check))
        failed = {each.key for each in found}
        unexpected = [each for each in found if each.key not in self._expected]
        reasons = {key: why for key, why in self._expected.items() if key[0] == self.name}
        unexpected += [
            Failure(
                plugin=self.plugin,
                declared=None,
                check=self._check,
                found=f"{key[1]!r} is expected to fail ({why}), and passes: take it out of "
                "expected_failures",
            )
            for key, why in reasons.items()
            if key not in failed
        ]
        return unexpected, [why for key, why in reasons.items() if key in failed]

    def __call__(self) -> None:
        """Make the check within a test.

        Raises:
            PluginError: something does not pass, or passes though it is expected to fail.
        """
        unexpected, expected = self.failures()
        if unexpected:
            raise PluginError("\n\n".join(map(str, unexpected)))
        if expected:
            _pytest().xfail("; ".join(expected))


def _pytest() -> Any:
    try:
        import pytest
    except ImportError as error:  # pragma: no cover - the tests run under pytest
        raise MissingExtraError("testing", "making checks into tests") from error
    return pytest


def _known(expected: Expected, declared: Sequence[HasName]) -> None:
    checks = [check.name for check in CHECKS]
    names = [each.name for each in declared]
    keys: list[object] = [*expected]
    for key in keys:
        if not (isinstance(key, tuple) and len(key) == 2):
            raise ArgumentError(
                "expected_failures has pairs of a check and a declaration as keys, such as "
                f'("clock", "campaign"), not {key!r}'
            )
        for name, known, what in zip(key, (checks, names), ("check", "declaration"), strict=True):
            if name not in known:
                raise ArgumentError(
                    f"expected_failures: no {what} is called {name!r}. {nearest(str(name), known)}"
                )


def _checks(
    plugin: object,
    expected: Expected,
    beside: Sequence[object],
    leave_out: Sequence[str],
    catalogues: Mapping[str, NullTranslations],
    max_examples: int,
) -> list[PluginCheck]:
    try:
        subject = Subject.of(
            plugin,
            beside=beside,
            leave_out=frozenset(leave_out),
            max_examples=max_examples,
            catalogues=catalogues,
        )
    except PluginError as error:
        return [PluginCheck(name_of(plugin), COLLECTION.name, COLLECTION, None, {}, str(error))]
    _known(expected, subject.declared)
    bench, used = _Bench(subject), {type(each) for each in subject.declared}
    wanted = [check for check in CHECKS if check is COLLECTION or used & check.laws.keys()]
    return [PluginCheck(subject.name, check.name, check, bench, expected) for check in wanted]


def check_plugin(
    plugin: object,
    *,
    expected_failures: Expected | None = None,
    beside: Sequence[object] = (),
    leave_out: Sequence[str] = (),
    catalogues: Mapping[str, NullTranslations] | None = None,
    max_examples: int = 25,
) -> None:
    """Check everything that a plugin declares.

    The same exports are tried each time, with all the awkward cases of the strategies, so that a
    plugin passes today if it passed yesterday.

    Args:
        plugin: a module or object with `hookimpl` functions.
        expected_failures: by check and declaration, such as ``("clock", "campaign")``, the reason
            why that check is expected to fail; if it passes, that is a failure.
        beside: other plugins that it needs.
        leave_out: built-in declarations that it replaces, as for a `Compass`.
        catalogues: by language, the translations that its texts have, from
            `gettext.translation`.
        max_examples: on how many exports to try it.

    Raises:
        PluginError: something does not pass; everything is reported, each with the smallest
            example and the remedy.
        ArgumentError: `expected_failures` names an unknown check or declaration.
    """
    checks = _checks(
        plugin, expected_failures or {}, beside, leave_out, catalogues or {}, max_examples
    )
    found = [failure for check in checks for failure in check.failures()[0]]
    if found:
        plural = "" if len(found) == 1 else "s"
        head = f"the plugin {checks[0].plugin!r} does not pass {len(found)} check{plural}:"
        raise PluginError("\n\n".join([head, *map(str, found)]).replace("\n\n", "\n", 1))


def parametrize_plugin(
    *plugins: object,
    expected_failures: Expected | None = None,
    beside: Sequence[object] = (),
    leave_out: Sequence[str] = (),
    catalogues: Mapping[str, NullTranslations] | None = None,
    max_examples: int = 25,
) -> pytest.MarkDecorator:
    """Return a decorator that makes a pytest test of each check of some plugins.

    Args:
        *plugins: modules or objects with `hookimpl` functions.
        expected_failures: by check and declaration, such as ``("clock", "campaign")``, the reason
            why that check is expected to fail; if it passes, that is a failure.
        beside: other plugins that they need.
        leave_out: built-in declarations that they replace, as for a `Compass`.
        catalogues: by language, the translations that their texts have, from
            `gettext.translation`.
        max_examples: on how many exports to try them.

    Returns:
        A decorator for a test function with the argument ``check``, which it has to call.

    Raises:
        ArgumentError: `expected_failures` names an unknown check or declaration.
        MissingExtraError: pytest is not installed.
    """
    checks = [
        check
        for plugin in plugins
        for check in _checks(
            plugin, expected_failures or {}, beside, leave_out, catalogues or {}, max_examples
        )
    ]
    ids = [f"{check.plugin}-{check.name}" for check in checks]
    mark: pytest.MarkDecorator = _pytest().mark.parametrize("check", checks, ids=ids)
    return mark
