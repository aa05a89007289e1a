"""The owner's tutorial, typed from top to bottom: files, settings and commands, word for word.

Run as a script, it writes what the commands show now into the pages, for a person to look over.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import pytest

from klantkompas.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "examples" / "shop"
EXPORTS = ("orders.csv", "facturen.csv", "klanten.csv")
TUTORIAL = ROOT / "docs" / "tutorial"
PAGES = {
    TUTORIAL / "an-hour-with-your-exports.md": "C.UTF-8",
    TUTORIAL / "een-uur-met-je-exports.md": "nl_NL.UTF-8",
}
"""Each page, with the locale of the computer on which it is typed."""
BLOCK = re.compile(
    r"^```(?:console|\{code-block\} \w+)\n(?::caption: (?P<caption>[^\n]*)\n)?(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def shown(line: str, locale: str) -> str:
    """Return what a command shows, where its folder does not matter."""
    program, *arguments = shlex.split(line)
    assert program == "klantkompas"
    out, err = StringIO(), StringIO()
    main(arguments, out=out, err=err, environment={"LC_ALL": locale})
    text = (out.getvalue() + err.getvalue()).replace(f"{Path.cwd()}{os.sep}", "")
    return "".join(f"{line}\n" for line in text.splitlines())


def edited(settings: str, caption: str, lines: str) -> str:
    """Return the settings after the reader has done what a caption says.

    >>> edited("version = 1\\n\\n[orders]\\n", "klantkompas.toml, at the top", "months = 12\\n")
    'months = 12\\n\\n[orders]\\n'
    """
    if caption.endswith(("at the top", "bovenaan")):
        return f"{lines}\n{settings[settings.index('[') :]}"
    assert caption.endswith(("at the end", "onderaan"))
    return settings + ("\n" if lines.startswith("[") else "") + lines


def followed(found: re.Match[str], locale: str) -> str:
    """Do what a block says, in the current folder, and return it as it is then."""
    caption, code = found["caption"], found["code"]
    if caption is None:
        lines = [line[2:] for line in code.splitlines() if line.startswith("$ ")]
        return "".join(f"$ {line}\n{shown(line, locale)}" for line in lines)
    name, _, place = caption.partition(", ")
    file = Path(name)
    if place in ("as it was written", "zoals het werd geschreven"):
        return file.read_text("utf-8")
    file.write_text(edited(file.read_text("utf-8"), place, code) if place else code, "utf-8")
    return code


def prepare(folder: Path) -> None:
    """Go to a folder with the three exports."""
    os.chdir(folder)
    for name in EXPORTS:
        shutil.copy(SHOP / name, folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_shows_what_the_reader_sees(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path)
    blocks = list(BLOCK.finditer(page.read_text("utf-8")))
    assert len(blocks) > 15
    for block in blocks:
        assert followed(block, PAGES[page]) == block["code"]
    made = {path.name for path in tmp_path.iterdir()} - {*EXPORTS, "klantkompas.toml", "team.csv"}
    assert {"report.html", "theepot.klantkompas", "0094.html", "0094.json"} < made


def test_both_pages_go_the_same_way() -> None:
    """The commands and files are the same, but for what people write in their own language."""
    english, dutch = (
        [found["code"] for found in BLOCK.finditer(page.read_text("utf-8"))] for page in PAGES
    )
    assert len(english) == len(dutch)
    for one, other in zip(english, dutch, strict=True):
        typed, getypt = (
            [line.split()[1:4] for line in code.splitlines() if line[:2] == "$ "]
            for code in (one, other)
        )
        assert typed == getypt or "lists" in typed[0]


def written(page: Path) -> Iterator[str]:
    """Yield the parts of a page, with what its reader sees now."""
    text, end = page.read_text("utf-8"), 0
    prepare(Path(mkdtemp()).resolve())
    for found in BLOCK.finditer(text):
        yield text[end : found.start("code")]
        yield followed(found, PAGES[page])
        end = found.end("code")
    yield text[end:]


if __name__ == "__main__":
    for each in PAGES if len(sys.argv) == 1 else map(Path.resolve, map(Path, sys.argv[1:])):
        each.write_text("".join(written(each)), encoding="utf-8")
