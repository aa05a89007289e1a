"""Twenty lines do what takes Python, and every one of them that is broken is said with its place.

Each mistake has its line and column, and advice that works when it is followed to the letter.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from klantkompas import (
    AtLeast,
    AtMost,
    Compass,
    DataError,
    Portfolio,
    Settings,
    SettingsError,
    SuccessFactor,
    compare_reviews,
    plan_letting_go,
)
from klantkompas.lenses.team import Team
from klantkompas.wording.catalogue import translator

SHOP = Path(__file__).parents[2] / "examples" / "shop"
TWENTY = """\
version = 1
as_of = 2025-08-31
previous_review = 2025-02-28
shortlist = "team"
factors.keeps_what_it_orders.at_most = 0.1
reasons."denkt met ons mee" = "buys_often"
[factors.buys_often]
measure = "order_count"
at_least = 6
title = "buys often"
[nominations]
file = "team.csv"
customer = "Klantnummer"
by = "Genoemd door"
reason = "Reden"
[orders]
file = "orders.csv"
customer = "Klantnummer"
on = "Orderdatum"
amount = ["Aantal", "Prijs"]
"""
MORE = """\
version = 1
months = 6
locale = "nl"
zone = "Europe/Amsterdam"
language = "nl"
score_scale = [0, 10]
history = "shop.klantkompas"
leave_out = ["good_margin"]
block = []
installed = false
skip_broken = false
shortlist = ["0109", "0142"]
[factors]
large_volume.top_share = 0.25
large_volume.title = "buys much"
pays_on_time = { at_least = 0.9, least_basis = 2 }
good_margin2 = { measure = "margin_share", at_least_overall = true, title = "margin" }
[invoices]
file = ["facturen.csv"]
locale = "nl"
customer = { heading = "Debiteur" }
due = { heading = "Vervaldatum", style = "d-m-y" }
paid = "Betaald op"
amount = "Bedrag"
incomplete = "leave out"
[responses]
file = "enquete.csv"
customer = "Klantnummer"
on = "Datum"
score = "Cijfer"
"""


def test_twenty_lines_do_what_takes_python() -> None:
    assert len(TWENTY.splitlines()) == 20
    settings = Settings.from_toml(TWENTY, folder=SHOP)
    review = settings.review()

    portfolio = Portfolio.from_files(
        orders=SHOP / "orders.csv",
        nominations=SHOP / "team.csv",
        columns={
            "orders": {
                "customer": "Klantnummer",
                "on": "Orderdatum",
                "amount": ("Aantal", "Prijs"),
            },
            "nominations": {"customer": "Klantnummer", "by": "Genoemd door", "reason": "Reden"},
        },
    )
    (keeps,) = (
        each
        for each in Compass(installed=False).declarations.factors
        if each.name == "keeps_what_it_orders"
    )
    own = SuccessFactor(
        name="buys_often", measure="order_count", criterion=AtLeast(6), title="buys often"
    )
    compass = Compass(
        [own, evolve(keeps, criterion=AtMost(0.1))], leave_out={"keeps_what_it_orders"}
    )
    readings = []
    for day in (date(2025, 2, 28), date(2025, 8, 31)):
        team = compass.read(portfolio, as_of=day).team
        assert isinstance(team, Team)
        covers = {"denkt met ons mee": "buys_often"}
        readings.append(
            compass.read(portfolio, as_of=day, shortlist=team.shortlist(), reasons=covers)
        )
    same = compare_reviews(*readings)

    reading = settings.reading()
    assert reading.to_frame("polars").equals(readings[1].to_frame("polars"))
    assert str(reading.team) == str(readings[1].team)
    assert "denkt met ons mee: 7 customers, measured by buys often" in str(reading.team)
    assert [str(each) for each in review.changes] == [str(each) for each in same.changes]
    assert str(settings.plan()) == str(plan_letting_go(same))


def corrected(broken: str, right: str, error: SettingsError | DataError) -> str:
    """Return the line as the advice has it: the name that was meant, or the line to write."""
    if meant := re.search(r"Did you mean '(.+?)'\?", error.remedy):
        wrong = re.search("['\"](.+?)['\"]", error.problem)
        assert wrong
        return broken.replace(wrong[1], meant[1])
    written = re.search(r"([\w\".]+) = (\[.*?\]|\"[^\"]*\"|[^\s;,]+)", error.remedy)
    assert written, error.remedy
    key, equals, _ = right.partition(" = ")
    if equals and written[1] in (key, key.rpartition(".")[2]):
        return f"{key} = {written[2]}"
    if written[1] in right:
        value = rf"\b{written[1]} = (\[.*?\]|\"[^\"]*\"|[^\s,}}]+)"
        return re.sub(value, written[0], right)
    return f"{right}\n{written[0]}"


def refused(text: str) -> SettingsError | DataError | None:
    """Return what is wrong with settings, or with what they say of the shop's exports."""
    try:
        settings = Settings.from_toml(text, file="klantkompas.toml", folder=SHOP)
        settings.reading()
    except (SettingsError, DataError) as error:
        return error
    return None


