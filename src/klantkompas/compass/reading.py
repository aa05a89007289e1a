"""A portfolio as every lens sees it on one date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

import numpy as np
from attrs import field, fields, frozen

from klantkompas._arrays import AnyArray, BoolArray, FloatArray, ObjectArray, as_texts, freeze
from klantkompas.compass.card import Card
from klantkompas.compass.in_brief import in_brief
from klantkompas.compass.lens_results import LensResults
from klantkompas.compass.next_steps import NextSteps
from klantkompas.compass.profile import Profile
from klantkompas.compass.unknown import WITHHELD, unknown_measures, unknown_of, unknown_of_some
from klantkompas.domain.preferences import Preferences
from klantkompas.drawing import Pictured
from klantkompas.hooks import Advice, Catalogue, Plugin, ReportSection, Unanswered
from klantkompas.plugins.provenance import Provenance
from klantkompas.results import Result
from klantkompas.results.frames import NativeFrame
from klantkompas.wording.catalogue import Catalogues, merge
from klantkompas.wording.explanation import OPTED_OUT, InLanguage
from klantkompas.wording.notes import DataNote
from klantkompas.wording.plain import UNTOLD, Json, Keyed, declared_types
from klantkompas.wording.sentence import Sentence
from klantkompas.wording.writer import Language, Writer

if TYPE_CHECKING:
    from klantkompas.domain.buying_reasons import BuyingReason

__all__ = ["Reading"]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _is_result(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Result)


@frozen(eq=False, repr=False, kw_only=True)
class Reading(LensResults):
    """What every lens says of a portfolio on one date.

    Args:
        measures: what is known of each customer.
        results: each lens's result, by name.
        questions: each lens's question, by name.
        report_sections: the sections of the report, in order.
        advice: all advice, for profile cards and reports.
        catalogues: translations of the texts of plugins.
        provenance: which plugin declared what.
        currency: the code of the currency that money is in, such as ``"EUR"``; None where unknown.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> reading.classes.label("a"), reading["pareto"].vital_few
    ('A', 1)
    """

    questions: Mapping[str, str]
    report_sections: tuple[ReportSection, ...] = field(default=(), metadata=UNTOLD)
    advice: tuple[Advice, ...] = field(default=(), metadata=UNTOLD)
    catalogues: tuple[Catalogue, ...] = field(default=(), metadata=UNTOLD)
    provenance: Provenance = field(factory=Provenance)
    currency: str | None = None

    @classmethod
    def data_types(cls) -> Mapping[str, object]:
        """Return the types of what `to_dict` tells, by name: each lens stands in `results`."""
        told = declared_types(cls)
        lenses = {
            name: told.pop(name)
            for name in [*told.keys() - {each.name for each in fields(cls)}]
            if any(map(_is_result, get_args(told[name]) or [told[name]]))
        }
        return {**told, "results": Keyed({name: lenses[name] for name in sorted(lenses)})}

    def to_dict(self, language: Language = "en") -> Json:
        """Return what every lens says as plain data; see `Result.to_dict`.

        Args:
            language: ``"en"`` or ``"nl"``, for the sentences, plugins' texts among them; or a
                `Writer`.

        Raises:
            ArgumentError: there is no such language.
        """
        return super().to_dict(self.writer(language) if isinstance(language, str) else language)

    @property
    def translations(self) -> Catalogues:
        """The translations of the texts of plugins, by language."""
        return merge((each.language, each.translations) for each in self.catalogues)

    def writer(self, language: str = "en") -> Writer:
        """Return a writer of sentences in a language, with the translations of plugins.

        Args:
            language: ``"en"`` or ``"nl"``.

        Returns:
            The writer, which every `sentences` and `text` takes in place of a language.

        Raises:
            ArgumentError: there is no such language.
        """
        return Writer(language, self.translations, self.currency)

    @property
    def as_of(self) -> date:
        """The reference date."""
        return self.measures.as_of

    @property
    def months(self) -> int:
        """How many calendar months the period has."""
        return self.measures.months

    @cached_property
    def _known_of_nobody(self) -> Mapping[str, Sentence]:
        return MappingProxyType(unknown_measures(self.measures))

    @cached_property
    def _unknown_of_some(self) -> Mapping[str, Sentence]:
        return MappingProxyType(unknown_of_some(self.measures))

    @property
    def unknown(self) -> dict[str, Sentence]:
        """The measures of its columns that are known of nobody, with where they would come from."""
        names = set(self.measures.to_steer_by)
        return {name: of for name, of in self._known_of_nobody.items() if name in names}

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on what was odd: skipped plugins, the data, a supplied shortlist, overrides."""
        odd = (self.provenance, self.measures, *self.results.values())
        found = (note for each in odd for note in getattr(each, "notes", ()))
        return tuple(note for note in found if isinstance(note, DataNote))

    def plugin_of(self, kind: str, name: str) -> Plugin:
        """Return the plugin that declared something.

        Args:
            kind: such as ``"success factor"``, ``"classification rule"`` or ``"lens"``.
            name: the name of the declaration.

        Returns:
            The plugin, with its origin and version.

        Raises:
            ArgumentError: there is no such kind, or nothing of that name.
        """
        return self.provenance.plugin_of(kind, name)

    def card(self, customer_id: str | int) -> Card:
        """Return what the lenses say of one customer, each with its advice.

        Args:
            customer_id: the customer's id.

        Returns:
            What cannot wait, what their class is owed, and the rest; nothing of a customer who
            objects to profiling.

        Raises:
            ArgumentError: there is no such customer.
        """
        record, place = self.measures.record, self.measures.place(customer_id)
        return Card(
            measures=self.measures,
            lenses={} if self.measures.opted_out[place] else self.results,
            advice=self.advice,
            customer=self.measures.ids[place],
            place=place,
            wishes=Preferences.in_record(record, place).on(self.as_of),
            least_invoices=self.scorecard.least_basis("on_time_share"),
        )

    def profile(
        self,
        customer_id: str | int,
        *,
        reasons: Iterable[BuyingReason] = (),
        steps: NextSteps | None = None,
    ) -> Profile:
        """Return one customer's profile card.

        Args:
            customer_id: the customer's id.
            reasons: why customers buy, or do not, such as `History.reasons` returns; those of other
                customers are left out.
            steps: what to do next, by the last review and the plan too, such as `work_lists` has
                it; without it, by this reading alone.

        Returns:
            What to do next, the preferences, the class and why, the rank, the score, the measures,
            and what the other lenses say, each with advice; for a customer who objects to
            profiling, only that they do, and their preferences.

        Raises:
            ArgumentError: there is no such customer.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.profile("a").id
        'a'
        """
        measures = self.measures
        place = measures.place(customer_id)
        identity = measures.ids[place]
        opted_out = bool(measures.opted_out[place])
        heard = tuple(each for each in reasons if each.customer == identity)
        ranking = self.pareto
        rank, ranked, share = None, 0, None
        if not (isinstance(ranking, Unanswered) or opted_out):
            ranked = len(ranking)
            if not np.isnan(self.ranks[place]):
                rank = int(self.ranks[place])
                share = float(ranking.share[rank - 1])
        card = self.card(identity)
        next_steps = (NextSteps(self) if steps is None else steps).of(identity)
        owed = () if next_steps == card.class_steps else card.owed
        values = {name: each.values.item(place) for name, each in measures.numbers.items()}
        return Profile(
            id=identity,
            name=None if opted_out else measures.record["name"][place],
            why=self.classes.why(identity),
            rank=rank,
            ranked=ranked,
            share=share,
            last_score=None if opted_out else _known(measures["last_score"][place]),
            last_order=None
            if opted_out or np.isnan(since := float(measures["recency_days"][place]))
            else self.as_of - timedelta(days=since),
            namesakes=() if opted_out else measures.namesakes(identity),
            opted_out=opted_out,
            measures={}
            if opted_out
            else {name: None if math.isnan(each) else each for name, each in values.items()},
            unknown=dict.fromkeys(WITHHELD, OPTED_OUT)
            if opted_out
            else unknown_of(values, ranking, rank, self._known_of_nobody, self._unknown_of_some),
            preferences=card.wishes,
            reasons=() if opted_out else heard,
            warning=card.warning,
            steps=next_steps,
            advice=tuple(each for each in (*owed, *card.to_do) if each not in next_steps),
            happened=card.happened,
            hypotheses=card.hypotheses,
        )

    def columns(self, *, bookkeeping: bool = False) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each who does not object to profiling.

        Args:
            bookkeeping: whether measures are among them that nobody can steer by, such as how long
                ago the first order was, and those over a longer time than the period.

        Returns:
            First who they are (``id``, ``name``, ``kind``, ``stage``, ``group``); then their
            ``class``, whether it is ``provisional``, the ``range`` it may be in, what is
            ``most_worth_finding_out`` and whether it is ``overridden`` by a person; the ``rank`` by
            revenue, from 1; ``colour``, ``attitude``, ``attitude_type`` and ``loyalty`` where those
            are known; whether they are ``shortlisted``, how many ``factors_met``, and for each
            factor ``..._met`` and ``..._unknown``; then the measures by name.
        """
        measures, card = self.measures, self.scorecard
        rows = ~measures.opted_out

        def of_active(values: object, fill: object) -> AnyArray:
            whole = np.full(len(measures), fill)
            whole[card.places] = values
            return whole[rows]

        record = {
            "name": measures.record["name"],
            "kind": as_texts(measures.record["kind"]),
            "stage": as_texts(measures.record["stage"]),
            "group": measures.record["group"],
        }
        kept = sorted(measures.numbers if bookkeeping else measures.to_steer_by)
        return {
            "id": measures.ids[rows],
            **{name: column[rows] for name, column in record.items()},
            "class": self.classes.labels[rows],
            "provisional": self.classes.provisional[rows],
            "range": self.classes.ranges[rows],
            "most_worth_finding_out": self.classes.most_worth_finding_out[rows],
            "overridden": self.classes.overridden[rows],
            "rank": self.ranks[rows],
            **self._labels(rows),
            "shortlisted": of_active(card.shortlisted, False),
            "factors_met": of_active(card.count.astype(np.float64), np.nan),
            **{
                f"{name}_{what}": of_active(table[:, at], False)
                for at, name in enumerate(card.factors)
                for what, table in (("met", card.met), ("unknown", card.unknown))
            },
            **{name: measures[name][rows] for name in kept},
        }

    def to_frame(self, backend: object = None, *, bookkeeping: bool = False) -> NativeFrame:
        """Return a data frame with a row for each customer who does not object to profiling.

        Args:
            backend: any eager backend that narwhals knows; without it, that of the data frames that
                the data came in; of files, records and databases polars, else what is installed.
            bookkeeping: whether the measures that `columns` calls so are among the columns, of
                which it says what they are.

        Returns:
            The library's own data frame; unknown values are null.

        Raises:
            ArgumentError: the library is not known or not installed.
            MissingExtraError: no library for data frames is installed.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
        >>> reading.to_frame("polars")["class"].to_list()
        ['A']
        """
        return self.frame(self.columns(bookkeeping=bookkeeping), backend)

    @cached_property
    def ranks(self) -> FloatArray:
        """The rank of each customer by revenue, from 1; NaN for who is not ranked."""
        ranks, ranking = np.full(len(self.measures), np.nan), self.pareto
        if not isinstance(ranking, Unanswered):
            ranks[self.measures.active_places[ranking.order]] = np.arange(1, len(ranking) + 1)
        return freeze(ranks)

    def in_language(self, language: Language) -> InLanguage:
        """Return the reading as a notebook shows it, and as it prints, in a language.

        Args:
            language: ``"en"`` or ``"nl"``, plugins' texts included; or a `Writer`.

        Raises:
            ArgumentError: there is no such language.
        """
        return super().in_language(self.writer(language) if isinstance(language, str) else language)

    def _html_parts(self, language: Language = "en") -> Iterable[str]:
        text, *rest = super()._html_parts(language)
        pictures = (self.results.get(name) for name in ("classes", "pareto", "by_month"))
        drawn = (
            each.display().svg(language, inline=True)
            for each in pictures
            if isinstance(each, Pictured)
        )
        wide = "flex:1 1 20em;max-width:30em"
        boxes = (f'<div style="{wide}">{each}</div>' for each in drawn)
        return text, f'<div style="display:flex;flex-wrap:wrap">{"".join(boxes)}</div>', *rest

    def _labels(self, rows: BoolArray) -> dict[str, ObjectArray]:
        """Return colour, attitude and loyalty, where a lens can tell."""
        colours, attitudes, loyalty = self.colours, self.attitudes, self.loyalty
        found: dict[str, ObjectArray] = {"colour": as_texts(colours.labels)}
        if not isinstance(attitudes, Unanswered):
            found |= {"attitude": attitudes.group, "attitude_type": attitudes.kind}
        if not isinstance(loyalty, Unanswered):
            found["loyalty"] = loyalty.labels
        return {name: labels[rows] for name, labels in found.items()}

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """How the business stands with its customers, in a few lines."""
        remark = self.classes.remark
        return tuple(in_brief(self, () if remark is None else (remark,)))
