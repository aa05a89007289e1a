"""How often each cue fired for each customer, counted once for each message and cue."""

from __future__ import annotations

import math
import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.errors import PluginError
from klantkompas.hooks import Cue, Measure, hookimpl, mentions
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.portfolio.latest import days_at

AS_OF = date(2026, 6, 30)
DAY = date(2026, 6, 1)
ANGRY = "WAAR BLIJFT MIJN PAKKET? WAAR BLIJFT MIJN GELD?"
CALM = "Zou u mij willen laten weten wanneer het pakket komt"
COMPASS = Compass(installed=False)
NAMES = [cue.measure_name for cue in COMPASS.declarations.cues]


def measured(*rows: Sequence[Any], heading: str = "customer on text", **given: Any) -> Measures:
    names = heading.split()
    contacts = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    portfolio = Portfolio.from_tables(customers={"id": ["a", "b"]}, contacts=contacts)
    return given.get("compass", COMPASS).measure(portfolio, AS_OF)


def counted(measures: Measures, name: str) -> list[tuple[float | None, float | None]]:
    """How often, and of how many messages, for customers a and b; None where unknown."""
    both = zip(measures[name].tolist(), measures.basis(name).tolist(), strict=True)
    return [tuple(None if math.isnan(each) else each for each in pair) for pair in both]


def test_a_message_counts_once_for_each_cue() -> None:
    measures = measured(("a", DAY, ANGRY), ("a", DAY, ANGRY + "!!"), ("a", DAY, CALM))
    assert counted(measures, "cue_capital_sentences") == [(2, 3), (0, 0)]
    assert counted(measures, "cue_exclamation_runs") == [(1, 3), (0, 0)]
    assert counted(measures, "cue_feelings") == [(0, 3), (0, 0)]
    assert measures.column("cue_feelings").unit == "messages"
    assert measures.column("cue_feelings").reads == ("contacts.text",)


def test_it_is_known_on_which_days_a_cue_fired() -> None:
    earlier, later = AS_OF - timedelta(days=40), AS_OF - timedelta(days=3)
    rows = [("a", later, ANGRY), ("a", earlier, ANGRY), ("a", AS_OF, CALM), ("b", AS_OF, CALM)]
    measures = measured(*rows)
    days = [days_at(measures, "days_of_cue_capital_sentences", place) for place in range(2)]
    assert days == [(earlier, later), ()]


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2025, 12, 30), 0),
        (date(2025, 12, 31), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 0),
    ],
)
def test_messages_of_the_period(on: date, count: int) -> None:
    assert counted(measured(("a", on, ANGRY)), "cue_capital_sentences")[0] == (count, count)


def test_unknown_is_not_none() -> None:
    name = "cue_capital_sentences"
    assert counted(measured(("a", DAY, None)), name) == [(None, None), (0, 0)]
    assert counted(measured(("a", DAY, None), ("a", DAY, ANGRY)), name) == [(1, 1), (0, 0)]
    assert counted(measured(("a", DAY), heading="customer on"), name) == [(None, None)] * 2
    nothing = COMPASS.measure(Portfolio.from_tables(customers={"id": ["a"]}), AS_OF)
    assert all(np.isnan(nothing[each]).all() for each in NAMES)
    assert counted(measured(heading="customer on text"), name) == [(0, 0)] * 2


def test_channels_that_the_customer_chose() -> None:
    heading = "customer on channel by_customer"
    rows = [
        ("a", DAY, "Telefoon", True),
        ("a", DAY, "telephone", None),
        ("a", DAY, "phone", False),
        ("a", DAY, "e-mail", True),
        ("a", DAY, None, True),
        ("b", DAY, None, True),
    ]
    measures = measured(*rows, heading=heading)
    assert counted(measures, "cue_telephone") == [(2, 3), (None, None)]
    assert counted(measures, "cue_writing") == [(1, 3), (None, None)]
    assert counted(measures, "cue_feelings") == [(None, None)] * 2
    assert measures.column("cue_telephone").unit == "contacts"
    without = measured(*[row[:3] for row in rows], heading="customer on channel")
    assert counted(without, "cue_telephone")[0] == (3, 4)


