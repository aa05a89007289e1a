"""Bring the Dutch of the documentation up to date with its pages; run by the session translate.

Texts that are new or changed come without a translation, those that are gone are left out, and what
is only code is its own translation. ``tests/docs/test_dutch.py`` names what is still to be written.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import mkdtemp

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from languages import TRANSLATED
from sphinx.application import Sphinx

DOCS = Path(__file__).parent
CATALOGUE = DOCS / "locales" / "nl" / "LC_MESSAGES" / "docs.po"
# Without dates, so that a catalogue changes by its texts alone.
HEADER = r"""# The documentation in Dutch.
msgid ""
msgstr ""
"Language: nl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
CODE = re.compile(r"`[^`]+`")


def only_code(text: str) -> bool:
    """Return whether there is nothing to translate in a text.

    >>> only_code("`true`, `false`"), only_code("`true` or `false`")
    (True, False)
    """
    return re.search(r"[^\W\d_]", CODE.sub("", text)) is None


def extracted() -> Catalog:
    """Return the texts of the pages, in their order, without reading the package itself."""
    folder = mkdtemp()
    settings = {
        "extensions": ["myst_parser", "sphinx_design"],
        "gettext_compact": "docs",
        "include_patterns": [f"{page}.md" for page in TRANSLATED],
        "myst_enable_extensions": ["colon_fence", "deflist"],
        # Links to other pages lead nowhere here; the documentation itself is built strictly.
        "suppress_warnings": ["myst.xref_missing", "ref.doc", "toc.excluded", "toc.not_readable"],
    }
    app = Sphinx(DOCS, None, folder, folder, "gettext", settings, status=None)
    app.build()
    if app.statuscode:
        sys.exit("The texts of the pages could not be read; see above.")
    with Path(folder, "docs.pot").open("rb") as file:
        return read_po(file)


def updated(texts: Catalog, translations: Catalog) -> Catalog:
    """Return a catalogue of the texts with the translations that there are."""
    catalogue = Catalog(locale="nl")
    for text in texts:
        if isinstance(text.id, str) and text.id:
            known = translations.get(text.id)
            string = str(known.string) if known is not None and not known.fuzzy else ""
            pages = dict.fromkeys(path.rpartition("docs/")[2] for path, _ in text.locations)
            catalogue.add(
                text.id,
                string or (text.id if only_code(text.id) else ""),
                locations=[(page, None) for page in pages],
            )
    return catalogue


def main() -> None:
    """Write the catalogue."""
    with CATALOGUE.open("rb") as file:
        translations = read_po(file, locale="nl")
    catalogue = updated(extracted(), translations)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, width=99, omit_header=True)
    missing = sum(not text.string for text in catalogue if text.id)
    sys.stdout.write(f"{len(catalogue)} texts, {missing} of them without a translation\n")


if __name__ == "__main__":
    main()
