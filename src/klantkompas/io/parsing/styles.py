"""In which style a whole column of text is written, where its values can be read in several.

Text leaves room for more than one reading: ``1.234`` is over a thousand in Dutch and little more
than one in English. The whole column decides; where it cannot, the caller must (decided, issue 2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from klantkompas._told import Told, either, told
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.headings.naming import in_its_table, in_python, on_command_line, with_shape
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.locales import LOCALES
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["decide", "styles_of"]


def decide(
    column: WrittenColumn,
    readings: Mapping[str, polars.Series],
    *,
    what: Told,
    home: str | None,
    show: Callable[[Any], str],
    others: Sequence[str] = (),
) -> tuple[str, tuple[DataNote, ...]]:
    """Return the one style in which the whole column can be read.

    Args:
        column: the column as it is written.
        readings: by style, the values as read in it; null where a value cannot be.
        what: what a value should be, such as ``"a number"``.
        home: the style of the caller's locale, for where the column leaves a choice.
        show: how a reading is shown to people.
        others: styles that are read in another way.

    Returns:
        The style, and a note where the locale would have it otherwise.

    Raises:
        ArgumentError: the heading's style is none of these.
        DataError: a value cannot be read, or the column can be read in two ways.
    """
    given = column.heading.style
    if given is not None and given not in readings:
        raise ArgumentError(
            told(
                "the style {given} of {table}.{field} is not known for {what}",
                given=repr(given),
                table=column.table,
                field=column.field,
                what=what,
            ),
            place="columns",
            remedy=told("There are: {names}.", names=", ".join((*readings, *others))),
            about=(column.table, column.field),
        )
    unread = {
        style: (column.values.is_not_null() & reading.is_null()).arg_true()
        for style, reading in readings.items()
    }
    if given is not None:
        if len(unread[given]):
            raise column.error(
                told(
                    "is not {what} written {given}, which is the style that was "
                    "named for this column",
                    what=what,
                    given=given,
                ),
                unread[given][0],
                remedy=told("Correct the value, or leave the style out to let the column decide"),
            )
        return given, ()
    whole = [style for style in readings if not len(unread[style])]
    if not whole:
        raise _unreadable(column, unread, what)
    if home in whole:
        return home, ()
    chosen = whole[0]
    differing = [each for each in whole if (readings[chosen] != readings[each]).any()]
    if differing:
        raise _ambiguous(column, readings, [chosen, *differing], show)
    if home is None or not locale_writing(chosen):
        return chosen, ()
    return chosen, (
        column.note(
            "column {column} is written {detail}, unlike the locale, and was read so",
            detail=chosen,
        ),
    )


def styles_of(column: WrittenColumn, readings: Mapping[str, polars.Series]) -> list[str]:
    """Return the styles in which every value of a column can be read.

    Args:
        column: the column as it is written.
        readings: by style, the values as read in it; null where a value cannot be.

    Returns:
        The styles; empty where all of them give the same values, as then none decides.
    """
    given = column.heading.style
    whole = [
        style
        for style, reading in readings.items()
        if (column.values.is_null() | reading.is_not_null()).all()
    ]
    return [given] if given in whole else whole


def locale_writing(style: str) -> str | None:
    names = (name for name, each in LOCALES.items() if style in (each.numbers, each.dates))
    return next(names, None)


def _unreadable(column: WrittenColumn, unread: Mapping[str, polars.Series], what: str) -> DataError:
    style = min(unread, key=lambda style: len(unread[style]))
    others = column.values.count() - len(unread[style])
    at, told_of = unread[style][0], {"what": what, "style": style}
    if others == 1:
        one = told("is not {what} written {style}, as the other value of this column is", **told_of)
        return column.error(one, at)
    if others:
        several = told(
            "is not {what} written {style}, as {others} other values of this column are",
            others=others,
            **told_of,
        )
        return column.error(several, at)
    return column.error(
        told("is not {what} written {styles}", what=what, styles=either(unread)),
        at,
        remedy=told("Is this the right column?"),
    )


def _ambiguous(
    column: WrittenColumn,
    readings: Mapping[str, polars.Series],
    styles: Sequence[str],
    show: Callable[[Any], str],
) -> DataError:
    at = (readings[styles[0]] != readings[styles[1]]).arg_true()[0]
    meanings = [
        told("{value} (written {style})", value=show(readings[style][at]), style=style)
        for style in styles
    ]
    others = meanings[-1]
    for each in reversed(meanings[1:-1]):
        others = told("{one} or as {another}", one=each, another=others)
    alone = column.table, column.field, column.styled(styles[0])
    locales = [each for each in map(locale_writing, styles) if each is not None]
    python = [f'locale="{each}"' for each in locales]
    command = [f"--locale {each}" for each in locales]
    settings = [f'locale = "{each}"' for each in locales]
    error = DataError(
        told(
            "can be read as {one} or as {another}, and no value of this column decides",
            one=meanings[0],
            another=others,
        ),
        table=column.table,
        column=column.heading.name,
        row=at + 1,
        value=column.values[at],
        remedy=_say_which(python, in_python(*alone)),
        command=_say_which(command, on_command_line(*alone)),
        settings=_say_which(settings, in_its_table(*alone)),
    )
    return with_shape(error, column.shape)


def _say_which(locales: Sequence[str], alone: str) -> Told:
    """Return the advice to give a locale, or a style for one column alone."""
    if not locales:
        return told("Say which: for this column alone {alone}", alone=alone)
    every = either(locales)
    return told(
        "Say which: {locales}, or for this column alone {alone}", locales=every, alone=alone
    )
