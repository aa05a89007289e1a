"""The plugins that settings name: loaded from a file, or installed in the version that is named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from klantkompas import Settings, SettingsError

FILE = '''
"""Declares a factor."""

from klantkompas import AtLeast, SuccessFactor, hookimpl


@hookimpl
def klantkompas_success_factors():
    """Return the factor."""
    return [
        SuccessFactor(
            name="of_file", measure="order_count", criterion=AtLeast(3), title="orders"
        )
    ]
'''


@pytest.fixture
def shop_plugin(tmp_path: Path) -> str:
    """Write a plugin that no other test has loaded by the same name."""
    name = f"plugin_of_{tmp_path.name}".replace("-", "_")
    (tmp_path / f"{name}.py").write_text(FILE)
    return name


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a plugin ``ours`` of the distribution ``our-shop`` 1.2 installed."""
    about = tmp_path / "our_shop-1.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our-shop\nVersion: 1.2\n")
    (about / "entry_points.txt").write_text("[klantkompas]\nours = settings_our_shop\n")
    (tmp_path / "settings_our_shop.py").write_text(FILE.replace("of_file", "of_ours"))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("settings_our_shop", None)


def read(text: str, folder: Path = Path()) -> Settings:
    return Settings.from_toml(f"version = 1\n{text}", file="klantkompas.toml", folder=folder)


def refused(text: str, folder: Path = Path()) -> str:
    with pytest.raises(SettingsError) as caught:
        read(text, folder)
    return str(caught.value)


def names(settings: Settings) -> set[str]:
    return {each.name for each in settings.compass().declarations.factors}


def test_a_file_beside_the_settings(tmp_path: Path, shop_plugin: str) -> None:
    line = f"plugins.own = {{ file = '{shop_plugin}.py' }}"
    settings = read(line, tmp_path)
    assert "of_file" in names(settings)
    found = settings.in_force().where("factors.of_file.at_least")
    assert str(found) == f"factors.of_file.at_least = 3 (plugin {shop_plugin})"
    told = refused(f"{line}\nfactors.of_file.at_least = 4", tmp_path)
    assert told.startswith("klantkompas.toml, line 3, column 9: the success factor 'of_file' is of")
    assert f"Change it in the plugin '{shop_plugin}'" in told
    told = refused("plugins.own = { file = 'nowhere.py' }", tmp_path)
    assert told.startswith("klantkompas.toml, line 2, column 17: the plugin")
    for wrong in ("3", "{}", "{ file = 'a.txt' }", "{ file = 'a.py', module = 'a' }", "' '"):
        assert "Write its version" in refused(f"plugins.own = {wrong}", tmp_path)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["ours", "our-shop"])
def test_an_installed_plugin_by_version(name: str) -> None:
    settings = read(f"plugins.{name} = '1.2'\nfactors.of_ours.at_least = 5")
    assert "of_ours" in names(settings)
    assert str(settings.in_force().where("factors.of_ours.at_least")).endswith("= 5 (line 3)")
    told = refused(f"plugins.{name} = '1.3'")
    assert told == (
        "klantkompas.toml, line 2, column 9: the plugin 'ours' (our-shop 1.2) is installed, not "
        f'version "1.3". Install that version, or write {name} = "1.2"'
    )


@pytest.mark.usefixtures("installed")
def test_an_installed_plugin_that_is_not_used() -> None:
    assert "of_ours" in names(read(""))
    assert "of_ours" not in names(read("block = ['ours']"))
    for said in ("block = ['ours']", "installed = false"):
        assert "no plugin 'ours' is installed and in use" in refused(
            f"{said}\nplugins.ours = '1.2'"
        )
    told = refused("plugins.uors = '1.2'")
    assert told.endswith("Did you mean 'ours'? There are: ours.")
    assert "of_ours" not in names(read("leave_out = ['of_ours']"))


@pytest.mark.usefixtures("installed")
def test_the_table_of_a_plugin_that_is_not_there() -> None:
    said = {
        "block = ['ours']\n": "use that: not in use are 'ours' (our-shop 1.2)",
        "installed = false\n": "the installed plugins are left out",
        "": "install that, or write its file below [plugins]",
    }
    for line, remedy in said.items():
        told = refused(f"{line}[visits]\nfile = 'bezoeken.csv'")
        assert "there is no table 'visits'" in told
        assert "If a plugin brings it" in told
        assert told.endswith(remedy)
