"""What each setting may say on its own, and the advice where it says something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches

from klantkompas._nearest import nearest
from klantkompas._printable import encodable, shown
from klantkompas._told import Told, told
from klantkompas.compass.compass import MOST_MONTHS
from klantkompas.domain.export_shape import KEYS, shape_of
from klantkompas.errors import SettingsError
from klantkompas.io.headings.naming import in_toml
from klantkompas.io.mapping_file import LAYOUT
from klantkompas.io.parsing.locales import find_locale
from klantkompas.io.parsing.moments_in_zone import checked_zone
from klantkompas.portfolio.reference import FIRST_YEAR
from klantkompas.settings.writing import toml_shown
from klantkompas.settings.written import At, either, line
from klantkompas.stats.answers import SCALES
from klantkompas.wording.catalogue import LANGUAGES
from klantkompas.wording.writer import is_currency_code

__all__ = ["CHOICES", "FILE", "check", "check_table", "plain"]

FILE = "file"
"""The key that says which file or files hold a table."""
CHOICES = ("team", "everybody")
"""What a shortlist may be instead of ids: the fifth named by most, or everybody who was named."""
EXAMPLE_DAY = date(2024, 12, 31)
Check = Callable[[At, object], None]


def plain(value: object) -> object:
    """Return a value with its lists as tuples, so that what files and Python say is equal.

    Raises:
        SettingsError: a text in it cannot be written to a file.
    """
    if isinstance(value, str) and encodable(value, "utf-8") != value:
        raise SettingsError(
            told("{value} holds an unpaired surrogate, which no file can hold", value=shown(value)),
            remedy=told("Take it out"),
        )
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return tuple(map(plain, value)) if isinstance(value, list | tuple) else value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\0" not in value


def _is(at: At, value: object) -> Told:
    return told("{setting} is {value}", setting=at.name, value=toml_shown(value))


def _months(at: At, value: object) -> None:
    if type(value) is not int or not 1 <= value <= MOST_MONTHS:
        raise at.error(
            told(
                "{setting} is {value}, not a whole number from 1 to {most}",
                setting=at.name,
                value=toml_shown(value),
                most=MOST_MONTHS,
            ),
            line(f"{at.name} = 6"),
        )


def _day(at: At, value: object) -> None:
    if not isinstance(value, date) or isinstance(value, datetime) or value.year < FIRST_YEAR:
        example = _as_date(value) or EXAMPLE_DAY
        raise at.error(
            told(
                "{setting} is {value}, not a date from the year {first} on",
                setting=at.name,
                value=toml_shown(value),
                first=FIRST_YEAR,
            ),
            told(
                "Write it without a time and without quotation marks, such as {line}",
                line=f"{at.name} = {example}",
            ),
        )


def _as_date(value: object) -> date | None:
    """Return the date that a text or a moment means, if it can be one."""
    with suppress(ValueError):
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        day = day.date() if isinstance(day, datetime) else day
        return day if day.year >= FIRST_YEAR else None
    return None


def _zone(at: At, value: object) -> None:
    example = f'{at.name} = "Europe/Amsterdam"'
    with at.whatever_is_wrong(told("Write {line}, or another place", line=example)):
        checked_zone(value)


def _locale(at: At, value: object) -> None:
    with at.whatever_is_wrong():
        find_locale(value)


def _language(at: At, value: object) -> None:
    if value not in LANGUAGES:
        raise at.error(_is(at, value), either(*(f'{at.name} = "{each}"' for each in LANGUAGES)))


def _currency(at: At, value: object) -> None:
    if not is_currency_code(value):
        raise at.error(
            told(
                "{setting} is {value}, not the code of a currency",
                setting=at.name,
                value=toml_shown(value),
            ),
            line(f'{at.name} = "EUR"'),
        )


def _scale(at: At, value: object) -> None:
    if value not in SCALES or any(type(each) is not int for each in value):
        raise at.error(_is(at, value), either(*(f"{at.name} = {[*each]}" for each in SCALES)))


def _file(at: At, value: object) -> None:
    if not _is_text(value):
        raise at.error(
            told(
                "{setting} is {value}, not the name of a file",
                setting=at.name,
                value=toml_shown(value),
            ),
            line(f'{at.name} = "shop.klantkompas"'),
        )


def _yes_or_no(at: At, value: object) -> None:
    if not isinstance(value, bool):
        raise at.error(_is(at, value), either(f"{at.name} = true", f"{at.name} = false"))


def _names(at: At, value: object) -> None:
    if not isinstance(value, tuple):
        listed = in_toml([value] if _is_text(value) else [])
        raise at.error(
            told(
                "{setting} is {value}, not a list of names",
                setting=at.name,
                value=toml_shown(value),
            ),
            line(f"{at.name} = {listed}"),
        )
    for number, each in enumerate(value):
        if not _is_text(each):
            raise at[number].error(
                told(
                    "{setting} holds {value}, which is not a name",
                    setting=at.name,
                    value=toml_shown(each),
                ),
                told("Write it between quotation marks, or take it out"),
            )


def _shortlist(at: At, value: object) -> None:
    if value in CHOICES:
        return
    ids = value if isinstance(value, tuple) else (None,)
    for number, each in enumerate(ids):
        if not (_is_text(each) or type(each) is int):
            first, second = (f'{at.name} = "{each}"' for each in CHOICES)
            known = told(
                "Write the ids between brackets, each between quotation marks; or {line} or "
                "{other} for whom the nominations name",
                line=first,
                other=second,
            )
            close = get_close_matches(str(value), CHOICES, n=1)
            if close:
                known = told("Did you mean {close}? {there}", close=repr(close[0]), there=known)
            raise at[number].error(
                told(
                    "{setting} is {value}, not a list of customers' ids",
                    setting=at.name,
                    value=toml_shown(value),
                ),
                known,
            )


def _texts_by_name(at: At, value: object) -> None:
    for name, each in _a_table(at, value).items():
        if not _is_text(each):
            raise at[name].error(
                told(
                    "{setting} is {value}, not the name of a success factor",
                    setting=repr(name),
                    value=toml_shown(each),
                ),
                told("Write {line}, or another factor", line=f'"{name}" = "pays_on_time"'),
            )


def _is_a_table(at: At, value: object) -> None:
    _a_table(at, value)


def _a_table(at: At, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise at.error(
            told("{setting} is {value}, not a table", setting=at.name, value=toml_shown(value)),
            told("Write {line} above it", line=f"[{at.name}]"),
        )
    return value


CHECKS: Mapping[str, Check] = {
    "as_of": _day,
    "previous_review": _day,
    "months": _months,
    "zone": _zone,
    "locale": _locale,
    "language": _language,
    "currency": _currency,
    "score_scale": _scale,
    "history": _file,
    "shortlist": _shortlist,
    "leave_out": _names,
    "block": _names,
    "installed": _yes_or_no,
    "skip_broken": _yes_or_no,
    "factors": _is_a_table,
    "reasons": _texts_by_name,
    "plugins": _is_a_table,
}
"""How each setting is checked, by name."""


def check(at: At, value: object) -> None:
    """Check what a setting says on its own.

    Args:
        at: the setting.
        value: what it says; never None.

    Raises:
        SettingsError: it has no meaning.
    """
    CHECKS[at.name](at, value)


def check_table(at: At, table: object, fields: Sequence[str]) -> None:
    """Check what is said of a table of the data.

    Args:
        at: the table.
        table: what is said.
        fields: the fields that the table may have.

    Raises:
        SettingsError: a key of it has no meaning, or it has no file.
    """
    said = _a_table(at, table)
    if LAYOUT in said:
        _check_layouts(at, said, fields)
        return
    name, known = at.name, [FILE, *fields, *KEYS, LAYOUT]
    for key in said:
        if key not in known:
            raise at[key].error(
                told("{table} has no field or key {key}", table=name, key=shown(key)),
                nearest(key, known),
            )
    if FILE not in said:
        raise at.error(
            told("{table} has no file", table=name),
            told(
                "Write {line} below {table}",
                line=f'{FILE} = "{name.partition(".")[0]}.csv"',
                table=f"[{name}]",
            ),
        )
    for key, value in said.items():
        with at[key].whatever_is_wrong():
            _check_key(at[key], name, value)


def _check_layouts(at: At, said: Mapping[str, object], fields: Sequence[str]) -> None:
    """Check what is said of each layout of a table's files."""
    layouts = said[LAYOUT]
    name = f"{at.name}.{LAYOUT}"
    if not isinstance(layouts, tuple) or not layouts:
        raise at[LAYOUT].error(
            told("{setting} is {value}", setting=name, value=toml_shown(layouts)),
            told("Write {table} above what is said of each layout", table=f"[[{name}]]"),
        )
    for key in said:
        if key != LAYOUT:
            raise at[key].error(
                told("{table} has layouts, and {key} beside them", table=at.name, key=shown(key)),
                told("Write {key} below each {table}", key=shown(key), table=f"[[{name}]]"),
            )
    for number, each in enumerate(layouts):
        check_table(at[LAYOUT][number], each, fields)


def _check_key(at: At, table: str, value: object) -> None:
    key = str(at.path[-1])
    if key in IN_A_TABLE:
        IN_A_TABLE[key](at, value)
    else:
        shape_of(table, {key: value})


def _files(at: At, value: object) -> None:
    files = value if isinstance(value, tuple) else (value,)
    if not files or not all(map(_is_text, files)):
        raise at.error(
            told(
                "{setting} is {value}, not a file or a list of files",
                setting=at.name,
                value=toml_shown(value),
            ),
            told(
                "Write the name of a file between quotation marks, such as {line}",
                line=f'{FILE} = "orders.csv"',
            ),
        )


IN_A_TABLE: Mapping[str, Check] = {FILE: _files, "locale": _locale, "zone": _zone}
"""What is checked in a table as it is outside one, or is no part of a shape."""
