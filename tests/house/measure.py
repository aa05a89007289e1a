"""Measures the house by its source: sizes, and how many ways there are to do one thing.

    python tests/house/measure.py . ../other         a column for each checkout
    python tests/house/measure.py . --where joins    the places that are counted, one a line

It needs nothing but Python, and imports nothing of what it measures.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

PACKAGE = Path("src", "klantkompas")
PLACES = {"mark", "Sentence"}
FAMILIES = ("factors", "rules", "measures", "lenses", "cues", "traits", "advice")
DECLARED = {
    "Measure": "measure",
    "Tally": "tally",
    "ClassificationRule": "rule",
    "Lens": "lens",
}
NUMBER = re.compile(r"[,%]|\.\d*[efg%]|[efg]$")
IN_PLACE = re.compile(r"\{[^{}]*[:!][^{}]*\}")


class Module:
    """A source file, parsed."""

    def __init__(self, path: Path, root: Path) -> None:
        self.text = path.read_text("utf-8")
        self.name = path.relative_to(root).as_posix()
        self.floor = path.relative_to(root / PACKAGE).parts[0].removesuffix(".py")
        self.tree = ast.parse(self.text)

    def at(self, kind: type[ast.AST]) -> Iterator[ast.AST]:
        """Yield the nodes of a kind."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kind))

    def docstrings(self) -> Iterator[ast.Constant]:
        """Yield the docstrings, attributes' own included."""
        owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(self.tree):
            for each in node.body if isinstance(node, owners) else ():
                value = each.value if isinstance(each, ast.Expr) else None
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value

    def code_lines(self) -> set[int]:
        """Return the lines that hold more than comment and docstring."""
        told = {n for each in self.docstrings() for n in range(each.lineno, each.end_lineno + 1)}
        nothing = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT)
        nothing += (tokenize.DEDENT, tokenize.ENDMARKER)
        return {
            line
            for token in tokenize.generate_tokens(io.StringIO(self.text).readline)
            if token.type not in nothing
            for line in range(token.start[0], token.end[0] + 1)
        } - told

    def place(self, node: ast.AST) -> str:
        """Return where a node is."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def called(node: ast.AST) -> str:
    """Return the name of what a call calls, or a decorator names."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def formats(modules: list[Module]) -> Iterator[str]:
    """Sentences filled by ``str.format`` outside wording."""
    for module in modules:
        for node in module.at(ast.Call):
            if called(node) in ("format", "format_map") and module.floor != "wording":
                yield module.place(node)


def places_with_formats(modules: list[Module]) -> Iterator[str]:
    """Marked texts with a format or conversion in a place."""
    for module in modules:
        for node in module.at(ast.Call):
            if called(node) in PLACES:
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                if any(isinstance(text, str) and IN_PLACE.search(text) for text in texts):
                    yield module.place(node)


def numbers_in_strings(modules: list[Module]) -> Iterator[str]:
    """Formatted strings that write a number, outside wording."""
    for module in modules:
        for node in module.at(ast.FormattedValue):
            spec = ast.unparse(node.format_spec)[2:-1] if node.format_spec else ""
            if NUMBER.search(re.sub(r"\{.*?\}", "", spec)) and module.floor != "wording":
                yield module.place(node)


def codecs(modules: list[Module]) -> Iterator[str]:
    """Modules that turn measures into bytes, or bytes into measures."""
    for module in modules:
        calls = {called(node) for node in module.at(ast.Call)}
        names = {n.name for node in module.at(ast.ImportFrom) for n in node.names}
        if "Measures" in names and "frombuffer" in calls:
            yield module.name


def joins(modules: list[Module]) -> Iterator[str]:
    """Functions that join the measures of parts."""
    for module in modules:
        for node in module.at(ast.FunctionDef):
            given = ast.unparse(node.returns) if node.returns else ""
            if re.search(r"join(?!able)", node.name) and given in ("Measures", "Self"):
                yield module.place(node)


def constructed(modules: list[Module]) -> Iterator[str]:
    """Built-in measures, tallies, rules and lenses made without a decorator."""
    for module in modules:
        for node in module.at(ast.Call):
            if module.floor in FAMILIES and called(node) in DECLARED:
                yield module.place(node)


def decorated(modules: list[Module]) -> Iterator[str]:
    """Built-in measures, tallies, rules and lenses made by a decorator."""
    for module in modules:
        for node in module.at(ast.FunctionDef):
            if module.floor in FAMILIES:
                names = {called(each) for each in node.decorator_list}
                yield from (module.place(node) for _ in names & set(DECLARED.values()))


def classes_of(module: Module, name: str = "") -> Iterator[ast.ClassDef]:
    """Yield the classes of a module, or the one of a name."""
    return (each for each in module.at(ast.ClassDef) if name in ("", each.name))


def dictionaries(modules: list[Module]) -> Iterator[str]:
    """Fields of Measures that map names to columns or facts."""
    for module in modules:
        for kind in classes_of(module, "Measures"):
            for field in kind.body:
                if isinstance(field, ast.AnnAssign):
                    of = ast.unparse(field.annotation)
                    if re.match(r"(Mapping|dict)\[", of):
                        yield f"{module.place(field)} {kind.name}.{field.target.id}"


