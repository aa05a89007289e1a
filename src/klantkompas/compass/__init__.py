"""The composition root: collects plugins, measures portfolios, reads them through the lenses."""

from __future__ import annotations

from klantkompas.compass.compass import Compass
from klantkompas.compass.profile import Profile
from klantkompas.compass.reading import Reading

__all__ = ["Compass", "Profile", "Reading"]
