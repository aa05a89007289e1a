"""Plugins that are bad on purpose: each is caught, by a message that names it and the remedy."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from klantkompas import (
    ArgumentError,
    AtLeast,
    AtLeastOverall,
    ClassificationRule,
    Compass,
    Cue,
    Lens,
    Measure,
    PluginError,
    Portfolio,
    SuccessFactor,
    Tally,
    Trait,
    hookimpl,
    write_report,
)
from klantkompas.hooks import ReportSection, Signal

AS_OF = date(2026, 6, 30)
BIG = SuccessFactor(name="big", measure="revenue", criterion=AtLeast(100), title="buys big things")


def module(name: str, **functions: Any) -> types.ModuleType:
    made = types.ModuleType(name)
    for each, function in functions.items():
        setattr(made, each, function)
    return made


def declaring(**declared: Any) -> types.ModuleType:
    """A module `our_shop` whose hooks return what is given."""

    def returning(value: Any) -> Any:
        return hookimpl(lambda: value)

    hooks = {f"klantkompas_{hook}": returning(value) for hook, value in declared.items()}
    return module("our_shop", **hooks)


def collected(*plugins: Any, **options: Any) -> str:
    with pytest.raises(PluginError) as caught:
        Compass(plugins, installed=False, **options)
    return str(caught.value)


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    rows = [("a", date(2026, 6, day), 200.0) for day in (1, 2, 3)] + [("b", AS_OF, 5.0)]
    customer, on, amount = zip(*rows, strict=True)
    contacts = {"customer": ["a"], "on": [AS_OF], "text": ["Hi"], "tags": ["x"]}
    return Portfolio.from_tables(
        orders={"customer": customer, "on": on, "amount": amount}, contacts=contacts
    )


@pytest.fixture
def read(portfolio: Portfolio) -> Callable[..., str]:
    """Reads with a plugin `our_shop` and gives the message."""

    def message(**declared: Any) -> str:
        with pytest.raises(PluginError) as caught:
            Compass([declaring(**declared)], installed=False).read(portfolio, AS_OF)
        return str(caught.value)

    return message


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Installs a real distribution of one module, found by its entry point."""

    def install(
        source: str, *, name: str = "bad_shop", entry: str = "", version: str = "1.2"
    ) -> None:
        about = tmp_path / f"{name}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
        )
        (about / "entry_points.txt").write_text(f"[klantkompas]\n{entry or name} = {name}\n")
        (tmp_path / f"{name}.py").write_text(source)
        monkeypatch.syspath_prepend(str(tmp_path))
        names.append(name)

    names: list[str] = []
    yield install
    for name in names:
        sys.modules.pop(name, None)


IMPORTED = "from klantkompas import AtLeast, SuccessFactor, hookimpl\n"
GOOD = f"""{IMPORTED}
@hookimpl
def klantkompas_success_factors():
    return [SuccessFactor(name="big", measure="revenue", criterion=AtLeast(1), title="buys")]
"""


# Collected


def test_a_misspelt_hook() -> None:
    shop = module("our_shop", klantkompas_succes_factors=hookimpl(lambda: [BIG]))
    told = collected(shop)
    assert "the plugin 'our_shop': there is no hook 'klantkompas_succes_factors'" in told
    assert "Did you mean 'klantkompas_success_factors'?" in told


def test_a_misspelt_hook_that_is_not_even_marked() -> None:
    def klantkompas_mesures() -> list[Measure]:
        return []

    told = collected(module("our_shop", klantkompas_mesures=klantkompas_mesures))
    assert "'our_shop': there is no hook 'klantkompas_mesures'" in told
    assert "Did you mean 'klantkompas_measures'?" in told


def test_a_marked_function_without_the_prefix() -> None:
    told = collected(module("our_shop", success_factors=hookimpl(lambda: [BIG])))
    assert "there is no hook 'success_factors'" in told
    assert "Did you mean 'klantkompas_success_factors'?" in told


def test_a_hook_without_its_mark() -> None:
    def klantkompas_success_factors() -> list[SuccessFactor]:
        return [BIG]

    told = collected(module("our_shop", klantkompas_success_factors=klantkompas_success_factors))
    assert "'our_shop': klantkompas_success_factors is not marked" in told
    assert "Write a function, and @hookimpl above" in told


