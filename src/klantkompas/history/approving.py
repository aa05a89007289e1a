"""Approval of a letting-go plan: never more than it allows (S1 step 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from klantkompas._thresholds import at_least
from klantkompas._told import Told, joined, told
from klantkompas.errors import ArgumentError
from klantkompas.reviews.ledger import LetGo, let_go_since
from klantkompas.reviews.letting_go import LettingGoPlan, guarded_revenue
from klantkompas.wording.writer import Writer

__all__ = ["approved"]

NAMED = 5
"""How many that were approved already an error names."""


def approved(
    plan: LettingGoPlan,
    customers: Sequence[str],
    ledger: Sequence[LetGo],
    *,
    by: str,
    on: date,
    findings: Mapping[str, str] | None = None,
) -> tuple[LetGo, ...]:
    """Return the entries of an approval, after checking it against the plan and the ledger.

    Args:
        plan: the proposal.
        customers: the ids of the customers who are approved for letting go.
        ledger: all entries of the ledger up to now.
        by: the name of the person who approves.
        on: the day of the approval.
        findings: by id, what was found out about a customer first, in words.

    Returns:
        An entry of the ledger for each customer.

    Raises:
        ArgumentError: a customer is not proposed, what was found out is not said where there was
            something to find out, or more would be let go, in number or in revenue, than the plan
            allows.
    """
    if isinstance(customers, str):
        raise ArgumentError("customers is a list of ids, not a string")
    said = _checked_findings(findings)
    revenue = {each.customer: each.revenue for each in plan.verdicts}
    ids = tuple(map(str, customers))
    if unknown := sorted({*said} - {*ids}):
        raise ArgumentError(
            told("findings names {id}, who is not among those approved", id=repr(unknown[0]))
        )
    entries = tuple(
        LetGo(each, on, by, revenue.get(each, 0.0), plan.current_as_of, said.get(each, ""))
        for each in ids
    )
    if on < plan.current_as_of:
        raise ArgumentError(
            told(
                "an approval follows the review of {review}; on={on} lies before it",
                review=plan.current_as_of,
                on=on,
            )
        )
    since = () if plan.previous_as_of is None else let_go_since(ledger, plan.previous_as_of)
    _refuse_who_may_not_be_let_go(plan, entries, since)
    _refuse_without_a_finding(plan, entries)
    _refuse_too_many(plan, entries, since)
    return entries


def _checked_findings(findings: object) -> dict[str, str]:
    if findings is None:
        return {}
    if not isinstance(findings, Mapping) or not all(
        isinstance(each, str) and each.strip() for each in findings.values()
    ):
        raise ArgumentError(
            told(
                "findings says in words what was found out of each customer, such as "
                "{example}, not {findings}",
                example="{'17': 'pays late, and will go on doing so'}",
                findings=repr(findings),
            )
        )
    return {str(customer): said.strip() for customer, said in findings.items()}


def _already(since: Sequence[LetGo]) -> str:
    """Return who was approved already, and when."""
    named = [f"{entry.customer or 'an erased customer'} on {entry.on}" for entry in since[:NAMED]]
    more = len(since) - len(named)
    return ", ".join([*named, f"and {more} more"] if more else named)


def _refuse_who_may_not_be_let_go(
    plan: LettingGoPlan, entries: Sequence[LetGo], since: Sequence[LetGo]
) -> None:
    because = {each.customer: each.because for each in plan.verdicts}
    approved_on = {entry.customer: entry.on for entry in since}
    seen: set[str] = set()
    for entry in entries:
        customer = entry.customer
        if customer in approved_on:
            raise ArgumentError(
                told(
                    "{id} has been let go on {on} already; approved since the last review: {since}",
                    id=repr(customer),
                    on=approved_on[customer],
                    since=_already(since),
                )
            )
        if customer in seen:
            raise ArgumentError(
                told("{id} is named twice", id=repr(customer)),
                remedy=told("Name each customer once"),
            )
        if customer not in plan.proposed:
            reason = because.get(customer)
            why = (
                told("they are not a D customer of this review")
                if reason is None
                else Told(reason, {})
            )
            raise ArgumentError(
                told("the plan does not propose to let {id} go: {why}", id=repr(customer), why=why)
            )
        seen.add(customer)


def _refuse_without_a_finding(plan: LettingGoPlan, entries: Sequence[LetGo]) -> None:
    to_find_out = {each.customer: each.titles for each in plan.verdicts}
    for entry in entries:
        if (wanted := to_find_out[entry.customer]) and not entry.finding:
            raise ArgumentError(
                told(
                    "{id} may be let go once it is found out how they stand on: {factors}",
                    id=repr(entry.customer),
                    factors=joined("; ", (Told(each, {}) for each in wanted)),
                ),
                remedy=told(
                    "Find it out, and say what was found: findings={findings}",
                    findings=f"{{{entry.customer!r}: '...'}}",
                ),
                command=told(
                    'Find it out, and say what was found: --finding "{id}=..."', id=entry.customer
                ),
            )


def _refuse_too_many(plan: LettingGoPlan, entries: Sequence[LetGo], since: Sequence[LetGo]) -> None:
    if not entries:
        return
    room = len(plan.won) - len(plan.lost) - len(since)
    if len(entries) > room:
        problem = told(
            "{won} won, {lost} lost and {gone} let go since leave {room} that may be let go, and "
            "{named} are named",
            won=len(plan.won),
            lost=len(plan.lost),
            gone=len(since),
            room=max(0, room),
            named=len(entries),
        )
        before = told("approved since the last review: {since}", since=_already(since))
        raise ArgumentError(joined("; ", (problem, before if since else "")))
    won, gone = plan.revenue_won - plan.revenue_lost, guarded_revenue(since)
    wanted = guarded_revenue(entries)
    if not at_least(won, gone + wanted):
        money = Writer().money
        raise ArgumentError(
            told(
                "the revenue won less that lost is {won}; {gone} was let go since, and these "
                "customers bring {wanted}",
                won=money(won),
                gone=money(gone),
                wanted=money(wanted),
            ),
            remedy=told("Name fewer"),
        )
