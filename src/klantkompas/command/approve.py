"""``klantkompas approve``: a named person lets customers go, as the plan allows (S1 step 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click
from attrs import frozen

from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.command import options
from klantkompas.command.asked import Answer, Asked
from klantkompas.command.declared import Argument, Command, Option, as_day
from klantkompas.command.keeping import plan_of
from klantkompas.errors import ArgumentError
from klantkompas.reviews.ledger import LetGo
from klantkompas.wording.catalogue import Translator
from klantkompas.wording.plain import Plain

__all__ = ["Approved", "command"]


@frozen
class Approved(Plain):
    """Who was let go by whom.

    Args:
        let_go: the new entries of the ledger.
    """

    let_go: tuple[LetGo, ...]


def command(_: Translator) -> click.Command:
    """Return the command in a language."""
    return Command(
        "approve",
        _run,
        _,
        own=[
            Argument(
                ["customers"],
                nargs=-1,
                required=True,
                metavar=_("CUSTOMER..."),
                told=_("The ids of those who are let go; all of them, or none."),
            ),
            Option(["--by"], required=True, metavar=_("NAME"), help=_("Who approves it.")),
            Option(
                ["--on"],
                required=True,
                callback=as_day,
                metavar="YYYY-MM-DD",
                help=_("The day of the approval."),
            ),
            Option(
                ["--finding"],
                multiple=True,
                metavar=_("CUSTOMER=WORDS"),
                help=_(
                    "What was found out of a customer, where the plan asks for that first; may be "
                    "repeated."
                ),
            ),
        ],
        shares=[options.history, options.settings, options.plugins, options.shows],
        result=Approved,
    )


def _run(
    asked: Asked, customers: tuple[str, ...], by: str, on: date, finding: tuple[str, ...]
) -> Answer:
    findings = _findings(finding)
    with asked.history() as history:
        plan = plan_of(asked)
        entries = history.approve(plan, customers, by=by, on=on, findings=findings)
    said = [each.text(asked.writer) for each in entries]
    return Answer("\n".join(said), Approved(entries))


def _findings(given: Sequence[str]) -> dict[str, str]:
    findings: dict[str, str] = {}
    for text in given:
        customer, equals, words = text.partition("=")
        if not (equals and customer.strip() and words.strip()) or customer in findings:
            raise ArgumentError(
                told("--finding {given} does not say what was found of whom", given=shown(text)),
                remedy=told(
                    'Write it so, once for a customer: --finding "0213=they pay late and will go '
                    'on doing so"'
                ),
            )
        findings[customer.strip()] = words.strip()
    return findings