def test_a_list_where_a_hook_should_be() -> None:
    told = collected(module("our_shop", klantkompas_success_factors=[BIG]))
    assert "'our_shop': klantkompas_success_factors is not marked" in told
    assert "Write a function, and @hookimpl above" in told


def test_a_hook_with_an_argument() -> None:
    @hookimpl
    def klantkompas_success_factors(portfolio: Portfolio) -> list[SuccessFactor]:
        return [BIG]

    told = collected(module("our_shop", klantkompas_success_factors=klantkompas_success_factors))
    assert "the plugin 'our_shop': hookimpl definition: klantkompas_success_factors(port" in told
    assert "Argument(s) {'portfolio'}" in told
    assert "A hook takes no argument: it declares" in told


def test_a_class_where_an_object_should_be() -> None:
    class OurShop:
        @hookimpl
        def klantkompas_success_factors(self) -> list[SuccessFactor]:
            return [BIG]

    told = collected(OurShop)
    assert "'OurShop' is a class" in told
    assert "Pass an instance, OurShop()" in told
    assert "big" in {each.name for each in Compass([OurShop()]).declarations.factors}


def test_a_method_without_its_self() -> None:
    class OurShop:
        @hookimpl
        def klantkompas_success_factors() -> list[SuccessFactor]:  # type: ignore[misc]
            return [BIG]

    told = collected(OurShop())
    assert "'OurShop': klantkompas_success_factors() has no self" in told
    assert "Write def klantkompas_success_factors(self):" in told


def test_two_functions_for_one_hook_are_both_called() -> None:
    class OurShop:
        @hookimpl
        def klantkompas_success_factors(self) -> list[SuccessFactor]:
            return [BIG]

        @hookimpl(specname="klantkompas_success_factors")
        def more(self) -> list[SuccessFactor]:
            return [evolve(BIG, name="bigger")]

    declared = Compass([OurShop()], installed=False).declarations
    assert {"big", "bigger"} <= {each.name for each in declared.factors}


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("tryfirst", "nothing depends on the order in which hooks are called"),
        ("trylast", "nothing depends on the order in which hooks are called"),
        ("wrapper", "there is nothing to wrap"),
        ("hookwrapper", "there is nothing to wrap"),
    ],
)
def test_an_option_of_pluggy_that_means_nothing_here(option: str, why: str) -> None:
    def klantkompas_success_factors() -> Iterator[None]:
        yield

    marked = hookimpl(**{option: True})(klantkompas_success_factors)
    told = collected(module("our_shop", klantkompas_success_factors=marked))
    assert f"'our_shop': klantkompas_success_factors() is marked with {option}=True" in told
    assert why in told


def test_an_optional_hook_of_another_version_is_left_alone() -> None:
    other = hookimpl(optionalhook=True)(lambda: [1])
    shop = declaring(success_factors=[BIG])
    shop.klantkompas_horoscopes = other  # type: ignore[attr-defined]
    declared = Compass([shop], installed=False).declarations
    assert "big" in {each.name for each in declared.factors}
    (plugin,) = [each for each in declared.provenance.plugins if each.name == "our_shop"]
    assert plugin.hooks == ("klantkompas_success_factors",)


class RaisingHook:
    @property
    def klantkompas_measures(self) -> Any:
        raise ValueError("no such luck")


class RaisingDir:
    def __dir__(self) -> Any:
        raise ValueError("no such luck")


class RaisingAttributes:
    def __getattr__(self, name: str) -> Any:
        raise ValueError("no such luck")


class AnyAttribute:
    def __getattr__(self, name: str) -> Any:
        return lambda: name


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (RaisingHook, "'RaisingHook': klantkompas_measures is not marked"),
        (RaisingDir, "'RaisingDir' failed: ValueError: no such luck"),
        (RaisingAttributes, "'RaisingAttributes' declares nothing"),
        (AnyAttribute, "'AnyAttribute' declares nothing"),
        (type(None), "'NoneType' declares nothing"),
    ],
)
def test_an_object_that_does_not_let_itself_be_looked_at(odd: type, said: str) -> None:
    assert f"the plugin {said}" in collected(odd())