def members_of_rows(modules: list[Module]) -> Iterator[str]:
    """Public members of the Rows that a measure is given."""
    for module in modules:
        kinds = [*classes_of(module, "Rows"), *classes_of(module, "View")]
        for kind in kinds if module.floor == "portfolio" else ():
            for each in kind.body:
                target = getattr(each, "target", None)
                name = getattr(each, "name", "") or getattr(target, "id", "_")
                if not name.startswith("_"):
                    yield f"{module.place(each)} {name}"


def outside_calls(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a node, but for what calls are given."""
    yield node
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, ast.Call):
            yield from outside_calls(each)


def promoters(modules: list[Module]) -> Iterator[str]:
    """Modules that say by number from what score somebody is a promoter."""
    for module in modules:
        if "promoter" not in module.text.lower():
            continue
        for node in ast.walk(module.tree):
            inside = isinstance(node, ast.Compare | ast.Assign | ast.AnnAssign)
            if inside and any(
                isinstance(n, ast.Constant) and type(n.value) is int and n.value == 9
                for n in outside_calls(node)
            ):
                yield module.place(node)
                break


def anything(modules: list[Module]) -> Iterator[str]:
    """The word Any."""
    for module in modules:
        for number, line in enumerate(module.text.splitlines(), 1):
            yield from (f"{module.name}:{number}" for _ in re.findall(r"\bAny\b", line))


def long_modules(modules: list[Module]) -> Iterator[str]:
    """Modules over 400 lines."""
    for module in modules:
        if (count := module.text.count("\n")) > 400:
            yield f"{module.name} {count}"


COUNTED: dict[str, Callable[[list[Module]], Iterator[str]]] = {
    "sentences filled by str.format outside wording": formats,
    "marked texts with a format in a place": places_with_formats,
    "formatted strings with a number outside wording": numbers_in_strings,
    "codecs": codecs,
    "joins": joins,
    "built-ins declared without a decorator": constructed,
    "built-ins declared by a decorator": decorated,
    "dictionaries on Measures": dictionaries,
    "public members of Rows": members_of_rows,
    "sites of the NPS thresholds": promoters,
    "Any": anything,
    "modules over 400 lines": long_modules,
}


def texts_of(root: Path) -> dict[str, str]:
    """Return what a contributor writes, by path."""
    found = {}
    for top in ("src", "tests", "docs", "examples", "README.md", "noxfile.py", "pyproject.toml"):
        path = root / top
        for each in [path] if path.is_file() else sorted(path.rglob("*")):
            if each.name == "built-in.md":  # generated
                continue
            if each.suffix in (".py", ".md", ".toml", ".jinja", ".txt") and each.is_file():
                found[each.relative_to(root).as_posix()] = each.read_text("utf-8")
    return found


def factors_of(root: Path) -> set[str]:
    """Return the names of the built-in factors."""
    modules = [*(root / PACKAGE / "factors").glob("*.py"), root / PACKAGE / "factors.py"]
    texts = "".join(each.read_text("utf-8") for each in modules if each.is_file())
    return {*re.findall(r"SuccessFactor\(\s*name=\"(\w+)\"", texts)}


def lenses_of(root: Path) -> set[str]:
    """Return the names of the built-in lenses."""
    folder = root / PACKAGE / "lenses"
    return {each.stem for each in folder.iterdir() if not each.name.startswith("_")}


def naming_most(texts: dict[str, str], names: set[str]) -> Iterator[str]:
    """Files that name half of a family: those to which the next member may have to be added."""
    for path, text in texts.items():
        named = sum(re.search(rf"(?<![\w.]){name}(?!\w)", text) is not None for name in names)
        if names and named >= len(names) / 2:
            yield path


def naming_dutch(texts: dict[str, str]) -> Iterator[str]:
    """Source files that name the Dutch language."""
    for path, text in texts.items():
        if path.startswith("src") and (re.search(r"""["']nl["'_]""", text) or "/nl/" in path):
            yield path


def table(root: Path) -> dict[str, list[str] | int]:
    """Measure a checkout.

    Returns:
        By what is counted: how many, or where.
    """
    paths = sorted((root / PACKAGE).rglob("*.py"))
    modules = [Module(path, root) for path in paths]
    docstrings = [each for module in modules for each in module.docstrings()]
    texts = texts_of(root)
    found: dict[str, list[str] | int] = {
        "files": len(modules),
        "lines of code": sum(len(module.code_lines()) for module in modules),
        "lines of docstrings": sum(d.end_lineno - d.lineno + 1 for d in docstrings),
    }
    found |= {name: sorted(count(modules)) for name, count in COUNTED.items()}
    return found | {
        "files that name half of the factors": sorted(naming_most(texts, factors_of(root))),
        "files that name half of the lenses": sorted(naming_most(texts, lenses_of(root))),
        "source files that name Dutch": sorted(naming_dutch(texts)),
    }


def main(arguments: list[str]) -> None:
    """Print a column for each checkout, or where something is in the first."""
    if "--where" in arguments:
        where = table(Path(arguments[0]))[arguments[arguments.index("--where") + 1]]
        print("\n".join(where) if isinstance(where, list) else where)
        return
    tables = [table(Path(each)) for each in arguments or ["."]]
    print("| | " + " | ".join(arguments or ["."]) + " |")
    print("| --- |" + " ---: |" * len(tables))
    for name in tables[0]:
        cells = [each[name] for each in tables]
        counts = [str(cell if isinstance(cell, int) else len(cell)) for cell in cells]
        print(f"| {name} | {' | '.join(counts)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
