"""Writes a page for each family of declarations, and one for each lens; nobody keeps a list.

An entry is what the declaration says of itself: its fields, and the docstring of its function or of
the name that it has in its module. So nothing that is declared can be missing here.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
from attrs import frozen

from klantkompas import Compass, InteractionKind, Lens, Reading, Settings
from klantkompas.domain.customers import Customer
from klantkompas.domain.field_source import FieldSource
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.nominations import Nomination
from klantkompas.drawing import Pictured
from klantkompas.errors import KlantkompasError
from klantkompas.plugins.collect import Declarations
from klantkompas.report.sections import klantkompas_report_sections

sys.path.insert(0, str(Path(__file__).parent))
from tables import frames_page, settings_page

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).with_name("reference") / "catalogue"
SHOP = ROOT / "examples" / "shop"
SAYS = ("describes", "title", "question", "text", "because")
"""The field that says in a few words what a declaration is, whichever it has."""
NOT_SHOWN = {"name", "plugin", *SAYS}


@frozen
class Family:
    """A page: what its declarations are called, and in a sentence or two what they are for."""

    name: str
    title: str
    opening: str
    declared: tuple[Any, ...]


OPENINGS = {
    "kinds": (
        "Fields of each table",
        (
            "Every table may be absent, and every column but those marked *required*. What is "
            "absent is unknown, never zero."
        ),
    ),
    "export_shapes": (
        "Export shapes",
        (
            "How the exports of known systems are read without naming a column. A shape is "
            "recognised by its headings; see [exports as they are](../../how-to/exports-as-they-"
            "are.md)."
        ),
    ),
    "measures": (
        "Measures and tallies",
        (
            "What is known of each customer. A *measure* is one number, NaN where it is unknown; "
            "a *tally* counts by keys, for all customers together. Both cover the period, unless "
            "they say otherwise."
        ),
    ),
    "factors": (
        "Success factors",
        (
            "The ways in which a customer contributes to your success (S1 step 2): each is a "
            "measure with a criterion."
        ),
    ),
    "rules": (
        "Classification rules",
        (
            "Which customers get which class: the first rule that holds decides, by priority (S1 "
            "steps 3-6)."
        ),
    ),
    "cues": (
        "Cues",
        (
            "What customers do, in words or by the channel that they choose, that is evidence of "
            "how they like to be treated (S3). A cue pushes on one axis of the colours, or on "
            "both."
        ),
    ),
    "traits": (
        "Traits",
        (
            "The four ways in which a customer may be demanding (S4). A trait is a hypothesis, "
            "and lists the signals that fired."
        ),
    ),
    "lenses": (
        "Lenses",
        "The questions that a portfolio is asked. Each has a page of its own.",
    ),
    "benchmarks": ("Benchmarks", "Net Promoter Scores that others published (S2)."),
    "report_sections": ("Report sections", "What the page is made of, in this order."),
    "advice": ("Advice", "What to do for the customers of whom a lens says something."),
    "errors": (
        "Errors",
        (
            "What is raised when something cannot be done, and how that comes about. Each says "
            "what was found, where, what was expected and what to do; the page on "
            "[errors](../errors.md) says which parts it keeps, for a program."
        ),
    ),
}
"""What the pages are called; a family that is not here yet has its name as its title."""
SEARCHED = {
    "pareto": ("Lorenz curve", "Gini coefficient", "80/20", "ABC analysis"),
    "departures": ("why customers leave",),
    "drivers": ("regression",),
    "team": ("agreement", "Fleiss' kappa"),
}
"""Words that readers know a lens by and its page does not have, for the search."""

ABOUT = (
    "These pages are generated from the declarations. What you declare in a plugin has the same "
    "form, and `klantkompas plugins` lists everything, with where it comes from."
)


def families() -> Iterator[Family]:
    """Yield every family of declarations, then what is not declared by a hook but listed too."""
    declared = Compass(installed=False).declarations
    found: dict[str, tuple[Any, ...]] = {
        each.name: getattr(declared, each.name)
        for each in attrs.fields(Declarations)
        if "hook" in each.metadata and each.name != "catalogues"
    }
    found["report_sections"] = tuple(klantkompas_report_sections())
    found["errors"] = (KlantkompasError, *kinds_of(KlantkompasError))
    for name, family in found.items():
        title, opening = OPENINGS.get(name, (name.replace("_", " ").capitalize(), ""))
        yield Family(name, title, opening, family)


def kinds_of(error: type[KlantkompasError]) -> Iterator[type[KlantkompasError]]:
    """Yield the kinds of an error, each with its own kinds behind it."""
    for each in error.__subclasses__():
        yield each
        yield from kinds_of(each)


@cache
def docstrings_of(module: ModuleType) -> Mapping[str, str]:
    """Return the docstrings under the names of a module, as its source has them."""
    body = ast.parse(inspect.getsource(module)).body
    return {
        target.id: inspect.cleandoc(after.value.value)
        for statement, after in pairwise(body)
        if isinstance(statement, ast.Assign)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def module_of(declared: object) -> tuple[ModuleType, str] | None:
    """Return the module that a declaration is a name of, and that name."""
    for title in sorted(each for each in sys.modules if each.startswith("klantkompas.")):
        for name, value in vars(sys.modules[title]).items():
            if type(value) is type(declared) and value.name == declared.name:
                return sys.modules[title], name
    return None


def functions(declared: object) -> Iterator[Callable[..., Any]]:
    """Yield the functions that a declaration is made of."""
    for each in attrs.fields(type(declared)) if attrs.has(type(declared)) else ():
        value = getattr(declared, each.name)
        if inspect.isfunction(value):
            yield value


def text_of(declared: Any) -> str:
    """Return what the source says of a declaration: the docstring of its function or its name."""
    for function in functions(declared):
        if function.__doc__:
            return inspect.getdoc(function) or ""
    found = module_of(declared)
    return "" if found is None else docstrings_of(found[0]).get(found[1], "")


def as_markdown(text: str) -> str:
    """Return a docstring as Markdown: what is between backquotes is code, doctests are blocks."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith(">>> "):
            paragraphs.append(f"```python\n{paragraph}\n```")
        elif re.match(r"(Args|Attributes|Raises):\n", paragraph):
            heading, _, rest = paragraph.partition(":\n")
            items = re.split(r"\n(?! )", inspect.cleandoc(rest))
            joined = "\n".join("- " + re.sub(r"\s*\n\s*", " ", each) for each in items)
            paragraphs.append(f"*{heading}:*\n\n{joined}".replace("``", "`"))
        elif paragraph.startswith("Returns:\n"):
            paragraphs.append("Returns: " + " ".join(paragraph.split()[1:]).replace("``", "`"))
        else:
            paragraphs.append(paragraph.replace("``", "`"))
    return "\n\n".join(paragraphs)


