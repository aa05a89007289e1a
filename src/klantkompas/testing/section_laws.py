"""What must be so of sections of the report: of any reading they give blocks, always the same."""

from __future__ import annotations

from klantkompas.compass import Reading
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Block, ReportSection, plugin_failure
from klantkompas.testing.changes import of_nobody, of_one
from klantkompas.testing.comparing import same
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = ["answers", "blocks_of", "differs_between_runs", "fails_on_nobody", "fails_on_one"]


def blocks_of(section: ReportSection, reading: Reading | None) -> list[Block] | str:
    """Return the blocks of a section, or what went wrong.

    Args:
        section: the section.
        reading: what it shows; None for nothing.
    """
    try:
        return [] if reading is None else [*section.blocks(reading)]
    except PLUGIN_EXCEPTIONS as error:  # the function is somebody else's
        return str(plugin_failure("it", error))


def _failing(section: ReportSection, reading: Reading | None) -> str | None:
    shown = blocks_of(section, reading)
    return shown if isinstance(shown, str) else None


def answers(subject: Subject, section: ReportSection, case: Exports) -> str | None:
    """Return what goes wrong when the section shows two customers or more; None where it passes."""
    return _failing(section, subject.reading(case)) if len(case.portfolio) > 1 else None


def fails_on_nobody(subject: Subject, section: ReportSection, case: Exports) -> str | None:
    """Return what goes wrong when the section shows no customers; None where it passes."""
    return _failing(section, subject.reading(case.made(of_nobody, of_nobody)))


def fails_on_one(subject: Subject, section: ReportSection, case: Exports) -> str | None:
    """Return what goes wrong when the section shows one customer; None where it passes."""
    return _failing(section, subject.reading(case.made(of_one, of_one)))


def differs_between_runs(subject: Subject, section: ReportSection, case: Exports) -> str | None:
    """Return how two runs of the section on one reading differ; None where it passes."""
    once, again = (blocks_of(section, subject.reading(case)) for _ in range(2))
    return None if same(once, again) else f"it shows {once}, and the next time {again}"
