"""Where the values of one field come from: one column of the data, or several and what is made.

A caller and a settings file write it in the same words:

>>> source_of({"of": ["Total"], "less": ["Taxes"]}, "amount").less
(Heading(name='Taxes', style=None),)
>>> source_of({"haeding": "A"}, "customer")
Traceback (most recent call last):
    ...
klantkompas.errors.ArgumentError: customer has no key 'haeding'. Did you mean 'heading'? ...
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import TypeGuard

from attrs import AttrsInstance, evolve, field, fields, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.errors import ArgumentError

__all__ = [
    "Combine",
    "FieldSource",
    "Heading",
    "differs_only_in",
    "is_text",
    "refused",
    "source_of",
    "words_of",
]


@frozen
class Heading:
    """A column of the data by its heading, with the style of its values where that is ambiguous.

    Args:
        name: the heading as it stands in the data, but for capitals and blanks; where a heading
            stands twice, ``"Naam#2"`` is the second.
        style: for a file's text, how numbers (``"1.234,56"`` or ``"1,234.56"``) or dates
            (``"y-m-d"``, ``"d-m-y"``, ``"m-d-y"``, ``"excel"``, ``"unix"``) are written in this
            column.

    >>> Heading("DueDate", style="m-d-y").style
    'm-d-y'
    """

    name: str
    style: str | None = None


class Combine(Enum):
    """How the values of several columns are combined into one."""

    PRODUCT = "their product"
    SUM = "their sum; text is joined by blanks, and a date's parts by hyphens"
    FIRST = "the first that is filled"


@frozen(kw_only=True)
class FieldSource:
    """The columns that the values of one field are read from, and how.

    Args:
        headings: the columns; none for a field that is a term after another one.
        combine: what is made of them where there are several.
        less: columns to subtract, for a number.
        time: the column with the time of day, beside that with the date.
        sign: a column, and the words in it that make a number negative.
        words: the values to use in place of words that stand in the column, by the word.
        compared_as: how ids are compared: ``"e-mail"``, without capitals; or ``"telephone +31"``,
            as telephone numbers, of which those without the code of a country are of that one.
        year: the year of days that are written without one.
        term: days after `issued`, where no date stands in the headings, if any.
        gross: the column with the order's gross total: the number is brought to the ratio of the
            order's own amount to it, as a gross refund is to a net amount.
        above: whether a value stands above the rows that it holds for, as the title of a group
            does, and these are empty.
    """

    headings: tuple[Heading, ...] = ()
    combine: Combine = Combine.PRODUCT
    less: tuple[Heading, ...] = ()
    time: Heading | None = None
    sign: tuple[str, tuple[str, ...]] | None = None
    words: Mapping[str, object] = field(factory=dict, hash=False)
    compared_as: str = ""
    term: int | None = None
    year: int | None = None
    gross: Heading | None = None
    above: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the field is one column, or a product of columns, and nothing else."""
        return bool(self.headings) and differs_only_in(("headings",), self, _NO_SOURCE)

    @property
    def all_headings(self) -> tuple[Heading, ...]:
        """Every heading that the values of the field are read from, in the arguments' order."""
        beside = [each for each in (self.time, self.gross) if each is not None]
        sign = () if self.sign is None else (Heading(self.sign[0]),)
        return (*self.headings, *self.less, *beside, *sign)


_NO_SOURCE = FieldSource()


def differs_only_in(names: tuple[str, ...], one: AttrsInstance, other: AttrsInstance) -> bool:
    """Return whether two attrs objects of a class are the same but for some fields."""
    compared = (each.name for each in fields(type(one)) if each.name not in names)
    return all(getattr(one, name) == getattr(other, name) for name in compared)


_FORMS = told(
    'a heading, ["A", "B"] for their product, or a table such as {examples} or {last}',
    examples='{ heading = "A", style = "..." }, { of = ["A", "B"], less = ["C"] }, '
    '{ first = ["A", "B"] }, { date = "A", time = "B" }',
    last="{ term = 30 }",
)
_SOURCES = ("heading", "of", "first", "date")
_COMPARED_AS = re.compile(r"e-mail|telephone \+[1-9][0-9]{0,2}")
_FIELD_KEYS = (
    *_SOURCES,
    "style",
    "as",
    "words",
    "less",
    "sign",
    "time",
    "term",
    "year",
    "gross",
    "above",
)


def refused(where: str, given: object, write: str) -> ArgumentError:
    """Return the error about something given that is not what can be read there.

    Args:
        where: the key that it was given for.
        given: what was given.
        write: what to write in its place.
    """
    return ArgumentError(
        told("{where} is {given}", where=where, given=shown(given)),
        remedy=told("Write {write}", write=write),
    )