def written(value: Any) -> str:
    """Return the value of a field as the page shows it; empty where it says nothing."""
    if isinstance(value, partial):
        return "; ".join(filter(None, map(written, (*value.args, *value.keywords.values()))))
    if isinstance(value, Mapping):
        return ", ".join(f"`{name}` from {written(each)}" for name, each in value.items())
    if isinstance(value, frozenset):
        return ", ".join(sorted(" ".join(each) for each in value if isinstance(each, tuple)))
    if isinstance(value, tuple | list):
        return ", ".join(filter(None, map(written, value)))
    if isinstance(value, FieldSource):
        return " ".join(f"{name} {written(each)}" for name, each in unlike_default(value))[9:]
    if attrs.has(type(value)) and not callable(value):
        named = getattr(value, "name", None)
        return f"`{named if isinstance(named, str) else value}`"
    return plain(value)


def plain(value: Any) -> str:
    """Return a single value as the page shows it; empty for a function."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if callable(value):
        return ""
    if isinstance(value, str) and re.fullmatch(r"[\w.]+", value):
        return f"`{value}`"
    return str(value)


def unlike_default(declared: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields that say something: their names as words, and their values."""
    for each in attrs.fields(type(declared)) if attrs.has(type(declared)) else ():
        value = getattr(declared, each.name)
        default = each.default
        if isinstance(default, attrs.Factory) and not default.takes_self:
            default = default.factory()
        if value != default and value not in (None, "", ()):
            yield each.name.replace("_", " "), value


def entry(declared: Any) -> str:
    """Return the entry of a declaration: a heading, what it is, its fields and its docstring."""
    name = declared.__name__ if isinstance(declared, type) else declared.name
    says = next(
        (
            said[:1].upper() + said[1:].rstrip(".") + "."
            for field in SAYS
            if isinstance(said := getattr(declared, field, None), str) and said
        ),
        "",
    ).replace("?.", "?")
    lines = [f"(the-{type(declared).__name__.lower()}-{name})=", f"## `{name}`", ""]
    if says:
        lines += [says, ""]
    if isinstance(declared, InteractionKind):
        return "\n".join([*lines, *table_of(columns_of(declared.record))])
    if isinstance(declared, type):
        return "\n".join([*lines, *error_entry(declared)])
    if isinstance(declared, Lens):
        lines += [f"[What it says of the example shop, and how to read it](lens-{name}.md)", ""]
    for field, value in unlike_default(declared):
        shown = "" if field in NOT_SHOWN else written(value)
        if shown:
            lines += [field, f": {shown}", ""]
    text = text_of(declared)
    rest = text.partition("\n\n")[2] if says else text
    if rest:
        lines += [as_markdown(rest), ""]
    return "\n".join(lines)


