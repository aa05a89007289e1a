"""A reading made into something to show: a page, and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas._lazy_names import lazy_names

if TYPE_CHECKING:
    from klantkompas.report.html import report_html, write_report
else:
    __getattr__, __dir__ = lazy_names(__name__, {"html": ("report_html", "write_report")})

__all__ = ["report_html", "write_report"]
