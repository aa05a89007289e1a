"""The team's own lists: who was named, how far members agree, the reasons, and the shortlist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import (
    ArgumentError,
    Compass,
    Customer,
    DataError,
    History,
    Nomination,
    Order,
    Portfolio,
    Unanswered,
    measure_in_parts,
)
from klantkompas.lenses.team import Team, team_of

COMPASS = Compass(installed=False)
IDS = [f"k{number}" for number in range(10)]
ORDERS = [
    Order(customer=each, on=date(2026, 1, day), amount=10.0 + at)
    for at, each in enumerate(IDS)
    for day in (5, 6, 7)
]
NAMED = [
    Nomination(customer="k3", by="Anna", on=date(2025, 3, 1), reason="Always  pays on time "),
    Nomination(customer="k3", by="Bo", reason="always pays on time"),
    Nomination(customer="k3", by="Bo", reason="is fun to talk to"),
    Nomination(customer="k5", by=" Anna ", reason="is fun to talk to"),
    Nomination(customer="k7", by="Bo"),
]


KAPPA = (
    "How far they agree: 0.37, where 0 is what chance gives and 1 the same names (Fleiss' kappa)"
)


def portfolio(nominations: list[Nomination] = NAMED, **options: Any) -> Portfolio:
    return Portfolio.from_records(ORDERS, nominations=nominations, **options)


def team(reasons: Mapping[str, str] | None = None, **options: Any) -> Team:
    found = COMPASS.read(portfolio(**options), reasons=reasons).team
    assert isinstance(found, Team)
    return found


def test_it_says_who_was_named_by_whom_and_why() -> None:
    found = team()
    assert found.members == ("Anna", "Bo")
    assert [(each.customer, each.by) for each in found.named] == [
        ("k3", ("Anna", "Bo")),
        ("k7", ("Bo",)),
        ("k5", ("Anna",)),
    ]
    assert found.named[0].reasons == ("always pays on time", "is fun to talk to")
    assert found.to_frame("polars")["named_by"].to_list() == [2, 1, 1]


def test_a_reason_counts_once_for_each_customer() -> None:
    counts = {each.reason: each.customers for each in team().reasons}
    assert counts == {"is fun to talk to": 2, "always pays on time": 1}
    assert [each.reason for each in team().reasons] == ["is fun to talk to", "always pays on time"]


def test_reasons_are_covered_by_factors_or_measured_by_nobody() -> None:
    found = team({" ALWAYS pays on time": "pays_on_time"})
    assert {each.reason: each.factor for each in found.reasons} == {
        "always pays on time": "pays_on_time",
        "is fun to talk to": None,
    }
    assert found.unmeasured == ("is fun to talk to",)
    own = team(nominations=[Nomination(customer="k3", by="Anna", reason="Pays on time")])
    assert own.reasons[0].factor == "pays_on_time"
    with pytest.raises(ArgumentError, match="no success factor is called 'pays'"):
        team({"is fun to talk to": "pays"})
    with pytest.raises(ArgumentError, match="nobody gave the reason 'is rich'"):
        team({"is rich": "pays_on_time"})
    hidden = [Customer(id=each, opted_out=True) for each in ("k3", "k5", "k7")]
    assert team({"is fun to talk to": "pays_on_time"}, customers=hidden).reasons == ()
    with pytest.raises(ArgumentError, match="reasons is a mapping"):
        team(["pays_on_time"])  # type: ignore[arg-type]


def test_the_shortlist_has_the_fifth_named_by_most_and_is_not_filled_up() -> None:
    found = team()
    assert found.places == 2
    assert found.shortlist() == ("k3", "k7")
    assert found.shortlist(everybody=True) == ("k3", "k7", "k5")
    few = team(nominations=NAMED[:1])
    assert few.shortlist() == ("k3",)
    reading = COMPASS.read(portfolio(), shortlist=found.shortlist())
    assert reading.scorecard.listed_by_people
    assert set(reading.scorecard.ids[reading.scorecard.shortlisted]) == {"k3", "k7"}


def test_who_is_not_active_has_no_place_on_the_shortlist_of_a_fifth() -> None:
    customers = [Customer(id="idle")]
    named = [Nomination(customer="idle", by=by) for by in ("Anna", "Bo", "Cas")] + NAMED
    found = team(nominations=named, customers=customers)
    assert found.named[0].customer == "idle"
    assert not found.named[0].active
    assert found.shortlist() == ("k3", "k7")
    assert found.shortlist(everybody=True)[0] == "idle"


def test_agreement_is_the_share_of_names_in_common_and_fleiss_kappa() -> None:
    found = team()
    (pair,) = found.in_common
    assert (pair.first, pair.second, pair.both, pair.either) == ("Anna", "Bo", 1, 3)
    assert pair.share == pytest.approx(1 / 3)
    # Of ten customers one is named by both, two by one and seven by neither.
    agreeing = 8 / 10
    named = 4 / 20
    by_chance = named**2 + (1 - named) ** 2
    assert found.kappa == pytest.approx((agreeing - by_chance) / (1 - by_chance))


def test_who_objects_to_profiling_is_named_nowhere_and_counts_in_the_agreement() -> None:
    found = team(customers=[Customer(id="k3", opted_out=True)])
    assert [each.customer for each in found.named] == ["k7", "k5"]
    assert [each.reason for each in found.reasons] == ["is fun to talk to"]
    assert found.in_common == team().in_common
    assert "k3" not in str(found) + str(found.to_frame("polars"))
    assert "k3" not in found.shortlist(everybody=True)


def test_it_prints_in_either_language() -> None:
    assert str(team()).splitlines() == [
        "Team: 3 customers named by 2 members",
        (
            "  k3: named by Anna and Bo: always pays on time (not measured); is fun to talk to "
            "(not measured)"
        ),
        "  k7: named by Bo",
        "  k5: named by Anna: is fun to talk to (not measured)",
        KAPPA,
        "  Anna and Bo: 1 of 3 names in common",
        "Reasons",
        "  is fun to talk to: 2 customers, not measured yet",
        "  always pays on time: 1 customer, not measured yet",
    ]
    assert team().text("nl").splitlines()[0] == "Team: 3 klanten genoemd door 2 leden"
    many = team(nominations=[Nomination(customer=each, by="Anna") for each in IDS])
    assert "  ... and 5 more" in str(many).splitlines()


def test_the_words_of_the_team_stand_beside_what_was_measured() -> None:
    named = [
        Nomination(customer="k3", by="Anna", reason="orders regularly"),
        Nomination(customer="k9", by="Anna", reason="buys much"),
        Nomination(customer="k3", by="Bo", reason="buys much"),
        Nomination(customer="idle", by="Bo", reason="buys much"),
        Nomination(customer="k3", by="Bo", reason="is fun"),
    ]
    found = team({"buys much": "large_volume"}, nominations=named, customers=[Customer(id="idle")])
    said = {
        each.customer: dict(zip(each.reasons, each.beside, strict=True)) for each in found.named
    }
    assert said == {
        "k3": {
            "buys much": "measured otherwise",
            "is fun": "not measured",
            "orders regularly": "measured so",
        },
        "k9": {"buys much": "measured so"},
        "idle": {"buys much": "unknown of them"},
    }
    told = str(found).splitlines()
    assert (
        "  buys much: 3 customers, measured by orders large volumes: so of 1, otherwise of 1, "
        "unknown of 1"
    ) in told
    assert "zo bij 1, anders bij 1, onbekend bij 1" in (found.text("nl"))
    measured = dict(
        zip(*(found.to_frame("polars")[name] for name in ("id", "measured")), strict=True)
    )
    assert measured["k9"] == "measured so"


def test_without_lists_it_says_so() -> None:
    assert isinstance(COMPASS.read(Portfolio.from_records(ORDERS)).team, Unanswered)


def test_a_nomination_must_be_of_a_customer_and_has_no_effect_on_dates() -> None:
    with pytest.raises(DataError, match="'k99' is not a customer of this portfolio") as error:
        portfolio([Nomination(customer="k99", by="Anna")])
    assert (error.value.table, error.value.row) == ("nominations", 1)
    with pytest.raises(DataError, match=r"column .customer., row 1"):
        portfolio([Nomination(customer="", by="Anna")])
    with pytest.raises(DataError, match="column 'by'"):
        Portfolio.from_tables(
            orders={"customer": ["a"], "on": [date(2026, 1, 1)], "amount": [1.0]},
            nominations={"customer": ["a"], "by": [None]},
        )
    with pytest.raises(DataError, match="Give records of Nomination"):
        portfolio([ORDERS[0]])  # type: ignore[list-item]
    later = portfolio([Nomination(customer="k3", by="Anna", on=date(2030, 1, 1))])
    assert COMPASS.read(later).as_of == date(2026, 1, 7)
    assert later.ids.tolist() == Portfolio.from_records(ORDERS).ids.tolist()


def frame(nominations: list[Nomination]) -> pl.DataFrame:
    names = ("customer", "by", "on", "reason")
    schema = {name: pl.Date if name == "on" else pl.String for name in names}
    return pl.DataFrame(
        {name: [getattr(each, name) for each in nominations] for name in names}, schema=schema
    )


def orders() -> pl.DataFrame:
    return pl.DataFrame(
        {name: [getattr(each, name) for each in ORDERS] for name in ("customer", "on", "amount")}
    )


def test_records_frames_files_and_parts_give_the_same(tmp_path: Path) -> None:
    lists = frame(NAMED)
    tables = Portfolio.from_tables(orders=orders(), nominations=lists)
    wanted = COMPASS.read(tables).team
    assert isinstance(wanted, Team)
    assert [(e.customer, e.by, e.reasons) for e in wanted.named] == [
        (e.customer, e.by, e.reasons) for e in team().named
    ]
    lists.write_csv(tmp_path / "lists.csv")
    columns = {"nominations": {"by": "by", "reason": "reason"}}
    files = Portfolio.from_files(
        orders=write(orders(), tmp_path / "orders.parquet"),
        nominations=tmp_path / "lists.csv",
        columns=columns,
    )
    parts = measure_in_parts(
        COMPASS,
        orders=tmp_path / "orders.parquet",
        nominations=write(lists, tmp_path / "lists.parquet"),
        parts=3,
    )
    for made in (files, parts):
        found = COMPASS.read(made).team
        assert isinstance(found, Team)
        assert (found.named, found.in_common, found.reasons) == (
            wanted.named,
            wanted.in_common,
            wanted.reasons,
        )
        assert found.kappa == wanted.kappa
    unknown = frame([Nomination(customer="k99", by="Anna")])
    with pytest.raises(DataError, match="'k99' is not a customer"):
        measure_in_parts(
            COMPASS,
            orders=tmp_path / "orders.parquet",
            nominations=write(unknown, tmp_path / "unknown.parquet"),
            parts=3,
        )


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path)
    return path


def test_a_history_keeps_the_lists_until_the_customer_is_erased(tmp_path: Path) -> None:
    with History(tmp_path / "shop.history") as history:
        kept = history.record(COMPASS.read(portfolio()))
        measures = history.reading(kept).measures
        assert COMPASS.read(measures).team.named == team().named
        assert "Always  pays on time" in history.export("k3")
        history.erase("k3", on=date(2026, 2, 1))
        left = COMPASS.read(history.reading(kept).measures).team
        assert [each.customer for each in left.named] == ["k7", "k5"]


lists = st.lists(
    st.builds(
        Nomination,
        customer=st.sampled_from(IDS),
        by=st.sampled_from(["Anna", "Bo", "Cas"]),
        reason=st.sampled_from([None, "", "is nice", "Is Nice ", "pays"]),
    ),
    min_size=1,
    max_size=20,
)


@given(lists, st.randoms())
def test_no_order_of_lines_and_no_repetition_changes_anything(
    given_lists: list[Nomination], random: Any
) -> None:
    shuffled = [*given_lists, *given_lists[:3]]
    random.shuffle(shuffled)
    one, other = team_of(given_lists, IDS), team_of(shuffled, IDS)
    assert str(one) == str(other)
    assert one.to_frame("polars").equals(other.to_frame("polars"))
    named = Counter({each.customer: len(each.by) for each in one.named})
    assert named == Counter(c for c, _ in {(e.customer, e.by) for e in given_lists})
    assert [len(each.by) for each in one.named] == sorted(named.values(), reverse=True)
    assert all(0 <= each.share <= 1 for each in one.in_common)
