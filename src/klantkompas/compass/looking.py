"""Looking: what is known of each customer becomes what every lens says of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from klantkompas.compass.arguments import known_overrides, known_reasons, listed_ids
from klantkompas.compass.reading import Reading
from klantkompas.compass.whole import as_a_whole
from klantkompas.domain.overrides import Override
from klantkompas.errors import DataError, PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Lens, describe, plugin_failure
from klantkompas.measures.currencies import currency_of
from klantkompas.plugins.collect import Declarations
from klantkompas.plugins.needs import CONTEXT
from klantkompas.portfolio import Measures
from klantkompas.results import of_backend

__all__ = ["look_through"]

LOG = logging.getLogger(__name__)


def look_through(
    declared: Declarations,
    measures: Measures,
    *,
    shortlist: Iterable[str | int] | None = None,
    overrides: Iterable[Override] = (),
    reasons: Mapping[str, str] | None = None,
    currency: str | None = None,
) -> Reading:
    """Return what every lens says of measures.

    Args:
        declared: the lenses, and what they judge by.
        measures: what is known of each customer.
        shortlist: the ids of the customers that people find to fit best.
        overrides: classes that people gave to customers.
        reasons: by a reason that colleagues gave, the name of the success factor that covers it.
        currency: the code of the currency that money is in; without it, that of the exports.

    Raises:
        ArgumentError: the shortlist, the overrides or the reasons are of the wrong type, or name a
            customer, class or factor that does not exist.
        PluginError: a lens of a plugin fails, or gives None.
    """
    measures = as_a_whole(measures)
    results: dict[str, object] = {
        "cues": declared.cues,
        "traits": declared.traits,
        "factors": declared.factors,
        "rules": declared.rules,
        "benchmarks": declared.benchmarks,
        "shortlist": listed_ids(shortlist, measures),
        "overrides": known_overrides(overrides, measures, declared.rules),
        "reasons": known_reasons(reasons, measures, declared.factors),
    }
    for lens in declared.lenses:
        results[lens.name] = _looked(lens, measures, results)
        LOG.debug("looked through the lens %s", lens.name)
    LOG.info("read %d customers as of %s", len(measures), measures.as_of)
    return Reading(
        measures=measures,
        results={name: each for name, each in results.items() if name not in CONTEXT},
        questions={lens.name: lens.question for lens in declared.lenses},
        report_sections=declared.report_sections,
        advice=declared.advice,
        catalogues=declared.catalogues,
        provenance=declared.provenance,
        currency=currency or currency_of(measures),
        backend=measures.backend,
    )


def _looked(lens: Lens, measures: Measures, results: Mapping[str, object]) -> object:
    try:
        found = lens.answer(measures, results.__getitem__)
    except (PluginError, DataError):
        raise
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(describe(lens), cause) from cause
    if found is None:
        raise PluginError(
            f"{describe(lens)} gives None: return the result, or Unanswered(...) where it "
            "cannot tell"
        )
    return of_backend(found, measures.backend)
