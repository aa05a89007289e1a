"""How the documentation is built."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from enum import Enum
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

import klantkompas  # noqa: F401

sys.path.insert(0, str(Path(__file__).parent))
import accessible
import catalogue
import commands
import gallery
import languages
import published
import references
import schemas
import systems

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "klantkompas"
author = "klantkompas contributors"
project_copyright = "2026, klantkompas contributors"
release = version = version_of("klantkompas")

extensions = [
    "myst_parser",
    "notfound.extension",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        *("sidebar/brand.html", "sidebar/languages.html", "sidebar/search.html"),
        *("sidebar/scroll-start.html", "sidebar/navigation.html", "sidebar/scroll-end.html"),
    ]
}
html_css_files = ["docs.css"]
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
html_title = "klantkompas"
html_show_sourcelink = False
html_copy_source = False

# In full, as Sphinx looks for what its search says from wherever it is started.
locale_dirs = [str(Path(__file__).parent / "locales")]
gettext_compact = "docs"

default_role = "py:obj"
python_maximum_signature_line_length = 80
python_use_unqualified_type_names = True

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
# Arrays are called by what they hold; the reference says which they are.
ARRAYS = ("AnyArray", "BoolArray", "Codes", "DayArray", "FloatArray", "ObjectArray", "TimeArray")
# What is imported for its type alone is known by its short name.
IMPORTED_FOR_TYPES = (
    *("Axes", "Language"),
    *("ColumnMapping", "MeasuredValues", "Path", "Rows", "Sources", "TallyCounts", "Traversable"),
)
# And what attrs makes of a class does not know the class itself, which its fields may name.
autodoc_type_aliases = {name: name for name in (*ARRAYS, *IMPORTED_FOR_TYPES)}
napoleon_numpy_docstring = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

nitpicky = True
ELSEWHERE = "|".join(
    (
        *("attrs?", "collections", "datetime", "enum", "gettext", "hypothesis", "importlib"),
        *("narwhals", "np", "numpy", "os", "pathlib", "pluggy", "pytest", "typing"),
    )
)
nitpick_ignore_regex = [
    # No other project's inventory is fetched, so that the documentation builds without a network.
    (r"py:.*", rf"({ELSEWHERE})\..*"),
    # These stand for types that the reference spells out elsewhere, not for classes; and attrs
    # hands on what a converter takes without saying from which module.
    (r"py:class", "|".join((*autodoc_type_aliases, "Value", "date"))),
    # A type variable stands for whatever a list holds, and plain counts are documented where made.
    (r"py:class", r"(.*\.)?(FileT|ListedT(_co)?|ValueT)|.*\.(Found|RecordT)"),
    (r"py:class", r"klantkompas\.stats\.answers\..*"),
    # How ids and notes are kept until they are asked for is for the library alone.
    (r"py:class", r"Lazy|Memo|klantkompas\._(arrays|ids)\..*|TypeAliasForwardRef"),
    # Parts of a card and a list, and the way a settings file is written, are for the library alone.
    (r"py:class", r"klantkompas\.(compass\.card\.Card|settings\.written\.(At|Written))"),
    (r"py:class", r"(klantkompas\.compass\.next_steps\.)?NextSteps"),
    (r"py:class", r"klantkompas\.report\.letter\..*"),
    # Every declaration has a name.
    (r"py:class", r"klantkompas\.hooks\.checks\.HasName"),
    # What a check of plugins carries along is for the kit alone.
    (r"py:class", r"NullTranslations|klantkompas\.testing\.(failures|checks)\..*"),
]


# These are handed out, and how they are made is for the library alone.
HANDED_OUT = ("klantkompas.Measures", "klantkompas.Portfolio", "klantkompas.Rows")


def restore_docstrings(owner: Any) -> None:
    """Copy the docstrings of cached properties to the slots that attrs makes of them."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    owner.__slots__ = dict.fromkeys(owner.__slots__) | {
        node.name: ast.get_docstring(node)
        for node in getattr(tree, "body", ())
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(each) == "cached_property" for each in node.decorator_list)
    }


def keep_colons(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: Any) -> None:
    """Keep napoleon from taking the words in front of a property's colon for its type."""
    if what in ("attribute", "property") and lines:
        lines[0] = f": {lines[0]}"


def fix_signature(
    app: Sphinx, what: str, name: str, thing: Any, options: Any, signature: str, returns: str
) -> tuple[str | None, str | None]:
    """Write aliases within types by their names, and the defaults of attrs classes as they are."""

    def default(match: re.Match[str]) -> str:
        value = attrs.fields_dict(thing)[match[1]].default
        return f"{type(value).__name__}.{value.name}" if isinstance(value, Enum) else repr(value)

    def fixed(text: str | None) -> str | None:
        if text is None:
            return None
        named = re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", text)
        return re.sub(r"attr_dict\['(\w+)'\]\.default", default, named).replace("NOTHING", "...")

    if what == "class" and name in HANDED_OUT:
        return "", None
    return fixed(signature), fixed(returns)


def setup(app: Sphinx) -> None:
    """Build one language; in English write the pages of what is built in and prepare autodoc."""
    languages.setup(app)
    references.setup(app)
    app.connect("build-finished", accessible.repair_pages)
    if app.config.language == "nl":
        return
    catalogue.write_pages()
    commands.write_page()
    gallery.write_page()
    published.write_page()
    commands.write_schemas()
    schemas.write_schemas()
    systems.write_pages()
    for name in [name for name in sys.modules if name.startswith("klantkompas.")]:
        for _, owner in inspect.getmembers(sys.modules[name], inspect.isclass):
            if owner.__module__ == name and attrs.has(owner) and "__slots__" in vars(owner):
                restore_docstrings(owner)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)
    app.connect("autodoc-process-signature", fix_signature)