class Mine:
    """A plugin that replaces a list of words by its own."""

    def __init__(self, *cues: Cue) -> None:
        self.cues = cues

    @hookimpl
    def klantkompas_cues(self) -> Sequence[Cue]:
        return self.cues


def test_words_of_ones_own_replace_those_built_in() -> None:
    own = Cue(
        name="feelings",
        fires=mentions("pakket"),
        describes="names a parcel",
        language="nl",
        counted_only=True,
    )
    compass = Compass([Mine(own)], installed=False, leave_out={"feelings"})
    assert counted(measured(("a", DAY, CALM), compass=compass), "cue_feelings")[0] == (1, 1)
    with pytest.raises(PluginError, match="'feelings' is declared by"):
        Compass([Mine(own)], installed=False).declarations  # noqa: B018


def test_a_measure_and_a_cue_of_one_name() -> None:
    class Both(Mine):
        @hookimpl
        def klantkompas_measures(self) -> Sequence[Measure]:
            return [Measure(name="cue_mine", of=len, unit="x", describes="x")]

    mine = Cue(name="mine", fires=mentions("mine"), describes="says mine", extraversion=1)
    with pytest.raises(PluginError, match="'cue_mine' is declared by"):
        Compass([Both(mine)], installed=False).declarations  # noqa: B018


@pytest.mark.parametrize(
    ("fires", "told"),
    [
        (lambda texts: [True] * (len(texts) + 1), "shape"),
        (lambda texts: [1.0] * len(texts), "float64"),
        (lambda texts: None, "object"),
        (lambda texts: texts.missing, "AttributeError"),
    ],
)
def test_a_cue_that_does_not_answer_is_named(fires: Any, told: str) -> None:
    compass = Compass(
        [Mine(Cue(name="mine", fires=fires, describes="does", extraversion=1))], installed=False
    )
    with pytest.raises(PluginError, match=f"the cue 'mine' of the plugin .*{told}"):
        measured(("a", DAY, CALM), ("b", DAY, CALM), compass=compass)


def test_declarations_can_be_sent_elsewhere_after_use() -> None:
    (counting,) = [each.of for each in COMPASS.declarations.measures if each.name == NAMES[0]]
    measured(("a", DAY, CALM))
    assert type(pickle.loads(pickle.dumps(counting))) is type(counting)


MESSAGES = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from([DAY, date(2026, 6, 2), date(2025, 1, 1)]),
    st.sampled_from([ANGRY, CALM, "Fijn weekend!!", "Weet u zeker dat het komt?", "", None]),
    st.sampled_from(["telefoon", "e-mail", "bezoek", None]),
)
HEADING = "customer on text channel"


def all_of(measures: Measures) -> list[list[float]]:
    columns = [measures.column(name) for name in NAMES]
    return [each.tolist() for column in columns for each in (column.values, column.basis)]


@given(st.lists(MESSAGES, max_size=8))
def test_the_order_of_rows_changes_nothing(rows: list[Any]) -> None:
    given_so, reversed_so = (
        all_of(measured(*each, heading=HEADING)) for each in (rows, rows[::-1])
    )
    np.testing.assert_array_equal(given_so, reversed_so)


@given(st.lists(MESSAGES, max_size=6), MESSAGES)
def test_a_message_of_one_customer_changes_nothing_of_another(rows: list[Any], row: Any) -> None:
    other = 1 if row[0] == "a" else 0
    before, after = (
        np.array(all_of(measured(*each, heading=HEADING)))[:, other]
        for each in (rows, [*rows, row])
    )
    np.testing.assert_array_equal(before, after)
