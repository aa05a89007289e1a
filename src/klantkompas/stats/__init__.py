"""The statistics of Net Promoter Scores, of agreement and of differences, on numbers of your own.

No portfolio is needed. What is a promoter, a passive and a detractor is defined here, once.

>>> from klantkompas.stats import NetPromoterScore, net_promoter_score
>>> score = net_promoter_score([10, 9, 9, 8, 7, 10, 3, 6, None])
>>> print(score)
NPS +25.0 on 0-10 (-31.8 to +67.5 at 95%), 8 answers: 4 promoters, 2 passives, 2 detractors
>>> score.unanswered
1
>>> round(score.chance_above(NetPromoterScore(2, 3, 5)), 2)
0.44
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas._lazy_names import lazy_names

if TYPE_CHECKING:
    from klantkompas.stats.agreement import (
        ChiSquareTest,
        bowker,
        cohens_kappa,
        fleiss_kappa,
        jaccard_share,
        stuart_maxwell,
        total_variation,
    )
    from klantkompas.stats.answers import (
        KINDS_OF_ANSWER,
        MIN_PASSIVE,
        MIN_PROMOTER,
        SCALES,
        categories,
        is_kind,
        kinds_of_answer,
        tally,
    )
    from klantkompas.stats.by_group import NetPromoterScores, net_promoter_scores_by_group
    from klantkompas.stats.differences import holm, nps_differences, paired_nps_difference
    from klantkompas.stats.intervals import METHODS, nps_intervals
    from klantkompas.stats.net_promoter import NetPromoterScore, net_promoter_score
    from klantkompas.stats.over_time import SpanScore, by_span, rolling, summed
    from klantkompas.stats.planning import (
        answers_needed,
        answers_needed_to_see,
        more_answers_needed,
    )
    from klantkompas.stats.proportions import SharedCounts, difference_interval, wilson_limits
    from klantkompas.stats.results import Difference, Interval
    from klantkompas.stats.superiority import superiority_interval
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "agreement": (
                "ChiSquareTest",
                "bowker",
                "cohens_kappa",
                "fleiss_kappa",
                "jaccard_share",
                "stuart_maxwell",
                "total_variation",
            ),
            "answers": (
                "KINDS_OF_ANSWER",
                "MIN_PASSIVE",
                "MIN_PROMOTER",
                "SCALES",
                "categories",
                "is_kind",
                "kinds_of_answer",
                "tally",
            ),
            "by_group": ("NetPromoterScores", "net_promoter_scores_by_group"),
            "differences": ("holm", "nps_differences", "paired_nps_difference"),
            "intervals": ("METHODS", "nps_intervals"),
            "net_promoter": ("NetPromoterScore", "net_promoter_score"),
            "over_time": ("SpanScore", "by_span", "rolling", "summed"),
            "planning": ("answers_needed", "answers_needed_to_see", "more_answers_needed"),
            "proportions": ("SharedCounts", "difference_interval", "wilson_limits"),
            "results": ("Difference", "Interval"),
            "superiority": ("superiority_interval",),
        },
    )

__all__ = [
    "KINDS_OF_ANSWER",
    "METHODS",
    "MIN_PASSIVE",
    "MIN_PROMOTER",
    "SCALES",
    "ChiSquareTest",
    "Difference",
    "Interval",
    "NetPromoterScore",
    "NetPromoterScores",
    "SharedCounts",
    "SpanScore",
    "answers_needed",
    "answers_needed_to_see",
    "bowker",
    "by_span",
    "categories",
    "cohens_kappa",
    "difference_interval",
    "fleiss_kappa",
    "holm",
    "is_kind",
    "jaccard_share",
    "kinds_of_answer",
    "more_answers_needed",
    "net_promoter_score",
    "net_promoter_scores_by_group",
    "nps_differences",
    "nps_intervals",
    "paired_nps_difference",
    "rolling",
    "stuart_maxwell",
    "summed",
    "superiority_interval",
    "tally",
    "total_variation",
    "wilson_limits",
]
