"""The engine that writes templates: made once, for every page and language.

What a page writes with (its language, its names for customers) comes to the filters by the context
of the template, so that a template is compiled once, however many pages are made.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klantkompas._told import told
from klantkompas.errors import MissingExtraError
from klantkompas.report.writer import PageWriter
from klantkompas.wording.explanation import Text
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context

__all__ = ["TEMPLATES", "render", "render_source", "require_engine"]

TEMPLATES = Path(__file__).parent / "templates"
WRITER = "page_writer"
"""Under this name the context of a template holds the writer of the page."""
METHODS = ("day", "money", "number", "points", "quantity", "share", "text", "written")
"""The methods of the writer that are filters."""


def require_engine() -> None:
    """Check that the engine for templates is there.

    Raises:
        MissingExtraError: the extra ``report`` is not installed.
    """
    try:
        import jinja2  # noqa: F401 (it is asked each time whether it is there)
    except ImportError as cause:
        raise MissingExtraError("report", told("writing a report")) from cause


def render(name: str, writer: PageWriter, values: Mapping[str, object]) -> str:
    """Return one of the report's own templates, filled in.

    Args:
        name: the name of its file.
        writer: writes values in the reader's language.
        values: the variables of the template, by name.
    """
    return _made().get_template(name).render({**values, WRITER: writer})


def render_source(source: str | Path, writer: PageWriter, values: Mapping[str, object]) -> str:
    """Return a template that a section gave, filled in; as `render` does.

    Args:
        source: the template, or the path of its file.
        writer: writes values in the reader's language.
        values: the variables of the template, by name.
    """
    given = (source,) if isinstance(source, str) else (source.read_text("utf-8"), str(source))
    return _compiled(*given).render({**values, WRITER: writer})


@cache
def _compiled(source: str, file: str | None = None) -> Template:
    """Return a template that may import the report's own; only that of a file is kept compiled."""
    from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

    if file is None:
        return _made().from_string(source)
    loader = ChoiceLoader([DictLoader({file: source}), FileSystemLoader(TEMPLATES)])
    return _made().overlay(loader=loader).get_template(file)


def _by_context(act: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that gets the writer of the page."""
    from jinja2 import pass_context

    @pass_context
    def filtered(context: Context, value: object, *rest: object) -> object:
        return act(context[WRITER], value, *rest)

    return filtered


def _method(name: str) -> Callable[..., object]:
    return _by_context(lambda writer, value, *rest: getattr(writer, name)(value, *rest))


def _sentences(writer: PageWriter, text: Text) -> tuple[str, ...]:
    """Return what the library itself says of all customers together, which names none of them."""
    return text.sentences(Writer(writer.language, writer.catalogues))


def _lines(cell: object) -> Iterable[object]:
    return cell if isinstance(cell, list | tuple) else (cell,)


def _plural(writer: PageWriter, one: str, many: str, count: float) -> str:
    return writer.text(one if count == 1 else many)


@cache
def _made() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from klantkompas.report.compiled_templates import CompiledTemplates

    environment: Any = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=CompiledTemplates(TEMPLATES, made_with=Path(__file__).read_bytes()),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=_by_context(PageWriter.in_template),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # Only the templates' own texts go through gettext, which trusts them; those of declarations and
    # of the data go through the filters `text` and `written`, and are escaped.
    environment.install_gettext_callables(_method("text"), _by_context(_plural), True)
    environment.filters |= {name: _method(name) for name in METHODS}
    environment.filters["sentences"] = _by_context(_sentences)
    environment.filters["lines"] = _lines
    environment.filters["base64"] = lambda text: base64.b64encode(text.encode()).decode()
    del environment.filters["safe"]
    made: Environment = environment
    return made
