"""Values on the edges of every rule: the days, sums, texts and ids that go wrong in practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, time, timedelta, timezone, tzinfo

from klantkompas.domain.fields import Column, Content, Role

__all__ = ["AS_OF", "CLOCKS", "IDS", "TEXTS", "ZONES", "days_around", "values_of"]

AS_OF = (date(2026, 6, 30), date(2026, 8, 31), date(2026, 3, 31), date(2024, 2, 29))
"""Reference dates, among them those whose period begins at a shorter month's end."""

ZONES: tuple[tzinfo | None, ...] = (None, UTC, timezone(timedelta(hours=5, minutes=45)))

IDS = ("1", "2", "10", "007", "0007", "b", "a", "aa", "\u00e9", "K-1")
"""Among them numbers as text, with leading zeros: 007 is neither 7 nor 0007."""

DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        *("2026-06-30", "2026-06-29", "2026-06-30", "2026-07-01", "2026-01-01", "2025-12-31"),
        *("2025-12-30", "2025-12-29", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-30"),
        *("2026-03-31", "2026-04-01", "2026-08-30", "2026-08-31", "2026-09-01", "2025-09-30"),
        *("2025-10-01", "2024-02-28", "2024-02-29", "2024-03-01", "2023-08-31", "2025-06-05"),
    )
)
CLOCKS = (time(0), time(0, 30), time(9), time(9, 0, 0, 1), time(23, 59, 59, 999999))

MONEY = (10.0, 10.0, 12.35, 0.1, 0.2, 100.0, 1234.5678, 0.0, -0.1, -5.0, -100.0)
THIRDS = (1 / 3, 0.1 + 1 / 3, -2 / 7, 1e-7, 1e9 + 1 / 3)
"""No decimals, so that their sum depends on the order of adding."""

NUMBERS = (1.0, 0.0, 2.0, 3.0, 5.0, 7.5, 9.0, 10.0, 30.0, 365.0, 0.5, -0.5, -1.0, -3.0)

TEXTS = (
    "Thanks, that was quick.",
    "WHERE IS MY ORDER NOW? I HAVE WAITED FOR WEEKS!",
    "Ik wil de directeur spreken!!",
    "\U0001f642\U0001f469\u200d\U0001f4bb",
    "\u200b\u200d\ufeff",
    "a\u200bb\u00adc",
    "\u00c9\u00c9N \u0130STANBUL \u00dfTRASSE",
    "\u0639\u0645\u064a\u0644 \u05dc\u05e7\u05d5\u05d7 \u5ba2\u6236",
    "price",
    "x" * 100,
    "  \n\t ",
    "telephone",
    "E-mail",
    "{curly} %s %(brackets)s",
)
TAGS: tuple[tuple[str, ...], ...] = ((), ("vip",), ("Top-Service", "vip"), ("enraged", ""))
REFERENCES = ("r1", "r2", "0001")


def days_around(as_of: date) -> list[date]:
    """Return test dates: days of the six months up to a date, their edges, and days outside."""
    past = (0, 0, 1, 2, 30, 31, 60, 89, 90, 91, 150, 179, 180, 181, 182, 183, 184, 185, 365)
    later = (-1, -20)
    back = (*past[:4], *later, *past[4:], *later, *later)
    return [as_of - timedelta(days=each) for each in back]


def _within(column: Column, values: Sequence[float]) -> list[float]:
    low = -float("inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    edges = [edge for edge in (column.low, column.high) if edge is not None]
    return [*(value for value in values if low <= value <= high), *map(float, edges)]


def values_of(
    column: Column,
    *,
    customers: Sequence[str] = IDS,
    moments: Sequence[date] = DAYS,
    days: Sequence[date] = DAYS,
    score_scale: tuple[int, int] = (0, 10),
) -> list[object]:
    """Return values to try in a column, the awkward ones and None included.

    Args:
        column: the column.
        customers: the values for a column with customers' ids.
        moments: the values for a column with the date of the interaction.
        days: the values for any other column of dates.
        score_scale: the lowest and highest score of the survey.

    Returns:
        The values, the simplest first; where the column may be empty, a third of them are None.
    """
    low, high = score_scale
    whose = column.name in ("customer", "id")
    known: Sequence[object] = {
        Content.IDENTITY: customers if whose else REFERENCES,
        Content.MOMENT: moments if column.role is Role.EVENT else days,
        Content.CHOICE: list(column.choices or ()),
        Content.MONEY: _within(column, MONEY + THIRDS),
        Content.NUMBER: _within(column, NUMBERS),
        Content.SCORE: range(low, high + 1),
        Content.FLAG: (True, False),
        Content.TEXT: TEXTS,
        Content.TAGS: TAGS,
    }[column.content]
    return [*known] if column.required else [*[None] * (len(known) // 2), *known]
