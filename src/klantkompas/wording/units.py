"""How a unit is called after a number: 1 order, 2 orders.

>>> named(2, "orders"), named(1, "orders"), named(1, "share")
('orders', 'order', 'share')
"""

from __future__ import annotations

from klantkompas.wording.catalogue import mark

__all__ = ["named"]

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


def named(count: float, unit: str) -> str:
    """Return the English name of a unit after a number: singular after 1, else plural.

    Args:
        count: the number.
        unit: what is counted, in the plural; a unit that is not known here stays as it is.

    Returns:
        The unit.
    """
    return ONE.get(unit, unit) if count == 1 else unit
