r"""Who an id names, however a program wrote it (domain, exports as they are, *who it is*).

What programs add to an id is undone: blanks around it, signs that nobody sees, another normal form
of its letters, Excel's apostrophe and ``=""``, and the ``.0`` that a column of whole numbers gets
where a cell is empty. What programs write for nobody is nobody.

>>> read_id(" ='0017' "), read_id('="0017"'), read_id("'0017"), read_id("17850.0"), read_id("#N/A")
("='0017'", '0017', '0017', '17850', None)
>>> same_but_for_writing(["café", "0017", "Cafe", "17", "18"])
[('0017', '17'), ('Cafe', 'café')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

from klantkompas._arrays import AnyArray

__all__ = [
    "ADDED",
    "AS_FLOAT",
    "NOBODY",
    "are_bare_numbers",
    "lost_digits",
    "not_plain",
    "read_id",
    "same_but_for_writing",
]

NOBODY = frozenset(
    {
        *("NULL", "null", "None", "NONE", "none", "nan", "NaN", "NAN", "<NA>", "NaT"),
        *("N/A", "n/a", "#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#NAME?"),
        *("#NAAM?", "#DIV/0!", "#DEEL/0!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!", "-", "--"),
        *("#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!", "#NOMBRE!", "(null)", "(blank)"),
        *("(leeg)", "(Leer)", "(vide)", "#SPILL!", "#OVERLOOP!", "#CALC!", "#BEREKENEN!"),
        *("#FIELD!", "#VELD!", "#BLOCKED!", "#GETTING_DATA", "#\u00dcBERLAUF!", "#NOM?"),
    }
)
"""What programs write where there is no id; ``Null`` and ``Nan`` are names, and so are not here."""
ADDED = r"[\p{Cf}\p{Cc}\p{Z}'\"=]"
"""A pattern of all signs that `read_id` may take away, for engines that read it themselves; some
take ``\\s`` for blanks of ASCII only."""
AS_FLOAT = r"(\.0)+$"
"""A pattern of the end that it may take away."""
_FORMULA = re.compile(r'="(.*)"')
_APOSTROPHE = re.compile(r"'(?![a-z][ -])")
_AS_FLOAT = re.compile(r"[0-9]+\.0")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{2,3}")
_UNSEEN = frozenset({"Cf", "Cc"})
_ASCII = [chr(each) for each in range(128)]
_BLANKS = bytes(ord(each) for each in _ASCII if each.isspace())
_PRINTED = bytes(ord(each) for each in _ASCII if each.isprintable())
_NOT_DIGITS = bytes(ord(each) for each in _ASCII if not each.isdigit() and each != "\n")
_PERHAPS_ADDED = tuple(
    (each.strip("\n0"), each) for each in ("\n ", " \n", "\n'", "\n=", ".0\n", "+")
)
"""Signs, and how they do not stand in plain ids, each on a line: a sign alone is found at once."""
_TOGETHER = 1_000
"""So many ids are looked at together: a tenth of the time of one by one."""


def not_plain(ids: AnyArray) -> list[int]:
    """Return the positions of ids that may stand for another as they are written.

    Of all others it is sure that `read_id` returns them as they are.

    Args:
        ids: ids as text, none empty.

    >>> not_plain(np.array(["0017", "a@b.nl", "17850.0", "NULL", "De Vries"]))
    [2, 3]
    """
    if are_bare_numbers(ids):
        return []
    texts: list[str] = ids.tolist()
    odd = list[int]()
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        if not _are_plain(some):
            odd += [at for at, text in enumerate(some, start) if not _is_plain(text)]
    return odd


def _are_plain(texts: Sequence[str]) -> bool:
    """Return whether it is sure, at a glance, that all are plain."""
    lines = "\n".join(("", *texts, ""))
    if not lines.isascii() or any(sign in lines and at in lines for sign, at in _PERHAPS_ADDED):
        return False
    written = lines.encode()
    if written.translate(None, _PRINTED) != b"\n" * (len(texts) + 1):
        return False
    have_digits = b"#" not in written and b"\n\n" not in written.translate(None, _NOT_DIGITS)
    return have_digits or NOBODY.isdisjoint(texts)


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and text.isprintable()
        and text[0] not in " '="
        and text[-1] != " "
        and not text.endswith(".0")
        and "+" not in text
        and text not in NOBODY
    )


def read_id(text: str) -> str | None:
    """Return the id that a text stands for.

    Args:
        text: the id as it is written.

    Returns:
        The id; None where the text is a program's word for no id, such as ``#N/A``.
    """
    seen = "".join(each for each in text if not _is_unseen(each))
    plain = unicodedata.normalize("NFC", seen).strip()
    if formula := _FORMULA.fullmatch(plain):
        plain = formula[1]
    elif _APOSTROPHE.match(plain):
        plain = plain[1:]
    elif _AS_FLOAT.fullmatch(plain):
        plain = plain.removesuffix(".0")
    if plain != text:
        return read_id(plain)
    return None if not plain or plain in NOBODY else plain


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and not character.isspace()


def lost_digits(text: str) -> bool:
    """Return whether an id is a number of which a spreadsheet has kept only a few digits.

    >>> lost_digits("7,23457E+12"), lost_digits("3E12")
    (True, False)
    """
    return _SCIENTIFIC.fullmatch(text) is not None


def are_bare_numbers(ids: AnyArray) -> bool:
    """Return whether all ids are digits without a zero in front, which only equals are equal to.

    Args:
        ids: ids as text.

    >>> are_bare_numbers(np.array(["17", "180"])), are_bare_numbers(np.array(["17", "017"]))
    (True, False)
    """
    if ids.dtype.kind != "U" or not len(ids):
        return False
    codes = np.ascontiguousarray(ids).view(np.uint32).reshape(len(ids), -1)
    first = codes[:, 0]
    digits = (codes - ord("0") < len("0123456789")) | (codes == 0)
    return bool(digits.all() and ((first != ord("0")) & (first != 0)).all())


def same_but_for_writing(ids: Iterable[str]) -> list[tuple[str, ...]]:
    """Return groups of ids that differ only by case, leading zeros, inner blanks or accents.

    Args:
        ids: ids, each once.

    Returns:
        The groups, and the ids in each, sorted by code point.
    """
    texts = list(ids)
    if _differ_at_a_glance(texts):
        return []
    keys = _plainest(texts)
    if len(set(keys)) == len(keys):
        return []
    groups: dict[str, list[str]] = {}
    for key, text in zip(keys, texts, strict=True):
        groups.setdefault(key, []).append(text)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def _differ_at_a_glance(texts: Sequence[str]) -> bool:
    """Whether all have letters of one case at most, and no blanks, accents or zeros to ignore."""
    lines = "\n".join(("", *texts))
    if not lines.isascii() or lines not in (lines.lower(), lines.upper()):
        return False
    if len(lines.encode().translate(None, _BLANKS)) != len(lines) - len(texts):
        return False
    return "\n0" not in lines or len(set(map(len, texts))) == 1


def _plainest(texts: Sequence[str]) -> list[str]:
    """Return the ids without what may differ."""
    lines = "\n".join(texts)
    if lines.isascii() and lines.count("\n") == len(texts) - 1:
        blanks = _BLANKS.replace(b"\n", b"")
        keys = lines.lower().encode().translate(None, blanks).decode().split("\n")
    else:
        keys = ["".join(_without_accents(each).casefold().split()) for each in texts]
    return [each.lstrip("0") for each in keys]


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each))
