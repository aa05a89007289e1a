"""A file of settings does what Python does, and what is wrong in it is said with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klantkompas import ArgumentError, Compass, KlantkompasError, Settings, SettingsError

SHOP = Path(__file__).parents[2] / "examples" / "shop"


def test_the_settings_of_the_shop_read_its_exports() -> None:
    settings = Settings.read(SHOP / "klantkompas.toml")
    reading = settings.reading()
    assert reading.as_of == settings.as_of
    assert reading.team.unmeasured == ("denkt met ons mee", "beveelt ons aan bij anderen")
    again = Settings.from_toml(settings.to_toml(), folder=SHOP)
    assert again == settings


def test_it_is_said_where_each_value_comes_from() -> None:
    settings = Settings.read(SHOP / "klantkompas.toml").with_options(
        months=12, tables={"orders": {"file": "other.csv"}}
    )
    found = settings.in_force()
    assert str(found.where("locale")) == 'locale = "nl" (line 5)'
    assert str(found.where("months")) == "months = 12 (option --months)"
    assert str(found.where("orders.file")) == 'orders.file = "other.csv" (option --orders)'
    assert str(found.where("zone")) == "zone: nothing (default)"
    at_least = found.where("factors.pays_on_time.at_least")
    assert at_least.text("nl") == "factors.pays_on_time.at_least = 0.95 (standaard)"
    frame = found.to_frame("polars")
    assert frame.filter(setting="months")["option"].item() == "--months"
    with pytest.raises(ArgumentError, match="Did you mean 'months'"):
        found.where("moths")
    made = Settings(months=12).in_force()
    assert str(made).splitlines()[0] == "Settings made in Python"
    assert str(made.where("months")) == "months = 12 (given in Python)"


def test_a_mistake_in_python_or_an_option_names_what_said_it() -> None:
    with pytest.raises(SettingsError, match=r"^months is 0, not a whole number"):
        Settings(months=0)
    with pytest.raises(SettingsError, match=r"^--months: months is 0, not a whole number"):
        Settings().with_options(months=0)


def test_settings_are_written_to_a_new_file_only(tmp_path: Path) -> None:
    settings = Settings(months=12, leave_out=("good_margin",))
    settings.write(tmp_path / "klantkompas.toml")
    assert Settings.read(tmp_path / "klantkompas.toml") == settings
    with pytest.raises(KlantkompasError, match="Name a file that is not there yet"):
        settings.write(tmp_path / "klantkompas.toml")


def test_the_settings_in_the_docs_can_be_read() -> None:
    page = (SHOP.parents[1] / "docs" / "how-to" / "settings.md").read_text("utf-8")
    whole, with_plugins = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    settings = Settings.from_toml(whole, folder=SHOP)
    reading = settings.reading()
    assert reading.scorecard.listed_by_people
    assert "rarely_complains" not in reading.scorecard.factors
    with pytest.raises(SettingsError, match=r"^line 5, column 11: the plugin '.*early\.py' cannot"):
        Settings.from_toml(with_plugins)


def test_the_currency_is_said_or_is_that_of_the_exports() -> None:
    assert Settings(currency="EUR").compass().currency == "EUR"
    assert Settings().compass().currency is None
    with pytest.raises(ArgumentError, match='such as currency="EUR"'):
        Compass(currency="eur", installed=False)
