"""Writes a page for each system of which an export can be read, from its shapes.

What a page says is what the shapes declare: how to export, what is read from which column, which
rows are left out. So a shape that is added has its page.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from klantkompas import shapes
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, FieldSource

FOLDER = Path(__file__).with_name("how-to") / "systems"
OPENING = """# From your software

How to export from each of these, what is read from which column, and what is left out. The pages
are generated from the [export shapes](../../reference/hooks/export-shapes.md).

*Recognised* exports need nothing: give the file and name no column. Those that are read *by name*
have headings that no public page or file shows, so you say which shape it is, and look whether each
column is what it should be. For any other software, and the orders of Lightspeed, look at the file
with `klantkompas columns FILE`: see [exports as they are](../exports-as-they-are.md).
"""


@frozen
class System:
    """A system, with the shapes of its exports.

    Args:
        slug: the name of its module.
        name: its name, as people say it.
        about: what its module says.
        shapes: the shapes.
    """

    slug: str
    name: str
    about: str
    shapes: tuple[ExportShape, ...]

    @property
    def is_recognised(self) -> bool:
        """Whether any of its exports is recognised by its headings."""
        return any(each.signature for each in self.shapes)


def systems() -> Iterator[System]:
    """Yield the systems of the built-in shapes."""
    for info in sorted(pkgutil.iter_modules(shapes.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{shapes.__name__}.{info.name}")
        about = inspect.getdoc(module) or ""
        name = about.split("\n")[0].partition(":")[0].partition(",")[0]
        declared = [each for each in vars(module).values() if isinstance(each, ExportShape)]
        yield System(info.name.replace("_", "-"), name, about, tuple(declared))


def read_from(source: FieldSource) -> str:
    """Return which columns a field is read from, in words."""
    between = {Combine.PRODUCT: " \u00d7 ", Combine.SUM: " + ", Combine.FIRST: ", or else "}
    said = between[source.combine].join(f"`{each.name}`" for each in source.headings)
    said += "".join(f" \u2212 `{each.name}`" for each in source.less)
    beside = [
        (source.time, "with the time in `{}`"),
        (source.gross, "brought to the ratio of the amount to `{}`"),
    ]
    for heading, words in beside:
        if heading is not None:
            said += ", " + words.format(heading.name)
    if source.compared_as == "e-mail":
        said += ", compared without capitals"
    if source.sign is not None:
        column, minus = source.sign
        said += f", negative where `{column}` is {listed(minus)}"
    if source.term is not None:
        said += f", {source.term} days after `issued`"
    return said


def listed(values: tuple[str, ...]) -> str:
    """Return words, the last with *or*."""
    words = [f"`{each}`" if each else "empty" for each in values]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def left_out(shape: ExportShape) -> Iterator[str]:
    """Yield what of an export is left out, or taken once."""
    for column, values in shape.where.items():
        yield f"Rows count where `{column}` is {listed(values)}; the others are counted in a note."
    if shape.once:
        yield (f"Lines with the same {listed(shape.once)} are one where their values are alike.")
    if shape.currency is not None:
        yield (
            f"More than one currency in `{shape.currency.heading}` is an error that says how to "
            "keep one."
        )
    if shape.incomplete == "leave out":
        yield "Rows without a value that is needed are left out, and counted in a note."
    if shape.heading_rows > 1:
        yield f"The headings take {shape.heading_rows} rows."
    if shape.nobody:
        yield f"The ids {listed(shape.nobody)} stand for nobody."


def section(shape: ExportShape) -> str:
    """Return the section of a shape."""
    rows = [f"| `{name}` | {read_from(source)} |" for name, source in shape.fields.items()]
    recognised = (
        "It is recognised by its headings: name no column. To change a part, name the shape and "
        "add that part in [klantkompas.toml](../settings.md):"
        if shape.signature
        else "It is read by name, in [klantkompas.toml](../settings.md):"
    )
    return "\n".join(
        [
            f"## {shape.table.capitalize()}: {shape.title}",
            "",
            shape.how_to,
            "",
            recognised,
            "",
            "```toml",
            f"[{shape.table}]",
            'file = "export.csv"',
            f'shape = "{shape.name}"',
            "```",
            "",
            "| field | is read from |",
            "| --- | --- |",
            *rows,
            "",
            *(f"- {each}" for each in left_out(shape)),
            "",
            f"Headings seen in: {shape.source}." if shape.source else "",
            "",
        ]
    )


def page(system: System) -> str:
    """Return the page of a system."""
    _, _, rest = system.about.partition("\n")
    opening = rest.strip().replace("``", "`")
    return "\n".join(
        [f"# From {system.name}", "", opening, "", *(section(each) for each in system.shapes)]
    )


def pages() -> dict[str, str]:
    """Return every page, by the name of its file."""
    every = list(systems())
    found = {f"{each.slug}.md": page(each) for each in every}
    groups = {
        "Recognised": [each for each in every if each.is_recognised],
        "Read by name": [each for each in every if not each.is_recognised],
    }
    lines = [OPENING]
    for title, members in groups.items():
        links = (f"{each.name} <{each.slug}>" for each in members)
        lines += [f"## {title}", "", "```{toctree}", ":maxdepth: 1", "", *links, "```", ""]
    found["index.md"] = "\n".join(lines)
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
