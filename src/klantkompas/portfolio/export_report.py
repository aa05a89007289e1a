r"""What was found in an export before it is read, and what to write to have it read.

>>> from klantkompas.wording.sentence import sentence
>>> column = ColumnReport("Bedrag", sentence("numbers"), (), ("12,50",))
>>> print(column.text("nl"))
Bedrag: getallen; zoals 12,50
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.io.headings.naming import in_settings, in_toml, quoted
from klantkompas.io.headings.synonyms import excludes_tax
from klantkompas.io.parsing.durations import style_of_heading
from klantkompas.io.parsing.numbers import unit_of_heading
from klantkompas.io.parsing.words import is_known
from klantkompas.io.suspicions.unnamed_columns import is_currency
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.notes import DataNote
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Listing, Quantity, Sentence, indented, sentence
from klantkompas.wording.writer import Language, Writer, writer_of

__all__ = ["ColumnReport", "ExportReport", "one_of"]

COLUMN = mark("{column}: {reading}; such as {examples}")
WITH_EMPTY = mark("{column}: {reading}, empty in {rows}; such as {examples}")
ALL_EMPTY = "{column}: {reading}"
EMPTY_CELL, COUNTED = mark("(empty)"), "{value} {count}"
FOUND = mark("{file}: headings in row {row}, {rows} below")
RECOGNISED = mark("Recognised as {title}, for {table}: name no column of it.")
NO_TABLE = mark("No table fits by the headings: name the columns yourself.")
PERHAPS = mark("Perhaps {table}. Look at the names below before you use them.")
PERHAPS_LACKING = mark(
    "Perhaps {table}. Look at the names below before you use them. Still to name: {fields}."
)
PRODUCT = mark("their product")
KEEP = mark("leave out what does not count")
LEAVE_OUT = mark("rows without a value that is needed")
ONE_OR_ANOTHER, OR = mark("{one} or {another}"), mark("or {heading}")
ASKED = mark("where asked, {line}")
BOTH_WAYS = mark("without VAT, which {column} may include: take both with, or without")
_WIDTH = 40


def one_of(choices: Sequence[str]) -> Sentence:
    """Return a sentence with one or several choices.

    Args:
        choices: the choices, as they are written.

    >>> from klantkompas.wording.writer import Writer
    >>> Writer("nl").say(one_of(["d-m-y", "m-d-y"]))
    'd-m-y of m-d-y'
    """
    first, *others = choices
    said = sentence("{value}", value=first)
    for each in others:
        said = sentence(ONE_OR_ANOTHER, one=said, another=each)
    return said


@frozen
class ColumnReport(Text):
    """One column of an export.

    Args:
        heading: the heading as it stands there; numbered where another column has it too.
        reads_as: what its values look like, such as dates or numbers.
        styles: the styles of numbers or dates that fit all of it.
        examples: the first different values.
        counts: for a column that may say which rows count, how often each value stands there.
        empty: in how many rows it is empty.
    """

    heading: str
    reads_as: Sentence
    styles: tuple[str, ...]
    examples: tuple[str, ...]
    counts: tuple[tuple[str, int], ...] = ()
    empty: int = 0

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The column on a line."""
        shown: list[str | Sentence] = [" ".join(each[:_WIDTH].split()) for each in self.examples]
        if self.counts:
            shown = [
                sentence(
                    COUNTED, value=value[:_WIDTH] or Sentence(EMPTY_CELL), count=Quantity(count)
                )
                for value, count in self.counts
            ]
        message = WITH_EMPTY if self.empty else COLUMN
        said = sentence(
            message if shown else ALL_EMPTY,
            column=self.heading,
            reading=self.reads_as,
            rows=Quantity(self.empty, "rows"),
            examples=Listing(shown),
        )
        return (said,)


