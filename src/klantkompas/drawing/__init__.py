"""Pictures of results: one geometry, drawn as SVG or by matplotlib.

`ParetoDisplay.from_reading(reading)` and the others are used as scikit-learn's Displays are;
``result.plot()`` draws the picture that a result has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas._lazy_names import lazy_names

if TYPE_CHECKING:
    from klantkompas.drawing.classes import ClassesDisplay
    from klantkompas.drawing.colours import ColoursDisplay
    from klantkompas.drawing.counts import CountsDisplay
    from klantkompas.drawing.display import Display, Pictured
    from klantkompas.drawing.factors import FactorsDisplay
    from klantkompas.drawing.geometry import Figure
    from klantkompas.drawing.months import MonthsDisplay
    from klantkompas.drawing.pareto import LorenzDisplay, ParetoDisplay
    from klantkompas.drawing.peak_end import PeakEndDisplay
    from klantkompas.drawing.reasons import ReasonsDisplay
    from klantkompas.drawing.scores import NpsByGroupDisplay, NpsOverTimeDisplay
    from klantkompas.drawing.svg import draw_svg
    from klantkompas.drawing.transitions import TransitionsDisplay
    from klantkompas.drawing.watched import WatchDisplay
    from klantkompas.drawing.whale import WhaleDisplay
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "classes": ("ClassesDisplay",),
            "colours": ("ColoursDisplay",),
            "counts": ("CountsDisplay",),
            "display": (
                "Display",
                "Pictured",
            ),
            "factors": ("FactorsDisplay",),
            "geometry": ("Figure",),
            "months": ("MonthsDisplay",),
            "pareto": (
                "LorenzDisplay",
                "ParetoDisplay",
            ),
            "peak_end": ("PeakEndDisplay",),
            "reasons": ("ReasonsDisplay",),
            "scores": (
                "NpsByGroupDisplay",
                "NpsOverTimeDisplay",
            ),
            "svg": ("draw_svg",),
            "transitions": ("TransitionsDisplay",),
            "watched": ("WatchDisplay",),
            "whale": ("WhaleDisplay",),
        },
    )

__all__ = [
    "ClassesDisplay",
    "ColoursDisplay",
    "CountsDisplay",
    "Display",
    "FactorsDisplay",
    "Figure",
    "LorenzDisplay",
    "MonthsDisplay",
    "NpsByGroupDisplay",
    "NpsOverTimeDisplay",
    "ParetoDisplay",
    "PeakEndDisplay",
    "Pictured",
    "ReasonsDisplay",
    "TransitionsDisplay",
    "WatchDisplay",
    "WhaleDisplay",
    "draw_svg",
]
