"""Each hook is called by pluggy, whose monitoring says of which plugin; that is logged."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
from attrs import define

from klantkompas.compass import Compass
from klantkompas.domain.criteria import AtLeast
from klantkompas.errors import PluginError
from klantkompas.hooks import SuccessFactor, hookimpl

HOOK = "klantkompas_success_factors"
FACTOR = SuccessFactor(
    name="buys_much", measure="revenue", criterion=AtLeast(1000), title="buys much"
)


class Shop:
    @hookimpl
    def klantkompas_success_factors(self) -> Sequence[SuccessFactor]:
        return [FACTOR]


class Broken:
    @hookimpl
    def klantkompas_success_factors(self) -> Sequence[SuccessFactor]:
        raise KeyError("nothing")


@define
class WithoutHash(Shop):
    """An attrs class that compares by value has no hash."""


def test_the_log_says_which_hook_of_which_plugin_is_called(
    caplog: pytest.LogCaptureFixture,
) -> None:
    Compass(installed=False)  # the built-in plugins are called once
    caplog.set_level(logging.DEBUG, logger="klantkompas.plugins")
    Compass([Shop()], installed=False)
    assert caplog.messages == [
        f"calling {HOOK} of plugins[0] Shop",
        f"the plugin 'Shop' declares 1 by {HOOK}",
    ]


def test_the_log_says_what_a_hook_raised(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="klantkompas.plugins")
    with pytest.raises(PluginError, match="KeyError"):
        Compass([Broken()], installed=False)
    assert caplog.messages[-2:] == [
        f"calling {HOOK} of plugins[0] Broken",
        f"{HOOK} of plugins[0] Broken raised KeyError",
    ]


def test_a_plugin_without_a_hash_is_called_too() -> None:
    compass = Compass([WithoutHash()], installed=False)
    assert "buys_much" in [each.name for each in compass.declarations.factors]
    assert compass.declarations.provenance.plugin_of("success factor", "buys_much").name == (
        "WithoutHash"
    )