@frozen(kw_only=True)
class ExportReport(Text):
    """What an export holds, and what to say of it to have it read.

    Args:
        file: the file.
        table: the table that it most likely is; None where no table fits.
        heading_row: the row of the headings as a spreadsheet counts.
        rows: how many rows stand below it.
        columns: the columns.
        shape: the known shape (the layout of a program's export) that it has; None where it has
            none.
        fields: the fields of that table.
        mapping: the columns proposed for the fields, the likeliest first.
        missing: fields that the table needs and no column is proposed for.
        made: where no column is proposed for a field, what it is perhaps made of.
        notes: what was left out to find the table.
    """

    file: str
    table: str | None
    heading_row: int
    rows: int
    columns: tuple[ColumnReport, ...]
    shape: ExportShape | None
    fields: tuple[Column, ...] = field(metadata=UNTOLD)
    mapping: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    made: Mapping[str, FieldSource] = field(factory=dict)
    notes: tuple[DataNote, ...] = ()

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What was found: where the table is, its columns, and what it may be."""
        where = sentence(
            FOUND, file=self.file, row=str(self.heading_row), rows=Quantity(self.rows, "rows")
        )
        columns = indented(part for column in self.columns for part in column.parts)
        notes = (part for note in self.notes for part in note.parts)
        return (where, *notes, *columns, self.verdict)

    def text(self, language: Language = "en") -> str:
        """Return what was found, and what to write, in a language.

        Args:
            language: ``"en"`` or ``"nl"``; or a `Writer`.
        """
        *found, verdict = self.sentences(language)
        return "\n".join([*found, "", verdict, "", self.to_toml(language)])

    @property
    def fits(self) -> bool:
        """Whether a table is likely, with a column for any field that it needs."""
        needed = [each.name for each in self.fields if each.required]
        has_some = not needed or len(self.missing) < len(needed)
        return self.table is not None and (self.shape is not None or has_some)

    @property
    def verdict(self) -> Sentence:
        """What the export may be."""
        if self.shape is not None:
            return sentence(RECOGNISED, title=Sentence(self.shape.title), table=self.table)
        if self.table is None:
            return Sentence(NO_TABLE)
        if self.missing:
            return sentence(PERHAPS_LACKING, table=self.table, fields=Listing(self.missing))
        return sentence(PERHAPS, table=self.table)

    def to_toml(self, language: Language = "en") -> str:
        """Return the settings to start from: a table of a TOML file, with remarks in a language.

        Args:
            language: ``"en"`` or ``"nl"``; or a `Writer`.
        """
        lines = ["version = 1", "", f"[{self.table or 'orders'}]", f"file = {quoted(self.file)}"]
        if self.shape is not None:
            return "\n".join([*lines, f"shape = {quoted(self.shape.name)}"])
        return "\n".join([*lines, *self._lines(writer_of(language))])

    def _lines(self, writer: Writer) -> Iterator[str]:
        """Go through the lines of the settings below those of the table and its file."""
        for each in self.fields:
            if each.name in self.mapping and each.name not in self.made:
                yield from self._worded(each) if each.has_words else [self._line(each, writer)]
        for name, source in self.made.items():
            is_product = source.is_plain and len(source.headings) > 1
            remark = f"  # {writer.say(Sentence(PRODUCT))}" if is_product else ""
            yield f"{name} = {in_settings(source)}{remark}"
        by_term = {"due": "{ term = 30 }"} if "issued" in self.mapping else {}
        yield from (f"# {each} = {by_term.get(each, quoted('...'))}" for each in self.missing)
        if any(self._column(each).empty for each in self.fields if each.required):
            yield f'# incomplete = "leave out"  # {writer.say(Sentence(LEAVE_OUT))}'
        named = {first for first, *_ in self.mapping.values()}
        counted = [each for each in self.columns if each.counts]
        currencies = [quoted(each.heading) for each in counted if is_currency(each.heading)]
        if currencies:
            first, *others = currencies
            yield f"# currency = {first}{_remark([_or(each) for each in others], writer)}"
        kept = [
            f"{quoted(each.heading)} = [{', '.join(quoted(value) for value, _ in each.counts)}]"
            for each in counted
            if each.heading not in named and not is_currency(each.heading)
        ]
        if kept:
            yield f"# where = {{ {', '.join(kept)} }}{_remark([Sentence(KEEP)], writer)}"

    def _column(self, target: Column) -> ColumnReport:
        """Return the column that is proposed for a field, or an empty one."""
        first = self.mapping.get(target.name, ("",))[0]
        nothing = ColumnReport("", Sentence(""), (), ())
        return next((each for each in self.columns if first and each.heading == first), nothing)

    def _worded(self, target: Column) -> Iterator[str]:
        """Name the column of a field of a few words, as a remark where it holds others as well."""
        column = self._column(target)
        values = [value for value, _ in column.counts if value]
        others = [each for each in values if not is_known(each, target)]
        if not others and values:
            yield f"{target.name} = {quoted(column.heading)}"
        elif others:
            words = {each.casefold(): "" for each in others}
            said = in_toml({"heading": column.heading, "words": words})
            yield f"# {target.name} = {said}"

    def _gross(self) -> str:
        """Return the column of amounts with tax beside the proposed one without; or nothing."""
        first, *others = self.mapping.get("amount", ("",))
        with_tax = [each for each in others if not excludes_tax(each)]
        return with_tax[0] if excludes_tax(first) and with_tax else ""

    def _line(self, target: Column, writer: Writer) -> str:
        """Return the line that names the column of a field, with the other choices as a remark."""
        first, *others = self.mapping[target.name]
        column = self._column(target)
        said, remarks = quoted(first), [_or(quoted(each)) for each in others]
        takes_style = target.content is Content.MOMENT or target.is_number
        if takes_style and len(column.styles) > 1:
            # A style is never chosen for a person: where nothing decides, the reader asks for one.
            styles = writer.say(one_of([f"style = {quoted(each)}" for each in column.styles]))
            line = f"{{ heading = {said}, {styles} }}"
            remarks = [sentence(ASKED, line=line), *remarks]
        elif target.unit == "minutes" and (style := style_of_heading(first)) is not None:
            said = in_toml(Heading(first, style))
        elif target.name == "refunded" and (gross := self._gross()):
            said = in_toml({"heading": first, "gross": gross})
        elif target.content is Content.MONEY and (style := unit_of_heading(first)) is not None:
            said = in_toml(Heading(first, style))
        elif target.content is Content.IDENTITY and "mail" in first.lower():
            said = in_toml({"heading": first, "as": "e-mail"})
        still_open = next((each.name for each in self.fields if each.outstanding), "")
        owed = self.mapping.get(still_open, ("",))[0]
        if target.value and owed and excludes_tax(first) and not excludes_tax(owed):
            remarks.append(sentence(BOTH_WAYS, column=quoted(owed)))
        return f"{target.name} = {said}{_remark(remarks, writer)}"


def _or(heading: str) -> Sentence:
    return sentence(OR, heading=heading)


def _remark(remarks: Sequence[Sentence], writer: Writer) -> str:
    return f"  # {', '.join(map(writer.say, remarks))}" if remarks else ""
