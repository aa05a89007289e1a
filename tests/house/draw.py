"""Draws public functions at random, and prints signature and docstring alone.

    python tests/house/draw.py 20 --seed 12

For a reader who knows the field and not this code: do these say what each does, and where it
belongs?
"""

from __future__ import annotations

import argparse
import ast
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "klantkompas"


def public_functions(path: Path) -> Iterator[str]:
    """Yield the public functions and methods of a module that have a docstring, without bodies."""
    tree = ast.parse(path.read_text("utf-8"))
    for owner in [tree, *(each for each in tree.body if isinstance(each, ast.ClassDef))]:
        if isinstance(owner, ast.ClassDef) and owner.name.startswith("_"):
            continue
        for node in owner.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if (told := ast.get_docstring(node)) is None:
                continue
            decorators = [f"@{ast.unparse(each)}\n" for each in node.decorator_list]
            returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            head = f"{''.join(decorators)}def {node.name}({ast.unparse(node.args)}){returns}:"
            of = f"class {owner.name}, " if isinstance(owner, ast.ClassDef) else ""
            yield f"# {of}{node.name}\n{head}\n{textwrap.indent(told, '    ')}\n"


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=20)
    parser.add_argument("--seed", type=int, default=12)
    given = parser.parse_args()
    every = [each for path in sorted(SOURCE.rglob("*.py")) for each in public_functions(path)]
    print("\n".join(random.Random(given.seed).sample(every, given.count)))


if __name__ == "__main__":
    main()
