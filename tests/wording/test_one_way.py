"""Everything for people goes one way: a message with bare places, and one writer per language."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

SOURCE = Path(__file__).parents[2] / "src" / "klantkompas"
WORDING = SOURCE / "wording"
MARKS = {"mark", "DataNote", "Unanswered", "note"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the library but the one place where values are written."""
    for path in sorted(SOURCE.rglob("*.py")):
        if WORDING not in path.parents:
            yield path, ast.parse(path.read_text("utf-8"))


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def marked() -> Iterator[tuple[str, str]]:
    """The messages that are marked, and the modules that they are in."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in MARKS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, path.relative_to(SOURCE).as_posix()


def test_there_are_marked_messages() -> None:
    assert len(list(marked())) > 200


def test_the_places_of_a_message_are_bare_names() -> None:
    wrong = [
        (place, message)
        for message, place in marked()
        for _, name, style, conversion in string.Formatter().parse(message)
        if name is not None and (style or conversion or not name.isidentifier())
    ]
    assert wrong == []


NUMBER_FOR_PEOPLE = re.compile(r"[,_%]|\.\d|[eEfFgGn]$")
"""A format of thousands, decimals, percents or days: what a writer does. Codes may be padded."""


def specs() -> Iterator[tuple[str, str]]:
    """How f-strings format their values, and where."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                yield (
                    ast.unparse(node.format_spec)[2:-1],
                    f"{path.relative_to(SOURCE)}:{node.lineno}",
                )


def test_no_number_or_day_is_written_for_people_outside_the_writer() -> None:
    found = [(spec, where) for spec, where in specs() if NUMBER_FOR_PEOPLE.search(spec)]
    assert found == []


def test_nothing_is_formatted_by_str_format() -> None:
    """Errors are below the wording, so that what they hold fills itself in, in one class there."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        if called(node) in {"format", "format_map"}
    ]
    assert {each.partition(":")[0] for each in found} <= {"_told.py"}


WRITTEN_BY = {
    "day",
    "money",
    "number",
    "points",
    "quantity",
    "sentences",
    "share",
    "text",
    "written",
}
"""The filters of templates that are methods of the writer."""


def test_templates_fill_in_marked_texts_by_the_writer() -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= dict.fromkeys((*WRITTEN_BY, "lines", "alignment", "base64"), str)
    filled = [
        (path.name, place)
        for path in sorted(SOURCE.rglob("*.jinja"))
        for call in environment.parse(path.read_text("utf-8")).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {"gettext", "ngettext"}
        for place in call.kwargs
        if not (isinstance(place.value, nodes.Filter) and place.value.name in WRITTEN_BY)
    ]
    assert [(name, place.key, place.lineno) for name, place in filled] == []
