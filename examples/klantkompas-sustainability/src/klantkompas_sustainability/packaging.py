"""A kind of interaction: what went out in reusable packaging, and what came back of it.

>>> PACKAGING.name, [column.name for column in PACKAGING.columns if column.required]
('packaging', ['customer', 'on', 'sent', 'returned'])
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from klantkompas import InteractionKind
from klantkompas.domain.fields import identity, moment, number

__all__ = ["PACKAGING", "PackagingExchange"]


@frozen(kw_only=True)
class PackagingExchange:
    """What the driver left at a customer's, and took along.

    Args:
        customer: the customer's id.
        on: when it was.
        sent: pieces that were left.
        returned: empty pieces that were taken along.
    """

    customer: str = identity(headings=("Klantnummer",))
    on: date = moment(required=True, headings=("Datum",))
    sent: float = number(required=True, low=0, headings=("Gebracht",))
    returned: float = number(required=True, low=0, headings=("Retour",))


PACKAGING = InteractionKind(name="packaging", record=PackagingExchange)
