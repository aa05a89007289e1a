"""``klantkompas lists``: the lists to work from, as files, and what people filled in on them."""

from __future__ import annotations

from pathlib import Path

import click

from klantkompas._told import told
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import FILE, Command, Option
from klantkompas.command.keeping import before
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.report.filled_in import read_workbook
from klantkompas.report.list_files import EXCEL, write_lists
from klantkompas.report.workbook import write_workbook
from klantkompas.wording.catalogue import Translator, mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["command"]

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xls", ".ods", ".pdf", ".html", ".htm", ".json"})
"""A folder with such a name would be taken for a file."""
WRITING = mark("Writing the lists")
WORKBOOK = mark("The lists are in {path}")
FILES = mark("{lists} in {path}")
TAKEN_OVER = mark("Taken over into the history, new steps and reasons: {number}")


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "lists",
        _run,
        _,
        own=[
            Option(
                ["--out"],
                type=FILE,
                metavar=_("FOLDER"),
                help=_("A folder for a csv file of each list, or a workbook such as lists.xlsx."),
            ),
            Option(
                ["--excel"],
                type=click.Choice(list(EXCEL)),
                help=_("Write csv files as an English or Dutch Excel opens them."),
            ),
            Option(
                ["--filled-in"],
                type=FILE,
                metavar=_("FILE"),
                help=_(
                    "A workbook that people filled in: take what was done and heard over into the "
                    "history."
                ),
            ),
        ],
        shares=[options.reading, options.reviewing, options.quiet],
    )


def _run(asked: Asked, out: str | None, excel: str | None, filled_in: str | None) -> Answer:
    if out is not None and not Path(out).is_dir() and Path(out).suffix.lower() in ENDINGS:
        raise ArgumentError(
            told("the lists are a folder of csv files, or a workbook, and this is neither"),
            place=out,
            remedy=told("Give a folder or a workbook, such as --out lists or --out lists.xlsx"),
        )
    if out is None and filled_in is None:
        raise ArgumentError(
            told("{option} is needed", option="--out"),
            remedy=told("Give a folder or a workbook, such as --out lists or --out lists.xlsx"),
        )
    said: list[Sentence] = []
    if filled_in is not None:
        noted = read_workbook(filled_in, asked.reading)
        with asked.history() as history:
            said.append(sentence(TAKEN_OVER, number=history.keep(noted)))
    if out is not None:
        said.append(_written(asked, out, excel))
    return Answer("" if asked.quiet else "\n".join(map(asked.writer.say, said)))


def _written(asked: Asked, out: str, excel: str | None) -> Sentence:
    reading = asked.reading
    previous, plan = before(asked, reading)
    asked.progress.stage(Sentence(WRITING))
    if Path(out).suffix.lower() == ".xlsx":
        if Path(out).exists():  # a colleague may have filled it in
            raise KlantkompasError(
                told("the workbook is there already, and may be filled in"),
                place=out,
                remedy=told(
                    "Name a new file; what is filled in goes into the history by {option}",
                    option=f"--filled-in {out}",
                ),
            )
        path = write_workbook(reading, out, previous=previous, plan=plan, language=asked.language)
        return sentence(WORKBOOK, path=str(path.resolve()))
    paths = write_lists(
        reading, out, previous=previous, plan=plan, language=asked.language, excel=excel
    )
    return sentence(FILES, lists=Quantity(len(paths), "lists"), path=str(Path(out).resolve()))
