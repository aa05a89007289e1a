"""The built-in export shapes: a module for each system, declarations only.

>>> sorted(shape.name for shape in BUILT_IN_SHAPES if shape.name.startswith("shopify"))
['shopify_customers', 'shopify_orders']
"""

from __future__ import annotations

import importlib
import pkgutil

from klantkompas.domain.built_in import BuiltIn
from klantkompas.domain.export_shape import ExportShape

__all__ = ["BUILT_IN_SHAPES"]


def _declared() -> tuple[ExportShape, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, ExportShape)
    )


BUILT_IN_SHAPES = BuiltIn("BUILT_IN_SHAPES", _declared())
"""Every shape that a module of this package declares, by module and then as they stand."""
