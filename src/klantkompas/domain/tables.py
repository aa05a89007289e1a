"""Every table that a portfolio can have, with its columns.

>>> from klantkompas.domain.interactions import BUILT_IN_KINDS
>>> list(columns_by_table(BUILT_IN_KINDS[:2]))
['customers', 'orders', 'invoices', 'nominations']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klantkompas._nearest import nearest
from klantkompas._told import joined, told
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.nominations import NOMINATIONS, Nomination
from klantkompas.errors import ArgumentError

__all__ = ["columns_by_table", "of_a_plugin", "unknown_table"]


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


def of_a_plugin(kinds: Sequence[InteractionKind]) -> str:
    """Return what to do where a table is perhaps of a plugin's kind, and only built-in are known.

    Args:
        kinds: the kinds of interaction that are known.

    Returns:
        The remedy; empty where a plugin's kind is known.

    >>> of_a_plugin(BUILT_IN_KINDS)
    "A plugin's kind is known by kinds=compass.kinds, of a Compass with that plugin."
    """
    if not {kind.name for kind in kinds} <= {kind.name for kind in BUILT_IN_KINDS}:
        return ""
    return told("A plugin's kind is known by kinds=compass.kinds, of a Compass with that plugin.")


def unknown_table(
    name: object, known: Iterable[str], kinds: Sequence[InteractionKind], place: str = ""
) -> ArgumentError:
    """Return the error to raise of a table that is of none of the kinds.

    Args:
        name: its name.
        known: the names of the tables that can be given.
        kinds: the kinds of interaction that are known.
        place: where it is named.

    >>> print(unknown_table("visits", ["orders"], BUILT_IN_KINDS))
    no table is called 'visits'. There are: orders. A plugin's kind is known by \
kinds=compass.kinds, of a Compass with that plugin.
    """
    return ArgumentError(
        told("no table is called {name}", name=repr(name)),
        place=place,
        remedy=joined(" ", (nearest(name, known), of_a_plugin(kinds))),
    )
