"""For tests of your own: strategies for hypothesis, and checks of plugins. Needs `testing`.

>>> from klantkompas.testing import check_plugin, orders, parametrize_plugin
"""

from __future__ import annotations

# Loading hypothesis registers the types, which needs this package: so it comes first.
import hypothesis  # noqa: F401

from klantkompas.testing.checks import Expected, PluginCheck, check_plugin, parametrize_plugin
from klantkompas.testing.strategies import (
    complaints,
    contacts,
    customers,
    departures,
    interactions,
    invoices,
    measures,
    orders,
    portfolios,
    records,
    responses,
    scorecards,
    scores,
)

__all__ = [
    "Expected",
    "PluginCheck",
    "check_plugin",
    "complaints",
    "contacts",
    "customers",
    "departures",
    "interactions",
    "invoices",
    "measures",
    "orders",
    "parametrize_plugin",
    "portfolios",
    "records",
    "responses",
    "scorecards",
    "scores",
]
