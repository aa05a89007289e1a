"""How do customers contribute: who meets each success factor (S1 step 2)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from klantkompas.classification.scorecard import Scorecard
from klantkompas.compass import Reading
from klantkompas.domain.criteria import Cutoff
from klantkompas.hooks import Block, ReportSection, Template
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "FactorRow", "factor_rows"]


@frozen(kw_only=True)
class FactorRow:
    """A success factor over the active customers.

    Args:
        title: what a customer does.
        unit: the measure's unit.
        cutoff: the number to pass.
        met: how many pass it.
        missed: how many do not.
        unknown: of how many it is not known.
    """

    title: str
    unit: str
    cutoff: Cutoff
    met: int
    missed: int
    unknown: int


def factor_rows(card: Scorecard) -> tuple[FactorRow, ...]:
    """Return a row for each success factor, the one that most customers meet first."""
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
    yield Template(Path(__file__).with_suffix(".html.jinja"), {"rows": rows})


SECTION = ReportSection(
    name="factors",
    title=mark("How customers contribute: the success factors"),
    show=_show,
    priority=700,
)
