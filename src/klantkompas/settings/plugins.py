"""The plugins that settings name: files and modules to load, and installed ones by version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.hooks import Plugin
from klantkompas.plugins.load import load_plugin
from klantkompas.settings.writing import toml_shown
from klantkompas.settings.written import At

__all__ = ["check_versions", "loaded"]

WRITE = told(
    "Write its version, such as {version}, or where it is: {place}",
    version='"1.2"',
    place='{ file = "our_shop.py" }',
)


def loaded(at: At, given: Mapping[str, object], folder: Path) -> tuple[object, ...]:
    """Return the plugins that are not installed, imported from their file or module.

    Args:
        at: the table of plugins.
        given: by plugin, its version, or a table with its file or module.
        folder: the folder from which files are named.

    Raises:
        SettingsError: what is said has no meaning, or a plugin cannot be imported.
    """
    found = []
    for name, said in given.items():
        here = at[name]
        if isinstance(said, str) and said.strip():
            continue
        if not isinstance(said, Mapping) or len(said) != 1 or not {*said} <= {"file", "module"}:
            raise here.error(
                told("the plugin {name} is {value}", name=repr(name), value=toml_shown(said)), WRITE
            )
        ((key, source),) = said.items()
        if not isinstance(source, str) or (key == "file" and not source.endswith(".py")):
            raise here[key].error(
                told(
                    "the {key} of the plugin {name} is {value}",
                    key=key,
                    name=repr(name),
                    value=toml_shown(source),
                ),
                WRITE,
            )
        with here[key].whatever_is_wrong():
            found.append(load_plugin(str(folder / source) if key == "file" else source))
    return tuple(found)


def check_versions(at: At, given: Mapping[str, object], there: Iterable[Plugin]) -> None:
    """Check that the installed plugins that are named are there, in the version that is named.

    Args:
        at: the table of plugins.
        given: by plugin or distribution, its version, or a table with its file or module.
        there: the plugins.

    Raises:
        SettingsError: one is not installed and in use, or in another version.
    """
    usable = [each for each in there if each.origin == "installed" and each.status == "in use"]
    for name, version in given.items():
        if not isinstance(version, str):
            continue
        found = next((each for each in usable if name in (each.name, each.distribution)), None)
        if found is None:
            raise at[name].error(
                told("no plugin {name} is installed and in use", name=repr(name)),
                told(
                    "Install it, or take this line out. {there}",
                    there=nearest(name, [each.name for each in usable]),
                ),
            )
        if found.version != version:
            raise at[name].error(
                told(
                    "the plugin {plugin} is installed, not version {version}",
                    plugin=found,
                    version=toml_shown(version),
                ),
                told("Install that version, or write {line}", line=f'{name} = "{found.version}"'),
            )
