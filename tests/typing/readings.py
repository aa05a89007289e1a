"""The types of what a reading says: a property for each built-in lens."""

from __future__ import annotations

from typing import assert_type

from klantkompas import Classification, Compass, ParetoRanking, Portfolio, Scorecard, SurveyScore
from klantkompas.drawing import ClassesDisplay, Display, ParetoDisplay
from klantkompas.hooks import Unanswered
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
from klantkompas.lenses.team import Team

reading = Compass().read(Portfolio.from_records([]), as_of="2026-06-30")

assert_type(reading.attitudes, Attitudes | Unanswered)
assert_type(reading.by_month, ByMonth | Unanswered)
assert_type(reading.classes, Classification)
assert_type(reading.colours, CustomerColours)
assert_type(reading.contribution, WhaleCurve | Unanswered)
assert_type(reading.demands, Demands | Unanswered)
assert_type(reading.departures, ReasonGap | Unanswered)
assert_type(reading.drivers, KeyDrivers | Unanswered)
assert_type(reading.fit, Fit | Unanswered)
assert_type(reading.inventory, Inventory)
assert_type(reading.loyalty, Loyalty | Unanswered)
assert_type(reading.memory, Memory | Unanswered)
assert_type(reading.nps, SurveyScore)
assert_type(reading.pareto, ParetoRanking | Unanswered)
assert_type(reading.scorecard, Scorecard)
assert_type(reading.team, Team | Unanswered)

if not isinstance(reading.pareto, Unanswered):
    assert_type(reading.pareto.display(), ParetoDisplay)
    assert_type(reading.pareto.plot(), Display)
assert_type(reading.classes.display().svg("nl"), str)
assert_type(ClassesDisplay.from_reading(reading), ClassesDisplay)
assert_type(ClassesDisplay.from_reading(reading).plot(), ClassesDisplay)
