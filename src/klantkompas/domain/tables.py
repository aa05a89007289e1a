"""Every table that a portfolio can have, with its columns.

>>> from klantkompas.domain.interactions import BUILT_IN_KINDS
>>> list(columns_by_table(BUILT_IN_KINDS[:2]))
['customers', 'orders', 'invoices', 'nominations']
"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.interactions import InteractionKind
from klantkompas.domain.nominations import NOMINATIONS, Nomination

__all__ = ["columns_by_table"]


def columns_by_table(kinds: Iterable[InteractionKind]) -> dict[str, tuple[Column, ...]]:
    """Return the columns of the customers, of each kind of interaction, and of the team's lists.

    Args:
        kinds: the kinds of interaction.
    """
    return {
        "customers": columns_of(Customer),
        **{each.name: each.columns for each in kinds},
        NOMINATIONS: columns_of(Nomination),
    }
