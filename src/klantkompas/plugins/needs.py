"""In which order lenses are looked through: each after those that it needs."""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas._nearest import nearest
from klantkompas.errors import PluginError
from klantkompas.hooks import Lens, describe

__all__ = ["CONTEXT", "in_order_of_need"]

CONTEXT = (
    *("cues", "traits", "factors", "rules", "benchmarks"),
    *("shortlist", "overrides", "reasons"),
)
"""What every reading has, so that a lens may need it."""


def in_order_of_need(lenses: Sequence[Lens]) -> tuple[Lens, ...]:
    """Return lenses sorted so that each comes after the lenses that it needs.

    Args:
        lenses: the lenses.

    Returns:
        The lenses, each after those that it needs or uses; otherwise in the order given.

    Raises:
        PluginError: a lens has the name of what every reading has, needs a name that nobody
            declares, or lenses need one another in a circle.

    >>> last = Lens(name="a", question="?", look=lambda measures, b: 1)
    >>> first = Lens(name="b", question="?", look=lambda measures: 1)
    >>> [lens.name for lens in in_order_of_need([last, first])]
    ['b', 'a']
    """
    known = [*(lens.name for lens in lenses), *CONTEXT]
    for lens in lenses:
        if lens.name in CONTEXT:
            raise PluginError(f"{describe(lens)} needs another name: every reading has that")
        for need in (*lens.needs, *lens.uses):
            if need not in known:
                raise PluginError(
                    f"{describe(lens)} needs {need!r}, and nothing has that name",
                    remedy=nearest(need, known),
                )
    ordered: list[Lens] = []
    ready, waiting = set(CONTEXT), list(lenses)
    while waiting:
        now = [lens for lens in waiting if ready.issuperset((*lens.needs, *lens.uses))]
        if not now:
            raise PluginError(
                f"these need one another in a circle: {', '.join(map(describe, waiting))}"
            )
        ordered += now
        ready |= {lens.name for lens in now}
        waiting = [lens for lens in waiting if lens not in now]
    return tuple(ordered)
