"""S1 from step 1 to 7 with commands only, as the two pages of the docs show it, word for word.

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
PAGES = [ROOT / "docs" / "how-to" / name for name in ("from-the-command.md", "met-opdrachten.md")]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def prepare(folder: Path, page: str) -> None:
    """Copy the shop, and write the settings of the page above its exports."""
    shutil.copytree(SHOP, folder, dirs_exist_ok=True)
    (settled,) = SETTINGS.findall(page)
    _, headed, exports = (SHOP / "klantkompas.toml").read_text("utf-8").partition("# Which column")
    (folder / "klantkompas.toml").write_text(f"{settled}\n{headed}{exports}", encoding="utf-8")


def shown(folder: Path, line: str) -> str:
    """Return what a command shows, where its folder does not matter."""
    program, *arguments = shlex.split(line)
    assert program == "klantkompas"
    out, err = StringIO(), StringIO()
    main(arguments, out=out, err=err, environment={})
    text = (out.getvalue() + err.getvalue()).replace(f"{folder.resolve()}{os.sep}", "")
    return "".join(f"{line}\n" for line in text.splitlines())


def typed(folder: Path, block: str) -> str:
    """Return a block with what its commands show now."""
    lines = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {line}\n{shown(folder, line)}" for line in lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_shows_what_the_commands_show(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = page.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path, text)
    blocks = BLOCK.findall(text)
    assert len(blocks) > 5
    for block in blocks:
        assert typed(tmp_path, block) == block
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "0094.json").is_file()


def written(page: str) -> Iterator[str]:
    """Yield the parts of a page, with what its commands show now."""
    folder = Path(mkdtemp())
    os.chdir(folder)
    prepare(folder, page)
    end = 0
    for found in BLOCK.finditer(page):
        yield page[end : found.start(1)]
        yield typed(folder, found[1])
        end = found.end(1)
    yield page[end:]


if __name__ == "__main__":
    for each in PAGES if len(sys.argv) == 1 else map(Path, sys.argv[1:]):
        each.write_text("".join(written(each.read_text("utf-8"))), encoding="utf-8")
