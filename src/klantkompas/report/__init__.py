"""A reading made into something to show: a page, and plots."""

from __future__ import annotations

from klantkompas.report.html import write_report

__all__ = ["write_report"]
