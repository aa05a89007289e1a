"""Whether HTML of a section's own would run or fetch something when the page is opened."""

from __future__ import annotations

from html.parser import HTMLParser

from klantkompas.errors import PluginError

__all__ = ["refuse_active"]

ACTIVE = {"base", "embed", "form", "frame", "iframe", "link", "meta", "object", "script", "style"}
"""Tags that make a page do something, or fetch something."""
FETCHING = {"action", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
"""Attributes that say where to fetch something."""


class _Inert(HTMLParser):
    """Refuses what would run or fetch something when the page is opened."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse a tag, or one of its attributes."""
        if tag in ACTIVE:
            raise PluginError(
                f"Template: a page of the report runs and fetches nothing, so leave out <{tag}>"
            )
        for name, value in attrs:
            fetches = name in FETCHING and not (value or "").startswith(("#", "data:image/"))
            if name.startswith("on") or fetches or "url(" in (value or ""):
                raise PluginError(
                    f"Template: a page of the report runs and fetches nothing, so leave out "
                    f"{name}= of <{tag}>"
                )


def refuse_active(html: str) -> None:
    """Refuse HTML that would run a script or fetch something.

    Args:
        html: the HTML, without what the template engine replaces.

    Raises:
        PluginError: there is such a tag or attribute.

    >>> refuse_active('<p title="calm">Nothing happens.</p>')
    """
    parser = _Inert()
    parser.feed(html)
    parser.close()