def test_a_text_where_a_plugin_should_be() -> None:
    assert "'our_shop' is a string" in collected("our_shop")
    with pytest.raises(ArgumentError, match="plugins is a list"):
        Compass(BIG)
    with pytest.raises(ArgumentError, match="plugins is a list"):
        Compass("our_shop")
    with pytest.raises(ArgumentError, match="is one string"):
        Compass(block="our_shop")


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (BIG, "must return a list of SuccessFactor declarations, not SuccessFactor"),
        (None, "must return a list of SuccessFactor declarations, not None"),
        ("big", "must return a list of SuccessFactor declarations, not str"),
        ([AtLeast(1)], "must return SuccessFactor declarations, not AtLeast"),
        ([BIG, None], "must return SuccessFactor declarations, not None"),
    ],
)
def test_a_hook_that_returns_something_else(returned: Any, said: str) -> None:
    told = collected(declaring(success_factors=returned))
    assert f"the plugin 'our_shop': klantkompas_success_factors() {said}" in told


def test_a_hook_that_raises() -> None:
    def klantkompas_success_factors() -> list[SuccessFactor]:
        raise KeyError("big")

    shop = module("our_shop", klantkompas_success_factors=hookimpl(klantkompas_success_factors))
    told = collected(shop)
    assert "'our_shop': klantkompas_success_factors() failed: KeyError: 'big'" in told


def test_a_name_that_two_plugins_declare(install: Callable[..., None]) -> None:
    install(GOOD)
    with pytest.raises(PluginError) as caught:
        Compass([BIG])
    told = str(caught.value)
    assert "the success factor 'big' is declared by the plugin 'bad_shop' (bad-shop 1.2)" in told
    assert "and by the plugin 'big'; rename one of them" in told


def test_a_name_that_two_installed_plugins_bear(install: Callable[..., None]) -> None:
    install(GOOD)
    install(GOOD, name="other_shop", entry="bad_shop")
    with pytest.raises(PluginError) as caught:
        Compass()
    told = str(caught.value)
    assert "two installed plugins have the name 'bad_shop'" in told
    assert "(bad-shop 1.2)" in told
    assert "(other-shop 1.2)" in told


def test_a_measure_may_be_given_beside_the_factor_that_holds_it() -> None:
    measure = Measure(name="one", of=lambda period: 1, unit="", describes="one")
    factor = SuccessFactor(name="one", measure=measure, criterion=AtLeast(1), title="is one")
    other = SuccessFactor(name="two", measure=measure, criterion=AtLeast(2), title="is two")
    declared = Compass([factor, measure, other], installed=False).declarations
    assert [each.name for each in declared.measures].count("one") == 1


def test_a_factor_of_a_measure_that_is_not_there() -> None:
    lost = SuccessFactor(name="lost", measure="revenu", criterion=AtLeast(1), title="is lost")
    told = collected(declaring(success_factors=[lost]))
    assert "the success factor 'lost' of the plugin 'our_shop' needs the measure 'revenu'" in told
    assert "Did you mean 'revenue'?" in told


def test_a_name_to_block_that_no_plugin_bears(install: Callable[..., None]) -> None:
    install(GOOD)
    with pytest.raises(PluginError, match=r"'bad_shp'\. Did you mean 'bad_shop'\?"):
        Compass(block={"bad_shp"})


# Declared


def nothing(given: Any) -> Any:
    """A function that is never called."""


