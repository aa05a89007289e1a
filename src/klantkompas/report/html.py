"""A reading as one page for a shop owner: no network, in English or Dutch, readable without script.

The only script is the report's own, known to the page by its hash; it searches and sorts one table,
and unfolds what is folded before the page is printed.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar, overload

from attrs import evolve

from klantkompas._checked import checked_instance
from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import Block, ReportSection
from klantkompas.hooks.declaration import describe
from klantkompas.io.sources.contents import path_of
from klantkompas.io.write_file import write_file, write_to
from klantkompas.report.drawing import Drawing
from klantkompas.report.environment import TEMPLATES, render, require_engine
from klantkompas.report.naming import Naming
from klantkompas.report.sections import klantkompas_report_sections
from klantkompas.report.sections.cards import MOST
from klantkompas.report.writer import PageWriter, customers_in
from klantkompas.reviews.compare import Review
from klantkompas.reviews.letting_go_plan import LettingGoPlan
from klantkompas.reviews.work_lists import work_lists

__all__ = ["report_html", "write_report"]

ENDINGS = ("", ".html", ".htm")
LISTS = (
    *("cherish", "put_right", "almost", "watch", "overdue", "one_time", "changed"),
    *("let_go", "first_find_out", "wait"),
)
"""The lists to work from that sections may ask for: not that of everybody, which is a table."""
FileT = TypeVar("FileT", bound=IO[bytes])
CARDED = "carded"
"""The parameter of a section that comes last: the ids of the customers whom the others name."""


def _in_order(
    declared: Iterable[ReportSection], leave_out: Iterable[str]
) -> tuple[ReportSection, ...]:
    """Put the sections of plugins among the report's own ones that are not left out."""
    own = {each.name: each for each in klantkompas_report_sections()}
    for name in leave_out:
        if name not in own:
            raise ArgumentError(
                told(
                    "leave_out names {name}. {there}",
                    name=repr(name),
                    there=nearest(str(name), own),
                )
            )
    found = {name: each for name, each in own.items() if name not in {*leave_out}}
    for each in declared:
        if each.name in found:
            raise PluginError(
                f"{describe(each)} has the name of one of the report's own: rename it, or write "
                f"the report with leave_out={{{each.name!r}}} to put it in that one's place"
            )
        found[each.name] = each
    return tuple(sorted(found.values(), key=lambda each: (each.priority, each.name)))


def report_html(
    reading: Reading,
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
    leave_out: Iterable[str] = (),
    review: Review | None = None,
    plan: LettingGoPlan | None = None,
) -> str:
    """Return a reading as one self-contained page of HTML. Needs the extra `report`.

    A customer who objects to profiling counts in the totals and is named nowhere.

    Args:
        reading: the reading.
        language: ``"en"`` or ``"nl"``.
        title: the page's title; without one, "Customer compass" in that language.
        pseudonyms: a key (a secret text of 16 characters or more); customers are then called by
            pseudonyms, the same ones in every report with that key, and not by id and name.
        leave_out: names of the report's own sections to leave out; a plugin may have one of the
            same name in its place.
        review: the review that compares the reading with an earlier one, such as `compare_reviews`
            returns; without it, the page cannot say what changed.
        plan: the plan for letting go by this reading; without it, the page has none.

    Returns:
        The page.

    Raises:
        ArgumentError: the title cannot be written, there is no such language, the key is too short,
            the report has no section that is to be left out, or the review or plan is of another
            reading.
        PluginError: a plugin's section fails, or returns something that is not a block.
        MissingExtraError: the extra `report` is not installed.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> "<h1>My shop</h1>" in report_html(reading, title="My shop")
    True
    """
    checked_instance(reading, Reading, "reading is a Reading, such as compass.read(...)")
    require_engine()
    _check_title(title)
    naming = Naming(reading.measures, pseudonyms)
    writer = PageWriter(language, reading.translations, reading.currency, naming=naming)
    sections = _in_order(reading.report_sections, tuple(leave_out))
    lists = work_lists(reading, review, plan, names=LISTS)
    given = {"review": review, "plan": plan, "lists": lists}
    drawing = Drawing(writer)
    blocks: dict[str, list[Block]] = {
        each.name: drawing.blocks(each, reading, **given)
        for each in sections
        if CARDED not in each.needs
    }
    carded = _carded(blocks.values())
    writer = evolve(writer, naming=evolve(naming, cards=carded))
    drawing = Drawing(writer)
    blocks |= {
        each.name: drawing.blocks(each, reading, **given, **{CARDED: carded})
        for each in sections
        if CARDED in each.needs
    }
    drawn = [(each, drawing.body(each, blocks[each.name])) for each in sections]
    script = _script()
    from markupsafe import Markup

    page = render(
        "page.html.jinja",
        writer,
        {
            "language": language,
            "reading": reading,
            "first_day": reading.measures.start + timedelta(days=1),
            "sections": [(section, body) for section, body in drawn if body],
            "title": title,
            "script": Markup(script),  # noqa: S704 (the report's own)
            "script_hash": _hash(script),
        },
    )
    # Of text that came with the data, an unpaired surrogate is written out.
    return page.encode(errors="backslashreplace").decode()


@overload
def write_report(
    reading: Reading,
    file: str | os.PathLike[str],
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
    leave_out: Iterable[str] = (),
    review: Review | None = None,
    plan: LettingGoPlan | None = None,
) -> Path: ...
@overload
def write_report(
    reading: Reading,
    file: FileT,
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
    leave_out: Iterable[str] = (),
    review: Review | None = None,
    plan: LettingGoPlan | None = None,
) -> FileT: ...
def write_report(
    reading: Reading,
    file: Any,
    *,
    language: str = "en",
    title: str | None = None,
    pseudonyms: str | bytes | None = None,
    leave_out: Iterable[str] = (),
    review: Review | None = None,
    plan: LettingGoPlan | None = None,
) -> Any:
    """Write a reading as one self-contained page; see `report_html`.

    Args:
        reading: the reading.
        file: the file to write, whose name ends in ``.html`` or ``.htm``, if it has an ending; an
            older one is replaced when the new one is whole. Or a file open for writing bytes.
        language: ``"en"`` or ``"nl"``.
        title: the page's title; without one, "Customer compass" in that language.
        pseudonyms: a key for pseudonyms.
        leave_out: names of the report's own sections to leave out.
        review: the review that compares the reading with an earlier one.
        plan: the plan for letting go by this reading.

    Returns:
        The path of the page, or the open file.

    Raises:
        ArgumentError: the path ends as another kind of file, or as `report_html`.
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
    target = None if hasattr(file, "write") else _target(file)
    page = report_html(
        reading,
        language=language,
        title=title,
        pseudonyms=pseudonyms,
        leave_out=leave_out,
        review=review,
        plan=plan,
    )
    content = page.encode()
    return write_to(file, content) if target is None else write_file(target, content)


def _carded(blocks: Iterable[Sequence[Block]]) -> tuple[str, ...]:
    """Return the ids of the first customers whom the page names, who get a card."""
    named = (each for of in blocks for each in customers_in([*of]))
    return tuple(islice(dict.fromkeys(named), MOST))


@cache
def _script() -> str:
    return (TEMPLATES / "report.js").read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """Return the hash by which a browser knows the one script that it may run."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


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
            told(
                "title is {title}, which holds an unpaired surrogate (half of a character)",
                title=shown(title),
            ),
            remedy=told("Write it in UTF-8"),
        )
