"""Finds phrases that are not to come back, and docstrings that begin with Give, Tell or Say.

    python tests/house/phrases.py             everywhere
    python tests/house/phrases.py docs src    in some folders or files

It needs nothing but Python. The phrases are in ``phrases.txt``, each with what to write instead.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("phrases.txt")
EVERYWHERE = (
    *("src", "docs", "tests", "examples", "benchmarks", "README.md", "CONTRIBUTING.md"),
    *("CHANGELOG.md", "noxfile.py", "nox_bootstrap.py", "conftest.py"),
)
KINDS = {".py", ".md", ".jinja", ".toml"}
BETWEEN = r"""(?:[\s#*]|["'] *\n *f?["'])+"""
IMPERATIVE = re.compile(r'"""(?:Give|Tell|Say)s? ')


def phrases() -> list[tuple[re.Pattern[str], str]]:
    """Return the phrases, and what to do instead."""
    lines = [line.split(" = ") for line in LIST.read_text("utf-8").splitlines() if " = " in line]
    made = [(BETWEEN.join(map(re.escape, old.split())), old, new) for old, new in lines]
    return [
        (
            re.compile(rf"(?<!\w)(?<!there ){pattern}(?!\w)", re.IGNORECASE),
            f"{old!r}: write {new!r}",
        )
        for pattern, old, new in made
    ] + [(IMPERATIVE, 'a docstring begins with Give, Tell or Say: write "Return ..."')]


def files(names: list[str]) -> Iterator[Path]:
    """Yield the files to look through."""
    for name in names:
        path = ROOT / name
        for each in [path] if path.is_file() else sorted(path.rglob("*")):
            if each.suffix in KINDS and each != Path(__file__) and "_build" not in each.parts:
                yield each


def main(names: list[str]) -> int:
    """Print what is found; 1 if anything is."""
    listed, found = phrases(), 0
    for path in files(names or [*EVERYWHERE]):
        text = path.read_text("utf-8")
        for pattern, remedy in listed:
            for match in pattern.finditer(text):
                found += 1
                line = text.count("\n", 0, match.start()) + 1
                print(f"{path.relative_to(ROOT)}:{line}: {remedy}")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
