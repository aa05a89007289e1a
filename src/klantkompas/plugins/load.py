"""Loading a plugin that is not installed: a file of Python, or a module by name."""

from __future__ import annotations

import importlib
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from klantkompas._told import reason_of, told
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS

__all__ = ["load_plugin"]


def load_plugin(source: str) -> ModuleType:
    """Return a plugin that is not installed, imported from a file or by the name of a module.

    Args:
        source: the path of a file, such as ``"our_shop.py"``; or the name of a module.

    Returns:
        The module; one from a file has the name of the file.

    Raises:
        PluginError: there is no such file or module, importing it fails, or another module has that
            name.

    >>> load_plugin("klantkompas.rules").__name__
    'klantkompas.rules'
    """
    path = Path(source)
    try:
        return _from_file(path) if path.suffix == ".py" else importlib.import_module(source)
    except PluginError:
        raise
    except PLUGIN_EXCEPTIONS as cause:
        raise PluginError(
            told(
                "the plugin {plugin} cannot be imported: {reason}",
                plugin=repr(source),
                reason=reason_of(cause)
                if isinstance(cause, OSError)
                else f"{type(cause).__name__}: {cause}",
            ),
            remedy=told(
                "Fix it; or give the path of another file that ends in .py, or the name of another "
                "module"
            ),
        ) from cause


def _from_file(path: Path) -> ModuleType:
    name = path.stem
    there = sys.modules.get(name)
    if there is not None:
        if getattr(there, "__file__", None) == str(path.resolve()):
            return there
        raise PluginError(
            told(
                "the plugin {path} has the name of a module that is there already: rename the file",
                path=repr(str(path)),
            )
        )
    spec = spec_from_file_location(name, path.resolve())
    if spec is None or spec.loader is None:
        raise ImportError("it is not a file of Python")
    module = module_from_spec(spec)
    # The types of an attrs class of its own are looked up there by name.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
