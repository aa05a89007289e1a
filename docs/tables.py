"""Writes the pages of what data frames hold and of what settings settle, from what is declared."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from klantkompas import Reading, Settings
from klantkompas.settings.settings import DEFAULTS
from klantkompas.settings.writing import toml_of

HOLDS = {
    "b": ("yes or no", "not there"),
    "f": ("a number", "NaN"),
    "i": ("a whole number", "not there"),
    "M": ("a date", "NaT"),
    "O": ("text", "None"),
    "U": ("text", "not there"),
}
"""By the kind of an array: what it holds, and how unknown is written."""
WRITTEN = (
    (r"Mapping\[.*\]", "a table"),
    (r"tuple\[int, int\]", "two whole numbers"),
    (r"tuple\[str.*\]", "a list of text"),
    (r"\bstr\b", "text"),
    (r"\bint\b", "a whole number"),
    (r"\bbool\b", "`true` or `false`"),
    (r"\bdate\b", "a date"),
    (r" \| None", ""),
    (r" \| ", " or "),
)
"""How TOML writes what is of a type."""
FRAMES = """(catalogue-frames)=
# Columns of data frames

What `to_frame` gives, in the data frame library of your choice. Customers who object to being
profiled have no row in any of them.
"""
SETTINGS = """(catalogue-settings)=
# Settings

Every key of `klantkompas.toml`; [settings](../../how-to/settings.md) shows them at work, and
`klantkompas settings` which are in force.

| key | type | without it | what it settles |
| --- | --- | --- | --- |
"""


def frames(settings: Settings, reading: Reading) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield every result with a frame: how it is come by, what it is, and its columns."""
    whole = "A row for each customer; {py:meth}`~klantkompas.Reading.columns` says what they are."
    yield "reading", whole, reading.columns()
    for name in sorted(reading.results):
        result = reading[name]
        if callable(getattr(result, "columns", None)):
            link = f"See [{name}](lens-{name}.md)."
            yield f'reading["{name}"]', link, result.columns()
    changes = "A row for each customer whose class changed."
    yield "compare_reviews(...)", changes, settings.review().columns()
    yield "plan_letting_go(...)", "A row for each D customer.", settings.plan().columns()


def says(name: str, reading: Reading) -> str:
    """Return what a column of the reading says, where it is declared."""
    declared = reading.measures.columns.get(name)
    if declared is not None:
        return str(declared.describes)
    factor, _, state = name.rpartition("_")
    titles = {each.name: each.title for each in reading.scorecard.declared}
    return f"{titles[factor]}: {state}" if factor in titles else ""


def frames_page(settings: Settings, reading: Reading) -> str:
    """Return the page of data frames."""
    lines = [FRAMES]
    for code, opening, columns in frames(settings, reading):
        lines += [f"## `{code}.to_frame()`", "", opening, ""]
        lines += ["| column | holds | unknown is | it says |", "| --- | --- | --- | --- |"]
        for name, values in columns.items():
            holds, unknown = HOLDS[np.asarray(values).dtype.kind]
            of = says(name, reading) if code == "reading" else ""
            lines.append(f"| `{name}` | {holds} | {unknown} | {of} |")
        lines.append("")
    return "\n".join(lines)


def settings_page() -> str:
    """Return the page of settings, with what their class says of each."""
    arguments = r"^    (\w+): (.*?)(?=^    \w|\Z|\n\n)"
    text = inspect.getdoc(Settings) or ""
    told = dict(re.findall(arguments, text, re.DOTALL | re.MULTILINE))
    keys = {name: f"`{name}`" for name in DEFAULTS} | {"tables": "`[orders]` and so on"}
    rows = ["| `version` | a whole number | an error | of the settings: 1 |"]
    for each in attrs.fields(Settings):
        if each.name in keys:
            default = DEFAULTS.get(each.name)
            what, _, without = " ".join(told[each.name].split()).rstrip(".").partition("None: ")
            if default not in (None, (), {}):
                without = f"`{toml_of({'x': default})[4:]}`"
            kind = str(each.type)
            for pattern, words in WRITTEN:
                kind = re.sub(pattern, words, kind)
            what = what.replace("``", "`").rstrip("; .")
            rows.append(f"| {keys[each.name]} | {kind} | {without} | {what} |")
    return SETTINGS + "\n".join(rows) + "\n"
