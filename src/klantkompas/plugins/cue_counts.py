"""Counting in how many messages of the period each cue fired, as a measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray, mask_unknown
from klantkompas._messages import Messages
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Cue, Measure, describe, plugin_failure
from klantkompas.portfolio import Period, Rows

__all__ = ["measures_of_cues"]

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


class _Texts:
    """Reads what a period's contacts say once, for all the cues that are counted in it."""

    def __init__(self) -> None:
        self._read: WeakKeyDictionary[Period, dict[str, _Read]] = WeakKeyDictionary()
        self._fired: WeakKeyDictionary[Period, dict[str, BoolArray]] = WeakKeyDictionary()

    def __reduce__(self) -> tuple[type[_Texts], tuple[()]]:
        """Travel without what was read, so that declarations can be sent elsewhere."""
        return _Texts, ()

    def of(self, period: Period, reads: str) -> _Read:
        """Return the contacts whose text (or channel) is known, and those texts.

        A channel that the business chose itself says nothing of the customer.
        """
        read = self._read.setdefault(period, {})
        if reads not in read:
            every = _contacts(period, reads)
            contacts = every.known(reads)
            counts = contacts.count()
            counts[(counts == 0) & (every.count() > 0)] = np.nan
            texts = contacts[reads].tolist()
            number = {text: at for at, text in enumerate(dict.fromkeys(texts))}
            of = np.fromiter(map(number.__getitem__, texts), np.intp, len(texts))
            read[reads] = _Read(contacts, Messages([*number]), of, counts)
        return read[reads]

    def fired(self, cue: Cue, period: Period) -> BoolArray:
        """Return in which of the contacts whose text is known a cue fired."""
        fired = self._fired.setdefault(period, {})
        if cue.name not in fired:
            read = self.of(period, cue.reads)
            fired[cue.name] = _fired(cue, read.messages).take(read.of)
        return fired[cue.name]


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


def _count_firings(cue: Cue, texts: _Texts, period: Period) -> tuple[FloatArray, FloatArray]:
    read = texts.of(period, cue.reads)
    count = read.contacts.count(where=texts.fired(cue, period))
    return mask_unknown(count, np.isnan(read.counts)), read.counts


def _days_since(cue: Cue, texts: _Texts, period: Period) -> FloatArray:
    contacts = texts.of(period, cue.reads).contacts
    days = (period.as_of - contacts.days).astype(np.float64)
    return contacts.min(days, where=texts.fired(cue, period))


def measures_of_cues(cues: Sequence[Cue]) -> tuple[tuple[Measure, ...], ...]:
    """Return for each cue the measures of how often, and how long ago, it fired.

    Args:
        cues: the cues.

    Returns:
        For each cue a measure ``cue_<name>``: in how many messages of the period it fired, with as
        basis how many messages there were; and, where it reads texts, ``days_since_cue_<name>``:
        how many days before the reference date it last did, NaN where it did not.

    >>> cue = Cue(name="asks", fires=str, describes="asks", extraversion=1)
    >>> [measure.name for measure in measures_of_cues([cue])[0]]
    ['cue_asks', 'days_since_cue_asks']
    """
    texts = _Texts()
    return tuple((_counted(cue, texts), *_dated(cue, texts)) for cue in cues)


def _counted(cue: Cue, texts: _Texts) -> Measure:
    return Measure(
        name=cue.measure_name,
        of=partial(_count_firings, cue, texts),
        unit=UNITS[cue.reads],
        describes=f"{UNITS[cue.reads]} in which the customer {cue.describes}",
        basis_unit=UNITS[cue.reads],
        reads=(f"contacts.{cue.reads}",),
        plugin=cue.plugin,
    )


def _dated(cue: Cue, texts: _Texts) -> Iterator[Measure]:
    if cue.reads == "text":
        yield Measure(
            name=f"days_since_{cue.measure_name}",
            of=partial(_days_since, cue, texts),
            unit="days",
            describes=f"days since the last message in which the customer {cue.describes}",
            reads=(f"contacts.{cue.reads}",),
            steers=False,
            plugin=cue.plugin,
        )
