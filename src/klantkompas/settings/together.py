"""What settings say together: the compass that they describe, and what fits and what does not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import Told, told
from klantkompas.compass import Compass
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table
from klantkompas.portfolio.months import months_before
from klantkompas.settings.checks import CHECKS, CHOICES, check_table
from klantkompas.settings.factors import SettingsPlugin, factors_of
from klantkompas.settings.plugins import check_versions, loaded
from klantkompas.settings.written import line

if TYPE_CHECKING:
    from klantkompas.settings.settings import Settings

__all__ = ["check_together", "compass_of"]

REMOVABLE = ("factors", "rules", "cues", "traits", "benchmarks", "report_sections", "advice")
"""The families of declarations that can be left out by name."""


def compass_of(settings: Settings) -> Compass:
    """Return the compass that settings describe, after checking the names that it knows.

    Args:
        settings: the settings.

    Raises:
        SettingsError: a plugin, a success factor or another name has no meaning.
    """
    plugins = loaded(settings.at("plugins"), settings.plugins, settings.folder)
    made = partial(
        Compass,
        block=settings.block,
        installed=settings.installed,
        on_broken="skip" if settings.skip_broken else "raise",
        months=settings.months,
        currency=settings.currency,
    )
    with settings.at("block" if settings.block else "plugins").whatever_is_wrong():
        compass = made(plugins)
    declared = compass.declarations
    check_versions(settings.at("plugins"), settings.plugins, declared.provenance.plugins)
    removable = {each.name: each for family in REMOVABLE for each in getattr(declared, family)}
    for number, name in enumerate(settings.leave_out):
        if name not in removable:
            raise settings.at("leave_out")[number].error(
                told("leave_out names {name}, which is not there", name=shown(name)),
                nearest(name, removable),
            )
    measures = [each.name for each in declared.measures if hasattr(each, "unit")]
    own = factors_of(settings.at("factors"), settings.factors, declared.factors, measures)
    _check_not_left_out(settings)
    if not (own or settings.leave_out):
        return compass
    replaced = {each.name for each in own} & {each.name for each in declared.factors}
    with settings.at("factors").whatever_is_wrong():
        return made(
            (*plugins, *([SettingsPlugin(own)] if own else ())),
            leave_out={*settings.leave_out, *replaced},
        )


def check_together(settings: Settings) -> None:
    """Check what settings say of the data, and what one of them needs of another.

    Args:
        settings: the settings.

    Raises:
        SettingsError: something has no meaning.
    """
    _check_tables(settings)
    _check_dates(settings)
    _check_lists(settings)


def _check_not_left_out(settings: Settings) -> None:
    for name in settings.factors:
        if name in settings.leave_out:
            raise settings.at("factors")[name].error(
                told(
                    "the success factor {name} is left out, and something is said of it",
                    name=repr(name),
                ),
                told(
                    "Take out what is said of it, or take {name} out of leave_out", name=repr(name)
                ),
            )


def _check_tables(settings: Settings) -> None:
    known = columns_by_table(settings.compass().kinds)
    for name, table in settings.tables.items():
        at = settings.at(name)
        if name not in known:
            raise at.error(
                told("there is no table {name}", name=shown(name)),
                _of_a_plugin(settings, nearest(name, [*known, *CHECKS])),
            )
        check_table(at, table, [each.name for each in known[name]])


def _of_a_plugin(settings: Settings, there: Told) -> Told:
    """Return what to do where a table is perhaps of a plugin that is not in use."""
    if not settings.compass().installed:
        return told(
            "{there} If a plugin brings it: the installed plugins are left out", there=there
        )
    plugins = settings.compass().declarations.provenance.plugins
    unused = ", ".join(str(each) for each in plugins if each.status != "in use")
    if unused:
        return told(
            "{there} If a plugin brings it, use that: not in use are {plugins}",
            there=there,
            plugins=unused,
        )
    return told(
        "{there} If a plugin brings it, install that, or write its file below {table}",
        there=there,
        table="[plugins]",
    )


def _check_dates(settings: Settings) -> None:
    last, before = settings.as_of, settings.previous_review
    if last is not None and before is not None and before >= last:
        day = months_before(np.datetime64(last, "D"), 6)
        raise settings.at("previous_review").error(
            told("previous_review is {day}, not before as_of", day=before),
            line(f"previous_review = {day}"),
        )


def _check_lists(settings: Settings) -> None:
    """Check what nominations are needed for."""
    lists = NOMINATIONS in settings.tables
    wanted = {"table": f"[{NOMINATIONS}]", "line": 'file = "team.csv"'}
    if settings.shortlist in CHOICES and not lists:
        raise settings.at("shortlist").error(
            told(
                "the shortlist is {value}, and there are no nominations",
                value=repr(settings.shortlist),
            ),
            told("Write {table} and below it {line}, or take shortlist out", **wanted),
        )
    if settings.reasons and not lists:
        raise settings.at("reasons").error(
            told("reasons are mapped to success factors, and there are no nominations"),
            told("Write {table} and below it {line}, or take the reasons out", **wanted),
        )
    names = [each.name for each in settings.compass().declarations.factors]
    for reason, factor in settings.reasons.items():
        if factor not in names:
            raise settings.at("reasons")[reason].error(
                told("no success factor is called {name}", name=shown(factor)),
                nearest(factor, names),
            )
