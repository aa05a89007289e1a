"""Leads what the texts name to where it is: classes to the reference, S0 to S4 to their sources.

A name between backquotes in a docstring is a link where the reference has it. Where it has not,
such as a parameter, it must at least be a name of the source; any other is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Element, document, reference
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SOURCES = "explanation/sources"
SOURCE = re.compile(
    r"\bS([0-4])(?: (?:steps?|stap(?:pen)?) \d(?:(?:-| to | tot )\d)?)?\b"
    r"|(?:(?<=\()|(?<=Source: )|(?<=thresholds )|(?<=; )|(?<=are )|(?<=is ))"
    r"decided(?=[).,:;]|$)|^decided$"
)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, each with the anchor among the sources that it leads to, if any.

    >>> list(pieces("Source: S1 step 2; decided."))
    [('Source: ', ''), ('S1 step 2', 's1'), ('; ', ''), ('decided', 'decided'), ('.', '')]
    >>> list(pieces("by what people decided.")), list(pieces("The weight is decided: half"))[1]
    ([('by what people decided.', '')], ('decided', 'decided'))
    """
    end = 0
    for found in SOURCE.finditer(text):
        yield text[end : found.start()], ""
        yield found[0], f"s{found[1]}" if found[1] else "decided"
        end = found.end()
    yield text[end:], ""


def link_sources(app: Sphinx, doctree: document) -> None:
    """Make a link of each source that a page names."""
    from docutils import nodes
    from sphinx.addnodes import pending_xref

    page = app.env.current_document.docname
    if page == SOURCES:
        return
    kept = (nodes.title, nodes.reference, nodes.literal, nodes.FixedTextElement, pending_xref)
    for text in list(doctree.findall(nodes.Text)):
        above = text.parent
        while above is not None and not isinstance(above, kept):
            above = above.parent
        if above is None and SOURCE.search(text):
            linked = [
                link_to(app, page, piece, anchor) if anchor else nodes.Text(piece)
                for piece, anchor in pieces(text)
                if piece
            ]
            text.parent.replace(text, linked)


def link_to(app: Sphinx, page: str, text: str, anchor: str) -> pending_xref | reference:
    """Return a link to a place on the page of sources, which is in English only."""
    from docutils import nodes
    from languages import url_of
    from sphinx.addnodes import pending_xref

    inner = nodes.inline("", text)
    if app.config.language == "nl":
        uri = f"{url_of(SOURCES, page, 'nl')}#{anchor}"
        return nodes.reference("", "", inner, refuri=uri, internal=True)
    link = pending_xref("", inner, refdomain="std", reftype="ref", reftarget=anchor)
    link.attributes |= {"refexplicit": True, "refwarn": True, "refdoc": page}
    return link


def link_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: Element
) -> Element | None:
    """Return a link to a class of another module, else what is shown where such a name exists."""
    from names import is_known

    name = str(node["reftarget"])
    # The reference is in English only, so in Dutch every name of it is shown as it is.
    if node["refdomain"] != "py" or (node["reftype"] != "obj" and app.config.language != "nl"):
        return None
    if name[:1].isupper():
        python = env.domains.python_domain
        found = python.find_obj(env, None, None, name, None, 1)
        if len(found) == 1 and found[0][1].docname != node["refdoc"]:
            from sphinx.util.nodes import make_refnode

            place = found[0][1]
            return make_refnode(
                app.builder, node["refdoc"], place.docname, place.node_id, shown, found[0][0]
            )
    return shown if is_known(name) else None


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages with words for the search, which forgets those of pages not read again."""
    if not added | changed | removed:
        return []
    entries = env.domains.index_domain.entries
    return [page for page, every in entries.items() if any(each[3] == "main" for each in every)]


def setup(app: Sphinx) -> None:
    """Link sources, and names that Sphinx does not find by itself."""
    app.connect("env-get-outdated", read_again)
    app.connect("doctree-read", link_sources)
    app.connect("missing-reference", link_name)
