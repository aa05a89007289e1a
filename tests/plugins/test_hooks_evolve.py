"""A plugin that was published goes on working; what is to go warns first, and names what comes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from klantkompas import Compass, Order, Portfolio, hookimpl, write_report
from klantkompas.hooks import Declaration, hookspec, specifications
from klantkompas.plugins.found import HOOKS
from tests.plugins import first_published

REQUIRED = {
    "Advice": {"about", "of", "text"},
    "ClassificationRule": {"label", "when", "because"},
    "Cue": {"fires", "describes"},
    "Lens": {"question", "look"},
    "Measure": {"unit", "describes"},
    "ReportSection": {"title", "show"},
    "SuccessFactor": {"measure", "criterion", "title"},
    "Tally": {"of", "keys", "describes"},
    "Trait": {"title"},
}
"""What a plugin had to give when it was first published; nothing more may be asked of it."""
DAYS = [date(2026, 1, day) for day in (5, 6, 7)]


def test_the_first_plugin_works_without_a_warning(tmp_path: Path) -> None:
    portfolio = Portfolio.from_records([Order(customer="a", on=day, amount=1.0) for day in DAYS])
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        reading = Compass([first_published], installed=False).read(portfolio)
    assert reading.classes.label("a") == "Star"
    assert reading["with_a_class"] == 1
    assert "Send flowers." in str(reading.profile("a"))
    assert "Early." in write_report(reading, tmp_path / "page.html").read_text("utf-8")


def test_its_hooks_are_still_there() -> None:
    own = {name for name in vars(first_published) if name.startswith("klantkompas_")}
    assert len(own) == 9
    assert own <= {*HOOKS}


@pytest.mark.parametrize(
    "declaration",
    [each for each in Declaration.__subclasses__() if each.__name__ in REQUIRED],
    ids=lambda declaration: declaration.__name__,
)
def test_a_field_that_was_added_is_optional(declaration: type) -> None:
    required = {each.name for each in attrs.fields(declaration) if each.default is attrs.NOTHING}
    assert required <= REQUIRED[declaration.__name__] | {"name"}


def test_a_hook_that_is_to_go_warns_whoever_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    @hookspec(warn_on_impl=DeprecationWarning("use klantkompas_measures instead"))
    def klantkompas_cues() -> Sequence[Any]: ...  # type: ignore[empty-body]

    def nothing() -> list[Any]:
        return []

    monkeypatch.setattr(specifications, "klantkompas_cues", klantkompas_cues)
    plugin = ModuleType("our_shop")
    plugin.klantkompas_cues = hookimpl(nothing)  # type: ignore[attr-defined]
    with pytest.warns(DeprecationWarning, match="use klantkompas_measures instead"):
        Compass([plugin], installed=False, block={"klantkompas.cues"})
