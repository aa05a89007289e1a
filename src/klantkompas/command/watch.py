"""``klantkompas watch``: whom to look at now, and why (S1 steps 3-5)."""

from __future__ import annotations

import click
from attrs import evolve

from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Command, Option
from klantkompas.command.keeping import before
from klantkompas.reviews.work_lists import WorkLists, work_lists
from klantkompas.wording.catalogue import Translator

__all__ = ["command"]

LISTS = (
    "cherish",
    "put-right",
    "almost",
    "watch",
    "overdue",
    "let-go",
    "first-find-out",
    "wait",
    "one-time",
    "changed",
    "everybody",
)
LOOKED_AT = ("cherish", "put_right", "almost", "watch", "overdue", "one_time")
"""The lists that are shown where none is asked for."""


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "watch",
        _run,
        _,
        own=[
            Option(
                ["--list", "names"],
                multiple=True,
                type=click.Choice(LISTS),
                metavar=_("NAME"),
                help=_(
                    "Only this list, and all of it: cherish, put-right, almost, watch, overdue, "
                    "let-go, first-find-out, wait, one-time, changed or everybody; may be repeated."
                ),
            )
        ],
        shares=[options.reading, options.reviewing, options.shows],
        result=WorkLists,
    )


def _run(asked: Asked, names: tuple[str, ...]) -> Answer:
    reading = asked.reading
    previous, plan = before(asked, reading)
    lists = work_lists(reading, previous, plan)
    wanted = [each.replace("-", "_") for each in names]
    found = evolve(lists, lists=tuple(lists[name] for name in wanted or LOOKED_AT))
    writer = asked.writer
    if not names:
        return Answer("\n\n".join(each.text(writer) for each in found), found)
    lines = [
        "\n".join([writer.say(each.opening), *(f"  {s}" for s in each.sentences(writer))])
        for each in found
    ]
    return Answer("\n\n".join(lines), found)
