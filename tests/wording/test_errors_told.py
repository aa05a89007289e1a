"""Errors that the command can print are told in Dutch too; those that only Python meets are listed.

A text of an error that stands as it is, not in `told`, has no Dutch. Each module that has some is
named here: its errors are about arguments, objects and functions that a program hands over, or are
for who writes a plugin. `tests/command/test_mistakes.py` reads what the command says in both.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import klantkompas

SOURCE = Path(klantkompas.__file__).parent
ERRORS = frozenset(
    [
        "ArgumentError",
        "DataError",
        "HistoryError",
        "SettingsError",
        "PluginError",
        "KlantkompasError",
        "MissingExtraError",
        "error",
        "advised",
    ]
)
TEXTS = frozenset({"problem", "place", "remedy", "command", "settings"})
FLOORS = frozenset(
    [
        "classification",
        "cluster",
        "cues",
        "drawing",
        "hooks",
        "lenses",
        "results",
        "stats",
        "testing",
        "wording",
    ]
)
"""Whole floors that take what programs hand over; plugins are written against some of them."""
MODULES = frozenset(
    [
        "_checked",
        "_messages",
        "_thresholds",
        "compass/arguments",
        "compass/compass",
        "compass/lens_results",
        "compass/looking",
        "compass/measuring",
        "compass/next_steps",
        "domain/buying_reasons",
        "domain/criteria",
        "domain/fields",
        "domain/noted",
        "domain/interactions",
        "domain/preferences",
        "history/approving",
        "history/file",
        "history/history",
        "history/opened",
        "io/columns/column_source",
        "io/sources/contents",
        "io/databases",
        "io/sources/frame_cells",
        "io/headings/named",
        "io/sources/limits",
        "io/records",
        "io/columns/series",
        "io/sources/table_files",
        "io/write_file",
        "plugins/cue_counts",
        "plugins/discover",
        "plugins/found",
        "plugins/needs",
        "plugins/references",
        "portfolio/joining",
        "portfolio/measures",
        "portfolio/period",
        "portfolio/rows",
        "portfolio/storage",
        "portfolio/taking_in",
        "portfolio/view",
        "report/drawing",
        "report/html",
        "report/naming",
        "report/writer",
        "reviews/ledger",
        "reviews/overdue",
        "reviews/stability",
        "reviews/work_lists",
    ]
)


def is_untold(text: ast.expr) -> bool:
    if isinstance(text, ast.IfExp):
        return is_untold(text.body) or is_untold(text.orelse)
    if isinstance(text, ast.BinOp):
        return is_untold(text.left) or is_untold(text.right)
    if isinstance(text, ast.JoinedStr):
        return True
    return isinstance(text, ast.Constant) and isinstance(text.value, str) and " " in text.value


def untold() -> Iterator[tuple[str, int]]:
    for path in sorted(SOURCE.rglob("*.py")):
        module = path.relative_to(SOURCE).with_suffix("").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                named = [each.value for each in node.keywords if each.arg in TEXTS]
                if name in ERRORS and any(map(is_untold, (*node.args, *named))):
                    yield module, node.lineno


def test_what_the_command_can_say_is_told() -> None:
    found = {module: line for module, line in untold() if module.partition("/")[0] not in FLOORS}
    assert {module: line for module, line in found.items() if module not in MODULES} == {}
    assert MODULES - set(found) == set(), "these have none any more: take them off the list"
