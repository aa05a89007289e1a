"""How do customers contribute: who meets each success factor (S1 step 2)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from klantkompas.classification.scorecard import Scorecard
from klantkompas.compass import Reading
from klantkompas.domain.criteria import Cutoff
from klantkompas.drawing import FactorsDisplay
from klantkompas.hooks import Block, ReportSection, Template
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "FactorRow", "factor_rows"]


@frozen(kw_only=True)
class FactorRow:
    """A row of the report's table of success factors: how many active customers meet one.

    Args:
        title: what a customer who meets the factor does.
        unit: the measure's unit.
        cutoff: the value that a customer has to reach.
        met: how many active customers meet the factor.
        missed: how many do not meet it.
        unknown: for how many it is unknown whether they meet it.
    """

    title: str
    unit: str
    cutoff: Cutoff
    met: int
    missed: int
    unknown: int


def factor_rows(card: Scorecard) -> tuple[FactorRow, ...]:
    """Return the rows of the report's table of success factors: most often met first.

    Args:
        card: the score card of the active customers.
    """
    met, unknown = card.met.sum(axis=0).tolist(), card.unknown.sum(axis=0).tolist()
    rows = [
        FactorRow(
            title=factor.title,
            unit=card.measures.column(factor.measure_name).unit,
            cutoff=card.cutoffs[at],
            met=met[at],
            missed=len(card) - met[at] - unknown[at],
            unknown=unknown[at],
        )
        for at, factor in enumerate(card.declared)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.met, row.unknown, row.title)))


def _show(reading: Reading) -> Iterable[Block]:
    card = reading.scorecard
    rows = factor_rows(card) if len(card) else ()
    if rows:
        yield FactorsDisplay.from_result(reading.classes)
    yield Template(Path(__file__).with_suffix(".html.jinja"), {"rows": rows})


SECTION = ReportSection(
    name="factors",
    title=mark("How customers contribute: the success factors"),
    show=_show,
    priority=700,
)
