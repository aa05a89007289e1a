"""What a recorded reading holds beside columns and measures, as plain data for JSON, and back."""

from __future__ import annotations

from datetime import date

from attrs import asdict

from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.domain.criteria import Cutoff
from klantkompas.domain.overrides import Override
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading
from klantkompas.wording.plain import Json

__all__ = ["details_of", "reading_details_from"]


def details_of(reading: RecordedReading) -> Json:
    """Return all of a reading but its columns and measures, as plain data for JSON."""
    return {
        "listed_by_people": reading.listed_by_people,
        "shortlist_cutoff": None
        if reading.shortlist_cutoff is None
        else asdict(reading.shortlist_cutoff),
        "factors": [asdict(factor) for factor in reading.factors],
        "not_measured": list(reading.not_measured),
        "rules": list(reading.rules),
        "order": list(reading.order),
        "overrides": [{**asdict(each), "on": each.on.isoformat()} for each in reading.overrides],
        "library_version": reading.library_version,
    }


def reading_details_from(details: Json) -> Json:
    """Return the arguments of `RecordedReading` that plain data of `details_of` stand for."""
    cutoff = details["shortlist_cutoff"]
    return {
        "listed_by_people": details["listed_by_people"],
        "shortlist_cutoff": None if cutoff is None else ShortlistCutoff(**cutoff),
        "factors": tuple(
            RecordedFactor(**{**factor, "cutoff": Cutoff(**factor["cutoff"])})
            for factor in details["factors"]
        ),
        "not_measured": tuple(details["not_measured"]),
        "rules": tuple(details["rules"]),
        "order": tuple(details["order"]),
        "overrides": tuple(
            Override(**{**each, "on": date.fromisoformat(each["on"])})
            for each in details["overrides"]
        ),
        "library_version": details["library_version"],
    }
