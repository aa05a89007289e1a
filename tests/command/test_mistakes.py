"""Every wrong argument is one clear message with its exit code, in English and in Dutch."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from klantkompas import Compass, History, Order, Portfolio
from klantkompas.command import main
from klantkompas.command.group import COMMANDS

ORDERS = "customer,on,amount\na,2026-06-01,5\nb,2026-06-02,7\n"
FILES = {
    "orders.csv": ORDERS,
    "two-ways.csv": "customer,on,amount\na,01-02-2026,5\n",
    "dots.csv": "customer,on,amount\na,2026-06-01,1.250\n",
    "words.csv": "customer,on,amount\na,2026-06-01,many\n",
    "whose.csv": "whose,on,amount\na,2026-06-01,5\n",
    "till.csv": "Klantnr;Orderdatum;Totaal\n17;03-02-2025;121,00\n",
    "torn.xlsx": "not a workbook",
    "other.txt": "not a history",
    "torn.toml": "months = ",
    "unsettled.toml": "months = 6\n",
    "unknown.toml": "version = 1\nmonth = 6\n",
    "wrong.toml": 'version = 1\nmonths = "six"\n',
    "table.toml": 'version = 1\n[oders]\nfile = "orders.csv"\n',
    "fileless.toml": 'version = 1\n[orders]\ncustomer = "customer"\n',
    "leaving.py": "raise SystemExit(3)\n",
    "held.json": "{}",
    "held": "not a folder",
    "page.csv": "<!doctype html><html><body>orders</body></html>",
    "list.json": "[1, 2]",
    "torn.json": "{",
    "ragged.csv": "customer,on,amount\na,2026-06-01,5,6\n",
    "empty.csv": "",
    "zones.csv": "customer,on,amount\na,2026-06-01T10:00+01:00,5\na,2026-06-02T10:00,5\n",
    "nobody.csv": "customer,since\n,2026-01-01\n",
    "twice.csv": "id,since\na,2026-01-01\na,2026-01-02\n",
    "two-heads.csv": "customer,on,amount,amount\na,2026-06-01,5,6\n",
    "amounts.csv": "customer,on,amount\na,2026-06-01,\nb,2026-06-01,\n",
    "months.csv": "customer,on,amount\na,2026-06,5\n",
    "scores.csv": "customer,on,score\na,2026-06-01,11\n",
    "flags.csv": "customer,on,amount,clear\na,2026-06-01,5,perhaps\n",
    "calls.csv": "customer,on,minutes\na,2026-06-01,long\n",
}
ENVIRONMENTS = {"en": {"LANG": "en_GB.UTF-8"}, "nl": {"LANG": "nl_NL.UTF-8"}}
ON = ["--on", "2026-07-01"]
BY = ["--by", "Anna"]
KEPT = ["--history", "one.klantkompas"]
ENGLISH = re.compile(
    r"\b(the|there|not|cannot|which|give|write|with|of|or|it|that|this|be|name|are|was|no|"
    r"such|what|needs?|leave|than|before|said|know|known|column|line|row|file)\b",
    re.IGNORECASE,
)
TYPED = re.compile(
    r"'[^']*'|\"[^\"]*\"|\(?[\w./]+\.(?:csv|toml|xlsx|py|txt|klantkompas|html|pdf)|--[\w-]+"
    r"|\w+Error: [^.]*|[a-z]{2}-[A-Z]{2}|\S+ = \S+|klantkompas( \S+)+? --help|\[\w+\]"
    r"|true, yes, .*, onwaar"
)
READING: dict[str, tuple[list[str], str]] = {
    "no export": ([], "no export is given"),
    "no such file": (["--orders", "absent.csv"], "there is no file 'absent.csv'"),
    "no such export": (["absent.csv"], "absent.csv: cannot be read"),
    "an empty folder": (["empty"], "a folder in which no file ends as"),
    "a pattern of nothing": (["--orders", "*.parquet"], "a pattern that no file fits"),
    "not recognised": (["till.csv"], "not recognised by the headings: till.csv"),
    "no such settings": (["--settings", "absent.toml"], "absent.toml: cannot be read"),
    "torn settings": (["--settings", "torn.toml"], "line 1, column 10: this is not written as"),
    "settings of no version": (["--settings", "unsettled.toml"], "not settings of version 1"),
    "an unknown setting": (["--settings", "unknown.toml"], "there is no setting 'month'"),
    "a wrong setting": (["--settings", "wrong.toml"], 'months is "six", not a whole number'),
    "an unknown table": (["--settings", "table.toml"], "there is no table 'oders'"),
    "a table of no file": (["--settings", "fileless.toml"], "orders has no file"),
    "no column": (["--column", "amount"], "'amount' names no column"),
    "a column of nothing": (["--column", "oders.amount=A"], "there is no table 'oders'"),
    "a column twice": (
        ["--column", "orders.on=a", "--column", "orders.on=b"],
        "--column names orders.on twice",
    ),
    "a period of nothing": (["--months", "0"], "months is 0, not a whole number"),
    "a period in words": (["--months", "six"], "--months is 'six', which is not a whole number"),
    "a Dutch date": (["--as-of", "31-12-2026"], "'31-12-2026', which is not a date written as"),
    "a scale": (["--score-scale", "1-5"], "--score-scale is one of 0-10, 1-10"),
    "a locale": (["--orders", "orders.csv", "--locale", "xx"], "locale"),
    "a limit": (["--orders", "orders.csv", "--limit", "many"], "--limit 'many' is not a limit"),
    "an unknown limit": (["--orders", "orders.csv", "--limit", "rows=3"], "rows"),
    "a missing heading": (["--orders", "whose.csv"], "customer"),
    "a named heading": (
        ["--orders", "orders.csv", "--column", "orders.customer=custmer"],
        "'custmer'",
    ),
    "a date in two ways": (["--orders", "two-ways.csv"], "'01-02-2026' can be read as"),
    "an amount in two ways": (["--orders", "dots.csv"], "'1.250' can be read as"),
    "a word as an amount": (["--orders", "words.csv"], "row 1: 'many'"),
    "a workbook that is none": (["--orders", "torn.xlsx"], "torn.xlsx"),
    "a page as an export": (["--orders", "page.csv"], "a web page"),
    "JSON of no list": (["--orders", "list.json"], "JSON that holds no list"),
    "torn JSON": (["--orders", "torn.json"], "is not JSON from line 1, character 2"),
    "a ragged row": (["--orders", "ragged.csv"], "the number of values in the row is 4"),
    "an empty file": (["--orders", "empty.csv"], "the file is empty"),
    "times of two sorts": (["--orders", "zones.csv"], "has no time zone"),
    "a customer twice": (["--customers", "twice.csv"], "stands in row 1 too, with another since"),
    "a heading twice": (
        ["--orders", "two-heads.csv"],
        "is the heading of more than one column",
    ),
    "no amount": (["--orders", "amounts.csv"], "2 such rows: 1, 2"),
    "a month": (["--orders", "months.csv"], "A month is not a day"),
    "a score": (["--responses", "scores.csv"], "is not a whole number from 0 to 10"),
    "a flag": (["--orders", "flags.csv"], "is neither yes nor no"),
    "a length of time": (["--contacts", "calls.csv"], "minutes"),
    "a date before dates": (["orders.csv", "--as-of", "0001-01-01"], "0001"),
    "no such plugin file": (["--plugin", "absent.py"], "the plugin 'absent.py' cannot be imported"),
    "no such plugin": (["--plugin", "absent"], "the plugin 'absent' cannot be imported"),
    "a plugin that leaves": (["--plugin", "leaving.py"], "the plugin 'leaving.py' cannot be"),
    "nothing to leave out": (["--leave-out", "pay_on_time"], "Did you mean 'pays_on_time'"),
    "nothing to block": (["--block", "klantkompas.fctors"], "Did you mean 'klantkompas.factors'"),
}
OTHERS: dict[str, tuple[list[str], str]] = {
    "no command": ([], "no command is given"),
    "no such command": (["repot"], "there is no command 'repot'. Did you mean 'report'?"),
    "an option before": (["--out", "x"], "there is no option --out"),
    "no page": (["report", "orders.csv", "--out", "page.pdf"], "the report is a page (HTML)"),
    "no folder": (["report", "orders.csv", "--out", "absent/page.html"], "cannot be written"),
    "no title": (["report", "orders.csv", "--title", " "], "title is ' '"),
    "nobody to explain": (["explain"], "CUSTOMER is not given"),
    "nobody such": (["explain", "c", "orders.csv"], "no customer has the id 'c'"),
    "somebody as an export": (["explain", "a", "b"], "b: the name does not end as that of a file"),
    "another class by nobody": (
        ["explain", "a", "orders.csv", "--class", "A", *ON, *KEPT],
        "--by is needed. Another class takes all four",
    ),
    "another class that is none": (
        ["explain", "a", "orders.csv", "--class", "E", *BY, *ON, "--because", "x", *KEPT],
        "E",
    ),
    "another class of nobody": (
        ["explain", "c", "orders.csv", "--class", "A", *BY, *ON, "--because", "x", *KEPT],
        "no customer has the id 'c'",
    ),
    "nothing to compare": (["review", "orders.csv"], "there is nothing to compare with"),
    "a review before itself": (
        ["review", "orders.csv", "--previous", "2026-06-02"],
        "there is no previous review before 2026-06-02",
    ),
    "a later review before": (
        ["review", "orders.csv", "--as-of", "2026-06-01", "--previous", "2026-06-02"],
        "previous_review is 2026-06-02, not before as_of",
    ),
    "a folder as a history": (["review", "orders.csv", "--history", "empty"], "empty"),
    "no history as a history": (["review", "orders.csv", "--history", "other.txt"], "other.txt"),
    "a history of one review": (["review", *KEPT], "there are no two reviews to compare"),
    "no plan": (["let-go", *KEPT], "there are no two reviews to compare"),
    "no such history": (["let-go", "--history", "absent.klantkompas"], "there is no such history"),
    "nobody to approve": (["approve", *BY, *ON, *KEPT], "CUSTOMER is not given"),
    "approved by nobody": (["approve", "a", *ON, *KEPT], "--by is needed"),
    "approved at no time": (["approve", "a", *BY, *KEPT], "--on is needed"),
    "approved in Dutch": (
        ["approve", "a", *BY, "--on", "1-7-2026", *KEPT],
        "--on is '1-7-2026', which is not a date",
    ),
    "found nothing": (
        ["approve", "a", *BY, *ON, *KEPT, "--finding", "a"],
        "--finding 'a' does not say what was found of whom",
    ),
    "no history to approve": (["approve", "a", *BY, *ON], "no history is named"),
    "a list": (["watch", "orders.csv", "--list", "almots"], "--list is one of cherish, put-right"),
    "no place for lists": (["lists", "--orders", "orders.csv"], "--out is needed"),
    "no such Excel": (["lists", "--out", "x", "--excel", "fr"], "--excel is one of en, nl"),
    "nothing filled in": (
        ["lists", "orders.csv", "--filled-in", "absent.xlsx", *KEPT],
        "absent.xlsx: cannot be read",
    ),
    "nobody to write to": (["letter"], "CUSTOMER is not given"),
    "a letter to nobody": (["letter", "c", "orders.csv"], "no customer has the id 'c'"),
    "a letter that is there": (
        ["letter", "a", "orders.csv", "--out", "other.txt"],
        "other.txt: cannot be written: File exists",
    ),
    "a letter in a folder": (
        ["letter", "a", "orders.csv", "--out", "empty"],
        "empty: cannot be written: Is a directory",
    ),
    "a letter as something else": (
        ["letter", "a", "orders.csv", "--out", "letter.pdf"],
        "letter.pdf: the name ends as that of something else than what is written",
    ),
    "a report in a folder": (["report", "orders.csv", "--out", "empty"], "Is a directory"),
    "lists as a file": (
        ["lists", "orders.csv", "--out", "x.csv"],
        "x.csv: the lists are a folder of csv files, or a workbook, and this is neither",
    ),
    "lists over a file": (
        ["lists", "orders.csv", "--out", "held"],
        "held: cannot be made a folder",
    ),
    "nobody to export": (["export", *KEPT], "CUSTOMER is not given"),
    "nobody held": (["export", "c", *KEPT], "nothing is held of a customer with the id 'c'"),
    "no history to export": (["export", "a"], "no history is named"),
    "an export that is there": (
        ["export", "a", *KEPT, "--out", "held.json"],
        "held.json: cannot be written: File exists",
    ),
    "an export as something else": (
        ["export", "a", *KEPT, "--out", "a.csv"],
        "a.csv: the name ends as that of something else",
    ),
    "nobody to erase": (["erase", "c", *ON, *KEPT], "nothing is held of a customer with the id"),
    "erased at no time": (["erase", "a", *KEPT], "--on is needed"),
    "two to erase": (["erase", "a", "b", *ON, *KEPT], "'b' is one argument too many"),
    "no plugin to check": (["check"], "FILE_OR_MODULE is not given"),
    "no such plugin to check": (["check", "absent.py"], "the plugin 'absent.py' cannot be"),
    "two plugins to check": (["check", "a.py", "b.py"], "'b.py' is one argument too many"),
    "nothing to look at": (["columns"], "EXPORT is not given"),
    "a file to look at": (["columns", "absent.csv"], "absent.csv: cannot be read"),
    "a file that is there": (
        ["columns", "orders.csv", "--write", "torn.toml"],
        "torn.toml: cannot be written: File exists",
    ),
    "settings as something else": (
        ["columns", "orders.csv", "--write", "columns.csv"],
        "columns.csv: the name ends as that of something else",
    ),
    "nobody to trace": (["plugins", "--orders", "orders.csv", "--trace", "c"], "the id 'c'"),
    "nothing to trace": (["plugins", "--trace", "a"], "no export is given"),
}
EVERYWHERE: dict[str, tuple[list[str], str]] = {
    "an option": (["--nonsense"], "there is no option --nonsense"),
    "a language": (["--language", "tlh"], "--language is one of en, nl"),
    "no language": (["--language"], "--language has no value behind it"),
    "a value": (["--help=3"], "--help takes no value"),
    "twice": (["--quiet", "--quiet"], "--quiet is given twice. Give it once"),
}
MISTAKES = {
    **{f"report: {name}": (["report", *given], said) for name, (given, said) in READING.items()},
    **OTHERS,
    **{
        f"{command}: {name}": ([command, *given], said)
        for command in COMMANDS
        for name, (given, said) in EVERYWHERE.items()
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exports, settings and a history, none of which any mistake changes."""
    folder = tmp_path_factory.mktemp("mistakes")
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "empty").mkdir()
    orders = [Order(customer=each, on=date(2026, 6, 1), amount=5.0) for each in "ab"]
    reading = Compass(installed=False).read(Portfolio.from_records(orders))
    with History(folder / "one.klantkompas") as history:
        history.record(reading, review=True)
    return folder


def refused(arguments: list[str], language: str) -> str:
    out, err = StringIO(), StringIO()
    status = main(arguments, out=out, err=err, environment=ENVIRONMENTS[language])
    assert (status, out.getvalue()) == (2, "")
    text = err.getvalue()
    assert text.startswith("klantkompas: ")
    assert text.count("\n") == 1
    assert "Traceback" not in text
    return text


def test_there_are_many() -> None:
    assert len(MISTAKES) >= 140


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_message_in_both_languages(
    mistake: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(each.name for each in folder.iterdir() if each.name != "__pycache__")
    arguments, said = MISTAKES[mistake]
    assert said in refused(arguments, "en")
    dutch = refused(arguments, "nl")
    words = TYPED.sub("", dutch.removeprefix("klantkompas: "))
    assert sorted({each.lower() for each in ENGLISH.findall(words)} - {"was", "of"}) == [], dutch
    after = sorted(each.name for each in folder.iterdir() if each.name != "__pycache__")
    assert after == before
