"""Rows that sum up others, told by what was read from them: their amount is the sum of these.

>>> import polars
>>> ids = polars.Series(["Anna", "Anna", "Anna Totaal", "Bas", "Totaal"])
>>> amounts = polars.Series([10.0, 5.0, 15.0, 2.0, 17.0])
>>> totals_by_id(ids, lambda: amounts, amounts > 0)
[2, 4]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from klantkompas.io.sources.left_out import is_total, total_of

if TYPE_CHECKING:
    import polars

__all__ = ["sums_of_lines", "totals_by_id"]

_WORDS = ("tota", "summe", "somme", "gesamt", "som", "sum", "eindbedrag", "ergebnis")
"""What is in every word for a total, which few ids hold."""
_CENT, _LINES_AND_TOTAL = 0.005, 3


def totals_by_id(
    ids: polars.Series, amount: Callable[[], polars.Series], among: polars.Series
) -> list[int]:
    """Return the rows whose id is the word for a total, or for that of another id, and that are it.

    Args:
        ids: the ids, which are text.
        amount: called for the amounts, where there is a word for a total.
        among: a mask of the rows that count.
    """
    suspect = ids.str.contains_any(list(_WORDS), ascii_case_insensitive=True)
    texts = {at: str(ids[at]).strip() for at in suspect.fill_null(value=False).arg_true()}
    rows = [at for at, text in texts.items() if among[at] and is_total(text)]
    parts = {at: whose for at, text in texts.items() if among[at] and (whose := total_of(text))}
    if not rows and not parts:
        return []
    amounts, plain = amount().fill_null(0.0), ids.str.strip_chars()
    found = [
        at
        for at, whose in parts.items()
        if _is_sum(amounts[at], amounts.filter(among & (plain == whose)))
    ]
    rest = (among | False).scatter([*rows, *found], False)
    return [*found, *(at for at in rows if _is_sum(amounts[at], amounts.filter(rest)))]


def sums_of_lines(
    frame: polars.DataFrame,
    once: Sequence[str],
    amount: Callable[[], polars.Series],
    among: polars.Series,
) -> list[int]:
    """Return the lines that are the sum of two others or more of what is one row of the table.

    Args:
        frame: the cells.
        once: the columns whose values together say which row a line belongs to; none: no line is.
        amount: called for the amount of each line.
        among: a mask of the lines that count.

    >>> import polars
    >>> orders = polars.DataFrame({"Order": ["1", "1", "1", "2"]})
    >>> amounts = polars.Series([30.0, 10.0, 20.0, 5.0])
    >>> sums_of_lines(orders, ["Order"], lambda: amounts, amounts > 0)
    [0]
    """
    import polars
    from polars import col

    if not once:
        return []
    numbers = {f"key {number}": frame[name] for number, name in enumerate(once)}
    lines = polars.DataFrame({"amount": amount(), "counts": among, **numbers})
    lines = lines.with_row_index("row").filter("counts")
    half = col("amount").sum() / 2
    things = lines.group_by([*numbers]).agg(
        col("row").filter((col("amount") - half).abs() < _CENT).first(),
        ((col("amount").len() >= _LINES_AND_TOTAL) & (half > 0)).alias("is one"),
    )
    return things.filter("is one")["row"].drop_nulls().sort().to_list()


def _is_sum(total: float, amounts: polars.Series) -> bool:
    """Return whether an amount is the sum of others, of which there are any."""
    return len(amounts) > 0 and abs(total - float(amounts.sum())) < _CENT
