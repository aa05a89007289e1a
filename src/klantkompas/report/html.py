"""A reading as one page for a shop owner: no network, no scripts, in English or Dutch."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError, KlantkompasError, MissingExtraError
from klantkompas.report.formats import Formats
from klantkompas.report.page import page_of

__all__ = ["write_report"]

TEMPLATES = Path(__file__).parent / "templates"


def _environment(formats: Formats) -> Any:
    try:
        import babel  # noqa: F401
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as cause:
        raise MissingExtraError("report", "writing a report") from cause
    environment: Any = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # Only the page's own texts go through gettext, which trusts them; those of declarations and of
    # the data go through the filter `text`, and are escaped.
    environment.install_gettext_callables(
        formats.text, lambda one, many, count: formats.text(one if count == 1 else many), True
    )
    for name in ("cutoff", "day", "money", "needed", "note", "number", "points", "share", "text"):
        environment.filters[name] = getattr(formats, name)
    environment.filters["said"] = lambda sentence: sentence.said(formats.text)
    return environment


def write_report(
    reading: Reading,
    path: str | os.PathLike[str],
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
) -> Path:
    """Write a reading as one self-contained page. Needs the extra `report`.

    A customer that objects to profiling counts in the totals and is named nowhere.

    Args:
        reading: the reading.
        path: the file to write; an older one is replaced.
        language: ``"en"`` or ``"nl"``.
        title: the page's title; without one, "Customer compass" in that language.
        pseudonyms: a key (a secret text of 16 characters or more); customers are then called by
            pseudonyms, the same ones in every report with that key, and not by id and name.

    Returns:
        Where the page is.

    Raises:
        ArgumentError: there is no catalogue for the language, or the key is too short.
        MissingExtraError: the extra is not installed.
        KlantkompasError: the file cannot be written.

    >>> import tempfile
    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_report(reading, Path(folder, "report.html"), title="My shop")
    ...     "<title>My shop</title>" in path.read_text(encoding="utf-8")
    True
    """
    formats = Formats(language)
    template = _environment(formats).get_template("report.html.jinja")
    if title is not None and not title.strip():
        raise ArgumentError("title is empty: leave it out, or say what the page should be called")
    written = template.render(page=page_of(reading, pseudonyms), language=language, title=title)
    target = Path(path)
    try:
        target.write_text(written, encoding="utf-8")
    except OSError as cause:
        raise KlantkompasError(
            f"{target} cannot be written: {cause.strerror or cause}. Give the path of a file in a "
            "folder that exists and may be written to"
        ) from cause
    return target