def error_entry(error: type[Exception]) -> list[str]:
    """Return the lines of an error: what it is, what else catches it, and how it comes about."""
    text = inspect.getdoc(error) or ""
    summary, _, rest = text.partition("\n\n")
    caught = [each.__name__ for each in error.__mro__[1:] if issubclass(each, Exception)]
    by = ", ".join(f"`except {name}`" for name in caught)
    example = rest[rest.index(">>> ") :]
    return [summary, "", f"Caught by {by} too.", "", "```python", example, "```", ""]


UNKNOWN = {"MOMENT": "NaT", "TEXT": "None", "CHOICE": "None", "IDENTITY": "None", "TAGS": "None"}


def table_of(columns: Iterable[Column]) -> list[str]:
    """Return the lines of a table of columns: what each holds, and how unknown is written."""
    lines = ["| field | holds | required | unknown is |", "| --- | --- | --- | --- |"]
    for each in columns:
        holds = each.content.value
        if each.choices:
            holds += f": {', '.join(f'`{choice}`' for choice in each.choices)}"
        if each.low is not None or each.high is not None:
            holds += f", from {each.low:g}" if each.low is not None else ""
            holds += f" to {each.high:g}" if each.high is not None else ""
        unknown = UNKNOWN.get(each.content.name, "NaN")
        required = "yes" if each.required else ""
        lines.append(f"| `{each.name}` | {holds} | {required} | {unknown} |")
    return [*lines, ""]


def page_of(family: Family) -> str:
    """Return the page of a family."""
    anchor = f"(catalogue-{family.name.replace('_', '-')})="
    entries = [entry(each) for each in family.declared]
    if family.name == "kinds":
        beside = {"customers": Customer, "nominations": Nomination}
        for name, record in beside.items():
            entries.append("\n".join([f"## `{name}`", "", *table_of(columns_of(record))]))
    return "\n".join([anchor, f"# {family.title}", "", family.opening, "", *entries])


def lens_page(lens: Lens, reading: Reading) -> str:
    """Return the page of a lens: question, idea, the example shop, source, and where its API is."""
    module = sys.modules[lens.look.__module__]
    package = sys.modules.get(module.__name__.rpartition(".")[0])
    texts = [inspect.getdoc(module) or ""]
    if package is not None and package.__name__ != "klantkompas.lenses":
        texts.append(inspect.getdoc(package) or "")
    text = next((each for each in texts if "Idea:" in each), texts[0])
    prose, _, example = text.partition("\n>>> ")
    summary, _, prose = prose.partition("\n\n")
    parts = re.split(r"\b(Question|Idea|Source):\s", prose)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    lines = [f"(lens-{lens.name})=", f"# {lens.name.replace('_', ' ').capitalize()}", ""]
    if lens.name in SEARCHED:
        lines += [
            f"```{{index}} {', '.join(f'! {each}' for each in SEARCHED[lens.name])}",
            "```",
            "",
        ]
    lines += [f"*{lens.question}*", ""]
    if (opening := parts[0] or summary) != lens.question:
        lines += [as_markdown(opening), ""]
    for title in ("Question", "Idea"):
        if title in named:
            lines += [as_markdown(named[title][:1].upper() + named[title][1:]), ""]
    result = reading[lens.name]
    lines += ["## On the example shop", "", "```text", str(result), "```", ""]
    if isinstance(result, Pictured):
        lines += ["```{raw} html", result.display().svg(inline=True), "```", ""]
    if example:
        lines += ["## In Python", "", "```python", ">>> " + example, "```", ""]
    if "Source" in named:
        lines += ["## Source", "", as_markdown(named["Source"]), ""]
    kept = type(result)
    where = f"{kept.__module__}.{kept.__qualname__}"
    lines += ["## In the reference", "", f'`reading["{lens.name}"]` is a `{where}`.', ""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every page, by the name of its file."""
    every = list(families())
    found = {f"{each.name.replace('_', '-')}.md": page_of(each) for each in every}
    settings = attrs.evolve(Settings.read(SHOP / "klantkompas.toml"), installed=False)
    reading = settings.reading()
    lenses = next(each for each in every if each.name == "lenses").declared
    for lens in lenses:
        found[f"lens-{lens.name}.md"] = lens_page(lens, reading)
    found |= {"settings.md": settings_page(), "frames.md": frames_page(settings, reading)}
    toctree = ["```{toctree}", ":maxdepth: 1", "", *(name[:-3] for name in found), "```", ""]
    found["index.md"] = "\n".join(
        [
            "# What is built in",
            "",
            ABOUT,
            "",
            *toctree,
        ]
    )
    return found


def write_pages() -> None:
    """Write the pages that differ from what is there, and remove those of what is gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = FOLDER / name
        if not path.is_file() or path.read_text("utf-8") != content:
            path.write_text(content, encoding="utf-8")
