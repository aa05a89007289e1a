"""What the plugin says of a small portfolio, and that it comes along with every compass."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import klantkompas_sustainability as plugin
import matplotlib as mpl
import numpy as np
import pytest
from klantkompas_sustainability import PackagingExchange, PackagingReturns, packaging

from klantkompas import Compass, DataError, Order, Portfolio, Reading, Unanswered

mpl.use("agg")

COMPASS = Compass([plugin], installed=False)
CUSTOMERS = {"returns": 0.95, "keeps": 0.2, "few": 1.0, "never": None}


def orders() -> list[Order]:
    days = [date(2025, month, 5) for month in (4, 5, 6)]
    return [
        Order(customer=customer, on=day, amount=100.0, margin=40.0)
        for customer in CUSTOMERS
        for day in days
    ]


def exchanges() -> list[PackagingExchange]:
    day = date(2025, 6, 5)
    return [
        PackagingExchange(customer="returns", on=day, sent=20, returned=19),
        PackagingExchange(customer="keeps", on=day, sent=20, returned=4),
        PackagingExchange(customer="few", on=day, sent=9, returned=12),
        PackagingExchange(customer="keeps", on=date(2024, 6, 5), sent=500, returned=500),
    ]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return COMPASS.read(Portfolio.from_records([*orders(), *exchanges()], kinds=COMPASS.kinds))


def test_the_share_is_what_came_back_of_what_went_out_in_the_period(reading: Reading) -> None:
    measures = reading.measures
    shares = dict(zip(measures.ids, measures["packaging_return_share"], strict=True))
    assert shares["returns"] == 19 / 20
    assert shares["keeps"] == 4 / 20
    assert shares["few"] == 1
    assert np.isnan(shares["never"])


def test_nine_pieces_say_too_little(reading: Reading) -> None:
    card = reading.scorecard
    at = card.factors.index("returns_packaging")
    met = dict(zip(card.ids, card.met[:, at], strict=True))
    unknown = dict(zip(card.ids, card.unknown[:, at], strict=True))
    assert met == {"returns": True, "keeps": False, "few": False, "never": False}
    assert unknown == {"returns": False, "keeps": False, "few": True, "never": True}


@pytest.mark.parametrize(("returned", "label"), [(9, "B"), (10, "A")])
def test_from_half_of_the_packaging_on_nobody_is_held_back(returned: int, label: str) -> None:
    exchange = PackagingExchange(customer="keeps", on=date(2025, 6, 5), sent=20, returned=returned)
    portfolio = Portfolio.from_records([*orders(), exchange], kinds=COMPASS.kinds)
    classes = COMPASS.read(portfolio, shortlist=["keeps"]).classes
    assert classes.label("keeps") == label
    assert ("less than half of the packaging" in str(classes.why("keeps"))) == (label == "B")


def test_the_lens_adds_up_every_piece_of_the_period(reading: Reading) -> None:
    returns = reading["packaging"]
    assert isinstance(returns, PackagingReturns)
    assert sum(returns.sent.values()) == 49
    assert sum(returns.returned.values()) == 35
    assert returns.missing == 14
    assert str(returns).startswith("Packaging: 35 of 49 pieces came back (")


def test_without_a_table_of_packaging_the_lens_says_so() -> None:
    reading = COMPASS.read(Portfolio.from_records(orders(), kinds=COMPASS.kinds))
    assert isinstance(reading["packaging"], Unanswered)
    assert "add packaging=..." in str(reading["packaging"])


def test_a_bar_for_each_class_that_was_sent_something() -> None:
    from matplotlib import pyplot

    returns = PackagingReturns(
        sent={"A": 4.0, "B": 8.0, "C": 0.0}, returned={"A": 3.0, "B": 8.0, "C": 0.0}
    )
    _, axes = pyplot.subplots()
    drawn = packaging(returns, ax=axes)
    assert drawn.axes is axes
    assert [bar.get_height() for bar in axes.patches] == [0.75, 1.0]
    assert [each.get_text() for each in axes.get_xticklabels()] == ["A\n3 of 4", "B\n8 of 8"]


def test_an_export_under_dutch_headings_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "emballage.csv"
    file.write_text("Klantnummer;Datum;Gebracht;Retour\n0017;31-1-2025;12;10\n", encoding="utf-8")
    portfolio = Portfolio.from_files(packaging=file, kinds=COMPASS.kinds)
    assert COMPASS.measure(portfolio)["packaging_returned"].tolist() == [10]


def test_what_the_readme_shows_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("orders.csv").write_text("customer,on,amount\n0017,2025-01-31,12.50\n", encoding="utf-8")
    exports = "Klantnummer;Datum;Gebracht;Retour\n0017;31-1-2025;12;10\n"
    Path("emballage.csv").write_text(exports, encoding="utf-8")
    exec(shown, {})
    assert capsys.readouterr().out == "Packaging: 10 of 12 pieces came back (C 83%)\n"
    assert Path("packaging.png").stat().st_size > 0


def test_fewer_than_no_pieces_are_refused() -> None:
    exchange = PackagingExchange(customer="a", on=date(2025, 6, 5), sent=-1, returned=0)
    with pytest.raises(DataError, match=r"packaging, column .sent., row 1: -1\.0 is below 0"):
        Portfolio.from_records([exchange], kinds=COMPASS.kinds)


def test_the_plugin_is_found_because_it_is_installed() -> None:
    names = [rule.name for rule in Compass().declarations.rules]
    assert "never_a_while_packaging_stays_away" in names
    without = Compass(block={"sustainability"}).declarations.rules
    assert "never_a_while_packaging_stays_away" not in [rule.name for rule in without]
    assert Compass([plugin], installed=False).kinds == COMPASS.kinds
