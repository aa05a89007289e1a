"""What a business settles once, in a file ``klantkompas.toml`` or in Python."""

from __future__ import annotations

from klantkompas.settings.in_force import InForce, SettingsInForce
from klantkompas.settings.settings import Settings

__all__ = ["InForce", "Settings", "SettingsInForce"]
