"""Axes whose ticks are round numbers, months, or names."""

from __future__ import annotations

import math
from collections.abc import Sequence

from klantkompas.drawing.geometry import Axis, Tick
from klantkompas.wording.sentence import Quantity, Value

__all__ = ["named_axis", "number_axis", "round_numbers"]

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def round_numbers(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round numbers at equal steps that hold two values between them.

    Args:
        low: the lower value.
        high: the higher value.
        about: about how many steps there should be.

    Returns:
        The numbers, sorted upwards: the first at most `low`, the last at least `high`.

    >>> round_numbers(0, 87)
    (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
    >>> round_numbers(-3, 4)
    (-4.0, -2.0, 0.0, 2.0, 4.0)
    """
    # Values that are as good as equal are shown on an axis from 0.
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
        if not high > low:
            high = low + 1.0
    raw = (high - low) / about
    scale = 10.0 ** math.floor(math.log10(raw))
    step = next((each * scale for each in STEPS if each * scale >= raw * (1 - 1e-9)), 10 * scale)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = max(0, 1 - math.floor(math.log10(step)))
    return tuple(round(each * step, digits) + 0.0 for each in range(first, last + 1))


def number_axis(
    low: float,
    high: float,
    unit: str = "",
    *,
    title: Value = "",
    grid: bool = True,
    most: float = math.inf,
) -> Axis:
    """Return an axis from one value to another, with ticks at round numbers.

    Args:
        low: the lowest value that has to be on it.
        high: the highest.
        unit: what the values are in, as of a `Quantity`.
        title: what it shows.
        grid: whether a thin line stands at each tick.
        most: the largest value that can be; beyond it the axis has room, and no ticks.

    >>> [tick.text.value for tick in number_axis(0, 0.8, "percent").ticks]
    [0.0, 0.2, 0.4, 0.6, 0.8]
    """
    numbers = round_numbers(low, high)
    if unit == "money" and all(each.is_integer() for each in numbers):
        unit = ""
    ticks = [Tick(each, Quantity(each, unit)) for each in numbers if each <= most + 1e-9]
    return Axis(numbers[0], numbers[-1], ticks, title, grid)


def named_axis(names: Sequence[Value], *, title: Value = "", downwards: bool = False) -> Axis:
    """Return an axis with a place for each name: 0 for the first, 1 for the second, ...

    Args:
        names: the names.
        title: what it shows.
        downwards: whether the first stands at the top, or the right, rather than at the beginning.

    >>> named_axis(["A", "B"]).high
    1.5
    """
    low, high = -0.5, max(len(names), 1) - 0.5
    ticks = [Tick(at, name) for at, name in enumerate(names)]
    return Axis(*((high, low) if downwards else (low, high)), ticks, title, grid=False)
