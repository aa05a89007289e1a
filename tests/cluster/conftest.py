"""The small businesses of the laws, which measuring in parts and on a cluster must keep too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def _laws() -> ModuleType:
    path = Path(__file__).parents[1] / "laws" / "conftest.py"
    spec = spec_from_file_location("conftest_of_the_laws", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


awkward_businesses = _laws().awkward_businesses
