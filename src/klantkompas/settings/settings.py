"""Everything that a business settles once: its exports, its success factors, its lists, its dates.

>>> settings = Settings.from_toml('''
... version = 1
... months = 12
... [factors.pays_on_time]
... at_least = 0.9
... ''')
>>> settings.months, settings.compass().months
(12, 12)
>>> Settings(months=12, factors={"pays_on_time": {"at_least": 0.9}}) == settings
True
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np
from attrs import evolve, field, fields, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import reason_of, told
from klantkompas.compass import Compass, Reading
from klantkompas.domain.fields import Declared
from klantkompas.domain.overrides import Override
from klantkompas.errors import KlantkompasError, SettingsError
from klantkompas.io.mapping_file import LAYOUT, mapping_of
from klantkompas.io.sources.contents import path_of, read_bytes
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.lenses.team import Team, factors_by_reason, nominations_in
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.portfolio.months import months_before
from klantkompas.reviews.compare import Review, compare_reviews
from klantkompas.reviews.letting_go import LettingGoPlan, plan_letting_go
from klantkompas.settings.checks import CHECKS, FILE, check, plain
from klantkompas.settings.files import files_in, layouts_of
from klantkompas.settings.in_force import SettingsInForce, in_force
from klantkompas.settings.options import in_place
from klantkompas.settings.said_where import said_where
from klantkompas.settings.together import check_together, compass_of
from klantkompas.settings.writing import toml_of
from klantkompas.settings.written import VERSION, At, Written, parse

__all__ = ["Settings"]


def _setting(default: object) -> Declared:
    return field(default=default, converter=plain)


def _table() -> Declared:
    return field(factory=dict, converter=plain)


@frozen(kw_only=True)
class Settings:
    """What a business settles once, in a file or in Python: the same keys with the same values.

    Args:
        as_of: the reference date; None: the last date on which something happened.
        previous_review: the date of the review before, to compare with.
        months: how many calendar months the period has.
        zone: the time zone of clock times, such as ``"Europe/Amsterdam"``.
        locale: how numbers and dates are written where the exports leave a choice.
        language: of what is written for people: ``"en"`` or ``"nl"``.
        currency: the code of the currency that amounts are in, such as ``"EUR"``; None: the one
            that the exports say, if they say one.
        score_scale: the lowest and highest score of the survey.
        history: the file of the history, if one is kept.
        shortlist: the ids of those who fit best; ``"team"`` for the fifth that most nominations
            name, ``"everybody"`` for all whom these name. None: by success factors and revenue.
        leave_out: success factors that do not matter here, and rules, cues, traits and advice.
        block: installed plugins to leave out.
        installed: whether to use installed plugins.
        skip_broken: whether to go on without installed plugins that cannot be used.
        factors: by success factor, another threshold (``at_least``, ``at_most``, ``top_share`` or
            ``at_least_overall``), ``title``, ``measure`` or ``least_basis``; all but the last for
            one of your own.
        reasons: by a reason that colleagues give, the success factor that covers it.
        plugins: by installed plugin, the version that must be there; or ``{"file": "our_shop.py"}``
            or ``{"module": "our_shop"}``.
        tables: by table of the data, its ``file`` or files and the columns of its fields, as in
            ``columns=`` of `Portfolio.from_files`.
        folder: the folder from which files are named.
        written: where they come from, for errors.

    Raises:
        SettingsError: a setting has no meaning; it says where it stands and what to write.
    """

    as_of: date | None = _setting(None)
    previous_review: date | None = _setting(None)
    months: int = _setting(6)
    zone: str | None = _setting(None)
    locale: str | None = _setting(None)
    language: str = _setting("en")
    currency: str | None = _setting(None)
    score_scale: tuple[int, int] = _setting((0, 10))
    history: str | None = _setting(None)
    shortlist: str | tuple[str | int, ...] | None = _setting(None)
    leave_out: tuple[str, ...] = _setting(())
    block: tuple[str, ...] = _setting(())
    installed: bool = _setting(True)
    skip_broken: bool = _setting(False)
    factors: Mapping[str, Mapping[str, object]] = _table()
    reasons: Mapping[str, str] = _table()
    plugins: Mapping[str, object] = _table()
    tables: Mapping[str, Mapping[str, object]] = _table()
    folder: Path = field(default=Path(), converter=Path, eq=False)
    written: Written = field(factory=Written, eq=False, repr=False)
    _compass: Compass = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for name, default in DEFAULTS.items():
            value = getattr(self, name)
            if value is not None or default is not None:
                check(self.at(name), value)
        object.__setattr__(self, "_compass", compass_of(self))
        check_together(self)

    @classmethod
    def read(cls, path: str | os.PathLike[str], **said: object) -> Self:
        """Return the settings in a file.

        Args:
            path: a TOML file; the files that it names are looked for in its folder.
            **said: what options of a command say in their place, as for `with_options`.

        Raises:
            KlantkompasError: the file cannot be opened.
            SettingsError: the file is not TOML, or a setting has no meaning.
        """
        file = path_of(path)
        try:
            text = read_bytes(file, str(file), DEFAULT_LIMITS).decode("utf-8-sig")
        except UnicodeDecodeError as cause:
            raise SettingsError(
                told("this is not written in UTF-8"),
                file=str(file),
                remedy=told("Save it as UTF-8"),
            ) from cause
        return cls.from_toml(text, file=str(file), folder=file.parent, **said)

    @classmethod
    def from_toml(
        cls, text: str, *, file: str = "", folder: str | os.PathLike[str] = ".", **said: object
    ) -> Self:
        """Return the settings in a TOML text.

        Args:
            text: the text.
            file: the file that it stands in, for errors.
            folder: the folder in which the files that it names are looked for.
            **said: what options of a command say in their place, as for `with_options`.

        Raises:
            SettingsError: the text is not TOML, or a setting has no meaning.
        """
        data, written = parse(text, file)
        at = At(written)
        version = data.pop("version", None)
        if type(version) is not int or version != VERSION:
            raise at["version"].error(
                told("these are not settings of version {version}", version=VERSION),
                told("Write {line} above everything else, once", line=f"version = {VERSION}"),
            )
        known = {name: data.pop(name) for name in (*DEFAULTS,) if name in data}
        for name, each in data.items():
            if not isinstance(each, Mapping):
                raise at[name].error(
                    told("there is no setting {name}", name=shown(name)),
                    told(
                        "{there} What is said of a table is below its name, such as {table}",
                        there=nearest(name, DEFAULTS),
                        table="[orders]",
                    ),
                )
        settled = {**known, "tables": data, "written": written}
        return cls(**{**settled, **in_place(data, written, said)}, folder=Path(folder))

    @classmethod
    def of_options(cls, **said: object) -> Self:
        """Return the settings that the options of a command say, without a file.

        Args:
            **said: as for `with_options`.
        """
        return cls(**in_place({}, Written(), said))

    def to_toml(self) -> str:
        """Return the settings as a TOML text, which `from_toml` reads as the same settings."""
        said = {name: value for name, value in self._said() if value != DEFAULTS[name]}
        return toml_of({"version": VERSION, **said, **self.tables}) + "\n"

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the settings to a new file.

        Args:
            path: the file.

        Raises:
            KlantkompasError: the file is there already, or cannot be written.
        """
        try:
            with path_of(path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.to_toml())
        except OSError as cause:
            raise KlantkompasError(
                told("cannot be written: {reason}", reason=reason_of(cause)),
                place=str(path),
                remedy=told("Name a file that is not there yet"),
            ) from cause

    def with_options(self, **said: object) -> Self:
        """Return the settings with what the options of a command say in their place.

        Args:
            **said: by setting, what its option says; None where it was not given. Of ``tables``,
                what is said of a table is added to what the settings say of it; its files are named
                from the settings' folder, so give whole paths.

        Returns:
            The settings; errors about these, and `in_force`, name the option.

        >>> print(Settings().with_options(months=12).in_force().where("months"))
        months = 12 (option --months)
        """
        return evolve(self, **in_place(self.tables, self.written, said))

    def in_force(self) -> SettingsInForce:
        """Return what is in force, and where each value comes from."""
        return in_force(self._said(), DEFAULTS, self.tables, self._compass, self.written)

    def compass(self) -> Compass:
        """Return the compass that these settings describe."""
        return self._compass

    def files(self) -> dict[str, list[str]]:
        """Return the files of each table, with their folder.

        Raises:
            SettingsError: a file is not there.
        """
        return {
            table: [file for each in layouts for file in each]
            for table, layouts in self._files_by_layout().items()
        }

    def _files_by_layout(self) -> dict[str, list[list[str]]]:
        return {
            table: [
                files_in(at[FILE], layout[FILE], self.folder)
                for at, layout in layouts_of(self.at(table), said)
            ]
            for table, said in self.tables.items()
        }

    def portfolio(self, *, limits: Limits = DEFAULT_LIMITS) -> Portfolio:
        """Return the portfolio of the exports that these settings name.

        Args:
            limits: how large what is read may be.

        Raises:
            SettingsError: no table is named, or a file is not there.
            DataError: a file holds a value that its field does not allow.
        """
        at = At(self.written)
        if not self.tables:
            raise at.error(
                told("no export is named"),
                told(
                    "Write {table} and below it {line}, or another",
                    table="[orders]",
                    line='file = "orders.csv"',
                ),
            )
        with said_where(self.tables, self.written):
            return Portfolio.from_files(
                columns=mapping_of(self.tables),
                locale=self.locale,
                zone=self.zone,
                score_scale=self.score_scale,
                kinds=self._compass.kinds,
                shapes=self._compass.export_shapes,
                limits=limits,
                **{
                    table: files if LAYOUT in self.tables[table] else files[0]
                    for table, files in self._files_by_layout().items()
                },
            )

    def reading(
        self,
        portfolio: Portfolio | Measures | None = None,
        *,
        as_of: date | str | None = None,
        overrides: Sequence[Override] = (),
    ) -> Reading:
        """Return what every lens says of the exports, by these settings.

        Args:
            portfolio: the portfolio or its measures; without one, that of the exports.
            as_of: the reference date, in place of that of the settings.
            overrides: classes that people gave to customers, such as `History.overrides` returns.

        Raises:
            SettingsError: the shortlist or a reason names what is not in the data.
            DataError: a file holds a value that its field does not allow.
        """
        compass = self._compass
        given = self.portfolio() if portfolio is None else portfolio
        with said_where(self.tables, self.written):
            measures = (
                given
                if isinstance(given, Measures)
                else compass.measure(given, as_of or self.as_of)
            )
        self._check_reasons(measures)
        return compass.read(
            measures,
            shortlist=self._listed(measures),
            overrides=overrides,
            reasons=self.reasons,
        )

    def review(self, portfolio: Portfolio | None = None) -> Review:
        """Return what changed between the date of the previous review and the reference date.

        Args:
            portfolio: the portfolio; without one, that of the exports.

        Raises:
            SettingsError: there is no previous review before the reference date.
            DataError: a file holds a value that its field does not allow.
        """
        given = self.portfolio() if portfolio is None else portfolio
        current = self.reading(given)
        at, before = self.at("previous_review"), self.previous_review
        if before is None or before >= current.as_of:
            day = months_before(np.datetime64(current.as_of, "D"), 6)
            raise at.error(
                told("there is no previous review before {day}", day=current.as_of),
                told("Write {line}, or another earlier date", line=f"previous_review = {day}"),
            )
        return compare_reviews(self.reading(given, as_of=before), current)

    def plan(self, portfolio: Portfolio | None = None) -> LettingGoPlan:
        """Return a proposal of who may be let go, by the review.

        Args:
            portfolio: the portfolio; without one, that of the exports.

        Raises:
            SettingsError: there is no previous review before the reference date.
            DataError: a file holds a value that its field does not allow.
        """
        return plan_letting_go(self.review(portfolio))

    @property
    def history_path(self) -> Path | None:
        """Where the history is, with its folder; None where none is kept."""
        return None if self.history is None else self.folder / self.history

    def at(self, name: str) -> At:
        """Return where a setting is said, to raise an error about it.

        Args:
            name: the setting, or a table of the data.
        """
        return At(self.written)[name]

    def _said(self) -> Iterator[tuple[str, object]]:
        return ((name, getattr(self, name)) for name in DEFAULTS)

    def _check_reasons(self, measures: Measures) -> None:
        given = nominations_in(measures) or ()
        titles = {each.name: each.title for each in self._compass.declarations.factors}
        for reason, factor in self.reasons.items():
            with self.at("reasons")[reason].whatever_is_wrong():
                factors_by_reason(given, {reason: factor}, titles)

    def _listed(self, measures: Measures) -> tuple[str, ...] | None:
        """Return the ids on the shortlist."""
        if isinstance(self.shortlist, str):
            team = self._compass.read(measures).team
            everybody = self.shortlist == "everybody"
            return team.shortlist(everybody=everybody) if isinstance(team, Team) else ()
        if self.shortlist is None:
            return None
        for number, each in enumerate(self.shortlist):
            with self.at("shortlist")[number].whatever_is_wrong(told("Take this id out")):
                measures.place(each)
        return tuple(map(str, self.shortlist))


def _defaults() -> Iterator[tuple[str, object]]:
    for each in fields(Settings):
        if each.name in CHECKS:
            yield each.name, {} if hasattr(each.default, "factory") else each.default


DEFAULTS: dict[str, object] = dict(_defaults())
"""The settings, and what each is where nothing is said."""
