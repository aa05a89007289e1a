"""Counting the contacts of the period to which staff gave a trait's tag."""

from __future__ import annotations

from functools import partial

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.hooks import Measure, Trait, tag_word
from klantkompas.portfolio import Period

__all__ = ["measure_of_trait"]


def _count_tagged(words: frozenset[str], period: Period) -> FloatArray:
    contacts = period.during("contacts").known("tags")
    given = contacts["tags"].tolist()
    bears = {tags: not words.isdisjoint(map(tag_word, tags)) for tags in set(given)}
    return contacts.count(where=np.array([bears[tags] for tags in given], dtype=np.bool_))


def measure_of_trait(trait: Trait) -> Measure:
    """Return the measure that counts the contacts with one of a trait's tags.

    Args:
        trait: the trait.

    Returns:
        A measure ``tagged_<name>``: how many contacts bear one of its tags; a contact without tags
        counts as having none of them.

    >>> measure_of_trait(Trait(name="haggles", title="It haggles.", tags="pingelt")).name
    'tagged_haggles'
    """
    return Measure(
        name=trait.measure_name,
        of=partial(_count_tagged, trait.tag_words),
        unit="contacts",
        describes=f"contacts with a tag of staff for this: {trait.title.rstrip('.')}",
        reads=("contacts.tags",),
    )
