"""Results: they print, become plain data and data frames, and keep who objects out of sight."""

from __future__ import annotations

from klantkompas.results.frames import frame_of
from klantkompas.results.per_customer import (
    CustomerResult,
    RankedCustomers,
    ids_or_positions,
    per_customer,
)
from klantkompas.results.result import Result, of_backend

__all__ = [
    "CustomerResult",
    "RankedCustomers",
    "Result",
    "frame_of",
    "ids_or_positions",
    "of_backend",
    "per_customer",
]
