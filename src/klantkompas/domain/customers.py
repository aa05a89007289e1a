"""Who a customer is (S4): whoever uses, or could use, what you offer, in whatever way.

>>> Customer(id="17", stage=Stage.PROSPECT).stage.value
'prospect'
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from klantkompas.domain.fields import Role, choice, flag, identity, moment, number, text

__all__ = ["Customer", "CustomerKind", "Stage"]


class Stage(StrEnum):
    """How far the relation with a customer has come (S4).

    >>> [each.value for each in Stage]
    ['suspect', 'prospect', 'customer']
    """

    SUSPECT = "suspect"
    PROSPECT = "prospect"
    CUSTOMER = "customer"


class CustomerKind(StrEnum):
    """The sort of customer (S4); internal customers are colleagues, partners and suppliers.

    >>> [each.value for each in CustomerKind]
    ['consumer', 'business', 'internal']
    """

    CONSUMER = "consumer"
    BUSINESS = "business"
    INTERNAL = "internal"


@frozen(kw_only=True)
class Customer:
    """A customer's own record; every field but the id may be None: unknown.

    Args:
        id: text, or a whole number, which becomes its decimal text.
        name: the customer's name.
        kind: consumer, business or internal.
        stage: suspect, prospect or customer; whoever has ordered is a customer.
        group: any text, for comparisons.
        since: when the relation began.
        extraversion: as judged by staff, from -1 (introvert) to 1 (extravert).
        rationality: as judged by staff, from -1 (emotional) to 1 (rational).
        opted_out: whether the customer objects to profiling.
        preferred_channel: how they want to be reached, in any word: telephone, e-mail, visit.
        form_of_address: how they want to be addressed.
        preferred_language: the language in which they want to be spoken to.
        contact_every_days: after how many days they want to hear from you again.
        preference_note: what else they wish, in a few words.
        preference_source: where their preferences come from: who noted them, and when; for one of
            them alone there is ``preferred_channel_source``, and so on.
        preference_until: the last day on which they hold; without one they do until changed; for
            one of them alone there is ``preferred_channel_until``, and so on.
        preferred_channel_source: who noted the preferred channel, and when.
        preferred_channel_until: the last day on which the preferred channel holds.
        form_of_address_source: likewise.
        form_of_address_until: likewise.
        preferred_language_source: likewise.
        preferred_language_until: likewise.
        contact_every_days_source: likewise.
        contact_every_days_until: likewise.
        preference_note_source: likewise.
        preference_note_until: likewise.

    >>> Customer(id="K-1", name="Bakkerij De Zon", kind=CustomerKind.BUSINESS).name
    'Bakkerij De Zon'
    """

    id: str = identity()
    name: str | None = text()
    kind: CustomerKind | None = choice(
        CustomerKind,
        particulier=CustomerKind.CONSUMER,
        zakelijk=CustomerKind.BUSINESS,
        intern=CustomerKind.INTERNAL,
    )
    stage: Stage | None = choice(Stage, klant=Stage.CUSTOMER)
    group: str | None = text()
    since: date | None = moment(Role.FACT)
    extraversion: float | None = number(low=-1, high=1)
    rationality: float | None = number(low=-1, high=1)
    opted_out: bool | None = flag()
    preferred_channel: str | None = text()
    form_of_address: str | None = text()
    preferred_language: str | None = text()
    contact_every_days: float | None = number(low=1)
    preference_note: str | None = text()
    preference_source: str | None = text()
    preference_until: date | None = moment(Role.FACT)
    preferred_channel_source: str | None = text()
    preferred_channel_until: date | None = moment(Role.FACT)
    form_of_address_source: str | None = text()
    form_of_address_until: date | None = moment(Role.FACT)
    preferred_language_source: str | None = text()
    preferred_language_until: date | None = moment(Role.FACT)
    contact_every_days_source: str | None = text()
    contact_every_days_until: date | None = moment(Role.FACT)
    preference_note_source: str | None = text()
    preference_note_until: date | None = moment(Role.FACT)
