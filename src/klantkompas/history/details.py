"""What a recorded reading holds that is no column, as plain data that JSON can say, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import asdict

from klantkompas.classification.edge import Edge
from klantkompas.domain.criteria import Cutoff
from klantkompas.domain.overrides import Override
from klantkompas.portfolio import Measures
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading
from klantkompas.wording.notes import DataNote

__all__ = ["details_of", "measures_details_from", "reading_details_from"]


def details_of(reading: RecordedReading) -> dict[str, Any]:
    """Give all of a reading that is no column, as plain data."""
    return {
        "measures": _measures_details(reading.measures),
        "listed_by_people": reading.listed_by_people,
        "edge": None if reading.edge is None else asdict(reading.edge),
        "factors": [asdict(factor) for factor in reading.factors],
        "rules": list(reading.rules),
        "order": list(reading.order),
        "overrides": [{**asdict(each), "on": each.on.isoformat()} for each in reading.overrides],
        "library_version": reading.library_version,
    }


def _measures_details(measures: Measures) -> dict[str, Any]:
    return {
        "as_of": measures.as_of.isoformat(),
        "months": measures.months,
        "units": dict(measures.units),
        "basis_units": dict(measures.basis_units),
        "counted": sorted(measures.counted),
        "reads": {name: list(tables) for name, tables in measures.reads.items()},
        "tallies": {
            name: [[list(key), count] for key, count in counts.items()]
            for name, counts in measures.tallies.items()
        },
        "score_scale": list(measures.score_scale),
        "notes": [asdict(note) for note in measures.notes],
    }


def measures_details_from(details: dict[str, Any]) -> dict[str, Any]:
    """Give the arguments of `Measures` that are no columns."""
    return {
        "as_of": date.fromisoformat(details["as_of"]),
        "months": details["months"],
        "units": details["units"],
        "basis_units": details["basis_units"],
        "counted": frozenset(details["counted"]),
        "reads": {name: tuple(tables) for name, tables in details["reads"].items()},
        "tallies": {
            name: {tuple(key): count for key, count in counts}
            for name, counts in details["tallies"].items()
        },
        "score_scale": tuple(details["score_scale"]),
        "notes": tuple(DataNote(**note) for note in details["notes"]),
    }


def reading_details_from(details: dict[str, Any]) -> dict[str, Any]:
    """Give the arguments of `RecordedReading` that are neither columns nor measures."""
    edge = details["edge"]
    return {
        "listed_by_people": details["listed_by_people"],
        "edge": None if edge is None else Edge(**edge),
        "factors": tuple(
            RecordedFactor(**{**factor, "cutoff": Cutoff(**factor["cutoff"])})
            for factor in details["factors"]
        ),
        "rules": tuple(details["rules"]),
        "order": tuple(details["order"]),
        "overrides": tuple(
            Override(**{**each, "on": date.fromisoformat(each["on"])})
            for each in details["overrides"]
        ),
        "library_version": details["library_version"],
    }
