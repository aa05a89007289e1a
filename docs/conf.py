"""How the documentation is built."""

from __future__ import annotations

from importlib.metadata import version as version_of

project = "klantkompas"
author = "klantkompas contributors"
project_copyright = "2026, klantkompas contributors"
release = version = version_of("klantkompas")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "klantkompas"

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
napoleon_numpy_docstring = False

nitpicky = True
# No other project's inventory is fetched, so that the documentation builds without a network.
nitpick_ignore_regex = [
    (r"py:.*", r"(attrs?|collections|datetime|narwhals|numpy|os|pathlib|pluggy|typing)\..*"),
]
