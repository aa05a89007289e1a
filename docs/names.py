"""Every name that the source has, so that the documentation has no name that is made up.

>>> "from_tables" in known_names(), "from_tabels" in known_names()
(True, False)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "klantkompas"


@cache
def known_names() -> frozenset[str]:
    """Return the names in the source: what is defined, used or declared there as a string."""
    return frozenset(
        name for path in SOURCE.rglob("*.py") for name in names_in(ast.parse(path.read_bytes()))
    )


def names_in(tree: ast.Module) -> Iterator[str]:
    """Yield the names in a module; docstrings are prose, and no string of theirs is a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.ImportFrom(module=str(name)):
                yield from name.split(".")
            case ast.alias(name=name):
                yield from name.split(".")
            case ast.Constant(value=str(name)) if name.isidentifier():
                yield name


def is_known(name: str) -> bool:
    """Return whether every part of a dotted name is in the source.

    >>> is_known("Portfolio.from_tables"), is_known("Portfolio.from_somewhere")
    (True, False)
    """
    return known_names().issuperset(name.removesuffix("()").split("."))
