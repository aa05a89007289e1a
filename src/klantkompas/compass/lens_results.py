"""What each lens says, by its name; what a built-in one says with its type too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.portfolio import Measures
from klantkompas.results import Result

if TYPE_CHECKING:
    from klantkompas.classification.classify import Classification
    from klantkompas.classification.scorecard import Scorecard
    from klantkompas.lenses.attitudes import Attitudes
    from klantkompas.lenses.by_month import ByMonth
    from klantkompas.lenses.colours import CustomerColours
    from klantkompas.lenses.contribution import WhaleCurve
    from klantkompas.lenses.demands import Demands
    from klantkompas.lenses.departures import ReasonGap
    from klantkompas.lenses.drivers import KeyDrivers
    from klantkompas.lenses.fit import Fit
    from klantkompas.lenses.inventory import Inventory
    from klantkompas.lenses.loyalty import Loyalty
    from klantkompas.lenses.memory import Memory
    from klantkompas.lenses.nps import SurveyScore
    from klantkompas.lenses.pareto import ParetoRanking
    from klantkompas.lenses.team import Team

__all__ = ["LensResults"]


@frozen(eq=False, repr=False, kw_only=True)
class LensResults(Result):
    """The results of all lenses for the measures of a portfolio.

    Args:
        measures: what is known of each customer.
        results: each lens's result, by name.
    """

    measures: Measures
    results: Mapping[str, Any]

    def __getitem__(self, lens: str) -> Any:
        """Return a lens's result; `Unanswered` where it cannot tell.

        Raises:
            ArgumentError: there is no such lens.
        """
        if lens not in self.results:
            raise ArgumentError(f"no lens is called {lens!r}. {nearest(lens, self.results)}")
        return self.results[lens]

    @property
    def pareto(self) -> ParetoRanking | Unanswered:
        """Who brings most, and whether 80/20 holds."""
        ranking: ParetoRanking | Unanswered = self["pareto"]
        return ranking

    @property
    def by_month(self) -> ByMonth | Unanswered:
        """What comes in each month, and from how many customers."""
        months: ByMonth | Unanswered = self["by_month"]
        return months

    @property
    def scorecard(self) -> Scorecard:
        """Which success factors each active customer meets."""
        card: Scorecard = self["scorecard"]
        return card

    @property
    def classes(self) -> Classification:
        """The class of each customer, and why."""
        classes: Classification = self["classes"]
        return classes

    @property
    def nps(self) -> SurveyScore:
        """The Net Promoter Score, with its interval."""
        score: SurveyScore = self["nps"]
        return score

    @property
    def memory(self) -> Memory | Unanswered:
        """What customers remember, and whom to surprise."""
        memory: Memory | Unanswered = self["memory"]
        return memory

    @property
    def colours(self) -> CustomerColours:
        """How each customer likes to be treated."""
        colours: CustomerColours = self["colours"]
        return colours

    @property
    def demands(self) -> Demands | Unanswered:
        """Who is demanding, and who is about to escalate."""
        demands: Demands | Unanswered = self["demands"]
        return demands

    @property
    def attitudes(self) -> Attitudes | Unanswered:
        """How customers stand towards you, and what is to be done."""
        attitudes: Attitudes | Unanswered = self["attitudes"]
        return attitudes

    @property
    def loyalty(self) -> Loyalty | Unanswered:
        """Who is loyal, who is satisfied, and whose answer may be lenient."""
        loyalty: Loyalty | Unanswered = self["loyalty"]
        return loyalty

    @property
    def departures(self) -> ReasonGap | Unanswered:
        """Why customers leave, as staff believe and as they say."""
        departures: ReasonGap | Unanswered = self["departures"]
        return departures

    @property
    def team(self) -> Team | Unanswered:
        """Whom colleagues name as fitting best, why, and how far they agree."""
        team: Team | Unanswered = self["team"]
        return team

    @property
    def inventory(self) -> Inventory:
        """Who is there, by stage, kind and activity."""
        inventory: Inventory = self["inventory"]
        return inventory

    @property
    def contribution(self) -> WhaleCurve | Unanswered:
        """Who brings what the business lives on, and who takes some of it away."""
        curve: WhaleCurve | Unanswered = self["contribution"]
        return curve

    @property
    def drivers(self) -> KeyDrivers | Unanswered:
        """What goes together with high scores, and how much each counts."""
        drivers: KeyDrivers | Unanswered = self["drivers"]
        return drivers

    @property
    def fit(self) -> Fit | Unanswered:
        """What sets the customers apart whom people find to fit best."""
        fit: Fit | Unanswered = self["fit"]
        return fit