WRONG: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
    "a factor of no measure": (
        SuccessFactor,
        {"measure": 7, "criterion": AtLeast(1), "title": "odd"},
        "SuccessFactor 'odd': measure is a Measure or the name of one, not 7",
    ),
    "a factor without a criterion": (
        SuccessFactor,
        {"measure": "revenue", "criterion": 5, "title": "odd"},
        "SuccessFactor 'odd': criterion is one such as AtLeast(0.95), not 5",
    ),
    "a factor without a title": (
        SuccessFactor,
        {"measure": "revenue", "criterion": AtLeast(1), "title": " "},
        "SuccessFactor 'odd': title is a string, not ' '",
    ),
    "a basis that is not a number": (
        SuccessFactor,
        {"measure": "revenue", "criterion": AtLeast(1), "title": "odd", "least_basis": "3"},
        "SuccessFactor 'odd': least_basis is a finite number, not '3'",
    ),
    "a measure in no unit": (
        Measure,
        {"of": nothing, "unit": None, "describes": "odd"},
        "Measure 'odd': unit is a string, not None",
    ),
    "a measure that reads numbers": (
        Measure,
        {"of": nothing, "unit": "days", "describes": "odd", "reads": [5]},
        "Measure 'odd': reads is a string or several, not (5,)",
    ),
    "a rule of no class": (
        ClassificationRule,
        {"label": "", "when": nothing, "because": "odd"},
        "ClassificationRule 'odd': label is a string, not ''",
    ),
    "a rule with a word for its priority": (
        ClassificationRule,
        {"label": "A", "when": nothing, "because": "odd", "priority": "first"},
        "ClassificationRule 'odd': priority is a finite number, not 'first'",
    ),
    "a rule whose priority is unknown": (
        ClassificationRule,
        {"label": "A", "when": nothing, "because": "odd", "priority": float("nan")},
        "ClassificationRule 'odd': priority is a finite number, not nan",
    ),
    "a class above a number": (
        ClassificationRule,
        {"label": "Star", "when": nothing, "because": "odd", "above": 1},
        "ClassificationRule 'odd': above is a string, not 1",
    ),
    "a lens without a question": (
        Lens,
        {"question": "", "look": nothing},
        "Lens 'odd': question is a string, not ''",
    ),
    "a lens that needs nothing that has a name": (
        Lens,
        {"question": "?", "look": lambda measures, *rest: 1},
        "Lens 'odd': *rest of look names nothing that it needs",
    ),
    "a lens without measures": (
        Lens,
        {"question": "?", "look": lambda: 1},
        "Lens 'odd': look needs a parameter for the measures",
    ),
    "a trait with a function for a signal": (
        Trait,
        {"title": "odd", "signals": [nothing]},
        "Trait 'odd': signals are made with Signal(...), not <function nothing",
    ),
    "a section with no priority": (
        ReportSection,
        {"title": "odd", "show": nothing, "priority": None},
        "ReportSection 'odd': priority is a finite number, not None",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_declared_wrongly_is_refused_at_once(wrong: str) -> None:
    declare, given, said = WRONG[wrong]
    with pytest.raises(PluginError) as caught:
        declare(name="odd", **given)
    assert said in str(caught.value)


def test_one_name_may_stand_for_several() -> None:
    signal = Signal(name="sign", fires=nothing, says="It is odd.")
    assert Trait(name="odd", title="It is odd.", signals=signal, tags="x").signals == (signal,)


# Installed


def test_raising_at_import(install: Callable[..., None]) -> None:
    install("raise RuntimeError('the moon is full')")
    with pytest.raises(PluginError) as caught:
        Compass()
    told = str(caught.value)
    assert "the plugin 'bad_shop' (bad-shop 1.2) cannot be imported" in told
    assert "RuntimeError: the moon is full" in told
    assert 'leave it out with Compass(block={"bad_shop"})' in told


def test_leaving_at_import(install: Callable[..., None]) -> None:
    install("raise SystemExit('done')")
    with pytest.raises(PluginError, match="cannot be imported: SystemExit: done"):
        Compass()


def test_what_is_blocked_is_not_imported(install: Callable[..., None]) -> None:
    install("raise RuntimeError('the moon is full')")
    declared = Compass(block={"bad_shop"}).declarations
    (plugin,) = [each for each in declared.provenance.plugins if each.name == "bad_shop"]
    assert (plugin.status, plugin.distribution, plugin.version) == ("blocked", "bad-shop", "1.2")
    assert "bad_shop" not in sys.modules


BROKEN = {
    "an import": "import no_such_module",
    "a hook": f"{IMPORTED}@hookimpl\ndef klantkompas_success_factors():\n    return 1 / 0\n",
    "a type": f"{IMPORTED}@hookimpl\ndef klantkompas_success_factors():\n    return [1]\n",
    "a name": f"{IMPORTED}@hookimpl\ndef klantkompas_factors():\n    return []\n",
    "half of it": f"{GOOD}\n@hookimpl\ndef klantkompas_lenses():\n    return [5]\n",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_one_may_be_skipped_and_every_reading_says_so(
    broken: str, install: Callable[..., None], portfolio: Portfolio, tmp_path: Path
) -> None:
    install(BROKEN[broken])
    with pytest.raises(PluginError, match=r"'bad_shop' \(bad-shop 1.2\)"):
        Compass()
    reading = Compass(on_broken="skip").read(portfolio, AS_OF)
    assert "big" not in reading.scorecard.factors
    assert "the plugin 'bad_shop' (bad-shop 1.2)" in str(reading)
    page = write_report(reading, tmp_path / "page.html", language="nl").read_text("utf-8")
    assert "een plug-in die niet bruikbaar is, is overgeslagen" in page
    assert "bad-shop 1.2" in page


def test_a_broken_one_that_is_given_is_never_skipped() -> None:
    assert "declares nothing" in collected(module("our_shop"), on_broken="skip")
    with pytest.raises(ArgumentError, match="on_broken"):
        Compass(on_broken="ignore")


def test_a_good_one_is_named_in_what_it_gives(
    install: Callable[..., None], portfolio: Portfolio
) -> None:
    install(GOOD)
    reading = Compass().read(portfolio, AS_OF)
    plugin = reading.plugin_of("success factor", "big")
    assert (plugin.name, plugin.distribution, plugin.version) == ("bad_shop", "bad-shop", "1.2")
    assert reading.plugin_of("lens", "pareto").origin == "built-in"
    assert "  + buys: 600.00, at least 1.00 [bad_shop]" in reading.classes.why("a").sentences()
    frame = reading.scorecard.to_frame("polars")
    assert dict(zip(frame["factor"], frame["plugin"], strict=True))["big"] == "bad_shop"
    told = reading.provenance.to_frame("polars").filter(name="big").to_dicts()
    assert [(each["kind"], each["distribution"]) for each in told] == [
        ("success factor", "bad-shop")
    ]
    with pytest.raises(ArgumentError, match="Did you mean 'big'"):
        reading.plugin_of("success factor", "bigg")
    with pytest.raises(ArgumentError, match="Did you mean 'lens'"):
        reading.plugin_of("lenss", "big")


# Run


def fails(of: Any) -> Any:
    raise KeyError("x")


def measure(of: Any, **other: Any) -> Measure:
    return Measure(name="odd", of=of, unit="", describes="odd", **other)


def test_a_measure_that_raises(read: Callable[..., str]) -> None:
    told = read(measures=[measure(fails)])
    assert told == "the measure 'odd' of the plugin 'our_shop' failed: KeyError: 'x'"


@pytest.mark.parametrize(
    ("of", "gave"),
    [
        (lambda period: np.zeros(99), "float64 of shape (99,)"),
        (lambda period: np.zeros((period.customers, 1)), "float64 of shape (2, 1)"),
        (lambda period: np.array(["x"] * period.customers), "<U1 of shape (2,)"),
        (lambda period: np.ones(period.customers, np.bool_), "bool of shape (2,)"),
        (lambda period: None, "object of shape ()"),
    ],
)
def test_a_measure_of_the_wrong_shape_or_type(read: Callable[..., str], of: Any, gave: str) -> None:
    told = read(measures=[measure(of)])
    assert told == (
        "the measure 'odd' of the plugin 'our_shop' must give values as a float for each of the 2 "
        f"customers, NaN where unknown; it gave {gave}"
    )


def test_a_measure_that_changes_its_input(read: Callable[..., str]) -> None:
    def rounds(period: Any) -> Any:
        amounts = period.ever("orders")["amount"]
        amounts += 1
        return period.ever("orders").sum("amount")

    told = read(measures=[measure(rounds)])
    assert told == (
        "the measure 'odd' of the plugin 'our_shop' changed its input, which is read-only: copy "
        "it first, such as values.copy()"
    )


def test_a_derived_measure_that_changes_its_input(read: Callable[..., str]) -> None:
    def zeroes(measures: Any) -> Any:
        measures["revenue"][:] = 0
        return measures["revenue"]

    told = read(measures=[measure(None, from_measures=zeroes)])
    assert "'odd' of the plugin 'our_shop' changed its input" in told


def test_a_measure_that_takes_all_values_for_one(read: Callable[..., str]) -> None:
    declared = measure(lambda period: 1.0 if period.during("orders").count() > 1 else 0.0)
    told = read(measures=[declared])
    assert "ambiguous. There is a value for each customer" in told
    assert "np.where(...) instead of if" in told
    assert "a.any()" not in told


def test_a_plugin_that_is_installed_and_given(install: Callable[..., None]) -> None:
    install(GOOD)
    bad_shop = importlib.import_module("bad_shop")
    with pytest.raises(PluginError) as caught:
        Compass([bad_shop])
    told = str(caught.value)
    assert (
        "the plugin 'bad_shop' is given twice; the other is 'bad_shop'. The other is installed"
        in told
    )
    assert "Compass([...], installed=False)" in told
    assert Compass([bad_shop], installed=False).declarations.factors
    assert collected(bad_shop, bad_shop).endswith("Give it once")


def test_a_derived_measure_sees_no_other_derived_one(read: Callable[..., str]) -> None:
    one = Measure(name="one", from_measures=lambda m: m["revenue"], unit="", describes="one")
    told = read(measures=[one, measure(None, from_measures=lambda m: m["one"])])
    assert (
        "'odd' of the plugin 'our_shop' failed: ArgumentError: no measure is called 'one'" in told
    )


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (fails, "failed: KeyError: 'x'"),
        (lambda period: [1], "must give whole counts by keys of 1 texts (month); it gave list"),
        (lambda period: {("x", "y"): 1}, "must give whole counts by keys of 1 texts (month)"),
    ],
)
def test_a_tally(read: Callable[..., str], of: Any, said: str) -> None:
    told = read(measures=[Tally(name="odd", of=of, keys=("month",), describes="odd")])
    assert f"the tally 'odd' of the plugin 'our_shop' {said}" in told


