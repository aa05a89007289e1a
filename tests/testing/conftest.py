"""A plugin of any declarations, and what the checks have to say of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Catalogue,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    ReportSection,
    SuccessFactor,
    Trait,
    hookimpl,
)
from klantkompas.testing import check_plugin


class Shop:
    """A plugin of any declarations; the messages bear its name."""

    def __init__(self, *declared: Any) -> None:
        self.declared = declared

    def _of(self, *types: type) -> list[Any]:
        return [each for each in self.declared if isinstance(each, types)]

    @hookimpl
    def klantkompas_measures(self) -> list[Any]:
        return self._of(Measure)

    @hookimpl
    def klantkompas_success_factors(self) -> list[Any]:
        return self._of(SuccessFactor)

    @hookimpl
    def klantkompas_classification_rules(self) -> list[Any]:
        return self._of(ClassificationRule)

    @hookimpl
    def klantkompas_cues(self) -> list[Any]:
        return self._of(Cue)

    @hookimpl
    def klantkompas_traits(self) -> list[Any]:
        return self._of(Trait)

    @hookimpl
    def klantkompas_lenses(self) -> list[Any]:
        return self._of(Lens)

    @hookimpl
    def klantkompas_report_sections(self) -> list[Any]:
        return self._of(ReportSection)

    @hookimpl
    def klantkompas_interaction_kinds(self) -> list[Any]:
        return self._of(InteractionKind)

    @hookimpl
    def klantkompas_catalogues(self) -> list[Any]:
        return self._of(Catalogue)


@pytest.fixture(scope="session")
def shop() -> Callable[..., Shop]:
    """Makes a plugin of declarations."""
    return Shop


@pytest.fixture(scope="session")
def complaint() -> Callable[..., str]:
    """Checks a plugin that is not right, and gives the message."""

    def complaint_about(*declared: Any, plugin: Any = None, **options: Any) -> str:
        with pytest.raises(PluginError) as caught:
            check_plugin(plugin or Shop(*declared), **options)
        return str(caught.value)

    return complaint_about


@pytest.fixture(scope="session")
def failed() -> Callable[[str], set[str]]:
    """Finds the names of the checks that a message is about."""
    heading = re.compile(r"^the plugin '\w+', [^:]*'\w+': (\w+): ", re.MULTILINE)
    return lambda told: set(heading.findall(told))
