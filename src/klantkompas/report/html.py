"""A reading as one page for a shop owner: no network, no scripts, in English or Dutch."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from klantkompas._printable import shown
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError, PluginError, checked_instance, nearest, told
from klantkompas.hooks import ReportSection
from klantkompas.hooks.declaration import describe
from klantkompas.io.contents import path_of
from klantkompas.io.write_file import write_file
from klantkompas.report.drawing import Drawing
from klantkompas.report.naming import Naming
from klantkompas.report.sections import klantkompas_report_sections
from klantkompas.report.writer import PageWriter

__all__ = ["write_report"]

ENDINGS = ("", ".html", ".htm")


def _in_order(
    declared: Iterable[ReportSection], leave_out: Iterable[str]
) -> tuple[ReportSection, ...]:
    """Put the sections of plugins among the report's own ones that are not left out."""
    own = {each.name: each for each in klantkompas_report_sections()}
    for name in leave_out:
        if name not in own:
            raise ArgumentError(f"leave_out names {name!r}. {nearest(str(name), own)}")
    found = {name: each for name, each in own.items() if name not in {*leave_out}}
    for each in declared:
        if each.name in found:
            raise PluginError(
                f"{describe(each)} has the name of one of the report's own: rename it, or write "
                f"the report with leave_out={{{each.name!r}}} to put it in that one's place"
            )
        found[each.name] = each
    return tuple(sorted(found.values(), key=lambda each: (each.priority, each.name)))


def write_report(
    reading: Reading,
    path: str | os.PathLike[str],
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
    leave_out: Iterable[str] = (),
) -> Path:
    """Write a reading as one self-contained page. Needs the extra `report`.

    A customer who objects to profiling counts in the totals and is named nowhere.

    Args:
        reading: the reading.
        path: the file to write, whose name ends in ``.html`` or ``.htm``, if it has an ending; an
            older one is replaced when the new one is whole.
        language: ``"en"`` or ``"nl"``.
        title: the page's title; without one, "Customer compass" in that language.
        pseudonyms: a key (a secret text of 16 characters or more); customers are then called by
            pseudonyms, the same ones in every report with that key, and not by id and name.
        leave_out: names of the report's own sections to leave out; a plugin may have one of the
            same name in its place.

    Returns:
        The path of the page.

    Raises:
        ArgumentError: the path ends as another kind of file, the title cannot be written, there is
            no such language, the key is too short, or the report has no section that is to be left
            out.
        PluginError: a plugin's section fails, or returns something that is not a block.
        MissingExtraError: the extra `report` is not installed.
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
    checked_instance(reading, Reading, "reading is a Reading, such as compass.read(...)")
    drawing = Drawing(
        PageWriter(
            language,
            reading.translations,
            naming=Naming(reading.measures, pseudonyms),
        )
    )
    target = _target(path)
    _check_title(title)
    sections = _in_order(reading.report_sections, tuple(leave_out))
    drawn = [(section, drawing.body(section, reading)) for section in sections]
    written = drawing.page(
        reading=reading,
        first_day=reading.measures.start + timedelta(days=1),
        sections=[(section, body) for section, body in drawn if body],
        title=title,
    )
    # Of text that came with the data, an unpaired surrogate is written out.
    return write_file(target, written.encode(errors="backslashreplace"))


def _target(path: object) -> Path:
    target = path_of(path)
    if target.suffix.lower() not in ENDINGS:
        raise ArgumentError(
            told(
                "the report is a page (HTML), which {name} does not end as",
                name=shown(target.name),
            ),
            remedy=told("Give a path that ends in .html or .htm"),
        )
    return target


def _check_title(title: object) -> None:
    if title is None:
        return
    if not isinstance(title, str) or not title.strip():
        raise ArgumentError(
            told("title is {title}", title=shown(title)),
            remedy=told("Give a string that says what the page should be called, or leave it out"),
        )
    if any("\ud800" <= each <= "\udfff" for each in title):
        raise ArgumentError(
            f"title is {shown(title)}, which holds an unpaired surrogate (half of a character)",
            remedy="Write it in UTF-8",
        )