class Odd(AtLeast):
    """A criterion of one's own that is wrong."""

    def cutoff(self, values: Any, basis: Any = None) -> Any:
        return values.mean() if self.value else 1 / 0


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        (Odd(0), "its criterion failed: ZeroDivisionError: division by zero"),
        (Odd(1), "its criterion must give a Cutoff, such as Cutoff(0.95), not float"),
        (AtLeastOverall(), "its criterion failed: ArgumentError: AtLeastOverall needs a measure"),
    ],
)
def test_a_criterion(read: Callable[..., str], criterion: Any, said: str) -> None:
    factor = SuccessFactor(name="odd", measure="revenue", criterion=criterion, title="odd")
    told = read(success_factors=[factor])
    assert f"the success factor 'odd' of the plugin 'our_shop': {said}" in told


def changes_card(card: Any) -> Any:
    card.met[:] = True
    return card.count > 0


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (fails, "failed: KeyError: 'x'"),
        (lambda card: True, "must answer with a bool for each of the 2 active customers"),
        (lambda card: card.count, "it gave int64 of shape (2,)"),
        (lambda card: card["revenu"] > 1, "Did you mean 'revenue'?"),
        (changes_card, "changed its input, which is read-only: copy it first"),
        (
            lambda card: card["revenue"] > 1 and card["order_count"] > 1,
            "than one element is ambiguous. There is a value for each customer: write & instead of",
        ),
    ],
)
def test_a_rule(read: Callable[..., str], when: Any, said: str) -> None:
    rule = ClassificationRule(name="odd", label="A", when=when, because="odd")
    told = read(classification_rules=[rule])
    assert "the classification rule 'odd' of the plugin 'our_shop' " in told
    assert said in told


