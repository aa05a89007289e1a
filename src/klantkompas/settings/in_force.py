"""What settings are in force, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, as_objects
from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.io.headings.naming import in_toml
from klantkompas.results import Result
from klantkompas.settings.factors import criterion_of
from klantkompas.settings.places import Keys
from klantkompas.settings.written import At, Written
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, indented, sentence

__all__ = ["InForce", "SettingsInForce", "in_force"]

OF_FILE = mark("Settings of {file}")
OF_PYTHON = mark("Settings made in Python")
LINE = mark("{setting} = {value} ({source})")
NOTHING = mark("{setting}: nothing ({source})")
DEFAULT = mark("default")
FROM_LINE = mark("line {line}")
FROM_OPTION = mark("option {option}")
FROM_PLUGIN = mark("plugin {plugin}")
FROM_PYTHON = mark("given in Python")


@frozen(kw_only=True)
class InForce(Text):
    """One setting, and where its value comes from.

    Args:
        setting: the keys that lead to it, such as ``"factors.pays_on_time.at_least"``.
        value: the value as TOML writes it; None for nothing.
        line: the line of the file that says it.
        option: the option of the command that says it.
        plugin: the plugin that declares it, where that is not a built-in one.
        default: whether nobody says it.
    """

    setting: str
    value: str | None
    line: int | None = None
    option: str = ""
    plugin: str = ""
    default: bool = False

    @property
    def source(self) -> Sentence:
        """Where the value comes from, in words."""
        if self.option:
            return sentence(FROM_OPTION, option=self.option)
        if self.line is not None:
            return sentence(FROM_LINE, line=str(self.line))
        if self.plugin:
            return sentence(FROM_PLUGIN, plugin=self.plugin)
        return Sentence(DEFAULT if self.default else FROM_PYTHON)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says what is in force, and by what."""
        if self.value is None:
            return (sentence(NOTHING, setting=self.setting, source=self.source),)
        return (sentence(LINE, setting=self.setting, value=self.value, source=self.source),)


@frozen(eq=False, repr=False)
class SettingsInForce(Result):
    """What is in force, and where each value comes from.

    Args:
        file: the file of settings; empty where they were made in Python.
        every: the settings.
    """

    file: str
    every: tuple[InForce, ...]

    def where(self, setting: str) -> InForce:
        """Return one setting.

        Args:
            setting: the keys that lead to it, with dots between them.

        Raises:
            ArgumentError: there is no such setting.
        """
        by_name = {each.setting: each for each in self.every}
        if setting not in by_name:
            raise ArgumentError(
                told("there is no setting {setting}", setting=repr(setting)),
                remedy=nearest(setting, by_name),
            )
        return by_name[setting]

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: a line for each setting."""
        opening = sentence(OF_FILE, file=self.file) if self.file else Sentence(OF_PYTHON)
        return (opening, *indented(part for each in self.every for part in each.parts))

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each setting."""
        lines = [np.nan if each.line is None else float(each.line) for each in self.every]
        return {
            "setting": as_objects(each.setting for each in self.every),
            "value": as_objects(each.value for each in self.every),
            "line": np.array(lines, dtype=np.float64),
            "option": as_objects(each.option or None for each in self.every),
            "plugin": as_objects(each.plugin or None for each in self.every),
            "default": np.array([each.default for each in self.every], dtype=np.bool_),
        }


def in_force(
    said: Iterable[tuple[str, object]],
    defaults: Mapping[str, object],
    tables: Mapping[str, Mapping[str, object]],
    compass: Compass,
    written: Written,
) -> SettingsInForce:
    """Return what is in force, and where each value comes from.

    Args:
        said: the settings and their values.
        defaults: by setting, what it is where nothing is said.
        tables: by table of the data, what is said of it.
        compass: the compass that the settings describe.
        written: where they come from.
    """

    def entry(path: Keys, value: object, *, default: bool = False, plugin: str = "") -> InForce:
        place = (written.places or {}).get(path)
        return InForce(
            setting=At(written, path).name,
            value=None if value is None else in_toml(value),
            line=None if place is None else place.line,
            option=written.option(path),
            plugin=plugin,
            default=default,
        )

    def every() -> Iterator[InForce]:
        for name, value in said:
            if name == "factors":
                continue
            if isinstance(value, Mapping):
                yield from (entry((name, key), each) for key, each in value.items())
            else:
                yield entry((name,), value, default=value == defaults[name])
        for factor in compass.declarations.factors:
            key, number = criterion_of(factor.criterion)
            path = ("factors", factor.name, key)
            own = factor.added_by == "settings"
            plugin = "" if own else factor.added_by
            yield entry(path, number, default=not own and not plugin, plugin=plugin)
        for table, keys in tables.items():
            yield from (entry((table, key), each) for key, each in keys.items())

    return SettingsInForce(written.file, tuple(every()))
