"""The report's own sections, one module for each, with the template that writes it beside it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.hooks import ReportSection, declared_in, hookimpl

__all__ = ["klantkompas_report_sections"]


@hookimpl
def klantkompas_report_sections() -> Sequence[ReportSection]:
    """Return the sections of the report that are built in."""
    return declared_in(sys.modules[__name__], ReportSection)
