"""Why customers stand as they do: the reasons that promoters and detractors give.

>>> reasons_counted({("price", "detractor"): 2, ("service", "promoter"): 3})[0]
ReasonCount(reason='service', promoters=3, passives=0, detractors=0)
"""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from klantkompas.portfolio import TallyCounts

__all__ = ["ReasonCount", "reasons_counted"]


@frozen
class ReasonCount:
    """How often a reason was given by each kind of respondent.

    Args:
        reason: the reason, in lower case.
        promoters: how often promoters gave it.
        passives: how often passives gave it.
        detractors: how often detractors gave it.
    """

    reason: str
    promoters: int
    passives: int
    detractors: int


def reasons_counted(counts: TallyCounts) -> tuple[ReasonCount, ...]:
    """Return how often promoters, passives and detractors gave each reason.

    Args:
        counts: how often each pair of reason and kind of answer occurs, as the tally
            ``answer_reasons`` has them.

    Returns:
        The reasons, the one that promoters give most first.

    >>> reasons_counted({("price", "detractor"): 2, ("service", "promoter"): 3})[0]
    ReasonCount(reason='service', promoters=3, passives=0, detractors=0)
    """
    found: dict[str, Counter[str]] = {}
    for (reason, kind), count in counts.items():
        found.setdefault(reason, Counter())[kind] += count
    listed = [
        ReasonCount(reason, each["promoter"], each["passive"], each["detractor"])
        for reason, each in found.items()
    ]
    return tuple(sorted(listed, key=lambda each: (-each.promoters, -each.detractors, each.reason)))
