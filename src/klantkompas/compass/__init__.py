"""The composition root: collects plugins, measures portfolios, reads them through the lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas._lazy_names import lazy_names

if TYPE_CHECKING:
    from klantkompas.compass.compass import Compass
    from klantkompas.compass.profile import Profile
    from klantkompas.compass.reading import Reading
else:
    __getattr__, __dir__ = lazy_names(
        __name__, {"compass": ("Compass",), "profile": ("Profile",), "reading": ("Reading",)}
    )

__all__ = ["Compass", "Profile", "Reading"]