@pytest.mark.parametrize(
    ("fires", "said"),
    [
        (fails, "failed: KeyError: 'x'"),
        (lambda texts: True, "must tell True or False of each of the 1 texts"),
        (lambda texts: np.zeros(len(texts)), "it gave float64 of shape (1,)"),
    ],
)
def test_a_cue(read: Callable[..., str], fires: Any, said: str) -> None:
    told = read(cues=[Cue(name="odd", fires=fires, describes="is odd", rationality=1)])
    assert "the cue 'odd' of the plugin 'our_shop' " in told
    assert said in told


@pytest.mark.parametrize(
    ("fires", "said"),
    [
        (fails, "failed: KeyError: 'x'"),
        (lambda measures: 1, "must give 1, 0 or NaN for each of the 2 customers"),
        (lambda measures: measures["revenue"].fill(0), "changed its input"),
    ],
)
def test_a_signal(read: Callable[..., str], fires: Any, said: str) -> None:
    signal = Signal(name="sign", fires=fires, says="It is odd.")
    told = read(traits=[Trait(name="odd", title="It is odd.", signals=(signal,))])
    assert "the signal 'sign' of the trait 'odd' of the plugin 'our_shop' " in told
    assert said in told


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (fails, "failed: KeyError: 'x'"),
        (lambda measures: measures["revenu"], "Did you mean 'revenue'?"),
        (lambda measures: None, "gives None: return the result"),
        (lambda measures: measures["revenue"].sort(), "changed its input"),
        (lambda measures: setattr(measures, "months", 1), "changed its input"),
    ],
)
def test_a_lens(read: Callable[..., str], look: Any, said: str) -> None:
    told = read(lenses=[Lens(name="odd", question="?", look=look)])
    assert "the lens 'odd' of the plugin 'our_shop' " in told
    assert said in told


