"""Everything built in passes the checks that plugins are held to, and has Dutch texts."""

from __future__ import annotations

from gettext import translation
from importlib import import_module
from pathlib import Path

import klantkompas
from klantkompas.plugins.found import BUILT_IN
from klantkompas.testing import PluginCheck, parametrize_plugin

DUTCH = translation(
    "klantkompas", localedir=Path(klantkompas.__file__).parent / "wording", languages=["nl"]
)


@parametrize_plugin(*map(import_module, BUILT_IN), catalogues={"nl": DUTCH})
def test_a_built_in_plugin_passes(check: PluginCheck) -> None:
    check()


def test_there_is_no_other_built_in_plugin() -> None:
    plugins = klantkompas.Compass(installed=False).declarations.provenance.plugins
    assert [each.name for each in plugins] == list(BUILT_IN)