MISTAKES = [
    # The line that is there, what is written in its place, the column, the problem; and what the
    # advice comes down to where it is given in words.
    ("version = 1", "version = 2", 1, "these are not settings of version 1"),
    ("version = 1", "version = '1'", 1, "these are not settings of version 1"),
    ("version = 1", "verzion = 1", 1, "these are not settings of version 1"),
    ("as_of = 2025-08-31", 'as_of = "2025-08-31"', 1, "as_of is '2025-08-31', not a date"),
    ("as_of = 2025-08-31", "as_of = 2025-08-31T12:00:00", 1, "not a date"),
    ("as_of = 2025-08-31", "as_of = 0999-08-31", 1, "not a date from", "as_of = 2025-08-31"),
    ("as_of = 2025-08-31", "as_off = 2025-08-31", 1, "there is no setting 'as_off'"),
    ("previous_review = 2025-02-28", "previous_review = 2025-08-31", 1, "not before as_of"),
    ("previous_review = 2025-02-28", "previous_review = true", 1, "previous_review is true"),
    ("previous_review = 2025-02-28", "prev_review = 2025-02-28", 1, "no setting 'prev_review'"),
    ('shortlist = "team"', 'shortlist = "taem"', 1, "shortlist is 'taem'"),
    (
        'shortlist = "team"',
        "shortlist = 17",
        1,
        "shortlist is 17, not a list of",
        'shortlist = ["0109"]',
    ),
    (
        'shortlist = "team"',
        "shortlist = [1.5]",
        14,
        "not a list of customers' ids",
        'shortlist = "team"',
    ),
    (
        "factors.keeps_what_it_orders.at_most = 0.1",
        "factors.keeps_what_it_orders.at_most = '0.1'",
        30,
        "factors.keeps_what_it_orders.at_most is '0.1', not a number",
    ),
    (
        "factors.keeps_what_it_orders.at_most = 0.1",
        "factors.keeps_what_it_orders.atmost = 0.1",
        30,
        "factors.keeps_what_it_orders has no key 'atmost'",
    ),
    (
        "factors.keeps_what_it_orders.at_most = 0.1",
        "factors.keeps_what_it_order.at_most = 0.1",
        9,
        "no success factor is called 'keeps_what_it_order'",
    ),
    (
        "factors.keeps_what_it_orders.at_most = 0.1",
        "factors.keeps_what_it_orders.at_most = nan",
        30,
        "at_most is nan, not a number",
    ),
    (
        'reasons."denkt met ons mee" = "buys_often"',
        'reasons."denkt met ons meee" = "buys_often"',
        9,
        "nobody gave the reason 'denkt met ons meee'",
    ),
    (
        'reasons."denkt met ons mee" = "buys_often"',
        'reasons."denkt met ons mee" = "buy_often"',
        9,
        "no success factor is called 'buy_often'",
    ),
    (
        'reasons."denkt met ons mee" = "buys_often"',
        'reasons."denkt met ons mee" = 3',
        9,
        "'denkt met ons mee' is 3, not the name of a success factor",
    ),
    (
        "[factors.buys_often]",
        "[factors.'buys often']",
        10,
        "a name that is an identifier",
        "[factors.buys_often]",
    ),
    ("[factors.buys_often]", "[factor.buys_often]", 2, "there is no table 'factor'"),
    ('measure = "order_count"', 'measure = "order_cuont"', 1, "no measure is called 'order_cuont'"),
    ('measure = "order_count"', 'measur = "order_count"', 1, "has no key 'measur'"),
    ("at_least = 6", "at_least = true", 1, "factors.buys_often.at_least is true, not a number"),
    ("at_least = 6", "at_leats = 6", 1, "has no key 'at_leats'"),
    ('title = "buys often"', "title = 6", 1, "not what the customer does, in words"),
    ('title = "buys often"', 'title = " "', 1, "not what the customer does, in words"),
    ('title = "buys often"', 'title = "buys {often}"', 1, "not what the customer does, in words"),
    ("[nominations]", "[nominatoins]", 2, "there is no table 'nominatoins'"),
    ('file = "team.csv"', 'file = "taem.csv"', 1, "there is no file 'taem.csv'"),
    ('file = "team.csv"', "file = 3", 1, "nominations.file is 3, not a file", 'file = "team.csv"'),
    ('by = "Genoemd door"', 'bye = "Genoemd door"', 1, "nominations has no field or key 'bye'"),
    ('by = "Genoemd door"', 'by = "Genoemd dor"', 1, "column 'Genoemd dor' is named for 'by'"),
    ('reason = "Reden"', 'reason = "Rede"', 1, "column 'Rede' is named for 'reason'"),
    ('reason = "Reden"', "reason = { heding = 'Reden' }", 1, "reason has no key 'heding'"),
    ("[orders]", "[ordres]", 2, "there is no table 'ordres'"),
    ('file = "orders.csv"', 'file = "order.csv"', 1, "there is no file 'order.csv'"),
    ('file = "orders.csv"', "file = []", 1, "orders.file is [], not a file", 'file = "orders.csv"'),
    ('file = "orders.csv"', 'flie = "orders.csv"', 1, "orders has no field or key 'flie'"),
    ('on = "Orderdatum"', 'on = "Orderdaum"', 1, "column 'Orderdaum' is named for 'on'"),
    (
        'on = "Orderdatum"',
        'om = "Orderdatum"',
        1,
        "orders has no field or key 'om'",
        'on = "Orderdatum"',
    ),
    ('amount = ["Aantal", "Prijs"]', 'amount = ["Aantal", "Prijz"]', 21, "column 'Prijz' is named"),
    ('amount = ["Aantal", "Prijs"]', 'amuont = ["Aantal", "Prijs"]', 1, "no field or key 'amuont'"),
]
"""Mistakes in the twenty lines."""
OTHERS = [
    ("months = 6", "months = 0", 1, "months is 0, not a whole number from 1 to 1200"),
    ("months = 6", "months = 6.0", 1, "months is 6.0"),
    ("months = 6", "months = true", 1, "months is true"),
    ("months = 6", "  moths = 6", 3, "there is no setting 'moths'"),
    ('locale = "nl"', 'locale = "ml"', 1, "locale 'ml' is not known", 'locale = "nl"'),
    ('zone = "Europe/Amsterdam"', 'zone = "Europe/Amsterdm"', 1, "zone 'Europe/Amsterdm' is not"),
    ('zone = "Europe/Amsterdam"', "zone = 1", 1, "zone 1 is not known"),
    ('language = "nl"', 'language = "de"', 1, "language is 'de'"),
    ("score_scale = [0, 10]", "currency = 1", 1, "not the code of a currency", 'currency = "EUR"'),
    ("score_scale = [0, 10]", "score_scale = [0, 5]", 1, "score_scale is [0, 5]"),
    ("score_scale = [0, 10]", "score_scale = [false, 10]", 1, "score_scale is [false, 10]"),
    ('history = "shop.klantkompas"', "history = []", 1, "history is [], not the name of a file"),
    (
        'leave_out = ["good_margin"]',
        'leave_out = ["god_margin"]',
        14,
        "leave_out names 'god_margin'",
    ),
    ('leave_out = ["good_margin"]', 'leave_out = "good_margin"', 1, "not a list of names"),
    (
        "block = []",
        'block = ["x"]',
        1,
        "block names the plugin 'x'",
        'block = ["klantkompas.traits"]',
    ),
    ("installed = false", 'installed = "no"', 1, "installed is 'no'"),
    ("skip_broken = false", "skip_broken = 0", 1, "skip_broken is 0"),
    (
        'shortlist = ["0109", "0142"]',
        'shortlist = ["0109", "9999"]',
        22,
        "the id '9999'",
        'shortlist = ["0109"]',
    ),
    ('shortlist = ["0109", "0142"]', 'shortlist = "team"', 1, "there are no nominations", ""),
    ("large_volume.top_share = 0.25", "large_volume.top_share = 25", 14, "needs a share"),
    ("large_volume.top_share = 0.25", "large_volume.top_share = 0", 14, "needs a share"),
    (
        'large_volume.title = "buys much"',
        "large_volume.at_least = 9",
        14,
        "has top_share and at",
        "",
    ),
    (
        "pays_on_time = { at_least = 0.9, least_basis = 2 }",
        "pays_on_time = { at_least = 0.9, least_basis = '2' }",
        34,
        "least_basis is '2', not a number",
    ),
    (
        "pays_on_time = { at_least = 0.9, least_basis = 2 }",
        "pays_on_time = 0.9",
        1,
        "factors.pays_on_time is 0.9",
        "pays_on_time = { at_least = 0.9 }",
    ),
    (
        "pays_on_time = { at_least = 0.9, least_basis = 2 }",
        "pays_on_tme = { at_least = 0.9, least_basis = 2 }",
        1,
        "no success factor is called 'pays_on_tme'",
    ),
    (
        'good_margin2 = { measure = "margin_share", at_least_overall = true, title = "margin" }',
        'good_margin2 = { measure = "margin_share", at_least_overall = false, title = "margin" }',
        44,
        "at_least_overall is false",
    ),
    ('file = ["facturen.csv"]', 'file = ["factuur.csv"]', 9, "there is no file 'factuur.csv'"),
    (
        'customer = { heading = "Debiteur" }',
        'customer = { heading = "Debituer" }',
        14,
        "column 'Debituer' is named for 'customer'",
    ),
    (
        'due = { heading = "Vervaldatum", style = "d-m-y" }',
        'due = { heading = "Vervaldatum", style = "dmy" }',
        1,
        "the style 'dmy' of invoices.due is not known",
        'due = { heading = "Vervaldatum", style = "d-m-y" }',
    ),
    (
        'due = { heading = "Vervaldatum", style = "d-m-y" }',
        'due = { heading = "Vervaldatum", stile = "d-m-y" }',
        1,
        "due has no key 'stile'",
    ),
    ('incomplete = "leave out"', 'incomplete = "laeve out"', 1, "incomplete is 'laeve out'", ""),
    ('incomplete = "leave out"', 'incompleet = "leave out"', 1, "no field or key 'incompleet'"),
    ('score = "Cijfer"', 'score = "Cijfr"', 1, "column 'Cijfr' is named for 'score'"),
    ('score = "Cijfer"', "score = [", 10, "not written as TOML should be", 'score = "Cijfer"'),
    (
        'score = "Cijfer"',
        "score = 'Cijfer'\nscore = 'C'",
        12,
        "this is written a second time",
        "score = 'Cijfer'",
    ),
]
"""Mistakes in other settings."""
CASES = [(TWENTY, *each) for each in MISTAKES] + [(MORE, *each) for each in OTHERS]


