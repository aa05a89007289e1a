"""What must be so of every cue: it reads each text by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Cue, plugin_failure
from klantkompas.testing.awkward import TEXTS
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import writes_to_its_input
from klantkompas.testing.subject import Subject

__all__ = [
    "answers",
    "changes_its_input",
    "differs_between_runs",
    "fails_on_none",
    "fails_on_one",
    "looks_at_other_texts",
]


def _fired(cue: Cue, texts: Sequence[str]) -> BoolArray:
    count = len(texts)
    try:
        fired = np.asarray(cue.fires([*texts]))
    except PLUGIN_EXCEPTIONS as error:
        raise plugin_failure(f"it, given {texts!r},", error) from error
    if fired.shape != (count,) or fired.dtype != np.bool_:
        raise PluginError(
            f"a cue tells True or False of each of the {count} texts; it gave {fired.dtype} of "
            f"shape {fired.shape}"
        )
    return fired


def _failing(cue: Cue, texts: Sequence[str]) -> str | None:
    try:
        _fired(cue, texts)
    except PluginError as error:
        return None if writes_to_its_input(error) else str(error)
    return None


def answers(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return what goes wrong when the cue reads awkward texts; None where it passes."""
    pairs = [[text, TEXTS[0]] for text in TEXTS]
    return next((told for texts in (*pairs, [*TEXTS]) if (told := _failing(cue, texts))), None)


def fails_on_none(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return what goes wrong when the cue reads an empty list of texts; None where it passes."""
    return _failing(cue, [])


def fails_on_one(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return what goes wrong when the cue reads a single text; None where it passes."""
    return next((told for text in TEXTS if (told := _failing(cue, [text]))), None)


def differs_between_runs(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return how the cue differs between two runs on the same texts; None where it passes."""
    once, again = _fired(cue, TEXTS), _fired(cue, TEXTS)
    differing = np.flatnonzero(once != again)
    return f"it reads {TEXTS[differing[0]]!r} otherwise again" if len(differing) else None


def looks_at_other_texts(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return how the cue differs when it reads each text alone; None where it passes."""
    together, turned = _fired(cue, TEXTS), _fired(cue, TEXTS[::-1])[::-1]
    for text, beside, in_order in zip(TEXTS, together, turned, strict=True):
        alone = _fired(cue, [text])[0]
        if len({bool(beside), bool(in_order), bool(alone)}) > 1:
            return f"it says {bool(alone)} of {text!r} alone, and otherwise beside other texts"
    return None


def changes_its_input(subject: Subject, cue: Cue, case: Exports) -> str | None:
    """Return which of the texts the cue has changed; None where it passes."""
    texts = [*TEXTS]
    try:
        cue.fires(texts)
    except PLUGIN_EXCEPTIONS as error:  # the function is somebody else's
        return f"{type(error).__name__}: {error}" if writes_to_its_input(error) else None
    return None if texts == [*TEXTS] else "the list of texts is another one afterwards"