def is_text(given: object) -> TypeGuard[str]:
    """Return whether something given is text, and more than blanks."""
    return isinstance(given, str) and bool(given.strip())


def _one(given: object, where: str) -> Heading:
    if isinstance(given, Heading):
        return given
    if is_text(given):
        return Heading(given)
    if isinstance(given, Mapping) and {*given} <= {"heading", "style"}:
        name, style = given.get("heading"), given.get("style")
        if isinstance(name, str) and name.strip() and isinstance(style, str | None):
            return Heading(name, style)
    raise refused(where, given, _FORMS)


def _several(given: object, where: str) -> tuple[Heading, ...]:
    listed = given if isinstance(given, list | tuple) else [given]
    if not listed:
        raise refused(where, given, _FORMS)
    return tuple(_one(each, where) for each in listed)


def words_of(given: object, where: str) -> tuple[str, ...]:
    """Return one word or a list of words as text; a yes or no in lower case, as files write it.

    Raises:
        ArgumentError: it is something else.
    """
    listed = given if isinstance(given, list | tuple) else [given]
    if not listed or not all(isinstance(each, str | int | float) for each in listed):
        raise refused(where, given, told("one word or a list of words"))
    return tuple(str(each).lower() if isinstance(each, bool) else str(each) for each in listed)


def _sign(given: object, where: str) -> tuple[str, tuple[str, ...]]:
    if isinstance(given, Mapping) and {*given} == {"heading", "minus"}:
        return _one(given["heading"], where).name, words_of(given["minus"], where)
    raise refused(where, given, '{ heading = "Type", minus = ["Credit note"] }')


def _is_above(given: Mapping[str, object], where: str) -> bool:
    above = given.get("above", False)
    one = isinstance(given.get("heading"), str | Heading)
    if not isinstance(above, bool) or (above and not one):
        raise refused(where, dict(given), told("above = true beside the heading of one column"))
    return above


def _compared_as(given: object, where: str) -> str:
    if isinstance(given, str) and (not given or _COMPARED_AS.fullmatch(given)):
        return given
    raise refused(
        f"{where}.as",
        given,
        told('"e-mail", or "telephone +31" with the code of the country of numbers without one'),
    )


def _year(given: object, where: str) -> int | None:
    if given is None or (type(given) is int and 1900 <= given <= 2999):
        return given
    raise refused(f"{where}.year", given, told("the year of days without one, such as 2025"))


def source_of(given: object, where: str) -> FieldSource:
    """Return the source of a field from a heading, several, or a table of keys.

    Args:
        given: what a caller or a settings file says.
        where: the field.

    Raises:
        ArgumentError: a key is not known, or its value is not what that key takes.
    """
    if isinstance(given, FieldSource):
        return given
    if not isinstance(given, Mapping):
        return FieldSource(headings=_several(given, where))
    for key in given:
        if key not in _FIELD_KEYS:
            raise ArgumentError(
                told("{where} has no key {key}", where=where, key=shown(key)),
                remedy=told("{there} Write {forms}", there=nearest(key, _FIELD_KEYS), forms=_FORMS),
            )
    sources = [key for key in _SOURCES if key in given]
    if len(sources) > 1 or not (sources or "term" in given or "less" in given):
        raise refused(where, given, _FORMS)
    headings: tuple[Heading, ...] = ()
    combine = Combine.PRODUCT
    if sources:
        (key,) = sources
        headings = _several(given[key], f"{where}.{key}")
        combine = {"of": Combine.SUM, "first": Combine.FIRST}.get(key, Combine.PRODUCT)
    style, term = given.get("style"), given.get("term")
    words = given.get("words", {})
    if not isinstance(style, str | None):
        raise refused(where, given, _FORMS)
    if not (term is None or (type(term) is int and term >= 0)) or not isinstance(words, Mapping):
        raise refused(
            where,
            given,
            told(
                "term as a number of days, and words as a table such as {example}",
                example="{Inkomend = true}",
            ),
        )
    if "less" in given and combine is Combine.PRODUCT:
        combine = Combine.SUM
    styled = tuple(evolve(each, style=each.style or style) for each in headings)
    return FieldSource(
        headings=styled,
        combine=combine,
        less=tuple(
            evolve(each, style=each.style or style)
            for each in _several(given["less"], f"{where}.less")
        )
        if "less" in given
        else (),
        time=_one(given["time"], f"{where}.time") if "time" in given else None,
        sign=_sign(given["sign"], f"{where}.sign") if "sign" in given else None,
        words={str(word).strip().casefold(): value for word, value in words.items()},
        compared_as=_compared_as(given.get("as", ""), where),
        term=term,
        year=_year(given.get("year"), where),
        gross=_one(given["gross"], f"{where}.gross") if "gross" in given else None,
        above=_is_above(given, where),
    )
