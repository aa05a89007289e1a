"""Success factors: the ways in which a customer contributes."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from klantkompas.domain.criteria import Criterion
from klantkompas.errors import PluginError
from klantkompas.hooks.checks import finite_number, whole_text
from klantkompas.hooks.declaration import Declaration
from klantkompas.hooks.measures import Measure

__all__ = ["SuccessFactor"]


def _a_measure(factor: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, str | Measure):
        raise PluginError(
            f"SuccessFactor {factor.name!r}: measure is a Measure or the name of one, not {value!r}"
        )


def _a_criterion(factor: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, Criterion):
        raise PluginError(
            f"SuccessFactor {factor.name!r}: criterion is one such as AtLeast(0.95), not {value!r}"
        )


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
        PluginError: the name is not an identifier, or the measure, the criterion, the title or the
            least basis is something else.

    >>> from klantkompas.domain.criteria import AtMost
    >>> SuccessFactor(
    ...     name="rarely_complains", measure="complaint_rate", criterion=AtMost(0.05), title="..."
    ... ).least_basis
    3
    """

    measure: str | Measure = field(validator=_a_measure)
    criterion: Criterion = field(validator=_a_criterion)
    title: str = field(validator=whole_text)
    least_basis: float = field(default=3, validator=finite_number)

    @property
    def measure_name(self) -> str:
        """The name of the factor's measure."""
        return self.measure if isinstance(self.measure, str) else self.measure.name
