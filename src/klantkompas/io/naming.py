"""How the columns of a field are named in Python and on the command line, for advice to follow."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from klantkompas._told import told
from klantkompas.domain.field_source import Combine, FieldSource, Heading

__all__ = ["in_its_table", "in_python", "in_settings", "in_toml", "on_command_line", "quoted"]

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


def _one_or_all(parts: Sequence[str], brackets: str) -> str:
    return parts[0] if len(parts) == 1 else f"{brackets[0]}{', '.join(parts)}{brackets[1]}"


def in_python(table: str, field: str, wanted: Sequence[Heading]) -> str:
    """Return the argument that names the headings of a field in Python.

    Args:
        table: the table.
        field: the field.
        wanted: the headings whose product it is (mostly one).

    >>> print(in_python("orders", "amount", [Heading("Aantal"), Heading("Prijs", "1.234,56")]))
    columns={"orders": {"amount": ("Aantal", Heading("Prijs", style="1.234,56"))}}
    """
    parts = [
        quoted(each.name)
        if each.style is None
        else f"Heading({quoted(each.name)}, style={quoted(each.style)})"
        for each in wanted
    ]
    return f'columns={{"{table}": {{"{field}": {_one_or_all(parts, "()")}}}}}'


def on_command_line(table: str, field: str, wanted: Sequence[Heading]) -> str:
    """Return the option that names the headings of a field on the command line.

    Args:
        table: the table.
        field: the field.
        wanted: the headings whose product it is (mostly one).

    >>> print(on_command_line("orders", "customer", [Heading("Klant")]))
    --column orders.customer=Klant
    >>> print(on_command_line("orders", "amount", [Heading("Aantal"), Heading("Prijs")]))
    --column "orders.amount=Aantal*Prijs"
    >>> print(on_command_line("orders", "on", [Heading("Datum", "d-m-y")]))
    in klantkompas.toml, under [orders]: on = {heading = "Datum", style = "d-m-y"}
    """
    if all(each.style is None for each in wanted):
        product = "*".join(each.name.replace("*", r"\*") for each in wanted)
        return f"--column {_for_a_shell(f'{table}.{field}={product}')}"
    return told("in klantkompas.toml, {line}", line=in_its_table(table, field, wanted))


def in_its_table(table: str, field: str, wanted: Sequence[Heading]) -> str:
    """Return the line of a file of settings that names the headings of a field.

    Args:
        table: the table.
        field: the field.
        wanted: the headings whose product it is (mostly one).

    >>> print(in_its_table("orders", "amount", [Heading("Aantal"), Heading("Prijs", "1.234,56")]))
    under [orders]: amount = ["Aantal", {heading = "Prijs", style = "1.234,56"}]
    """
    parts = [in_toml(each) for each in wanted]
    value = _one_or_all(parts, "[]")
    return told("under [{table}]: {field} = {value}", table=table, field=field, value=value)


def in_toml(value: object) -> str:
    """Return a heading, a text, a yes or no, or a mapping of texts to these as TOML writes it.

    >>> print(in_toml({"in": True, "aangemaakt": Heading("Datum", "d-m-y")}))
    {"in" = true, "aangemaakt" = {heading = "Datum", style = "d-m-y"}}
    """
    if isinstance(value, Heading):
        if value.style is None:
            return quoted(value.name)
        return f"{{heading = {quoted(value.name)}, style = {quoted(value.style)}}}"
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{quoted(str(key))} = {in_toml(each)}" for key, each in value.items())
        return f"{{{pairs}}}"
    return str(value).lower() if isinstance(value, bool) else quoted(str(value))


def in_settings(source: FieldSource, *more: str) -> str:
    """Return where a field comes from as a settings file says it.

    Args:
        source: a number's source.
        *more: other keys with their values, as they are to be written.

    >>> print(in_settings(FieldSource(headings=(Heading("A"), Heading("B"))), 'gross = "C"'))
    {heading = ["A", "B"], gross = "C"}
    """
    keys = {Combine.PRODUCT: "heading", Combine.SUM: "of", Combine.FIRST: "first"}
    parts = ['as = "e-mail"', *more] if source.is_email else list(more)
    if source.less:
        parts.insert(0, f"less = [{', '.join(map(in_toml, source.less))}]")
    if source.headings:
        several = _one_or_all([*map(in_toml, source.headings)], "[]")
        if not parts:
            return several
        parts.insert(0, f"{keys[source.combine]} = {several}")
    return f"{{{', '.join(parts)}}}"


def _for_a_shell(text: str) -> str:
    """Quote a text where need be: as all shells take it, or as those of Unix do."""
    as_unix = shlex.quote(text)
    return as_unix if as_unix == text or _READ_BY_SHELLS.search(text) else f'"{text}"'
