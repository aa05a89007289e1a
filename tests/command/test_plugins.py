"""The command's plugins: given by file or name, listed with what is wrong, traced rule by rule."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from klantkompas.__main__ import main

SHOP = Path(__file__).parents[2] / "examples" / "shop"
OUR_SHOP = '''
from __future__ import annotations

from datetime import date

from attrs import frozen

from klantkompas import InteractionKind, hookimpl, rule, success_factor
from klantkompas.domain.fields import identity, moment


@frozen(kw_only=True)
class Visit:
    """A visit to the shop."""

    customer: str = identity()
    on: date = moment(required=True)


@success_factor(at_least=2, unit="visits")
def visits_often(period):
    """visits often"""
    return period.during("visits").count()


@rule("Friend", above="A", priority=50)
def is_a_friend(card):
    """it visits often"""
    return card["visits_often"] >= 3


@hookimpl
def klantkompas_interaction_kinds():
    return [InteractionKind(name="visits", record=Visit)]


@hookimpl
def klantkompas_success_factors():
    return [visits_often]


@hookimpl
def klantkompas_classification_rules():
    return [is_a_friend]
'''


def run(*arguments: str | Path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    status = main([str(each) for each in arguments], out=out, err=err)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KLANTKOMPAS_DISABLE_PLUGINS", raising=False)
    (tmp_path / "our_shop.py").write_text(OUR_SHOP, encoding="utf-8")
    days = [f"{customer},2026-06-0{day}" for customer in "ab" for day in (1, 2, 3)]
    (tmp_path / "visits.csv").write_text("\n".join(["customer,on", *days[:4]]) + "\n")
    orders = [f"{each},10" for each in days]
    (tmp_path / "orders.csv").write_text("\n".join(["customer,on,amount", *orders]) + "\n")
    yield tmp_path
    sys.modules.pop("our_shop", None)


@pytest.fixture
def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    about = folder / "bad_shop-1.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: bad-shop\nVersion: 1.2\n")
    (about / "entry_points.txt").write_text("[klantkompas]\nbad_shop = bad_shop\n")
    (folder / "bad_shop.py").write_text("raise RuntimeError('the moon is full')")
    monkeypatch.syspath_prepend(str(folder))
    return "bad_shop"


def rows(listed: str) -> dict[str, list[str]]:
    """The list of plugins by name, each row in words."""
    return {words[0]: words for line in listed.splitlines() if (words := line.split())}


def test_a_page_with_a_plugin_of_one_file_and_its_own_kind_of_export(folder: Path) -> None:
    status, out, err = run(
        *("report", "--plugin", "our_shop.py", "--orders", "orders.csv"),
        *("--visits", "visits.csv", "--leave-out", "pays_on_time"),
    )
    assert (status, err) == (0, "")
    assert "Friend 1, A" in out
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "visits often" in page
    assert "pays on time" not in page


def test_an_export_of_a_plugins_kind_is_recognised_by_the_headings_it_declares(
    folder: Path,
) -> None:
    (folder / "our_shop.py").write_text(
        OUR_SHOP.replace("identity()", 'identity(headings=("Klant",))').replace(
            "required=True", 'required=True, headings=("Bezocht op",)'
        )
    )
    visits = folder / "visits.csv"
    visits.write_text(visits.read_text().replace("customer,on", "klant,Bezocht Op"))
    status, out, err = run("classes", "--plugin", "our_shop.py", ".")
    assert (status, err) == (0, "")
    assert "Friend 1" in out
    visits.write_text(visits.read_text().replace("Bezocht Op", "Dag"))
    status, _, err = run("classes", "--plugin", "our_shop.py", ".")
    assert status == 2
    assert "not recognised by the headings: visits.csv" in err


def test_a_plugin_by_the_name_of_its_module(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(folder))
    status, out, _ = run("plugins", "--plugin", "our_shop")
    assert status == 0
    assert rows(out)["our_shop"] == [
        *("our_shop", "given", "in", "use"),
        *("classification_rules,", "interaction_kinds,", "success_factors"),
    ]


def test_the_list_names_what_is_built_in(folder: Path) -> None:
    status, out, err = run("plugins")
    assert (status, err) == (0, "")
    assert rows(out)["name"] == ["name", "version", "distribution", "status", "hooks"]
    assert rows(out)["klantkompas.rules"] == [
        *("klantkompas.rules", "built-in", "in", "use", "classification_rules")
    ]


def test_the_order_of_rules_for_one_customer(folder: Path) -> None:
    given = ("--plugin", "our_shop.py", "--orders", "orders.csv", "--visits", "visits.csv")
    status, out, err = run("plugins", *given, "--trace", "a")
    assert (status, err) == (0, "")
    traced = out[out.index("a, rule by rule") :].splitlines()
    assert traced[1].split() == ["50", "is_a_friend", "Friend", "decides", "[our_shop]"]
    assert [line.split()[1] for line in traced[2:]] == [
        *("a_best_fitting", "b_tactical", "c_transactional", "d_let_go")
    ]
    _, out, _ = run("plugins", *given, "--trace", "b")
    assert "does not hold  [our_shop]" in out
    assert out.count("  decides") == 1
    status, _, err = run("plugins", *given, "--trace", "c")
    assert status == 2
    assert "no customer has the id 'c'" in err
    status, _, err = run("plugins", "--trace", "a")
    assert status == 2
    assert "klantkompas plugins --help" in err


def test_a_broken_plugin_is_listed_and_the_status_tells(broken: str) -> None:
    status, out, err = run("plugins")
    assert (status, err) == (1, "")
    assert rows(out)[broken] == ["bad_shop", "1.2", "bad-shop", "broken"]
    assert "cannot be imported: RuntimeError: the moon is full" in out
    status, out, _ = run("plugins", "--block", broken)
    assert status == 0
    assert rows(out)[broken] == ["bad_shop", "1.2", "bad-shop", "blocked"]


def test_a_page_with_a_broken_plugin(broken: str) -> None:
    status, _, err = run("report", "--orders", "orders.csv")
    assert status == 2
    assert "the plugin 'bad_shop' (bad-shop 1.2) cannot be imported" in err
    assert "--block bad_shop" in err
    assert "--skip-broken" in err
    assert run("report", "--orders", "orders.csv", "--block", broken)[0] == 0
    status, out, _ = run("report", "--orders", "orders.csv", "--skip-broken")
    assert status == 0
    assert "skipped: the plugin 'bad_shop' (bad-shop 1.2)" in out


@pytest.mark.parametrize(
    ("value", "looks"), [("1", False), ("yes", False), ("0", True), ("", True)]
)
def test_installed_plugins_are_left_out_by_the_environment(
    broken: str, value: str, looks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANTKOMPAS_DISABLE_PLUGINS", value)
    status, out, _ = run("plugins")
    assert status == int(looks)
    assert (broken in out) is looks
    assert ("KLANTKOMPAS_DISABLE_PLUGINS is set" in out) is not looks


MISTAKES = {
    "no such file": (["--plugin", "their_shop.py"], "the plugin 'their_shop.py' cannot be"),
    "no such module": (["--plugin", "their_shop"], "the plugin 'their_shop' cannot be imported"),
    "the name of another": (
        ["--plugin", "types.py"],
        "'types.py' has the name of a module that is",
    ),
    "no such factor": (["--leave-out", "pay_on_time"], "Did you mean 'pays_on_time'"),
    "no such plugin": (["--block", "klantkompas.fctors"], "Did you mean 'klantkompas.factors'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_message(mistake: str, folder: Path) -> None:
    arguments, said = MISTAKES[mistake]
    status, out, err = run("report", "--orders", "orders.csv", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_leaves_at_import_is_one_message(folder: Path) -> None:
    (folder / "leaving.py").write_text("import sys\nsys.exit('done')\n")
    status, out, err = run("report", "--orders", "orders.csv", "--plugin", "leaving.py")
    assert (status, out) == (2, "")
    assert "the plugin 'leaving.py' cannot be imported: SystemExit: done. Fix it" in err


def test_a_file_that_is_given_by_two_paths_is_given_twice(folder: Path) -> None:
    status, _, err = run("report", "--plugin", "our_shop.py", "--plugin", folder / "our_shop.py")
    assert status == 2
    assert "the plugin 'our_shop' is given twice" in err


@pytest.mark.parametrize("kind", ["help", "plugin", "as_of", "out"])
def test_a_kind_that_is_called_as_an_option_is_one_message(kind: str, folder: Path) -> None:
    (folder / "our_shop.py").write_text(OUR_SHOP.replace('"visits"', f'"{kind}"'))
    status, out, err = run("report", "--orders", "orders.csv", "--plugin", "our_shop.py")
    assert (status, out) == (2, "")
    option = kind.replace("_", "-")
    assert (
        f"'{kind}' of the plugin 'our_shop' has the same name as the option --{option}: rename"
        in err
    )


def test_what_an_error_advises_is_written_as_it_is_typed(folder: Path) -> None:
    def told(*lines: str) -> str:
        (folder / "orders.csv").write_text("\n".join(lines) + "\n")
        return run("report", "--orders", "orders.csv")[2]

    assert "--column orders.customer=HEADING" in told("whose,on,amount", "a,2026-06-01,5")
    ambiguous = told("customer,on,amount", "a,01-02-2026,5")
    assert "Say which: --locale " in ambiguous
    assert "in klantkompas.toml, under [orders]: on = { heading = " in ambiguous
    assert "--as-of 2026-06-30" in told("customer,on,amount")
