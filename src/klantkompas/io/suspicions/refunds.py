"""What columns say of money that was given back: how much, of which rows, in whole or in part.

>>> is_partly("partially_refunded"), is_partly("Terugbetaald"), is_partly("paid")
(True, False, False)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from klantkompas.io.suspicions import vocabulary

if TYPE_CHECKING:
    import polars

__all__ = ["amounts_in", "are_answers", "given_back_in", "is_partly"]

_PART = re.compile(r"(?i)part|gedeelte|deels|teil")


def given_back_in(name: str, frame: polars.DataFrame) -> polars.Series | None:
    """Return which rows have money in a column of what was given back; None where it is no such.

    Args:
        name: its heading.
        frame: the rows.

    >>> import polars
    >>> frame = polars.DataFrame({"Refunded": ["true", "false"], "Refund": ["12.10", "0.00"]})
    >>> given_back_in("Refunded", frame) is None, given_back_in("Refund", frame).to_list()
    (True, [True, False])
    """
    if not vocabulary.REFUND.search(name) or are_answers(frame[name]):
        return None
    return amounts_in(frame[name])


def amounts_in(values: polars.Series) -> polars.Series:
    """Return which cells hold an amount other than 0.

    Args:
        values: the cells.
    """
    import polars

    text = values.cast(polars.String).fill_null("")
    return text.str.contains("[1-9]") & ~text.str.contains(r"\p{L}{4}")


def is_partly(value: str) -> bool:
    """Return whether a value says that a part was given back: the rest was sold.

    Args:
        value: a value of a column of statuses.
    """
    return re.search(f"(?i){vocabulary.REFUNDED}", value) is not None and bool(_PART.search(value))


def are_answers(values: polars.Series) -> bool:
    """Return whether a column says yes or no of each row, such as whether money was given back.

    Args:
        values: its cells.

    >>> import polars
    >>> are_answers(polars.Series(["true", None])), are_answers(polars.Series(["true", "12.50"]))
    (True, False)
    """
    import polars

    words = values.cast(polars.String).str.strip_chars().str.to_lowercase().fill_null("")
    return bool(words.is_in([*vocabulary.YES, *vocabulary.NO]).all())
