"""The documents say what is there: names, hooks, columns, commands and the files that they show.

Their Python code blocks are tests by themselves.
"""

from __future__ import annotations

import builtins
import keyword
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import klantkompas
from klantkompas import BUILT_IN_KINDS, Customer, hooks
from klantkompas.__main__ import main
from klantkompas.domain.export_shape import KEYS
from klantkompas.domain.fields import columns_of
from klantkompas.io.mapping_file import mapping_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
REFERENCE = "\n".join(
    page.read_text("utf-8") for page in sorted((DOCS / "reference").rglob("*.md"))
)
NAMING = (DOCS / "how-to" / "name-your-columns.md").read_text("utf-8")
HOOKS = [name for name in hooks.__all__ if name.startswith("klantkompas_")]
SETTLED = ("settings.md",)
"""Pages whose files of settings are tried where their commands are."""
TABLES = {kind.name: kind.columns for kind in BUILT_IN_KINDS} | {"customers": columns_of(Customer)}


FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
OTHERS = (
    *("DEBUG", "INFO"),  # levels of logging
    *("numeric", "real", "timestamptz", "spark.sql.session.timeZone"),  # of databases
    *("fish_source", "zsh_source", "lifetimes", "loopback", "msgstr", "today", "binomtest"),
    *("record.FIELD", "values.MEASURE", "basis.MEASURE", "our_shop.mo", "our_shop_pays_early"),
)
"""Names that are not ours to define."""
is_known = runpy.run_path(str(DOCS / "names.py"))["is_known"]


def blocks(language: str) -> Iterator[tuple[Path, str]]:
    """Return the code blocks of one language, with the pages they stand on."""
    for page in PAGES:
        for block in re.findall(
            rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            yield page, block


def commands(program: str) -> list[list[str]]:
    """Return the command lines of the documents that begin with a program, taken apart."""
    lines = [
        shlex.split(line)
        for _, block in blocks("shell")
        for line in block.replace("\\\n", " ").splitlines()
    ]
    return [line for line in lines if line[: len(program.split())] == program.split()]


def report_options(command: list[str]) -> list[str]:
    """Return the options that a command line passes to the report."""
    return command[command.index("--") + 1 :] if "--" in command else []


@pytest.mark.parametrize("name", klantkompas.__all__)
def test_every_name_of_the_face_stands_in_the_reference(name: str) -> None:
    directive = r"^ *\.\. (?:py:data|auto(?:class|function|exception|data)):: "
    assert re.search(rf"{directive}{name}\b(?!\.)", REFERENCE, re.MULTILINE)


def test_no_hook_is_made_up() -> None:
    documents = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"\bklantkompas_\w+", documents))
    assert named <= set(HOOKS)
    assert HOOKS


@cache
def names_shown() -> str:
    """Return what else has names that a page may speak of: examples, sessions, blocks of code."""
    shown = [ROOT / "noxfile.py", ROOT / "pyproject.toml", *(ROOT / "examples").rglob("*.*")]
    texts = [path.read_text("utf-8-sig", errors="replace") for path in shown if path.is_file()]
    files = [path.name for path in (*ROOT.iterdir(), *shown)]
    code = [found[0] for page in PAGES for found in FENCED.finditer(page.read_text("utf-8"))]
    return "\n".join((*texts, *files, *code))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_name_is_made_up(page: Path) -> None:
    """What is between backquotes is in the source, in an example, or of somebody else's."""
    if page.name in generated(page.parent):
        return  # its names are those of the declarations
    prose = FENCED.sub("", page.read_text("utf-8"))
    unknown = [
        name
        for name in re.findall(r"`([A-Za-z_]\w*(?:\.\w+)*)(?:\(\))?`", prose)
        if not is_known(name)
        and not keyword.iskeyword(name)
        and name not in (*dir(builtins), *OTHERS)
        and not re.search(rf"\b{re.escape(name)}\b", names_shown())
    ]
    assert unknown == []


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_every_export_are_listed_and_those_required_starred(table: str) -> None:
    section = re.search(rf"^### {table}\n(.*?)(?=^##)", NAMING, re.MULTILINE | re.DOTALL)
    assert section is not None
    listed = re.findall(r"^\| `(\w+)`( \*)? \|", section[1], re.MULTILINE)
    assert sorted(listed) == sorted(
        (column.name, " *" if column.required else "") for column in TABLES[table]
    )


