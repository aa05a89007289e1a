"""The checks, by name: what each asks, how it is found out, and what to do when it is not so."""

from __future__ import annotations

from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks import (
    Advice,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    ReportSection,
    SuccessFactor,
    Tally,
    Trait,
)
from klantkompas.testing import (
    cue_laws,
    flag_laws,
    lens_laws,
    measure_laws,
    other_laws,
    rule_laws,
    section_laws,
    text_laws,
)
from klantkompas.testing.failures import Check, Law
from klantkompas.testing.input_laws import changes_its_input

__all__ = ["ANSWERS", "CHECKS", "COLLECTION", "DETERMINISM", "PURITY", "SIGNATURE"]


def _measures(law: Law) -> dict[type, Law]:
    return {Measure: law, Tally: law}


def _lenses(law: Law) -> dict[type, Law]:
    return {Lens: law, Trait: law}


def _every(law: Law) -> dict[type, Law]:
    texts = (Measure, SuccessFactor, ClassificationRule, Cue, Trait, Lens, ReportSection, Advice)
    return {**_measures(law), **dict.fromkeys(texts, law)}


COLLECTION = Check(
    name="collection",
    asks="the plugin can be collected",
    remedy="fix what the message says; hooks take no arguments and return declarations",
    laws={},
    on_exports=False,
)
SIGNATURE = Check(
    name="signature",
    asks="each function takes what it is given",
    remedy="take exactly these arguments, in this order",
    laws=_every(other_laws.takes_other_arguments),
    on_sound=False,
    on_exports=False,
)
ANSWERS = Check(
    name="answers",
    asks="it answers whatever is in the tables, in the shape and type that it must have",
    remedy="fix the function; where something is absent or empty the answer is NaN, never an "
    "error, and there is an answer for each customer",
    laws={
        **_measures(measure_laws.answers),
        **_lenses(lens_laws.answers),
        ClassificationRule: rule_laws.answers,
        SuccessFactor: other_laws.factor_answers,
        Cue: cue_laws.answers,
        ReportSection: section_laws.answers,
        InteractionKind: other_laws.kind_answers,
    },
    on_sound=False,
)
DETERMINISM = Check(
    name="determinism",
    asks="the same input gives the same answer",
    remedy="draw nothing at random, or from a generator seeded within the function",
    laws={
        **_measures(measure_laws.differs_between_runs),
        **_lenses(lens_laws.differs_between_runs),
        ClassificationRule: rule_laws.differs_between_runs,
        Cue: cue_laws.differs_between_runs,
        ReportSection: section_laws.differs_between_runs,
    },
    on_sound=False,
)
PURITY = Check(
    name="purity",
    asks="the answer depends on the input alone, not on what was asked before",
    remedy="keep nothing between calls: no cache, no global, no counter",
    laws={
        **_measures(measure_laws.remembers),
        **_lenses(lens_laws.remembers),
        ClassificationRule: rule_laws.remembers,
    },
    on_sound=False,
)
CHECKS = (
    COLLECTION,
    SIGNATURE,
    ANSWERS,
    DETERMINISM,
    PURITY,
    Check(
        name="mutation",
        asks="it leaves its input as it was",
        remedy="work on a copy: values = values.copy()",
        laws={
            **_measures(changes_its_input),
            **_lenses(lens_laws.changes_its_input),
            ClassificationRule: rule_laws.changes_its_input,
            Cue: cue_laws.changes_its_input,
        },
        on_sound=False,
    ),
    Check(
        name="nobody",
        asks="it works on an empty portfolio",
        remedy="numpy's min, max and mean fail on nothing: give them initial=, or return early",
        laws={
            **_measures(measure_laws.fails_on_nobody),
            **_lenses(lens_laws.fails_on_nobody),
            ClassificationRule: rule_laws.fails_on_nobody,
            SuccessFactor: other_laws.factor_fails_on_nobody,
            Cue: cue_laws.fails_on_none,
            ReportSection: section_laws.fails_on_nobody,
        },
    ),
    Check(
        name="one_customer",
        asks="it works on a portfolio of one customer",
        remedy="keep arrays one-dimensional: no squeeze(), and float(...) only of a single number",
        laws={
            **_measures(measure_laws.fails_on_one),
            **_lenses(lens_laws.fails_on_one),
            ClassificationRule: rule_laws.fails_on_one,
            SuccessFactor: other_laws.factor_fails_on_one,
            Cue: cue_laws.fails_on_one,
            ReportSection: section_laws.fails_on_one,
        },
    ),
    Check(
        name="independence",
        asks="each customer's answer comes from their own interactions alone",
        remedy="ranks and shares of a total belong in a criterion (TopShare, AtLeastOverall) or a "
        "lens, which see all customers; a measure does not",
        laws={
            **_measures(measure_laws.depends_on_customers),
            Cue: cue_laws.looks_at_other_texts,
        },
    ),
    Check(
        name="row_wise",
        asks="a rule answers each row from that row alone",
        remedy="compare with a number or with a measure of the same row; for what is relative to "
        "others declare a success factor with TopShare or AtLeastOverall",
        laws={ClassificationRule: rule_laws.looks_at_other_rows},
    ),
    Check(
        name="row_order",
        asks="the order of rows does not matter",
        remedy="ask Rows for sum, last and share, which go by time and add exactly; or take "
        "rows.in_order() first",
        laws={
            **_measures(measure_laws.differs_in_other_order),
            SuccessFactor: other_laws.factor_depends_on_order,
            InteractionKind: other_laws.kind_depends_on_order,
        },
    ),
    Check(
        name="customer_order",
        asks="the order of customers, and what their ids are, does not matter",
        remedy="go by codes, and do not compute with ids or positions",
        laws={
            **_measures(measure_laws.differs_under_other_ids),
            Trait: lens_laws.fires_under_other_ids,
            ClassificationRule: rule_laws.differs_in_other_order,
        },
    ),
    Check(
        name="ties",
        asks="customers of whom the same is known get the same answer",
        remedy="break no tie by position or id",
        laws={
            **_measures(measure_laws.differs_between_twins),
            ClassificationRule: rule_laws.differs_between_twins,
        },
    ),
    Check(
        name="as_of",
        asks="what happens after the reference date does not matter",
        remedy="declare later steps of an interaction as moment(Role.STEP), and only when it "
        "happened as moment(); take rows from the period that is given",
        laws=_measures(measure_laws.looks_ahead),
    ),
    Check(
        name="clock",
        asks="what day it is now does not matter",
        remedy="count from period.as_of, never from date.today()",
        laws=_measures(measure_laws.differs_centuries_later),
    ),
    Check(
        name="unknown",
        asks="what is absent is unknown (NaN), never zero",
        remedy='take rows.require("column"), start from np.full(period.customers, np.nan), and '
        "declare in reads= what the measure needs; in a signal keep NaN by "
        "np.where(np.isnan(values), np.nan, values > 3)",
        laws={
            Measure: measure_laws.is_known_without_data,
            Trait: lens_laws.fires_on_nothing_known,
        },
    ),
    Check(
        name="yes_or_no",
        asks="an answer that is not known is not taken for yes",
        remedy='ask rows.yes("column") and rows.no("column"), which are both False where it is '
        'unknown; rows.share("column") rests on what is known, and rows.sum(1 - rows["column"]) '
        "counts the noes and is unknown where all are",
        laws={Measure: flag_laws.takes_unknown_for_yes},
    ),
    Check(
        name="unknown_answers",
        asks="an answer that is not known counts in neither part of a share",
        remedy='rows.share("column") rests on what is known; with a mask of your own, give the '
        'rows that count too: rows.share(yes, where=rows.yes("column") | rows.no("column"))',
        laws={Measure: flag_laws.counts_what_is_unknown},
    ),
    Check(
        name="basis",
        asks="what is known rests on a basis, and a share that counts on whole hits",
        remedy="return (values, basis) with NaN in both where unknown, as rows.share(hits, "
        "where=known) does",
        laws={Measure: measure_laws.does_not_rest_on_its_basis},
    ),
    Check(
        name="money_scale",
        asks="money grows with money, and a share does not",
        remedy="compare money with money of the same customer, not with a fixed sum; or declare "
        "another unit",
        laws={Measure: measure_laws.scales_wrongly},
    ),
    Check(
        name="partition",
        asks="the rules together give every active customer a class that has a place",
        remedy="end with a rule that holds for all, and place a class of your own with above= or "
        "below=",
        laws={ClassificationRule: rule_laws.leaves_some_without_a_class},
    ),
    Check(
        name="monotone",
        asks="meeting one factor more never lowers a class",
        remedy="ask for count >= n rather than count == n, or give the rule another priority",
        laws={ClassificationRule: rule_laws.lowers_for_more},
    ),
    Check(
        name="units",
        asks="one of what is counted has a name",
        remedy='give the unit as Unit("deliveries", one="delivery"), from klantkompas.hooks',
        laws={Measure: text_laws.has_no_singular},
        on_sound=False,
        on_exports=False,
    ),
    Check(
        name="plain_text",
        asks="what a section says in a translated plugin is a sentence, which is translated",
        remedy='write sentence("...") around it, with its values by name, and translate that',
        laws={ReportSection: text_laws.shows_plain_text},
    ),
    Check(
        name="translation",
        asks="every text for people is translated",
        remedy="add it to the catalogue, with the same places in braces, and compile that",
        laws=_every(text_laws.is_not_translated),
        on_sound=False,
        on_exports=False,
    ),
)
"""Every check, in the order in which they are made."""
