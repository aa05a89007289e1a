"""The measures that were asked for, of all that a compass has.

>>> from klantkompas.compass import Compass
>>> [each.name for each in chosen_measures(Compass(installed=False), ["revenue"])]
['revenue']
"""

from __future__ import annotations

from collections.abc import Collection

from klantkompas._nearest import nearest
from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Measure, Tally

__all__ = ["chosen_measures"]


def chosen_measures(compass: Compass, only: Collection[str] | None) -> tuple[Measure | Tally, ...]:
    """Return the measures and tallies of a compass, in its order.

    Args:
        compass: what has them.
        only: the names of those to keep; None for all.

    Raises:
        ArgumentError: no measure has one of the names.
    """
    declared = compass.declarations.measures
    known = {each.name for each in declared}
    for name in only or ():
        if name not in known:
            raise ArgumentError(f"only: no measure is called {name!r}. {nearest(name, known)}")
    return tuple(each for each in declared if only is None or each.name in only)
