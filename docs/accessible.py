"""Repairs what the theme writes that axe-core objects to, in the pages that are built.

Captions of the contents are headings without a level, code that scrolls cannot be reached with the
keyboard, and signatures over several lines are lists of definitions without terms.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SIGNATURE = re.compile(r'<dl>\n((?:<dd><em class="sig-param.*</dd>\n)+)</dl>')


def repaired(page: str) -> str:
    """Return a page as everybody can read it.

    >>> repaired('<p class="caption" role="heading">How to</p><pre>code</pre>')
    '<p class="caption" role="heading" aria-level="2">How to</p><pre tabindex="0">code</pre>'
    """
    page = page.replace('role="heading">', 'role="heading" aria-level="2">')
    page = re.sub(r"<pre(?![^>]*tabindex)", '<pre tabindex="0"', page)
    return SIGNATURE.sub(
        lambda found: (
            '<div class="sig-params">\n'
            + found[1].replace("<dd>", "<div>").replace("</dd>", "</div>")
            + "</div>"
        ),
        page,
    )


def repair_pages(app: Sphinx, failure: Exception | None) -> None:
    """Repair every page that was built."""
    if failure is None and app.builder.format == "html":
        for path in Path(app.outdir).rglob("*.html"):
            page = path.read_text("utf-8")
            if (better := repaired(page)) != page:
                path.write_text(better, encoding="utf-8")
