"""Who fits best: how many customers has each class, what are they owed, what do they bring?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from attrs import frozen

from klantkompas.classification.classify import ClassShare
from klantkompas.compass import Reading
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.hooks import Block, ReportSection, Template
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION", "ClassRow", "class_rows"]


@frozen(kw_only=True)
class ClassRow:
    """A row of the report's table of classes.

    Args:
        share: the size of the class, and its shares of orders and revenue.
        title: how its customers fit; empty for a class of your own.
        advice: what to do for its customers.
    """

    share: ClassShare
    title: str
    advice: tuple[str, ...]


def class_rows(reading: Reading) -> tuple[ClassRow, ...]:
    """Return the rows of the report's table of classes, best class first.

    Args:
        reading: the reading.

    Returns:
        For each class how many customers it has, its shares of orders and revenue, and its advice.
    """
    titles = {each.label: each.title for each in CLASSES}
    return tuple(
        ClassRow(
            share=share,
            title=titles.get(share.label, ""),
            advice=tuple(
                each.text
                for each in reading.advice
                if (each.about, each.of) == ("class", share.label)
            ),
        )
        for share in reading.classes.shares()
    )


def _inventory(measures: Measures) -> tuple[tuple[str, int], ...]:
    internal = measures.record["kind"] == CustomerKind.INTERNAL
    stage, active = measures.record["stage"], measures["active"]
    customers = ~internal & (stage == Stage.CUSTOMER)
    sorts = (
        (mark("active customers"), customers & (active == 1)),
        (mark("customers who are not active"), customers & (active == 0)),
        (mark("customers, active or not"), customers & np.isnan(active)),
        (mark("prospects"), ~internal & (stage == Stage.PROSPECT)),
        (mark("suspects"), ~internal & (stage == Stage.SUSPECT)),
        (mark("internal customers"), internal),
    )
    return tuple((sort, int(of.sum())) for sort, of in sorts if of.any())


def _objecting(measures: Measures) -> int:
    """Return how many active customers have no class, as they object to profiling."""
    return int(measures.opted_out[measures.active_places].sum())


def _show(reading: Reading) -> Iterable[Block]:
    rows = class_rows(reading)
    values = {
        "rows": rows,
        "classed": sum(row.share.customers for row in rows),
        "objecting": _objecting(reading.measures),
        "overridden": len(reading.classes.in_force),
        "inventory": _inventory(reading.measures),
    }
    if values["classed"]:
        yield reading.classes.display()
    yield Template(Path(__file__).with_suffix(".html.jinja"), values)


SECTION = ReportSection(
    name="classes",
    title=mark("Who fits best: the classes"),
    show=_show,
    priority=500,
)