def test_the_settings_are_right_before_they_are_broken() -> None:
    assert refused(TWENTY) is None
    assert refused(MORE) is None
    assert len(CASES) >= 60
    assert {line for line, *_ in MISTAKES} | {'customer = "Klantnummer"'} == {*TWENTY.splitlines()}


@pytest.mark.parametrize(
    ("whole", "right", "broken", "column", "problem", "advised"),
    [(*each, None)[:6] for each in CASES],
    ids=[re.sub(r"\W+", " ", each[2]) for each in CASES],
)
def test_a_mistake_is_said_with_its_place_and_with_what_works(
    whole: str, right: str, broken: str, column: int, problem: str, advised: str | None
) -> None:
    before, _, after = whole.partition(f"{right}\n")
    line = before.count("\n") + 1 + broken.count("\n")
    error = refused(f"{before}{broken}\n{after}")
    assert error is not None
    assert problem.replace("'", '"') in error.found.replace("'", '"')
    assert error.place.startswith(f"klantkompas.toml, line {line}, column {column}")
    fixed = corrected(broken, right, error) if advised is None else advised
    assert error.remedy
    assert refused(f"{before}{fixed}\n{after}") is None, str(error)


def test_a_score_outside_the_scale_is_said_where_its_column_is_named() -> None:
    error = refused(MORE.replace("[0, 10]", "[1, 10]"))
    assert isinstance(error, DataError)
    assert error.place == "klantkompas.toml, line 30, column 1: responses, column 'Cijfer', row 71"
    assert error.remedy == "Write score_scale = [0, 10]"


def test_a_mistake_can_be_told_in_dutch() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_toml("version = 1\nmonths = 0\n", file="klantkompas.toml")
    error = caught.value
    assert error.text(error.remedy, translator("nl")) == (
        "klantkompas.toml, regel 2, kolom 1: months is 0, geen geheel getal van 1 tot en met 1200. "
        "Schrijf months = 6"
    )
