"""Success factors: the ways in which a customer contributes."""

from __future__ import annotations

from attrs import frozen

from klantkompas.domain.criteria import Criterion
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.measures import Measure

__all__ = ["SuccessFactor"]


@frozen(kw_only=True)
class SuccessFactor(Declaration):
    """A way in which a customer contributes to success: a measure with a criterion (S1 step 2).

    Args:
        name: an identifier.
        measure: a measure, or the name of one.
        criterion: `AtLeast`, `AtMost`, `TopShare` or `AtLeastOverall`.
        title: what the customer does, in a few words.
        least_basis: on how many orders or invoices a share or rate must rest to count (decided: 3).
        plugin: who declared it; the compass fills it in.

    Raises:
        PluginError: the name is no identifier.

    >>> from klantkompas.domain.criteria import AtMost
    >>> SuccessFactor(
    ...     name="rarely_complains", measure="complaint_rate", criterion=AtMost(0.05), title="..."
    ... ).least_basis
    3
    """

    measure: str | Measure
    criterion: Criterion
    title: str
    least_basis: float = 3

    @property
    def measure_name(self) -> str:
        """The name of its measure."""
        return self.measure if isinstance(self.measure, str) else self.measure.name
