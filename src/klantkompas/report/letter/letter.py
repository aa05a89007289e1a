"""A letter to one customer: all that is held of them and was made of it, as text, page and data.

Source: GDPR 13-15 and 22; CJEU C-203/22.

>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> told = letter(reading, "a")
>>> told.made.label, told.as_of
('A', datetime.date(2026, 1, 7))
>>> print(told.text().splitlines()[0])
What we hold about you, and what was made of it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from importlib.metadata import version
from typing import Protocol

from attrs import evolve, field, frozen

from klantkompas._checked import checked_instance
from klantkompas.classification.classify import Classification
from klantkompas.compass import Reading
from klantkompas.domain.nominations import NOMINATIONS, in_record
from klantkompas.errors import ArgumentError
from klantkompas.lenses.demands import Demands
from klantkompas.report.letter.addressed import HEADINGS, addressed
from klantkompas.report.letter.held import (
    HeldField,
    HeldMeasure,
    measures_held,
    nominations_held,
    record_held,
    unknown_held,
)
from klantkompas.report.letter.history import held_in, is_typed, people_in, without_others
from klantkompas.report.letter.made import ClassMade, made_of
from klantkompas.report.letter.others import A_CUSTOMER, A_MEMBER, Blanked
from klantkompas.report.letter.page import page_of
from klantkompas.report.letter.section import Section
from klantkompas.report.letter.sections import sections_of
from klantkompas.report.letter.writing import LetterWriter
from klantkompas.results import CustomerResult
from klantkompas.wording.plain import UNTOLD, Json, Plain
from klantkompas.wording.sentence import Sentence
from klantkompas.wording.writer import Language, Writer

__all__ = ["Exporting", "Letter", "Said", "letter"]


class Exporting(Protocol):
    """What a history is to a letter: it returns what it holds of a customer."""

    def export(self, customer_id: str | int) -> str:
        """Return everything that is held of a customer, as JSON."""


@frozen(kw_only=True)
class Said(Plain):
    """What a lens says of the customer, as it is said to them.

    Args:
        lens: the lens's name.
        question: what it tells of; of a plugin's lens its question.
        lines: its answer, line by line.
    """

    lens: str
    question: str
    lines: tuple[str, ...]


@frozen(kw_only=True, repr=False)
class Letter(Plain):
    """All that is held of one customer, and what was made of it.

    It prints as text; `html` returns it as a page, `to_dict` and `to_json` as data from which the
    class can be computed again.

    Args:
        customer: the customer's id.
        name: their name; None where unknown.
        as_of: the reference date.
        start: the first day of the period.
        months: how many months that has.
        library_version: the version of klantkompas.
        opted_out: whether they object to profiling.
        made: their class, and how it was made; without a class the reason.
        service: what their class means for the service that they get, in the advice of the reading.
        said: what the other lenses say of them.
        record: what is known in their record.
        nominations: who named them among the customers who fit best, and why.
        measures: the figures that are known of them.
        unknown: what is not known of them.
        history: what the history holds of them, by what it is; empty without one.
        sender: whom to write to.
        on: the date of the letter; None where it is still to be filled in.
        shared_with: who else gets the data.
        kept_for: how long the data are kept.
        remarks: what else the business adds.
        described: by measure, what it is and what its basis counts.
        writer: writes the letter, in its language.
    """

    customer: str
    name: str | None
    as_of: date
    start: date
    months: int
    library_version: str
    opted_out: bool
    made: ClassMade
    service: tuple[Sentence, ...]
    said: tuple[Said, ...]
    record: tuple[HeldField, ...]
    nominations: tuple[Sentence, ...]
    measures: tuple[HeldMeasure, ...]
    unknown: tuple[Sentence, ...]
    history: Json
    sender: str
    on: date | None
    shared_with: str
    kept_for: str
    remarks: tuple[str, ...]
    described: Mapping[str, tuple[str, str]] = field(metadata=UNTOLD, repr=False)
    writer: LetterWriter = field(metadata=UNTOLD, repr=False, eq=False)

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        """What is still to be filled in before it is sent, as the arguments of `letter`."""
        given = {
            "sender": self.sender,
            "on": self.on,
            "shared_with": self.shared_with,
            "kept_for": self.kept_for,
        }
        return tuple(name for name, value in given.items() if not value)

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return self.writer.language

    def sections(self) -> tuple[Section, ...]:
        """Return the sections of the letter, in order."""
        return sections_of(self)

    def text(self) -> str:
        """Return the letter as plain text."""
        say = self.writer
        blocks = [block for each in self.sections() for block in each.blocks(say)]
        return "\n\n".join(blocks)

    def __str__(self) -> str:
        """Return the letter as plain text."""
        return self.text()

    def __repr__(self) -> str:
        """Return a line: to whom it is, and of when."""
        return f"Letter(customer={self.customer!r}, as_of={self.as_of})"

    def html(self) -> str:
        """Return the letter as one self-contained page. Needs the extra `report`.

        Raises:
            MissingExtraError: the extra `report` is not installed.
        """
        return page_of(self.sections(), self.writer)

    def to_dict(self, language: Language | None = None) -> Json:
        """Return the letter as plain data, in its own language.

        Args:
            language: another writer of its sentences; by default its own.
        """
        return super().to_dict(self.writer if language is None else language)

    def to_json(self, language: Language | None = None, *, indent: int | None = None) -> str:
        """Return the letter as JSON, in its own language.

        Args:
            language: another writer of its sentences; by default its own.
            indent: by how many spaces what is nested is indented; None for all on one line.
        """
        return super().to_json(self.writer if language is None else language, indent=indent)


def letter(
    reading: Reading,
    customer_id: str | int,
    *,
    history: Exporting | None = None,
    language: str = "en",
    staff: Mapping[str, str] | None = None,
    sender: str = "",
    on: date | None = None,
    shared_with: str = "",
    kept_for: str = "",
    remarks: Sequence[str] = (),
) -> Letter:
    """Return the letter to a customer who asks what is held of them and what was made of it.

    It holds all that the reading and the history hold of the customer, and nothing of others: a
    limit that is another customer's own value is rounded, other customers in texts are left out,
    and members of staff are called by their role. A customer who objects to profiling gets a letter
    too: what is held, and that no class was made.

    Args:
        reading: the reading.
        customer_id: the customer's id.
        history: the history, if there is one, such as ``History("shop.klantkompas")``.
        language: ``"en"`` or ``"nl"``.
        staff: by the name of a member of staff what they are called in letters, such as
            ``{"Anna": "Anna, who looks after your orders"}``; others who decided, noted or named
            something are a member of staff. Name here too who is only named in what was typed.
        sender: whom to write to about it: a name and an address.
        on: the date of the letter. What is left out stands in it as to be filled in.
        shared_with: to whom else the business gives the data, such as ``"our bookkeeper"``.
        kept_for: how long it keeps them, such as ``"two years after your last order"``.
        remarks: what else the business has to add; a text for each paragraph.

    Returns:
        The letter, which prints as text.

    Raises:
        ArgumentError: there is no such customer or language.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> print(letter(reading, "a", language="en").text().splitlines()[0])
    What we hold about you, and what was made of it
    """
    checked_instance(reading, Reading, "reading is a Reading, such as compass.read(...)")
    measures = reading.measures
    place = measures.place(customer_id)
    customer, name = measures.ids[place], measures.record["name"][place]
    exported = {} if history is None else held_in(history.export, customer)
    writer = _writer(reading, place, language, exported, staff or {})
    opted_out = bool(measures.opted_out[place])
    return Letter(
        customer=customer,
        name=name,
        as_of=reading.as_of,
        start=measures.start + timedelta(days=1),
        months=measures.months,
        library_version=version("klantkompas"),
        opted_out=opted_out,
        made=_made(reading.classes, place, writer),
        service=reading.card(customer).advised("class", str(reading.classes.labels[place])),
        said=() if opted_out else tuple(_said(reading, customer, writer.of_others)),
        record=tuple(
            _without_others(each, writer.blanked) for each in record_held(measures, place)
        ),
        nominations=tuple(
            Sentence("{said}", {"said": writer.of_others.say(each)})
            for each in nominations_held(measures, place)
        ),
        measures=measures_held(measures, place),
        unknown=unknown_held(measures, place),
        history=without_others(exported, writer.blanked),
        sender=sender,
        on=on,
        shared_with=shared_with,
        kept_for=kept_for,
        remarks=tuple(remarks),
        described={
            name: (column.describes, column.basis_unit) for name, column in measures.columns.items()
        },
        writer=writer.alone,
    )


def _writer(
    reading: Reading,
    place: int,
    language: str,
    exported: Json,
    staff: Mapping[str, str],
) -> LetterWriter:
    record, ids = reading.measures.record, reading.measures.ids
    own = {ids[place], record["name"][place]}
    others = {*ids.tolist(), *record["name"].tolist()} - {None, *own}
    text = Writer(language, reading.translations).text
    members = {each.by for each in reading.classes.overrides.values()} | {*people_in(exported)}
    if NOMINATIONS in record:
        for customer, kept in zip(ids, record[NOMINATIONS], strict=True):
            members |= {each.by for each in in_record(customer, kept)}
    roles = {each: staff.get(each, text(A_MEMBER)) for each in {*members, *staff}}
    return LetterWriter(
        language,
        reading.translations,
        reading.currency,
        customer_id=ids[place],
        blanked=Blanked(others, roles, text(A_CUSTOMER)),
    )


def _made(classes: Classification, place: int, writer: LetterWriter) -> ClassMade:
    made = made_of(classes, place)
    if made.correction is None:
        return made
    given = evolve(
        made.correction,
        by=writer.blanked(made.correction.by),
        because=writer.blanked(made.correction.because),
    )
    return evolve(made, correction=given)


def _said(reading: Reading, customer: str, writer: LetterWriter) -> Iterable[Said]:
    for name, result in reading.results.items():
        if isinstance(result, CustomerResult) and not isinstance(result, Classification):
            try:
                parts = result.why(customer).parts
            except ArgumentError:  # who is not active is not ranked
                continue
            titles = [each.title for each in result.traits] if isinstance(result, Demands) else ()
            lines = tuple(map(writer.say, addressed(name, parts, titles)))
            if lines:
                yield Said(
                    lens=name, question=HEADINGS.get(name, reading.questions[name]), lines=lines
                )


def _without_others(held: HeldField, blanked: Blanked) -> HeldField:
    if isinstance(held.value, str) and is_typed(held.name):
        return evolve(held, value=blanked(held.value))
    return held
