"""What could not be answered, and what would help?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Lines, Paragraph, Sentence, report_section
from klantkompas.report.gaps import gaps_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import sentence

__all__ = ["untold"]

NOTHING = mark("Every question was answered, and every success factor is known of somebody.")
GAP = mark("{what} {because}.")
HELP = mark("{what} {because}. What would help: {needed}.")


@report_section(title=mark("What could not be answered"), priority=2100)
def untold(reading: Reading) -> Iterable[Block]:
    """Show what is unknown, why, and which export would tell."""
    gaps = gaps_of(reading)
    lines = [
        sentence(
            HELP if gap.remedy else GAP,
            what=Sentence(gap.what),
            because=Sentence(gap.because),
            needed=gap.needed,
        )
        for gap in gaps
    ]
    yield Lines(lines) if lines else Paragraph(Sentence(NOTHING))
