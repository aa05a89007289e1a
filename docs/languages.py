"""Which pages are in Dutch, and how the two builds of the documentation lead to each other.

The Dutch build (``-D language=nl``) has the pages below and goes into the folder ``nl`` of the
English one. A link to a page that one of them has not leads to that page in the other.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx

DOCS = Path(__file__).parent
# Their Dutch is in locales/nl/LC_MESSAGES/docs.po.
TRANSLATED = (
    "index",
    "install",
    "glossary",
    "tutorial/from-exports-to-a-report",
    "how-to/exports-as-they-are",
    "how-to/lists-to-work-from",
    "how-to/name-your-columns",
    "how-to/reading-the-page",
    "how-to/review-and-let-go",
    "how-to/settings",
    "how-to/the-teams-own-list",
    "how-to/why-provisional",
    "explanation/customers-and-the-law",
    "explanation/how-it-counts",
    "explanation/what-a-letter-can-tell",
)
# What commands show is shown in either language, so these are written in both.
WRITTEN_IN_DUTCH = {
    "tutorial/an-hour-with-your-exports": "tutorial/een-uur-met-je-exports",
}
# What the theme cannot have translated; the rest of it is in locales/nl/LC_MESSAGES/sphinx.po.
THEME_IN_DUTCH = {
    'aria-label="Toggle site navigation sidebar"': 'aria-label="Inhoud van de site tonen"',
    'aria-label="Toggle table of contents sidebar"': 'aria-label="Inhoud van de pagina tonen"',
    'aria-label="Toggle Light / Dark / Auto color theme"': 'aria-label="Licht, donker of vanzelf"',
    "<title>Contents</title>": "<title>Inhoud</title>",
    "<title>Expand</title>": "<title>Uitklappen</title>",
    "<title>Light mode</title>": "<title>Licht</title>",
    "<title>Dark mode</title>": "<title>Donker</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Vanzelf, nu licht</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Vanzelf, nu donker</title>",
}
IN_BOTH = {page: page for page in (*TRANSLATED, "search")}
TO_DUTCH = {**IN_BOTH, **WRITTEN_IN_DUTCH}
TO_ENGLISH = {**IN_BOTH, **{dutch: english for english, dutch in WRITTEN_IN_DUTCH.items()}}


def choose_pages(app: Sphinx) -> None:
    """Leave out of a build the pages that only the other language has."""
    if app.config.language == "nl":
        pages = (*TRANSLATED, *WRITTEN_IN_DUTCH.values())
        app.config.include_patterns = [f"{page}.md" for page in pages]
        # The contents name the English pages too.
        app.config.suppress_warnings = ["toc.excluded", "toc.not_readable"]
        not_found = (
            "<h1>Deze pagina is er niet</h1>\n<p>Zoek haar, of kies er een uit de inhoud.</p>"
        )
        app.config.notfound_context = {"title": "Deze pagina is er niet", "body": not_found}
    else:
        left_out = [f"{page}.md" for page in WRITTEN_IN_DUTCH.values()]
        app.config.exclude_patterns = [*app.config.exclude_patterns, *left_out]


def url_of(page: str, seen_from: str, language: str) -> str:
    """Return the address of a page of the other language, seen from one of this language.

    >>> url_of("gallery", "how-to/settings", "nl")
    '../../gallery.html'
    >>> url_of("how-to/nederlands", "how-to/english", "en")
    '../nl/how-to/nederlands.html'
    """
    other = ".." if language == "nl" else "nl"
    return posixpath.relpath(f"/top/{other}/{page}.html", posixpath.dirname(f"/top/{seen_from}"))


def target_of(link: pending_xref, page: str) -> str | None:
    """Return the page that a link leads to, if it is to a page."""
    target = str(link["reftarget"])
    if link["reftype"] == "myst":
        if link["refdomain"] == "doc":
            return target
        if not target.partition("#")[0].endswith(".md"):
            return None
        target = target.partition("#")[0].removesuffix(".md")
    elif link["reftype"] != "doc":
        return None
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(page), target)).lstrip("/")


def title_of(page: str) -> str:
    """Return the title of a page, as it stands in its file."""
    first, *_ = (DOCS / f"{page}.md").read_text("utf-8").splitlines()
    return first.removeprefix("# ")


def link_the_other_language(app: Sphinx, doctree: document) -> None:
    """Lead links to pages that are not in this build to where they are."""
    from docutils import nodes
    from sphinx.addnodes import pending_xref

    page, language = app.env.current_document.docname, app.config.language
    for link in list(doctree.findall(pending_xref)):
        target = target_of(link, page)
        in_dutch = WRITTEN_IN_DUTCH.get(target or "", page)
        if language == "nl" and in_dutch != page:
            link["reftarget"] = in_dutch
            continue
        if target is None or target in app.env.found_docs:
            continue
        if language != "nl" and target not in TO_ENGLISH:
            continue
        if not link.get("refexplicit"):
            link[0].replace_self(nodes.inline("", title_of(target)))
        anchor = f"#{link['reftargetid']}" if link.get("reftargetid") else ""
        elsewhere = nodes.reference(
            "",
            "",
            *link.children,
            refuri=url_of(target, page, language) + anchor,
            internal=True,
            classes=link["classes"],
        )
        link.replace_self(elsewhere)


def add_switch(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Hand the sidebar the address of the same page in the other language, else of its first."""
    # The page for addresses that do not exist is shown at any depth.
    if page != "404":
        pages = TO_ENGLISH if app.config.language == "nl" else TO_DUTCH
        context["elsewhere"] = url_of(pages.get(page, "index"), page, app.config.language)
        context["reference"] = url_of("reference/index", page, app.config.language)


def translate_theme(app: Sphinx, failure: Exception | None) -> None:
    """Put the theme's own words on the pages that were built into Dutch."""
    if failure is None and app.config.language == "nl" and app.builder.format == "html":
        for path in Path(app.outdir).rglob("*.html"):
            page = path.read_text("utf-8")
            for english, dutch in THEME_IN_DUTCH.items():
                page = page.replace(english, dutch)
            path.write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Build the pages of one language, with links to the other."""
    choose_pages(app)
    app.connect("doctree-read", link_the_other_language)
    app.connect("html-page-context", add_switch)
    app.connect("build-finished", translate_theme)
