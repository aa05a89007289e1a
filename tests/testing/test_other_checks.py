"""Cues, lenses, traits and factors that go wrong in one way, caught by the right check."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from klantkompas.domain.criteria import AtLeastOverall
from klantkompas.hooks import (
    Cue,
    Lens,
    Paragraph,
    ReportSection,
    Signal,
    SuccessFactor,
    Trait,
)


def cue(fires: Callable[[Any], Any]) -> tuple[Any]:
    return (Cue(name="ours", fires=fires, describes="...", rationality=1),)


def lens(look: Callable[..., Any]) -> tuple[Any]:
    return (Lens(name="ours", question="?", look=look),)


def section(show: Callable[..., Any]) -> tuple[Any]:
    return (ReportSection(name="ours", title="Ours", show=show),)


def trait(fires: Callable[[Any], Any], says: str = "It does.") -> tuple[Any]:
    signal = Signal(name="shown", fires=fires, says=says)
    return (Trait(name="ours", title="It is.", signals=(signal,)),)


LOTS = np.random.default_rng(1)


class NamedByFirst:
    """A lens whose answer hangs on what it looked at before."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def __call__(self, measures: Any) -> int:
        if len(measures) not in self.seen[-1:]:
            self.seen.append(len(measures))
        return len(self.seen)


def writing_to_measures(measures: Any) -> int:
    measures.columns["mine"] = measures.columns["revenue"]
    return 1


OTHERS = {
    "a cue of another shape": (cue(lambda texts: True), {"answers"}, "a cue tells True or"),
    "a cue that fails on an empty text": (
        cue(lambda texts: np.array([text.split()[0] == "x" for text in texts], bool)),
        {"answers"},
        "IndexError",
    ),
    "a cue that looks at other texts": (
        cue(lambda texts: np.array([len(t) >= max(map(len, texts)) for t in texts], bool)),
        {"independence"},
        "alone, and otherwise beside other texts",
    ),
    "a cue that takes its list apart": (
        cue(lambda texts: np.array([bool(texts.pop()) for _ in [*texts]], bool)),
        {"mutation", "answers"},
        "the list of texts is another one",
    ),
    "a lens that raises": (
        lens(lambda measures: 1 / 0),
        {"answers"},
        "it failed: ZeroDivisionError: division by zero",
    ),
    "a lens that breaks on nobody": (
        lens(lambda measures: measures.ids[0] and 1),
        {"nobody"},
        "IndexError",
    ),
    "a lens that forgets its answer": (
        lens(lambda measures: None),
        {"answers"},
        "it gives None: return the result, or Unanswered",
    ),
    "a lens that empties the measures": (
        lens(lambda measures: measures.columns.clear()),
        {"mutation"},
        "it left other measures behind",
    ),
    "a lens that remembers": (
        lens(NamedByFirst()),
        {"purity"},
        "it gives something else once it read of other customers",
    ),
    "a lens that writes": (
        lens(writing_to_measures),
        {"mutation"},
        "it left other measures behind",
    ),
    "a signal that fires on nothing": (
        trait(lambda measures: (measures["revenue"] > 100) * 1.0),
        {"unknown"},
        "the signal 'shown' gives 0.0 where no measure is known",
    ),
    "a signal that takes the unknown for no": (
        trait(lambda measures: measures["revenue"] > 100),
        {"unknown"},
        "the signal 'shown' gives False where no measure is known",
    ),
    "a section of text": (
        section(lambda reading: "<script>"),
        {"answers"},
        "it gave str, but its show must take a Reading and give a list of Paragraph",
    ),
    "a section that raises": (
        section(lambda reading: 1 / 0),
        {"answers"},
        "it failed: ZeroDivisionError: division by zero",
    ),
    "a section that breaks on nobody": (
        section(lambda reading: [Paragraph(reading.measures.ids[0])]),
        {"nobody"},
        "IndexError",
    ),
    "a section that draws lots": (
        section(lambda reading: [Paragraph(f"{LOTS.random()}")]),
        {"determinism"},
        "it shows .*, and the next time",
    ),
    "a section that takes too much": (
        section(lambda reading, language: []),
        {"signature"},
        r"show takes \(reading, language\), and is given \(a Reading\)",
    ),
    "a signal between 0 and 1": (
        trait(lambda measures: measures["active"] / 2),
        {"answers"},
        "a signal gives 1, 0 or NaN; it gave 0.5",
    ),
    "a factor whose criterion needs a basis": (
        (SuccessFactor(name="ours", measure="revenue", criterion=AtLeastOverall(), title="..."),),
        {"answers"},
        "AtLeastOverall needs a measure with a basis",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_goes_wrong_is_caught_by_its_check(
    name: str, complaint: Any, failed: Any
) -> None:
    declared, checks, found = OTHERS[name]
    told = complaint(*declared)
    assert failed(told) == checks
    assert re.search(rf"^  found: .*{found}", told, re.MULTILINE)
