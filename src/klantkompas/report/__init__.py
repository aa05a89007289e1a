"""A reading made into something to show: a page, and lists."""

from __future__ import annotations

from klantkompas.report.html import report_html, write_report

__all__ = ["report_html", "write_report"]