def test_files_that_name_columns_can_be_read() -> None:
    pages = set()
    for page, block in blocks("toml"):
        content = tomllib.loads(block)
        if not {"project", "tool"}.isdisjoint(content) or page.name in SETTLED:
            continue
        for table, said in mapping_of(content).items():
            required = {column.name for column in TABLES[table] if column.required}
            for fields in said if isinstance(said, list) else [said]:
                assert fields.keys() <= {*KEYS, *(column.name for column in TABLES[table])}
                # A layout of which nothing is said is known by its headings.
                known = "shape" in fields or (isinstance(said, list) and not fields)
                assert known or required <= fields.keys()
        if page.name not in generated(page.parent):
            pages.add(page.name)
    assert pages == {"README.md", "name-your-columns.md", "exports-as-they-are.md"}


def test_the_entry_point_is_in_the_group_that_is_searched() -> None:
    from klantkompas.hooks.specifications import PROJECT

    entries = [
        tomllib.loads(block)["project"]["entry-points"]
        for _, block in blocks("toml")
        if "project" in block
    ]
    assert entries
    assert all(entry.keys() == {PROJECT} for entry in entries)


def test_every_session_that_is_named_exists() -> None:
    sessions = re.findall(
        r"^@nox\.session.*\ndef (\w+)", (ROOT / "noxfile.py").read_text("utf-8"), re.MULTILINE
    )
    named = {command[3] for command in commands("python3 noxfile.py -s")}
    assert {"report", "tests"} <= named <= set(sessions)


def test_every_extra_is_listed_with_what_it_brings() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (DOCS / "install.md").read_text("utf-8")
    listed = re.findall(r"^\| `?\*?(\w+)\*?`? \| (.*?) \|", page, re.MULTILINE)[1:]
    brought = {"none": project["dependencies"], **project["optional-dependencies"]}
    extras = ",".join(brought["all"]).removeprefix("klantkompas[").removesuffix("]")
    brought["all"] = extras.split(",")
    packages = {
        extra: {re.split(r"[^\w-]", each)[0] for each in needed}
        for extra, needed in brought.items()
    }
    assert {extra: set(re.findall(r"[\w-]+", said)) for extra, said in listed} == packages


def test_the_readme_names_its_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "\npython3 noxfile.py -s report\n" in readme
    assert "\npython3 noxfile.py -s tests\n" in readme


def test_every_option_that_is_named_is_one_of_the_report(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["report", "--help"]) == 0
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    used = {
        option
        for command in commands("python3 noxfile.py -s report")
        for option in report_options(command)
        if option.startswith("--")
    }
    assert used
    assert used <= known


def test_the_command_for_your_own_exports_makes_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (command,) = [
        options
        for command in commands("python3 noxfile.py -s report")
        if "my.csv" in (options := report_options(command))
    ]
    readme = (ROOT / "README.md").read_text("utf-8")
    (named,) = re.findall(r"^```toml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("klantkompas.toml").write_text(named, encoding="utf-8")
    Path("my.csv").write_text(
        "Order date,Customer number,Order number,Total\n"
        "2026-01-31,0017,1,19.95\n2026-02-01,0023,2,8.50\n",
        encoding="utf-8",
    )
    assert main(["report", *command]) == 0
    assert "0017" in Path("my-report.html").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_the_documents_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        path = (page.parent / target).resolve()
        assert path.is_file() or path.name in generated(path.parent), target


@cache
def generated(folder: Path) -> frozenset[str]:
    """Return the names of the pages that a build of the documentation writes into a folder."""
    writers = {
        DOCS / "reference" / "catalogue": "catalogue",
        DOCS / "how-to" / "systems": "systems",
    }
    if folder not in writers:
        return frozenset()
    return frozenset(runpy.run_path(str(DOCS / f"{writers[folder]}.py"))["pages"]())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_sources_own_class_words_stand_in_the_glossary_only(page: Path) -> None:
    words = ("Absolute TOP", "Corrupte", "Desastreuze")
    text = page.read_text("utf-8")
    assert all((word in text) == (page.name == "glossary.md") for word in words)
