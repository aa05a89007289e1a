"""Which plugins took part, and what did each declare?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, Quantity, Sentence, Table, report_section
from klantkompas.wording.catalogue import mark

__all__ = ["plugins"]

BUILT_IN = mark("Only what is built in took part.")
HEADINGS = tuple(
    map(Sentence, (mark("Plugin"), mark("Version"), mark("Status"), mark("Declarations")))
)
STATUS = {"in use": mark("in use"), "blocked": mark("blocked"), "broken": mark("broken")}


@report_section(title=mark("Plugins"), priority=2300)
def plugins(reading: Reading) -> Iterable[Block]:
    """Show the plugins that are not built in."""
    declared = list(reading.provenance.declared.values())
    rows = [
        (
            each.name,
            f"{each.distribution} {each.version}".strip(),
            Sentence(STATUS[each.status]),
            Quantity(declared.count(each)),
        )
        for each in reading.provenance.plugins
        if each.origin != "built-in"
    ]
    yield Table(HEADINGS, rows) if rows else Paragraph(Sentence(BUILT_IN))
