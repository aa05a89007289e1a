"""How the columns of a field are named in Python and on the command line, for advice to follow."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from klantkompas._told import joined, told
from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.errors import DataError

__all__ = [
    "in_its_table",
    "in_python",
    "in_settings",
    "in_toml",
    "on_command_line",
    "quoted",
    "toml_key",
    "with_shape",
]

_BARE = re.compile("[A-Za-z0-9_-]+")
_READ_BY_SHELLS = re.compile(r'["$`\\!]')


def quoted(text: str) -> str:
    """Return a text in quotes, in the form that both Python and TOML read."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _listed(parts: Sequence[str], brackets: str) -> str:
    return parts[0] if len(parts) == 1 else f"{brackets[0]}{', '.join(parts)}{brackets[1]}"


def in_python(table: str, field: str, source: FieldSource) -> str:
    """Return the argument that says in Python where a field comes from.

    Args:
        table: the table.
        field: the field.
        source: where it comes from.

    >>> both = FieldSource(headings=(Heading("Aantal"), Heading("Prijs", "1.234,56")))
    >>> print(in_python("orders", "amount", both))
    columns={"orders": {"amount": ("Aantal", Heading("Prijs", style="1.234,56"))}}
    >>> clock = FieldSource(headings=(Heading("Dag", "d-m-y"),), time=Heading("Uur"))
    >>> print(in_python("orders", "on", clock))
    columns={"orders": {"on": {"date": Heading("Dag", style="d-m-y"), "time": "Uur"}}}
    """
    said = _said(source)
    return f'columns={{"{table}": {{"{field}": {_as_python(said)}}}}}'


def _as_python(value: object) -> str:
    if isinstance(value, Heading) and value.style is not None:
        return f"Heading({quoted(value.name)}, style={quoted(value.style)})"
    if isinstance(value, Heading):
        return quoted(value.name)
    if isinstance(value, Mapping):
        pairs = (f"{quoted(str(key))}: {_as_python(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return _listed([*map(_as_python, value)], "()" if isinstance(value, tuple) else "[]")
    return str(value) if isinstance(value, bool | int) else quoted(str(value))


def on_command_line(table: str, field: str, source: FieldSource) -> str:
    """Return the option that says on the command line where a field comes from.

    Args:
        table: the table.
        field: the field.
        source: where it comes from.

    >>> print(on_command_line("orders", "customer", FieldSource(headings=(Heading("Klant"),))))
    --column orders.customer=Klant
    >>> both = FieldSource(headings=(Heading("Aantal"), Heading("Prijs")))
    >>> print(on_command_line("orders", "amount", both))
    --column "orders.amount=Aantal*Prijs"
    >>> print(on_command_line("orders", "on", FieldSource(headings=(Heading("Datum", "d-m-y"),))))
    in klantkompas.toml, under [orders]: on = { heading = "Datum", style = "d-m-y" }
    """
    if source.is_plain and all(each.style is None for each in source.headings):
        product = "*".join(each.name.replace("*", r"\*") for each in source.headings)
        return f"--column {_for_a_shell(f'{table}.{field}={product}')}"
    return told("in klantkompas.toml, {line}", line=in_its_table(table, field, source))


def in_its_table(table: str, field: str, source: FieldSource) -> str:
    """Return the line of a file of settings that says where a field comes from.

    Args:
        table: the table.
        field: the field.
        source: where it comes from.

    >>> both = FieldSource(headings=(Heading("Aantal"), Heading("Prijs", "1.234,56")))
    >>> print(in_its_table("orders", "amount", both))
    under [orders]: amount = ["Aantal", { heading = "Prijs", style = "1.234,56" }]
    """
    value = in_settings(source)
    return told("under [{table}]: {field} = {value}", table=table, field=field, value=value)


def in_toml(value: object) -> str:
    """Return a value as TOML writes it on a line.

    Args:
        value: text, a number, a boolean, a date, a heading, or a list or mapping of these.

    >>> print(in_toml({"in": True, "lijst": ("Btw", 1.5), "op": Heading("Datum", "d-m-y")}))
    { in = true, lijst = ["Btw", 1.5], op = { heading = "Datum", style = "d-m-y" } }
    """
    match value:
        case str():
            return quoted(value)
        case bool():
            return str(value).lower()
        case Heading(style=None):
            return quoted(value.name)
        case Heading():
            return in_toml({"heading": value.name, "style": value.style})
        case Mapping():
            pairs = [f"{toml_key(name)} = {in_toml(each)}" for name, each in value.items()]
            return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
        case list() | tuple():
            return f"[{', '.join(map(in_toml, value))}]"
    return str(value)


def toml_key(name: str) -> str:
    """Return a key as TOML writes it: bare where it can be.

    >>> toml_key("heading"), toml_key("Soort klant")
    ('heading', '"Soort klant"')
    """
    return name if _BARE.fullmatch(name) else quoted(name)


def in_settings(source: FieldSource, **more: object) -> str:
    """Return where a field comes from as a settings file says it.

    Args:
        source: where it comes from.
        **more: what else is said of it, by key.

    >>> print(in_settings(FieldSource(headings=(Heading("A"), Heading("B"))), above=True))
    { heading = ["A", "B"], above = true }
    >>> sign = FieldSource(headings=(Heading("A"),), sign=("Soort", ("C",)))
    >>> print(in_settings(sign))
    { heading = "A", sign = { heading = "Soort", minus = ["C"] } }
    """
    said = _said(source)
    if not isinstance(said, dict):
        if not more:
            return in_toml(said)
        said = {"heading": said}
    return in_toml({**said, **more})


def _said(source: FieldSource) -> object:
    """Return what is said of a source: a heading, several to multiply, or a mapping of keys."""
    (several,) = source.headings if len(source.headings) == 1 else (source.headings,)
    if source.is_plain:
        return several
    keys = {Combine.PRODUCT: "heading", Combine.SUM: "of", Combine.FIRST: "first"}
    main = "date" if source.time is not None else keys[source.combine]
    said: dict[str, object] = {}
    if source.headings:
        said[main] = list(source.headings) if main in ("of", "first") else several
    if source.less:
        said["less"] = list(source.less)
    if source.sign is not None:
        said["sign"] = {"heading": source.sign[0], "minus": list(source.sign[1])}
    if source.words:
        said["words"] = source.words
    if source.compared_as:
        said["as"] = source.compared_as
    if source.above:
        said["above"] = True
    named = {
        "time": source.time,
        "term": source.term,
        "year": source.year,
        "gross": source.gross,
    }
    return said | {key: each for key, each in named.items() if each is not None}


def with_shape(error: DataError, shape: str) -> DataError:
    """Return an error whose remedy says more of a field with the known shape that goes beside it.

    A shape is recognised where no column is named, so that it has to be named with the first one.

    Args:
        error: the error.
        shape: the name of the shape; empty where the export has none.

    >>> print(with_shape(DataError("is unclear", remedy='Write on = "A"'), "shop_orders"))
    is unclear. Write on = "A". Name the shape with it, or its other columns are not known: ...
    """
    if not shape:
        return error
    so = told("Name the shape with it, or its other columns are not known")
    return error.advised(
        joined(": ", (so, f'"shape": {quoted(shape)}')),
        command=joined(": ", (so, f"shape = {quoted(shape)}")),
    )


def _for_a_shell(text: str) -> str:
    """Quote a text where need be: as all shells take it, or as those of Unix do."""
    as_unix = shlex.quote(text)
    return as_unix if as_unix == text or _READ_BY_SHELLS.search(text) else f'"{text}"'
