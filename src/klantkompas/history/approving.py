"""Approval of a letting-go plan: never more than it allows (S1 step 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from klantkompas._thresholds import at_least
from klantkompas.errors import ArgumentError
from klantkompas.reviews.ledger import LetGo, let_go_since
from klantkompas.reviews.letting_go import LettingGoPlan
from klantkompas.wording.writer import Writer

__all__ = ["approved"]


def approved(
    plan: LettingGoPlan, customers: Sequence[str], ledger: Sequence[LetGo], *, by: str, on: date
) -> tuple[LetGo, ...]:
    """Check an approval against the plan and against all that the ledger holds by now.

    Args:
        plan: the proposal.
        customers: the ids that are approved.
        ledger: every entry up to now.
        by: who approves.
        on: when.

    Returns:
        An entry for each customer.

    Raises:
        ArgumentError: a customer is not proposed, or more would be let go, in number or in
            revenue, than the plan allows.
    """
    if isinstance(customers, str):
        raise ArgumentError("customers is a list of ids, not a string")
    revenue = {each.customer: each.revenue for each in plan.verdicts}
    entries = tuple(
        LetGo(each, on, by, revenue.get(str(each), 0.0), plan.current_as_of) for each in customers
    )
    if on < plan.current_as_of:
        raise ArgumentError(
            f"an approval follows the review of {plan.current_as_of}; on={on} lies before it"
        )
    since = () if plan.previous_as_of is None else let_go_since(ledger, plan.previous_as_of)
    _refuse_who_may_not_be_let_go(plan, entries, since)
    _refuse_too_many(plan, entries, since)
    return entries


def _refuse_who_may_not_be_let_go(
    plan: LettingGoPlan, entries: Sequence[LetGo], since: Sequence[LetGo]
) -> None:
    because = {each.customer: each.because for each in plan.verdicts}
    approved_on = {entry.customer: entry.on for entry in since}
    seen: set[str] = set()
    for entry in entries:
        customer = entry.customer
        if customer in approved_on:
            raise ArgumentError(f"{customer!r} has been let go on {approved_on[customer]} already")
        if customer in seen:
            raise ArgumentError(f"{customer!r} is named twice; name each customer once")
        if customer not in plan.proposed:
            reason = because.get(customer, "it is not a D customer of this review")
            raise ArgumentError(f"the plan does not propose to let {customer!r} go: {reason}")
        seen.add(customer)


def _refuse_too_many(plan: LettingGoPlan, entries: Sequence[LetGo], since: Sequence[LetGo]) -> None:
    if not entries:
        return
    room = len(plan.won) - len(plan.lost) - len(since)
    if len(entries) > room:
        raise ArgumentError(
            f"{len(plan.won)} won, {len(plan.lost)} lost and {len(since)} let go since leave "
            f"{max(0, room)} that may be let go, and {len(entries)} are named"
        )
    won, gone = plan.revenue_won - plan.revenue_lost, sum(entry.revenue for entry in since)
    wanted = sum(entry.revenue for entry in entries)
    if not at_least(won, gone + wanted):
        money = Writer().money
        raise ArgumentError(
            f"the revenue won less that lost is {money(won)}; {money(gone)} was let go since, and "
            f"these customers bring {money(wanted)}: name fewer"
        )