def leaves(given: Any = None) -> Any:
    sys.exit()


def interrupted(given: Any = None) -> Any:
    raise KeyboardInterrupt


def declared(function: Callable[..., Any]) -> dict[str, Any]:
    """Something of each kind that has a function, by its hook."""
    signal = Signal(name="odd", fires=function, says="It is odd.")
    return {
        "classification_rules": ClassificationRule(
            name="odd", label="A", when=function, because="odd"
        ),
        "measures": measure(function),
        "cues": Cue(name="odd", fires=function, describes="is odd", rationality=1),
        "traits": Trait(name="odd", title="It is odd.", signals=signal),
        "lenses": Lens(name="odd", question="?", look=function),
        "report_sections": ReportSection(name="odd", title="Odd", show=function),
    }


@pytest.mark.parametrize("hook", declared(leaves))
def test_one_that_leaves_is_named_and_one_that_is_interrupted_lets_go(
    hook: str, portfolio: Portfolio, tmp_path: Path
) -> None:
    def page(function: Callable[..., Any]) -> None:
        plugin = declaring(**{hook: [declared(function)[hook]]})
        reading = Compass([plugin], installed=False).read(portfolio, AS_OF)
        write_report(reading, tmp_path / "page.html")

    with pytest.raises(PluginError, match=r"'odd' of the plugin 'our_shop' failed: SystemExit$"):
        page(leaves)
    with pytest.raises(KeyboardInterrupt):
        page(interrupted)


def test_a_hook_that_leaves_or_is_interrupted() -> None:
    def shop(function: Callable[..., Any]) -> types.ModuleType:
        return module("our_shop", klantkompas_cues=hookimpl(lambda: [function()]))

    assert collected(shop(leaves)).endswith("klantkompas_cues() failed: SystemExit")
    with pytest.raises(KeyboardInterrupt):
        Compass([shop(interrupted)], installed=False)


def test_lenses_in_a_circle(read: Callable[..., str]) -> None:
    def lens(name: str, look: Callable[..., Any]) -> Lens:
        return Lens(name=name, question="?", look=look)

    def circle() -> Sequence[Lens]:
        return [
            lens("one", lambda measures, two: 1),
            lens("two", lambda measures, one: 1),
        ]

    told = read(lenses=circle())
    assert "need one another in a circle: the lens 'one' of the plugin 'our_shop'" in told
