"""Counting in how many messages of the period each cue fired, as a measure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray, mask_unknown
from klantkompas._messages import Messages
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Cue, Measure, describe, plugin_failure
from klantkompas.portfolio import Period, Rows
from klantkompas.portfolio.latest import LATEST_DAYS, latest_days

__all__ = ["measures_of_cue"]

UNITS = {"text": "messages", "channel": "contacts"}


@frozen(eq=False)
class _Read:
    """What a period's contacts say: each distinct text once, as it is judged from itself alone.

    Args:
        contacts: the contacts whose text is known.
        messages: the distinct texts.
        of: for each contact, which of them it is.
        counts: for each customer, how many contacts these are: NaN for who has others only.
    """

    contacts: Rows
    messages: Messages
    of: Codes
    counts: FloatArray


@frozen
class _Texts:
    """What the contacts of a period say; the period keeps it for all the cues that read it.

    Args:
        reads: the field, such as ``"text"``. A channel that the business chose itself says nothing
            of the customer.
    """

    reads: str

    def __call__(self, period: Period) -> _Read:
        """Return the contacts whose text (or channel) is known, and those texts."""
        every = _contacts(period, self.reads)
        contacts = every.known(self.reads)
        counts = contacts.count()
        counts[(counts == 0) & (every.count() > 0)] = np.nan
        texts = contacts[self.reads].tolist()
        number = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        of = np.fromiter(map(number.__getitem__, texts), np.intp, len(texts))
        return _Read(contacts, Messages([*number]), of, counts)


@frozen(eq=False)
class _Firings:
    """In which contacts of a period a cue fired; the period keeps it for both its measures."""

    cue: Cue

    def read(self, period: Period) -> _Read:
        """Return the contacts whose text is known, and their texts."""
        return period.cached(_Texts(self.cue.reads))

    def __call__(self, period: Period) -> BoolArray:
        """Return in which of the contacts whose text is known the cue fired."""
        read = self.read(period)
        return _fired(self.cue, read.messages).take(read.of)


def _contacts(period: Period, reads: str) -> Rows:
    contacts = period.during("contacts").require(reads)
    return contacts.where(~contacts.no("by_customer")) if reads == "channel" else contacts


def _fired(cue: Cue, messages: Messages) -> BoolArray:
    try:
        fired = np.asarray(cue.fires(messages))
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(describe(cue), cause) from cause
    if fired.shape != (len(messages),) or fired.dtype != np.bool_:
        raise PluginError(
            f"{describe(cue)} must tell True or False of each of the {len(messages)} texts; "
            f"it gave {fired.dtype} of shape {fired.shape}"
        )
    return fired


def _count_firings(fired: _Firings, period: Period) -> tuple[FloatArray, FloatArray]:
    read = fired.read(period)
    count = read.contacts.count(where=period.cached(fired))
    return mask_unknown(count, np.isnan(read.counts)), read.counts


def _days_of(fired: _Firings, period: Period) -> FloatArray:
    contacts = fired.read(period).contacts.where(period.cached(fired))
    return latest_days(period, contacts, contacts.days)[0]


def measures_of_cue(cue: Cue) -> Iterator[Measure]:
    """Yield the measures of how often, and on which days, a cue fired.

    Args:
        cue: the cue.

    Yields:
        A measure ``cue_<name>``: in how many messages of the period it fired, with as basis how
        many messages there were; and, where it reads texts, ``days_of_cue_<name>``: the
        latest days on which it did, as `latest_days` has them.

    >>> cue = Cue(name="asks", fires=str, describes="asks", extraversion=1)
    >>> [measure.name for measure in measures_of_cue(cue)]
    ['cue_asks', 'days_of_cue_asks']
    """
    fired, reads = _Firings(cue), (f"contacts.{cue.reads}",)
    yield Measure(
        name=cue.measure_name,
        of=partial(_count_firings, fired),
        unit=UNITS[cue.reads],
        describes=f"{UNITS[cue.reads]} in which the customer {cue.describes}",
        basis_unit=UNITS[cue.reads],
        reads=reads,
        plugin=cue.plugin,
    )
    if cue.reads == "text":
        yield Measure(
            name=f"days_of_{cue.measure_name}",
            of=partial(_days_of, fired),
            unit=LATEST_DAYS,
            describes=f"the latest days on which the customer {cue.describes} in a message",
            reads=reads,
            steers=False,
            plugin=cue.plugin,
        )
