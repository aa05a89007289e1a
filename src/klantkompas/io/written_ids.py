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
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

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
        *("(leeg)", "(Leer)", "(vide)"),
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
_ODD, _DIGIT, _AT, _POINT = 1, 2, 4, 8
_SIGNS = np.full(128, _ODD, dtype=np.uint8)
"""What each sign is by its code point, the last for all above; NUL fills up what is shorter."""
for _kind, _those in {
    0: "\0ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-",
    _DIGIT: "0123456789",
    _AT: "@",
    _POINT: ".",
}.items():
    _SIGNS[[ord(sign) for sign in _those]] = _kind
_IS_SIMPLE = np.array(
    [not of & _ODD and bool(of & _AT or of & (_DIGIT | _POINT) == _DIGIT) for of in range(16)]
)
"""By the signs of an id together, whether it needs no look: digits, or an address, and letters."""


def not_plain(ids: AnyArray) -> list[int]:
    """Return the positions of ids that may stand for another as they are written.

    Of all others it is sure that `read_id` returns them as they are.

    Args:
        ids: ids as text, none empty.

    >>> not_plain(np.array(["0017", "a@b.nl", "17850.0", "NULL", "De Vries"]))
    [2, 3]
    """
    texts = ids.tolist()
    perhaps = range(len(texts)) if ids.dtype.kind != "U" else np.flatnonzero(~_simple(ids))
    return [at for at in map(int, perhaps) if not _is_plain(texts[at])]


def _simple(ids: AnyArray) -> NDArray[np.bool_]:
    """Return which ids need no look, by their signs: to look at each takes twenty times as long."""
    codes = np.ascontiguousarray(ids).view(np.uint32).reshape(len(ids), -1)
    signs = np.bitwise_or.reduce(_SIGNS[np.minimum(codes, len(_SIGNS) - 1)], axis=1)
    is_cut = ((codes[:, :-1] == 0) & (codes[:, 1:] != 0)).any(axis=1)
    simple: NDArray[np.bool_] = _IS_SIMPLE[signs] & ~is_cut
    return simple


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
    first: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for each in ids:
        key = _plainest(each)
        earlier = first.setdefault(key, each)
        if earlier is not each:
            groups.setdefault(key, [earlier]).append(each)
    return sorted(tuple(sorted(group)) for group in groups.values())


def _plainest(text: str) -> str:
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in parts if not unicodedata.combining(each))
    return "".join(text.casefold().split()).lstrip("0")
