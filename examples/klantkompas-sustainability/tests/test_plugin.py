"""Everything that the plugin declares keeps to what klantkompas relies on."""

from __future__ import annotations

import klantkompas_sustainability as plugin

from klantkompas.testing import PluginCheck, parametrize_plugin


@parametrize_plugin(plugin)
def test_what_it_declares_passes_every_check(check: PluginCheck) -> None:
    check()
