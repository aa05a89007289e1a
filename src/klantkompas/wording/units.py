"""How a unit is called after a number: 1 order, 2 orders.

>>> named(2, "orders"), named(1, "orders"), named(1, "share")
('orders', 'order', 'share')
>>> named(1, Unit("deliveries", one="delivery"))
'delivery'
"""

from __future__ import annotations

from typing import Self

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark

__all__ = ["PATTERNED", "Unit", "has_singular", "named"]

PATTERNED = ("share", "percent", "money", "score", "p")
"""Units that are in how a number is written, rather than words behind it."""
UNCOUNTED = ("", "reason", "yes or no", "latest days", "latest ratings")
"""Units of which there is not one or several."""

ONE = {
    mark("active customers"): mark("active customer"),
    mark("answers"): mark("answer"),
    mark("complaints"): mark("complaint"),
    mark("complaints per order"): mark("complaint per order"),
    mark("contacts"): mark("contact"),
    mark("customers"): mark("customer"),
    mark("days"): mark("day"),
    mark("declarations"): mark("declaration"),
    mark("detractors"): mark("detractor"),
    mark("invoices"): mark("invoice"),
    mark("lists"): mark("list"),
    mark("members"): mark("member"),
    mark("messages"): mark("message"),
    mark("minutes"): mark("minute"),
    mark("minutes per order"): mark("minute per order"),
    mark("months"): mark("month"),
    mark("orders"): mark("order"),
    mark("overrides"): mark("override"),
    mark("passives"): mark("passive"),
    mark("pieces"): mark("piece"),
    mark("points"): mark("point"),
    mark("promoters"): mark("promoter"),
    mark("rated moments"): mark("rated moment"),
    mark("rows"): mark("row"),
    mark("success factors"): mark("success factor"),
    mark("mentions"): mark("mention"),
    mark("sheets"): mark("sheet"),
}
"""What is counted, and what one of it is called."""


class Unit(str):
    """What is counted, in the plural, with what one of it is called; a text in all else.

    A catalogue translates the two apart, as ``"deliveries"`` and ``"delivery"``. What klantkompas
    counts itself, such as ``"orders"`` or ``"minutes"``, needs none.

    Args:
        many: what several are called, such as ``"deliveries"``.
        one: what one of them is called, such as ``"delivery"``.

    Raises:
        ArgumentError: one of the two is not text.

    >>> from klantkompas.hooks import Quantity, sentence
    >>> from klantkompas.wording.writer import Writer
    >>> deliveries = Unit("deliveries", one="delivery")
    >>> [Writer("en").plain(Quantity(number, deliveries)) for number in (1, 2)]
    ['1 delivery', '2 deliveries']
    >>> deliveries == "deliveries"
    True
    """

    __slots__ = ("one",)
    one: str

    def __new__(cls, many: str, *, one: str) -> Self:
        """Return the unit."""
        texts: tuple[object, ...] = many, one
        if not all(isinstance(each, str) and each.strip() for each in texts):
            raise ArgumentError(
                f"a unit is two texts, not {many!r} and {one!r}",
                remedy='Write it so: Unit("deliveries", one="delivery")',
            )
        made = super().__new__(cls, many)
        made.one = one
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """Return what a pickle makes it of again."""
        return (str(self),), {"one": self.one}


def has_singular(unit: str) -> bool:
    """Return whether it is known what one of a unit is called, or it is not counted.

    Args:
        unit: the unit.

    >>> has_singular("orders"), has_singular("share"), has_singular("deliveries")
    (True, True, False)
    """
    return isinstance(unit, Unit) or unit in (*ONE, *PATTERNED, *UNCOUNTED)


def named(count: float, unit: str) -> str:
    """Return the English name of a unit after a number: singular after 1, else plural.

    Args:
        count: the number.
        unit: what is counted, in the plural; a `Unit` where it is not one of klantkompas itself.

    Returns:
        The unit.
    """
    if count != 1:
        return unit
    return unit.one if isinstance(unit, Unit) else ONE.get(unit, unit)
